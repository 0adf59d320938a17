//! A made-up draft, as the worker would write one.

use std::sync::Arc;

use inward::app::draft::{Form, Kind};
use inward::app::effect::DraftAsk;
use inward::app::view::DraftView;
use inward::model::period::Range;

use crate::world::clean;

pub(crate) const WEEK: &str = "\
# Week of Mon 16 to Sun 22 Nov

## Finished

**harbour**

- ING-7 Retry the queue on 429 instead of giving up after the first answer (merged #41, 3 commits: `1a2b3c4d5e`, `2b3c4d5e6f`, `3c4d5e6f7a`)
- ING-12 Empty state of the log
- ING-19 Say which file was skipped, and why

**quay**

- W2-31 Keep the cursor when rows are read again

## In progress

- ING-22 Import of boards with more than 10,000 cards: since Tue 17 Nov, 3 workdays
- W2-33 Waits for review for 2 workdays (#44)

## Reviews

- 4 reviews of 3 pull requests in harbour: #39, #40, #43

## Work without a ticket

- cache: 5 commits, Mon 16 to Wed 18 Nov: bound the size, count misses

## Notes

- Wed 18 Nov, impact: on-call hand-over took the morning, the runbook is short enough now

## Commits

31 commits on 5 days in 2 repositories, 9 of them without a task.
";

/// A made-up draft of what `ask` wants.
pub(crate) fn view(ask: &DraftAsk, any: bool) -> DraftView {
    let mut text = if any { WEEK.to_owned() } else { String::new() };
    if ask.form == Form::Plain {
        text = text.replace("**", "").replace("# ", "").replace('#', "");
    }
    if ask.kind == Kind::Review {
        text = text.repeat(6);
    }
    let from = match ask.kind {
        Kind::Standup => ask.range.to.pred_opt().unwrap(),
        _ => ask.range.from,
    };
    DraftView {
        id: ask.id,
        kind: ask.kind,
        form: ask.form,
        ids: ask.ids,
        range: Range::new(from, ask.range.to),
        empty: text.is_empty(),
        text: Arc::from(text),
        problem: clean(""),
    }
}
