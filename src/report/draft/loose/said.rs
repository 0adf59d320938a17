//! Which summaries of a piece say most.

use std::collections::BTreeMap;

use super::kinds::{Class, words};
use crate::model::work_type::WorkType;
use crate::report::draft::document::Said;

/// What one commit would say.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// The line; not empty.
    pub(super) text: String,
    /// How much it says.
    pub(super) class: Class,
    /// The type that it names.
    pub(super) kind: Option<WorkType>,
    /// It names the piece's area itself.
    pub(super) own: bool,
    /// Its lines that count.
    pub(super) lines: u64,
    /// Ids of the commits that say so, the oldest first.
    pub(super) ids: Vec<String>,
}

/// The at most `most` lines that say most, the oldest first. `candidates` come by age. Those in the
/// same words are one; nearly the same words are said once; small change only where nothing else is.
pub(super) fn said(candidates: Vec<Candidate>, most: usize) -> Vec<Said> {
    let mut lines = told_apart(candidates);
    let best = |line: &Line| {
        (
            line.candidate.class,
            !line.candidate.own,
            std::cmp::Reverse(line.candidate.lines),
            line.at,
        )
    };
    lines.sort_by_key(best);
    let mut chosen: Vec<Line> = Vec::new();
    for line in lines {
        let small = line.candidate.class == Class::Filler;
        let new = chosen.iter().all(|other| !alike(&other.words, &line.words));
        if chosen.len() < most && new && (!small || chosen.is_empty()) {
            chosen.push(line);
        }
    }
    chosen.sort_by_key(|line| line.at);
    let out = chosen.into_iter().map(|line| Said {
        text: line.candidate.text,
        kind: line.candidate.kind.map(WorkType::name),
        ids: line.candidate.ids,
    });
    out.collect()
}

/// Commits that say one thing.
struct Line {
    /// The place of the oldest.
    at: usize,
    /// Its words, sorted.
    words: Vec<String>,
    candidate: Candidate,
}

/// One line for the same words; the best of their texts stands for it.
fn told_apart(candidates: Vec<Candidate>) -> Vec<Line> {
    let mut found: BTreeMap<Vec<String>, Line> = BTreeMap::new();
    for (at, candidate) in candidates.into_iter().enumerate() {
        let mut words = words(&candidate.text);
        words.sort_unstable();
        words.dedup();
        if words.is_empty() {
            words.push(candidate.text.clone());
        }
        let Some(line) = found.get_mut(&words) else {
            found.insert(
                words.clone(),
                Line {
                    at,
                    words,
                    candidate,
                },
            );
            continue;
        };
        line.candidate.ids.extend(candidate.ids);
        line.candidate.lines += candidate.lines;
        line.candidate.class = line.candidate.class.min(candidate.class);
        line.candidate.kind = line.candidate.kind.or(candidate.kind);
    }
    found.into_values().collect()
}

/// Whether two lines share at least half of all their words. Both are sorted.
fn alike(a: &[String], b: &[String]) -> bool {
    let shared = a
        .iter()
        .filter(|word| b.binary_search(word).is_ok())
        .count();
    shared * 2 >= a.len() + b.len() - shared
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(text: &str, class: Class, lines: u64, id: &str) -> Candidate {
        Candidate {
            text: text.to_owned(),
            class,
            kind: None,
            own: true,
            lines,
            ids: vec![id.to_owned()],
        }
    }

    fn texts(said: &[Said]) -> Vec<&str> {
        said.iter().map(|said| said.text.as_str()).collect()
    }

    #[test]
    fn changes_come_before_upkeep_large_before_small_and_are_told_by_age() {
        let said = said(
            vec![
                candidate("Rename the world", Class::Upkeep, 900, "a"),
                candidate("Mend the pump", Class::Change, 2, "b"),
                candidate("Add a crane", Class::Change, 80, "c"),
                candidate("Typo", Class::Filler, 1, "d"),
            ],
            2,
        );
        assert_eq!(texts(&said), ["Mend the pump", "Add a crane"]);
    }

    #[test]
    fn the_same_words_are_one_line_with_every_id() {
        let said = said(
            vec![
                candidate("Update the list of contributors", Class::Upkeep, 2, "a"),
                candidate("update list of contributors", Class::Upkeep, 2, "b"),
            ],
            3,
        );
        assert_eq!(texts(&said), ["Update the list of contributors"]);
        assert_eq!(said[0].ids, ["a", "b"]);
    }

    #[test]
    fn nearly_the_same_words_do_not_take_two_lines() {
        let said = said(
            vec![
                candidate("Add a hint to the outer error", Class::Change, 9, "a"),
                candidate("Add a hint to the inner error", Class::Change, 8, "b"),
                candidate("Read the mailmap", Class::Plain, 1, "c"),
            ],
            2,
        );
        assert_eq!(
            texts(&said),
            ["Add a hint to the outer error", "Read the mailmap"]
        );
    }

    #[test]
    fn small_change_is_said_only_where_nothing_else_is() {
        let said = said(
            vec![
                candidate("Typo", Class::Filler, 1, "a"),
                candidate("Wip", Class::Filler, 3, "b"),
            ],
            3,
        );
        assert_eq!(texts(&said), ["Wip"]);
    }
}
