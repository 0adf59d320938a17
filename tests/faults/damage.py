#!/usr/bin/env python3
"""Damages inward's files at random bytes, and looks at what its commands make of them.

usage: tests/faults/damage.py [PROGRAM] [ROUNDS] [--twin] [--seed N]

Each round copies a prepared data folder (plain or sealed), damages the store, or its second place, or both
(one byte altered, a sector of zeros, the end cut off, two pages exchanged, rubbish at the end, all of it
rubbish, gone), and runs reading commands, a note, and `inward rebuild`. Then:

- a reading command answers exactly what it does of the undamaged store, or says damage (exit 4), and either
  way not a byte of the files changes; a note that cannot be kept changes nothing;
- after `rebuild` every note, goal, choice and the list of imports is there, the log is whole, and the damaged
  file lies beside as it was. Where the second place was damaged and the store was not, nothing is lost either.

A plain SQLite file has no checksum over a row: what an altered byte does inside a text or a number cannot be
seen in it. Such answers are counted and printed (`unseen`); in a sealed store, and where the file is cut,
rubbish or gone, they are a failure.
PROGRAM is target/debug/inward, ROUNDS 200. --twin takes the second place away before the store is damaged:
then words have to be lost, or the harness sees nothing. Exit 1 when a round fails, or the twin loses nothing.
Needs git and Linux.
"""
import os, random, shutil, sys

sys.dont_write_bytecode = True
from world import PASS, Failed, Home, copy, drop, export, repository, unlock

PAGE, SECTOR = 4096, 512
READING = [
    ("stats", "all", "--json"), ("log", "all", "--json"), ("note", "list"), ("goal", "list"),
    ("exclude", "list"), ("me", "--json"), ("repos", "--json"), ("audit", "--verify"),
]
OWN = [("note", "list"), ("goal", "list"), ("exclude", "list"), ("me", "--json")]
# Exit codes: damage; a file that is gone or emptied says so with the same one.
DAMAGED = 4


def flip(bytes, dice):
    at = dice.randrange(len(bytes))
    bytes[at] ^= dice.randrange(1, 256)


