//! What a summary says: its type, its area, and the words behind both.

use super::area::Area;
use super::head::{first_of, head};
use super::kinds::{Class, Named, of_head, of_words};
use crate::model::work_type::WorkType;

/// A summary, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Summary {
    /// The part of the program that it names in front.
    pub(super) area: Option<Area>,
    /// The area that its type is by itself: `docs`, `tests`, `ci`, `build`.
    pub(super) type_area: Option<&'static str>,
    /// The type that it names.
    pub(super) kind: Option<WorkType>,
    /// How much it says.
    pub(super) class: Class,
    /// The words without what stands in front; empty when there are none.
    pub(super) words: String,
    /// How often it takes another commit back: 1 for a revert, 2 for a revert of one.
    pub(super) reverts: usize,
}

/// The summary without signs of a later rewriting (`fixup!`) and numbers of pull requests: what a
/// commit and those that mend or revert it have in common.
pub(super) fn subject(summary: &str) -> (&str, usize) {
    let mut text = without_numbers(summary.trim());
    let mut reverts = 0;
    loop {
        let mending = ["fixup! ", "squash! ", "amend! "];
        if let Some(rest) = mending.iter().find_map(|sign| text.strip_prefix(sign)) {
            text = without_numbers(rest.trim_start());
        } else if let Some(rest) = text.strip_prefix("Revert \"").and_then(unquoted) {
            reverts += 1;
            text = without_numbers(rest);
        } else if let Some(rest) = text.strip_prefix("Reapply \"").and_then(unquoted) {
            reverts += 2;
            text = without_numbers(rest);
        } else {
            return (text, reverts);
        }
    }
}

/// What stands before the closing quote, and all when a long summary was cut before it; `None` when
/// the quote ends within.
fn unquoted(text: &str) -> Option<&str> {
    text.strip_suffix('"').or_else(|| text.strip_suffix('…'))
}

