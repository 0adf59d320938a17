#!/usr/bin/env python3
"""What a machine does to a program: a full disk, one that takes no write, a clock that goes back, two at once.

usage: tests/faults/trouble.py [PROGRAM] [--twin] [--seed N] [full|readonly|clock|two ...]

- full: a store (plain and sealed) on a file system without room: what reads answers as before, what writes
  ends with exit code 8 and changes nothing, with any number of bytes left it ends with 0 or 8 and the store is
  whole; `forget` works, and what it forgot is in no byte; with room again everything goes on.
- readonly: on a file system that takes no write, what reads answers as before; what writes says why and does
  nothing.
- clock: the clock stands a day and a year back between runs: nothing is lost or refused, and with the right
  clock again every answer is the old one.
- two: two scans, a scan and an import, a scan and the dashboard, at once: the store is what it is after one
  after the other.

PROGRAM is target/debug/inward. --twin spoils each part (room on the disk, a disk that takes writes, a note
taken away, a commit taken away): then each has to fail, or it sees nothing. Exit 1 when a part fails, or a
twin does not. Needs git, Linux, `unshare` that may mount, and `cc` for the clock; a part that cannot run here
says SKIPPED.
"""
import os, pty, random, select, shutil, signal, sqlite3, subprocess, sys, time

sys.dont_write_bytecode = True
from world import PASS, Failed, Home, copy, drop, dumped, export, repository, sound, unlock

HERE = os.path.dirname(os.path.abspath(__file__))
CANARY = "zqcanary"
READING = [
    ("status",), ("log", "all", "--json"), ("stats", "all", "--json"), ("note", "list"), ("goal", "list"),
    ("repos", "--json"), ("audit", "--verify"),
]
FULL = 8
PANIC = 101
DAY = 86_400
NOW = int(time.time())
FROM = "from refs/heads/main^0\n"


class Skipped(Exception):
    pass


def prepare(home):
    """A record of two repositories, one of which has more to scan, tasks, notes and a goal; plain and sealed."""
    home.one = repository(home, f"{CANARY}-one", 1, 300)
    home.two = repository(home, "two", 2, 300)
    home.tasks, home.more = export(home, "tasks.json", 0, 200), export(home, "more.json", 100, 900)
    home.must("fresh", "me", "add", "ada@example.org", "--this-is-me")
    home.must("fresh", "add", home.one)
    home.must("fresh", "add", home.two)
    copy(home, "fresh", "plain")
    home.must("plain", "scan")
    home.must("plain", "import", home.tasks, "--mine", "*")
    home.must("plain", "note", "-", given="kept before the trouble\n")
    home.must("plain", "goal", "add", "Carry on")
    more = "".join(
        f"commit refs/heads/main\nauthor Ada <ada@example.org> {NOW - 30 * DAY + n} +0100\n"
        f"committer Ada <ada@example.org> {NOW - 30 * DAY + n} +0100\ndata 5\nLate\n"
        f"{FROM if n == 0 else ''}M 100644 inline late{n}.rs\ndata 2\n1\n\n"
        for n in range(800)
    )
    subprocess.run(["git", "-C", home.two, "fast-import", "--quiet"], input=more.encode(), check=True, env=home.env)
    copy(home, "plain", "sealed")
    home.must("sealed", "encrypt", "-", given=PASS)


def mounted(home, name, size):
    """A file system of this size, as a data folder."""
    os.makedirs(home.path(name), exist_ok=True)
    said = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size},mode=700", "tmpfs", home.path(name)], capture_output=True,
    )
    if said.returncode:
        raise Skipped(f"no file system may be mounted here: {said.stderr.decode().strip()}")
    return name


def unmounted(home, name):
    home.run(name, "lock")
    subprocess.run(["umount", home.path(name)], check=True)


def into(home, base, name):
    """Copies a prepared folder into a mounted one."""
    subprocess.run(["cp", "-a", f"{home.path(base)}/.", home.path(name)], check=True)
    unlock(home, name)


def fill(path, left):
    """Takes all room but so many bytes."""
    with open(f"{path}/filler", "wb", buffering=0) as out:
        for size in (1 << 20, 4096):
            try:
                while out.write(b"\1" * size) == size:
                    pass
            except OSError:
                pass
        out.seek(0, os.SEEK_END)
        if left:
            out.truncate(max(0, out.tell() - left))


def alive(run, what):
    """No signal, no panic."""
    code, _, err = run
    if code < 0 or code == PANIC:
        raise Failed(f"{what} was ended by {code}: {err.strip()}")
    return run


def same(home, data, answers):
    for args in READING:
        code, out, err = alive(home.run(data, *args), args)
        if code or out != answers[args]:
            raise Failed(f"`inward {' '.join(args)}` ended with {code}, or answers something else: {err.strip()}")


