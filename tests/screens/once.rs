//! The made-up records and their figures, made once for all tests that change nothing of them: some open
//! them hundreds of times.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

use inward::metrics::{self, Metric};
use inward::model::calendar::Calendar;
use inward::model::dataset::Dataset;
use inward::model::figure::Figure;
use inward::model::selection::Selection;

use crate::items;
use crate::record::{Amount, record};

static RECORDS: [OnceLock<Arc<Dataset>>; 3] = [const { OnceLock::new() }; 3];
static FIGURES: OnceLock<Mutex<HashMap<String, Figure>>> = OnceLock::new();

/// The record of `amount` as it was made.
pub(crate) fn record_of(amount: Amount) -> Arc<Dataset> {
    let made = RECORDS[amount as usize].get_or_init(|| {
        let mut data = record(amount);
        data.work = items::work(amount);
        Arc::new(data)
    });
    Arc::clone(made)
}

/// The figure of `data`; that of an unchanged record is made once.
pub(crate) fn figure(
    metric: &'static dyn Metric,
    data: &Arc<Dataset>,
    (selection, calendar): (&Selection, &Calendar),
) -> Figure {
    let make = || metrics::figure(metric, data, selection, calendar);
    let unchanged = RECORDS
        .iter()
        .position(|made| made.get().is_some_and(|made| Arc::ptr_eq(made, data)));
    let Some(at) = unchanged else {
        return make();
    };
    let figures = FIGURES.get_or_init(Mutex::default);
    let key = format!("{at} {} {selection:?} {calendar:?}", metric.id());
    if let Some(figure) = figures.lock().unwrap().get(&key) {
        return figure.clone();
    }
    let figure = make();
    figures.lock().unwrap().insert(key, figure.clone());
    figure
}
