//! Generated histories, written by `git fast-import` in one go.

#[cfg(test)]
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;

use super::parity_tests::git;

/// A bare repository in a folder that goes with it.
pub(super) struct History {
    dir: tempfile::TempDir,
    stream: Vec<u8>,
    commits: usize,
    files: BTreeMap<Vec<u8>, File>,
}

#[derive(Clone)]
struct File {
    mode: &'static str,
    content: Vec<u8>,
}

/// A small generator of its own: the same seed gives the same history on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap() % n
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }
}

impl History {
    pub(super) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let made = git(dir.path()).args(["init", "-q", "--bare", "."]).status();
        assert!(made.unwrap().success());
        Self {
            dir,
            stream: Vec::new(),
            commits: 0,
            files: BTreeMap::new(),
        }
    }

    pub(super) fn path(&self) -> &Path {
        self.dir.path()
    }

    pub(super) fn commits(&self) -> usize {
        self.commits
    }

    /// Puts a file; `mode` is one of git's.
    pub(super) fn put(&mut self, path: &[u8], mode: &'static str, content: &[u8]) {
        // A file cannot stand where a folder is, nor the other way round.
        for (at, _) in path.iter().enumerate().filter(|(_, byte)| **byte == b'/') {
            self.files.remove(&path[..at]);
        }
        let (from, to) = ([path, b"/"].concat(), [path, b"0"].concat());
        let inside: Vec<_> = self.files.range(from..to).map(|(p, _)| p.clone()).collect();
        for other in inside {
            self.files.remove(&other);
        }
        let content = content.to_vec();
        self.files.insert(path.to_vec(), File { mode, content });
    }

    pub(super) fn remove(&mut self, path: &[u8]) {
        self.files.remove(path);
    }

    /// Writes a commit of all files as they stand.
    pub(super) fn commit(&mut self) {
        let at = 1_700_000_000 + self.commits;
        let mut head = String::new();
        write!(
            head,
            "commit refs/heads/main\ncommitter A <a@b.c> {at} +0000\ndata 0\n"
        )
        .unwrap();
        self.stream.extend(head.as_bytes());
        self.stream.extend(b"deleteall\n");
        for (path, file) in &self.files {
            let mut quoted = String::new();
            for byte in path {
                write!(quoted, "\\{byte:03o}").unwrap();
            }
            if file.mode == "160000" {
                let hex = std::str::from_utf8(&file.content).unwrap();
                self.stream
                    .extend(format!("M 160000 {hex} \"{quoted}\"\n").bytes());
                continue;
            }
            let head = format!(
                "M {} inline \"{quoted}\"\ndata {}\n",
                file.mode,
                file.content.len()
            );
            self.stream.extend(head.bytes());
            self.stream.extend(&file.content);
            self.stream.push(b'\n');
        }
        self.commits += 1;
    }

    /// Hands the commits to git.
    pub(super) fn finish(mut self) -> Self {
        let mut child = git(self.dir.path())
            .args(["fast-import", "--quiet"])
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(&self.stream).unwrap();
        assert!(child.wait().unwrap().success());
        self.stream.clear();
        self
    }

    /// `commits` commits of random work.
    pub(super) fn random(seed: u64, commits: usize) -> Self {
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let mut history = Self::new();
        for _ in 0..10 {
            let content = text(&mut dice, 200);
            history.put(&new_path(&mut dice), "100644", &content);
        }
        history.commit();
        for _ in 1..commits {
            for _ in 0..=dice.below(5) {
                history.change_something(&mut dice);
            }
            history.commit();
        }
        history.finish()
    }

    fn any_path(&self, dice: &mut Dice) -> Vec<u8> {
        let at = dice.below(self.files.len().max(1));
        self.files.keys().nth(at).cloned().unwrap_or_default()
    }

    fn change_something(&mut self, dice: &mut Dice) {
        let path = self.any_path(dice);
        let Some(file) = self.files.get(&path).cloned() else {
            return self.put(&new_path(dice), "100644", b"");
        };
        match dice.below(16) {
            0 => self.remove(&path),
            1 => self.put(&new_path(dice), "100644", &text(dice, 300)),
            2 => self.put(&new_path(dice), file.mode, &file.content),
            3 => self.put(&path, "100755", &file.content),
            4 => self.put(&path, "120000", &new_path(dice)),
            5 => self.put(&path, "160000", &submodule(dice)),
            6 => self.put(&new_path(dice), "100644", b""),
            7 => self.put(&path, "100644", &binary(dice)),
            8 => self.put(&path, "100644", &with_crlf(&file.content)),
            9 if file.mode != "160000" => self.put(
                &path,
                file.mode,
                file.content.strip_suffix(b"\n").unwrap_or(b"x"),
            ),
            10 => self.move_folder(dice),
            11 | 12 => {
                self.remove(&path);
                let content = edited(dice, &file);
                self.put(&new_path(dice), file.mode, &content);
            }
            _ => self.put(&path, file.mode, &edited(dice, &file)),
        }
    }

    fn move_folder(&mut self, dice: &mut Dice) {
        let from = [b'd', b'0' + u8::try_from(dice.below(4)).unwrap(), b'/'];
        let to = format!("m{}/", dice.below(3));
        let inside: Vec<Vec<u8>> = self
            .files
            .keys()
            .filter(|p| p.starts_with(&from))
            .cloned()
            .collect();
        for path in inside {
            if let Some(file) = self.files.remove(&path) {
                let content = if dice.one_in(3) {
                    edited(dice, &file)
                } else {
                    file.content.clone()
                };
                let path = [to.as_bytes(), &path[from.len()..]].concat();
                self.put(&path, file.mode, &content);
            }
        }
    }
}

