//! The owner's own lines: any words, and a look at what they would give away.

use super::profile::Profile;
use crate::model::text::Clean;

/// At most so many own lines.
pub const OWN_LINES: usize = 10;
/// Each of at most so many characters.
pub const OWN_CHARS: usize = 200;

/// Names that a line should not tell: what the caller knows of repositories, tasks and the owner.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Names of repositories and projects.
    pub repositories: Vec<Clean>,
    /// Keys of tasks.
    pub tasks: Vec<Clean>,
    /// Names and addresses of the owner.
    pub me: Vec<Clean>,
}

/// Something in an own line that can be looked up elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Concern {
    /// It names a repository or a project.
    Repository,
    /// It names a task, or looks like the key of one.
    Task,
    /// It names the owner.
    Owner,
    /// It has an address, or a link.
    Address,
    /// It has a number.
    Number,
}

impl Concern {
    /// What is said of a line with it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Repository => "names a repository or a project",
            Self::Task => "names a task",
            Self::Owner => "names you",
            Self::Address => "has an address or a link",
            Self::Number => "has a number",
        }
    }

    /// Whether a file of `profile` is refused for it. Of a pooled summary each of them can be looked
    /// up and leads to its author; a reader who knows the author learns nothing new by it.
    pub fn refuses(self, profile: Profile) -> bool {
        profile == Profile::Pooled
    }
}

/// What in `line` can be looked up elsewhere, sorted, each once.
pub fn concerns(line: &Clean, known: &Known) -> Vec<Concern> {
    let text = line.as_str().to_lowercase();
    let names = |all: &[Clean]| all.iter().any(|name| holds(&text, name.as_str()));
    let mut found = Vec::new();
    let mut note = |holds: bool, concern| found.extend(holds.then_some(concern));
    note(names(&known.repositories), Concern::Repository);
    note(
        names(&known.tasks) || text.split_whitespace().any(is_key),
        Concern::Task,
    );
    note(names(&known.me), Concern::Owner);
    let address = ["@", "://", "www."].iter().any(|mark| text.contains(mark));
    note(address, Concern::Address);
    note(text.chars().any(char::is_numeric), Concern::Number);
    found
}

/// Whether `text` (in lower case) has `name` as words of its own.
fn holds(text: &str, name: &str) -> bool {
    let name = name.to_lowercase();
    // A name of one or two letters would be found in everything.
    name.chars().count() > 2
        && text.match_indices(&name).any(|(at, _)| {
            let before = text.get(..at).and_then(|text| text.chars().next_back());
            let after = text
                .get(at + name.len()..)
                .and_then(|text| text.chars().next());
            ![before, after]
                .into_iter()
                .flatten()
                .any(char::is_alphanumeric)
        })
}

/// `abc-123` or `#123`, whatever stands around it.
fn is_key(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '#');
    let numbered = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    match word.split_once(['-', '#']) {
        Some((_, number)) => numbered(number),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str) -> Vec<Concern> {
        let label = |text: &str| Clean::label(text.as_bytes());
        let known = Known {
            repositories: vec![label("Lighthouse"), label("ab")],
            tasks: vec![label("OPS-7")],
            me: vec![label("Ada Lovelace"), label("ada@example.com")],
        };
        concerns(&label(line), &known)
    }

    #[test]
    fn a_line_of_plain_words_gives_no_concern() {
        for line in [
            "Waiting for a decision cost most of it",
            "abroad, lighthouses, no key-word",
        ] {
            assert_eq!(of(line), [], "{line}");
        }
    }

    #[test]
    fn what_can_be_looked_up_is_named() {
        for (line, concern) in [
            ("Moved lighthouse to the new layout", Concern::Repository),
            ("Closed (ops-7)", Concern::Task),
            ("See #41", Concern::Task),
            ("XY-12 is done", Concern::Task),
            ("By Ada Lovelace", Concern::Owner),
            ("ask ada@example.com", Concern::Address),
            ("at https://example.com", Concern::Address),
            ("forty, or ٤٠", Concern::Number),
        ] {
            assert!(of(line).contains(&concern), "{line}: {:?}", of(line));
        }
    }
}
