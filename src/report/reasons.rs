//! What was left out of a figure, and what it rests on, in words.

use super::words::{count, percent};
use crate::model::figure::{EVERY_LANGUAGE, Figure, LeftOut, Of, Rest, Unit};

/// What was left out, in words: `12 merges, 3 twins, 1,204 lines in lock files`; empty when
/// nothing was.
pub fn left_out(figure: &Figure) -> String {
    let parts: Vec<String> = figure
        .left_out
        .iter()
        .map(|entry| reason(*entry, figure.unit))
        .collect();
    parts.join(", ")
}

fn reason(entry: LeftOut, unit: Unit) -> String {
    let n = count(entry.n);
    let many = |one: &str, more: &str| {
        let word = if entry.n == 1 { one } else { more };
        format!("{n} {word}")
    };
    let lines = unit == Unit::Lines;
    match entry.reason {
        "merges" => many("merge", "merges"),
        "twins" if lines => many("line of twins", "lines of twins"),
        "twins" => many("twin", "twins"),
        "squashed" if lines => many(
            "line that a squash swallowed",
            "lines that a squash swallowed",
        ),
        "squashed" => many("squash or squashed commit", "squashes or squashed commits"),
        "reformat" => many("line of mass reformatting", "lines of mass reformatting"),
        "pairings" => many(
            "commit of somebody else that names you co-author",
            "commits of others that name you co-author",
        ),
        "not_landed" => many("commit not landed", "commits not landed"),
        "undated" if lines => many("line of undated commits", "lines of undated commits"),
        "undated" => many("undated commit", "undated commits"),
        "generated" => many("line in generated files", "lines in generated files"),
        "vendored" => many("line in vendored files", "lines in vendored files"),
        "lock" => many("line in lock files", "lines in lock files"),
        "lines_unknown" => many("commit with unknown lines", "commits with unknown lines"),
        "no_counted_file" => many(
            "commit without a counted file",
            "commits without a counted file",
        ),
        other => match phrase(other) {
            "" => many(other, other),
            phrase => format!("{n} {phrase}"),
        },
    }
}

/// The words after a number of rows that were left out; empty for a reason without words.
fn phrase(reason: &str) -> &'static str {
    match reason {
        "between_exports" => "known only to have ended between two exports",
        "no_finish_time" => "without a finish time",
        "no_start" => "without a start",
        "backwards" => "that end before they begin",
        "no_creation" => "without a creation time",
        "no_stage" => "in a state without a stage",
        "gaps" => "with a gap in their history",
        "open_ends" => "stays whose ends are not known",
        "no_history" => "without a history of states",
        "day_only" => "known by the day only",
        "epics" => "epics, whose time is that of their parts",
        "no_trace" => "without a commit or recorded time",
        "no_workday" => "without a workday between start and finish",
        "no_estimate" => "without an estimate",
        "other_unit" => "estimated in another unit",
        "excluded" => "that you took out",
        "away" => "finished in weeks with marked days",
        "part_week" => "finished in weeks that are not whole",
        "no_first_commit" => "without a known first commit",
        "no_opening" => "without a time of opening",
        "no_review" => "without a review by somebody else",
        "review_after_merge" => "first reviewed after the merge",
        "not_merged" => "closed without a merge",
        "waiting" => "still waiting for a review",
        "no_request" => "without a known request",
        "before_request" => "reviewed before the request",
        "window_open" => "whose 21 days are not over",
        "not_followed" => "whose lines were not followed",
        "ref_events" => "ref events that nobody can be told to have made",
        "moves_by_anyone" => "moves of tasks that others may have made",
        "plain_dates" => "starts and reviews without a time of day",
        "passing" => "stays of less than two minutes",
        "short_sessions" => "sessions below half an hour",
        "running" => "that still run",
        "busy" => "busy times of a calendar",
        _ => "",
    }
}

/// What a figure rests on beside its rows, a sentence each; what does not matter at 0 is left out.
pub fn rests_on(figure: &Figure) -> Vec<String> {
    let all = figure.rests_on.iter();
    all.filter_map(|rest| sentence(figure, rest)).collect()
}

