#!/usr/bin/env python3
"""How everything grows with the record: from 10 thousand to a million commits, a tenth as many tasks.

usage: scripts/growth.py [PROGRAM] [COMMITS,COMMITS,...]

For each size: a repository of one author by git fast-import and an export of tasks, kept by PROGRAM
(target/release/inward), then read: the whole first scan and import, the size of the store, the prompt's line,
all figures as text, the dashboard's start to true figures, keys that change the days, memory. The last lines
say how much each grew for every tenfold of commits; 10 is linear. Times are never a test, and those of a shared
machine wander; where valgrind is, the instructions of loading everything and making all figures of Overview are
counted as well (M = million), which do not. Needs git, and Linux for /proc.
"""
import importlib.util, math, os, re, shutil, subprocess, sys, tempfile, time

here = os.path.dirname(os.path.abspath(__file__))
spec = importlib.util.spec_from_file_location("speed", f"{here}/dashboard-speed.py")
speed = importlib.util.module_from_spec(spec)
spec.loader.exec_module(speed)

SIZES = [10_000, 31_600, 100_000, 316_000, 1_000_000]
KEYS = [b"[", b"]", b"-", b"-", b"=", b"w", b"w"]
PAGES = b"12345"
COLUMNS = [
    "commits", "tasks", "scan s", "import s", "store MB", "status ms", "stats ms", "stats MB",
    "start ms", "key ms", "key p99", "board MB", "overview M",
]


def median(values):
    return sorted(values)[len(values) // 2]


def timed(times, *args, **more):
    """Milliseconds of a command, the median of `times`; the most memory it had, MB."""
    all_ms, most = [], 0
    for _ in range(times):
        began = time.perf_counter()
        child = subprocess.Popen(args, stdout=subprocess.DEVNULL, **more)
        _, status, used = os.wait4(child.pid, 0)
        all_ms.append(1000 * (time.perf_counter() - began))
        if status:
            raise SystemExit(f"{args} failed")
        most = max(most, used.ru_maxrss / 1024)
    return median(all_ms), most


def instructions(*args, **more):
    """Millions of instructions of a command; None where there is no valgrind."""
    if not shutil.which("valgrind"):
        return None
    counter = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]
    done = subprocess.run([*counter, *args], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True, **more)
    return int(re.search(rb"I +refs: +([0-9,]+)", done.stderr)[1].replace(b",", b"")) / 1e6


def apart(deed, *args):
    """Does `deed` in a process of its own."""
    child = os.fork()
    if child == 0:
        try:
            deed(*args)
            os._exit(0)
        finally:
            os._exit(1)
    if os.waitpid(child, 0)[1]:
        raise SystemExit(f"{deed.__name__} failed")


def board(program, env, home):
    """Start, median and p99 of keys that change the days on the first five pages, memory."""
    starts = []
    for _ in range(5):
        one = speed.Dashboard(program, env, home)
        ended, _ = one.frame(until=b"tasks finished", most=60)
        starts.append(1000 * (ended - one.began))
        one.frame(quiet=1.0)
        os.write(one.fd, b"q")
        os.waitpid(one.pid, 0)
        os.close(one.fd)
    one = speed.Dashboard(program, env, home)
    one.frame(until=b"tasks finished", most=60)
    one.frame(quiet=1.5)
    took = []
    for _ in range(2):
        for page in PAGES:
            one.press(bytes([page]))
            took += [1000 * at for at in (one.press(key)[0] for key in KEYS) if at]
    memory = one.memory()
    os.write(one.fd, b"\x03")
    os.waitpid(one.pid, 0)
    os.close(one.fd)
    return median(starts), median(took), speed.percentile(took, 0.99), memory


def measure(program, commits):
    home = tempfile.mkdtemp(prefix="inward-growth-")
    try:
        env = {
            "HOME": home, "PATH": os.environ["PATH"], "TERM": "xterm-256color", "COLORTERM": "truecolor",
            "TZ": "UTC", "LANG": "C.UTF-8", "INWARD_DATA_DIR": f"{home}/data",
        }
        os.environ.update(HOME=home, GIT_CONFIG_NOSYSTEM="1")
        tasks = commits // 10
        # By another process: what this one holds would be counted as what its children held at most.
        apart(speed.repository, f"{home}/repo", commits)
        apart(speed.export, f"{home}/tasks.json", tasks)
        run = lambda times, *args: timed(times, program, "-q", *args, env=env)
        run(1, "me", "add", "ada@example.org", "--this-is-me")
        run(1, "add", f"{home}/repo")
        scan, _ = run(1, "scan")
        kept, _ = run(1, "import", f"{home}/tasks.json", "--mine", "*")
        size = os.path.getsize(f"{home}/data/inward.db") / 1e6
        status, _ = run(9, "status")
        stats, memory = run(5, "stats", "all")
        start, key, slow, most = board(program, env, home)
        loaded = instructions(program, "-q", "show", "overview", env=env)
        return [commits, tasks, scan / 1000, kept / 1000, size, status, stats, memory, start, key, slow, most, loaded]
    finally:
        shutil.rmtree(home)


def shown(value):
    if value is None:
        return "-"
    return f"{value:,}" if isinstance(value, int) else f"{value:.1f}" if value < 100 else f"{value:.0f}"


def main():
    program = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "target/release/inward")
    sizes = [int(one) for one in sys.argv[2].split(",")] if len(sys.argv) > 2 else SIZES
    print(" | ".join(["", *COLUMNS, ""]).strip())
    print("|" + "---:|" * len(COLUMNS))
    rows = []
    for commits in sizes:
        rows.append(measure(program, commits))
        print(" | ".join(["", *map(shown, rows[-1]), ""]).strip(), flush=True)
    if len(rows) < 2:
        return
    print("\ngrowth for every tenfold of commits (10 = linear), over the whole range and its worst step:")
    for at, name in enumerate(COLUMNS[2:], 2):
        if rows[0][at] is None:
            continue
        power = lambda a, b: (b[at] / a[at]) ** (1 / math.log10(b[0] / a[0]))
        whole = power(rows[0], rows[-1])
        worst = max(power(a, b) for a, b in zip(rows, rows[1:]))
        print(f"{name:<11} {whole:6.1f} {worst:6.1f}")
    print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
