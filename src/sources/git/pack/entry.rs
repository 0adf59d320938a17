//! The head of one object in a pack: what it is, how large, and what it builds on.

use super::super::objects::Kind;
use super::Fault;
use crate::model::ids::Oid;

/// The head of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// What the packed bytes are.
    pub(super) content: Content,
    /// How many bytes they unpack to; as the pack says, not yet believed.
    pub(super) size: usize,
    /// Where they start in the pack.
    pub(super) data_at: usize,
}

/// What the packed bytes of an object are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// All of it.
    Whole(Kind),
    /// Steps from the object that starts at this place, which is before this one.
    FromOffset(u64),
    /// Steps from the object of this id, anywhere in the same pack.
    FromId(Oid),
}

impl Entry {
    /// The head at `offset` in `pack` (its header included, its checksum not).
    pub(super) fn read(pack: &[u8], offset: u64) -> Result<Self, Fault> {
        const OUTSIDE: Fault = Fault::Damaged("an offset outside the pack");
        let at = usize::try_from(offset).ok();
        let at = at.filter(|at| *at >= super::HEADER).ok_or(OUTSIDE)?;
        let rest = pack.get(at..).unwrap_or_default();
        let mut reader = Reader { rest };
        let (code, size) = reader.head().ok_or(OUTSIDE)?;
        let content = match code {
            1 => Content::Whole(Kind::Commit),
            2 => Content::Whole(Kind::Tree),
            3 => Content::Whole(Kind::Blob),
            4 => Content::Whole(Kind::Tag),
            6 => {
                let back = reader.distance().ok_or(Fault::Damaged("a broken base"))?;
                let base = offset.checked_sub(back).filter(|base| *base < offset);
                Content::FromOffset(base.ok_or(Fault::Damaged("a base outside the pack"))?)
            }
            7 => Content::FromId(reader.id().ok_or(Fault::Damaged("a broken base"))?),
            _ => return Err(Fault::Damaged("an unknown kind")),
        };
        let data_at = pack.len() - reader.rest.len();
        let size = usize::try_from(size).map_err(|_large| Fault::Damaged("an impossible size"))?;
        Ok(Self {
            content,
            size,
            data_at,
        })
    }
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl Reader<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*byte)
    }

    /// Kind and size: four bits of size beside the kind, then seven a byte, low ones first.
    fn head(&mut self) -> Option<(u8, u64)> {
        let mut byte = self.byte()?;
        let kind = byte >> 4 & 7;
        let mut size = u64::from(byte & 15);
        let mut shift = 4;
        while byte & 0x80 != 0 {
            byte = self.byte()?;
            size |= shifted(byte, shift)?;
            shift += 7;
        }
        Some((kind, size))
    }

    /// How far back the base starts: seven bits a byte, high ones first, each further byte
    /// standing for one more than its bits.
    fn distance(&mut self) -> Option<u64> {
        let mut byte = self.byte()?;
        let mut distance = u64::from(byte & 0x7f);
        while byte & 0x80 != 0 {
            byte = self.byte()?;
            let higher = distance.checked_add(1)?.checked_mul(1 << 7)?;
            distance = higher | u64::from(byte & 0x7f);
        }
        Some(distance)
    }

    fn id(&mut self) -> Option<Oid> {
        let (id, rest) = self.rest.split_first_chunk()?;
        self.rest = rest;
        Some(Oid(*id))
    }
}

/// The low seven bits of `byte`, moved up; `None` when bits would be lost.
pub(super) fn shifted(byte: u8, shift: u32) -> Option<u64> {
    let bits = u64::from(byte & 0x7f);
    let moved = bits.checked_shl(shift)?;
    (moved >> shift == bits).then_some(moved)
}
