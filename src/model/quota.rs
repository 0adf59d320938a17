//! Whether a sentence is a quota on activity: at least so many commits, lines, days or hours.
//!
//! Words, not understanding: what is missed stands as an outcome of its owner's, and an outcome that
//! is taken for a quota can be worded otherwise.

/// An upper bound reads like a lower one, once its first word is gone.
const UPPER: &[&str] = &[
    "at most",
    "no more than",
    "not more than",
    "never more than",
    "never above",
    "up to",
    "under",
    "below",
    "fewer than",
    "less than",
    "maximum",
    "no commit",
    "no commits",
    "without a commit",
];
const LOWER: &[&str] = &[
    "at least",
    "no less than",
    "no fewer than",
    "not less than",
    "not fewer than",
    "never less than",
    "minimum",
    "min",
    "or more",
    "more than",
    ">=",
    ">",
];
/// "Less than" with a word before it that turns it round.
const TURNED: &[&str] = &[
    "no less than",
    "no fewer than",
    "not less than",
    "never less than",
];
const RATES: &[&str] = &[
    "a day",
    "a week",
    "a month",
    "daily",
    "weekly",
    "monthly",
    "per day",
    "per week",
    "per workday",
    "per month",
    "each day",
    "each week",
    "each workday",
    "each month",
    "every day",
    "every week",
    "every workday",
    "every month",
];
const ACTS: &[&str] = &[
    "commit", "commits", "line", "lines", "loc", "code", "push", "pushes",
];
const MORE: &[&str] = &["increase", "double", "reach", "more commits", "more lines"];
const NUMBERS: &[&str] = &[
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "dozen",
    "a commit",
];
const TIMES: &[&str] = &["days", "hours", "hour", "h"];
/// What days and hours are told in that are no work.
const RESTS: &[&str] = &[
    "off", "rest", "free", "leave", "holiday", "sleep", "break", "meeting", "meetings", "walk",
];
/// What a program does is an outcome, not its owner's activity.
const OUTCOMES: &[&str] = &[
    "handles",
    "handle",
    "parser",
    "bytes",
    "latency",
    "through",
    "repository",
    "file",
];

/// Whether `text` asks for at least so much activity: commits, lines, days or hours.
pub fn is_quota(text: &str) -> bool {
    let text = Sentence::of(text);
    let bounded_above = text.has(UPPER) && !text.has(TURNED);
    if bounded_above || text.has(OUTCOMES) {
        return false;
    }
    if text.has(&["streak"]) {
        return true;
    }
    let (floor, rate) = (text.has(LOWER), text.has(RATES));
    if text.has(ACTS) {
        return floor || text.has(MORE) || rate;
    }
    let counted = text.has_digit() || text.has(NUMBERS);
    !text.has(RESTS) && text.has(TIMES) && (rate && (counted || floor))
}

/// Whether `text` says "at least", in words or signs.
pub fn is_floor(text: &str) -> bool {
    Sentence::of(text).has(LOWER)
}

/// A text in lower case with one blank before and after each word; the signs of comparison are
/// words, and a number is told from a word that it is written against.
struct Sentence(String);

impl Sentence {
    fn of(text: &str) -> Self {
        let text = text.to_lowercase().replace(['≥', '⩾'], " >= ");
        let text = text.replace("=>", " >= ").replace('+', " or more ");
        let text = text.replace('/', " per ");
        let mut out = String::from(" ");
        let mut kind = None;
        for c in text.chars() {
            let now = match c {
                '>' | '=' => Some(1),
                c if c.is_ascii_digit() => Some(2),
                c if c.is_alphanumeric() => Some(0),
                _ => None,
            };
            if now != kind && !out.ends_with(' ') {
                out.push(' ');
            }
            kind = now;
            if now.is_some() {
                out.push(c);
            }
        }
        if !out.ends_with(' ') {
            out.push(' ');
        }
        Self(out)
    }

    /// Whether any of these phrases stands in it, whole.
    fn has(&self, phrases: &[&str]) -> bool {
        let mut phrases = phrases.iter();
        phrases.any(|phrase| self.0.contains(&format!(" {phrase} ")))
    }

    fn has_digit(&self) -> bool {
        self.0.bytes().any(|byte| byte.is_ascii_digit())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_floor_on_activity_is_seen_however_it_is_worded() {
        for text in [
            "At least 5 commits a day",
            "commits >= 5 per week",
            "commits>=5",
            "commits ≥ 5",
            "10+ commits",
            "Write 200 lines per day",
            "3 commits/day",
            "no fewer than 500 lines",
            "No less than 40 hours a week",
            "Work at least 5 days a week",
            "5 or more commits",
            "more than 3 commits",
            "minimum 6 hours each day",
            "a commit every day, min 1",
            "Ten commits every week",
            "10commits per week",
            "Double my commits",
            "increase commits by 20%",
            "commit every day",
            "commit daily",
            "push to main every day",
            "keep a streak of 30 days",
            "8 hours a day",
            "40h per week",
            "code 4h/day",
            "Reach 1000 lines",
        ] {
            assert!(is_quota(text), "{text}");
        }
    }

    #[test]
    fn outcomes_and_upper_bounds_are_none() {
        for text in [
            "Ship the exporter before the fair",
            "Ship it at least two days before the fair",
            "Bring the import down to 500 lines",
            "No more than 5 commits a day",
            "At most 40 hours a week",
            "At least 2 days off every week",
            "Answer reviews within 24 hours",
            "Half the flaky tests are gone",
            "Fewer than 3 tasks in progress",
            "Read the commits of the parser",
            "Never more than 10 commits a day",
            "No commit on at least 2 days a week",
            "Keep at least 2 days a week free of meetings",
            "The parser handles lines of at least 4096 bytes",
            "Import handles a repository with at least 100000 commits",
            "Cut the p95 latency to at least 50 ms for 1,000 lines",
            "Move 500 commits a day through CI without flakes",
        ] {
            assert!(!is_quota(text), "{text}");
        }
    }
}
