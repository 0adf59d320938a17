//! Which task the name of a branch is about: `feature/ING-207-round`, `ada/ing-207`, `123-fix`.

use super::false_keys;

/// What a branch's name says.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BranchKey {
    /// A key in upper case, `ING-207`: the name of a task only where one is known.
    Key(String),
    /// A number in the tracker of the branch's own repository.
    Number(u32),
}

/// Folders whose numbers are versions or other people's pull requests.
const NO_TASKS: [&str; 10] = [
    "release",
    "releases",
    "version",
    "versions",
    "stable",
    "support",
    "backport",
    "dependabot",
    "renovate",
    "maintenance",
];

/// Words before a number that make it a task's.
const TASK_WORDS: [&str; 12] = [
    "issue", "issues", "gh", "bug", "fix", "bugfix", "hotfix", "task", "ticket", "story",
    "feature", "feat",
];

/// Every task that `branch` may be about, each once, sorted. Keys are found in any case; names of
/// encodings, standards and the like are none.
pub fn of(branch: &str) -> Vec<BranchKey> {
    let mut found = Vec::new();
    let bytes = branch.as_bytes();
    for (at, _) in branch.match_indices('-') {
        keys(bytes, at, &mut found);
    }
    numbers(branch, &mut found);
    found.sort_unstable();
    found.dedup();
    found
}

/// The keys around the hyphen at `at`: `my_ING-7` may be one of `MY_ING` or of `ING`.
fn keys(name: &[u8], at: usize, found: &mut Vec<BranchKey>) {
    let Some(digits) = digits(&name[at + 1..], 9) else {
        return;
    };
    let from = name[..at]
        .iter()
        .rposition(|c| !c.is_ascii_alphanumeric() && *c != b'_')
        .map_or(0, |last| last + 1);
    let run = &name[from..at];
    let rest = &name[at + 1 + digits.len()..];
    let behind_underscore = run.iter().rposition(|c| *c == b'_').map(|last| last + 1);
    for word in [Some(0), behind_underscore].into_iter().flatten() {
        let word = run[word..].to_ascii_uppercase();
        let is_project = (2..=16).contains(&word.len()) && word[0].is_ascii_alphabetic();
        if is_project && !false_keys::is_false(&word, rest) {
            let key = [&word, &b"-"[..], digits].concat();
            found.push(BranchKey::Key(String::from_utf8_lossy(&key).into_owned()));
        }
    }
}

/// A number that leads a part of the name (`123-fix`, `ada/123`), or stands behind a word for a
/// task (`issue-123`, `fix/gh_123-x`).
fn numbers(branch: &str, found: &mut Vec<BranchKey>) {
    let parts: Vec<&str> = branch.split('/').collect();
    for (n, part) in parts.iter().enumerate() {
        let before = &parts[..n];
        let is_other = |part: &&str| NO_TASKS.contains(&part.to_ascii_lowercase().as_str());
        if before.iter().any(is_other) {
            return;
        }
        let part = part.strip_prefix('#').unwrap_or(part);
        let behind_word = || {
            let (word, rest) = part.split_once(['-', '_', '#'])?;
            let word = word.to_ascii_lowercase();
            let rest = rest.strip_prefix('#').unwrap_or(rest);
            TASK_WORDS.contains(&word.as_str()).then(|| leading(rest))?
        };
        found.extend(leading(part).or_else(behind_word).map(BranchKey::Number));
    }
}

/// The number that `part` begins with and that a hyphen, an underscore or nothing follows; no date.
fn leading(part: &str) -> Option<u32> {
    let digits = digits(part.as_bytes(), 7)?;
    let rest = &part.as_bytes()[digits.len()..];
    let ends = rest.first().is_none_or(|c| matches!(c, b'-' | b'_'));
    // `2026-03-01-notes`, `2026-q1`, `2026-rewrite`.
    let is_year = digits.len() == 4 && (digits.starts_with(b"19") || digits.starts_with(b"20"));
    let is_date = is_year && !rest.is_empty();
    let number = std::str::from_utf8(digits).ok()?.parse().ok()?;
    (ends && !is_date).then_some(number)
}

/// The digits that `text` begins with: 1 to `most`, no zero first, no letter behind.
fn digits(text: &[u8], most: usize) -> Option<&[u8]> {
    let length = text.iter().take_while(|c| c.is_ascii_digit()).count();
    let ends = text.get(length).is_none_or(|c| !c.is_ascii_alphanumeric());
    ((1..=most).contains(&length) && text[0] != b'0' && ends).then(|| &text[..length])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(branch: &str) -> Vec<String> {
        let text = |key: &BranchKey| match key {
            BranchKey::Key(key) => key.clone(),
            BranchKey::Number(number) => format!("#{number}"),
        };
        of(branch).iter().map(text).collect()
    }

    #[test]
    fn keys_stand_anywhere_in_any_case() {
        assert_eq!(told("feature/ING-207-round-half-up"), ["ING-207"]);
        assert_eq!(told("ada/ing-207"), ["ING-207"]);
        assert_eq!(told("ING-1-and-OPS-2"), ["ING-1", "OPS-2"]);
        assert_eq!(told("fix_ING-7_now"), ["FIX_ING-7", "ING-7"]);
    }

    #[test]
    fn encodings_versions_and_dates_are_no_tasks() {
        for none in [
            "utf-8",
            "feature/sha-256-sums",
            "release/12",
            "releases/2026-01",
            "v2",
            "dependabot/npm/12-x",
            "2026-03-01-notes",
            "hotfix/1.2.3",
            "007-bond",
            "12ab",
            "x-12ab",
            "main",
            "topic/abc",
        ] {
            assert_eq!(told(none), [""; 0], "{none}");
        }
    }

    #[test]
    fn numbers_stand_first_in_a_part_or_behind_a_word_for_a_task() {
        assert_eq!(told("123-fix"), ["#123"]);
        assert_eq!(told("ada/123_fix"), ["#123"]);
        assert_eq!(told("fix/#123"), ["#123"]);
        assert_eq!(told("issue/123"), ["#123"]);
        assert_eq!(told("2026"), ["#2026"], "a task may have this number");
        // What may be a key too is told as both: only a task that is known counts.
        assert_eq!(told("gh-12-x"), ["GH-12", "#12"]);
        assert_eq!(told("Issue_12"), ["#12"]);
    }
}
