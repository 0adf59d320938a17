//! Turns the words of `stats`, `log` and `show` into a selection.

use std::collections::BTreeSet;

use chrono::{Days, Weekday};

use crate::metrics;
use crate::model::calendar::Calendar;
use crate::model::dataset::{Dataset, Labels};
use crate::model::ids::RepoId;
use crate::model::period::{Bucket, Range};
use crate::model::selection::{By, Selection};
use crate::model::task::last_part;

use super::args::StatsBy;
use super::error::CliError;

/// The range that `text` means, 12 weeks when nothing is said.
pub(super) fn range(
    text: Option<&str>,
    calendar: &Calendar,
    data: &Dataset,
) -> Result<Range, CliError> {
    Range::parse(text.unwrap_or("12w"), calendar, metrics::extent(data))
        .map_err(|error| CliError::usage(error.to_string()))
}

/// Splits words into metric ids and at most one range; a word that is neither is an error that
/// lists what there is.
pub(super) fn metrics_and_range<'a>(
    words: &'a [String],
    known: &[&'static str],
) -> Result<(Vec<&'static str>, Option<&'a str>), CliError> {
    let (mut metrics, mut range) = (Vec::new(), None);
    for word in words {
        if let Some(id) = known.iter().find(|id| **id == word.as_str()) {
            metrics.push(*id);
        } else if range.replace(word.as_str()).is_some() || looks_like_a_metric(word) {
            return Err(
                CliError::usage(format!("`{word}` is neither a metric nor a range"))
                    .hint(format!("metrics: {}", known.join(" "))),
            );
        }
    }
    Ok((metrics, range))
}

/// Ranges of more than one letter-word have a digit or are short; ids are long words.
fn looks_like_a_metric(word: &str) -> bool {
    let named = [
        "all",
        "today",
        "yesterday",
        "week",
        "month",
        "quarter",
        "year",
    ];
    let digits = word.chars().any(|c| c.is_ascii_digit());
    !digits
        && !word.contains("..")
        && !word.starts_with("last-")
        && !word.starts_with("last ")
        && !named.contains(&word)
        && word.parse::<Weekday>().is_err()
}

/// How points are cut; weeks unless said otherwise.
pub(super) fn by(by: Option<StatsBy>) -> By {
    match by {
        Some(StatsBy::Day) => By::Time(Bucket::Day),
        None | Some(StatsBy::Week) => By::Time(Bucket::Week),
        Some(StatsBy::Month) => By::Time(Bucket::Month),
        Some(StatsBy::Repo) => By::Repo,
        Some(StatsBy::Language) => By::Language,
        Some(StatsBy::Category) => By::Category,
        Some(StatsBy::Task) => By::Task,
        Some(StatsBy::Project) => By::Project,
    }
}

/// The repositories named by `names`; none named = all. An unknown one is an error.
pub(super) fn repos(
    names: &[String],
    data: &Dataset,
    labels: &Labels,
) -> Result<Option<BTreeSet<RepoId>>, CliError> {
    if names.is_empty() {
        return Ok(None);
    }
    let mut out = BTreeSet::new();
    for name in names {
        let last = last_part(name);
        let listed = data.repos.iter().zip(&labels.repos);
        let meant = listed.filter(|(_, label)| [name, last].contains(&label.as_str()));
        let before = out.len();
        out.extend(meant.map(|(id, _)| *id));
        if out.len() == before {
            let known: Vec<_> = labels.repos.iter().map(ToString::to_string).collect();
            return Err(CliError::usage(format!("no repository is called `{name}`"))
                .hint(format!("known: {}", known.join(", "))));
        }
    }
    Ok(Some(out))
}

/// Everything within `range`, cut as `by` says.
pub(super) fn selection(range: Range, by: By, raw: bool) -> Selection {
    Selection {
        by,
        raw,
        ..Selection::weekly(range)
    }
}

/// The day a month before today, where `log` starts when no range is given.
pub(super) fn month_ago(calendar: &Calendar) -> Range {
    let today = calendar.today();
    Range::new(
        today.checked_sub_days(Days::new(29)).unwrap_or(today),
        today,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn metrics_and_a_range_come_in_any_order() {
        let known = ["commits", "active_days"];
        let (metrics, range) = metrics_and_range(&words("2026-Q1 commits"), &known)
            .map(|(m, r)| (m, r.map(str::to_owned)))
            .unwrap();
        assert_eq!(
            (metrics, range.as_deref()),
            (vec!["commits"], Some("2026-Q1"))
        );
    }

    #[test]
    fn a_weekday_is_taken_for_a_range() {
        for day in ["tuesday", "last-tuesday", "last tuesday"] {
            let all = [day.to_owned(), "commits".to_owned()];
            let (_, range) = metrics_and_range(&all, &["commits"]).unwrap();
            assert_eq!(range, Some(day));
        }
    }

    #[test]
    fn a_misspelt_metric_is_not_taken_for_a_range() {
        assert!(metrics_and_range(&words("commitz"), &["commits"]).is_err());
        assert!(metrics_and_range(&words("12w 90d"), &["commits"]).is_err());
    }
}
