#!/usr/bin/env python3
"""Cycle times, time in stage and percentiles of Jira JSON exports, worked out without inward.

    jira_json.py FILE...

Uses the standard library alone. Moves are the status items of every changelog, those of one issue
in several files joined by (time, from, to). A stay ends where the stage changes. A cycle time runs
from the first stay in progress or review to the beginning of the last stay in done, an issue that
is not done has none. Percentiles are linear between ranks ((n - 1) * p), Hyndman and Fan's type 7.
`figures.rs` beside this folder holds what it prints for the samples.
"""
import datetime
import json
import sys

STAGES = {
    "Backlog": "backlog", "Inbox": "backlog",
    "Ready for Dev": "todo", "To Do": "todo",
    "Selected for Development": "in-progress", "In Progress": "in-progress",
    "Open": "in-progress",  # said under [stages] by the test
    "Review": "in-review",
    "Done": "done", "Resolved": "done", "Closed": "done", "已完成": "done",
}


def seconds(text):
    return int(datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%f%z").timestamp())


def quantile(values, p):
    values = sorted(values)
    place = (len(values) - 1) * p
    below = int(place)
    above = min(below + 1, len(values) - 1)
    return values[below] + (values[above] - values[below]) * (place - below)


issues = {}
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        document = json.load(file)
    for issue in document.get("issues", [document]):
        known = issues.setdefault(issue["key"], {"moves": set(), "updated": -1})
        fields = issue["fields"]
        known["created"] = seconds(fields["created"])
        if seconds(fields["updated"]) > known["updated"]:
            known["updated"] = seconds(fields["updated"])
            known["status"] = fields["status"]["name"]
        for history in issue.get("changelog", {}).get("histories", []):
            for item in history["items"]:
                if item["field"] == "status":
                    at = seconds(history["created"])
                    known["moves"].add((at, item["fromString"], item["toString"]))

cycles, stays = [], {}
for key, issue in sorted(issues.items()):
    moves = sorted(issue["moves"])
    if not moves or STAGES[issue["status"]] != "done":
        continue
    way = [[STAGES[moves[0][1]], issue["created"], None]]
    for at, _, to in moves:
        if STAGES[to] != way[-1][0]:
            way[-1][2] = at
            way.append([STAGES[to], at, None])
    done = way[-1][1]
    start = next((stay[1] for stay in way if stay[0] in ("in-progress", "in-review")), None)
    if start is not None:
        cycles.append((key, done - start))
    for stage, begin, end in way:
        if end is not None:
            stays.setdefault(stage, []).append(end - begin)

for key, length in cycles:
    print(key, length)
print("p50", quantile([length for _, length in cycles], 0.5))
for stage, lengths in stays.items():
    print(stage, "sum", sum(lengths), "n", len(lengths), "p50", quantile(lengths, 0.5))
