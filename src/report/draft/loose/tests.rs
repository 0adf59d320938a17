//! The rules of grouping, each as a sentence.

use chrono::NaiveDate;

use super::{Room, loose};
use crate::model::dataset::flag;
use crate::model::ids::{CommitId, Oid};
use crate::model::material::Done;
use crate::model::moment::Moment;
use crate::model::text::Clean;
use crate::model::work_type::WorkType;
use crate::report::draft::document::{Loose, Piece};

pub(super) const ROOM: Room = Room { pieces: 8, said: 3 };

/// Commit `n` of a repository, `n` hours after the year began.
pub(super) fn done(n: u8, summary: &str) -> Done {
    Done {
        id: CommitId(u32::from(n)),
        oid: Oid([n; 20]),
        evidence: Oid([n; 20]),
        landed: true,
        at: Moment::new(1_767_225_600 + i64::from(n) * 3_600, 0),
        repo: Clean::label(b"pump"),
        summary: Clean::label(summary.as_bytes()),
        flags: WorkType::of_summary(summary).flags(),
        branch: None,
        folder: None,
        project: None,
        files: 1,
        lines: 10,
        landed_as: None,
        tasks: Vec::new(),
    }
}

pub(super) fn label(text: &str) -> Clean {
    Clean::label(text.as_bytes())
}

/// Commits with these summaries, the first one the oldest.
fn all(summaries: &[&str]) -> Vec<Done> {
    (1..)
        .zip(summaries)
        .map(|(n, summary)| done(n, summary))
        .collect()
}

fn told(commits: &[Done], room: Room) -> Vec<Loose> {
    let today = NaiveDate::from_ymd_opt(2026, 8, 16).unwrap();
    loose(&commits.iter().collect::<Vec<_>>(), room, today)
}

/// The pieces of the one project of `commits`.
fn pieces(commits: &[Done]) -> Vec<Piece> {
    let mut out = told(commits, ROOM);
    assert_eq!(out.len(), 1);
    out.remove(0).pieces
}

/// `area: commits` of each piece.
fn areas(pieces: &[Piece]) -> Vec<String> {
    let name = |piece: &Piece| piece.area.clone().unwrap_or_else(|| "-".to_owned());
    pieces
        .iter()
        .map(|piece| format!("{}: {}", name(piece), piece.commits))
        .collect()
}

fn texts(piece: &Piece) -> Vec<&str> {
    piece.said.iter().map(|said| said.text.as_str()).collect()
}

#[test]
fn small_areas_roll_up_and_large_ones_stand_alone() {
    let mut commits = Vec::new();
    for n in 1..=6 {
        commits.push(done(
            n,
            &format!("player/command: add the property number {n}"),
        ));
    }
    commits.push(done(7, "player/lua: load scripts by name"));
    commits.push(done(8, "player/video: draw the last frame again"));
    commits.push(done(9, "player: stop at the end"));
    let found = pieces(&commits);
    assert_eq!(areas(&found), ["player/command: 6", "player: 3"]);
    assert_eq!(
        texts(&found[1]),
        [
            "lua: load scripts by name",
            "video: draw the last frame again",
            "Stop at the end"
        ]
    );
}

#[test]
fn every_common_form_of_naming_an_area_is_read() {
    let found = pieces(&all(&[
        "fix(resolver): stop at a loop",
        "feat(Resolver)!: read two files",
        "[resolver] keep the order",
        "resolver: see the end (#12)",
        "cli git: fetch twice",
        "cli git: push once",
        "cli git: ask first",
    ]));
    assert_eq!(areas(&found), ["resolver: 4", "cli git: 3"]);
    let kinds: Vec<_> = found[0].said.iter().map(|said| said.kind).collect();
    assert_eq!(kinds, [Some("fix"), Some("feature"), None, None]);
}

#[test]
fn a_sentence_with_a_colon_names_no_area() {
    let found = pieces(&all(&[
        "Say it as it is: the pump leaks",
        "Warn a user of this: water",
    ]));
    assert_eq!(areas(&found), ["-: 2"]);
    assert_eq!(texts(&found[0])[0], "Say it as it is: the pump leaks");
}

#[test]
fn a_commit_that_mends_another_one_says_nothing_of_its_own() {
    let found = pieces(&all(&[
        "valve: close at night",
        "fixup! valve: close at night",
        "squash! fixup! valve: close at night",
    ]));
    assert_eq!(areas(&found), ["valve: 3"]);
    assert_eq!(texts(&found[0]), ["Close at night"]);
    assert_eq!((found[0].said[0].ids.len(), found[0].more), (3, 0));
}

