//! What a metric means, how it misleads, and what the record can say about it; and the same for
//! all metrics as `docs/metrics.md`.

use super::Context;
use super::layout::wrap;
use super::words;
use crate::metrics::{METRICS, Metric, extent, stats};
use crate::model::dataset::Dataset;
use crate::model::figure::Unit;
use crate::model::selection::Selection;

/// Definition of `metric`, and its coverage in `data`: days, commits, what was left out.
pub fn explain_text(metric: &dyn Metric, data: &Dataset, context: &Context<'_>) -> String {
    let definition = metric.definition();
    let width = context.columns();
    let mut out = format!(
        "{} ({}, {})\n",
        metric.title(),
        metric.id(),
        unit(metric.unit())
    );
    for (title, text) in [
        ("Rule", definition.rule),
        ("Source", definition.source),
        ("Misleads", definition.misleads),
        ("Left out", definition.left_out),
    ] {
        out.push('\n');
        out.push_str(&wrap(&format!("{title}: {text}"), width, 2));
    }
    out.push('\n');
    out.push_str(&wrap(&coverage(metric, data, context), width, 2));
    out
}

fn coverage(metric: &dyn Metric, data: &Dataset, context: &Context<'_>) -> String {
    let Some(record) = extent(data) else {
        return "Coverage: nothing is recorded yet.".to_owned();
    };
    let figure = metric.compute(data, &Selection::weekly(record), context.calendar);
    let today = context.calendar.today();
    let repositories = context.names.repositories();
    let noun = if repositories == 1 {
        "repository"
    } else {
        "repositories"
    };
    let mut out = format!(
        "Coverage: n={} commits from {} to {}, in {} {noun}.",
        words::count(figure.n),
        words::day(record.from, today),
        words::day(record.to, today),
        words::count(repositories as u64),
    );
    let left_out = words::left_out(&figure);
    if !left_out.is_empty() {
        out.extend([" Left out: ", &left_out, "."]);
    }
    out
}

fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Commits => "in commits",
        Unit::Days => "in days",
        Unit::Lines => "in lines",
        Unit::Share => "a share of commits",
        Unit::Seconds => "in seconds",
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
    for metric in METRICS {
        let definition = metric.definition();
        out.extend(["\n## ", metric.title(), "\n\n`", metric.id(), "`, "]);
        out.extend([unit(metric.unit()), "\n"]);
        for (title, text) in [
            ("Rule.", definition.rule),
            ("Source.", definition.source),
            ("Misleads.", definition.misleads),
            ("Left out.", definition.left_out),
        ] {
            out.extend(["\n**", title, "** ", text, "\n"]);
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
         statistics of the binomial, 95 %, from 6 values); the interval of a share is Wilson's. \
         Nothing is random.\n\
         - The usual range is the XmR range of whole weeks, mean plus and minus 2.66 times the \
         mean moving range, from {} whole weeks on, cut where counts and shares end. A whole week \
         is seven days long, over, and not before the record. Only a week outside it, or the last \
         {} whole weeks all on one side of the mean, is called a change. Everything else is \
         called noise.\n\
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
    )
}
