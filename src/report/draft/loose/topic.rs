//! The topic of a branch: never who made it.

use std::collections::BTreeSet;

use super::area::{Area, key};
use super::entry::Entry;
use super::kinds::words;

/// The words that a project's summaries, areas and folders use; names of branches in summaries of
/// merges are not among them.
pub(super) fn vocabulary(entries: &[Entry<'_>]) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for entry in entries {
        let folder = entry
            .done
            .folder
            .as_ref()
            .map_or("", |folder| folder.as_str());
        let texts = [entry.summary.words.as_str(), folder];
        out.extend(texts.into_iter().flat_map(words).flat_map(parts));
        out.extend(entry.summary.area.iter().flat_map(Area::keys));
    }
    out
}

fn parts(word: String) -> Vec<String> {
    let mut out: Vec<String> = word.split(['-', '_']).map(key).collect();
    out.push(word);
    out
}

/// What the branch `name` is about: its last level, from the first word that the project's own texts
/// use. A name of a person is none of these; without such a word nothing is known.
pub(super) fn topic(name: &str, vocabulary: &BTreeSet<String>) -> Option<Area> {
    let last = name.rsplit('/').next()?;
    if name.contains("patch-") || COMMON.contains(&last.to_lowercase().as_str()) {
        return None;
    }
    let is_word =
        |part: &&str| part.chars().any(char::is_alphabetic) && vocabulary.contains(&key(part));
    let from = last.split(['-', '_']).find(is_word)?;
    let start = from.as_ptr().addr() - last.as_ptr().addr();
    Area::whole(last.get(start..)?)
}

/// Branches that everything lies on.
const COMMON: &[&str] = &[
    "dev",
    "develop",
    "development",
    "gh-pages",
    "head",
    "main",
    "master",
    "next",
    "production",
    "release",
    "stable",
    "staging",
    "trunk",
    "wip",
];
