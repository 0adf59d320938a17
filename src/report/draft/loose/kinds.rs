//! How much a summary says, by the type it names or the word it begins with.

use super::area::key;
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
    let (kind, class, area) = match word.to_lowercase().as_str() {
        "feat" | "feature" => (WorkType::Feature, Class::Change, None),
        "add" | "new" => (WorkType::Unknown, Class::Change, None),
        "fix" | "fixes" | "fixed" | "bugfix" | "hotfix" | "bug" => {
            (WorkType::Fix, Class::Change, None)
        }
        "perf" | "performance" => (WorkType::Performance, Class::Change, None),
        "refactor" | "refac" | "cleanup" | "clean" => (WorkType::Refactor, Class::Upkeep, None),
        "test" | "tests" => (WorkType::Test, Class::Upkeep, Some("tests")),
        "docs" | "doc" => (WorkType::Docs, Class::Upkeep, Some("docs")),
        "style" | "cosmetics" | "format" | "fmt" | "lint" => (WorkType::Style, Class::Upkeep, None),
        "build" => (WorkType::Build, Class::Upkeep, Some("build")),
        "ci" => (WorkType::Ci, Class::Upkeep, Some("ci")),
        "chore" => (WorkType::Chore, Class::Upkeep, None),
        "revert" => (WorkType::Revert, Class::Upkeep, None),
        "wip" | "typo" | "nit" | "minor" | "tmp" => (WorkType::Unknown, Class::Filler, None),
        "misc" | "various" | "all" | "treewide" | "global" | "general" | "update" | "remove"
        | "change" | "improve" | "hack" | "note" | "todo" => {
            (WorkType::Unknown, Class::Plain, None)
        }
        _ => return None,
    };
    Some(Named { kind, class, area })
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
    if CHANGES.contains(&first.as_str()) {
        Class::Change
    } else if UPKEEP.contains(&first.as_str()) {
        Class::Upkeep
    } else {
        Class::Plain
    }
}

/// Words that begin a summary of something new, mended or faster.
const CHANGES: &[&str] = &[
    "add",
    "added",
    "adds",
    "allow",
    "correct",
    "correctly",
    "create",
    "detect",
    "display",
    "enable",
    "expose",
    "fix",
    "fixed",
    "fixes",
    "handle",
    "implement",
    "improve",
    "introduce",
    "learn",
    "new",
    "optimize",
    "prevent",
    "print",
    "provide",
    "report",
    "repair",
    "resolve",
    "show",
    "speed",
    "stabilize",
    "support",
    "teach",
    "validate",
    "warn",
];

/// Words that begin a summary of upkeep.
const UPKEEP: &[&str] = &[
    "bump",
    "clarify",
    "clean",
    "cleanup",
    "comment",
    "copy",
    "delete",
    "doc",
    "docs",
    "document",
    "downgrade",
    "extract",
    "factor",
    "flatten",
    "inline",
    "mention",
    "merge",
    "move",
    "pass",
    "refactor",
    "reformat",
    "regenerate",
    "rename",
    "reorganize",
    "reorder",
    "restructure",
    "revert",
    "rewrite",
    "simplify",
    "sort",
    "split",
    "sync",
    "test",
    "tests",
    "update",
    "upgrade",
];

/// Whether nobody would read about it: every word is one of small change.
fn is_filler(text: &str) -> bool {
    let words = words(text);
    let small = |word: &String| FILLER.contains(&word.as_str());
    let tiny = |word: &String| TINY.contains(&word.as_str());
    words.len() < 2 || words.iter().all(small) || (words.len() <= 5 && words.iter().any(tiny))
}

/// Whether a word, as [`words`] tells it, says what is done rather than what it is done to.
pub(super) fn is_general(word: &str) -> bool {
    [CHANGES, UPKEEP, FILLER, TINY, JOINING]
        .iter()
        .any(|list| list.contains(&word))
}

/// Words that say nothing without another.
const FILLER: &[&str] = &[
    "address",
    "apply",
    "build",
    "change",
    "clean",
    "cleanup",
    "clippy",
    "code",
    "comment",
    "cosmetic",
    "feedback",
    "fix",
    "fmt",
    "format",
    "formatting",
    "from",
    "header",
    "improve",
    "indentation",
    "lint",
    "minor",
    "misc",
    "more",
    "my",
    "nit",
    "oop",
    "pr",
    "progress",
    "readme",
    "remove",
    "review",
    "rustfmt",
    "small",
    "some",
    "stuff",
    "style",
    "suggestion",
    "temp",
    "test",
    "this",
    "tmp",
    "tweak",
    "typo",
    "unbreak",
    "unused",
    "up",
    "update",
    "various",
    "warning",
    "whitespace",
    "wip",
    "work",
];

/// Words that make a short summary small change.
const TINY: &[&str] = &[
    "typo",
    "whitespace",
    "cosmetic",
    "indentation",
    "spelling",
    "misspelling",
    "mistake",
    "wip",
];

/// The words of `text` for comparing: lower case, singular, without those that only join others.
pub(super) fn words(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-');
    let kept = parts.map(|part| part.trim_matches(['-', '_']));
    let kept = kept.filter(|part| !part.is_empty()).map(key);
    kept.filter(|word| !JOINING.contains(&word.as_str()))
        .collect()
}

const JOINING: &[&str] = &[
    "a", "an", "and", "as", "at", "be", "by", "for", "if", "in", "is", "it", "its", "not", "of",
    "on", "or", "so", "that", "the", "to", "when", "with",
];
