//! A pack out of any bytes, in a folder of this thread's own.

use std::fs;
use std::path::{Path, PathBuf};

use libdeflater::{CompressionLvl, Compressor};

use crate::model::ids::Oid;

/// What hands out bytes one after the other; zeros past the end.
pub(super) struct Bytes<'a>(pub(super) &'a [u8]);

impl<'a> Bytes<'a> {
    pub(super) fn one(&mut self) -> u8 {
        self.some(1).first().copied().unwrap_or(0)
    }

    pub(super) fn some(&mut self, count: usize) -> &'a [u8] {
        let (head, rest) = self.0.split_at(count.min(self.0.len()));
        self.0 = rest;
        head
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The id of the object at `at`.
pub(super) fn id(at: usize) -> Oid {
    let mut id = [0; 20];
    id[3] = u8::try_from(at % 256).unwrap_or(0);
    Oid(id)
}

/// The body of a pack, and where its objects start.
#[derive(Default)]
pub(super) struct Body {
    pub(super) bytes: Vec<u8>,
    pub(super) offsets: Vec<u32>,
}

/// The bits of `number` that `mask` leaves: at most eight.
pub(super) fn low(number: usize, mask: u8) -> u8 {
    u8::try_from(number & usize::from(mask)).unwrap_or(mask)
}

/// Where the body stands in the file.
const HEADER: usize = 12;

impl Body {
    pub(super) fn next_offset(&self) -> u32 {
        u32::try_from(HEADER + self.bytes.len()).unwrap_or(u32::MAX)
    }

    /// Adds an object: kind, the size it claims, what names its base, its content packed.
    pub(super) fn add(&mut self, code: u8, size: usize, base: &[u8], content: &[u8]) {
        self.offsets.push(self.next_offset());
        let mut head = vec![(code & 7) << 4 | low(size, 15)];
        let mut rest = size >> 4;
        while rest > 0 {
            if let Some(last) = head.last_mut() {
                *last |= 0x80;
            }
            head.push(low(rest, 0x7f));
            rest >>= 7;
        }
        self.bytes.extend(head);
        self.bytes.extend(base);
        let mut zlib = Compressor::new(CompressionLvl::fastest());
        let mut packed = vec![0; zlib.zlib_compress_bound(content.len())];
        let length = zlib.zlib_compress(content, &mut packed).unwrap_or(0);
        self.bytes.extend_from_slice(&packed[..length]);
    }

    /// Pack and index.
    pub(super) fn files(&self) -> (Vec<u8>, Vec<u8>) {
        let count = u32::try_from(self.offsets.len()).unwrap_or(0).to_be_bytes();
        let checksum = [7; 20];
        let pack = [b"PACK\0\0\0\x02", &count[..], &self.bytes, &checksum].concat();
        let mut index = b"\xfftOc\0\0\0\x02".to_vec();
        // All ids begin with a zero byte.
        index.extend(count.repeat(256));
        index.extend((0..self.offsets.len()).flat_map(|at| id(at).0));
        index.extend([0; 4].repeat(self.offsets.len()));
        index.extend(self.offsets.iter().flat_map(|at| at.to_be_bytes()));
        index.extend([checksum, checksum].concat());
        (pack, index)
    }
}

/// Writes the two files anew, never over the old ones: those may still be mapped.
pub(super) fn write(pack: &[u8], index: &[u8]) -> PathBuf {
    let objects = folder().join("objects");
    let folder = objects.join("pack");
    fs::create_dir_all(&folder).expect("room for a folder");
    for (name, bytes) in [("pack-1.pack", pack), ("pack-1.idx", index)] {
        let path = folder.join(name);
        drop(fs::remove_file(&path));
        fs::write(path, bytes).expect("room for a file");
    }
    objects
}

/// A folder of this thread's own, the same at every call; on Linux in memory.
pub(super) fn folder() -> PathBuf {
    thread_local! {
        static FOLDER: Folder = Folder::new();
    }
    FOLDER.with(|folder| folder.0.clone())
}

struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let memory = Path::new("/dev/shm");
        let below = if memory.is_dir() {
            memory.to_owned()
        } else {
            std::env::temp_dir()
        };
        let thread = format!("{:?}", std::thread::current().id());
        let thread: String = thread.chars().filter(char::is_ascii_digit).collect();
        let path = below.join(format!("inward-git-{}-{thread}", std::process::id()));
        fs::create_dir_all(&path).expect("room for a folder");
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}
