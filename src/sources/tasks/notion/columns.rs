//! Which column of a Notion table is what. The names are the owner's, so what the cells hold
//! counts beside them.

use std::collections::BTreeSet;

use super::super::ImportError;
use super::super::dates::{Dates, DayOrder};
use super::super::table::Table;
use crate::model::stage::{StageWords, Status};

/// The columns that were made out; the first one is the title.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    pub(super) status: Option<usize>,
    /// A checkbox that says done.
    pub(super) ticked: Option<usize>,
    pub(super) done: Option<usize>,
    pub(super) created: Option<usize>,
    pub(super) updated: Option<usize>,
    pub(super) started: Option<usize>,
    pub(super) due: Option<usize>,
    pub(super) people: Option<usize>,
    pub(super) tags: Option<usize>,
    pub(super) project: Option<usize>,
    pub(super) parent: Option<usize>,
    pub(super) kind: Option<usize>,
    pub(super) points: Option<usize>,
}

const STATUS: [&str; 11] = [
    "status",
    "state",
    "stage",
    "estado",
    "statut",
    "état",
    "stato",
    "状态",
    "状態",
    "ステータス",
    "статус",
];
const DONE: [&str; 15] = [
    "completed on",
    "completed at",
    "completed",
    "completed date",
    "completion date",
    "date completed",
    "done on",
    "done at",
    "done",
    "finished",
    "finished on",
    "closed",
    "closed on",
    "erledigt",
    "erledigt am",
];
const CREATED: [&str; 5] = [
    "created",
    "created time",
    "created at",
    "created on",
    "date created",
];
const UPDATED: [&str; 5] = [
    "last edited time",
    "last edited",
    "last updated",
    "updated",
    "updated at",
];
/// A date that is only called a start may be planned: these say that it was one.
const STARTED: [&str; 5] = [
    "started",
    "started on",
    "started at",
    "actual start",
    "date started",
];
const DUE: [&str; 12] = [
    "due",
    "due date",
    "due on",
    "deadline",
    "end date",
    "fällig",
    "fällig am",
    "échéance",
    "期限",
    "dates",
    "date",
    "timeline",
];
const PEOPLE: [&str; 13] = [
    "assignee",
    "assignees",
    "assigned to",
    "assign",
    "assigned",
    "owner",
    "owners",
    "responsible",
    "person",
    "people",
    "zuständig",
    "asignado",
    "担当者",
];
const TAGS: [&str; 4] = ["tags", "tag", "labels", "label"];
const PROJECT: [&str; 3] = ["project", "projects", "projekt"];
const PARENT: [&str; 5] = [
    "parent",
    "parent task",
    "parent-task",
    "parent item",
    "parent-item",
];
const KIND: [&str; 3] = ["type", "task type", "kind"];
const POINTS: [&str; 2] = ["points", "story points"];

/// What the cells of one column hold.
#[derive(Clone, Debug, Default)]
struct Held {
    filled: u64,
    dates: u64,
    boxes: u64,
    stages: u64,
    /// Different values, not more than are counted.
    values: BTreeSet<String>,
}

/// More different values than a status has.
const VALUES: usize = 16;

impl Held {
    fn add(&mut self, cell: &str, words: &StageWords) {
        if cell.is_empty() {
            return;
        }
        self.filled += 1;
        self.dates += u64::from(is_date(cell));
        self.boxes += u64::from(is_box(cell));
        if self.values.contains(cell) || self.values.len() <= VALUES {
            self.stages += u64::from(words.stage(&Status::word(cell)).is_some());
            self.values.insert(cell.to_owned());
        }
    }

    /// Whether nearly all of it is `count`.
    fn mostly(&self, count: u64) -> bool {
        self.filled > 0 && count * 5 >= self.filled * 4
    }

    fn is_dates(&self) -> bool {
        self.mostly(self.dates)
    }

    fn is_boxes(&self) -> bool {
        self.filled > 0 && self.boxes == self.filled
    }

    fn is_status(&self) -> bool {
        self.mostly(self.stages)
            && self.values.len() <= VALUES
            && !self.is_dates()
            && !self.is_boxes()
    }
}

fn is_date(cell: &str) -> bool {
    let start = cell.split('→').next().unwrap_or(cell);
    let dates = |order| Dates {
        zone: chrono_tz::UTC,
        order: Some(order),
    };
    [DayOrder::Dmy, DayOrder::Mdy]
        .into_iter()
        .any(|order| dates(order).when(start).is_some())
}

fn is_box(cell: &str) -> bool {
    ["yes", "no"].contains(&cell.to_lowercase().as_str())
}

impl Columns {
    /// Looks at all of `table`.
    pub(super) fn find(mut table: Table<'_>) -> Result<Self, ImportError> {
        let header: Vec<String> = table
            .header()
            .iter()
            .map(|name| name.to_lowercase())
            .collect();
        let mut held = vec![Held::default(); header.len()];
        let words = StageWords::default();
        while let Some(row) = table.next()? {
            for (at, held) in held.iter_mut().enumerate() {
                held.add(row.get(Some(at)), &words);
            }
        }
        Ok(Self::of(&header, &held))
    }

    fn of(header: &[String], held: &[Held]) -> Self {
        let columns = || {
            (1..header.len())
                .zip(&header[1.min(header.len())..])
                .zip(held.iter().skip(1))
        };
        // By name, in the order of the names, if the column holds what it should or nothing.
        let find = |names: &[&str], holds: fn(&Held) -> bool| {
            names.iter().find_map(|wanted| {
                let named = |((at, name), held): ((usize, &String), &Held)| {
                    let fits = name == wanted && (held.filled == 0 || holds(held));
                    fits.then_some(at)
                };
                columns().find_map(named)
            })
        };
        let text = |held: &Held| !held.is_dates() && !held.is_boxes();
        let holds_status = || columns().find_map(|((at, _), held)| held.is_status().then_some(at));
        Self {
            status: find(&STATUS, text).or_else(holds_status),
            ticked: find(&DONE, Held::is_boxes),
            done: find(&DONE, Held::is_dates),
            created: find(&CREATED, Held::is_dates),
            updated: find(&UPDATED, Held::is_dates),
            started: find(&STARTED, Held::is_dates),
            due: find(&DUE, Held::is_dates),
            people: find(&PEOPLE, text),
            tags: find(&TAGS, text),
            project: find(&PROJECT, text),
            parent: find(&PARENT, text),
            kind: find(&KIND, text),
            points: find(&POINTS, text),
        }
    }

    /// Whether something says where a task stands.
    pub(super) fn is_enough(&self) -> bool {
        self.status.is_some() || self.ticked.is_some() || self.done.is_some()
    }
}
