//! The metrics of tasks that rest on imports alone: what they mean, and what the imports give for
//! them. Their figures are not made yet; what is missing for them is known before they are.

use std::collections::BTreeMap;

use super::Context;
use super::layout::wrap;
use super::words;
use crate::metrics::Definition;
use crate::model::coverage::{Coverage, which_gives_more};
use crate::model::text::Clean;

/// What every tracker's imports hold.
pub type Trackers = BTreeMap<Clean, Coverage>;

/// A metric of tasks.
#[derive(Debug)]
pub struct Flow {
    /// The stable id of the command line.
    pub id: &'static str,
    title: &'static str,
    definition: Definition,
    /// What each task that counts needs, in words after "with".
    needs: &'static str,
    /// Tasks that can count, of those in question.
    counts: fn(&Coverage) -> (u64, u64),
    /// Whether those in question are the finished ones.
    of_finished: bool,
}

/// Every metric of tasks that can be explained.
pub static FLOW: &[Flow] = &[THROUGHPUT, CYCLE_TIME, LEAD_TIME, TIME_IN_STAGE];

/// The one with the stable id `id`; `None` when there is none.
pub fn by_id(id: &str) -> Option<&'static Flow> {
    FLOW.iter().find(|flow| flow.id == id)
}

const THROUGHPUT: Flow = Flow {
    id: "throughput",
    title: "Finished tasks",
    definition: Definition {
        rule: "How many of my tasks were finished in a stretch of time, each counted once, at the \
               last time it was finished. Given up is not finished. Items are counted, points are \
               not added up.",
        formula: "",
        needs: &[],
        source: "Throughput of the Kanban Guide: items finished per unit of time.",
        misleads: "Items differ in size, and small ones count as much as large ones; who splits \
                   work finer finishes more.",
        left_out: "Finished tasks whose export does not say when: the time of an import, or of \
                   the last change, is never taken for it.",
    },
    needs: "the time they were finished",
    counts: |c| (c.finished_when, c.finished),
    of_finished: true,
};

const CYCLE_TIME: Flow = Flow {
    id: "cycle_time",
    title: "Cycle time of tasks",
    definition: Definition {
        rule: "From the start of work on a task to the time it was finished, elapsed, nights and \
               weekends included. The start is what the export says, else the first move into \
               progress or review; a planned start is none. A task that was reopened counts once, \
               to its last finish.",
        formula: "",
        needs: &[],
        source: "Cycle time of the Kanban Guide. Some tools call the time from a first commit to \
                 its deployment so: that is another thing.",
        misleads: "A task that waits in progress is not worked on; what one tracker calls in \
                   progress, another calls selected. Days are not hours of work.",
        left_out: "Finished tasks without a start, or without a finish time. Neither is guessed \
                   from the day a task was written down.",
    },
    needs: "a start and a finish time",
    counts: |c| (c.finished_started, c.finished),
    of_finished: true,
};

const LEAD_TIME: Flow = Flow {
    id: "lead_time",
    title: "Lead time of tasks",
    definition: Definition {
        rule: "From the time a task was written down to the time it was finished, elapsed.",
        formula: "",
        needs: &[],
        source: "Lead time as most trackers have it. What DORA calls lead time for changes goes \
                 from commit to production and needs data on deployments, which is not here.",
        misleads: "The wait in the backlog, which may be a year, outweighs the work; a task \
                   written down when it is done has none.",
        left_out: "Finished tasks whose export does not say when they were written down, or when \
                   they were finished.",
    },
    needs: "a creation and a finish time",
    counts: |c| (c.finished_created, c.finished),
    of_finished: true,
};

const TIME_IN_STAGE: Flow = Flow {
    id: "time_in_stage",
    title: "Time in each stage",
    definition: Definition {
        rule: "How long tasks stayed in each of the six stages (backlog, todo, in progress, in \
               review, done, cancelled), each visit counted. A word of a tracker leads to a stage \
               by the tracker's own category, the built-in table, and [stages] in the settings.",
        formula: "",
        needs: &[],
        source: "Time in state of Kanban tools, over stages that all trackers share.",
        misleads: "A stage is where the tracker was told the task is. Moves that two exports only \
                   narrow down (\"between 3 and 10 March\") are as wide as the exports lie apart.",
        left_out: "Tasks without moves, and stretches in a word that means no stage yet.",
    },
    needs: "moves between states",
    counts: |c| (c.moves, c.tasks),
    of_finished: false,
};

/// Definition of `flow`, and what the imports give for it, by tracker.
pub fn explain_text(flow: &Flow, trackers: &Trackers, context: &Context<'_>) -> String {
    let width = context.columns();
    let mut out = format!("{} ({})\n", flow.title, flow.id);
    for (title, text) in [
        ("Rule", flow.definition.rule),
        ("Source", flow.definition.source),
        ("Misleads", flow.definition.misleads),
        ("Left out", flow.definition.left_out),
    ] {
        out.push('\n');
        out.push_str(&wrap(&format!("{title}: {text}"), width, 2));
    }
    out.push('\n');
    if trackers.is_empty() {
        let nothing = "Coverage: no task was imported yet. `inward import FILE` takes an export; \
                       `inward import --how` lists the trackers, and with the name of one says \
                       how to get the best export out of it.";
        out.push_str(&wrap(nothing, width, 2));
        return out;
    }
    out.push_str("Coverage, pull requests apart; the figure itself is not computed yet:\n");
    for (tracker, coverage) in trackers {
        for (n, line) in lines(flow, tracker, coverage).iter().enumerate() {
            let indent = if n == 0 { 2 } else { 4 };
            out.push_str(&" ".repeat(indent));
            out.push_str(&wrap(line, width.saturating_sub(indent), indent + 2));
        }
    }
    out
}

/// What one tracker's imports give, a sentence a line.
fn lines(flow: &Flow, tracker: &Clean, coverage: &Coverage) -> Vec<String> {
    let (with, of) = (flow.counts)(coverage);
    let tasks = counted(coverage.tasks, "task", "tasks");
    let mut out = vec![match (coverage.tasks, flow.of_finished) {
        (0, _) => format!(
            "{tracker}: no tasks, {}",
            counted(coverage.pull_requests, "pull request", "pull requests")
        ),
        (_, true) => format!(
            "{tracker}: {tasks}, {} finished; {} of these with {}",
            words::count(of),
            words::count(with),
            flow.needs
        ),
        (_, false) => format!(
            "{tracker}: {tasks}, {} of these with {}",
            words::count(with),
            flow.needs
        ),
    }];
    let gaps = coverage.gaps().into_iter();
    let gaps: Vec<_> = gaps
        .filter(|gap| gap.metrics().contains(&flow.id))
        .collect();
    out.extend(gaps.iter().map(|gap| format!("missing: {gap}")));
    if with < of {
        out.push(which_gives_more(tracker.as_str()));
    }
    out
}

fn counted(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", words::count(n), if n == 1 { one } else { many })
}
