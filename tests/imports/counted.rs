//! What every fixture gives, counted by whoever wrote it: by reading the file, never by running
//! the program.

use inward::store::{Store, Table};

use crate::bench::{How, import, rows, store};
use crate::fixtures::{Fixture, all};

/// What one fixture gives.
struct Counted {
    name: &'static str,
    /// What the owner is called in it; `None` where all of it is the owner's.
    mine: Option<&'static str>,
    /// Fixtures that have to be imported before.
    after: &'static [&'static str],
    /// Of this file: records, mine, rejected.
    file: [u64; 3],
    /// In the store then: tasks and pull requests, time entries, done, given up, moves.
    store: [u64; 5],
}

const fn one(
    name: &'static str,
    mine: Option<&'static str>,
    file: [u64; 3],
    store: [u64; 5],
) -> Counted {
    let after = &[];
    Counted {
        name,
        mine,
        after,
        file,
        store,
    }
}

const fn more(
    name: &'static str,
    (mine, after): (&'static str, &'static [&'static str]),
    file: [u64; 3],
    store: [u64; 5],
) -> Counted {
    Counted {
        name,
        mine: Some(mine),
        after,
        file,
        store,
    }
}

const LOGIN: Option<&str> = Some("ada");
const NAME: Option<&str> = Some("Ada Lovelace");
const ADDRESS: Option<&str> = Some("ada@example.org");
const PHID: &str = "PHID-USER-adaadaadaadaadaada00";

const COUNTED: &[Counted] = &[
    // A stopwatch of the night; the editor with a task and without; the rest at a window.
    one("activitywatch-json.json", None, [5, 4, 1], [0, 4, 0, 0, 0]),
    // Ada's 1, 2 and 6: 6 was completed on a day that is none. The rounded id is rejected.
    one("asana-csv.csv", ADDRESS, [6, 3, 1], [3, 0, 2, 0, 0]),
    // Ada's 1, 11 and 13, which is nested; the heading and the one without a gid are rejected.
    one("asana-json.json", NAME, [7, 3, 2], [3, 0, 2, 0, 0]),
    // 301 closed, 303 removed; 302 is active again and keeps its closing date.
    one(
        "azure-devops-csv.flat.csv",
        ADDRESS,
        [7, 4, 1],
        [4, 0, 1, 1, 0],
    ),
    one(
        "azure-devops-csv.tree.csv",
        ADDRESS,
        [5, 4, 0],
        [4, 0, 1, 1, 0],
    ),
    one("bugzilla-csv.list.csv", ADDRESS, [6, 3, 1], [3, 0, 1, 1, 0]),
    one(
        "bugzilla-json.bugs.json",
        ADDRESS,
        [6, 3, 1],
        [3, 0, 1, 1, 0],
    ),
    // 801 has four moves, one of them out of RESOLVED; 802 has one; 899 is not known.
    more(
        "bugzilla-json.history.more.json",
        ("ada@example.org", &["bugzilla-json.bugs.json"]),
        [3, 2, 0],
        [3, 0, 1, 1, 5],
    ),
    // Four weeks less an excepted and a moved one, that one, one alone, one whole day.
    one("calendar.events.ics", None, [7, 5, 2], [0, 5, 0, 0, 0]),
    one("clickup-csv.csv", NAME, [6, 3, 1], [3, 0, 1, 1, 0]),
    one("clockify-csv.csv", NAME, [4, 2, 1], [0, 2, 0, 0, 0]),
    one("csv.sheet.csv", NAME, [5, 3, 1], [3, 0, 1, 1, 0]),
    // 51 was closed, opened and closed again; 61 merged, which closed it; 53 is Bob's, and a
    // closing of 52 has no time.
    more(
        "github-archive.events.more.json",
        (
            "ada",
            &["github-archive.issues.json", "github-archive.pulls.json"],
        ),
        [4, 2, 1],
        [5, 0, 3, 0, 4],
    ),
    one(
        "github-archive.issues.json",
        LOGIN,
        [5, 3, 0],
        [3, 0, 2, 0, 0],
    ),
    one(
        "github-archive.pulls.json",
        LOGIN,
        [3, 2, 0],
        [2, 0, 1, 0, 0],
    ),
    // Reviews of 61, which is Ada's, and one that Ada gave.
    more(
        "github-archive.reviews.more.json",
        ("ada", &["github-archive.pulls.json"]),
        [2, 1, 0],
        [2, 0, 1, 0, 0],
    ),
    // 11 done; 12 not planned and 17 a duplicate.
    one(
        "github-gh-json.issues.json",
        LOGIN,
        [8, 5, 1],
        [5, 0, 1, 2, 0],
    ),
    one("github-gh-json.prs.json", LOGIN, [6, 3, 0], [3, 0, 1, 1, 0]),
    one(
        "github-gh-json.search.json",
        LOGIN,
        [4, 3, 0],
        [3, 0, 1, 1, 0],
    ),
    // 11 and the merged 21 done, 12 not planned, 41 opened again.
    one(
        "github-rest-json.issues.json",
        LOGIN,
        [7, 4, 1],
        [4, 0, 2, 1, 0],
    ),
    one(
        "github-rest-json.pulls.json",
        LOGIN,
        [4, 3, 0],
        [3, 0, 1, 1, 0],
    ),
    one("gitlab-csv.old.csv", LOGIN, [6, 3, 1], [3, 0, 1, 0, 0]),
    one(
        "gitlab-csv.work-items.csv",
        LOGIN,
        [5, 3, 1],
        [3, 0, 1, 1, 0],
    ),
    // 3 done; 5 closed under a label that gave it up, 9 moved away.
    one("gitlab-json.issues.json", LOGIN, [8, 5, 1], [5, 0, 1, 2, 0]),
    one(
        "gitlab-json.merge-requests.json",
        LOGIN,
        [4, 3, 0],
        [3, 0, 1, 1, 0],
    ),
    one("harvest-csv.csv", NAME, [4, 2, 1], [0, 2, 0, 0, 0]),
    // 1 and the one completed without a state; one has neither title nor UID.
    one("ics.todos.ics", None, [7, 6, 1], [6, 0, 2, 1, 0]),
    // Ada logged twice on HBR-1 and once on Cem's HBR-14; HBR-12 is done by its category.
    one("jira-csv.cloud.csv", NAME, [7, 4, 1], [4, 3, 2, 1, 0]),
    // Bob logged on Ada's DOCK-2, Ada on DOCK-4.
    one("jira-csv.datacenter.csv", LOGIN, [6, 4, 0], [4, 1, 1, 1, 0]),
    one("jira-csv.german.csv", NAME, [4, 3, 0], [3, 0, 1, 1, 0]),
    one(
        "jira-csv.shown-columns.csv",
        NAME,
        [2, 2, 0],
        [2, 0, 1, 0, 0],
    ),
    one("jira-csv.spanish.csv", NAME, [4, 3, 0], [3, 0, 1, 1, 0]),
    one("jira-csv.utf16.txt", NAME, [3, 2, 0], [2, 0, 1, 0, 0]),
    one("jira-json.issue.json", NAME, [1, 1, 0], [1, 0, 0, 0, 2]),
    // Moves: 5 of HBR-1, 1 of 2, 2 of 3, 1 of 4. Ada logged twice on 1 and once on Bob's 5.
    one("jira-json.search.json", NAME, [8, 5, 1], [5, 3, 2, 1, 9]),
    one(
        "linear-csv.thirty-four.csv",
        ADDRESS,
        [4, 3, 0],
        [3, 0, 1, 1, 0],
    ),
    // The second header is no record.
    one("linear-csv.thirty.csv", ADDRESS, [7, 4, 1], [4, 0, 2, 1, 0]),
    one(
        "markdown-tasks.obsidian.md",
        None,
        [11, 10, 1],
        [10, 0, 3, 1, 0],
    ),
    one("markdown-tasks.plain.md", None, [4, 4, 0], [4, 0, 2, 0, 0]),
    one(
        "notion-csv.Charts-0f1e2d3c4b5a69788796a5b4c3d2e1f0_all.csv",
        NAME,
        [6, 3, 1],
        [3, 0, 1, 1, 0],
    ),
    one("notion-csv.list.csv", None, [3, 3, 0], [3, 0, 1, 0, 0]),
    one("org.archive.org_archive", None, [3, 3, 0], [3, 0, 2, 1, 0]),
    // Four below Tower, two windings and the next one, the night; a heading without a title.
    // Moves 5 + 1 + 2 and one a winding; clocks 2 + 1 + 1 + 1.
    one("org.logbook.org", None, [9, 8, 1], [8, 5, 4, 1, 10]),
    one(
        "phabricator-json.tasks.json",
        Some(PHID),
        [6, 3, 1],
        [3, 0, 1, 1, 0],
    ),
    // 71: resolved, opened, resolved; 72 and 73 one each.
    more(
        "phabricator-json.transactions.more.json",
        (PHID, &["phabricator-json.tasks.json"]),
        [3, 3, 0],
        [3, 0, 1, 1, 5],
    ),
    more(
        "phabricator-json.users.more.json",
        ("ada", &[]),
        [0, 0, 0],
        [0; 5],
    ),
    one("shortcut-csv.csv", ADDRESS, [6, 3, 1], [3, 0, 1, 1, 0]),
    // The template is no record. 8 is completed at no date, and done all the same.
    one("taskwarrior.array.json", None, [8, 7, 1], [7, 0, 4, 1, 0]),
    // Two stretches of a finished task, one and a running one of an open task.
    one("taskwarrior.journal.json", None, [3, 3, 0], [3, 4, 1, 0, 0]),
    one("timewarrior.2026-01.data", None, [4, 3, 1], [0, 3, 0, 0, 0]),
    one("timewarrior.json", None, [5, 4, 1], [0, 4, 0, 0, 0]),
    // Every line of a file called done.txt is done.
    one("todo-txt.done.txt", None, [4, 4, 0], [4, 0, 4, 0, 0]),
    one("todo-txt.todo.txt", None, [9, 8, 1], [8, 0, 2, 0, 0]),
    one("todoist-csv.csv", NAME, [6, 4, 1], [4, 0, 0, 0, 0]),
    // The weekly one was completed twice.
    one(
        "todoist-json.json",
        Some("48111"),
        [6, 4, 1],
        [4, 0, 4, 0, 0],
    ),
    one("toggl-csv.csv", NAME, [5, 3, 1], [0, 3, 0, 0, 0]),
    // Five moves of the first, an archived, a ticked and a moved back one; a template.
    one("trello-json.board.json", LOGIN, [7, 4, 1], [4, 0, 2, 1, 8]),
    one("trello-json.card.json", LOGIN, [1, 1, 0], [1, 0, 1, 0, 5]),
    // The task, the rest of its project, another project; a task and a minute of no project.
    one("wakatime-json.json", None, [6, 5, 1], [0, 5, 0, 0, 0]),
    one("watson.csv", None, [3, 2, 1], [0, 2, 0, 0, 0]),
    one("watson.frames.json", None, [3, 2, 1], [0, 2, 0, 0, 0]),
    // The running one is no record.
    one("watson.log.json", None, [3, 2, 1], [0, 2, 0, 0, 0]),
    one("youtrack-csv.csv", LOGIN, [7, 4, 1], [4, 0, 2, 1, 0]),
];

#[test]
fn each_fixture_gives_what_its_writer_counted() {
    let fixtures = all();
    let named = |name: &str| {
        let found = fixtures.iter().find(|one| one.name() == name);
        found.unwrap_or_else(|| panic!("{name}: no such fixture"))
    };
    let mut wrong = Vec::new();
    for counted in COUNTED {
        let found = count(counted, &named);
        if found != (counted.file, counted.store) {
            let told = (counted.file, counted.store);
            wrong.push(format!("{}: {found:?}, counted {told:?}", counted.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_fixture_was_counted_or_is_refused() {
    for fixture in all() {
        let counted = COUNTED.iter().any(|one| one.name == fixture.name());
        let refused = crate::fixtures::is_refused(fixture.format);
        assert!(counted != refused, "{}", fixture.name());
    }
}

/// What `counted` gives: of the file, and in the store.
fn count<'f>(counted: &Counted, named: &impl Fn(&str) -> &'f Fixture) -> ([u64; 3], [u64; 5]) {
    let mut store = store();
    let mut last = None;
    for name in counted.after.iter().copied().chain([counted.name]) {
        let fixture = named(name);
        let how = How {
            mine: counted.mine,
            ..fixture.how()
        };
        let report = import(&mut store, (name, &fixture.bytes), how);
        last = Some(report.unwrap_or_else(|error| panic!("{name}: {error}")));
    }
    let report = last.unwrap();
    let rejected = report.rejected.len() as u64;
    ([report.records, report.mine, rejected], held(&store))
}

/// What the owner is called in this fixture.
pub(crate) fn owner_of(name: &str) -> Option<&'static str> {
    let counted = COUNTED.iter().find(|one| one.name == name);
    counted
        .unwrap_or_else(|| panic!("{name}: not counted"))
        .mine
}

/// Tasks and pull requests, time entries, done, given up, moves.
pub(crate) fn held(store: &Store) -> [u64; 5] {
    let tasks = rows(store, Table::Tasks);
    let len = |table| rows(store, table).len() as u64;
    let at = |stage: &str| tasks.iter().filter(|task| task["state"] == stage).count() as u64;
    [
        tasks.len() as u64,
        len(Table::TimeEntries),
        at("done"),
        at("cancelled"),
        len(Table::Transitions),
    ]
}
