//! What the worker would answer, over the made-up record.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use inward::app::effect::{Ask, RowsAsk, Slot, SortBy};
use inward::app::kinds::Kind;
use inward::app::look::Found;
use inward::app::row::{ItemRow, Row, RowsView};
use inward::app::view::{CommitRow, Marks, PageView, Paragraph, TaskNote, Told};
use inward::metrics;
use inward::model::commit::Lines;
use inward::model::dataset::flag;
use inward::model::figure::{Figure, Of, Rows};
use inward::model::ids::Oid;
use inward::model::moment::Moment;
use inward::model::task::When;
use inward::model::work::Task;
use inward::report::names::Names;
use inward::report::trackers::Trackers;
use inward::report::{Context, explained, flow, words as said};

use crate::items;
use crate::once;
use crate::record::{LANGUAGES, REPOS, SUMMARIES};
use crate::world::{World, clean};

impl World {
    pub(crate) fn compute(&self, ask: &Ask) -> PageView {
        let figures = ask.questions.iter().filter_map(|question| {
            let metric = metrics::by_id(question.metric)?;
            let asked = (&question.selection, &ask.calendar);
            let figure = once::figure(metric, &self.data, asked);
            Some((question.slot, figure))
        });
        let figures: Vec<_> = figures.collect();
        let about = figures.iter().find(|one| Some(one.1.metric) == ask.explain);
        PageView {
            id: ask.id,
            explained: about.map_or_else(Vec::new, |(_, figure)| self.explain(figure, ask)),
            workdays: metrics::workdays(&self.data, &ask.about, &ask.calendar),
            told: self.told(&figures, ask),
            labels: Arc::clone(&self.labels),
            away: self.data.away.clone(),
            figures,
        }
    }

    fn told(&self, figures: &[(Slot, Figure)], ask: &Ask) -> Told {
        if !ask.told {
            return Told::default();
        }
        let asked = flow::Asked::among(figures.iter().map(|(_, figure)| figure));
        let note = |(at, task): (usize, &Task)| {
            let note = TaskNote {
                id: task.id,
                title: items::title(at),
                stage: task.stage,
            };
            (u32::try_from(at).unwrap(), note)
        };
        let empty = figures.iter().filter(|(_, figure)| figure.n == 0);
        Told {
            left_out: empty
                .map(|(slot, figure)| (*slot, said::left_out(figure)))
                .filter(|(_, text)| !text.is_empty())
                .collect(),
            answer: flow::answer(&asked),
            ahead: flow::ahead(&asked, &self.context(ask)),
            tasks: self.data.work.tasks.iter().enumerate().map(note).collect(),
        }
    }

    fn context<'a>(&'a self, ask: &'a Ask) -> Context<'a> {
        Context {
            names: Names::new(&self.data, &self.labels),
            calendar: &ask.calendar,
            away: &[],
            width: 80,
            ascii: true,
        }
    }

    fn explain(&self, figure: &Figure, ask: &Ask) -> Vec<Paragraph> {
        let context = self.context(ask);
        let metric = metrics::by_id(figure.metric).unwrap();
        let found = (&*self.data, &Trackers::new());
        let all = explained::paragraphs(metric, figure, found, &context);
        all.into_iter()
            .map(|one| Paragraph {
                label: one.label,
                items: one.items,
                figures: one.figures,
            })
            .collect()
    }

    pub(crate) fn rows(&self, ask: &RowsAsk) -> RowsView {
        let Some(metric) = ask.metric else {
            return self.log(ask);
        };
        let metric = metrics::by_id(metric).unwrap();
        let behind = metric.rows(&self.data, &ask.selection, &ask.calendar);
        let of = behind.len();
        let lengths = metric.lengths(&self.data, &ask.selection, &ask.calendar);
        let lengths = lengths.into_iter().collect();
        let (what, rows): (_, Vec<Row>) = match &behind {
            Rows::Commits(at) => {
                let row = |at: &u32| Row::Commit(Box::new(self.row(*at as usize)));
                (Of::Commits, at.iter().rev().map(row).collect())
            }
            Rows::Tasks(at) => {
                let from = (&*self.labels, &self.data.work);
                let row = |at: &u32| Row::Item(Box::new(items::row(*at, from, &lengths)));
                (Of::Tasks, at.iter().map(row).collect())
            }
            Rows::Stays(at) => {
                let (labels, work) = (&*self.labels, &self.data.work);
                let owners = work.owners();
                let row = |at: &u32| {
                    let owner = owners[*at as usize];
                    let row = items::row(owner, (labels, work), &HashMap::new());
                    Row::Item(Box::new(items::stay(row, work.visits[*at as usize])))
                };
                (Of::Visits, at.iter().map(row).collect())
            }
            // This record has none of either.
            Rows::Given(at) => (Of::ReviewsGiven, none(at)),
            Rows::Entries(at) => (Of::Entries, none(at)),
        };
        listed(ask, (Some(what), of), rows)
    }