def zero(bytes, dice):
    at = dice.randrange(len(bytes) // SECTOR) * SECTOR
    bytes[at:at + SECTOR] = b"\0" * len(bytes[at:at + SECTOR])


def cut(bytes, dice):
    del bytes[dice.randrange(len(bytes)):]


def swap(bytes, dice):
    one, two = (PAGE * dice.randrange(len(bytes) // PAGE) for _ in range(2))
    bytes[one:one + PAGE], bytes[two:two + PAGE] = bytes[two:two + PAGE], bytes[one:one + PAGE]


def append(bytes, dice):
    bytes.extend(dice.randbytes(dice.randrange(1, 3 * PAGE)))


def rubbish(bytes, dice):
    bytes[:] = dice.randbytes(len(bytes))


def some(bytes, dice):
    """Many sectors at once."""
    for _ in range(max(2, len(bytes) // PAGE // 4)):
        zero(bytes, dice)


def gone(bytes, dice):
    bytes.clear()


KINDS = [flip, zero, cut, swap, append, rubbish, some, gone]


def prepare(home):
    """A plain and a sealed folder with something of every kind, and what commands answer there."""
    with open(f"{home.env['HOME']}/.gitconfig", "w") as out:
        out.write("[user]\n\tname = Ada\n\temail = ada@example.org\n")
    one = repository(home, "one", 1, 150)
    home.exports = [export(home, "tasks.json", 0, 60)]
    home.must("plain", "me", "add", "ada@example.org", "--this-is-me")
    home.must("plain", "add", one)
    home.must("plain", "scan")
    home.must("plain", "import", *home.exports, "--mine", "*")
    for n in range(40):
        home.must("plain", "note", "-", given=f"note {n} of a long winter\n")
    for n in range(5):
        home.must("plain", "goal", "add", f"goal {n}")
    rows = home.must("plain", "log", "all", "--json")
    for oid in sorted({word for word in rows.replace('"', " ").split() if len(word) == 40})[:6]:
        home.must("plain", "exclude", oid, "--reason", "a script's")
    copy(home, "plain", "sealed")
    home.must("sealed", "encrypt", "-", given=PASS)
    home.answers = {args: home.must("plain", *args) for args in READING}
    home.answers["after"] = {args: home.must("plain", *args) for args in OWN}


def files(folder):
    """Every file and its bytes, but locks."""
    found = {}
    for name in sorted(os.listdir(folder)):
        path = f"{folder}/{name}"
        if os.path.isfile(path) and not name.endswith(".lock"):
            with open(path, "rb") as file:
                found[name] = file.read()
    return found


def damage(path, kind, dice):
    """Damages the file; nothing of it is left where it is gone."""
    with open(path, "rb") as file:
        bytes = bytearray(file.read())
    before = len(bytes)
    kind(bytes, dice)
    os.remove(path)
    if kind is not gone:
        with open(path, "wb") as file:
            file.write(bytes)
        os.chmod(path, 0o600)
    return before


def judge(home, data, strict, seen):
    """Runs what reads; how many answers were other ones and nobody could see it."""
    folder, unseen = home.path(data), 0
    before = files(folder)
    for args in READING:
        code, out, err = home.run(data, *args)
        if code == 0 and args[0] != "audit" and out != home.answers[args]:
            if strict:
                raise Failed(f"`inward {' '.join(args)}` answers something else and does not say damage")
            # What lists own words compares them with the second place.
            unseen += "do not say the same" not in err
            seen.add(args)
        elif code != 0:
            if code != DAMAGED:
                raise Failed(f"`inward {' '.join(args)}` ended with {code}: {err.strip()}")
            seen.add(args)
        after = files(folder)
        if after != before:
            names = [name for name in {*before, *after} if before.get(name) != after.get(name)]
            raise Failed(f"`inward {' '.join(args)}` ({code}) changed {sorted(names)}")
    code, _, err = home.run(data, "note", "-", given="told after the damage\n")
    if code not in (0, DAMAGED):
        raise Failed(f"`inward note` ended with {code}: {err.strip()}")
    if code and files(folder).get("inward.db") != before.get("inward.db"):
        raise Failed("a note that was refused changed the store")
    return unseen, code == 0


def rebuilt(home, data, told, store_damaged):
    """Carries on with `rebuild`, and looks whether every word is there."""
    folder = home.path(data)
    before = files(folder).get("inward.db")
    home.must(data, "rebuild", *home.exports)
    for args in OWN:
        out, all = home.must(data, *args), home.answers["after"][args]
        lines = [line for line in out.splitlines() if "told after the damage" not in line]
        if told and args == ("note", "list") and len(lines) == len(out.splitlines()):
            raise Failed("a note that was told to be kept is lost")
        if words(lines) != words(all.splitlines()):
            lost = sorted(set(words(all.splitlines())) - set(words(lines)))[:2]
            raise Failed(f"`inward {' '.join(args)}` is not what it was: {lost}")
    home.must(data, "audit", "--verify")
    aside = [bytes for name, bytes in files(folder).items() if ".aside-" in name]
    if store_damaged and before is not None and before not in aside:
        raise Failed("the damaged file is not set aside as it was")


def words(lines):
    """Without the widths of columns and a heading that counts."""
    return sorted(" ".join(line.split()) for line in lines if "notes" not in line)


def round_of(home, dice, n, twin, data):
    base = "sealed" if n % 4 == 3 else "plain"
    kind = KINDS[(n // 4) % len(KINDS)]
    target = dice.choice(["store", "store", "store", "words"])
    copy(home, base, data)
    unlock(home, data)
    folder = home.path(data)
    if twin:
        os.remove(f"{folder}/inward.db.words")
        if os.path.exists(f"{folder}/inward.db.previous"):
            os.remove(f"{folder}/inward.db.previous")
        target = "store"
    name = "inward.db" if target == "store" else "inward.db.words"
    damage(f"{folder}/{name}", kind, dice)
    seen = set()
    unseen, told = judge(home, data, base == "sealed" or kind in (gone, rubbish, cut), seen)
    if target == "words" and (seen or unseen):
        raise Failed("a damaged second place changed an answer")
    rebuilt(home, data, told, target == "store")
    return f"{base} {target}", kind.__name__, bool(seen), unseen


def main():
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    twin = "--twin" in sys.argv
    seed = int(sys.argv[sys.argv.index("--seed") + 1]) if "--seed" in sys.argv else 20_262
    words = [word for word in words if word != str(seed)]
    program = words[0] if words else "target/debug/inward"
    rounds = int(words[1]) if len(words) > 1 else 200
    home, dice = Home(program), random.Random(seed)
    failed, table = 0, {}
    try:
        prepare(home)
        for n in range(rounds):
            data = f"round {n}"
            try:
                where, kind, seen, unseen = round_of(home, dice, n, twin, data)
                row = table.setdefault((where, kind), [0, 0, 0])
                row[0] += 1
                row[1] += seen
                row[2] += unseen > 0
            except Failed as why:
                failed += 1
                print(f"round {n}: {why}", flush=True)
            drop(home, data)
        for (where, kind), (ran, seen, unseen) in sorted(table.items()):
            print(f"{where:<13} {kind:<8} {ran:>4} rounds, {seen:>4} said damage, {unseen:>4} unseen")
        total = [sum(row[n] for row in table.values()) for n in range(3)]
        print(f"{rounds} rounds, {total[1]} said damage, {total[2]} unseen in plain rows, {failed} failed")
    finally:
        shutil.rmtree(home.root, ignore_errors=True)
    sys.exit(1 if bool(failed) != twin else 0)


if __name__ == "__main__":
    main()
