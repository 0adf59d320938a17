//! Figures for a page, and what they mean.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::Known;
use super::tasks::Tasks;
use crate::app::effect::{Ask, Slot};
use crate::app::view::{PageView, Paragraph, TaskNote, Told};
use crate::metrics;
use crate::model::away::Away;
use crate::model::figure::{Figure, Key};
use crate::model::period::Range;
use crate::model::text::Clean;
use crate::report::names::Names;
use crate::report::trackers::Trackers;
use crate::report::{Context, explained, flow, words};
use crate::store::{Store, StoreError};

/// The figures of `ask`; a metric that nobody knows is left out.
///
/// # Errors
/// When what an explanation needs cannot be read from the store.
pub(super) fn answer(
    (store, tasks): (&Store, &mut Tasks),
    known: &Known,
    ask: &Ask,
) -> Result<PageView, StoreError> {
    let figures: Vec<_> = ask
        .questions
        .iter()
        .filter_map(|question| {
            let metric = metrics::by_id(question.metric)?;
            let figure = metrics::figure(metric, &known.data, &question.selection, &ask.calendar);
            Some((question.slot, figure))
        })
        .collect();
    let about = ask.explain.and_then(|id| {
        let mut all = figures.iter().map(|(_, figure)| figure);
        all.find(|figure| figure.metric == id)
    });
    let explained = match about {
        Some(figure) => explain((store, &mut *tasks), known, (figure, ask))?,
        None => Vec::new(),
    };
    let told = if ask.told {
        told((store, tasks), known, (&figures, ask))?
    } else {
        Told::default()
    };
    Ok(PageView {
        id: ask.id,
        told,
        explained,
        workdays: metrics::workdays(&known.data, &ask.about, &ask.calendar),
        labels: Arc::clone(&known.labels),
        away: away(&known.data.away, ask.about.range),
        figures,
    })
}

/// The figures in sentences, and what their tasks are called.
fn told(
    (store, tasks): (&Store, &mut Tasks),
    known: &Known,
    (figures, ask): (&[(Slot, Figure)], &Ask),
) -> Result<Told, StoreError> {
    let asked = flow::Asked::among(figures.iter().map(|(_, figure)| figure));
    let points = figures.iter().flat_map(|(_, figure)| &figure.points);
    let places: BTreeSet<u32> = points
        .filter_map(|point| match point.key {
            Key::Task(at) => Some(at),
            _ => None,
        })
        .collect();
    let mut titles: HashMap<i64, Clean> = HashMap::new();
    if !places.is_empty() {
        let rows = tasks.rows(store, known.version)?.iter();
        titles.extend(rows.map(|row| (row.id, row.facts.title.clone())));
    }
    let note = |at: u32| {
        let task = known.data.work.tasks.get(at as usize)?;
        let note = TaskNote {
            id: task.id,
            title: titles.get(&task.id.0).cloned().unwrap_or_default(),
            stage: task.stage,
        };
        Some((at, note))
    };
    let empty = figures.iter().filter(|(_, figure)| figure.n == 0);
    Ok(Told {
        left_out: empty
            .map(|(slot, figure)| (*slot, words::left_out(figure)))
            .filter(|(_, text)| !text.is_empty())
            .collect(),
        answer: flow::answer(&asked),
        ahead: flow::ahead(&asked, &context(known, ask)),
        tasks: places.into_iter().filter_map(note).collect(),
    })
}

fn context<'a>(known: &'a Known, ask: &'a Ask) -> Context<'a> {
    Context {
        names: Names::new(&known.data, &known.labels),
        calendar: &ask.calendar,
        away: &known.data.away,
        width: 80,
        ascii: true,
    }
}

/// The stretches of `away` that touch `range`.
fn away(away: &[Away], range: Range) -> Vec<Away> {
    let (from, to) = (range.from.to_epoch_days(), range.to.to_epoch_days());
    let touches = |one: &&Away| one.from <= to && one.to >= from;
    away.iter().filter(touches).copied().collect()
}

/// The same words as `inward explain` has.
fn explain(
    (store, tasks): (&Store, &mut Tasks),
    known: &Known,
    (figure, ask): (&Figure, &Ask),
) -> Result<Vec<Paragraph>, StoreError> {
    let Some(metric) = metrics::by_id(figure.metric) else {
        return Ok(Vec::new());
    };
    let none = Trackers::new();
    let trackers = if explained::wants_trackers(figure.metric) {
        tasks.trackers(store, known.version)?
    } else {
        &none
    };
    let context = context(known, ask);
    let all = explained::paragraphs(metric, figure, (&known.data, trackers), &context);
    let paragraph = |one: explained::Paragraph| Paragraph {
        label: one.label,
        items: one.items,
        figures: one.figures,
    };
    Ok(all.into_iter().map(paragraph).collect())
}
