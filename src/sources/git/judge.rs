//! Decides whether a commit is mine, and takes from it what is kept.

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use super::bots;
use super::encoding;
use super::mailmap::Mailmap;
use super::mentions;
use super::message;
use super::parse::{self, Commit, Ident};
use super::trailers;
use crate::model::commit::{CommitRecord, mark};
use crate::model::identity::{Address, Me};
use crate::model::ids::Oid;
use crate::model::moment::Moment;
use crate::model::text::Clean;

/// So many authors are remembered before it starts anew.
const MEMO: usize = 1 << 17;

/// Of a message, so many bytes from its end are searched for trailers, and so many from its
/// start make the summary.
const TRAILER_BYTES: usize = 256 << 10;
const SUMMARY_BYTES: usize = 16 << 10;

/// Knows who is me in one repository.
pub(super) struct Judge<'a> {
    me: &'a Me,
    mailmap: &'a Mailmap,
    since: Option<NaiveDate>,
    /// Which of my addresses the author is, by the author line up to its address.
    memo: FxHashMap<Box<[u8]>, Option<Address>>,
}

impl<'a> Judge<'a> {
    /// A judge of commits authored on or after `since`, if that is set.
    pub(super) fn new(me: &'a Me, mailmap: &'a Mailmap, since: Option<NaiveDate>) -> Self {
        Self {
            me,
            mailmap,
            since,
            memo: FxHashMap::default(),
        }
    }

    /// What is kept of `commit` if it is mine, without its files.
    pub(super) fn record(&mut self, oid: Oid, commit: &Commit<'_>) -> Option<CommitRecord> {
        let address = self.address(commit)?;
        let author = Ident::parse(commit.author);
        if !self.is_wanted(author.at) {
            return None;
        }
        let encoding = commit.encoding();
        let message = commit.message();
        let summary = parse::first_paragraph(message);
        let summary = &summary[..summary.len().min(SUMMARY_BYTES)];
        let end = &message[message.len().saturating_sub(TRAILER_BYTES)..];
        let committer = Ident::parse(commit.committer);
        Some(CommitRecord {
            oid,
            author: address,
            authored: author.at,
            committed_utc: committer.at.utc,
            summary: Clean::label(&encoding::utf8(summary, encoding)),
            merge: commit.parents().len() > 1,
            assisted: trailers::is_assisted(&author, &committer, end),
            lines_known: true,
            files: Vec::new(),
            patch: None,
            mentions: mentions::of(message),
            marks: if message::is_revert(message) {
                mark::REVERT
            } else {
                0
            },
        })
    }

    /// Whether what was done at `at` is on or after the day from which on it is wanted.
    pub(super) fn is_wanted(&self, at: Moment) -> bool {
        let Some(since) = self.since else {
            return true;
        };
        // A day that no calendar holds is on no side of the line.
        at.day().is_none_or(|day| day >= since)
    }

    /// Which of my addresses wrote `commit`; `None` when it is somebody else's.
    pub(super) fn address(&mut self, commit: &Commit<'_>) -> Option<Address> {
        self.person(commit.author, commit.encoding())
    }

    /// Which of my addresses a co-author is; `None` when it is somebody else. Programs are not
    /// told apart: naming me is what counts.
    pub(super) fn co_author(&self, name: &[u8], email: &[u8]) -> Option<Address> {
        self.me.who(name, email).or_else(|| {
            let (name, email) = self.mailmap.map(name, email);
            self.me.who(name, email)
        })
    }

    /// Which of my addresses the one on an author's, a committer's or a reflog's line is.
    pub(super) fn person(&mut self, line: &[u8], encoding: Option<&[u8]>) -> Option<Address> {
        let who = &line[..parse::who_end(line)];
        if let Some(known) = self.memo.get(who) {
            return known.clone();
        }
        let author = Ident::parse(who);
        let name = encoding::utf8(author.name, encoding);
        let mine = self.who(&name, author.email);
        if self.memo.len() >= MEMO {
            self.memo.clear();
        }
        self.memo.insert(who.into(), mine.clone());
        mine
    }

    /// Which entry of mine the author is, or becomes: a mailmap is content of the repository and
    /// gives me somebody's commits only where something beside it says the same.
    fn who(&self, name: &[u8], email: &[u8]) -> Option<Address> {
        // A program may commit under its owner's address, and a mailmap may give it to them;
        // it is not their work.
        if bots::is_one(name, email) {
            return None;
        }
        self.me.who(name, email).or_else(|| {
            let (mapped, to) = self.mailmap.map(name, email);
            self.me.who(mapped, to)?;
            self.me.tied(name, email, self.mailmap.tells_apart(email))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAP: &str = "Ada <ada@new> <ada@old>\nAda <ada@new> dependabot[bot] <bot@x>\n\
        Ada <ada@new> <eve@x>\nAda <ada@new> <al@old>\n";

    fn record(author: &str, after: &str, since: Option<NaiveDate>) -> Option<CommitRecord> {
        let me = Me::new(Address::new(b"ada@new")).named(["Ada L"]);
        let mailmap = Mailmap::parse(MAP.as_bytes());
        let tree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
        let raw = [
            format!("tree {tree}\nauthor ").as_bytes(),
            author.as_bytes(),
            b" 1700000000 +0100\ncommitter C <c@c> 1700000001 +0000\n",
            after.as_bytes(),
        ]
        .concat();
        let commit = Commit::parse(&raw).unwrap();
        Judge::new(&me, &mailmap, since).record(Oid::ZERO, &commit)
    }

    #[test]
    fn an_address_of_mine_is_mine_and_a_program_never_is() {
        assert!(record("Ada <ADA@new>", "\nx", None).is_some());
        assert!(record("Bob <bob@x>", "\nx", None).is_none());
        assert!(record("dependabot[bot] <bot@x>", "\nx", None).is_none());
        assert!(record("dependabot[bot] <ada@new>", "\nx", None).is_none());
        assert!(record("GitHub Actions <ada@new>", "\nx", None).is_none());
    }

    #[test]
    fn a_mailmap_gives_me_only_what_something_else_ties_to_me() {
        let entry = |author: &str| {
            let entry = record(author, "\nx", None).map(|one| one.author);
            entry.map(|one| one.as_str().to_owned())
        };
        assert_eq!(
            entry("A. <ada@old>").as_deref(),
            Some("ada@old"),
            "the same login"
        );
        assert_eq!(
            entry("Ada L <al@old>").as_deref(),
            Some("ada l <al@old>"),
            "the same name"
        );
        assert_eq!(entry("Eve <eve@x>"), None, "nothing but the line");
        assert_eq!(entry("A. <ada@else>"), None, "nothing but the login");
    }

    #[test]
    fn the_record_holds_times_summary_and_evidence() {
        let one = record(
            "Ada <ada@new>",
            "\nFix the\nthing\n\nCo-authored-by: Claude <noreply@anthropic.com>\n",
            None,
        )
        .unwrap();
        assert_eq!(one.summary.as_str(), "Fix the thing");
        assert_eq!(
            (one.authored.utc, one.authored.offset_min),
            (1_700_000_000, 60)
        );
        assert_eq!(one.committed_utc, 1_700_000_001);
        assert!(one.assisted && !one.merge && one.lines_known);
    }

    #[test]
    fn since_looks_at_the_authors_own_day() {
        let day = |d| NaiveDate::from_ymd_opt(2023, 11, d);
        assert!(record("Ada <ada@new>", "\nx", day(14)).is_some());
        assert!(record("Ada <ada@new>", "\nx", day(15)).is_none());
    }
}
