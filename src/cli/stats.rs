//! `inward stats`, `inward explain` and `inward status`: figures as text, JSON and CSV.

use crate::metrics::{self, METRICS};
use crate::model::figure::Figure;
use crate::report::trackers::Trackers;
use crate::report::{csv, explain, json, names::Names, status, text};

use super::args::StatsArgs;
use super::ask;
use super::behind;
use super::error::{CliError, Code};
use super::kept::Kept;
use super::session::{Session, store_error};

/// Computes the named metrics, or all, over a range.
pub(super) fn run(session: &mut Session, args: &StatsArgs) -> Result<(), CliError> {
    let known: Vec<&'static str> = METRICS.iter().map(|metric| metric.id()).collect();
    let (mut wanted, range) = ask::metrics_and_range(&args.words, &known)?;
    if wanted.is_empty() {
        wanted = known;
    }
    let kept = Kept::open(session)?;
    let range = ask::range(range, &session.calendar, &kept.data)?;
    let selection = ask::selection(range, ask::by(args.by), args.raw);
    let figures: Vec<Figure> = wanted
        .iter()
        .filter_map(|id| metrics::by_id(id))
        .map(|metric| metrics::figure(metric, &kept.data, &selection, &session.calendar))
        .collect();
    let names = Names::new(&kept.data, &kept.labels);
    if args.json {
        let document = json::ascii(&json::Document::new(&figures, names))
            .map_err(|e| CliError::caused(Code::Failed, &e))?;
        writeln!(session.say.out(), "{document}")?;
    } else if args.csv {
        let table =
            csv::figures_csv(&figures, names).map_err(|e| CliError::caused(Code::Failed, &e))?;
        write!(session.say.out(), "{table}")?;
    } else {
        let context = kept.context(session);
        let texts: Vec<String> = figures
            .iter()
            .map(|figure| text::figure_text(figure, &context))
            .collect();
        write!(session.say.out(), "{}", texts.join("\n"))?;
    }
    Ok(())
}

/// `inward explain METRIC`: what it means, what it rests on here, and the rows behind it.
pub(super) fn explain(session: &mut Session, id: &str) -> Result<(), CliError> {
    let Some(metric) = metrics::by_id(metrics::alias(id).unwrap_or(id)) else {
        let known: Vec<_> = METRICS.iter().map(|metric| metric.id()).collect();
        return Err(CliError::usage(format!("`{id}` is not a metric"))
            .hint(format!("metrics: {}", known.join(" "))));
    };
    let kept = if session.has_store() {
        Kept::open(session)?
    } else {
        Kept::default()
    };
    let mut trackers = Trackers::new();
    let mut tasks = Vec::new();
    if let Some(store) = kept.store() {
        tasks = store.tasks().map_err(store_error)?;
        for task in &tasks {
            let coverage = trackers.entry(task.facts.source.clone()).or_default();
            coverage.add_folded(&task.facts, &task.moves, &task.timeline);
        }
    }
    let context = kept.context(session);
    let behind = explain::whole(&kept.data)
        .map(|selection| metrics::rows(metric, &kept.data, &selection, &session.calendar));
    let (rows, of) = match &behind {
        Some(behind) => behind::newest(session, &kept, (behind, &tasks), explain::ROWS_SHOWN)?,
        None => (Vec::new(), 0),
    };
    let found = explain::Found {
        data: &kept.data,
        trackers: &trackers,
        rows: (&rows, of),
    };
    let answer = explain::explain_text(metric, &found, &context);
    write!(session.say.out(), "{answer}")?;
    Ok(())
}

/// `inward status`: one line for a prompt; nothing kept is an empty answer, not an error.
pub(super) fn status(session: &mut Session) -> Result<(), CliError> {
    if session.has_store() {
        let store = session.open_kept()?;
        let since = status::since(&session.calendar);
        let data = store.recent(session.now_utc(), since);
        let line = status::status_line(&data.map_err(store_error)?, &session.calendar);
        writeln!(session.say.out(), "{line}")?;
    }
    Ok(())
}
