//! A pack's index, version 2: which object starts where in the pack.
//!
//! A header of 8 bytes; 256 counts, how many ids start with at most that byte; the ids, sorted;
//! a checksum for each; an offset for each, 4 bytes, whose top bit sends on to a table of
//! 8-byte ones; the pack's own checksum and the index's.

use std::io;
use std::path::Path;

use super::Fault;
use super::map::Map;
use crate::model::ids::Oid;

const HEADER: usize = 8;
const FANOUT: usize = 256 * 4;
const ID: usize = 20;
/// An id, its checksum and its offset.
const ROW: usize = ID + 4 + 4;
/// The two checksums at the end.
const TRAILER: usize = 2 * ID;
/// In an offset: the rest is a place in the table of large ones.
const LARGE: u32 = 1 << 31;

/// An index whose tables are known to lie inside its file.
pub(super) struct Index {
    map: Map,
    objects: usize,
}

impl Index {
    /// The index in the file `path`. The error says that it is no index of version 2 with
    /// SHA-1 ids, or that its lengths contradict each other.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let map = Map::open(path)?;
        let odd = |what| io::Error::new(io::ErrorKind::InvalidData, what);
        if !map.starts_with(b"\xfftOc\0\0\0\x02") {
            return Err(odd("another version"));
        }
        if map.len() < HEADER + FANOUT + TRAILER {
            return Err(odd("too short"));
        }
        let counts = map[HEADER..HEADER + FANOUT].chunks_exact(4).map(number);
        if !counts.is_sorted() {
            return Err(odd("counts that fall"));
        }
        let objects = number(&map[HEADER + 255 * 4..]) as usize;
        let tables = map.len() - HEADER - FANOUT - TRAILER;
        let large = objects
            .checked_mul(ROW)
            .and_then(|rows| tables.checked_sub(rows))
            .ok_or_else(|| odd("too short"))?;
        if large % 8 != 0 || large / 8 > objects {
            return Err(odd("another length"));
        }
        Ok(Self { map, objects })
    }

    /// How many objects the pack holds.
    pub(super) fn objects(&self) -> usize {
        self.objects
    }

    /// The checksum at the end of the pack that belongs to this index.
    pub(super) fn pack_checksum(&self) -> &[u8] {
        let end = self.map.len() - ID;
        &self.map[end - ID..end]
    }

    /// Where the object `oid` starts in the pack; `None` when the pack does not hold it.
    pub(super) fn find(&self, oid: Oid) -> Option<Result<u64, Fault>> {
        let first = usize::from(oid.0[0]);
        let count = |byte: usize| number(&self.map[HEADER + byte * 4..]) as usize;
        let (from, to) = (if first == 0 { 0 } else { count(first - 1) }, count(first));
        let ids = HEADER + FANOUT;
        let ids = &self.map[ids + from * ID..ids + to * ID];
        let at = from + position(ids, oid)?;
        Some(self.offset(at))
    }

    fn offset(&self, at: usize) -> Result<u64, Fault> {
        let offsets = HEADER + FANOUT + self.objects * (ID + 4);
        let offset = number(&self.map[offsets + at * 4..]);
        if offset & LARGE == 0 {
            return Ok(u64::from(offset));
        }
        let large = offsets + self.objects * 4;
        let large = &self.map[large..self.map.len() - TRAILER];
        let row = large.chunks_exact(8).nth((offset & !LARGE) as usize);
        row.and_then(|row| row.try_into().ok())
            .map(u64::from_be_bytes)
            .ok_or(Fault::Damaged("an offset outside the index"))
    }
}

/// The place of `oid` among sorted `ids` of the same first byte.
///
/// Ids are spread evenly, so its own digits say about where it stands: the search starts there,
/// in the few lines of memory around, and takes larger and larger steps if it was wrong.
fn position(ids: &[u8], oid: Oid) -> Option<usize> {
    let count = ids.len() / ID;
    let row = |at: usize| &ids[at * ID..at * ID + ID];
    let share = u64::from(number(&oid.0[1..]));
    let guess = usize::try_from((count as u64 * share) >> 32).ok()?;
    let (mut from, mut to) = (0, count);
    let mut step = 8;
    if count > 0 && *row(guess) <= oid.0[..] {
        from = guess;
        while from + step < to {
            if *row(from + step) > oid.0[..] {
                to = from + step;
            } else {
                from += step;
                step *= 4;
            }
        }
    } else {
        to = guess;
        while step < to {
            if *row(to - step) <= oid.0[..] {
                from = to - step;
                break;
            }
            to -= step;
            step *= 4;
        }
    }
    while from < to {
        let middle = from.midpoint(to);
        match row(middle).cmp(&oid.0) {
            std::cmp::Ordering::Equal => return Some(middle),
            std::cmp::Ordering::Less => from = middle + 1,
            std::cmp::Ordering::Greater => to = middle,
        }
    }
    None
}

/// The four bytes that `bytes` start with, as a number; 0 when there are fewer.
pub(super) fn number(bytes: &[u8]) -> u32 {
    bytes
        .first_chunk()
        .map_or(0, |four| u32::from_be_bytes(*four))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_guess_finds_what_a_plain_search_finds(
            mut rows in prop::collection::btree_set(any::<[u8; 3]>(), 0..300),
            crowded in any::<bool>(),
            other in any::<[u8; 3]>(),
        ) {
            // Ids are even in real packs; nothing keeps a hostile one from crowding them.
            if crowded {
                rows = rows.into_iter().map(|row| [0, row[1] / 16, row[2]]).collect();
            }
            let id = |row: &[u8; 3]| {
                let mut id = [0; ID];
                id[1..4].copy_from_slice(row);
                Oid(id)
            };
            let ids: Vec<u8> = rows.iter().flat_map(|row| id(row).0).collect();
            for row in rows.iter().chain([&other]) {
                prop_assert_eq!(position(&ids, id(row)), rows.iter().position(|one| one == row));
            }
        }
    }
}
