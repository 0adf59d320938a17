//! The files git reads, in git's order, with their includes.

use std::path::{Path, PathBuf};

use crate::config::Env;
use crate::guard::plain;
use crate::model::place::Place;

use super::condition::{Here, branch_of};
use super::parse::{Entry, parse};

/// The largest file, in bytes; the deepest include; how many files in all.
const FILE_BYTES: u64 = 1 << 20;
const DEPTH: usize = 10;
const FILES: usize = 200;

/// Every variable git would see, in the order in which later ones win.
pub(super) fn read(env: &Env, place: Option<&Place>) -> Vec<Entry> {
    let files = files(env, place);
    // A condition on remotes is judged by all files without it, so they are read first.
    let first = Reader::new(env, place, Vec::new()).all(&files);
    let remotes: Vec<_> = first
        .iter()
        .filter(|entry| {
            entry.section == "remote" && entry.key == "url" && entry.subsection.is_some()
        })
        .filter_map(|entry| entry.value.clone())
        .collect();
    let mut entries = if place.is_none() || remotes.is_empty() {
        first
    } else {
        Reader::new(env, place, remotes).all(&files)
    };
    entries.extend(from_variables(env));
    entries
}

/// The files in git's order: system, user, repository, work tree.
fn files(env: &Env, place: Option<&Place>) -> Vec<PathBuf> {
    let mut files = Vec::new();
    if !env.var("GIT_CONFIG_NOSYSTEM").is_some_and(truthy) {
        files.push(
            env.path("GIT_CONFIG_SYSTEM")
                .unwrap_or_else(|| "/etc/gitconfig".into()),
        );
    }
    if env.var_os("GIT_CONFIG_GLOBAL").is_some() {
        files.extend(env.path("GIT_CONFIG_GLOBAL"));
    } else {
        let standard = env.home().map(|home| home.join(".config"));
        let folder = env.path("XDG_CONFIG_HOME").or(standard);
        files.extend(folder.map(|folder| folder.join("git/config")));
        files.extend(env.home().map(|home| home.join(".gitconfig")));
    }
    if let Some(place) = place {
        let own = place.common_dir.join("config");
        let by_tree = plain::read(&own, FILE_BYTES).is_ok_and(|bytes| {
            let entries = parse(&bytes);
            let flag = entries
                .iter()
                .rfind(|entry| entry.is("extensions", "worktreeconfig"));
            flag.and_then(Entry::truth) == Some(true)
        });
        files.push(own);
        if by_tree {
            files.push(place.git_dir.join("config.worktree"));
        }
    }
    files
}

fn truthy(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    !matches!(text.as_str(), "" | "0" | "false" | "no" | "off")
}

/// `GIT_CONFIG_COUNT` and its pairs, which beat every file.
fn from_variables(env: &Env) -> Vec<Entry> {
    let count = env
        .var("GIT_CONFIG_COUNT")
        .and_then(|text| text.parse().ok())
        .unwrap_or(0);
    (0..usize::min(count, 1000))
        .filter_map(|n| {
            let name = env.var(&format!("GIT_CONFIG_KEY_{n}"))?;
            let value = env.var(&format!("GIT_CONFIG_VALUE_{n}"))?;
            let (section, rest) = name.split_once('.')?;
            let (subsection, key) = match rest.rsplit_once('.') {
                Some((sub, key)) => (Some(sub.as_bytes().to_vec()), key),
                None => (None, rest),
            };
            Some(Entry {
                section: section.to_ascii_lowercase(),
                subsection,
                key: key.to_ascii_lowercase(),
                value: Some(value.as_bytes().to_vec()),
            })
        })
        .collect()
}

struct Reader<'a> {
    env: &'a Env,
    here: Here<'a>,
    left: usize,
    entries: Vec<Entry>,
}

impl<'a> Reader<'a> {
    fn new(env: &'a Env, place: Option<&'a Place>, remotes: Vec<Vec<u8>>) -> Self {
        Self {
            env,
            here: Here {
                place,
                branch: place.and_then(branch_of),
                remotes,
                home: env.home(),
            },
            left: FILES,
            entries: Vec::new(),
        }
    }

    fn all(mut self, files: &[PathBuf]) -> Vec<Entry> {
        for file in files {
            self.file(file, 0);
        }
        self.entries
    }

    fn file(&mut self, path: &Path, depth: usize) {
        if depth > DEPTH || self.left == 0 {
            return;
        }
        self.left -= 1;
        let Ok(bytes) = plain::read(path, FILE_BYTES) else {
            return;
        };
        for entry in parse(&bytes) {
            let included = match (entry.section.as_str(), &entry.subsection) {
                _ if entry.key != "path" => None,
                ("include", None) => entry.value.as_deref(),
                ("includeif", Some(condition)) if self.here.holds(condition, path) => {
                    entry.value.as_deref()
                }
                _ => None,
            };
            let included = included.and_then(|value| self.path_in(value, path));
            self.entries.push(entry);
            if let Some(included) = included {
                self.file(&included, depth + 1);
            }
        }
    }

    /// A path written in the file `from`: below the home, absolute, or beside `from`.
    fn path_in(&self, value: &[u8], from: &Path) -> Option<PathBuf> {
        if value.is_empty() {
            return None;
        }
        if let Some(rest) = value.strip_prefix(b"~/") {
            return Some(self.env.home()?.join(plain::path_of(rest)));
        }
        // Another user's home would have to be asked of the system.
        if value.starts_with(b"~") {
            return None;
        }
        Some(from.parent()?.join(plain::path_of(value)))
    }
}
