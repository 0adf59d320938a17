//! What became of my lines, in small histories made by real `git` whose answer is known by hand.

#![cfg(unix)]
#![cfg(test)]

mod cases;
mod forms;
mod laws;
mod merges;

#[path = "../support/mod.rs"]
#[expect(dead_code, reason = "shared with the tests of other histories")]
mod support;

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use inward::model::fates::{Death, LineFate};
use inward::model::ids::Oid;
use inward::sources::git::{self, FollowRequest, Followed, GitError};
use support::{ADA, Lab, NOW, done, git_in, me};

pub(crate) const BOB: &str = "bob@example.org";

/// A repository whose clock goes on by a day with every commit: day 1, day 2, ….
pub(crate) struct Desk {
    pub(crate) lab: Lab,
    day: i64,
}

/// The commit of day 0 would have been at this hour.
const BEGIN: i64 = 1_700_000_000 - 1_700_000_000 % 86_400 + 43_200;

impl Desk {
    pub(crate) fn new() -> Self {
        Self {
            lab: Lab::new(),
            day: 0,
        }
    }

    /// `git args` as `email`, at the hour of the running day.
    pub(crate) fn git_as(&self, email: &str, args: &[&str]) -> String {
        let date = format!("{} +0000", BEGIN + self.day * 86_400);
        let mut command = git_in(&self.lab.repo(), self.lab.home());
        command
            .env("GIT_AUTHOR_EMAIL", email)
            .env("GIT_COMMITTER_EMAIL", email)
            .env("GIT_AUTHOR_DATE", &date)
            .env("GIT_COMMITTER_DATE", &date)
            .env("GIT_EDITOR", "true");
        done(&command.args(args).output().unwrap())
    }

    /// Commits all there is as `email`, a day after the commit before.
    pub(crate) fn commit(&mut self, email: &str) -> Oid {
        self.day += 1;
        self.git_as(email, &["add", "-A"]);
        self.git_as(email, &["commit", "-q", "--allow-empty", "-m", "x"]);
        self.lab.head()
    }

    /// Writes `file` with a line for each word, and commits it.
    pub(crate) fn write(&mut self, email: &str, file: &str, words: &str) -> Oid {
        self.lab.write(file, lines(words));
        self.commit(email)
    }

    /// A merge of `branch` as `email`, a day later, as git makes it; `words` are what the merge
    /// makes of `file` when that is given.
    pub(crate) fn merge(&mut self, email: &str, branch: &str, of: Option<(&str, &str)>) -> Oid {
        self.day += 1;
        let Some((file, words)) = of else {
            self.git_as(email, &["merge", "-q", "--no-ff", "-m", "m", branch]);
            return self.lab.head();
        };
        let args = ["merge", "-q", "--no-ff", "--no-commit", branch];
        let mut command = git_in(&self.lab.repo(), self.lab.home());
        // Conflicts are the point of it.
        drop(command.args(args).output().unwrap());
        self.lab.write(file, lines(words));
        self.git_as(email, &["add", "-A"]);
        self.git_as(email, &["commit", "-q", "-m", "m"]);
        self.lab.head()
    }

    /// Switches to `branch`, a new one at `from` if that is given.
    pub(crate) fn switch(&self, branch: &str, from: Option<&str>) {
        match from {
            Some(from) => self.git_as(ADA, &["switch", "-q", "-c", branch, from]),
            None => self.git_as(ADA, &["switch", "-q", branch]),
        };
    }

    /// Everything that a pass tells, as Ada.
    pub(crate) fn follow(&self) -> Followed {
        self.follow_with(|_| {}).unwrap().expect("a first pass")
    }

    pub(crate) fn follow_with(
        &self,
        change: impl FnOnce(&mut FollowRequest<'_>),
    ) -> Result<Option<Followed>, GitError> {
        git::prepare().unwrap();
        let (place, me, stop) = (self.lab.place(), me(&[ADA]), AtomicBool::new(false));
        let mut request = FollowRequest {
            place: &place,
            me: &me,
            last: &[],
            newer_than: None,
            reformats: &|_| false,
            since: None,
            exclude: &[],
            now_utc: NOW,
            stop: &stop,
        };
        change(&mut request);
        git::follow(&request, &mut |_, _| {})
    }

    /// What became of the lines of each of my commits that brought any, by commit.
    pub(crate) fn fates(&self) -> BTreeMap<Oid, String> {
        let told = self.follow();
        assert_eq!((told.lines_lost, told.commits_unknown), (0, 0));
        let all = told.fates.iter().filter(|fate| fate.born > 0);
        all.map(|fate| (fate.oid, words_of(fate))).collect()
    }
}

/// `5 born, 2 alive, day 3: 2 by others, day 4: 1 by me`.
fn words_of(fate: &LineFate) -> String {
    let begin = i32::try_from(BEGIN / 86_400).unwrap();
    let death = |death: &Death| {
        let by = if death.by_me { "me" } else { "others" };
        format!(", day {}: {} by {by}", death.day - begin, death.lines)
    };
    let deaths: String = fate.died.iter().map(death).collect();
    format!("{} born, {} alive{deaths}", fate.born, fate.alive())
}

/// A line a word.
pub(crate) fn lines(words: &str) -> String {
    let lines: Vec<&str> = words.split_whitespace().collect();
    lines.iter().flat_map(|line| [line, "\n"]).collect()
}

/// The fates as they should be.
pub(crate) fn expected(all: &[(Oid, &str)]) -> BTreeMap<Oid, String> {
    all.iter()
        .map(|(oid, words)| (*oid, (*words).to_owned()))
        .collect()
}
