#!/usr/bin/env python3
"""Ten years of use, a month at a time, with the clock moved forward.

usage: tests/faults/years.py [PROGRAM] [MONTHS] [--twin]

Each month (120 of them) 25 commits come into a repository, which is scanned; the tracker's export, whole each
time, is imported; a note is kept; sometimes the repository moves, a day is forgotten, the store is sealed,
opened or backed up. At the end the store is sound, holds each commit, task and note that was not forgotten
exactly once, and holds what a store holds that reads it all in one go. How long scans took is said and not judged.
--twin takes a sighting of a commit out of the store after the last move, which reads all anew: that has to be
seen. Needs git, Linux and `cc` for the clock.
"""
import os, random, shutil, sqlite3, subprocess, sys, time

sys.dont_write_bytecode = True
from world import PASS, Failed, Home, dumped, export, is_sealed, sound

HERE = os.path.dirname(os.path.abspath(__file__))
MONTH, EACH = 30 * 86_400, 25


def grow(home, path, month, began):
    """A month's commits."""
    dice, feed = random.Random(month), []
    for n in range(EACH):
        at = began + month * MONTH + n * 86_400 + dice.randrange(60_000)
        body = "".join(f"{dice.randrange(10**6)}\n" for _ in range(dice.randrange(1, 30)))
        more = "from refs/heads/main^0\n" if month and n == 0 else ""
        feed.append(
            f"commit refs/heads/main\nauthor Ada <ada@example.org> {at} +0100\n"
            f"committer Ada <ada@example.org> {at} +0100\ndata 7\nWork {n % 10}\n{more}"
            f"M 100644 inline src/part{dice.randrange(60)}.rs\ndata {len(body)}\n{body}\n"
        )
    text = "".join(feed).encode()
    subprocess.run(["git", "-C", path, "fast-import", "--quiet"], input=text, check=True, env=home.env)


def lived(home, months, twin):
    """Lives through the months; the notes that were kept, where the repository lies, seconds of each scan."""
    now, data, place = int(time.time()), "life", home.path("work0")
    began = now - months * MONTH
    subprocess.run(["git", "init", "-q", "-b", "main", place], check=True, env=home.env)
    notes, took = [], []
    for month in range(months):
        grow(home, place, month, began)
        # The first days of the month after.
        home.env["CLOCK_MOVE"] = str(began + (month + 1) * MONTH + 3_600 - now)
        if month == 0:
            home.must(data, "me", "add", "ada@example.org", "--this-is-me")
            home.must(data, "add", place)
        if month % 36 == 20:
            moved = home.path(f"work{month}")
            os.rename(place, moved)
            home.must(data, "add", moved)
            home.must(data, "repos", "rm", place)
            # It is called what it was called, until its owner says otherwise.
            home.must(data, "repos", "rename", os.path.basename(place), os.path.basename(moved))
            place = moved
        start = time.perf_counter()
        home.must(data, "scan")
        took.append(time.perf_counter() - start)
        home.must(data, "import", export(home, "tasks.json", 0, 10 * (month + 1)), "--mine", "*")
        notes.append(f"month {month} is over")
        home.must(data, "note", "-", given=notes[-1])
        if month % 24 == 11:
            home.must(data, "encrypt", "-", given=PASS)
        if month % 24 == 13:
            home.must(data, "decrypt", "-", given=PASS)
        if month % 12 == 5:
            home.must(data, "backup", home.path(f"kept{month}"))
        if twin and month == 7 * months // 8 and not is_sealed(home, data):
            store = sqlite3.connect(f"{home.path(data)}/inward.db")
            store.execute('DELETE FROM sightings WHERE "commit" = (SELECT min("commit") FROM sightings)')
            store.commit()
            store.close()
        home.must(data, "stats", "12w")
    if is_sealed(home, data):
        home.must(data, "decrypt", "-", given=PASS)
    return notes, place, took


def judged(home, months, notes, place):
    """Whether it is what a store holds that reads it all in one go."""
    sound(home, "life")
    kept = home.must("life", "note", "list")
    lost = [note for note in notes if note not in kept]
    if lost:
        raise Failed(f"notes are lost: {lost[:3]}")
    home.must("once", "me", "add", "ada@example.org", "--this-is-me")
    home.must("once", "add", place)
    home.must("once", "scan")
    home.must("once", "import", home.path("tasks.json"), "--mine", "*")
    ours, once = dumped(home, "life"), dumped(home, "once")
    if len(ours["commits"]) != months * EACH or len(ours["tasks"]) != months * 10:
        raise Failed(f"{len(ours['commits'])} commits, {len(ours['tasks'])} tasks")
    for table in ("commits", "file_changes", "sightings", "tasks"):
        if ours[table] != once[table]:
            other = sorted(set(ours[table]) ^ set(once[table]))[:2]
            raise Failed(f"table {table} is not what one reading gives: {other}")


def main():
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    twin = "--twin" in sys.argv
    home = Home(os.path.abspath(words[0] if words else "target/debug/inward"))
    months = int(words[1]) if len(words) > 1 else 120
    try:
        if not shutil.which("cc"):
            print("skipped: there is no C compiler here, so the clock cannot be moved")
            return
        library = home.path("clock.so")
        subprocess.run(["cc", "-shared", "-fPIC", "-o", library, f"{HERE}/clock.c", "-ldl"], check=True)
        home.env["LD_PRELOAD"] = library
        notes, place, took = lived(home, months, twin)
        size = os.path.getsize(f"{home.path('life')}/inward.db") / 1e6
        failed = None
        try:
            judged(home, months, notes, place)
        except Failed as why:
            failed = why
        print(f"{months} months, {months * EACH} commits, {months * 10} tasks, {len(notes)} notes, {size:.1f} MB")
        print(f"scans: the tenth {took[9]:.2f} s, the last three {', '.join(f'{one:.2f}' for one in took[-3:])} s")
        print(f"failed: {failed}" if failed else "sound, and what one reading gives")
    finally:
        shutil.rmtree(home.root, ignore_errors=True)
    sys.exit(1 if bool(failed) != twin else 0)


if __name__ == "__main__":
    main()
