//! Conditions of `includeIf`.

use std::fs;
use std::path::Path;

use crate::guard::plain;
use crate::model::place::Place;

use super::glob;

/// What conditions are judged by.
pub(super) struct Here<'a> {
    /// The repository, if any.
    pub(super) place: Option<&'a Place>,
    /// The branch that is checked out.
    pub(super) branch: Option<Vec<u8>>,
    /// Every remote's URL, as far as known.
    pub(super) remotes: Vec<Vec<u8>>,
    /// The owner's home.
    pub(super) home: Option<&'a Path>,
}

impl Here<'_> {
    /// Whether the condition, written in the file `from`, holds. Unknown ones do not.
    pub(super) fn holds(&self, condition: &[u8], from: &Path) -> bool {
        if let Some(pattern) = condition.strip_prefix(b"gitdir:") {
            self.in_git_dir(pattern, from, false)
        } else if let Some(pattern) = condition.strip_prefix(b"gitdir/i:") {
            self.in_git_dir(pattern, from, true)
        } else if let Some(pattern) = condition.strip_prefix(b"onbranch:") {
            let mut pattern = pattern.to_vec();
            add_rest(&mut pattern);
            self.branch
                .as_ref()
                .is_some_and(|branch| glob::matches(&pattern, branch, false))
        } else if let Some(pattern) = condition.strip_prefix(b"hasconfig:remote.*.url:") {
            self.remotes
                .iter()
                .any(|url| glob::matches(pattern, url, false))
        } else {
            false
        }
    }

    fn in_git_dir(&self, pattern: &[u8], from: &Path, any_case: bool) -> bool {
        let Some(place) = self.place else {
            return false;
        };
        let git_dir = plain::bytes_of(&place.git_dir);
        let below = |folder: &Path, rest: &[u8]| {
            let mut whole = plain::bytes_of(folder);
            whole.push(b'/');
            whole.extend_from_slice(rest);
            whole
        };
        let real = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        // What stands before the pattern is a path, in which stars are ordinary letters.
        let mut patterns = Vec::new();
        if let Some(rest) = pattern.strip_prefix(b"~/") {
            if let Some(home) = self.home {
                patterns.push(below(&plain::path_of(&escaped(&real(home))), rest));
            }
        } else if let Some(rest) = pattern.strip_prefix(b"./") {
            let folder = from.parent().unwrap_or(from);
            patterns.push(below(&plain::path_of(&escaped(&real(folder))), rest));
        } else if Path::new(&plain::path_of(pattern)).is_absolute() {
            patterns.push(pattern.to_vec());
            patterns.extend(through_links(pattern));
        } else {
            patterns.push([b"**/", pattern].concat());
        }
        patterns.into_iter().any(|mut pattern| {
            add_rest(&mut pattern);
            glob::matches(&pattern, &git_dir, any_case)
        })
    }
}

/// A pattern that ends in a slash means everything below.
fn add_rest(pattern: &mut Vec<u8>) {
    if pattern.ends_with(b"/") {
        pattern.extend_from_slice(b"**");
    }
}

/// A path as a pattern that matches only itself.
fn escaped(path: &Path) -> Vec<u8> {
    let mut out = Vec::new();
    for byte in plain::bytes_of(path) {
        if matches!(byte, b'*' | b'?' | b'[' | b'\\') {
            out.push(b'\\');
        }
        out.push(byte);
    }
    out
}

/// A pattern that is a plain path is also tried with its links followed, since the repository's
/// own path has none.
fn through_links(pattern: &[u8]) -> Option<Vec<u8>> {
    let folder = pattern.strip_suffix(b"/").unwrap_or(pattern);
    if folder
        .iter()
        .any(|byte| matches!(byte, b'*' | b'?' | b'[' | b'\\'))
    {
        return None;
    }
    let mut real = escaped(&fs::canonicalize(plain::path_of(folder)).ok()?);
    real.extend_from_slice(pattern.get(folder.len()..)?);
    Some(real)
}

/// The branch that `HEAD` names; `None` when detached or unreadable.
pub(super) fn branch_of(place: &Place) -> Option<Vec<u8>> {
    let head = plain::read(&place.git_dir.join("HEAD"), 4096).ok()?;
    let name = head.strip_prefix(b"ref:")?.trim_ascii();
    Some(name.strip_prefix(b"refs/heads/")?.to_vec())
}
