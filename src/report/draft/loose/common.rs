//! Commits that name no area but share a telling word: `keymap`, `worktree`, `semver`.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::area::key;
use super::entry::Entry;
use super::kinds::is_general;
use super::word_lists::GENERAL;

/// Telling words by key, as they are written.
pub(super) type Words = BTreeMap<String, String>;

/// So many commits with a word are about it, at least.
const LEAST: usize = 3;

/// The telling words of a commit whose front names no area; of one whose front is the project's own
/// name (`project`), with those of the front.
pub(super) fn words_of(entry: &Entry<'_>, project: &[String]) -> Words {
    let mut out = Words::new();
    let front = entry.summary.area.as_ref();
    if front.is_some_and(|front| !front.keys().starts_with(project)) {
        return out;
    }
    let front = front.map_or("", |front| front.prefix(usize::MAX));
    for text in [front, &entry.summary.words] {
        for word in text.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-') {
            let word = word.trim_matches(['-', '_']);
            for part in word.split(['-', '_']).chain([word]) {
                let key = key(part);
                if !project.contains(&key) && tells(&key) {
                    out.entry(key).or_insert_with(|| part.to_owned());
                }
            }
        }
    }
    out
}

/// Whether a word may stand for what a commit is about.
fn tells(key: &str) -> bool {
    let letters = key.chars().filter(|c| c.is_alphabetic()).count();
    letters > 2 && !is_general(key) && !GENERAL.contains(key)
}

/// The words that most of the commits in `open` share, the most frequent first, each with its
/// commits; each commit goes with the first word only. A word of more than `most` tells nothing.
pub(super) fn shared(open: &[usize], words: &[Words], most: usize) -> Vec<(String, Vec<usize>)> {
    let mut left: BTreeSet<usize> = open.iter().copied().collect();
    let mut out = Vec::new();
    loop {
        let mut having: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for index in &left {
            for word in words.get(*index).into_iter().flat_map(Words::keys) {
                having.entry(word).or_default().push(*index);
            }
        }
        having.retain(|_, members| (LEAST..=most).contains(&members.len()));
        let ranked = having
            .iter()
            .map(|(word, members)| (members.len(), word.len(), Reverse(*word)));
        let Some((_, _, Reverse(word))) = ranked.max() else {
            return out;
        };
        let members = having.remove(word).unwrap_or_default();
        left.retain(|index| !members.contains(index));
        out.push((spelled(word, &members, words), members));
    }
}

/// How most of `members` write `word`.
fn spelled(word: &str, members: &[usize], words: &[Words]) -> String {
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    for index in members {
        let text = words.get(*index).and_then(|words| words.get(word));
        *found.entry(text.map_or(word, String::as_str)).or_default() += 1;
    }
    let best = found.into_iter().max_by_key(|(text, n)| (*n, *text));
    best.map_or(word, |(text, _)| text).to_owned()
}
