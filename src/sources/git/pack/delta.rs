//! Steps that make an object out of another one: copies of its bytes, and new bytes.

use super::super::objects::Bytes;
use super::entry::shifted;
use super::{Fault, zeroes};

/// How many bytes the steps of `delta` make.
pub(super) fn result_size(delta: &[u8]) -> Result<usize, Fault> {
    let mut steps = Steps { rest: delta };
    steps.size()?;
    steps.size()
}

/// What the steps of `delta` make out of `base`; at most `limit` bytes.
pub(super) fn apply(base: &[u8], delta: &[u8], limit: usize) -> Result<Bytes, Fault> {
    let mut steps = Steps { rest: delta };
    if steps.size()? != base.len() {
        return Err(Fault::Damaged("steps from a base of another size"));
    }
    let size = steps.size()?;
    if size > limit {
        return Err(Fault::TooLarge { size, limit });
    }
    let mut out = zeroes(size);
    // Nobody else holds it yet.
    let mut left = std::rc::Rc::get_mut(&mut out).unwrap_or_default();
    while let Some((step, rest)) = steps.rest.split_first() {
        steps.rest = rest;
        let part = match *step {
            0 => None,
            copy @ 0x80.. => steps.copied(copy, base),
            new => steps.taken(usize::from(new)),
        };
        let part = part.ok_or(Fault::Damaged("a step outside its base"))?;
        let (to, after) = left
            .split_at_mut_checked(part.len())
            .ok_or(Fault::Damaged("steps beyond the size they promise"))?;
        to.copy_from_slice(part);
        left = after;
    }
    if left.is_empty() {
        Ok(out)
    } else {
        Err(Fault::Damaged("steps that end early"))
    }
}

struct Steps<'a> {
    rest: &'a [u8],
}

impl<'a> Steps<'a> {
    /// A size: seven bits a byte, low ones first.
    fn size(&mut self) -> Result<usize, Fault> {
        const BROKEN: Fault = Fault::Damaged("a broken size");
        let (mut size, mut shift) = (0, 0);
        loop {
            let (byte, rest) = self.rest.split_first().ok_or(BROKEN)?;
            self.rest = rest;
            size |= shifted(*byte, shift).ok_or(BROKEN)?;
            if *byte & 0x80 == 0 {
                return usize::try_from(size).map_err(|_large| BROKEN);
            }
            shift += 7;
        }
    }

    /// The next `length` bytes of the steps themselves.
    fn taken(&mut self, length: usize) -> Option<&'a [u8]> {
        let (part, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(part)
    }

    /// The part of `base` a copy means: four bytes of place and three of length, of which
    /// only those stand there whose bit is set in `step`. No length is 65,536.
    fn copied<'b>(&mut self, step: u8, base: &'b [u8]) -> Option<&'b [u8]> {
        let mut number = |bits: std::ops::Range<u32>| -> Option<usize> {
            let from = bits.start;
            let mut number = 0;
            for bit in bits.filter(|bit| step & 1 << bit != 0) {
                number |= usize::from(*self.taken(1)?.first()?) << (8 * (bit - from));
            }
            Some(number)
        };
        let from = number(0..4)?;
        let length = match number(4..7)? {
            0 => 0x1_0000,
            length => length,
        };
        base.get(from..from.checked_add(length)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MUCH: usize = 1 << 20;

    #[test]
    fn copies_and_new_bytes_stand_one_behind_the_other() {
        // From 6 bytes to 5: two from place 4, then "xyz".
        let delta = [6, 5, 0x91, 4, 2, 3, b'x', b'y', b'z'];
        assert_eq!(&*apply(b"abcdef", &delta, MUCH).unwrap(), b"efxyz");
        assert_eq!(result_size(&delta), Ok(5));
    }

    #[test]
    fn a_copy_without_a_length_is_of_65536_bytes() {
        let base = vec![7; 0x1_0000];
        // Both sizes in three bytes, then a copy from place 0 without any number.
        let delta = [0x80, 0x80, 4, 0x80, 0x80, 4, 0x80];
        assert_eq!(apply(&base, &delta, MUCH).unwrap()[..], base[..]);
    }

    #[test]
    fn what_does_not_fit_is_damage_and_what_is_too_large_is_not_made() {
        let damaged: [&[u8]; 9] = [
            b"",
            &[6],
            // Another base.
            &[5, 1, 0x90, 1],
            // A step of no kind.
            &[6, 1, 0],
            // A copy outside the base, one whose numbers are cut off, new bytes cut off.
            &[6, 2, 0x91, 5, 2],
            &[6, 2, 0x91, 5],
            &[6, 2, 2, b'x'],
            // More and fewer bytes than promised.
            &[6, 1, 2, b'x', b'y'],
            &[6, 3, 2, b'x', b'y'],
        ];
        for delta in damaged {
            let found = apply(b"abcdef", delta, MUCH);
            assert!(matches!(found, Err(Fault::Damaged(_))), "{delta:?}");
        }
        let endless = [0xff; 30];
        assert!(result_size(&endless).is_err());
        let large = [6, 0x80, 0x80, 0x80, 0x80, 0x7f, 1, b'x'];
        let limit = Fault::TooLarge {
            size: 0x7f << 28,
            limit: MUCH,
        };
        assert_eq!(apply(b"abcdef", &large, MUCH), Err(limit));
    }

    proptest! {
        #[test]
        fn no_steps_whatever_panic(
            base in prop::collection::vec(any::<u8>(), 0..40),
            delta in prop::collection::vec(any::<u8>(), 0..60),
        ) {
            let _ = result_size(&delta);
            let sizes = [u8::try_from(base.len()).unwrap(), 20];
            for delta in [delta.clone(), [&sizes[..], &delta].concat()] {
                if let Ok(bytes) = apply(&base, &delta, 1000) {
                    prop_assert!(bytes.len() <= 1000);
                }
            }
        }
    }
}
