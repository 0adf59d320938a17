//! What holds for every history: random ones made by real `git`.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{BOB, Desk};
use crate::support::ADA;

/// One step of a history.
#[derive(Clone, Debug)]
enum Deed {
    /// A commit, by me or not, that rewrites a file with these lines (out of few kinds).
    Write {
        mine: bool,
        file: u8,
        lines: Vec<u8>,
    },
    /// It goes away.
    Delete { mine: bool, file: u8 },
    /// It moves to the place of another.
    Move { mine: bool, from: u8, to: u8 },
    /// The branch changes.
    Switch,
    /// One branch is merged into the other; conflicts end as both sides one behind the other.
    Merge { mine: bool },
}

/// Lines of few kinds in any order: many shortest edits lead from one version to the next.
fn any_lines() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(0..12_u8, 0..14)
}

/// Lines that each stand once and always in one order: one shortest edit leads to the next version,
/// so that everybody who looks for it finds the same.
fn rising_lines() -> impl Strategy<Value = Vec<u8>> {
    let lines = prop::collection::btree_set(0..20_u8, 0..14);
    lines.prop_map(|lines| lines.into_iter().collect())
}

fn a_deed(lines: impl Strategy<Value = Vec<u8>>) -> impl Strategy<Value = Deed> {
    let (mine, file) = (any::<bool>(), 0..3_u8);
    prop_oneof![
        6 => (mine, file.clone(), lines)
            .prop_map(|(mine, file, lines)| Deed::Write { mine, file, lines }),
        1 => (mine, file.clone()).prop_map(|(mine, file)| Deed::Delete { mine, file }),
        1 => (mine, file.clone(), file)
            .prop_map(|(mine, from, to)| Deed::Move { mine, from, to }),
        2 => Just(Deed::Switch),
        1 => mine.prop_map(|mine| Deed::Merge { mine }),
    ]
}

struct World {
    desk: Desk,
    on_topic: bool,
}

impl World {
    fn new() -> Self {
        let mut desk = Desk::new();
        desk.write(BOB, "f0.c", "0 1 2 3 4 5");
        desk.git_as(ADA, &["branch", "topic"]);
        Self {
            desk,
            on_topic: false,
        }
    }

    fn path(file: u8) -> String {
        format!("f{file}.c")
    }

    fn exists(&self, file: u8) -> bool {
        self.desk.lab.repo().join(Self::path(file)).exists()
    }

    fn does(&mut self, deed: &Deed) {
        let who = |mine: bool| if mine { ADA } else { BOB };
        match deed {
            Deed::Write { mine, file, lines } => {
                let words: Vec<String> = lines.iter().map(ToString::to_string).collect();
                self.desk
                    .write(who(*mine), &Self::path(*file), &words.join(" "));
            }
            Deed::Delete { mine, file } if self.exists(*file) => {
                std::fs::remove_file(self.desk.lab.repo().join(Self::path(*file))).unwrap();
                self.desk.commit(who(*mine));
            }
            Deed::Move { mine, from, to } if from != to && self.exists(*from) => {
                let repo = self.desk.lab.repo();
                std::fs::rename(repo.join(Self::path(*from)), repo.join(Self::path(*to))).unwrap();
                self.desk.commit(who(*mine));
            }
            Deed::Switch => {
                self.on_topic = !self.on_topic;
                self.desk
                    .switch(if self.on_topic { "topic" } else { "main" }, None);
            }
            Deed::Merge { mine } => {
                let other = if self.on_topic { "main" } else { "topic" };
                self.desk.merge_anyhow(who(*mine), other);
            }
            Deed::Delete { .. } | Deed::Move { .. } => {}
        }
    }
}

impl Desk {
    /// A merge that takes both sides where they conflict.
    fn merge_anyhow(&mut self, email: &str, branch: &str) {
        let args = [
            "merge",
            "-q",
            "--no-ff",
            "--no-commit",
            "-X",
            "patience",
            branch,
        ];
        let mut command = super::git_in(&self.lab.repo(), self.lab.home());
        drop(command.args(args).output().unwrap());
        self.commit(email);
    }

    /// Added lines of each commit of mine, and of which commits the lines of all files are, as
    /// git says.
    fn as_git_says(&self) -> (BTreeMap<String, u32>, u32) {
        let log = self.git_as(
            ADA,
            &[
                "log",
                "--no-merges",
                "--format=%H",
                "--numstat",
                "-M",
                &format!("--author={ADA}"),
            ],
        );
        let mut added: BTreeMap<String, u32> = BTreeMap::new();
        let mut oid = String::new();
        for line in log.lines().filter(|line| !line.is_empty()) {
            match line.split_once('\t') {
                None => oid = line.to_owned(),
                Some((n, _)) => {
                    *added.entry(oid.clone()).or_default() += n.parse::<u32>().unwrap_or(0);
                }
            }
        }
        let files = self.git_as(ADA, &["ls-files"]);
        let mut alive = 0;
        for file in files.lines() {
            let blame = self.git_as(ADA, &["blame", "--line-porcelain", "HEAD", "--", file]);
            let mine = format!("author-mail <{ADA}>");
            alive += u32::try_from(blame.lines().filter(|line| *line == mine).count()).unwrap();
        }
        (added, alive)
    }
}

/// Makes the history, follows the lines, and holds what was found against git: every line that was
/// born is alive or died, and as many are born as numstat adds. Lines of mine that are alive, as they
/// were found and as blame says.
fn followed(deeds: &[Deed]) -> Result<(u32, u32), TestCaseError> {
    let mut world = World::new();
    for deed in deeds {
        world.does(deed);
    }
    if world.on_topic {
        world.does(&Deed::Switch);
    }
    let told = world.desk.follow();
    prop_assert_eq!((told.lines_lost, told.commits_unknown), (0, 0));
    let (added, blamed) = world.desk.as_git_says();
    let mut alive = 0;
    for fate in &told.fates {
        let died: u32 = fate.died.iter().map(|death| death.lines).sum();
        prop_assert_eq!(fate.born, fate.alive() + died);
        prop_assert!(fate.died.iter().all(|death| death.lines > 0));
        prop_assert!(
            fate.died.windows(2).all(|two| two[0] < two[1]),
            "each day once"
        );
        alive += fate.alive();
        if let Some(added) = added.get(&fate.oid.to_string()) {
            prop_assert_eq!(fate.born, *added);
        }
    }
    Ok((alive, blamed))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_line_that_was_born_is_alive_or_died_and_as_many_are_born_as_numstat_adds(
        deeds in prop::collection::vec(a_deed(any_lines()), 1..18),
    ) {
        followed(&deeds)?;
    }

    #[test]
    fn where_one_shortest_edit_alone_leads_on_the_lines_alive_are_those_that_blame_names(
        deeds in prop::collection::vec(a_deed(rising_lines()), 1..18),
    ) {
        let (alive, blamed) = followed(&deeds)?;
        // Without merges every line of the tip is somebody's, one and the same for both.
        if !deeds.iter().any(|deed| matches!(deed, Deed::Merge { .. })) {
            prop_assert_eq!(alive, blamed, "{:?}", deeds);
        }
    }
}
