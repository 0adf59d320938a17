//! What holds whatever the commits say.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use proptest::prelude::*;

use super::tests::{ROOM, done, label};
use super::{Room, loose};
use crate::model::ids::Oid;
use crate::model::material::Done;

fn summaries() -> impl Strategy<Value = String> {
    let written = prop::sample::select(vec![
        "player/command: add x",
        "player/lua: add y",
        "player: mend",
        "fix(ui): z",
        "fix: z",
        "wip",
        "",
        "Revert \"fix: z\"",
        "Revert \"Revert \"fix: z\"\"",
        "fixup! fix: z",
        "Bump a from 1.0 to 1.1",
        "Release 1.0",
        "[docs] words",
        "pump: start",
        "pump-a_b: c",
        "vo_x: y",
        "vo_z: y",
        ": x",
        "a: b: c: d: e",
        "Merge branch 'alice/foo'",
        "Merge pull request #1 from alice/foo",
        "(#12)",
        "x (#12)",
        "…",
        ".",
    ]);
    prop_oneof![4 => written.prop_map(str::to_owned), 1 => "\\PC{0,30}"]
}

fn commits() -> impl Strategy<Value = Vec<Done>> {
    let folders = prop::sample::select(vec!["", "src", "src/net", "docs/man"]);
    let branches = prop::sample::select(vec!["", "main", "alice/player", "alice"]);
    let texts = (summaries(), folders, branches);
    let one = (texts, 0_u64..2_000, any::<u16>(), 0_u8..12, any::<bool>());
    prop::collection::vec(one, 0..40).prop_map(|rows| {
        let mut out = Vec::new();
        for (n, ((summary, folder, branch), lines, flags, held, other)) in (1_u8..).zip(rows) {
            let mut commit = done(n, &summary);
            commit.folder = Some(label(folder)).filter(|folder| !folder.is_empty());
            commit.branch = Some(label(branch)).filter(|branch| !branch.is_empty());
            commit.lines = lines;
            commit.flags = flags;
            // Several at one time, and squashes that hold each other.
            commit.at.utc -= i64::from(n % 3) * 3_600;
            commit.landed_as = (held > 8).then_some(Oid([held; 20]));
            commit.project = other.then(|| label("other"));
            out.push(commit);
        }
        out
    })
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 8, 16).unwrap()
}

proptest! {
    #[test]
    fn every_commit_stands_in_exactly_one_piece(commits in commits(), pieces in 1_usize..6, said in 1_usize..4) {
        let found = loose(&commits.iter().collect::<Vec<_>>(), Room { pieces, said }, day());
        let mut ids: Vec<String> = Vec::new();
        for project in &found {
            let sum: u64 = project.pieces.iter().map(|piece| piece.commits).sum();
            prop_assert_eq!(project.commits, sum);
            let hidden = project.pieces.iter().filter(|piece| !piece.shown);
            prop_assert_eq!(project.more_commits, hidden.map(|piece| piece.commits).sum::<u64>());
            for piece in &project.pieces {
                prop_assert_eq!(piece.commits, piece.ids.len() as u64);
                ids.extend(piece.ids.iter().cloned());
            }
        }
        ids.sort_unstable();
        let expected: BTreeSet<String> = commits.iter().map(|done| done.evidence.short()).collect();
        prop_assert_eq!(ids, expected.into_iter().collect::<Vec<_>>());
    }

    #[test]
    fn every_piece_says_something_and_names_its_evidence(commits in commits()) {
        for project in loose(&commits.iter().collect::<Vec<_>>(), ROOM, day()) {
            for piece in &project.pieces {
                prop_assert!(!piece.said.is_empty());
                let mut told = 0;
                for said in &piece.said {
                    prop_assert!(!said.text.trim().is_empty());
                    prop_assert!(!said.ids.is_empty());
                    prop_assert!(said.ids.iter().all(|id| piece.ids.contains(id)));
                    told += said.ids.len() as u64;
                }
                prop_assert_eq!(piece.more, piece.commits - told);
                prop_assert!(piece.area.as_ref().is_none_or(|area| !area.is_empty()));
            }
        }
    }

    #[test]
    fn the_order_of_the_commits_changes_nothing(commits in commits(), turn in 0_usize..40) {
        let refs: Vec<&Done> = commits.iter().collect();
        let mut turned = refs.clone();
        turned.rotate_left(turn % refs.len().max(1));
        turned.reverse();
        prop_assert_eq!(loose(&refs, ROOM, day()), loose(&turned, ROOM, day()));
    }

    #[test]
    fn nobody_is_named(commits in commits()) {
        for project in loose(&commits.iter().collect::<Vec<_>>(), ROOM, day()) {
            for piece in &project.pieces {
                prop_assert!(piece.area.as_ref().is_none_or(|area| !area.contains("alice")));
                prop_assert!(piece.said.iter().all(|said| !said.text.contains("alice")));
            }
        }
    }
}
