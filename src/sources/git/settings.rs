//! The few values needed from a repository's own `config`, by a plain parser.
//!
//! libgit2 is not asked: it would follow `include.path` out of the repository, which the lock
//! refuses, and then nothing of the repository could be read.

use std::path::Path;

use super::error::{GitError, shown};
use super::files;
use crate::model::place::Place;
use crate::model::text::Clean;

/// The most bytes of a `config` that are read.
const CONFIG_BYTES: u64 = 4 << 20;

/// What a repository's `config` says about how to read it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Settings {
    /// `remote.origin.url`, as written: it may hold a password, never show it.
    pub(super) origin: Option<Vec<u8>>,
    /// Objects may be left on the server.
    pub(super) partial: bool,
    /// `blame.ignoreRevsFile`, as written, those that a later empty one takes back left out.
    pub(super) ignore_revs: Vec<Vec<u8>>,
}

impl Settings {
    /// Where in the tree of `place` the lists of ignored commits lie; those outside of it are
    /// left as they are, and lead nowhere in it.
    pub(super) fn ignored_in(&self, place: &Place) -> Vec<Vec<u8>> {
        let root = place.path.as_os_str().as_encoded_bytes();
        let inside = |path: &Vec<u8>| {
            let below = path.strip_prefix(root).and_then(|p| p.strip_prefix(b"/"));
            below.unwrap_or(path).to_vec()
        };
        self.ignore_revs.iter().map(inside).collect()
    }
}

/// Reads `config`, and refuses formats that cannot be read right.
pub(super) fn read(place: &Place) -> Result<Settings, GitError> {
    let path = place.common_dir.join("config");
    let bytes = files::read_up_to(&path, CONFIG_BYTES)
        .map_err(|e| GitError::unreadable(&place.path, "config", e))?
        .unwrap_or_default();
    let entries = parse(&bytes);
    check_format(&place.path, &entries)?;
    let partial = entries.iter().any(|entry| {
        entry.key == "extensions.partialclone"
            || (entry.key.starts_with("remote.")
                && entry.key.ends_with(".promisor")
                && is_true(&entry.value))
    });
    let origin = entries
        .iter()
        .find(|e| e.key == "remote.origin.url")
        .map(|e| e.value.clone());
    Ok(Settings {
        origin,
        partial,
        ignore_revs: ignore_revs(&entries),
    })
}

fn ignore_revs(entries: &[Entry]) -> Vec<Vec<u8>> {
    let mut paths = Vec::new();
    for entry in entries.iter().filter(|e| e.key == "blame.ignorerevsfile") {
        if entry.value.is_empty() {
            paths.clear();
        } else {
            paths.push(entry.value.clone());
        }
    }
    paths
}

fn check_format(path: &Path, entries: &[Entry]) -> Result<(), GitError> {
    let last = |key: &str| entries.iter().rev().find(|e| e.key == key);
    let unknown = |what: &str| GitError::UnknownFormat {
        path: shown(path),
        what: Clean::label(what.as_bytes()),
    };
    let version = last("core.repositoryformatversion").map_or(&b"0"[..], |e| &e.value);
    let version = match version {
        b"0" | b"" => 0,
        b"1" => 1,
        other => return Err(unknown(&String::from_utf8_lossy(other))),
    };
    for entry in entries {
        let Some(name) = entry.key.strip_prefix("extensions.") else {
            continue;
        };
        let value = entry.value.to_ascii_lowercase();
        match (name, value.as_slice()) {
            // The rest of these change nothing about how history is read.
            ("objectformat", b"sha1")
            | ("refstorage", b"files")
            | (
                "noop" | "noop-v1" | "partialclone" | "preciousobjects" | "worktreeconfig"
                | "relativeworktrees" | "compatobjectformat",
                _,
            ) => {}
            ("objectformat", b"sha256") => return Err(GitError::Sha256(shown(path))),
            ("refstorage", b"reftable") => return Err(GitError::Reftable(shown(path))),
            // Before version 1 an unknown extension means nothing.
            _ if version == 0 => {}
            _ => return Err(unknown(name)),
        }
    }
    Ok(())
}

fn is_true(value: &[u8]) -> bool {
    ["true", "yes", "on", "1", ""]
        .iter()
        .any(|word| value.eq_ignore_ascii_case(word.as_bytes()))
}

/// One value: `section.subsection.name`, all but the subsection in lower case.
#[derive(Debug, PartialEq, Eq)]
struct Entry {
    key: String,
    value: Vec<u8>,
}

/// Every entry that can be made out; what is malformed is passed over.
fn parse(bytes: &[u8]) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut section = String::new();
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut lines = files::lines(bytes);
    while let Some(line) = lines.next() {
        let mut line = line.trim_ascii();
        if let Some(header) = line.strip_prefix(b"[") {
            let Some((name, rest)) = section_name(header) else {
                section.clear();
                continue;
            };
            section = name;
            line = rest.trim_ascii();
        }
        if line.is_empty() || line[0] == b'#' || line[0] == b';' || section.is_empty() {
            continue;
        }
        let end = line
            .iter()
            .position(|c| !c.is_ascii_alphanumeric() && *c != b'-')
            .unwrap_or(line.len());
        let name = String::from_utf8_lossy(&line[..end]).to_ascii_lowercase();
        let rest = line[end..].trim_ascii();
        let value = match rest.strip_prefix(b"=") {
            Some(text) => value(text, &mut lines),
            // A bare name means true, which the empty value stands for here.
            None => Vec::new(),
        };
        if !name.is_empty() {
            entries.push(Entry {
                key: format!("{section}.{name}"),
                value,
            });
        }
    }
    entries
}

