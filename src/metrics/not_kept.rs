//! Figures whose source the owner does not keep: they say so, and no number. Figures that a choice of
//! languages does not narrow, or not whole, say that too.

use super::metric::{Metric, Need};
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{EVERY_LANGUAGE, Figure, Of, Rest, Rows, Verdict};
use crate::model::keep::{Keep, Kind};
use crate::model::selection::Selection;

/// The kind of fact without which a metric has nothing to say; `None`: it always has.
fn source(metric: &str) -> Option<Kind> {
    match metric {
        "hours_by_weekday" | "sessions" | "focus_blocks" | "context_switches"
        | "estimated_hours" | "after_hours_share" | "late_runs" => Some(Kind::Hours),
        "assisted_share" => Some(Kind::Assistance),
        _ => None,
    }
}

/// The switch that is off and without which `metric` has nothing to say.
pub fn off(metric: &str, keep: &Keep) -> Option<Kind> {
    source(metric).filter(|kind| !keep.has(*kind))
}

/// The answer of `metric`; where its source is not kept, an empty one that names the switch.
pub fn figure(
    metric: &dyn Metric,
    data: &Dataset,
    selection: &Selection,
    calendar: &Calendar,
) -> Figure {
    let Some(kind) = off(metric.id(), &data.keep) else {
        let mut figure = metric.compute(data, selection, calendar);
        figure
            .rests_on
            .extend(languages(metric, &figure, selection));
        return figure;
    };
    let nothing = metric.compute(&Dataset::default(), selection, calendar);
    Figure {
        n: 0,
        value: None,
        previous: None,
        left_out: Vec::new(),
        points: Vec::new(),
        interval: None,
        usual: None,
        rests_on: Vec::new(),
        verdict: Verdict::NotKept(kind),
        ..nothing
    }
}

/// What a choice of languages does to a figure that cannot follow it.
fn languages(metric: &dyn Metric, figure: &Figure, selection: &Selection) -> Option<Rest> {
    selection.languages.as_ref()?;
    let what = match metric.of() {
        // What became of lines is known by commit.
        _ if metric.definition().needs.contains(&Need::Lines) => "lines_of_every_language",
        Of::Tasks | Of::PullRequests | Of::ReviewsGiven | Of::Visits | Of::Entries => {
            EVERY_LANGUAGE
        }
        Of::Sessions | Of::Acts => "acts_with_language",
        Of::Commits | Of::Days | Of::Lines => return None,
    };
    let n = figure.n;
    Some(Rest { what, n, of: n })
}

/// The rows behind [`figure`]; none where its source is not kept.
pub fn rows(
    metric: &dyn Metric,
    data: &Dataset,
    selection: &Selection,
    calendar: &Calendar,
) -> Rows {
    match off(metric.id(), &data.keep) {
        Some(_) => metric.rows(&Dataset::default(), selection, calendar),
        None => metric.rows(data, selection, calendar),
    }
}

#[cfg(test)]
mod tests {
    use super::super::METRICS;
    use super::super::testing::{calendar, weeks};
    use super::*;

    #[test]
    fn a_figure_whose_source_is_off_says_so_and_nothing_else() {
        let mut named = 0;
        for metric in METRICS {
            let Some(kind) = source(metric.id()) else {
                continue;
            };
            named += 1;
            let mut data = Dataset::default();
            data.keep.set(kind, false);
            let asked = weeks("2026-03-02", "2026-03-15");
            let figure = figure(*metric, &data, &asked, &calendar("2026-03-20 12:00"));
            assert_eq!(figure.verdict, Verdict::NotKept(kind), "{}", metric.id());
            assert_eq!((figure.value, figure.n, figure.points.len()), (None, 0, 0));
        }
        assert_eq!(named, 8, "every name is that of a metric");
    }
}
