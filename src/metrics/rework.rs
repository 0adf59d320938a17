//! Rework: the share of my lines that were soon deleted or rewritten.

use super::followed::{self, Followed, Unfollowed};
use super::metric::{Definition, Metric, Need};
use super::parts::{Cut, Home, Part};
use super::question::{Question, reasons};
use super::select::Span;
use super::series::{Daily, judge, pieces};
use super::stats::{STATISTIC_FROM, ratio_interval};
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Key, Point, Rest, Rows, Shape, Unit, Verdict};
use crate::model::period::Bucket;
use crate::model::selection::Selection;

/// The share of lines that did not live three weeks.
pub(super) struct Rework;

/// Days after its birth within which the end of a line is rework.
const WINDOW: i32 = 21;

impl Metric for Rework {
    fn id(&self) -> &'static str {
        "rework"
    }

    fn title(&self) -> &'static str {
        "Lines soon rewritten"
    }

    fn unit(&self) -> Unit {
        Unit::Share
    }

    fn definition(&self) -> Definition {
        Definition {
            asked: &[
                (
                    "Do the newest lines look good because they are young?",
                    "Commits whose 21 days are not over leave the value, the comparison and the trend, and their weeks are marked.",
                ),
                (
                    "Do fifty thousand lines mean certainty?",
                    "No. The interval counts commits, not lines.",
                ),
                (
                    "Is rework waste?",
                    "Good iteration looks the same. That is why there is no figure of efficiency.",
                ),
            ],
            rule: "Of the lines that my commits of the range brought to the default branch, the share \
                   that was deleted or rewritten within 21 days of the commit's author day. Only \
                   commits whose 21 days are over when lines were last followed count; n is their \
                   number. The points `by_me` and `by_others` split the value by who removed the \
                   lines. A week or month of which some commit is younger is marked as not \
                   complete. The interval is a bootstrap over commits, since lines of one commit \
                   share a fate. No share below 5 commits.",
            formula: "rework = lines gone within 21 days / lines born, over commits older than 21 days",
            needs: &[Need::Lines],
            source: "Pluralsight Flow and Hatica count 21 days, GitClear two weeks, Harness 30 days; \
                     whose number is right nobody has shown. The split is ours.",
            misleads: "Writing again is often how good code comes to be, and a trial that is thrown \
                       away is well spent. A low share can mean that nobody dares to touch it. A \
                       file that moves by deletion and new creation looks rewritten, and so does an \
                       early bulk of lines in a new project. One large commit outweighs fifty small \
                       ones. Work rewritten before it landed is not seen.",
            left_out: "Commits whose 21 days are not over (`window_open`), whose lines were not \
                       followed (`not_followed`: on no default branch, in no counted file, or newer \
                       than the last pass), whose lines are said to have gone before they came \
                       (`backwards`); mass reformatting, merges, twins, swallowed commits, excluded \
                       and undated ones. All in commits.",
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        let question = Question::of_lines(data, selection, calendar);
        let mut figure = question.blank(self, Shape::Series);
        if !followed::any(&data.fates) {
            return figure;
        }
        let found = collect(&question, question.span());
        figure.n = found.rows.len() as u64;
        figure.value = found.share();
        figure.interval = figure.value.and_then(|_| ratio_interval(&found.ratios()));
        figure.left_out = found.unfollowed.reasons(&question);
        let open = found.open.len() as u64;
        figure.left_out.extend(reasons(&[("window_open", open)]));
        let of = figure.n + open + found.unfollowed.not_followed;
        if of > 0 {
            let (what, n) = ("followed_commits", figure.n + open);
            figure.rests_on.push(Rest { what, n, of });
        }
        match Cut::of(selection.by) {
            Cut::Time(bucket) => {
                figure.points = series(&question, &found, bucket);
                judge(&question, &mut figure, Some(1.0));
            }
            Cut::Into(part) => {
                figure.shape = Shape::Shares;
                figure.points = parts(&question, &found.rows, part);
            }
        }
        figure.points.extend(found.by_whom(&question));
        if figure.value.is_none() {
            figure.verdict = Verdict::TooFew {
                have: figure.n,
                need: STATISTIC_FROM,
            };
        }
        figure.previous = question.previous(|span| {
            let found = collect(&question, span);
            (found.share(), found.rows.len() as u64)
        });
        figure
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        let question = Question::of_lines(data, selection, calendar);
        let found = collect(&question, question.span());
        Rows::Commits(found.rows.iter().map(|row| row.commit).collect())
    }
}

/// A commit whose window is over.
#[derive(Clone, Copy, Debug)]
struct Row {
    commit: u32,
    day: i32,
    born: u32,
    by_me: u32,
    by_others: u32,
}