#[test]
fn what_was_taken_back_is_said_only_where_nothing_else_is() {
    let both = ["valve: close at night", "Revert \"valve: close at night\""];
    let found = pieces(&all(&both));
    assert_eq!(texts(&found[0]), ["Tried and taken back: Close at night"]);
    let more = [both[0], both[1], "valve: open by day"];
    assert_eq!(texts(&pieces(&all(&more))[0]), ["Open by day"]);
    let again = [both[0], both[1], "Reapply \"valve: close at night\""];
    assert_eq!(texts(&pieces(&all(&again))[0]), ["Close at night"]);
    assert_eq!(
        texts(&pieces(&all(&both[1..]))[0]),
        ["Revert \"valve: close at night\""]
    );
}

#[test]
fn releases_and_updates_of_dependencies_are_one_line_each() {
    let found = pieces(&all(&[
        "valve: close at night",
        "valve: open by day",
        "valve: count its turns",
        "Bump serde from 1.0.1 to 1.0.2",
        "chore(deps): raise chrono",
        "Bump version to 0.4.0",
        "release: release version 0.5.0",
    ]));
    assert_eq!(
        areas(&found),
        ["releases: 2", "valve: 3", "dependencies: 2"]
    );
    assert_eq!(texts(&found[2]), ["2 dependency updates"]);
    assert_eq!(texts(&found[0]), ["2 releases: 0.4.0 and 0.5.0"]);
    assert_eq!((found[2].said[0].ids.len(), found[2].more), (2, 0));
}

#[test]
fn without_summaries_the_folder_is_what_they_are_about() {
    let mut commits = all(&[""; 5]);
    for commit in &mut commits[..4] {
        commit.folder = Some(label("src/net"));
    }
    let found = pieces(&commits);
    assert_eq!(areas(&found), ["src/net: 4", "-: 1"]);
    assert_eq!(texts(&found[0]), ["4 commits in src/net"]);
    assert_eq!(texts(&found[1]), ["1 commit"]);
}

#[test]
fn without_an_area_in_front_the_branch_says_it_but_never_who_made_the_branch() {
    let mut commits = all(&[
        "Close the valve",
        "Open the valve",
        "Turn the tap",
        "Paint it blue",
    ]);
    for commit in &mut commits[..3] {
        commit.branch = Some(label("alice/bob-valve-timing"));
    }
    commits[3].branch = Some(label("main"));
    assert_eq!(areas(&pieces(&commits)), ["valve-timing: 3", "-: 1"]);
    for name in ["alice", "alice-patch-1", "release/1.2", "feature/12345"] {
        for commit in &mut commits {
            commit.branch = Some(label(name));
        }
        assert_eq!(areas(&pieces(&commits)), ["-: 4"], "{name}");
    }
}

#[test]
fn a_merge_names_the_topic_and_not_the_person() {
    let found = pieces(&all(&[
        "Merge branch 'alice/valve-timing' into main",
        "Merge pull request #12 from bob/night-mode",
        "Merge pull request #13 from bob/tap: tap: turn it slowly",
    ]));
    let texts = texts(&found[0]);
    assert_eq!(texts, ["Valve timing", "Night mode", "tap: turn it slowly"]);
}

#[test]
fn a_mass_reformatting_is_never_the_first_piece() {
    let mut commits = all(&[
        "style(boiler): Reformat everything",
        "boiler: indent every file",
        "boiler: sort every file",
        "valve: close at night",
        "valve: open by day",
        "valve: count its turns",
    ]);
    for commit in &mut commits[..3] {
        commit.flags |= flag::REFORMAT;
        commit.lines = 900_000;
    }
    assert_eq!(areas(&pieces(&commits)), ["valve: 3", "boiler: 3"]);
}

#[test]
fn the_name_of_the_project_is_no_area() {
    let found = pieces(&all(&[
        "pump-valve: close at night",
        "pump-valve: open by day",
        "pump-valve: count its turns",
        "pump: start again",
        "pump: stop again",
        "pump-tap: turn slowly",
    ]));
    assert_eq!(areas(&found), ["pump-valve: 3", "-: 3"]);
}

