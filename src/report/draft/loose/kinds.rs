//! How much a summary says, by the type it names or the word it begins with.

use super::area::key;
use super::word_lists::{CHANGES, FILLER, JOINING, List, TINY, UPKEEP};
use crate::model::work_type::WorkType;

/// How much a summary says to a reader, the most first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// Something new, mended or faster.
    Change,
    /// Nothing that tells.
    Plain,
    /// Another form, tests, words, upkeep.
    Upkeep,
    /// `wip`, `fix typo`: nothing that anybody reads about.
    Filler,
}

/// What a word in front of a colon means, when it is a type and no part of the program.
#[derive(Clone, Copy, Debug)]
pub(super) struct Named {
    /// The type; unknown for words that name none.
    pub(super) kind: WorkType,
    /// How much such a summary says.
    pub(super) class: Class,
    /// The area that the type is by itself.
    pub(super) area: Option<&'static str>,
}

/// What the head `word` means as a type; `None` when it is none.
pub(super) fn of_head(word: &str) -> Option<Named> {
    let lower = word.to_lowercase();
    let kind = match lower.as_str() {
        // What a project uses is something that commits are about.
        "deps" => return None,
        "fixes" | "fixed" | "bug" => WorkType::Fix,
        "performance" => WorkType::Performance,
        "cleanup" | "clean" => WorkType::Refactor,
        "cosmetics" | "format" | "fmt" | "lint" => WorkType::Style,
        _ => WorkType::of_summary(&format!("{lower}: x")),
    };
    let (class, area) = match kind {
        WorkType::Feature | WorkType::Fix | WorkType::Performance => (Class::Change, None),
        WorkType::Test => (Class::Upkeep, Some("tests")),
        WorkType::Docs => (Class::Upkeep, Some("docs")),
        WorkType::Build => (Class::Upkeep, Some("build")),
        WorkType::Ci => (Class::Upkeep, Some("ci")),
        WorkType::Unknown | WorkType::Other => (in_general(&lower)?, None),
        _ => (Class::Upkeep, None),
    };
    Some(Named { kind, class, area })
}

/// How much a summary says behind a word that names neither a type nor a part of the program.
fn in_general(word: &str) -> Option<Class> {
    match word {
        "add" | "new" => Some(Class::Change),
        "wip" | "typo" | "nit" | "minor" | "tmp" => Some(Class::Filler),
        "misc" | "various" | "all" | "treewide" | "global" | "general" | "update" | "remove"
        | "change" | "improve" | "hack" | "note" | "todo" => Some(Class::Plain),
        _ => None,
    }
}

/// How much `text` says, where its type says `named`.
pub(super) fn of_words(text: &str, named: Option<Class>) -> Class {
    if is_filler(text) {
        return Class::Filler;
    }
    if let Some(class) = named.filter(|class| *class != Class::Plain) {
        return class;
    }
    let first = text.split([' ', ':']).next().unwrap_or_default();
    let first = first.trim_matches(|c: char| !c.is_alphanumeric());
    let first = first.to_lowercase();
    if CHANGES.contains(first.as_str()) {
        Class::Change
    } else if UPKEEP.contains(first.as_str()) {
        Class::Upkeep
    } else {
        Class::Plain
    }
}

/// Whether nobody would read about it: every word is one of small change.
fn is_filler(text: &str) -> bool {
    let words = words(text);
    let small = |word: &String| FILLER.contains(word.as_str());
    let tiny = |word: &String| TINY.contains(word.as_str());
    words.len() < 2 || words.iter().all(small) || (words.len() <= 5 && words.iter().any(tiny))
}

/// Whether a word, as [`words`] tells it, says what is done rather than what it is done to.
pub(super) fn is_general(word: &str) -> bool {
    let lists: [&List; 5] = [&CHANGES, &UPKEEP, &FILLER, &TINY, &JOINING];
    lists.iter().any(|list| list.contains(word))
}

/// The words of `text` for comparing: lower case, singular, without those that only join others.
pub(super) fn words(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-');
    let kept = parts.map(|part| part.trim_matches(['-', '_']));
    let kept = kept.filter(|part| !part.is_empty()).map(key);
    kept.filter(|word| !JOINING.contains(word.as_str()))
        .collect()
}
