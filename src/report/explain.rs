//! What a metric means, how it misleads, what the record holds for it, and the rows behind it; and
//! the same for all metrics as `docs/metrics.md`.

use super::Context;
use super::layout::wrap;
use super::log::{self, Row};
use super::trackers::{self, Trackers};
use super::words;
use crate::metrics::{self, METRICS, Metric, Need, extent, here, stats};
use crate::model::dataset::Dataset;
use crate::model::figure::Unit;
use crate::model::selection::Selection;

/// Rows behind a figure that are shown.
pub const ROWS_SHOWN: usize = 5;

/// What there is to be said of a metric beside its definition.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    /// The record.
    pub data: &'a Dataset,
    /// What every tracker's imports hold.
    pub trackers: &'a Trackers,
    /// The newest rows behind the figure over the whole record, at most [`ROWS_SHOWN`], and how
    /// many there are.
    pub rows: (&'a [Row], usize),
}

/// The question that is explained: the whole record by week; `None` when nothing is recorded.
pub fn whole(data: &Dataset) -> Option<Selection> {
    extent(data).map(Selection::weekly)
}

/// Definition of `metric`, the data it needs with what is here of it, its coverage, and rows.
pub fn explain_text(metric: &dyn Metric, found: &Found<'_>, context: &Context<'_>) -> String {
    let definition = metric.definition();
    let width = context.columns();
    let mut out = format!(
        "{} ({}, {})\n",
        metric.title(),
        metric.id(),
        unit(metric.unit())
    );
    let paragraph = |out: &mut String, title: &str, text: &str| {
        out.push('\n');
        out.push_str(&wrap(&format!("{title}: {text}"), width, 2));
    };
    paragraph(&mut out, "Rule", definition.rule);
    paragraph(&mut out, "Formula", definition.formula);
    paragraph(&mut out, "Source", definition.source);
    paragraph(&mut out, "Misleads", definition.misleads);
    paragraph(&mut out, "Left out", definition.left_out);
    out.push_str("\nNeeds:\n");
    let list = |out: &mut String, text: &str, indent: usize| {
        out.push_str(&" ".repeat(indent));
        out.push_str(&wrap(text, width.saturating_sub(indent), indent + 2));
    };
    for need in definition.needs {
        list(&mut out, &needed(*need, found.data), 2);
    }
    for tracker in trackers::lines(metric.id(), found.trackers) {
        for (n, line) in tracker.iter().enumerate() {
            list(&mut out, line, if n == 0 { 2 } else { 4 });
        }
    }
    out.push('\n');
    out.push_str(&wrap(&coverage(metric, found.data, context), width, 2));
    let (rows, of) = found.rows;
    if !rows.is_empty() {
        let shown = words::count(rows.len() as u64);
        let of = words::count(of as u64);
        let title = format!("\nRows behind it, the newest {shown} of {of}:\n");
        out.push_str(&title);
        out.push_str(&log::log_text(rows, context));
    }
    out
}

/// One need and what is here of it.
pub(super) fn needed(need: Need, data: &Dataset) -> String {
    let found = here(need, data);
    let number = words::count;
    let amount = match (found.n, found.of) {
        (None, _) => "set".to_owned(),
        (Some(0), _) => format!("none here; {}", found.more),
        (Some(n), Some(of)) if n < of => {
            format!("{} of {}; {}", number(n), number(of), found.more)
        }
        (Some(n), Some(of)) => format!("{} of {}", number(n), number(of)),
        (Some(n), None) => number(n),
    };
    format!("{}: {amount}", found.what)
}

fn coverage(metric: &dyn Metric, data: &Dataset, context: &Context<'_>) -> String {
    let Some(selection) = whole(data) else {
        return "Coverage: nothing is recorded yet.".to_owned();
    };
    let figure = metrics::figure(metric, data, &selection, context.calendar);
    let today = context.calendar.today();
    let mut out = format!(
        "Coverage: n={} {} from {} to {}.",
        words::count(figure.n),
        figure.of.noun(figure.n),
        words::day(figure.range.from, today),
        words::day(figure.range.to, today),
    );
    let left_out = words::left_out(&figure);
    if !left_out.is_empty() {
        out.extend([" Left out: ", &left_out, "."]);
    }
    for sentence in words::rests_on(&figure) {
        out.extend([" ", &sentence]);
    }
    out
}

fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Commits => "in commits",
        Unit::Days => "in days",
        Unit::Lines => "in lines",
        Unit::Share => "a share, from 0 to 1",
        Unit::Seconds | Unit::WorkTime => "in seconds",
        Unit::Items => "in items",
        Unit::PerHour => "times in an hour",
        Unit::Correlation => "a correlation, from -1 to 1",
        Unit::Reviews => "in reviews",
        Unit::Blocks => "in blocks of time",
    }
}

/// `docs/metrics.md`.
pub fn metrics_markdown() -> String {
    let mut out = format!(
        "# Metrics\n\nMade from the definitions in the source (`INWARD_BLESS=1 cargo test --test \
         figures` writes it anew).\n`inward explain METRIC` shows the same with the coverage of your \
         own record.\n\n{}",
        rules()
    );
    let nothing = Dataset::default();
    for metric in METRICS {
        let definition = metric.definition();
        out.extend(["\n## ", metric.title(), "\n\n`", metric.id(), "`, "]);
        out.extend([unit(metric.unit()), "\n"]);
        let needs: Vec<_> = definition
            .needs
            .iter()
            .map(|need| here(*need, &nothing).what)
            .collect();
        let needs = format!("{}.", needs.join("; "));
        for (title, text) in [
            ("Rule.", definition.rule),
            ("Formula.", definition.formula),
            ("Needs.", needs.as_str()),
            ("Source.", definition.source),
            ("Misleads.", definition.misleads),
            ("Left out.", definition.left_out),
        ] {
            out.extend(["\n**", title, "** ", text, "\n"]);
        }
        out.push_str("\n**Asked.**\n\n");
        for (question, answer) in definition.asked {
            out.extend(["- ", question, " ", answer, "\n"]);
        }
    }
    out
}

fn rules() -> String {
    format!(
        "## Rules for every figure\n\n\
         - n stands beside every statistic. Below {} rows the items are shown and no statistic; \
         below 10 only the median and its interval; the 85th percentile from {}, the 95th from {}.\n\
         - Percentiles are Hyndman-Fan type 7. The interval of a median is exact (order \
         statistics of the binomial, 95 %, from 6 values), as is that of another percentile once \
         there are enough; the interval of a share of commits is Wilson's. Ratios of sums have a \
         bootstrap interval (1,000 draws). What draws at random has a fixed seed: the same record \
         gives the same bytes.\n\
         - The usual range is the XmR range of whole weeks, mean plus and minus 2.66 times the \
         mean moving range, from {} whole weeks on, cut where counts and shares end. A whole week \
         is seven days long, over, and not before the record. Only a week outside it, or the last \
         {} whole weeks all on one side of the mean, is called a change. Everything else is \
         called noise.\n\
         - Trend words come from the Mann-Kendall test over whole weeks (two-sided, 5 %, from {} \
         on) with the slope of Theil and Sen: rising, falling, no change that can be told from \
         noise, too few weeks. The test takes weeks as independent of each other.\n\
         - Marked days (leave, holidays, on call, launch) are no workdays. A week that holds one \
         leaves usual range, run rule and trend; its point stays.\n\
         - The record of tasks ends with the newest export: after it nothing is known, which is \
         not zero. A task known only to have ended between two exports has no exact length.\n\
         - Lengths are elapsed time, nights and weekends included. Where an end is a plain date, \
         civil days are counted, both ends included.\n\
         - A figure that joins commits with tasks says how many commits are linked.\n\
         - The running week, month or day is marked and never compared with a whole one: the \
         period before is cut after as many days, at the same time of day. A shorter month before \
         is compared whole. Without a record of the whole period before there is no comparison.\n\
         - Zero is not missing. A bucket before the first recorded commit, or still to come, has \
         no value.\n\
         - Filtered figures leave out generated, vendored and lock files and twins, and say how \
         many. Raw figures (`--raw`) count them. Merges and commits with an unbelievable clock \
         count in neither.\n\
         - A commit lies on the civil day and hour of its author date in the author's own \
         offset.\n",
        stats::STATISTIC_FROM,
        stats::P85_FROM,
        stats::P95_FROM,
        stats::USUAL_FROM,
        stats::RUN,
        stats::TREND_FROM,
    )
}