/// `core]…` or `remote "origin"]…`: the section's name and what follows the bracket.
fn section_name(header: &[u8]) -> Option<(String, &[u8])> {
    let end = header.iter().position(|c| *c == b'"' || *c == b']')?;
    let mut name = String::from_utf8_lossy(header[..end].trim_ascii()).to_ascii_lowercase();
    if header[end] == b']' {
        return Some((name, &header[end + 1..]));
    }
    let mut sub = Vec::new();
    let mut rest = header[end + 1..].iter().enumerate();
    while let Some((at, c)) = rest.next() {
        match c {
            b'\\' => sub.push(*rest.next()?.1),
            b'"' => {
                let after = header[end + 2 + at..]
                    .trim_ascii_start()
                    .strip_prefix(b"]")?;
                name.push('.');
                name.push_str(&String::from_utf8_lossy(&sub));
                return Some((name, after));
            }
            c => sub.push(*c),
        }
    }
    None
}

/// A value with its quotes, escapes and comments resolved; a backslash at the end of a line
/// takes the next line in.
fn value<'a>(text: &'a [u8], lines: &mut impl Iterator<Item = &'a [u8]>) -> Vec<u8> {
    let mut out = Vec::new();
    let mut quoted = false;
    // Spaces at the end count only inside quotes.
    let mut kept = 0;
    let mut text = text.trim_ascii_start();
    loop {
        let mut chars = text.iter();
        let mut goes_on = false;
        while let Some(c) = chars.next() {
            match c {
                b'"' => quoted = !quoted,
                b'\\' => match chars.next() {
                    Some(b'n') => out.push(b'\n'),
                    Some(b't') => out.push(b'\t'),
                    Some(b'b') => out.push(8),
                    Some(other) => out.push(*other),
                    None => goes_on = true,
                },
                b'#' | b';' if !quoted => break,
                c => {
                    out.push(*c);
                    if !quoted && c.is_ascii_whitespace() {
                        continue;
                    }
                }
            }
            kept = out.len();
        }
        match goes_on.then(|| lines.next()).flatten() {
            Some(next) => text = next,
            None => break,
        }
    }
    out.truncate(kept);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(text: &str) -> Vec<(String, String)> {
        parse(text.as_bytes())
            .into_iter()
            .map(|e| (e.key, String::from_utf8(e.value).unwrap()))
            .collect()
    }

    fn one(text: &str) -> (String, String) {
        let mut all = entries(text);
        assert_eq!(all.len(), 1, "{all:?}");
        all.remove(0)
    }

    #[test]
    fn sections_names_and_values_are_read_as_git_documents_them() {
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(
            one("[Core]\n\tBare = true # yes"),
            pair("core.bare", "true")
        );
        assert_eq!(one("[core] bare"), pair("core.bare", ""));
        assert_eq!(
            one("[remote \"Or\\\"igin\"]\nurl = \" a;b \" c  ; no"),
            pair("remote.Or\"igin.url", " a;b  c")
        );
        assert_eq!(one("[a]\nb = one\\\n two"), pair("a.b", "one two"));
        assert!(entries("[broken\nb = 1\n= 2\n").is_empty());
    }

    #[test]
    fn a_line_after_a_continued_one_is_its_own() {
        let all = entries("[a]\nb = one \\\n two\nc = 3\n");
        assert_eq!(all[1], ("a.c".to_owned(), "3".to_owned()));
    }

    #[test]
    fn an_empty_list_of_ignored_commits_takes_back_the_ones_before() {
        let paths = |text: &str| ignore_revs(&parse(text.as_bytes()));
        let text = "[blame]\nignoreRevsFile = a\nignoreRevsFile = b/c\n";
        assert_eq!(paths(text), [b"a".to_vec(), b"b/c".to_vec()]);
        assert_eq!(
            paths(&format!("{text}ignoreRevsFile =\nignoreRevsFile = d\n")),
            [b"d".to_vec()]
        );
    }

    fn format(text: &str) -> Result<(), GitError> {
        check_format(Path::new("/r"), &parse(text.as_bytes()))
    }

    #[test]
    fn formats_that_cannot_be_read_are_refused_by_name() {
        let v1 = "[core]\nrepositoryformatversion = 1\n[extensions]\n";
        assert!(format("").is_ok());
        assert!(format(&format!("{v1}partialClone = origin")).is_ok());
        assert!(format("[extensions]\nnew = 1").is_ok());
        assert!(matches!(
            format(&format!("{v1}objectFormat = sha256")),
            Err(GitError::Sha256(_))
        ));
        assert!(matches!(
            format(&format!("{v1}refStorage = reftable")),
            Err(GitError::Reftable(_))
        ));
        assert!(matches!(
            format(&format!("{v1}new = 1")),
            Err(GitError::UnknownFormat { .. })
        ));
        let newer = format("[core]\nrepositoryformatversion = 2").unwrap_err();
        assert_eq!(
            newer.to_string(),
            "/r uses the unknown repository format 2: a newer inward may read it"
        );
    }
}