#[test]
fn originals_go_with_the_squash_that_holds_them() {
    let mut commits = all(&[
        "wip",
        "tap: try a longer pipe",
        "valve: close at night (#7)",
    ]);
    commits[0].landed_as = Some(commits[2].oid);
    commits[1].landed_as = Some(commits[2].oid);
    let found = pieces(&commits);
    assert_eq!(areas(&found), ["-: 3"]);
    assert_eq!(texts(&found[0]), ["valve: close at night"]);
    assert_eq!((found[0].said[0].ids.len(), found[0].more), (3, 0));
}

#[test]
fn what_a_short_list_leaves_out_is_counted() {
    let mut commits = Vec::new();
    for (n, area) in (1..).zip(["valve", "tap", "pipe"].iter().flat_map(|area| [area; 4])) {
        commits.push(done(n, &format!("{area}: mend part number {n}")));
    }
    let found = told(&commits, Room { pieces: 2, said: 1 });
    let shown: Vec<bool> = found[0].pieces.iter().map(|piece| piece.shown).collect();
    assert_eq!(shown, [true, true, false]);
    assert_eq!((found[0].more, found[0].more_commits), (1, 4));
    assert_eq!(found[0].days, "1 Jan");
}

#[test]
fn a_project_is_the_owners_own_and_else_the_repository() {
    let mut commits = all(&["Close the valve", "Open the valve", "Turn the tap"]);
    commits[0].project = Some(label("Garden"));
    let found = told(&commits, ROOM);
    let names: Vec<_> = found
        .iter()
        .map(|loose| (loose.project.as_str(), loose.commits))
        .collect();
    assert_eq!(names, [("pump", 2), ("Garden", 1)]);
}

#[test]
fn without_any_area_a_telling_word_gathers_what_shares_it() {
    let found = pieces(&all(&[
        "Use a keymap for the menu",
        "Allow a keymap to be changed",
        "Fix keymaps in the list",
        "Close the valve at night",
        "Write a better greeting",
        "Take the short way home",
        "Open the gate by hand",
    ]));
    assert_eq!(areas(&found), ["keymap: 3", "-: 4"]);
}

#[test]
fn a_feature_is_not_about_tests_because_most_of_its_lines_are() {
    let mut commits = all(&[
        "Add a night mode",
        "Add a day mode",
        "Count the turns",
        "Test the valve",
    ]);
    for commit in &mut commits {
        commit.folder = Some(label("tests/valve"));
    }
    assert_eq!(areas(&pieces(&commits)), ["-: 4"]);
    let mut commits = all(&[
        "Test the tap",
        "Update the tests of the pipe",
        "Test the valve",
        "a b",
        "c d",
        "e f",
    ]);
    for commit in &mut commits[..3] {
        commit.folder = Some(label("tests/valve"));
    }
    assert_eq!(areas(&pieces(&commits)), ["tests/valve: 3", "-: 3"]);
}

#[test]
fn a_folder_of_most_commits_tells_nothing_and_one_of_some_does() {
    let mut commits = all(&["a b", "c d", "e f", "g h", "i j", "k l", "m n"]);
    for (at, commit) in commits.iter_mut().enumerate() {
        commit.folder = Some(label(if at < 3 { "src/net" } else { "src" }));
    }
    assert_eq!(areas(&pieces(&commits)), ["src/net: 3", "-: 4"]);
}

#[test]
fn few_letters_that_names_share_are_no_area_unless_they_are_one() {
    let mut summaries = vec![
        "m_option: read it",
        "m_property: see it",
        "m_config: keep it",
    ];
    assert_eq!(areas(&pieces(&all(&summaries))), ["-: 3"]);
    summaries.push("m: forget it");
    assert_eq!(areas(&pieces(&all(&summaries))), ["m: 4"]);
}

#[test]
fn a_project_of_few_pieces_says_more_of_each() {
    let words = [
        "red", "blue", "tall", "wide", "warm", "cold", "left", "right",
    ];
    let commits: Vec<Done> = (1..)
        .zip(words)
        .map(|(n, word)| done(n, &format!("valve: take the {word} one by {n}0")))
        .collect();
    let found = told(&commits, Room { pieces: 4, said: 2 });
    assert_eq!(
        (
            found[0].pieces.len(),
            found[0].pieces[0].said.len(),
            found[0].pieces[0].more
        ),
        (1, 4, 4)
    );
    let alone: Vec<Done> = (1..)
        .zip(words)
        .map(|(n, word)| done(n, &format!("{word} {word}er {word}est")))
        .collect();
    let found = told(&alone, Room { pieces: 4, said: 2 });
    assert_eq!(
        (found[0].pieces.len(), found[0].pieces[0].said.len()),
        (1, 8)
    );
}
