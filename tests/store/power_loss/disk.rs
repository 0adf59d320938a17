//! A disk that may lose its power: what is on it for sure, and what is only on its way there.
//!
//! The model is as hard as POSIX allows and harder than any journaling file system. What a file
//! holds is kept for sure once that file is synced, and its name once the folder is. Until then
//! every sector of every write is there, or not, or rubbish, in any combination and in no order;
//! every change of a length and of a name is there or not, each by itself. Of a rename, the new name
//! is either what it was or what it became, and the old one may be left over. What is believed of a
//! disk is this only: a write spoils no bytes beside its own (SQLite calls it powersafe overwrite).

use std::collections::BTreeMap;

use super::log::Event;
use crate::worlds::Dice;

/// The files of the folder by name.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Which syncs this disk heeds: an honest one both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heeds {
    pub files: bool,
    pub folder: bool,
}

impl Heeds {
    pub const ALL: Self = Self {
        files: true,
        folder: true,
    };
}

/// A change of a file that may not be on the disk yet.
#[derive(Clone, Copy)]
enum Change<'a> {
    Write(usize, &'a [u8]),
    Length(usize),
}

/// A change of the folder that may not be on the disk yet.
#[derive(Clone)]
enum Entry<'a> {
    Named(&'a str, usize),
    Removed(&'a str),
    Moved(&'a str, &'a str, usize),
}

#[derive(Default)]
struct Inode<'a> {
    /// What is on the disk for sure.
    kept: Vec<u8>,
    waiting: Vec<Change<'a>>,
}

pub struct Disk<'a> {
    heeds: Heeds,
    inodes: Vec<Inode<'a>>,
    /// As the running program sees the folder, and as it is on the disk for sure.
    seen: BTreeMap<String, usize>,
    kept: BTreeMap<String, usize>,
    waiting: Vec<Entry<'a>>,
    /// What is open; `None` is the folder.
    open: BTreeMap<i32, Option<usize>>,
}

impl<'a> Disk<'a> {
    /// A disk that keeps `files` for sure.
    pub fn new(files: &Files, heeds: Heeds) -> Self {
        let mut disk = Self {
            heeds,
            inodes: Vec::new(),
            seen: BTreeMap::new(),
            kept: BTreeMap::new(),
            waiting: Vec::new(),
            open: BTreeMap::new(),
        };
        for (name, bytes) in files {
            disk.seen.insert(name.clone(), disk.inodes.len());
            disk.inodes.push(Inode {
                kept: bytes.clone(),
                waiting: Vec::new(),
            });
        }
        disk.kept = disk.seen.clone();
        disk
    }

    /// What an event does to the disk.
    pub fn take(&mut self, event: Event<'a>) {
        match event {
            Event::Opened { fd, name, emptied } => self.opened(fd, name, emptied),
            Event::Closed(fd) => drop(self.open.remove(&fd)),
            Event::Wrote { fd, at, bytes } => {
                self.change(fd, Change::Write(at.try_into().unwrap(), bytes));
            }
            Event::Cut { fd, length } => {
                self.change(fd, Change::Length(length.try_into().unwrap()));
            }
            Event::Synced(fd) => self.synced(fd),
            Event::Renamed { from, to } => {
                let inode = self.seen.remove(from).unwrap();
                self.seen.insert(to.to_owned(), inode);
                self.waiting.push(Entry::Moved(from, to, inode));
            }
            Event::Linked { from, to } => self.named(to, self.seen[from]),
            Event::Removed(name) => {
                self.seen.remove(name).unwrap();
                self.waiting.push(Entry::Removed(name));
            }
            Event::Told(_) => {}
        }
    }

    fn named(&mut self, name: &'a str, inode: usize) {
        self.seen.insert(name.to_owned(), inode);
        self.waiting.push(Entry::Named(name, inode));
    }

    fn opened(&mut self, fd: i32, name: &'a str, emptied: bool) {
        if name.is_empty() {
            self.open.insert(fd, None);
            return;
        }
        let inode = if let Some(inode) = self.seen.get(name) {
            *inode
        } else {
            self.inodes.push(Inode::default());
            self.named(name, self.inodes.len() - 1);
            self.inodes.len() - 1
        };
        self.open.insert(fd, Some(inode));
        if emptied {
            self.change(fd, Change::Length(0));
        }
    }

