//! Figures for a page, and what they mean.

use std::sync::Arc;

use super::Known;
use super::tasks::Tasks;
use crate::app::effect::Ask;
use crate::app::view::{PageView, Paragraph};
use crate::metrics;
use crate::model::away::Away;
use crate::model::figure::Figure;
use crate::model::period::Range;
use crate::report::names::Names;
use crate::report::trackers::Trackers;
use crate::report::{Context, explained};
use crate::store::{Store, StoreError};

/// The figures of `ask`; a metric that nobody knows is left out.
///
/// # Errors
/// When what an explanation needs cannot be read from the store.
pub(super) fn answer(
    from: (&Store, &mut Tasks),
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
        Some(figure) => explain(from, known, (figure, ask))?,
        None => Vec::new(),
    };
    Ok(PageView {
        id: ask.id,
        explained,
        workdays: metrics::workdays(&known.data, &ask.about, &ask.calendar),
        labels: Arc::clone(&known.labels),
        away: away(&known.data.away, ask.about.range),
        figures,
    })
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
    let context = Context {
        names: Names::new(&known.data, &known.labels),
        calendar: &ask.calendar,
        away: &known.data.away,
        width: 80,
        ascii: true,
    };
    let all = explained::paragraphs(metric, figure, (&known.data, trackers), &context);
    let paragraph = |one: explained::Paragraph| Paragraph {
        label: one.label,
        items: one.items,
        figures: one.figures,
    };
    Ok(all.into_iter().map(paragraph).collect())
}
