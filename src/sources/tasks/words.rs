//! Small readings of text that many exports share.

use crate::model::task::TaskKind;
use crate::model::text::Clean;

/// A label, unless nothing is left of it.
pub(super) fn label(text: &str) -> Option<Clean> {
    let label = Clean::label(text.as_bytes());
    (!label.is_empty()).then_some(label)
}

/// Labels of the filled parts of `text` between `separator`s.
pub(super) fn labels(text: &str, separator: char) -> Vec<Clean> {
    text.split(separator).filter_map(label).collect()
}

/// The task that a tag, branch or note names: `ING-207`, letters, a dash and a number, alone or
/// within a text. Names of standards (`UTF-8`) are no tasks.
pub(super) fn task_key(text: &str) -> Option<Clean> {
    const FALSE: [&str; 12] = [
        "UTF", "SHA", "ISO", "RFC", "CVE", "AES", "MD", "X", "HTTP", "TLS", "COVID", "PEP",
    ];
    let parts = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'));
    parts.into_iter().find_map(|part| {
        let (project, number) = part.split_once('-')?;
        let letters = project.len() >= 2
            && project.starts_with(|c: char| c.is_ascii_uppercase())
            && project
                .chars()
                .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
        let digits = number.len()
            - number
                .trim_start_matches(|c: char| c.is_ascii_digit())
                .len();
        let rest = number.get(digits..)?;
        let ends = rest.is_empty() || rest.starts_with(['-', '_']);
        let fits = letters && (1..=7).contains(&digits) && ends && !FALSE.contains(&project);
        fits.then(|| label(&format!("{project}-{}", number.get(..digits)?)))?
    })
}

/// The kind that a tracker's word for one means; anything unknown is a plain task.
pub(super) fn kind(word: &str) -> TaskKind {
    let word = word.to_lowercase();
    let has = |parts: &[&str]| parts.iter().any(|part| word.contains(part));
    if has(&[
        "sub-task",
        "subtask",
        "sub task",
        "unteraufgabe",
        "subtarea",
        "subtarefa",
        "sous-tâche",
    ]) {
        TaskKind::Subtask
    } else if has(&["epic", "initiative", "épic", "épopée", "epopeya", "epos"]) {
        TaskKind::Epic
    } else if has(&[
        "bug", "defect", "error", "incident", "fehler", "anomalie", "缺陷",
    ]) {
        TaskKind::Bug
    } else if has(&["story", "feature", "historia", "história", "récit", "需求"]) {
        TaskKind::Story
    } else {
        TaskKind::Task
    }
}

/// Whether a resolution or reason says that nothing was done: won't do, duplicate, invalid, …
pub(super) fn gave_up(resolution: &str) -> bool {
    const WORDS: [&str; 39] = [
        "won't do",
        "wont do",
        "won't fix",
        "wont fix",
        "wontfix",
        "duplicate",
        "cannot reproduce",
        "can't reproduce",
        "declined",
        "invalid",
        "incomplete",
        "obsolete",
        "rejected",
        "not a bug",
        "works for me",
        "worksforme",
        "moved",
        "abandoned",
        "cancelled",
        "canceled",
        "not planned",
        "spite",
        // What Jira writes in German, Spanish, French and Portuguese.
        "wird nicht",
        "duplikat",
        "nicht reproduzierbar",
        "abgelehnt",
        "no se hará",
        "no se realizará",
        "no se resolverá",
        "duplicad",
        "no se puede reproducir",
        "rechazad",
        "ne sera pas",
        "doublon",
        "impossible à reproduire",
        "refusé",
        "não será",
        "rejeitad",
        "recusad",
    ];
    let plain = resolution
        .to_lowercase()
        .replace(['_', '’'], "'")
        .replace('-', " ");
    let spaced = plain.replace('\'', " ");
    WORDS
        .iter()
        .any(|word| plain.contains(word) || spaced.contains(&word.replace('\'', " ")))
}

/// A person's duration like `1d 4h 30m`, where a day is 8 hours and a week 5 days, in seconds.
pub(super) fn period(text: &str) -> Option<i64> {
    let mut seconds = 0_i64;
    let mut any = false;
    for part in text.split_whitespace() {
        let unit = part.find(|c: char| c.is_alphabetic())?;
        let number: i64 = part.get(..unit)?.parse().ok()?;
        let each = match part.get(unit..)? {
            "w" => 5 * 8 * 3_600,
            "d" => 8 * 3_600,
            "h" => 3_600,
            "m" | "min" => 60,
            "s" => 1,
            _ => return None,
        };
        seconds = seconds.checked_add(number.checked_mul(each)?)?;
        any = true;
    }
    any.then_some(seconds)
}

/// `1:30:00`, `1:30` (hours and minutes) in seconds.
pub(super) fn clock_length(text: &str) -> Option<i64> {
    let mut parts = text.trim().split(':').map(str::parse::<i64>);
    let (hours, minutes) = (parts.next()?.ok()?, parts.next()?.ok()?);
    let seconds = parts.next().transpose().ok()?.unwrap_or(0);
    let fits = hours >= 0 && (0..60).contains(&minutes) && (0..60).contains(&seconds);
    fits.then(|| {
        hours
            .checked_mul(3_600)?
            .checked_add(minutes * 60 + seconds)
    })?
}

/// A number of points like `5.0` or `2,5`, in thousandths.
pub(super) fn points(text: &str) -> Option<i64> {
    let number: f64 = text.trim().replace(',', ".").parse().ok()?;
    let fits = number.is_finite() && (0.0..1e6).contains(&number);
    #[expect(clippy::cast_possible_truncation, reason = "below 1e9 after the check")]
    fits.then_some((number * 1_000.0).round() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_key_is_found_in_a_tag_or_branch_and_a_standard_is_none() {
        let key = |text| task_key(text).map(|key| key.as_str().to_owned());
        assert_eq!(key("ING-207").as_deref(), Some("ING-207"));
        assert_eq!(key("feature/ING-207-parser").as_deref(), Some("ING-207"));
        for text in ["UTF-8", "SHA-256", "ing-207", "A-1", "ING-", "ING-2x"] {
            assert_eq!(key(text), None, "{text}");
        }
    }

    #[test]
    fn resolutions_that_gave_up() {
        for word in [
            "Won't Do",
            "Won’t Fix",
            "WONTFIX",
            "Duplicate",
            "NOT_PLANNED",
            "Cannot Reproduce",
            "Wird nicht umgesetzt",
            "Não será feito",
        ] {
            assert!(gave_up(word), "{word}");
        }
        assert!(!gave_up("Done") && !gave_up("Fixed"));
    }

    #[test]
    fn durations_and_points() {
        assert_eq!(period("1d 4h"), Some(12 * 3_600));
        assert_eq!(period("1w"), Some(40 * 3_600));
        assert_eq!(period("soon"), None);
        assert_eq!(clock_length("01:30:05"), Some(5_405));
        assert_eq!(clock_length("1:99"), None);
        assert_eq!(points("2,5"), Some(2_500));
        assert_eq!(points("-1"), None);
    }
}