    /// Everything of the selection, of the kinds that are wanted; each task on the day it stands on.
    fn log(&self, ask: &RowsAsk) -> RowsView {
        let mut rows = Vec::new();
        let commits = metrics::by_id("commits").unwrap();
        if let Rows::Commits(at) = commits.rows(&self.data, &ask.selection, &ask.calendar)
            && ask.kinds.has(Kind::Commit)
        {
            let row = |at: &u32| Row::Commit(Box::new(self.row(*at as usize)));
            rows.extend(at.iter().rev().map(row));
        }
        if ask.kinds.has(Kind::Task) {
            let passing = metrics::passing(&self.data, &ask.selection, &ask.calendar);
            let from = (&*self.labels, &self.data.work);
            let all = passing.tasks.iter();
            let tasks = all.map(|at| items::row(*at, from, &HashMap::new()));
            let here = |row: &ItemRow| {
                let day = row.at.and_then(When::day);
                day.is_some_and(|day| ask.selection.range.contains(day))
            };
            rows.extend(tasks.filter(here).map(|row| Row::Item(Box::new(row))));
        }
        if ask.kinds.has(Kind::Session) && self.data.keep.hours {
            let all = metrics::sessions(&self.data, &ask.selection, &ask.calendar);
            let long = all.iter().filter(|one| one.to > one.from);
            rows.extend(long.map(|one| Row::Item(Box::new(items::session(one)))));
        }
        let what = match ask.kinds.single() {
            Some(Kind::Commit) => Some(Of::Commits),
            Some(Kind::Task) => Some(Of::Tasks),
            Some(Kind::Session) => Some(Of::Sessions),
            _ => None,
        };
        let of = rows.len();
        listed(ask, (what, of), rows)
    }
}

/// The window of `rows` that `ask` wants, filtered and in order.
fn listed(ask: &RowsAsk, (what, of): (Option<Of>, usize), mut rows: Vec<Row>) -> RowsView {
    {
        rows.retain(|row| words(row).to_lowercase().contains(&ask.text.to_lowercase()));
        match ask.sort.by {
            SortBy::Time => rows.sort_by_key(|row| Reverse(time(row))),
            SortBy::Size => rows.sort_by_key(|row| Reverse(size(row))),
            SortBy::Repository => rows.sort_by(|a, b| a.place().cmp(b.place())),
        }
        if ask.sort.reverse {
            rows.reverse();
        }
        let total = rows.len();
        let twin = |row: &&Row| row.commit().is_some_and(|row| row.marks.is(flag::TWIN));
        let copies = rows.iter().filter(twin).count();
        let rows = rows.into_iter().skip(ask.from).take(ask.count).collect();
        RowsView {
            id: ask.id,
            what,
            of,
            total,
            copies,
            from: ask.from,
            rows,
        }
    }
}

impl World {
    /// What holds `text`: commits by their words, tasks by key and title.
    pub(crate) fn find(&self, text: &str) -> Found {
        let wanted = text.to_lowercase();
        let holds = |words: String| words.to_lowercase().contains(&wanted);
        let commits = (0..self.data.len())
            .filter(|at| holds(words(&Row::Commit(Box::new(self.row(*at))))))
            .map(|at| self.data.commits.id[at]);
        let tasks = self.data.work.tasks.iter().enumerate();
        let named = tasks
            .filter(|(at, _)| holds(format!("{} {}", self.labels.tasks[*at], items::title(*at))));
        Found {
            text: text.to_owned(),
            commits: Arc::new(commits.collect()),
            tasks: Arc::new(named.map(|(_, task)| task.id).collect()),
        }
    }

    pub(crate) fn row(&self, index: usize) -> CommitRow {
        let columns = &self.data.commits;
        let changes = self.data.changes_of(index);
        let mut lines = Lines::default();
        let mut files = 0;
        for at in changes.clone() {
            lines.added += self.data.changes.added[at];
            lines.deleted += self.data.changes.deleted[at];
            files += self.data.changes.files[at];
        }
        let language = changes
            .clone()
            .next()
            .map_or(0, |at| usize::from(self.data.changes.language[at].0));
        let seed = u8::try_from(index % 251).unwrap();
        let unknown = self.data.has(index, flag::LINES_UNKNOWN);
        CommitRow {
            commit: columns.id[index],
            oid: Oid([seed.wrapping_mul(37) ^ 0xa5; 20]),
            authored: Moment::new(columns.utc[index], i32::from(columns.offset_min[index])),
            day_only: false,
            repo: clean(REPOS[usize::from(columns.repo[index])]),
            summary: clean(SUMMARIES[index * index % 97 % SUMMARIES.len()]),
            language: clean(LANGUAGES[language]),
            files,
            lines: (!unknown).then_some(lines),
            marks: Marks {
                flags: self.data.commits.flags[index],
                undated: false,
            },
        }
    }
}

fn none(at: &[u32]) -> Vec<Row> {
    assert!(at.is_empty(), "not in this record");
    Vec::new()
}

fn words(row: &Row) -> String {
    match row {
        Row::Commit(row) => format!("{} {}", row.summary, row.repo),
        Row::Item(row) => format!("{} {} {}", row.key, row.title, row.place),
    }
}

fn time(row: &Row) -> i64 {
    match row {
        Row::Commit(row) => row.authored.utc,
        Row::Item(row) => row.at.map_or(0, When::order),
    }
}

fn size(row: &Row) -> i64 {
    match row {
        Row::Commit(row) => row.lines.map_or(0, |l| i64::from(l.added + l.deleted)),
        Row::Item(row) => row.seconds.unwrap_or_default(),
    }
}
