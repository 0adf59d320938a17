//! How well a text answers what was typed: whole name, beginning, beginnings of words, letters in
//! their order. The palette and the search for tasks rank alike.

use crate::model::ids::TaskId;
use crate::model::text::Clean;

/// How well something matches, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// Its name is what was typed.
    Whole,
    /// Its name begins so.
    Beginning,
    /// Words of its name begin so.
    NameWords,
    /// Words of its name or text begin so.
    Words,
    /// Every word typed stands somewhere in it.
    Inside,
    /// The letters stand in it in their order.
    Letters,
}

/// How well something called `name` and described by `text` answers `typed`; `None` when it does
/// not. All three in lower case; an empty `typed` is answered by everything.
pub fn rank(typed: &str, name: &str, text: &str) -> Option<Rank> {
    let typed = typed.trim();
    if let Some(rest) = begins_with(name, typed) {
        return Some(if rest { Rank::Beginning } else { Rank::Whole });
    }
    let begins = |at: &str, word: &str| parts(at).any(|part| part.starts_with(word));
    let all = |holds: &dyn Fn(&str) -> bool| typed.split_whitespace().all(holds);
    if all(&|word| begins(name, word)) {
        return Some(Rank::NameWords);
    }
    if all(&|word| begins(name, word) || begins(text, word)) {
        return Some(Rank::Words);
    }
    if all(&|word| name.contains(word) || text.contains(word)) {
        return Some(Rank::Inside);
    }
    let letters = typed.chars().filter(|c| !c.is_whitespace());
    let mut from = name.chars().chain(text.chars());
    let mut letters = letters.into_iter();
    letters
        .all(|wanted| from.any(|c| c == wanted))
        .then_some(Rank::Letters)
}

/// Whether more follows in `name` after `typed`; `None` where it does not begin so. The signs that
/// join words are one: `cycle time` is `cycle_time`.
fn begins_with(name: &str, typed: &str) -> Option<bool> {
    let plain = |c: char| if matches!(c, '_' | '-') { ' ' } else { c };
    let mut from = name.chars().map(plain);
    let all = typed.chars().map(plain).all(|c| from.next() == Some(c));
    all.then(|| from.next().is_some())
}

/// Every place where a word of `text` begins, to the end of the text: after a sign, and where
/// digits follow letters. So `ing-7`, `7` and `#12` are found, and `har-17` too.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut before = None;
    text.char_indices().filter_map(move |(at, c)| {
        let word = before.is_none_or(|b: char| {
            !b.is_alphanumeric() || (c.is_ascii_digit() && !b.is_ascii_digit())
        });
        before = Some(c);
        word.then(|| text.get(at..)).flatten()
    })
}

/// A task that answers what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskHit {
    /// Its row in the store.
    pub id: TaskId,
    /// What people call it.
    pub key: Clean,
    /// Its title; empty where none is kept.
    pub title: Clean,
}

/// At most `most` of `tasks` that answer `typed`, the best first, ties in the order of `tasks`.
/// Letters that only stand somewhere in their order are too weak a sign among thousands of titles.
pub fn tasks<'a>(
    typed: &str,
    tasks: impl Iterator<Item = (TaskId, &'a Clean, &'a Clean)>,
    most: usize,
) -> Vec<TaskHit> {
    let typed = typed.to_lowercase();
    let mut found: Vec<(Rank, usize, (TaskId, &Clean, &Clean))> = Vec::new();
    for (at, task) in tasks.enumerate() {
        let (key, title) = (task.1.as_str(), task.2.as_str());
        let rank = rank(&typed, &key.to_lowercase(), &title.to_lowercase());
        if let Some(rank) = rank.filter(|rank| *rank < Rank::Letters) {
            found.push((rank, at, task));
        }
    }
    found.sort_unstable_by_key(|(rank, at, _)| (*rank, *at));
    found.truncate(most);
    let hit = |(_, _, (id, key, title)): (Rank, usize, (TaskId, &Clean, &Clean))| TaskHit {
        id,
        key: key.clone(),
        title: title.clone(),
    };
    found.into_iter().map(hit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_name_comes_before_its_beginning_before_words_before_letters() {
        let of = |typed| rank(typed, "ing-7", "retry the queue");
        assert_eq!(of("ing-7"), Some(Rank::Whole));
        assert_eq!(of("ing 7"), Some(Rank::Whole));
        assert_eq!(of("ing"), Some(Rank::Beginning));
        assert_eq!(of("7"), Some(Rank::NameWords));
        assert_eq!(of("queue ret"), Some(Rank::Words));
        assert_eq!(of("eue 7"), Some(Rank::Inside));
        assert_eq!(of("igrtq"), Some(Rank::Letters));
        assert_eq!(of("zebra"), None);
        assert_eq!(rank("", "x", ""), Some(Rank::Beginning));
        assert!(Rank::Whole < Rank::Beginning && Rank::Inside < Rank::Letters);
    }

    #[test]
    fn the_exact_key_leads_and_the_number_is_bounded() {
        let clean = |text: &str| Clean::label(text.as_bytes());
        let all: Vec<_> = (0..20_000_i64)
            .map(|n| {
                (
                    TaskId(n),
                    clean(&format!("ING-{n}")),
                    clean("Split the importer"),
                )
            })
            .collect();
        let found = |typed| {
            let rows = all.iter().map(|(id, key, title)| (*id, key, title));
            tasks(typed, rows, 12)
        };
        let keys: Vec<_> = found("ing-17").iter().map(|one| one.id.0).collect();
        assert_eq!(keys.len(), 12);
        assert_eq!(keys[..3], [17, 170, 171]);
        assert_eq!(found("importer 19999")[0].id, TaskId(19_999));
        assert!(found("nowhere").is_empty());
    }
}
