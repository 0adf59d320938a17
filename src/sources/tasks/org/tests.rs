//! Whole files.

use super::super::testing::{Seen, read};
use super::*;
use crate::model::stage::StageWords;

fn seen(text: &str, name: &str) -> Seen {
    read(&FORMAT, text, name).unwrap()
}

fn stage(found: &Found) -> Option<Stage> {
    StageWords::default().stage(&found.task.status)
}

const PLAN: &str = "#+TODO: TODO PROG REVIEW | DONE CANCELED\n#+FILETAGS: :work:\n#+CATEGORY: infra\n\
* TODO [#A] Ship [1/2]   :ingest:\n:PROPERTIES:\n:ID: abc-1\n:Effort: 3:00\n:CREATED: [2025-10-01 Wed 09:00]\n:END:\nDEADLINE is said here.\n\
** DONE Write the [[https://x.example][parser]]\nCLOSED: [2025-10-06 Mon 10:00]\n:LOGBOOK:\n\
- State \"DONE\"       from \"REVIEW\"     [2025-10-06 Mon 10:00]\n\
- State \"REVIEW\"     from \"PROG\"       [2025-10-03 Fri 16:05] \\\\\n  a note\n\
CLOCK: [2025-10-02 Thu 09:01]--[2025-10-02 Thu 11:31] =>  2:30\n\
- State \"PROG\"       from \"TODO\"       [2025-10-02 Thu 09:00]\n:END:\n\
** CANCELED Old\nCLOSED: [2025-10-09 Thu 10:11]\n\
* Notes\n- [ ] a box\n* COMMENT TODO left out\n** TODO this too\n#+begin_src org\n* TODO no heading\n#+end_src\n\
* PROG Clock\nDEADLINE: <2025-11-07 Fri>\nCLOCK: [2025-10-26 Sun 01:30]--[2025-10-26 Sun 04:00] =>  3:30\nCLOCK: [2025-10-27 Mon 01:30]\n";

#[test]
fn headings_with_states_are_tasks_with_log_clocks_and_what_they_inherit() {
    let seen = seen(PLAN, "work.org");
    let tasks = seen.tasks();
    let titles: Vec<&str> = tasks.iter().map(|one| one.task.title.as_str()).collect();
    assert_eq!(titles, ["Ship", "Write the parser", "Old", "Clock"]);
    let (ship, parser) = (&tasks[0].task, &tasks[1].task);
    assert_eq!(ship.aliases[0], "org:abc-1");
    assert_eq!((ship.due, ship.created.is_some()), (None, true));
    assert_eq!(
        ship.estimate,
        Some(crate::model::task::Estimate::Seconds(10_800))
    );
    assert_eq!(parser.parent.as_ref().map(Clean::as_str), Some("Ship"));
    assert_eq!((parser.transitions.len(), parser.entries.len()), (3, 1));
    assert_eq!(parser.tags.len(), 2, "of the file and of the heading above");
    assert!(matches!(parser.done, Some(When::Wall(_))));
    assert_eq!(parser.project.as_ref().map(Clean::as_str), Some("infra"));
    let stages: Vec<_> = tasks.iter().map(|one| stage(one)).collect();
    let wanted = [
        Stage::Todo,
        Stage::Done,
        Stage::Cancelled,
        Stage::InProgress,
    ];
    assert_eq!(stages, wanted.map(Some));
}

#[test]
fn orgs_own_sum_is_trusted_and_an_open_clock_has_no_end() {
    let seen = seen(PLAN, "work.org");
    let clock = &seen.tasks()[3].task;
    let spans: Vec<_> = clock
        .entries
        .iter()
        .map(|one| (one.seconds, one.end.is_some()))
        .collect();
    assert_eq!(spans, [(Some(12_600), true), (None, false)]);
    assert!(matches!(clock.due, Some(When::Day(_))));
}

#[test]
fn each_completion_of_a_repeating_heading_is_a_task() {
    let text = "* TODO Chore\nSCHEDULED: <2025-10-20 Mon +1w>\n\
- State \"DONE\"       from \"TODO\"       [2025-10-14 Tue 12:00]\nCLOCK: [2025-10-13 Mon 09:00]--[2025-10-13 Mon 10:00] =>  1:00\n\
- State \"DONE\"       from \"TODO\"       [2025-10-06 Mon 12:00]\n";
    let seen = seen(text, "home.org");
    let tasks = seen.tasks();
    let stages: Vec<_> = tasks.iter().map(|one| stage(one)).collect();
    assert_eq!(
        stages,
        [Some(Stage::Done), Some(Stage::Done), Some(Stage::Todo)]
    );
    let clocks: Vec<usize> = tasks.iter().map(|one| one.task.entries.len()).collect();
    assert_eq!(clocks, [0, 1, 0]);
    let mut names: Vec<&String> = tasks.iter().flat_map(|one| &one.task.aliases).collect();
    names.dedup();
    assert_eq!(names.len(), 3);
    let twice = format!("{text}- State \"DONE\"  from \"TODO\"  [2025-10-06 Mon 12:00]\n");
    let twice = self::seen(&twice, "home.org");
    assert_ne!(twice.tasks()[0].task.aliases, twice.tasks()[1].task.aliases);
    assert!(tasks[2].task.transitions.is_empty() && tasks[2].task.done.is_none());
}

#[test]
fn a_repeating_heading_without_a_log_still_tells_of_its_last_completion() {
    let text = "* TODO Chore\nSCHEDULED: <2025-10-20 Mon +1w>\n:PROPERTIES:\n:LAST_REPEAT: [2025-10-14 Tue 12:00]\n:END:\n";
    let seen = seen(text, "home.org");
    let done: Vec<bool> = seen
        .tasks()
        .iter()
        .map(|one| one.task.done.is_some())
        .collect();
    assert_eq!(done, [true, false]);
}

#[test]
fn a_task_that_was_done_and_opened_again_is_one_task() {
    let text = "* TODO Again\n- State \"TODO\"       from \"DONE\"       [2025-10-14 Tue 12:00]\n- State \"DONE\"       from \"TODO\"       [2025-10-06 Mon 12:00]\n";
    let seen = seen(text, "home.org");
    assert_eq!(seen.tasks().len(), 1);
    assert_eq!(seen.tasks()[0].task.transitions.len(), 2);
}

#[test]
fn an_archived_heading_bears_the_name_it_had_in_its_file() {
    let file = seen(
        "#+TODO: TODO | SHIPPED\n* Plan\n** SHIPPED Parts :x:\nCLOSED: [2025-10-06 Mon 10:00]\n",
        "work.org",
    );
    let archive = seen(
        "* SHIPPED Parts :x:\nCLOSED: [2025-10-06 Mon 10:00]\n:PROPERTIES:\n:ARCHIVE_FILE: ~/org/work.org\n:ARCHIVE_OLPATH: Plan\n:ARCHIVE_TODO: SHIPPED\n:END:\n",
        "work.org_archive",
    );
    assert_eq!(
        file.tasks()[0].task.aliases,
        archive.tasks()[0].task.aliases
    );
}

#[test]
fn a_pipe_is_known_by_its_headings_and_markdown_is_none() {
    assert_eq!(seen("#+TITLE: x\n* TODO a\n", "").tasks().len(), 1);
    for other in ["* [ ] a\n* [x] b\n", "* TODOs of May\n", "# DONE x\n"] {
        let input = Input::from_bytes(other, "").unwrap();
        assert!(!fits(input.head()), "{other}");
    }
}
