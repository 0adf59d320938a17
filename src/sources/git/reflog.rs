//! The reflogs of `HEAD`, here and in other work trees, and of the branches: what I did to
//! refs, and commits that nothing else leads to any more. Read only when the owner lets it.

use std::fs;
use std::path::Path;

use rustc_hash::{FxHashMap, FxHashSet};

use super::files;
use super::judge::Judge;
use super::reflog_line::Line;
use super::refs::{self, Refs};
use super::sum::Sum;
use crate::model::history::{RefEvent, RefEventKind};
use crate::model::ids::Oid;
use crate::model::place::Place;
use crate::model::text::Clean;

/// Of one log, so many bytes from its end are read, and so many logs of branches.
const LOG_BYTES: u64 = 16 << 20;
const LOGS: usize = 4_096;

/// Folders below `logs/refs/heads` deeper than this are not entered.
const DEPTH: usize = 32;

/// What reflogs tell of me.
#[derive(Debug, Default)]
pub(super) struct Logs {
    /// What I did, the branch as the log has it.
    pub(super) events: Vec<RefEvent>,
    /// Every commit that a line of mine names, sorted, each once.
    pub(super) tips: Vec<Oid>,
    /// Commits that an amend or a step of a rebase may have put in place of others: old, new.
    pub(super) rewritten: Vec<(Oid, Oid)>,
    /// The branch that a commit was first made on.
    pub(super) made_on: FxHashMap<Oid, Clean>,
}

/// Reads the logs of `place`. A log that cannot be read tells nothing.
pub(super) fn read(place: &Place, refs: &Refs, judge: &mut Judge<'_>) -> Logs {
    let mut reader = Reader {
        refs,
        judge,
        told: FxHashSet::default(),
        logs: Logs::default(),
    };
    reader.head(&place.common_dir, b"logs/HEAD");
    for (name, folder) in folders(&place.common_dir.join("worktrees")) {
        let log = [b"worktrees/", name.as_slice(), b"/logs/HEAD"].concat();
        reader.head(&folder, &log);
    }
    reader.branches(&place.common_dir.join("logs/refs/heads"));
    let mut logs = reader.logs;
    logs.tips.retain(|oid| *oid != Oid::ZERO);
    logs.tips.sort_unstable();
    logs.tips.dedup();
    logs
}

/// The fingerprint of a line of the log called `log` in the git folder.
pub(super) fn fingerprint(log: &[u8], line: &[u8]) -> [u8; 16] {
    let mut sum = Sum::default();
    sum.add(log);
    sum.add(b"\0");
    sum.add(line);
    sum.bytes()
}

struct Reader<'a, 'b> {
    refs: &'a Refs,
    judge: &'a mut Judge<'b>,
    /// What a log of `HEAD` told: the branch's own log says it again.
    told: FxHashSet<(Oid, i64, RefEventKind)>,
    logs: Logs,
}

impl Reader<'_, '_> {
    /// The log of the `HEAD` in `folder`: it says on which branch things were done.
    fn head(&mut self, folder: &Path, log: &[u8]) {
        let bytes = tail(&folder.join("logs/HEAD"));
        let lines = files::lines(&bytes).filter_map(|raw| Some((raw, Line::parse(raw)?)));
        let lines: Vec<_> = lines.collect();
        // Before the first checkout: the branch that it left, or the one that HEAD never left.
        let first = lines.iter().find_map(|(_, line)| line.moved());
        let mut on = match first {
            Some((from, _)) => self.branch(from),
            None => refs::on_branch(folder).and_then(|name| self.branch(&name)),
        };
        for (at, (raw, line)) in lines.iter().enumerate() {
            if let Some((_, to)) = line.moved() {
                on = self.branch(to);
            } else if line.starts() {
                // It may be of another branch than the one that was left for it.
                let rest = lines[at + 1..].iter().map(|(_, line)| line);
                let mut own = rest.take_while(|line| !line.starts());
                if let Some(name) = own.find_map(Line::returned) {
                    on = self.branch(name);
                }
            } else if let Some(name) = line.renamed() {
                on = self.branch(name);
            }
            self.told.insert((line.new, line.at.utc, line.kind()));
            self.line(log, raw, line, on.as_ref());
        }
    }

