//! Reads a whole walk's commits ahead of it, on a thread of its own: unpacking a commit costs more
//! than looking at it, and each names the next ones to unpack.
//!
//! The scout goes the walk's own way, so what it sends comes in the order in which the walk asks.
//! Where it does not (or does not come at all), the walk loses time and nothing else: what came too
//! early is kept, and what is never sent is read.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::mpsc::{self, Receiver, SyncSender};

use rustc_hash::{FxHashMap, FxHashSet};

use super::objects::{Kind, ObjectError, Objects};
use super::parse::Commit;
use super::visit::Bounds;
use crate::model::ids::Oid;

/// Commits in one message, and messages that wait: together how far the scout may be ahead.
const BATCH: usize = 128;
const WAITING: usize = 16;

/// Why an object of history could not be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// It is not there.
    Missing,
    /// It cannot be read.
    Damaged,
}

/// What stands under an id; `None` where that is neither commit nor tag.
type Found = Result<Option<Kind>, Failure>;

/// Some objects one after the other: what each is, and where its content ends.
#[derive(Default)]
pub(super) struct Batch {
    items: Vec<(Oid, Found, usize)>,
    bytes: Vec<u8>,
}

/// A line from a scout to a walk.
pub(super) fn line() -> (SyncSender<Batch>, Receiver<Batch>) {
    mpsc::sync_channel(WAITING)
}

/// Sends everything that a walk over all of history will ask for, until nobody listens.
pub(super) fn scout(objects: Objects<'_>, bounds: Bounds<'_>, to: SyncSender<Batch>) {
    let mut scout = Scout {
        objects,
        to,
        batch: Batch::default(),
        seen: FxHashSet::default(),
        heap: BinaryHeap::new(),
        met: 0,
    };
    // The error only says that nobody listens any more.
    let _ended = scout.run(bounds);
}

struct Deaf;

struct Scout<'a> {
    objects: Objects<'a>,
    to: SyncSender<Batch>,
    batch: Batch,
    seen: FxHashSet<Oid>,
    /// By time, then by the order of meeting, as in the walk.
    heap: BinaryHeap<(i64, Reverse<u32>, Box<[Oid]>)>,
    met: u32,
}

impl Scout<'_> {
    fn run(&mut self, bounds: Bounds<'_>) -> Result<(), Deaf> {
        for tip in bounds.tips.iter().chain(bounds.soft_tips) {
            let mut oid = *tip;
            // Tags lead on, as in the walk.
            for _ in 0..16 {
                match self.meet(oid, &bounds)? {
                    Some(target) => oid = target,
                    None => break,
                }
            }
        }
        while let Some((_, _, parents)) = self.heap.pop() {
            for parent in parents {
                self.meet(parent, &bounds)?;
            }
        }
        self.flush()
    }

    /// Sends an object and remembers where a commit leads; what a tag leads to is returned.
    fn meet(&mut self, oid: Oid, bounds: &Bounds<'_>) -> Result<Option<Oid>, Deaf> {
        if !self.seen.insert(oid) {
            return Ok(None);
        }
        let mut next = None;
        let found = match self.objects.read_history(oid) {
            Ok(Some((kind, bytes))) => {
                self.batch.bytes.extend_from_slice(&bytes);
                if kind == Kind::Tag {
                    next = tagged(&bytes);
                    // Another tag may lead to the same commit; this one is asked for each time.
                    self.seen.remove(&oid);
                } else if let Some(commit) = Commit::parse(&bytes) {
                    self.met += 1;
                    let is_cut_off = bounds.shallow.contains(&oid);
                    let parents = commit.parents().filter(|_| !is_cut_off).collect();
                    let time = commit.committed_utc();
                    self.heap.push((time, Reverse(self.met), parents));
                }
                Ok(Some(kind))
            }
            Ok(None) => Ok(None),
            Err(ObjectError::Missing(_)) => Err(Failure::Missing),
            Err(_) => Err(Failure::Damaged),
        };
        let end = self.batch.bytes.len();
        self.batch.items.push((oid, found, end));
        if self.batch.items.len() == BATCH {
            self.flush()?;
        }
        Ok(next)
    }

    fn flush(&mut self) -> Result<(), Deaf> {
        let batch = std::mem::take(&mut self.batch);
        self.to.send(batch).map_err(|_closed| Deaf)
    }
}

/// What a tag leads to.
pub(super) fn tagged(tag: &[u8]) -> Option<Oid> {
    let rest = tag.strip_prefix(b"object ")?;
    Oid::from_hex(rest.get(..40)?)
}

/// Where a walk gets commits and tags from.
pub(super) struct History<'a> {
    objects: Objects<'a>,
    ahead: Option<Ahead>,
}

