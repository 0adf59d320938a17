//! How alike two files are: the share of bytes that stand in chunks both have.

use std::hash::Hasher;

use memchr::memchr_iter;
use rustc_hash::FxHasher;

use super::change::is_binary;

/// The likeness of equal files; git's scale.
pub(super) const MOST: u64 = 60_000;

/// The longest chunk in bytes; a line end closes a chunk early.
const CHUNK: usize = 64;

/// A file's chunks: hash and bytes of each distinct one, sorted.
#[derive(Default)]
pub(super) struct Signature {
    chunks: Vec<(u32, u32)>,
    size: usize,
}

impl Signature {
    /// The signature of a file's content. In text, CR LF counts as LF.
    pub(super) fn of(bytes: &[u8]) -> Self {
        let text = !is_binary(bytes);
        let mut found: Vec<u64> = Vec::with_capacity(bytes.len() / 24 + 1);
        let mut from = 0;
        for end in memchr_iter(b'\n', bytes) {
            add_line(&bytes[from..=end], text, &mut found);
            from = end + 1;
        }
        add_line(&bytes[from..], text, &mut found);
        found.sort_unstable();
        Self {
            chunks: summed(&found),
            size: bytes.len(),
        }
    }
}

fn add_line(line: &[u8], text: bool, found: &mut Vec<u64>) {
    let Some(bare) = line.strip_suffix(b"\r\n").filter(|_| text) else {
        found.extend(line.chunks(CHUNK).map(packed));
        return;
    };
    let whole = bare.len() / CHUNK * CHUNK;
    found.extend(bare[..whole].chunks(CHUNK).map(packed));
    let mut last = [0; CHUNK];
    let rest = &bare[whole..];
    last[..rest.len()].copy_from_slice(rest);
    last[rest.len()] = b'\n';
    found.push(packed(&last[..=rest.len()]));
}

/// Hash above, length below, so that sorting brings equal chunks together.
fn packed(chunk: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(chunk);
    // One more turn: the upper half must carry the whole hash.
    let hash = hasher.finish().wrapping_mul(0x9E37_79B9_7F4A_7C15);
    hash & !0xffff_ffff | chunk.len() as u64
}

fn summed(found: &[u64]) -> Vec<(u32, u32)> {
    let mut out: Vec<(u32, u32)> = Vec::with_capacity(found.len());
    for one in found {
        let (hash, bytes) = halves(*one);
        match out.last_mut() {
            Some(last) if last.0 == hash => last.1 = last.1.saturating_add(bytes),
            _ => out.push((hash, bytes)),
        }
    }
    out
}

fn halves(packed: u64) -> (u32, u32) {
    let half = |n: u64| u32::try_from(n & 0xffff_ffff).unwrap_or(u32::MAX);
    (half(packed >> 32), half(packed))
}

/// Whether files of these sizes can be as alike as `needed`, whatever they hold.
pub(super) fn may_reach(a: usize, b: usize, needed: u64) -> bool {
    let (small, large) = (a.min(b) as u64, a.max(b) as u64);
    large * (MOST - needed) >= (large - small) * MOST
}

/// Bytes in shared chunks against the larger size, 0 to [`MOST`].
pub(super) fn score(a: &Signature, b: &Signature) -> u64 {
    let large = a.size.max(b.size) as u64;
    let (mut x, mut y) = (a.chunks.iter().peekable(), b.chunks.iter().peekable());
    let mut shared = 0_u64;
    while let (Some(one), Some(other)) = (x.peek(), y.peek()) {
        match one.0.cmp(&other.0) {
            std::cmp::Ordering::Less => drop(x.next()),
            std::cmp::Ordering::Greater => drop(y.next()),
            std::cmp::Ordering::Equal => {
                shared += u64::from(one.1.min(other.1));
                x.next();
                y.next();
            }
        }
    }
    (shared * MOST).checked_div(large).unwrap_or(0)
}
