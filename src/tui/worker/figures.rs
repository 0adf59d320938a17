//! Figures for a page.

use std::sync::Arc;

use super::Known;
use crate::app::effect::Ask;
use crate::app::view::PageView;
use crate::metrics;

/// The figures of `ask`; a metric that nobody knows is left out.
pub(super) fn answer(known: &Known, ask: &Ask) -> PageView {
    let figures = ask
        .questions
        .iter()
        .filter_map(|question| {
            let metric = metrics::by_id(question.metric)?;
            let figure = metric.compute(&known.data, &question.selection, &ask.calendar);
            Some((question.slot, figure))
        })
        .collect();
    PageView {
        id: ask.id,
        figures,
        workdays: metrics::workdays(&known.data, &ask.about, &ask.calendar),
        labels: Arc::clone(&known.labels),
    }
}
