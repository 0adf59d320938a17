//! The state words of a file, and which parts of it are no outline.

use std::collections::{BTreeMap, BTreeSet};

use super::super::ImportError;
use super::super::input::Input;
use crate::model::stage::{Stage, Status};

/// What a first look at a file tells.
#[derive(Debug, Default)]
pub(super) struct Settings {
    /// State words, and whether each means that nothing is left to do.
    words: BTreeMap<String, bool>,
    /// Whether the file says so itself.
    pub(super) own: bool,
    /// `#+FILETAGS:`.
    pub(super) tags: Vec<String>,
    /// `#+CATEGORY:`.
    pub(super) category: Option<String>,
    /// First and last lines of blocks, in order.
    blocks: Vec<(u64, u64)>,
}

/// Words that many configurations share: for files that do not say their own.
const OPEN: [&str; 19] = [
    "TODO",
    "NEXT",
    "WAIT",
    "WAITING",
    "HOLD",
    "STARTED",
    "STRT",
    "DOING",
    "PROG",
    "INPROGRESS",
    "IN-PROGRESS",
    "REVIEW",
    "SOMEDAY",
    "MAYBE",
    "IDEA",
    "PROJ",
    "LOOP",
    "BLOCKED",
    "DELEGATED",
];
const CLOSED: [&str; 8] = [
    "DONE",
    "CANCELED",
    "CANCELLED",
    "KILL",
    "KILLED",
    "FIXED",
    "DROPPED",
    "ABANDONED",
];
/// Blocks of one file.
const BLOCKS: usize = 1_000_000;
/// State words of one file.
const WORDS: usize = 1_000;

impl Settings {
    /// Looks through a file.
    pub(super) fn of(input: &Input) -> Result<Self, ImportError> {
        let mut settings = Self::default();
        let mut logged = BTreeSet::new();
        let mut block: Option<(u64, String)> = None;
        let mut lines = input.lines()?;
        while let Some(line) = lines.next()? {
            let text = line.text.trim_start();
            if let Some((key, value)) = setting(text) {
                match key.as_str() {
                    "todo" | "seq_todo" | "typ_todo" => settings.sequence(value),
                    "filetags" => settings.tags = tags(value),
                    "category" => settings.category = Some(value.trim().to_owned()),
                    _ => {}
                }
            } else if let Some((begins, name)) = bound(text) {
                match &block {
                    Some((from, open)) if !begins && *open == name => {
                        if settings.blocks.len() < BLOCKS {
                            settings.blocks.push((*from, line.number));
                        }
                        block = None;
                    }
                    None if begins => block = Some((line.number, name)),
                    _ => {}
                }
            } else if let Some(word) = text.strip_prefix("- State \"") {
                let word = word.split('"').next().unwrap_or_default();
                if is_word(word) && logged.len() < WORDS {
                    logged.insert(word.to_owned());
                }
            }
        }
        settings.own = !settings.words.is_empty();
        if !settings.own {
            let known = OPEN.map(|word| (word, false)).into_iter();
            let known = known.chain(CLOSED.map(|word| (word, true)));
            settings.words = known.map(|(word, done)| (word.to_owned(), done)).collect();
            for word in logged {
                settings.words.entry(word).or_insert(false);
            }
        }
        Ok(settings)
    }

    /// `TODO(t!) NEXT | DONE(d!) CANCELED(c@)`; without a bar the last one is the done one.
    fn sequence(&mut self, text: &str) {
        let words: Vec<&str> = text
            .split_whitespace()
            .map(|word| word.split('(').next().unwrap_or(word))
            .filter(|word| !word.is_empty())
            .collect();
        let bar = words.iter().position(|word| *word == "|");
        let bar = bar.unwrap_or(words.len().saturating_sub(1));
        for (at, word) in words.into_iter().enumerate() {
            if word != "|" && self.words.len() < WORDS {
                self.words.insert(word.to_owned(), at >= bar);
            }
        }
    }

    /// Whether `word` is a state.
    pub(super) fn has(&self, word: &str) -> bool {
        self.words.contains_key(word)
    }

    /// Takes another state word that is said to be one.
    pub(super) fn is_done(&self, word: &str) -> bool {
        self.words
            .get(word)
            .copied()
            .unwrap_or_else(|| CLOSED.contains(&word))
    }

    /// The state that `word` means: Org itself tells only whether something is left to do.
    pub(super) fn status(&self, word: &str) -> Status {
        Status::word(word).category(self.is_done(word).then_some(Stage::Done))
    }

    /// Whether a line is within a block, given that lines are asked for in order.
    pub(super) fn in_block(&self, at: &mut usize, line: u64) -> bool {
        while self.blocks.get(*at).is_some_and(|(_, last)| *last < line) {
            *at += 1;
        }
        self.blocks
            .get(*at)
            .is_some_and(|(first, _)| *first <= line)
    }
}

/// Whether a text can be a state word.
fn is_word(text: &str) -> bool {
    !text.is_empty() && text.len() <= 60 && !text.contains(char::is_whitespace)
}

/// `#+KEY: value`, the key in lower case.
fn setting(text: &str) -> Option<(String, &str)> {
    let (key, value) = text.strip_prefix("#+")?.split_once(':')?;
    let fits = key.len() <= 20 && !key.contains(char::is_whitespace);
    fits.then(|| (key.to_lowercase(), value))
}

/// Whether the line begins or ends a block, and of which name.
fn bound(text: &str) -> Option<(bool, String)> {
    let word = text
        .strip_prefix("#+")?
        .split_whitespace()
        .next()?
        .to_lowercase();
    let begins = word
        .strip_prefix("begin_")
        .map(|name| (true, name.to_owned()));
    begins.or_else(|| Some((false, word.strip_prefix("end_")?.to_owned())))
}

/// `:a:b:` or `a b`.
pub(super) fn tags(text: &str) -> Vec<String> {
    let parts = text.split([':', ' ']).map(str::trim);
    parts
        .filter(|tag| !tag.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(text: &str) -> Settings {
        let input = Input::from_bytes(text, "x.org").unwrap();
        Settings::of(&input).unwrap()
    }

    #[test]
    fn sequences_with_and_without_a_bar_name_the_states() {
        let own = settings("#+TODO: A(a!) B(b@/!) | C(c) D\n#+seq_todo: E F\n");
        let done = |word| own.has(word).then(|| own.is_done(word));
        assert_eq!(
            ["A", "B", "C", "D"].map(done),
            [false, false, true, true].map(Some)
        );
        assert_eq!(
            ["E", "F", "TODO"].map(done),
            [Some(false), Some(true), None]
        );
    }

    #[test]
    fn a_file_that_says_nothing_has_common_words_and_those_of_its_log() {
        let usual = settings("* TODO a\n- State \"SHIP\"  from \"TODO\" [2025-10-06 Mon 10:00]\n");
        assert!(usual.has("TODO") && usual.has("SHIP") && usual.is_done("DONE") && !usual.own);
    }

    #[test]
    fn a_block_that_never_ends_is_none() {
        let blocks = settings("a\n#+begin_src org\n* TODO x\n#+END_SRC\nb\n#+begin_quote\nc\n");
        let mut at = 0;
        let inside: Vec<u64> = (1..=7)
            .filter(|line| blocks.in_block(&mut at, *line))
            .collect();
        assert_eq!(inside, [2, 3, 4]);
    }
}
