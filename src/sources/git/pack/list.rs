//! The packs of a repository's object folders, and which of them holds an object.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::SystemTime;

use rustc_hash::FxHashMap;

use super::index::{Index, number};
use super::map::Map;
use super::{Fault, HEADER};
use crate::model::ids::Oid;

/// More packs than this are left to libgit2: each takes two maps, and a process has about
/// 65,000 of them for all its threads.
const MOST_PACKS: usize = 2_000;

/// A pack whose index could be opened.
pub(super) struct Pack {
    /// Its place in the list, for good.
    pub(super) number: u32,
    file: Arc<PackFile>,
}

impl Pack {
    /// Which object starts where.
    pub(super) fn index(&self) -> &Index {
        &self.file.index
    }

    /// The pack's bytes; see [`PackFile::bytes`].
    pub(super) fn bytes(&self) -> Option<&[u8]> {
        self.file.bytes()
    }
}

/// The files of one pack.
struct PackFile {
    /// Which object starts where.
    index: Index,
    path: PathBuf,
    map: OnceLock<Option<Map>>,
}

/// The packs that are open in one reading, for all its threads: a map costs a fault for every page
/// that is touched first, and need not be paid for by each of them.
#[derive(Clone, Default)]
pub(in super::super) struct Shelf(Arc<Mutex<FxHashMap<PathBuf, Option<Arc<PackFile>>>>>);

impl Shelf {
    /// The pack whose index is the file `path`; `None` when that cannot be opened.
    fn take(&self, path: &Path) -> Option<Arc<PackFile>> {
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let open = || {
            let index = Index::open(path).ok()?;
            Some(Arc::new(PackFile {
                index,
                path: path.with_extension("pack"),
                map: OnceLock::new(),
            }))
        };
        files.entry(path.to_owned()).or_insert_with(open).clone()
    }
}

impl PackFile {
    /// The pack's bytes without the checksum at their end; `None` when the file is not there or
    /// is not the one the index was made for.
    fn bytes(&self) -> Option<&[u8]> {
        let map = self.map.get_or_init(|| {
            let map = Map::open(&self.path).ok()?;
            let (body, checksum) = map.split_at_checked(map.len().checked_sub(20)?)?;
            let fits = (body.starts_with(b"PACK\0\0\0\x02") || body.starts_with(b"PACK\0\0\0\x03"))
                && body.len() >= HEADER
                && number(&body[8..]) as usize == self.index.objects()
                && checksum == self.index.pack_checksum();
            fits.then_some(map)
        });
        map.as_ref().map(|map| &map[..map.len() - 20])
    }
}

/// All packs, in the order in which they were found.
pub(super) struct List {
    folders: Vec<Folder>,
    shelf: Shelf,
    packs: Vec<Pack>,
    /// Where the last object was: the next one is often there too.
    last: usize,
}

struct Folder {
    path: PathBuf,
    changed: Option<SystemTime>,
}

impl List {
    /// The packs of the object folders `folders`, opened through `shelf`.
    pub(super) fn new(folders: &[PathBuf], shelf: Shelf) -> Self {
        let folder = |objects: &PathBuf| Folder {
            path: objects.join("pack"),
            changed: None,
        };
        let mut list = Self {
            folders: folders.iter().map(folder).collect(),
            shelf,
            packs: Vec::new(),
            last: 0,
        };
        list.look_again();
        list
    }

    /// What `read` makes of the object `oid` in the first pack that holds it whole; `None` when
    /// none holds it.
    pub(super) fn first<T>(
        &mut self,
        oid: Oid,
        mut read: impl FnMut(&Pack, u64) -> Result<T, Fault>,
    ) -> Option<Result<T, Fault>> {
        let found = self.among_known(oid, &mut read);
        // A repack may have put the object into a pack that was not there before.
        if found.is_none() && self.look_again() {
            return self.among_known(oid, &mut read);
        }
        found
    }

    fn among_known<T>(
        &mut self,
        oid: Oid,
        read: &mut impl FnMut(&Pack, u64) -> Result<T, Fault>,
    ) -> Option<Result<T, Fault>> {
        let mut failure = None;
        let others = (0..self.packs.len()).filter(|at| *at != self.last);
        for at in std::iter::once(self.last).chain(others) {
            let Some(pack) = self.packs.get(at) else {
                continue;
            };
            let Some(offset) = pack.index().find(oid) else {
                continue;
            };
            if pack.bytes().is_none() {
                continue;
            }
            match offset.and_then(|offset| read(pack, offset)) {
                Err(fault @ Fault::Damaged(_)) => failure = Some(Err(fault)),
                found => {
                    self.last = at;
                    return Some(found);
                }
            }
        }
        failure
    }

    /// Opens packs that are new in folders that changed; true when there are any.
    fn look_again(&mut self) -> bool {
        let before = self.packs.len();
        for folder in &mut self.folders {
            let changed = fs::metadata(&folder.path).and_then(|about| about.modified());
            let changed = changed.ok();
            if changed.is_none() || changed == folder.changed {
                continue;
            }
            folder.changed = changed;
            for path in indexes(&folder.path) {
                let number = u32::try_from(self.packs.len()).unwrap_or(u32::MAX);
                let pack = path.with_extension("pack");
                let is_known = self.packs.iter().any(|known| known.file.path == pack);
                if self.packs.len() >= MOST_PACKS || is_known {
                    continue;
                }
                if let Some(file) = self.shelf.take(&path) {
                    self.packs.push(Pack { number, file });
                }
            }
        }
        self.packs.len() > before
    }
}

/// The indexes in `folder`, large ones first: they hold most of what is asked for.
fn indexes(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<_> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|end| end == "idx"))
        .filter_map(|path| Some((fs::metadata(&path).ok()?.len(), path)))
        .collect();
    found.sort_unstable_by(|a, b| b.cmp(a));
    found.into_iter().map(|(_, path)| path).collect()
}
