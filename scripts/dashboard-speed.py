#!/usr/bin/env python3
"""How quick the dashboard is: keys to drawn frames, the start, idle draws, write calls, memory.

usage: scripts/dashboard-speed.py [PROGRAM] [COMMITS] [TASKS]

Makes a repository of COMMITS (100,000) by git fast-import and an export of TASKS (10,000), has PROGRAM
(target/release/inward) keep both, opens its dashboard in a terminal of 200x60 and presses keys, one at a
time, each when the frame of the one before is whole. A frame ends with the end of a synchronized update.
Prints a table; times are never a test. Needs git, and Linux for /proc.
"""
import fcntl, json, os, pty, random, select, shutil, struct, subprocess, sys, tempfile, termios, time
from datetime import date, datetime, timedelta, timezone

END = b"\x1b[?2026l"
COLUMNS, LINES = 200, 60
VERBOSE = "VERBOSE" in os.environ
LANGUAGES = ["src/core.rs", "web/app.ts", "tools/run.py", "docs/index.md", "db/schema.sql", "ci.yml"]


def repository(path, commits):
    """A repository with one author: commits on working days of ten years, small changes."""
    subprocess.run(["git", "init", "-q", path], check=True)
    dice, now = random.Random(7), int(time.time())
    lines = []
    for n in range(commits):
        at = now - (commits - n) * (3650 * 86400 // commits)
        day = datetime.fromtimestamp(at, timezone.utc)
        at -= 86400 * max(0, day.weekday() - 4)
        text = f"Change {n} of the made-up record\n"
        file = f"part{dice.randrange(40)}/{dice.choice(LANGUAGES)}"
        body = "".join(f"line {dice.randrange(10**6)}\n" for _ in range(dice.randrange(1, 30)))
        lines.append(
            f"commit refs/heads/main\nauthor Ada <ada@example.org> {at} +0000\n"
            f"committer Ada <ada@example.org> {at} +0000\ndata {len(text)}\n{text}"
            f"M 100644 inline {file}\ndata {len(body)}\n{body}\n"
        )
    feed = "".join(lines).encode()
    subprocess.run(["git", "-C", path, "fast-import", "--quiet"], input=feed, check=True)


def export(path, tasks):
    """Finished tasks of ten years, and twenty open ones."""
    dice, rows = random.Random(8), []
    stamp = lambda at: at.strftime("%Y%m%dT%H%M%SZ")
    for n in range(tasks):
        end = datetime.now(timezone.utc) - timedelta(minutes=n * 3650 * 1440 // tasks)
        start = end - timedelta(hours=dice.expovariate(1 / 60))
        row = {
            "id": 0, "uuid": f"c0ffee00-1111-4222-8333-{n:012}", "description": f"Task {n}",
            "project": f"area{n % 9}", "entry": stamp(start - timedelta(days=3)), "start": stamp(start),
            "modified": stamp(end), "status": "completed", "end": stamp(end),
        }
        if n < 20:
            row["status"] = "pending"
            del row["end"]
        rows.append(row)
    with open(path, "w") as out:
        json.dump(rows, out)


class Dashboard:
    """The program in a terminal of its own."""

    def __init__(self, program, env, home):
        self.began = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(home)
            os.execve(program, [program], env)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))

    def frame(self, quiet=0.08, most=5.0, until=None):
        """Reads until nothing came for `quiet` seconds, or with `until` to the end of the frame that says it;
        when the last frame ended, how many came."""
        seen, frames, ended, tail = b"", 0, None, b""
        limit = time.perf_counter() + most
        while time.perf_counter() < limit:
            ready, _, _ = select.select([self.fd], [], [], quiet if ended and until is None else most)
            if not ready:
                break
            part = os.read(self.fd, 1 << 16)
            at = time.perf_counter()
            if until is not None:
                seen += part
            joined = tail + part
            frames += joined.count(END)
            if END in joined:
                ended = at
            tail = joined[-(len(END) - 1):]
            said = seen.find(until) if until is not None else -1
            if said >= 0 and END in seen[said:]:
                break
        return ended, frames

    def press(self, keys):
        """How long until the last frame that follows `keys`; how many frames; how many write calls."""
        before, began = self.writes(), time.perf_counter()
        os.write(self.fd, keys)
        ended, frames = self.frame(quiet=0.3)
        return (ended - began if ended else None), frames, self.writes() - before

    def process(self):
        """The one that draws: the launcher's child where there is one."""
        children = f"/proc/{self.pid}/task/{self.pid}/children"
        own = open(children).read().split()
        return int(own[0]) if own else self.pid

    def writes(self):
        for line in open(f"/proc/{self.process()}/io"):
            if line.startswith("syscw"):
                return int(line.split()[1])

    def memory(self):
        for line in open(f"/proc/{self.process()}/status"):
            if line.startswith("VmHWM"):
                return int(line.split()[1]) / 1024


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(share * len(values)))]


