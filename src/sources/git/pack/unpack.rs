//! Makes an object out of a pack: from the base at the end of its chain, step by step.

use super::entry::{Content, Entry};
use super::inflate::Inflate;
use super::list::Pack;
use super::{Fault, MOST_BYTES, delta};
use crate::sources::git::cache::{Cache, Key};
use crate::sources::git::objects::{Bytes, Kind};

/// The longest chain of objects that build on each other: git makes none longer (`pack.depth`),
/// and a circle ends here.
const LONGEST_CHAIN: usize = 4_096;

/// The most bytes made on the way to one object, so that a long chain of large objects cannot
/// hold the program: git's usual 50 steps of 64 MiB stay within.
const MOST_MADE: usize = 0xffff_ffff;

/// Unpacks objects of any pack, one after the other.
pub(super) struct Unpack {
    inflate: Inflate,
    /// The steps to the object looked at last, from its own down to those next to the base.
    steps: Vec<Packed>,
    base: Base,
}

/// Packed bytes: where their object starts, where they start, and what they unpack to.
#[derive(Clone, Copy)]
struct Packed {
    offset: u64,
    data_at: usize,
    size: usize,
}

/// What stands at the end of a chain.
enum Base {
    /// It was made before.
    Made(Kind, Bytes),
    /// It is packed whole.
    Packed(Kind, Packed),
}

impl Unpack {
    pub(super) fn new() -> Self {
        let nothing = Packed {
            offset: 0,
            data_at: 0,
            size: 0,
        };
        Self {
            inflate: Inflate::new(),
            steps: Vec::new(),
            base: Base::Packed(Kind::Blob, nothing),
        }
    }

    /// The kind of the object at `offset` of `pack`. [`Unpack::size`] and [`Unpack::content`]
    /// then tell more about the same object.
    pub(super) fn kind(
        &mut self,
        cache: &mut Cache,
        pack: &Pack,
        offset: u64,
    ) -> Result<Kind, Fault> {
        self.steps.clear();
        let mut offset = offset;
        loop {
            if let Some((kind, bytes)) = cache.get(Key::Packed(pack.number, offset)) {
                self.base = Base::Made(kind, bytes);
                return Ok(kind);
            }
            let entry = Entry::read(pack.bytes().unwrap_or_default(), offset)?;
            let packed = Packed {
                offset,
                data_at: entry.data_at,
                size: entry.size,
            };
            offset = match entry.content {
                Content::Whole(kind) => {
                    self.base = Base::Packed(kind, packed);
                    return Ok(kind);
                }
                Content::FromOffset(base) => base,
                Content::FromId(id) => match pack.index().find(id) {
                    Some(base) => base?,
                    None => return Err(Fault::Damaged("a base that is not in the pack")),
                },
            };
            self.steps.push(packed);
            if self.steps.len() > LONGEST_CHAIN {
                return Err(Fault::Damaged("a chain without end"));
            }
        }
    }

    /// The object's size in bytes.
    pub(super) fn size(&mut self, pack: &Pack) -> Result<usize, Fault> {
        match (self.steps.first(), &self.base) {
            (None, Base::Made(_, bytes)) => Ok(bytes.len()),
            (None, Base::Packed(_, packed)) => Ok(packed.size),
            (Some(own), _) => {
                let steps = self.inflate.passing(own.of(pack), own.size)?;
                delta::result_size(steps)
            }
        }
    }

    /// The object's content, if it has at most `limit` bytes. What it builds on is kept, and it
    /// itself too if it is of a kind that is asked for again.
    pub(super) fn content(
        &mut self,
        cache: &mut Cache,
        pack: &Pack,
        limit: usize,
    ) -> Result<Bytes, Fault> {
        let (kind, mut bytes) = match &self.base {
            Base::Made(kind, bytes) => (*kind, Bytes::clone(bytes)),
            Base::Packed(kind, packed) => {
                let limit = if self.steps.is_empty() {
                    limit
                } else {
                    MOST_BYTES
                };
                if packed.size > limit {
                    let size = packed.size;
                    return Err(Fault::TooLarge { size, limit });
                }
                let bytes = self.inflate.whole(packed.of(pack), packed.size)?;
                if kind.is_worth_keeping() || !self.steps.is_empty() {
                    cache.put(Key::Packed(pack.number, packed.offset), *kind, &bytes);
                }
                (*kind, bytes)
            }
        };
        let mut made = bytes.len();
        for (at, packed) in self.steps.iter().enumerate().rev() {
            let steps = self.inflate.passing(packed.of(pack), packed.size)?;
            let limit = if at == 0 { limit } else { MOST_BYTES };
            bytes = delta::apply(&bytes, steps, limit)?;
            made = made.saturating_add(bytes.len());
            if made > MOST_MADE {
                return Err(Fault::TooLarge {
                    size: made,
                    limit: MOST_MADE,
                });
            }
            if kind.is_worth_keeping() || at > 0 {
                cache.put(Key::Packed(pack.number, packed.offset), kind, &bytes);
            }
        }
        if bytes.len() > limit {
            let size = bytes.len();
            return Err(Fault::TooLarge { size, limit });
        }
        Ok(bytes)
    }
}

impl Packed {
    fn of(self, pack: &Pack) -> &[u8] {
        let bytes = pack.bytes().unwrap_or_default();
        bytes.get(self.data_at..).unwrap_or_default()
    }
}
