#!/usr/bin/env python3
"""Kills inward (SIGKILL) at random moments of what it does, and looks at what is left.

usage: tests/faults/kill.py [PROGRAM] [ROUNDS] [--twin] [--seed N]

Each round copies a prepared data folder, keeps a note (told: exit 0), starts one deed (a scan, an import, a
forgetting, sealing, unsealing, a restore, an older layout brought up to date) and kills it at a random
moment of its time. Then: the store opens and passes its own check and the log's, the note is there, the same
deed run again ends well, and every table is what it is after the deed without a kill. PROGRAM is
target/debug/inward, ROUNDS 200. --twin takes the journal away after each kill, and
half of the pages that were written: then something has to be found, or the harness sees nothing. Exit 1 when
a round fails, or the twin finds nothing. Needs git and Linux.
"""
import os, random, shutil, signal, sqlite3, sys, time

sys.dont_write_bytecode = True
from world import PASS, Failed, Home, copy, drop, dumped, export, is_sealed, repository, sound, unlock

COMMITS = 900


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
    one, two = repository(home, "one", 1, COMMITS), repository(home, "two", 2, COMMITS)
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


def again(home, data, deed, args, given):
    """The deed once more, to its end. What was done before the kill may be said to be done."""
    code, _, err = home.run(data, *args, given=given)
    done = {
        "encrypt": "sealed", "decrypt": "not sealed", "forget": "no repository",
        "forget sealed": "no repository", "restore": "exists",
    }
    if code and done.get(deed, "\0") not in err.lower() and "already" not in err:
        raise Failed(f"once more `{deed}` ended with {code}: {err.strip()}")


def half(home, base, data, dice):
    """What a store without a journal may be after a kill: of the pages that were written, about half."""
    place = f"{home.path(data)}/inward.db"
    with open(f"{home.path(base)}/inward.db", "rb") as file:
        old = file.read()
    with open(place, "r+b") as file:
        new = file.read()
        for at in range(0, min(len(old), len(new)), 4096):
            if old[at : at + 4096] != new[at : at + 4096] and dice.random() < 0.5:
                file.seek(at)
                file.write(old[at : at + 4096])
    if os.path.exists(f"{place}-journal"):
        os.remove(f"{place}-journal")


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
    if twin and base and not is_sealed(home, data):
        half(home, base, data, dice)
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
