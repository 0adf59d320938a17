//! `inward show REPOSITORY`: a repository as its page in the dashboard shows it. Writing to a
//! `String` cannot fail: results of `writeln!` into one are dropped.

use std::fmt::Write as _;

use crate::metrics;
use crate::model::dataset::{Dataset, Labels};
use crate::model::period::{Bucket, Range};
use crate::model::selection::{By, Selection};
use crate::report::Context;
use crate::report::repository::{self, About};
use crate::report::text::figure_text;
use crate::report::{json, names::Names};
use crate::store::Repository;
use crate::tui::about;

use super::ask;
use super::error::{CliError, Code};
use super::kept::Kept;
use super::places::Places;
use super::session::{Session, store_error};

/// The figures in their order, and how each is cut; activity comes last.
const FIGURES: [(&str, By); 7] = [
    ("delivered", By::Time(Bucket::Week)),
    ("active_days", By::Time(Bucket::Week)),
    ("lines_changed", By::Time(Bucket::Week)),
    ("change_size", By::Time(Bucket::Week)),
    ("languages", By::Language),
    ("categories", By::Category),
    ("commits", By::Time(Bucket::Week)),
];

/// How many tasks are named.
const TASKS: usize = 40;

/// The repository that `name` names, in any case; `None` when there is none.
pub(super) fn find(kept: &Kept, name: &str) -> Result<Option<Repository>, CliError> {
    let Some(store) = kept.store() else {
        return Ok(None);
    };
    let all = store.repositories().map_err(store_error)?;
    let same = |one: &Repository| one.name.as_str().eq_ignore_ascii_case(name);
    Ok(all.into_iter().find(same))
}

/// Writes `row` over `range`: the figures as JSON, or all that its page shows as text. `places` says
/// what is registered, found before the lock.
pub(super) fn run(
    session: &mut Session,
    (kept, row): (&Kept, Repository),
    (range, places): (Range, &Places),
    as_json: bool,
) -> Result<(), CliError> {
    let Some(store) = kept.store() else {
        return Ok(());
    };
    let id = row.id;
    let asked = |(metric, by): &(&str, By)| {
        let selection = Selection {
            repos: Some([id].into()),
            ..ask::selection(range, *by, false)
        };
        let metric = metrics::by_id(metric)?;
        Some(metrics::figure(
            metric,
            &kept.data,
            &selection,
            &session.calendar,
        ))
    };
    let figures: Vec<_> = FIGURES.iter().filter_map(asked).collect();
    if as_json {
        let names = Names::new(&kept.data, &kept.labels);
        let document = json::ascii(&json::Document::new(&figures, names))
            .map_err(|e| CliError::caused(Code::Failed, &e))?;
        writeln!(session.say.out(), "{document}")?;
        return Ok(());
    }
    let found = |dir: &std::path::Path| {
        let mut known = places.targets.iter();
        known.any(|(place, _)| place.common_dir == dir)
    };
    let about = about::about(store, &kept.data, row, found).map_err(store_error)?;
    let context = kept.context(session);
    let mut text = head(&about, &context);
    for figure in &figures {
        text.push_str(&figure_text(figure, &context));
        text.push('\n');
    }
    let shares = repository::tasks(&kept.data, id, range);
    text.push_str(&tasks(&shares, (&kept.data, &kept.labels)));
    for (days, note) in &about.notes {
        let _ = writeln!(text, "Note, {}: {note}", days.from);
    }
    write!(session.say.out(), "{text}")?;
    Ok(())
}

fn head(about: &About, context: &Context<'_>) -> String {
    let mut out = format!("{}\n", about.name);
    for (path, _) in &about.places {
        let _ = writeln!(out, "  {path}");
    }
    let facts = repository::facts(about, context.calendar.today());
    let _ = writeln!(out, "  {}", facts.join(", "));
    for mark in repository::marks(about) {
        let _ = writeln!(out, "  note: {mark}");
    }
    if repository::is_gone(about) {
        let _ = writeln!(out, "  {}", repository::WHEN_GONE);
    }
    out.push('\n');
    out
}

/// The tasks with commits there, a line each.
fn tasks(shares: &[(u32, u64)], (data, labels): (&Dataset, &Labels)) -> String {
    let known = data.work.tasks.len();
    let mut out = String::new();
    for (at, commits) in shares.iter().take(TASKS) {
        let key = labels.tasks.get(*at as usize);
        let Some(key) = key.filter(|_| (*at as usize) < known) else {
            continue;
        };
        if out.is_empty() {
            out.push_str("Tasks with commits here\n");
        }
        let noun = if *commits == 1 { "commit" } else { "commits" };
        let _ = writeln!(out, "  {key}: {commits} {noun}");
    }
    if shares.len() > TASKS {
        let _ = writeln!(out, "  and {} more", shares.len() - TASKS);
    }
    out
}