def answers(home, data):
    return {args: home.must(data, *args) for args in READING}


def refused(home, data, args, codes, given=None):
    """What ends with one of these codes and says why."""
    code, _, err = alive(home.run(data, *args, given=given), args)
    if code not in codes or not err.strip():
        raise Failed(f"`inward {' '.join(args)}` ended with {code} where one of {codes} belongs: {err.strip()}")
    return err


def full(home, dice, twin):
    for base in ("plain", "sealed"):
        disk = mounted(home, f"full {base}", "24m")
        into(home, base, disk)
        home.must(disk, "status")
        before = answers(home, disk)
        if not twin:
            fill(home.path(disk), 0)
        same(home, disk, before)
        for args, given in (
            (("scan",), None), (("import", home.more, "--mine", "*"), None),
            (("encrypt", "--change", "-") if base == "sealed" else ("encrypt", "-"), PASS + PASS),
        ):
            refused(home, disk, args, {FULL}, given)
            sound(home, disk)
        same(home, disk, before)
        for _ in range(12):
            fill(home.path(disk), dice.randrange(0, 3 << 20))
            for args in (("note", f"tight {dice.random()}"), ("scan",), ("import", home.more, "--mine", "*")):
                code, _, err = alive(home.run(disk, *args), args)
                if code not in (0, FULL):
                    raise Failed(f"`inward {args[0]}` on little room ended with {code}: {err.strip()}")
            sound(home, disk)
        fill(home.path(disk), 0)
        home.must(disk, "forget", "--repo", home.one, "--yes")
        os.remove(f"{home.path(disk)}/filler")
        home.must(disk, "scan")
        home.must(disk, "import", home.more, "--mine", "*")
        sound(home, disk)
        if "kept before the trouble" not in home.must(disk, "note", "list"):
            raise Failed("a note is lost")
        left = subprocess.run(["grep", "-rqaF", CANARY, home.path(disk)]).returncode == 0
        if left:
            raise Failed("what was forgotten on a full disk stands in its bytes")
        unmounted(home, disk)


def readonly(home, _dice, twin):
    for base in ("plain", "sealed"):
        disk = mounted(home, f"ro {base}", "64m")
        into(home, base, disk)
        before = answers(home, disk)
        if not twin:
            subprocess.run(["mount", "-o", "remount,ro", home.path(disk)], check=True)
        same(home, disk, before)
        for args, given in (
            (("note", "-"), "one more\n"), (("goal", "add", "one more"), None), (("scan",), None),
            (("import", home.more, "--mine", "*"), None), (("forget", "--repo", home.one, "--yes"), None),
            (("rebuild",), None), (("encrypt", "--change", "-"), PASS + PASS),
        ):
            if base == "plain" and args[0] == "encrypt":
                args, given = ("encrypt", "-"), PASS
            err = refused(home, disk, args, set(range(1, 9)), given)
            if "read-only" not in err.lower() and "not be written" not in err and "cannot be written" not in err:
                raise Failed(f"`inward {' '.join(args)}` does not say that nothing can be written: {err.strip()}")
        same(home, disk, before)
        if not twin:
            subprocess.run(["mount", "-o", "remount,rw", home.path(disk)], check=True)
        home.must(disk, "scan")
        sound(home, disk)
        unmounted(home, disk)


def clock(home, _dice, twin):
    if not shutil.which("cc"):
        raise Skipped("there is no C compiler here, so the clock cannot be moved")
    library = home.path("clock.so")
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, f"{HERE}/clock.c", "-ldl"], check=True)
    for base in ("plain", "sealed"):
        for back in (DAY, 366 * DAY):
            data = f"clock {base} {back}"
            copy(home, base, data)
            unlock(home, data)
            home.must(data, "scan")
            home.must(data, "retain", "--json")
            before = answers(home, data)
            kept = before["note", "list"]
            home.env.update(LD_PRELOAD=library, CLOCK_MOVE=str(-back))
            try:
                if twin and base == "plain":
                    store = sqlite3.connect(f"{home.path(data)}/inward.db")
                    store.execute("DELETE FROM notes")
                    store.commit()
                    store.close()
                for args in (*READING, ("scan",), ("scan", "--full"), ("doctor",), ("week",)):
                    home.must(data, *args)
                for line in kept.splitlines()[1:]:
                    if line not in home.must(data, "note", "list"):
                        raise Failed(f"not shown with the clock back: {line}")
                home.must(data, "note", "-", given="said with the clock back\n")
                home.must(data, "import", home.more, "--mine", "*")
                if back > DAY:
                    said = home.must(data, "doctor")
                    if "a day ahead" not in said:
                        raise Failed("doctor does not say that commits lie ahead of the clock")
            finally:
                del home.env["LD_PRELOAD"], home.env["CLOCK_MOVE"]
            home.must(data, "scan")
            sound(home, data)
            notes = home.must(data, "note", "list")
            if "kept before the trouble" not in notes or "said with the clock back" not in notes:
                raise Failed("a note is lost")
            if home.must(data, "log", "all", "--json", "--kind", "commits") != before_commits(home, base):
                raise Failed("commits are not what they are without the clock going back")
            drop(home, data)


