#!/usr/bin/env python3
"""Records of unusual shape: many repositories, very many paths, commits with very many files.

usage: scripts/extremes.py [PROGRAM] [SHAPE...]

Each shape is made by git fast-import, added and scanned by PROGRAM (target/release/inward), scanned again with
nothing new, and read. Commits and lines are compared with what git itself says. Prints a table; times are never
a test. Needs git, and Linux for /proc.
"""
import importlib.util, os, shutil, subprocess, sys, tempfile

here = os.path.dirname(os.path.abspath(__file__))


def load(name, file):
    spec = importlib.util.spec_from_file_location(name, f"{here}/{file}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


growth = load("growth", "growth.py")
NOW = 1_790_000_000


def feed(path, write):
    """Makes the repository at `path` of what `write` tells git fast-import."""
    subprocess.run(["git", "init", "-q", "-b", "main", path], check=True)
    child = subprocess.Popen(["git", "-C", path, "fast-import", "--quiet"], stdin=subprocess.PIPE)
    write(child.stdin)
    child.stdin.close()
    if child.wait():
        raise SystemExit("git fast-import failed")


def commit(out, n, files, at, by="ada"):
    """Writes one commit of files (path, text)."""
    said = f"Change {n}\n"
    who = f"{by} <{by}@example.org> {at} +0000\n"
    out.write(f"commit refs/heads/main\nauthor {who}committer {who}data {len(said)}\n{said}".encode())
    for path, text in files:
        out.write(f"M 100644 inline {path}\ndata {len(text)}\n{text}\n".encode())


def many_repositories(home):
    """500 repositories, 40 commits each."""
    for repo in range(500):
        def write(out, repo=repo):
            for n in range(40):
                commit(out, n, [(f"src/file{n % 7}.rs", f"{repo} {n}\n" * (n % 9 + 1))], NOW - 3600 * (500 * n + repo))
        feed(f"{home}/repos/r{repo:03}", write)


def many_paths(home):
    """One repository of a million paths in 10,000 folders, made by somebody else, and 2,000 commits in it."""
    def write(out):
        place = lambda n: f"area{n % 100}/part{n // 100 % 100}/file{n}.py"
        commit(out, 0, ((place(n), f"{n}\n") for n in range(1_000_000)), NOW - 10**8, "bob")
        for n in range(1, 2_001):
            commit(out, n, [(place(n * 7919 % 1_000_000), f"{n}\nagain\n"), (place(n), f"{n} {n}\n")], NOW - 10**7 + n * 3600)
    feed(f"{home}/repos/mono", write)


def large_commits(home):
    """Ten commits that change 100,000 files each."""
    def write(out):
        for n in range(10):
            commit(out, n, ((f"d{f % 317}/f{f}.c", f"{f}\n{n}\n") for f in range(100_000)), NOW - 86_400 * (10 - n))
    feed(f"{home}/repos/wide", write)


SHAPES = {"many-repositories": many_repositories, "many-paths": many_paths, "large-commits": large_commits}


def anonymous(args, env):
    """Seconds of a command, and the most memory of its own that it was seen with, MB (None: it was too quick)."""
    import time
    began, most = time.perf_counter(), 0
    child = subprocess.Popen(args, env=env, stdout=subprocess.DEVNULL)
    while child.poll() is None:
        try:
            for line in open(f"/proc/{child.pid}/status"):
                if line.startswith("RssAnon"):
                    most = max(most, int(line.split()[1]) / 1024)
        except OSError:
            pass
        time.sleep(0.02)
    if child.returncode:
        raise SystemExit(f"{args} failed")
    return time.perf_counter() - began, most or None


def of_git(home):
    """Commits, and lines added and deleted, of all repositories as git counts them."""
    commits = added = deleted = 0
    for name in sorted(os.listdir(f"{home}/repos")):
        told = subprocess.run(
            ["git", "-C", f"{home}/repos/{name}", "log", "--numstat", "-M", "--author=ada@", "--format=%H"],
            check=True, capture_output=True, text=True).stdout
        for line in told.splitlines():
            cells = line.split("\t")
            if len(cells) == 3:
                added, deleted = added + int(cells[0]), deleted + int(cells[1])
            elif line:
                commits += 1
    return commits, added, deleted


def of_inward(program, env):
    """The same as the stored rows say."""
    import sqlite3
    conn = sqlite3.connect(f"file:{env['INWARD_DATA_DIR']}/inward.db?mode=ro", uri=True)
    commits = conn.execute("SELECT count(*) FROM commits").fetchone()[0]
    return (commits, *conn.execute("SELECT sum(added), sum(deleted) FROM file_changes").fetchone())


def measure(program, shape):
    home = tempfile.mkdtemp(prefix="inward-extremes-")
    try:
        env = {"HOME": home, "PATH": os.environ["PATH"], "TZ": "UTC", "LANG": "C.UTF-8", "INWARD_DATA_DIR": f"{home}/data"}
        os.environ.update(HOME=home, GIT_CONFIG_NOSYSTEM="1")
        SHAPES[shape](home)
        run = lambda *args: anonymous([program, "-q", *args], env)
        run("me", "add", "ada@example.org", "--this-is-me")
        run("add", f"{home}/repos")
        first, memory = run("scan")
        again, _ = run("scan")
        stats, held = run("stats", "all")
        ours, theirs = of_inward(program, env), of_git(home)
        size = os.path.getsize(f"{home}/data/inward.db") / 1e6
        return [shape, first, memory, again, stats, held, size, "as git" if ours == theirs else f"{ours}, git {theirs}"]
    finally:
        shutil.rmtree(home)


def main():
    program = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "target/release/inward")
    print("| shape | scan s | MB | again s | stats s | MB | store MB | commits, lines |")
    print("|---|---:|---:|---:|---:|---:|---:|---|")
    for shape in sys.argv[2:] or SHAPES:
        row = measure(program, shape)
        cells = [cell if isinstance(cell, str) else growth.shown(cell) for cell in row]
        print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