fn sentence(figure: &Figure, rest: &Rest) -> Option<String> {
    let (n, of) = (count(rest.n), count(rest.of));
    let share = match rest.of {
        0 => String::new(),
        of => format!(" ({})", percent(rest.n as f64 / of as f64)),
    };
    let silent_at_0 = matches!(
        rest.what,
        "start_from_commit" | "start_not_known" | "overlapping_entries" | "days_without_commit"
    );
    if rest.n == 0 && silent_at_0 {
        return None;
    }
    Some(match rest.what {
        "linked_commits" => format!("{n} of {of} commits are linked with a task{share}."),
        "start_from_commit" => {
            format!("{n} of {of} starts are those of the first linked commit{share}.")
        }
        "older_than_p50" => format!("{n} of {of} are older than half of the finished tasks were."),
        "older_than_p85" => format!("{n} of {of} are older than 85% of the finished tasks were."),
        "older_than_p95" => format!("{n} of {of} are older than 95% of the finished tasks were."),
        "start_not_known" => format!("{n} of {of} have no known start and count for now only."),
        "kept_level_before" => format!("{n} of {of} kept the level of the period before{share}."),
        "whole_history" => format!("{n} of {of} finished tasks have their whole history{share}."),
        "stays_known" => format!("{n} of {of} stays are known exactly{share}."),
        "shares_not_apart" => {
            "Cannot tell: the two largest shares cannot be told apart.".to_owned()
        }
        "whole_weeks" => format!("It rests on {n} of {of} whole weeks."),
        "next_tasks" if rest.of == 0 => format!("For the next {n} tasks."),
        "next_tasks" => format!("For the next {n} tasks, as many as are open."),
        "first_commit_known" => format!("The first commit is known of {n} of {of}{share}."),
        "reviews_with_request" => format!("{n} of {of} have a known request{share}."),
        "followed_commits" => format!("The lines of {n} of {of} commits were followed{share}."),
        EVERY_LANGUAGE => format!(
            "Not narrowed by language: {} have none.",
            Of::noun(figure.of, 2)
        ),
        "acts_with_language" => {
            "Of commits in the chosen languages alone: other acts have none.".to_owned()
        }
        "lines_of_every_language" => {
            "Of commits that touch the chosen languages, lines of every language.".to_owned()
        }
        "age_days" => format!("About lines {n} days after they were written."),
        "acts_from_commits" => format!("{n} of {of} acts are commits{share}."),
        "free_days_off" => format!("{n} of {of} days off stayed free{share}."),
        "free_leave" => format!("{n} of {of} days of leave and holidays stayed free{share}."),
        "typed_commits" => format!("{n} of {of} commits name a type{share}."),
        "overlapping_entries" => format!("{n} of {of} entries overlap another{share}."),
        "finished_tasks_without_commit" => {
            format!("{n} of {of} finished tasks have no commit{share}.")
        }
        "days_without_commit" => {
            format!("{n} of {of} days show a task or a review and no commit{share}.")
        }
        what => format!("{}: {n} of {of}{share}.", what.replace('_', " ")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::{METRICS, by_id};
    use crate::model::calendar::{Calendar, Tz};
    use crate::model::dataset::Dataset;
    use crate::model::period::Range;
    use crate::model::selection::Selection;
    use chrono::DateTime;

    #[test]
    fn every_reason_that_a_definition_names_has_words() {
        let mut named = 0;
        for metric in METRICS {
            let text = metric.definition().left_out;
            let reasons = text.split('`').skip(1).step_by(2);
            let reasons = reasons.filter(|word| word.contains('_') && by_id(word).is_none());
            for reason in reasons {
                let text = super::reason(LeftOut { reason, n: 2 }, Unit::Commits);
                assert!(!text.contains(reason), "{}: {text}", metric.id());
                named += 1;
            }
        }
        assert!(named > 10, "{named}");
    }

    #[test]
    fn what_a_figure_of_nothing_rests_on_is_said_without_a_share() {
        let calendar = Calendar::new(DateTime::from_timestamp(1_795_000_000, 0).unwrap(), Tz::UTC);
        let selection = Selection::weekly(Range::weeks(12, &calendar));
        for metric in METRICS {
            let figure = metric.compute(&Dataset::default(), &selection, &calendar);
            for text in rests_on(&figure) {
                assert!(!text.contains("NaN") && !text.contains('_'), "{text}");
            }
        }
    }
}