def before_commits(home, base):
    """The commits of the record when its clock never moved."""
    data = f"straight {base}"
    copy(home, base, data)
    unlock(home, data)
    home.must(data, "scan")
    home.must(data, "import", home.more, "--mine", "*")
    out = home.must(data, "log", "all", "--json", "--kind", "commits")
    drop(home, data)
    return out


def finish(home, children):
    for child, what in children:
        out, err = child.communicate()
        code, _, err = alive((child.returncode, out, err), what)
        if code:
            raise Failed(f"{what}, two at once, ended with {code}: {err.strip()}")


def two(home, _dice, twin):
    scan, load = ("scan",), ("import", home.more, "--mine", "*")
    for base in ("fresh", "plain", "sealed"):
        for pair in ((scan, scan), (scan, load), (load, load), (scan, None)):
            single, data = "one by one", f"at once {base}"
            for name in (single, data):
                copy(home, base, name)
                unlock(home, name)
            for args in dict.fromkeys(args for args in pair if args):
                home.must(single, *args)
            children = [(home.start(data, *args), args[0]) for args in pair if args]
            if None in pair:
                dashboard(home, data)
            finish(home, children)
            if twin and base == "plain":
                store = sqlite3.connect(f"{home.path(data)}/inward.db")
                store.execute("DELETE FROM commits WHERE id = (SELECT max(id) FROM commits)")
                store.commit()
                store.close()
            sound(home, data)
            here, there = dumped(home, data), dumped(home, single)
            for table in there:
                if here.get(table) != there[table]:
                    other = sorted(set(here.get(table, [])) ^ set(there[table]))[:2]
                    raise Failed(f"{base}, {pair}: table {table} is not what it is one by one: {other}")
            for name in (single, data):
                drop(home, name)


def dashboard(home, data):
    """The dashboard on a terminal: it draws, goes through its pages, and ends when asked to."""
    child, end = pty.fork()
    if child == 0:
        env = {**home.env, "INWARD_DATA_DIR": home.path(data), "TERM": "xterm-256color"}
        os.execve(home.program, [home.program], env)
    seen, keys, began = b"", [b"1", b"2", b"3", b"4", b"5", b"q"], time.monotonic()
    while time.monotonic() - began < 60:
        ready, _, _ = select.select([end], [], [], 0.3)
        if ready:
            try:
                part = os.read(end, 65536)
            except OSError:
                break
            seen += part
            if not part:
                break
        elif seen and keys:
            os.write(end, keys.pop(0))
    else:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(end)
    if os.waitstatus_to_exitcode(status) != 0 or b"panicked" in seen:
        raise Failed(f"the dashboard ended with {os.waitstatus_to_exitcode(status)}")


PARTS = {"full": full, "readonly": readonly, "clock": clock, "two": two}


def alone():
    """Mounts of our own, that go with us."""
    if os.environ.get("INWARD_TROUBLE") == "alone":
        return
    os.environ["INWARD_TROUBLE"] = "alone"
    try:
        if subprocess.run(["unshare", "-rm", "true"], capture_output=True).returncode == 0:
            os.execvp("unshare", ["unshare", "-rm", sys.executable, *sys.argv])
    except FileNotFoundError:
        pass


def main():
    alone()
    words = sys.argv[1:]
    twin = "--twin" in words
    seed = int(words[words.index("--seed") + 1]) if "--seed" in words else 20_263
    words = [word for word in words if not word.startswith("--") and word != str(seed)]
    parts = [word for word in words if word in PARTS] or list(PARTS)
    program = next((word for word in words if word not in PARTS), "target/debug/inward")
    home, dice, bad = Home(program), random.Random(seed), 0
    try:
        prepare(home)
        for name in parts:
            began = time.monotonic()
            try:
                PARTS[name](home, dice, twin)
                said, failed = "as it should be", False
            except Skipped as why:
                print(f"{name:<9} SKIPPED: {why}", flush=True)
                continue
            except Failed as why:
                said, failed = f"FAILED: {why}", True
            bad += failed != twin
            print(f"{name:<9} {time.monotonic() - began:5.1f} s  {said}", flush=True)
    finally:
        for name in os.listdir(home.root):
            subprocess.run(["umount", "-q", home.path(name)], capture_output=True)
        shutil.rmtree(home.root, ignore_errors=True)
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
