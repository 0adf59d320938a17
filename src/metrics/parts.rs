//! Parts of a whole: by repository, language, category, task or project.

use std::cmp::Reverse;

use super::question::Question;
use crate::model::commit::Category;
use crate::model::dataset::Dataset;
use crate::model::figure::{Key, Point};
use crate::model::ids::LanguageId;
use crate::model::period::Bucket;
use crate::model::selection::By;

/// How a figure is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    /// Along time.
    Time(Bucket),
    /// Into parts.
    Into(Part),
}

impl Cut {
    /// The cut that `by` asks for.
    pub(super) fn of(by: By) -> Self {
        match by {
            By::Time(bucket) => Self::Time(bucket),
            By::Repo => Self::Into(Part::Repo),
            By::Language => Self::Into(Part::Language),
            By::Category => Self::Into(Part::Category),
            By::Task => Self::Into(Part::Task),
            By::Project => Self::Into(Part::Project),
        }
    }
}

/// What the rows are parted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Repo,
    Language,
    Category,
    /// The task of a commit's surest link.
    Task,
    Project,
}

impl Part {
    /// What the part at `place` is called.
    pub(super) fn key(self, data: &Dataset, place: usize) -> Option<Key> {
        match self {
            Self::Repo => data.repos.get(place).copied().map(Key::Repo),
            Self::Language => Some(Key::Language(LanguageId(u16::try_from(place).ok()?))),
            Self::Category => Category::from_number(u8::try_from(place).ok()?).map(Key::Category),
            Self::Task if place == 0 => Some(Key::Name("no task")),
            Self::Task => Some(Key::Task(u32::try_from(place - 1).ok()?)),
            Self::Project if place == 0 => Some(Key::Name("no project")),
            Self::Project => Some(Key::Project(u16::try_from(place).ok()?)),
        }
    }

    /// The part of one change entry.
    pub(super) fn place(self, data: &Dataset, index: usize, entry: usize) -> usize {
        match self {
            Self::Repo => usize::from(data.commits.repo[index]),
            Self::Language => usize::from(data.changes.language[entry].0),
            Self::Category => usize::from(data.changes.category[entry]),
            Self::Task => task_place(data, index),
            Self::Project => usize::from(data.changes.project[entry]),
        }
    }
}

/// The position of the task of the surest link of commit `index`, from 1; 0 without a link.
fn task_place(data: &Dataset, index: usize) -> usize {
    let commit = u32::try_from(index).unwrap_or(u32::MAX);
    let from = data.links.partition_point(|link| link.commit < commit);
    let links = data.links.iter().skip(from);
    let surest = links
        .take_while(|link| link.commit == commit)
        .min_by_key(|link| link.rule);
    surest.map_or(0, |link| link.task as usize + 1)
}

/// Finds the one part to which a whole commit goes. Keeps its scratch room between commits.
pub(super) struct Home {
    part: Part,
    sums: Vec<(usize, u64)>,
}

impl Home {
    pub(super) fn new(part: Part) -> Self {
        Self {
            part,
            sums: Vec::new(),
        }
    }

    /// Its repository, or the language or category with most of its counted lines: the lower id
    /// on a tie, entry 0 when it changed nothing that counts.
    pub(super) fn of(&mut self, question: &Question<'_>, index: usize) -> usize {
        if self.part == Part::Repo {
            return usize::from(question.data.commits.repo[index]);
        }
        if self.part == Part::Task {
            return task_place(question.data, index);
        }
        let changes = &question.data.changes;
        self.sums.clear();
        for at in question.data.changes_of(index) {
            if !question.filter.counts(at) {
                continue;
            }
            let place = self.part.place(question.data, index, at);
            let lines = u64::from(changes.added[at]) + u64::from(changes.deleted[at]);
            match self.sums.iter_mut().find(|sum| sum.0 == place) {
                Some(sum) => sum.1 += lines,
                None => self.sums.push((place, lines)),
            }
        }
        let most = self.sums.iter().max_by_key(|sum| (sum.1, Reverse(sum.0)));
        most.map_or(0, |sum| sum.0)
    }
}

/// Sums by place, grown on demand.
#[derive(Default)]
pub(super) struct Parts {
    sums: Vec<Sum>,
}

#[derive(Clone, Copy, Default)]
struct Sum {
    value: u64,
    n: u64,
    /// The last commit counted here, plus one: a commit counts once in each part it touches.
    last: usize,
}

impl Parts {
    /// Adds `value` of commit `index` to the part at `place`.
    pub(super) fn add(&mut self, place: usize, index: usize, value: u64) {
        if place >= self.sums.len() {
            self.sums.resize(place + 1, Sum::default());
        }
        let sum = &mut self.sums[place];
        sum.value += value;
        sum.n += u64::from(sum.last != index + 1);
        sum.last = index + 1;
    }

    /// The parts with commits, largest first, by id on a tie; `value(sum, n)` makes the value.
    pub(super) fn points(
        &self,
        question: &Question<'_>,
        part: Part,
        value: impl Fn(u64, u64) -> Option<f64>,
    ) -> Vec<Point> {
        let mut out: Vec<Point> = self
            .sums
            .iter()
            .enumerate()
            .filter(|(_, sum)| sum.n > 0)
            .filter_map(|(place, sum)| {
                let key = part.key(question.data, place)?;
                Some(question.part(key, value(sum.value, sum.n), sum.n))
            })
            .collect();
        // The sort is stable: places are already in the order of their ids.
        out.sort_by(|a, b| {
            let order = |p: &Point| p.value.unwrap_or(-1.0);
            order(b).total_cmp(&order(a)).then(b.n.cmp(&a.n))
        });
        out
    }
}
