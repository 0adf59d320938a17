//! The bytes of a PNG. Only what a picture needs: size, colours, pixels; no time, no name of a
//! program, so that the same screen is the same file.

use std::collections::BTreeMap;

use super::PictureError;
use super::deflated::{checksum, zlib};
use super::inks::Ink;
use super::raster::Canvas;

const SIGNATURE: [u8; 8] = [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n'];
/// Colours as numbers of a list.
const LISTED: u8 = 3;
/// Colours as they are.
const PLAIN: u8 = 2;

/// The file of `canvas`. A screen has few colours: they are listed, where 256 are enough.
///
/// # Errors
/// When the pixels cannot be packed.
pub(super) fn file(canvas: &Canvas) -> Result<Vec<u8>, PictureError> {
    let colours: BTreeMap<Ink, u8> = listed(canvas);
    let fits = !colours.is_empty();
    let mut out = SIGNATURE.to_vec();
    let side = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).to_be_bytes();
    let kind = if fits { LISTED } else { PLAIN };
    let mut head = [side(canvas.width), side(canvas.height)].concat();
    head.extend([8, kind, 0, 0, 0]);
    chunk(&mut out, *b"IHDR", &head);
    if fits {
        let list: Vec<u8> = colours.keys().flat_map(|ink| ink.0).collect();
        chunk(&mut out, *b"PLTE", &list);
    }
    let rows = canvas.pixels.chunks(canvas.width.max(1));
    let bytes: Vec<u8> = if fits {
        rows.flat_map(|row| by_number(row, &colours)).collect()
    } else {
        rows.flat_map(plain).collect()
    };
    chunk(&mut out, *b"IDAT", &zlib(&bytes)?);
    chunk(&mut out, *b"IEND", &[]);
    Ok(out)
}

/// The colours with their numbers; empty when there are more than 256.
fn listed(canvas: &Canvas) -> BTreeMap<Ink, u8> {
    let mut all: BTreeMap<Ink, u8> = BTreeMap::new();
    for ink in &canvas.pixels {
        all.insert(*ink, 0);
        if all.len() > 256 {
            return BTreeMap::new();
        }
    }
    for (number, at) in (0..=u8::MAX).zip(all.values_mut()) {
        *at = number;
    }
    all
}

/// A row, unfiltered: neighbours of a number say nothing of it.
fn by_number(row: &[Ink], colours: &BTreeMap<Ink, u8>) -> Vec<u8> {
    let numbers = row.iter().filter_map(|ink| colours.get(ink).copied());
    [0].into_iter().chain(numbers).collect()
}

/// A row as what it differs from the pixel to the left (filter 1).
fn plain(row: &[Ink]) -> Vec<u8> {
    let before = [Ink([0; 3])];
    let left = before.iter().chain(row);
    let differs =
        |(left, here): (&Ink, &Ink)| [0, 1, 2].map(|at: usize| here.0[at].wrapping_sub(left.0[at]));
    let bytes = left.zip(row).flat_map(differs);
    [1].into_iter().chain(bytes).collect()
}

fn chunk(out: &mut Vec<u8>, name: [u8; 4], bytes: &[u8]) {
    let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    out.extend(length.to_be_bytes());
    out.extend(name);
    out.extend(bytes);
    out.extend(checksum(&name, bytes).to_be_bytes());
}