/// Without `(#12)` at the end.
fn without_numbers(text: &str) -> &str {
    let mut text = text;
    while let Some((rest, number)) = text.strip_suffix(')').and_then(|cut| cut.rsplit_once(" (")) {
        let digits = number
            .trim_start_matches(['#', '!'])
            .trim_start_matches("GH-");
        if digits.len() == number.len() || !all_digits(digits) {
            break;
        }
        text = rest.trim_end();
    }
    text
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Takes `summary` apart. `known` says whether several commits of the project begin with such a head
/// of several words.
pub(super) fn read(summary: &str, known: &dyn Fn(&str) -> bool) -> Summary {
    let (text, reverts) = subject(summary);
    let text = merged(text).unwrap_or_else(|| text.to_owned());
    let mut rest = without_emoji(&text);
    let mut levels: Vec<&str> = Vec::new();
    let mut named: Option<Named> = None;
    while levels.len() < 3 {
        let Some((front, behind)) = head(rest) else {
            break;
        };
        match of_head(front.word) {
            // A type stands first, or not at all.
            Some(kind) if levels.is_empty() && named.is_none() => named = Some(kind),
            None if front.is_area(!levels.is_empty(), known) => levels.push(first_of(front.word)),
            _ => break,
        }
        levels.extend(front.scope.map(first_of));
        rest = behind;
    }
    let says = rest.chars().any(char::is_alphanumeric);
    let rest = if says { rest.trim() } else { "" };
    let kind = named.map(|named| named.kind);
    let kind = if reverts % 2 == 1 {
        Some(WorkType::Revert)
    } else {
        kind
    };
    Summary {
        area: Area::new(levels.iter().flat_map(|level| level.split('/'))),
        type_area: named.and_then(|named| named.area),
        kind: kind.filter(|kind| *kind != WorkType::Unknown),
        class: of_words(rest, named.map(|named| named.class)),
        words: rest.to_owned(),
        reverts,
    }
}

/// Every head of several words that `summary` may begin with.
pub(super) fn head_of(summary: &str) -> Option<&str> {
    let (text, _) = subject(summary);
    head(text).map(|(front, _)| front.word)
}

/// The words of a merge without the names in it: what follows its branch, else the branch's topic.
fn merged(text: &str) -> Option<String> {
    let rest = text.strip_prefix("Merge ")?;
    let from = |sign: &str| rest.split_once(sign).map(|(_, rest)| rest);
    let branch = if rest.starts_with("pull request #") {
        from(" from ")?
    } else {
        from("branch '").or_else(|| from("remote-tracking branch '"))?
    };
    let (branch, said) = match branch.split_once([':', ' ']) {
        Some((branch, said)) if !said.trim_start().starts_with("into ") => (branch, said.trim()),
        Some((branch, _)) => (branch, ""),
        None => (branch, ""),
    };
    if !said.is_empty() && !said.starts_with("of ") {
        return Some(said.to_owned());
    }
    let topic = branch.trim_matches('\'').rsplit('/').next()?;
    Some(topic.replace(['-', '_'], " "))
}

/// Without a picture, or its name between colons, in front.
fn without_emoji(text: &str) -> &str {
    let text = text.trim_start_matches(|c: char| !c.is_ascii() && !c.is_alphanumeric() || c == ' ');
    let Some((name, rest)) = text
        .strip_prefix(':')
        .and_then(|text| text.split_once(": "))
    else {
        return text;
    };
    let is_name = name
        .bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if is_name { rest.trim_start() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Area, type, words.
    fn taken_apart(summary: &str) -> (String, &'static str, String) {
        let read = read(summary, &|head| head == "cli git");
        let area = read
            .area
            .map_or_else(String::new, |area| area.prefix(usize::MAX).to_owned());
        (area, read.kind.map_or("", WorkType::name), read.words)
    }

    #[test]
    fn a_summary_is_taken_apart_whatever_convention_it_follows() {
        for (summary, area, kind, words) in [
            ("player/command: add x", "player/command", "", "add x"),
            ("fix(resolver)!: stop", "resolver", "fix", "stop"),
            ("feat: stop", "", "feature", "stop"),
            ("docs/man: stop", "docs/man", "", "stop"),
            ("[api] stop", "api", "", "stop"),
            ("[api] fix: stop", "api", "", "fix: stop"),
            ("cli git: fetch", "cli git", "", "fetch"),
            ("cli: branch: fetch", "cli/branch", "", "fetch"),
            ("input, lua: wait", "input", "", "wait"),
            (
                "magit-{un,}stage-file: ask",
                "magit-{un,}stage-file",
                "",
                "ask",
            ),
            ("AUTHORS.md: add one", "AUTHORS.md", "", "add one"),
            ("various: add checks", "", "", "add checks"),
            (":bug: fix(ui): stop", "ui", "fix", "stop"),
            ("🐛 stop it", "", "", "stop it"),
            ("stop it (#12) (!13)", "", "", "stop it"),
            ("stop it (again)", "", "", "stop it (again)"),
            (
                "see https://example.org: it",
                "",
                "",
                "see https://example.org: it",
            ),
            ("@alice: look", "", "", "@alice: look"),
            ("ui:", "", "", "ui:"),
            ("…", "", "", ""),
        ] {
            let expected = (area.to_owned(), kind, words.to_owned());
            assert_eq!(taken_apart(summary), expected, "{summary}");
        }
    }

    #[test]
    fn what_mends_and_what_reverts_has_the_subject_of_its_target() {
        for (summary, expected) in [
            ("stop (#12)", ("stop", 0)),
            ("fixup! squash! stop", ("stop", 0)),
            ("Revert \"stop (#12)\" (#13)", ("stop", 1)),
            ("Revert \"Revert \"stop\"\"", ("stop", 2)),
            ("Reapply \"stop\"", ("stop", 2)),
            ("Revert \"a very long one…", ("a very long one", 1)),
            ("Revert \"#12\" and go on", ("Revert \"#12\" and go on", 0)),
        ] {
            assert_eq!(subject(summary), expected, "{summary}");
        }
    }

    #[test]
    fn small_change_is_told_from_work() {
        for summary in [
            "wip",
            "fix typo",
            "Fix some doc typos",
            "ui: whitespace cosmetics",
            "apply review feedback",
        ] {
            assert_eq!(read(summary, &|_| false).class, Class::Filler, "{summary}");
        }
        for (summary, class) in [
            ("fix the valve", Class::Change),
            ("ui: add a valve", Class::Change),
            ("fix(ui): rename the valve", Class::Change),
            ("docs: add a page on valves", Class::Upkeep),
            ("rename the valve", Class::Upkeep),
            ("the valve closes at night", Class::Plain),
        ] {
            assert_eq!(read(summary, &|_| false).class, class, "{summary}");
        }
    }
}
