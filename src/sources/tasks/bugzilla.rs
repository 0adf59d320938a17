//! What both formats of Bugzilla share: what a status and a resolution mean, and who nobody is.

use super::found::Person;
use super::words;
use crate::model::stage::{Stage, Status};

/// Resolutions of well-known sites that are no fix, beside those of every tracker.
const GIVEN_UP: [&str; 11] = [
    "notabug",
    "notourbug",
    "notgnome",
    "cantfix",
    "deferred",
    "insufficient_data",
    "eol",
    "inactive",
    "later",
    "remind",
    "unmaintained",
];

/// The status of a bug; `open` is the tracker's own word on whether it is closed.
pub(super) fn status(word: &str, resolution: &str, open: Option<bool>) -> Status {
    let upper = word.to_uppercase();
    let closed = !open.unwrap_or(!matches!(
        upper.as_str(),
        "RESOLVED" | "VERIFIED" | "CLOSED"
    ));
    let status = Status::word(word);
    if !closed {
        return status;
    }
    let lower = resolution.trim().to_lowercase();
    let gave_up = words::gave_up(&lower) || GIVEN_UP.contains(&lower.as_str());
    status.fixed(if gave_up {
        Stage::Cancelled
    } else {
        Stage::Done
    })
}

/// The person a login stands for; the account that stands for nobody is nobody.
pub(super) fn person(login: &str, name: &str) -> Option<Person> {
    let (login, name) = (login.trim(), name.trim());
    let lower = login.to_lowercase();
    if lower == "nobody"
        || lower.starts_with("nobody@")
        || name.to_lowercase().starts_with("nobody;")
    {
        return None;
    }
    let person = if login.contains('@') {
        Person::default().address(login)
    } else {
        Person::with_login(login)
    };
    Some(person.name(name)).filter(|person| !person.is_nobody())
}

/// A bare number of hours in seconds; zero is none.
pub(super) fn hours(text: &str) -> Option<i64> {
    let hours: f64 = text.trim().parse().ok()?;
    let fits = hours.is_finite() && hours > 0.0 && hours < 1e6;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "below 3.6e9 after the check"
    )]
    fits.then_some((hours * 3_600.0).round() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_closed_bug_is_done_or_given_up() {
        let fixed = |word, resolution, open| status(word, resolution, open).fixed;
        assert_eq!(fixed("RESOLVED", "FIXED", None), Some(Stage::Done));
        assert_eq!(fixed("CLOSED", "---", None), Some(Stage::Done));
        for no in [
            "DUPLICATE",
            "WONTFIX",
            "INVALID",
            "WORKSFORME",
            "INCOMPLETE",
            "MOVED",
            "NOTABUG",
        ] {
            assert_eq!(fixed("VERIFIED", no, None), Some(Stage::Cancelled), "{no}");
        }
        assert_eq!(fixed("REOPENED", "FIXED", None), None);
        assert_eq!(fixed("SHIPPED", "", Some(false)), Some(Stage::Done));
        assert_eq!(fixed("CLOSED", "", Some(true)), None);
    }

    #[test]
    fn the_account_of_nobody_is_nobody() {
        assert_eq!(person("nobody@example.org", "Nobody"), None);
        assert_eq!(person("x@example.org", "Nobody; OK to take it"), None);
        assert_eq!(person("", ""), None);
        assert!(person("ada", "Ada").is_some_and(|one| one.login.as_deref() == Some("ada")));
    }

    #[test]
    fn hours_are_seconds_and_zero_is_none() {
        assert_eq!(
            (hours("1.5"), hours("0.0"), hours("---")),
            (Some(5_400), None, None)
        );
    }
}