def told(name, times):
    ms = [1000 * one for one in times]
    print(f"{name:<34} {len(ms):>4}  {percentile(ms, 0.5):7.1f}  {percentile(ms, 0.99):7.1f}  {max(ms):7.1f}")


def main():
    program = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "target/release/inward")
    commits = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    tasks = int(sys.argv[3]) if len(sys.argv) > 3 else 10_000
    home = tempfile.mkdtemp(prefix="inward-speed-")
    try:
        measure(program, home, commits, tasks)
    finally:
        shutil.rmtree(home)


def measure(program, home, commits, tasks):
    env = {
        "HOME": home, "PATH": os.environ["PATH"], "TERM": "xterm-256color", "COLORTERM": "truecolor",
        "TZ": "UTC", "LANG": "C.UTF-8", "INWARD_DATA_DIR": f"{home}/data",
    }
    os.environ.update(HOME=home, GIT_CONFIG_NOSYSTEM="1")
    repository(f"{home}/repo", commits)
    export(f"{home}/tasks.json", tasks)
    run = lambda *args: subprocess.run([program, "-q", *args], env=env, check=True, stdout=subprocess.DEVNULL)
    run("me", "add", "ada@example.org", "--this-is-me")
    run("add", f"{home}/repo")
    run("scan")
    run("import", f"{home}/tasks.json", "--mine", "*")

    starts = []
    for _ in range(7):
        board = Dashboard(program, env, home)
        ended, _ = board.frame(until=b"tasks finished")
        starts.append(ended - board.began)
        board.frame(quiet=1.0)
        os.write(board.fd, b"q")
        os.waitpid(board.pid, 0)
        os.close(board.fd)

    board = Dashboard(program, env, home)
    board.frame(until=b"tasks finished")
    board.frame(quiet=1.5)
    opened, plain, filtered, writes = [], [], [], []
    moves = [b"j"] * 6 + [b"k"] * 3 + [b"\t", b"j", b"\x1b[C", b"\x1b[C", b"\x1b[D", b"\t", b"j", b"?", b"j", b"q"]
    for _ in range(3):
        for page in b"12345678":
            every = [(opened, [bytes([page])]), (plain, moves), (filtered, [b"[", b"]", b"-", b"-", b"=", b"w", b"w"])]
            for times, keys in every:
                for key in keys:
                    took, frames, calls = board.press(key)
                    if frames:
                        times.append(took)
                        writes.append(calls / frames)
                        if VERBOSE and took > 0.016:
                            print(f"page {chr(page)} key {key!r}: {1000 * took:.0f} ms, {frames} frames")
    board.frame(quiet=1.5)
    _, idle = board.frame(quiet=10.0, most=10.0)
    print(f"{commits} commits, {tasks} tasks, {COLUMNS}x{LINES}; load {os.getloadavg()[0]:.1f}")
    print(f"{'milliseconds':<34} {'n':>4}  {'median':>7}  {'p99':>7}  {'most':>7}")
    told("start to true figures", starts)
    told("key that opens a page", opened)
    told("key that changes no filter", plain)
    told("key that changes the filter", filtered)
    print(f"write calls a frame: at most {max(writes):.0f}, median {percentile(writes, 0.5):.0f}")
    print(f"frames in 10 idle seconds: {idle}")
    print(f"resident memory at most: {board.memory():.0f} MB")
    os.write(board.fd, b"\x03")
    os.waitpid(board.pid, 0)


if __name__ == "__main__":
    main()