fn new_path(dice: &mut Dice) -> Vec<u8> {
    let names: [&[u8]; 8] = [
        b"a",
        b"a.b",
        b"mod.rs",
        b"x\xff\xfe",
        b"caf\xc3\xa9",
        b"tab\tname",
        b"a-b",
        b"README",
    ];
    let mut path = Vec::new();
    for _ in 0..dice.below(3) {
        path.extend(format!("d{}/", dice.below(4)).bytes());
    }
    path.extend(names[dice.below(names.len())]);
    if dice.one_in(2) {
        path.extend(dice.below(20).to_string().bytes());
    }
    path
}

fn line(dice: &mut Dice) -> Vec<u8> {
    match dice.below(4) {
        0 => b"\n".to_vec(),
        1 => b"}\n".to_vec(),
        2 => format!("common {}\n", dice.below(12)).into_bytes(),
        _ => format!(
            "line {} of {}\n",
            dice.below(5000),
            "x".repeat(dice.below(90))
        )
        .into_bytes(),
    }
}

fn text(dice: &mut Dice, most: usize) -> Vec<u8> {
    // Some files are long, so that the root of the line count matters.
    let most = if dice.one_in(6) { most * 20 } else { most };
    (0..dice.below(most)).flat_map(|_| line(dice)).collect()
}

fn edited(dice: &mut Dice, file: &File) -> Vec<u8> {
    if file.mode == "160000" {
        return submodule(dice);
    }
    if file.mode == "120000" {
        return new_path(dice);
    }
    let mut lines: Vec<Vec<u8>> = file
        .content
        .split_inclusive(|b| *b == b'\n')
        .map(<[u8]>::to_vec)
        .collect();
    let rounds = if dice.one_in(8) {
        1 + lines.len()
    } else {
        1 + dice.below(12)
    };
    for _ in 0..rounds {
        let at = dice.below(lines.len() + 1);
        let most = if dice.one_in(4) { 60 } else { 4 };
        let span = dice.below(most);
        let end = (at + span).min(lines.len());
        match dice.below(3) {
            0 => drop(lines.drain(at..end)),
            1 => drop(lines.splice(at..at, (0..span).map(|_| line(dice)).collect::<Vec<_>>())),
            _ => {
                let block: Vec<_> = lines.drain(at..end).collect();
                let to = dice.below(lines.len() + 1);
                drop(lines.splice(to..to, block));
            }
        }
    }
    lines.concat()
}

fn with_crlf(content: &[u8]) -> Vec<u8> {
    let lines = content.split_inclusive(|b| *b == b'\n');
    lines
        .flat_map(|line| match line.strip_suffix(b"\n") {
            Some(bare) => [bare, b"\r\n"].concat(),
            None => line.to_vec(),
        })
        .collect()
}

fn binary(dice: &mut Dice) -> Vec<u8> {
    let mut out = text(dice, 50);
    let at = dice.below(out.len() + 1);
    out.insert(at, 0);
    out
}

fn submodule(dice: &mut Dice) -> Vec<u8> {
    format!("{:040x}", dice.below(1 << 30) + 1).into_bytes()
}
