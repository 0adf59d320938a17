//! Tasks and time entries that two exports name are one, whichever comes first.

use inward::store::Store;

use crate::bench::{How, import, store};
use crate::counted::{held, owner_of};
use crate::fixtures::all;

/// Fixtures that name the same tasks or time entries; tasks, entries and finished tasks of all
/// together.
const SHARED: &[(&[&str], [u64; 3])] = &[
    // HBR-1 and 2 stand in both.
    (&["jira-json.search.json", "jira-csv.cloud.csv"], [7, 4, 3]),
    // 11 stands in all four, linked in the last; 12 in the first two.
    (
        &[
            "github-gh-json.issues.json",
            "github-rest-json.issues.json",
            "github-archive.issues.json",
            "taskwarrior.array.json",
        ],
        [15, 0, 6],
    ),
    // 21 stands in the first three.
    (
        &[
            "github-gh-json.prs.json",
            "github-gh-json.search.json",
            "github-rest-json.pulls.json",
            "github-archive.pulls.json",
        ],
        [9, 0, 2],
    ),
    // 3 stands in all, 4 in the first two.
    (
        &[
            "gitlab-json.issues.json",
            "gitlab-csv.old.csv",
            "gitlab-csv.work-items.csv",
        ],
        [8, 0, 1],
    ),
    // TRN-1, once without its UUID.
    (
        &["linear-csv.thirty.csv", "linear-csv.thirty-four.csv"],
        [6, 0, 2],
    ),
    // 1, once with days and once with times.
    (&["asana-csv.csv", "asana-json.json"], [5, 0, 3]),
    // 801 and 802.
    (
        &["bugzilla-csv.list.csv", "bugzilla-json.bugs.json"],
        [4, 0, 1],
    ),
    // The card alone is on the board too.
    (
        &["trello-json.board.json", "trello-json.card.json"],
        [4, 0, 2],
    ),
    // The foghorn, open in one and done in the other, and the stairs.
    (&["todo-txt.todo.txt", "todo-txt.done.txt"], [10, 0, 5]),
    // A linked copy of HBR-3.
    (
        &["jira-json.search.json", "taskwarrior.journal.json"],
        [7, 7, 3],
    ),
    // One frame.
    (&["watson.log.json", "watson.frames.json"], [0, 3, 0]),
];

#[test]
fn what_two_exports_name_is_counted_once_whichever_comes_first() {
    let fixtures = all();
    let read = |store: &mut Store, name: &str| {
        let fixture = fixtures.iter().find(|one| one.name() == name).unwrap();
        let how = How {
            mine: owner_of(name),
            ..fixture.how()
        };
        import(store, (name, &fixture.bytes), how).unwrap();
    };
    let mut wrong = Vec::new();
    for (names, told) in SHARED {
        let (mut there, mut back) = (store(), store());
        names.iter().for_each(|name| read(&mut there, name));
        names.iter().rev().for_each(|name| read(&mut back, name));
        for store in [&there, &back] {
            let [tasks, entries, done, ..] = held(store);
            let found = [tasks, entries, done];
            if found != *told {
                wrong.push(format!("{names:?}: {found:?}, counted {told:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
