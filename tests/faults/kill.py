#!/usr/bin/env python3
"""Kills inward (SIGKILL) at random moments of what it does, and looks at what is left.

usage: tests/faults/kill.py [PROGRAM] [ROUNDS] [--twin] [--seed N]

Each round copies a prepared data folder, keeps a note (told: exit 0), starts one deed (a scan, an import, a
forgetting, sealing, unsealing, a restore, an older layout brought up to date) and kills it at a random
moment of its time. Then: the store opens and passes its own check and the log's, the note is there, the same
deed run again ends well, and every table is what it is after the deed without a kill. PROGRAM is
target/debug/inward, ROUNDS 200. --twin takes SQLite's journal away after each kill: then something has to be
found, or the harness sees nothing. Exit 1 when a round fails, or the twin finds nothing. Needs git and Linux.
"""
import json, os, random, shutil, signal, sqlite3, subprocess, sys, tempfile, time

PASS = "a long passphrase here\n"
COMMITS = 900
# What differs from one run to the next by nature: keyed hashes, numbers of rows, what was done when.
OWN = {"id", "question", "stamp", "hash"}
ASIDE = {"audit", "store", "registered"}


class Home:
    def __init__(self, program):
        self.root = tempfile.mkdtemp(prefix="inward-kill-")
        # A copy: what is built anew meanwhile is another program.
        self.program = shutil.copy(program, f"{self.root}/inward")
        self.env = {
            "HOME": f"{self.root}/home", "PATH": os.environ["PATH"], "TZ": "UTC", "LANG": "C.UTF-8",
            "GIT_CONFIG_NOSYSTEM": "1",
        }
        os.mkdir(f"{self.root}/home")

    def path(self, name):
        return f"{self.root}/{name}"

    def start(self, data, *args, **more):
        env = {**self.env, "INWARD_DATA_DIR": self.path(data)}
        return subprocess.Popen(
            [self.program, "-q", *args], env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, cwd=self.env["HOME"], **more,
        )

    def run(self, data, *args, given=None):
        child = self.start(data, *args)
        out, err = child.communicate(given)
        return child.returncode, out, err

    def must(self, data, *args, given=None):
        code, out, err = self.run(data, *args, given=given)
        if code:
            raise Failed(f"`inward {' '.join(args)}` ended with {code}: {err.strip()}")
        return out


class Failed(Exception):
    pass


def repository(home, name, seed):
    path = home.path(name)
    subprocess.run(["git", "init", "-q", path], check=True, env=home.env)
    dice, feed = random.Random(seed), []
    for n in range(COMMITS):
        at = 1_700_000_000 + 40_000 * n
        body = "".join(f"{dice.randrange(10**6)}\n" for _ in range(dice.randrange(1, 20)))
        feed.append(
            f"commit refs/heads/main\nauthor Ada <ada@example.org> {at} +0100\n"
            f"committer Ada <ada@example.org> {at} +0100\ndata 9\nChange {n % 10}\n"
            f"M 100644 inline src/part{n % 31}.rs\ndata {len(body)}\n{body}\n"
        )
    text = "".join(feed).encode()
    subprocess.run(["git", "-C", path, "fast-import", "--quiet"], input=text, check=True, env=home.env)
    return path


def export(home, name, first, count):
    rows = [
        {
            "id": 0, "uuid": f"c0ffee00-1111-4222-8333-{n:012}", "description": f"Task {n}",
            "project": f"area{n % 5}", "entry": "20260101T080000Z", "start": "20260102T080000Z",
            "end": "20260104T080000Z", "modified": "20260104T080000Z", "status": "completed",
        }
        for n in range(first, first + count)
    ]
    with open(home.path(name), "w") as out:
        json.dump(rows, out)
    return home.path(name)


def dumped(home, data):
    """Every table, without what differs by nature."""
    out = home.path("dump")
    home.must(data, "dump", "-o", out)
    tables = {}
    for name in sorted(os.listdir(out)):
        table, ending = os.path.splitext(name)
        if ending != ".jsonl" or table in ASIDE:
            continue
        rows = []
        for line in open(f"{out}/{name}"):
            row = json.loads(line)
            rows.append(json.dumps({k: v for k, v in row.items() if k not in OWN}, sort_keys=True))
        tables[table] = sorted(rows)
    shutil.rmtree(out)
    return tables


def older(home, data):
    """The store as layout 7 had it: the ledger is all that came since."""
    store = sqlite3.connect(f"{home.path(data)}/inward.db")
    store.execute("DROP TABLE shares")
    store.execute("PRAGMA user_version = 7")
    store.commit()
    store.execute("VACUUM")
    store.close()


def prepare(home):
    """The data folders that rounds begin from: full, sealed, empty, older; and the deeds with theirs."""
    one, two = repository(home, "one", 1), repository(home, "two", 2)
    tasks, more = export(home, "tasks.json", 0, 1500), export(home, "more.json", 1000, 1500)
    for data in ("full", "fresh"):
        home.must(data, "me", "add", "ada@example.org", "--this-is-me")
        home.must(data, "add", one)
    home.must("full", "scan")
    home.must("full", "add", two)
    home.must("full", "import", tasks, "--mine", "*")
    copy(home, "full", "scanned")
    home.must("scanned", "scan")
    home.must("scanned", "dump", "-o", home.path("kept"))
    copy(home, "full", "sealed")
    home.must("sealed", "encrypt", "-", given=PASS)
    copy(home, "full", "older")
    older(home, "older")
    forget = ("forget", "--repo", one, "--yes")
    return {
        "first scan": ("fresh", ("scan",), None),
        "scan": ("full", ("scan",), None),
        "import": ("full", ("import", more, "--mine", "*"), None),
        "forget": ("scanned", forget, None),
        "forget before": ("scanned", ("forget", "--before", "2024-06-01", "--yes"), None),
        "encrypt": ("full", ("encrypt", "-"), PASS),
        "decrypt": ("sealed", ("decrypt", "-"), PASS),
        "scan sealed": ("sealed", ("scan",), None),
        "forget sealed": ("sealed", forget, None),
        "migrate": ("older", ("note", "list"), None),
        "restore": (None, ("restore", home.path("kept")), None),
    }


