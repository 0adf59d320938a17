//! Bytes made of other bytes, the same at every run: what an ordinary test tries of a way in that
//! the search of `fuzz/` tries for longer.

use std::path::Path;

/// Every seed as it is, everything found before for `name`, and `times` stirred ones of each seed.
pub(crate) fn through(name: &str, check: fn(&[u8]), seeds: &[Vec<u8>], times: usize) {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for found in found(name) {
        check(&found);
    }
    for seed in seeds {
        check(seed);
        for _ in 0..times {
            let mut bytes = seed.clone();
            for _ in 0..=dice.roll(4) {
                dice.stir(&mut bytes, seeds);
            }
            check(&bytes);
        }
    }
}

/// What broke `name` once, in `tests/hostile/found/NAME/`.
fn found(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/hostile/found")
        .join(name);
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .map(|entry| entry.expect("a file").path())
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| std::fs::read(path).expect("a file"))
        .collect()
}

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0) % sides.max(1)
    }

    fn stir(&mut self, bytes: &mut Vec<u8>, seeds: &[Vec<u8>]) {
        const ODD: [&[u8]; 10] = [
            b"\x1b[31m",
            b"\xe2\x80\xae",
            b"\xff",
            b"\0",
            b"\"",
            b"[[[[",
            b"-9223372036854775808",
            b"1e308",
            b"\r\n",
            b"\xef\xbb\xbf",
        ];
        let at = self.roll(bytes.len() + 1);
        match self.roll(6) {
            0 => bytes.truncate(at),
            1 if at < bytes.len() => bytes[at] = u8::try_from(self.roll(256)).unwrap_or(0),
            2 if at < bytes.len() => drop(bytes.remove(at)),
            3 => {
                let odd = ODD[self.roll(ODD.len())];
                bytes.splice(at..at, odd.iter().copied());
            }
            4 => {
                let to = (at + self.roll(40)).min(bytes.len());
                let piece = bytes[at..to].to_vec();
                bytes.splice(at..at, piece);
            }
            _ => {
                let other = &seeds[self.roll(seeds.len())];
                let from = self.roll(other.len() + 1);
                let to = (from + self.roll(60)).min(other.len());
                let piece = other[from..to].to_vec();
                bytes.splice(at..at, piece);
            }
        }
    }
}