impl Row {
    fn of(followed: &Followed<'_>) -> Self {
        let mut out = Self {
            commit: u32::try_from(followed.index).unwrap_or(u32::MAX),
            day: followed.day,
            born: followed.born,
            by_me: 0,
            by_others: 0,
        };
        let soon = |day: i32| day.saturating_sub(followed.day) <= WINDOW;
        for died in followed.died.iter().filter(|died| soon(died.day)) {
            let sum = if died.by_me {
                &mut out.by_me
            } else {
                &mut out.by_others
            };
            *sum = sum.saturating_add(died.lines);
        }
        out
    }

    fn gone(self) -> u32 {
        self.by_me.saturating_add(self.by_others).min(self.born)
    }
}

#[derive(Default)]
struct Found {
    rows: Vec<Row>,
    /// Days of the commits whose window is not over.
    open: Vec<i32>,
    unfollowed: Unfollowed,
}

fn collect(question: &Question<'_>, span: Span) -> Found {
    let mut found = Found::default();
    found.unfollowed = followed::each(question, span, |followed| {
        if followed.seen() >= WINDOW {
            found.rows.push(Row::of(&followed));
        } else {
            found.open.push(followed.day);
        }
    });
    found
}

impl Found {
    fn share(&self) -> Option<f64> {
        share(&self.rows, Row::gone)
    }

    fn ratios(&self) -> Vec<(f64, f64)> {
        let ratio = |row: &Row| (f64::from(row.gone()), f64::from(row.born));
        self.rows.iter().map(ratio).collect()
    }

    /// The value by who removed the lines.
    fn by_whom(&self, question: &Question<'_>) -> Vec<Point> {
        type Gone = fn(Row) -> u32;
        let kinds: [(&'static str, Gone); 2] = [
            ("by_me", |row| row.by_me),
            ("by_others", |row| row.by_others),
        ];
        let point = |(name, gone): (&'static str, Gone)| {
            let n = self.rows.iter().filter(|row| gone(**row) > 0).count() as u64;
            question.part(Key::Name(name), share(&self.rows, gone), n)
        };
        kinds.map(point).into()
    }
}

/// The share of all born lines that `gone` counts; none below 5 commits.
fn share(rows: &[Row], gone: impl Fn(Row) -> u32) -> Option<f64> {
    let born: u64 = rows.iter().map(|row| u64::from(row.born)).sum();
    let gone: u64 = rows.iter().map(|row| u64::from(gone(*row))).sum();
    (rows.len() as u64 >= STATISTIC_FROM && born > 0).then(|| gone as f64 / born as f64)
}

/// The shares of buckets; one with a commit whose window is open, or whose last day's window is, is
/// not complete.
fn series(question: &Question<'_>, found: &Found, bucket: Bucket) -> Vec<Point> {
    let mut days = Daily::new(question, question.span());
    for row in &found.rows {
        days.add(row.day, u64::from(row.gone()), u64::from(row.born));
    }
    let known_to = question.data.fates.until.iter().max().copied();
    let closed = known_to.and_then(|until| until.checked_sub(1 + WINDOW));
    pieces(question, &days, bucket)
        .into_iter()
        .map(|piece| {
            let from = piece.range.from.to_epoch_days();
            let to = piece.range.to.to_epoch_days();
            let open = found.open.iter().any(|day| (from..=to).contains(day));
            let enough = |n: u64, all: u64| n >= STATISTIC_FROM && all > 0;
            let share = |a: u64, b: u64| a as f64 / b as f64;
            let mut point = piece.point(Key::Time, |cell| {
                enough(cell.n, cell.b).then(|| share(cell.a, cell.b))
            });
            point.complete &= !open && closed.is_some_and(|closed| to <= closed);
            point
        })
        .collect()
}

/// The shares of parts, the one with most born lines first.
fn parts(question: &Question<'_>, rows: &[Row], part: Part) -> Vec<Point> {
    let mut home = Home::new(part);
    let mut parts: Vec<(usize, Vec<Row>)> = Vec::new();
    for row in rows {
        let place = home.of(question, row.commit as usize);
        match parts.iter_mut().find(|known| known.0 == place) {
            Some(known) => known.1.push(*row),
            None => parts.push((place, vec![*row])),
        }
    }
    let born = |rows: &[Row]| rows.iter().map(|row| u64::from(row.born)).sum::<u64>();
    parts.sort_by_key(|(place, rows)| (std::cmp::Reverse(born(rows)), *place));
    let point = |(place, rows): (usize, Vec<Row>)| {
        let key = part.key(question.data, place)?;
        Some(question.part(key, share(&rows, Row::gone), rows.len() as u64))
    };
    parts.into_iter().filter_map(point).collect()
}