def copy(home, data, to):
    shutil.rmtree(home.path(to), ignore_errors=True)
    shutil.copytree(home.path(data), home.path(to))


def unlock(home, data):
    """A copy of a sealed folder lies at another path: the login keeps its key under that one."""
    if os.path.exists(f"{home.path(data)}/inward.db.lock") and is_sealed(home, data):
        home.must(data, "encrypt", "--change", "-", given=PASS + PASS)


def is_sealed(home, data):
    with open(f"{home.path(data)}/inward.db", "rb") as store:
        return store.read(13) == b"inward sealed"


def sound(home, data):
    """The store's own check and its log's."""
    store = f"{home.path(data)}/inward.db"
    if os.path.exists(store) and not is_sealed(home, data):
        db = sqlite3.connect(store)
        said = db.execute("PRAGMA integrity_check").fetchone()[0]
        db.close()
        if said != "ok":
            raise Failed(f"integrity_check: {said}")
    home.must(data, "audit", "--verify")


def again(home, data, deed, args, given):
    """The deed once more, to its end. What was done before the kill may be said to be done."""
    code, _, err = home.run(data, *args, given=given)
    done = {
        "encrypt": "sealed", "decrypt": "not sealed", "forget": "no repository",
        "forget sealed": "no repository", "restore": "exists",
    }
    if code and done.get(deed, "\0") not in err.lower() and "already" not in err:
        raise Failed(f"once more `{deed}` ended with {code}: {err.strip()}")


def round_of(home, deed, dice, whole, twin, data):
    """One round in a folder of its own; whether the deed was caught at work."""
    base, args, given = home.deeds[deed]
    note = None
    if base:
        copy(home, base, data)
        unlock(home, data)
        note = f"told {dice.randrange(10**9)}"
        home.must(data, "note", "-", given=note)
    child = home.start(data, *args)
    if given:
        child.stdin.write(given)
    child.stdin.close()
    child.stdin = None
    time.sleep(dice.random() * whole["seconds"])
    caught = child.poll() is None
    child.send_signal(signal.SIGKILL)
    child.communicate()
    if twin:
        journal = f"{home.path(data)}/inward.db-journal"
        if os.path.exists(journal):
            os.remove(journal)
    if base is None and not os.path.exists(f"{home.path(data)}/inward.db"):
        again(home, data, deed, args, given)
    if deed == "encrypt" and is_sealed(home, data):
        # The login may not have the key yet.
        home.run(data, "encrypt", "--change", "-", given=PASS + PASS)
    if deed == "decrypt":
        # The list of repositories may be plain already, which only the rest of the deed makes good.
        again(home, data, deed, args, given)
    sound(home, data)
    if note and note not in home.must(data, "note", "list"):
        raise Failed("a note that was told to be kept is lost")
    again(home, data, deed, args, given)
    if is_sealed(home, data) and deed == "encrypt":
        home.run(data, "encrypt", "--change", "-", given=PASS + PASS)
    sound(home, data)
    found = dumped(home, data)
    if note:
        found["notes"] = [row for row in found["notes"] if note not in row]
    for table, rows in whole["tables"].items():
        if found.get(table) != rows:
            other = sorted(set(rows) ^ set(found.get(table, [])))[:2]
            raise Failed(f"table {table} is not what it is without a kill: {other}")
    return caught


def reference(home, deed):
    """How long the deed takes, and every table after it."""
    base, args, given = home.deeds[deed]
    data = "whole " + deed
    if base:
        copy(home, base, data)
        unlock(home, data)
    began = time.perf_counter()
    home.must(data, *args, given=given)
    seconds = time.perf_counter() - began
    tables = dumped(home, data)
    drop(home, data)
    return {"seconds": seconds, "tables": tables}


def drop(home, data):
    """Takes a folder away, and the key that the login keeps for it."""
    home.run(data, "lock")
    shutil.rmtree(home.path(data), ignore_errors=True)


def main():
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    twin = "--twin" in sys.argv
    seed = int(sys.argv[sys.argv.index("--seed") + 1]) if "--seed" in sys.argv else 20_261
    words = [word for word in words if word != str(seed)]
    program = words[0] if words else "target/debug/inward"
    rounds = int(words[1]) if len(words) > 1 else 200
    home, dice = Home(program), random.Random(seed)
    failed = 0
    try:
        home.deeds = prepare(home)
        names = list(home.deeds)
        whole = {name: reference(home, name) for name in names}
        caught, ran = dict.fromkeys(names, 0), dict.fromkeys(names, 0)
        for n in range(rounds):
            deed = names[n % len(names)]
            ran[deed] += 1
            data = f"round {n}"
            try:
                caught[deed] += round_of(home, deed, dice, whole[deed], twin, data)
            except Failed as why:
                failed += 1
                print(f"round {n}, {deed}: {why}", flush=True)
            drop(home, data)
        for name in names:
            print(f"{name:<14} {ran[name]:>4} rounds, {caught[name]:>4} killed at work")
        print(f"{rounds} rounds, {sum(caught.values())} killed at work, {failed} failed")
    finally:
        shutil.rmtree(home.root, ignore_errors=True)
    sys.exit(1 if bool(failed) != twin else 0)


if __name__ == "__main__":
    main()