    fn change(&mut self, fd: i32, change: Change<'a>) {
        let inode = self.open[&fd].unwrap();
        self.inodes[inode].waiting.push(change);
    }

    fn synced(&mut self, fd: i32) {
        match self.open[&fd] {
            Some(inode) if self.heeds.files => {
                let Inode { kept, waiting } = &mut self.inodes[inode];
                for change in waiting.drain(..) {
                    put(kept, change);
                }
            }
            None if self.heeds.folder => {
                for entry in self.waiting.drain(..) {
                    enter(&mut self.kept, &entry, true);
                }
            }
            _ => {}
        }
    }

    /// What a program finds that looks now, while the power is on.
    pub fn seen(&self) -> Files {
        let whole = |inode: &Inode<'a>| {
            let mut bytes = inode.kept.clone();
            for change in &inode.waiting {
                put(&mut bytes, *change);
            }
            bytes
        };
        let name = |(name, inode): (&String, &usize)| (name.clone(), whole(&self.inodes[*inode]));
        self.seen.iter().map(name).collect()
    }

    /// Whether something written to the file of this name is not on the disk for sure.
    pub fn is_waiting(&self, name: &str) -> bool {
        let inode = self.seen.get(name);
        inode.is_some_and(|inode| !self.inodes[*inode].waiting.is_empty())
    }

    /// What is found when the power comes back, if it goes now.
    pub fn crash(&self, dice: &mut Dice) -> Files {
        let luck = Luck::of(dice);
        let mut names = self.kept.clone();
        for entry in &self.waiting {
            if luck.lands(dice) {
                enter(&mut names, entry, !luck.tears || dice.one_in(2));
            }
        }
        let left = names.into_iter();
        left.map(|(name, inode)| (name, luck.left(&self.inodes[inode], dice)))
            .collect()
    }
}

/// How much of what was on its way arrives, of this crash.
struct Luck {
    /// In a hundred.
    chance: usize,
    /// Whether a write may arrive in part.
    tears: bool,
    /// In bytes.
    sector: usize,
    /// Whether a sector may hold rubbish where it was being written.
    rubbish: bool,
}

impl Luck {
    fn of(dice: &mut Dice) -> Self {
        Self {
            chance: [0, 10, 50, 50, 90, 97, 100][dice.below(7)],
            tears: !dice.one_in(3),
            sector: [512, 512, 4096][dice.below(3)],
            rubbish: dice.one_in(3),
        }
    }

    fn lands(&self, dice: &mut Dice) -> bool {
        dice.below(100) < self.chance
    }

    fn left(&self, inode: &Inode<'_>, dice: &mut Dice) -> Vec<u8> {
        let mut bytes = inode.kept.clone();
        for change in &inode.waiting {
            match *change {
                Change::Write(at, new) if self.tears => self.torn(&mut bytes, (at, new), dice),
                change if self.lands(dice) => put(&mut bytes, change),
                _ => {}
            }
        }
        bytes
    }

    fn torn(&self, bytes: &mut Vec<u8>, (at, new): (usize, &[u8]), dice: &mut Dice) {
        let mut done = 0;
        while done < new.len() {
            let start = at + done;
            let end = new.len().min(done + self.sector - start % self.sector);
            let part = &new[done..end];
            done = end;
            if self.lands(dice) {
                put(bytes, Change::Write(start, part));
            } else if self.rubbish && dice.one_in(4) {
                // A length that arrived before its bytes reads as zeros.
                let fill = [0, u8::try_from(dice.below(256)).unwrap()][dice.below(2)];
                put(bytes, Change::Write(start, &vec![fill; part.len()]));
            }
        }
    }
}

fn put(bytes: &mut Vec<u8>, change: Change<'_>) {
    match change {
        Change::Length(length) => bytes.resize(length, 0),
        Change::Write(at, new) => {
            let end = at + new.len();
            if bytes.len() < end {
                bytes.resize(end, 0);
            }
            bytes[at..end].copy_from_slice(new);
        }
    }
}

/// `whole`: of a rename the old name goes too.
fn enter(names: &mut BTreeMap<String, usize>, entry: &Entry<'_>, whole: bool) {
    match *entry {
        Entry::Named(name, inode) => {
            names.insert(name.to_owned(), inode);
        }
        Entry::Removed(name) => {
            names.remove(name);
        }
        Entry::Moved(from, to, inode) => {
            names.insert(to.to_owned(), inode);
            if whole {
                names.remove(from);
            }
        }
    }
}
