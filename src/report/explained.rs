//! What a metric means and what is here for it, piece by piece: for a screen that lays it out itself.

use super::explain::needed;
use super::text;
use super::trackers::{self, Trackers};
use super::{Context, words};
use crate::metrics::Metric;
use crate::model::dataset::Dataset;
use crate::model::figure::Figure;

/// A part of an explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Its name, e.g. `Rule`; empty for more of the paragraph before.
    pub label: &'static str,
    /// Its texts, each on lines of its own.
    pub items: Vec<String>,
    /// The texts hold figures of the owner's.
    pub figures: bool,
}

/// Everything that is to be said of `figure`, an answer of `metric`: the definition, what is here
/// of the data it needs, what the figure found and what it left out.
pub fn paragraphs(
    metric: &dyn Metric,
    figure: &Figure,
    (data, trackers): (&Dataset, &Trackers),
    context: &Context<'_>,
) -> Vec<Paragraph> {
    let definition = metric.definition();
    let own = |label, items| Paragraph {
        label,
        items,
        figures: true,
    };
    let fixed = |label, text: &str| Paragraph {
        label,
        items: vec![text.to_owned()],
        figures: false,
    };
    let mut here = vec![text::headline(figure, context)];
    here.extend(text::sentences(figure, context));
    let needs = definition.needs.iter().map(|need| needed(*need, data));
    let trackers = trackers::lines(metric.id(), trackers).into_iter().flatten();
    let out = words::left_out(figure);
    let mut all = vec![
        fixed("Rule", definition.rule),
        fixed("Formula", definition.formula),
        own("Here", here),
        own("Needs", needs.chain(trackers).collect()),
    ];
    if out.is_empty() {
        all.push(fixed("Left out", definition.left_out));
    } else {
        all.push(own("Left out", vec![format!("{out}.")]));
        all.push(fixed("", definition.left_out));
    }
    all.push(fixed("Misleads", definition.misleads));
    all.push(fixed("Source", definition.source));
    let id = metric.id();
    all.push(fixed("Elsewhere", &format!("`inward explain {id}`")));
    all
}

/// Whether imports are to be counted for an explanation of the metric `id`.
pub fn wants_trackers(id: &str) -> bool {
    trackers::wants(id)
}
