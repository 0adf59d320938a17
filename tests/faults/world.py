"""What the fault scripts share: a home with a program, repositories, exports and data folders in it."""
import json, os, random, shutil, sqlite3, subprocess, tempfile

PASS = "a long passphrase here\n"
# What differs from one run to the next by nature: keyed hashes, numbers of rows, what was done when.
OWN = {"id", "question", "stamp", "hash"}
ASIDE = {"audit", "store", "registered"}


class Home:
    def __init__(self, program):
        self.root = tempfile.mkdtemp(prefix="inward-fault-")
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


def repository(home, name, seed, commits):
    path = home.path(name)
    subprocess.run(["git", "init", "-q", path], check=True, env=home.env)
    dice, feed = random.Random(seed), []
    for n in range(commits):
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
        try:
            said = db.execute("PRAGMA integrity_check").fetchone()[0]
        except sqlite3.DatabaseError as error:
            said = str(error)
        db.close()
        if said != "ok":
            raise Failed(f"integrity_check: {said.splitlines()[-1]}")
    home.must(data, "audit", "--verify")


def drop(home, data):
    """Takes a folder away, and the key that the login keeps for it."""
    home.run(data, "lock")
    shutil.rmtree(home.path(data), ignore_errors=True)