/// The walk's end of the line.
struct Ahead {
    line: Receiver<Batch>,
    batch: Batch,
    /// The next item of `batch`, and where its content starts.
    next: (usize, usize),
    /// What came before it was asked for.
    early: FxHashMap<Oid, (Found, Box<[u8]>)>,
}

impl<'a> From<Objects<'a>> for History<'a> {
    fn from(objects: Objects<'a>) -> Self {
        Self {
            objects,
            ahead: None,
        }
    }
}

impl<'a> History<'a> {
    /// What a scout sends over `line`, and `objects` for what it does not.
    pub(super) fn ahead(objects: Objects<'a>, line: Receiver<Batch>) -> Self {
        let ahead = Ahead {
            line,
            batch: Batch::default(),
            next: (0, 0),
            early: FxHashMap::default(),
        };
        Self {
            objects,
            ahead: Some(ahead),
        }
    }

    /// What `look` makes of the commit or tag `oid`; `None` when it is neither.
    pub(super) fn with<R>(
        &mut self,
        oid: Oid,
        look: impl FnOnce(Kind, &[u8]) -> R,
    ) -> Result<Option<R>, Failure> {
        if let Some(ahead) = &mut self.ahead {
            if let Some((found, bytes)) = ahead.early.remove(&oid) {
                return Ok(found?.map(|kind| look(kind, &bytes)));
            }
            if let Some((found, bytes)) = ahead.until(oid) {
                return Ok(found?.map(|kind| look(kind, bytes)));
            }
            // The line has ended.
            self.ahead = None;
        }
        match self.objects.read_history(oid) {
            Ok(found) => Ok(found.map(|(kind, bytes)| look(kind, &bytes))),
            Err(ObjectError::Missing(_)) => Err(Failure::Missing),
            Err(_) => Err(Failure::Damaged),
        }
    }
}

impl Ahead {
    /// The object `oid`; what comes before it is kept. `None` when it does not come at all.
    fn until(&mut self, oid: Oid) -> Option<(Found, &[u8])> {
        loop {
            let (at, start) = self.next;
            let Some((here, found, end)) = self.batch.items.get(at).copied() else {
                self.batch = self.line.recv().ok()?;
                self.next = (0, 0);
                continue;
            };
            self.next = (at + 1, end);
            if here == oid {
                return Some((found, &self.batch.bytes[start..end]));
            }
            let bytes = self.batch.bytes[start..end].into();
            self.early.insert(here, (found, bytes));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(batch: &mut Batch, n: u8, found: Found) {
        batch.bytes.extend([n; 3]);
        batch.items.push((Oid([n; 20]), found, batch.bytes.len()));
    }

    /// A line on which the items 1 to 5 come in two messages, 4 missing and 5 neither commit nor tag.
    fn ended_line() -> Ahead {
        let (to, line) = line();
        let (mut first, mut second) = (Batch::default(), Batch::default());
        item(&mut first, 1, Ok(Some(Kind::Commit)));
        item(&mut first, 2, Ok(Some(Kind::Tag)));
        item(&mut second, 3, Ok(Some(Kind::Commit)));
        item(&mut second, 4, Err(Failure::Missing));
        item(&mut second, 5, Ok(None));
        for batch in [first, second] {
            assert!(to.send(batch).is_ok());
        }
        Ahead {
            line,
            batch: Batch::default(),
            next: (0, 0),
            early: FxHashMap::default(),
        }
    }

    #[test]
    fn what_comes_in_order_is_handed_out_and_what_comes_early_is_kept() {
        let mut ahead = ended_line();
        let mut found = |n: u8| {
            let found = ahead.until(Oid([n; 20]));
            found.map(|(found, bytes)| (found, bytes.to_vec()))
        };
        let commit = |n: u8| Some((Ok(Some(Kind::Commit)), vec![n; 3]));
        assert_eq!(found(1), commit(1));
        assert_eq!(found(3), commit(3));
        assert_eq!(found(4).map(|found| found.0), Some(Err(Failure::Missing)));
        assert_eq!(found(5).map(|found| found.0), Some(Ok(None)));
        assert_eq!(found(6), None, "the line has ended");
        let early = ahead.early.remove(&Oid([2; 20]));
        let early = early.map(|(found, bytes)| (found, bytes.to_vec()));
        assert_eq!(early, Some((Ok(Some(Kind::Tag)), vec![2; 3])));
    }

    #[test]
    fn a_tag_leads_to_what_its_first_line_names() {
        let id = "0123456789abcdef0123456789abcdef01234567";
        let tag = format!("object {id}\ntype commit\n");
        assert_eq!(tagged(tag.as_bytes()), Oid::from_hex(id.as_bytes()));
        assert_eq!(tagged(b"object 0123"), None);
    }
}