    /// The logs of branches: what `HEAD` was not there to see.
    fn branches(&mut self, top: &Path) {
        let mut left = vec![(top.to_path_buf(), Vec::new(), 0)];
        let mut logs = 0;
        while let Some((folder, name, depth)) = left.pop() {
            for (part, path) in entries(&folder) {
                let mut name: Vec<u8> = name.clone();
                if !name.is_empty() {
                    name.push(b'/');
                }
                name.extend_from_slice(&part);
                if path.is_dir() {
                    if depth < DEPTH {
                        left.push((path, name, depth + 1));
                    }
                } else if logs < LOGS {
                    logs += 1;
                    self.branch_log(&path, &name);
                }
            }
        }
    }

    fn branch_log(&mut self, path: &Path, name: &[u8]) {
        let log = [b"logs/refs/heads/", name].concat();
        let on = self.branch(name);
        let bytes = tail(path);
        for raw in files::lines(&bytes) {
            let Some(line) = Line::parse(raw) else {
                continue;
            };
            if self.told.contains(&(line.new, line.at.utc, line.kind())) {
                self.tips(&line);
            } else {
                self.line(&log, raw, &line, on.as_ref());
            }
        }
    }

    /// Takes a line, if it is mine.
    fn line(&mut self, log: &[u8], raw: &[u8], line: &Line<'_>, on: Option<&Clean>) {
        if !self.tips(line) {
            return;
        }
        if line.rewrites() && line.old != Oid::ZERO && line.old != line.new {
            self.logs.rewritten.push((line.old, line.new));
        }
        if let Some(on) = on.filter(|_| line.makes()) {
            let made_on = &mut self.logs.made_on;
            made_on.entry(line.new).or_insert_with(|| on.clone());
        }
        self.logs.events.push(RefEvent {
            kind: line.kind(),
            at: line.at,
            commit: Some(line.new).filter(|oid| *oid != Oid::ZERO),
            branch: on.cloned(),
            line: fingerprint(log, raw),
        });
    }

    /// Takes what the line names; false when it is not mine.
    fn tips(&mut self, line: &Line<'_>) -> bool {
        let mine = self.judge.person(line.who, None).is_some();
        if mine {
            self.logs.tips.extend([line.old, line.new]);
        }
        mine
    }

    /// The branch called `name` in a log; `None` for commits, tags and other machines' branches.
    fn branch(&self, name: &[u8]) -> Option<Clean> {
        let name = name.strip_prefix(b"refs/heads/").unwrap_or(name);
        let is_id = (7..=40).contains(&name.len()) && name.iter().all(u8::is_ascii_hexdigit);
        let is_expression = name.iter().any(|c| b"~^:@{ ".contains(c));
        if is_id || is_expression || name == b"HEAD" || self.refs.is_no_branch(name) {
            return None;
        }
        Some(Clean::label(name)).filter(|name| !name.is_empty())
    }
}

/// The end of a log; empty when there is none or it cannot be read.
fn tail(path: &Path) -> Vec<u8> {
    files::tail(path, LOG_BYTES).unwrap_or_default()
}

/// Names and paths of what is in `folder`, sorted.
fn entries(folder: &Path) -> Vec<(Vec<u8>, std::path::PathBuf)> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut found: Vec<_> = entries
        .flatten()
        .map(|entry| (entry.file_name().as_encoded_bytes().to_vec(), entry.path()))
        .filter(|(name, _)| !name.ends_with(b".lock"))
        .collect();
    found.sort_unstable();
    found
}

fn folders(folder: &Path) -> Vec<(Vec<u8>, std::path::PathBuf)> {
    let mut found = entries(folder);
    found.retain(|(_, path)| path.is_dir());
    found
}
