//! One stream of what I did, by time: counted commits, ref events, and of work items what nobody
//! else and no program does as a rule.

use super::super::items::Items;
use super::super::question::{Dropped, Question, reasons};
use super::super::select::{Fate, Span, commit_extent, date};
use super::act::{Act, Grain, Kind, Place, not_taken, of_work};
use super::stream::{Stream, is_act, surest};
use crate::model::calendar::Calendar;
use crate::model::dataset::{Dataset, RefAct};
use crate::model::figure::{Figure, Rest};
use crate::model::moment::{FARTHEST_OFFSET, window};
use crate::model::period::Range;
use crate::model::selection::Selection;

/// What every figure of acts leaves out.
pub(super) const LEFT_OUT: &str = "What the commits figure leaves out; ref events of no named \
    kind, whose maker nobody can tell, or with a clock that is not believed; moves of tasks other \
    than into work, which others or the tracker may have made; plain dates, which are no times.";

/// The acts that a question covers.
pub(in crate::metrics) struct Acts<'a> {
    items: Items<'a>,
    repos: Option<Vec<bool>>,
    refs: &'a [RefAct],
    others: Vec<Act>,
    /// The first day of the reflog.
    reflog_from: Option<i32>,
}

/// What was met on the way through a stream.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::metrics) struct Met {
    dropped: Dropped,
    /// Ref events that are no acts.
    vague: u64,
    /// Acts that are commits.
    pub(in crate::metrics) commits: u64,
    /// All acts.
    pub(in crate::metrics) acts: u64,
}

impl<'a> Acts<'a> {
    /// The acts that `selection` covers. A choice of commits by their text covers no ref event, and
    /// one of languages nothing but commits: nothing of the kind is known of the others.
    pub(in crate::metrics) fn new(
        data: &'a Dataset,
        selection: &'a Selection,
        calendar: &'a Calendar,
    ) -> Self {
        let chosen = selection.repos.as_ref();
        let items = Items::new(data, selection, calendar);
        let of_commits = selection.languages.is_some();
        let others = if of_commits {
            Vec::new()
        } else {
            of_work(&items, Grain::Second)
        };
        let without_refs = selection.commits.is_some() || !selection.takes_unread();
        let mut out = Self {
            items,
            repos: chosen.map(|chosen| data.repos.iter().map(|id| chosen.contains(id)).collect()),
            refs: if without_refs { &[] } else { &data.ref_acts },
            others,
            reflog_from: None,
        };
        let reflog = out.reflog();
        out.reflog_from = reflog.map(|days| days.0);
        let today = calendar.today();
        let record = record(commit_extent(data), reflog, &out.others);
        // It goes on until today: a day without an act is known to be one.
        let record = record.map(|known| Range {
            to: known.to.max(today),
            ..known
        });
        out.items.question.record = record;
        out.items.question.seen_to = today;
        out
    }

    /// The question, about the record of acts: from the first commit or ref event on.
    pub(in crate::metrics) fn question(&self) -> &Question<'a> {
        &self.items.question
    }

    /// The days asked about, inside the record.
    pub(in crate::metrics) fn span(&self) -> Span {
        let mut span = self.question().span();
        if let Some(record) = self.question().record {
            span.from = span.from.max(record.from.to_epoch_days());
        }
        span
    }

    /// The same, and not beyond the end of the record: few enough days to hold one by one.
    pub(super) fn days(&self) -> Span {
        let mut span = self.span();
        if let Some(record) = self.question().record {
            span.to = span.to.min(record.to.to_epoch_days());
        } else {
            (span.from, span.to) = (0, -1);
        }
        span
    }

    /// Calls `visit` for every act of `span`, by time. A commit and its own reflog line are one
    /// act, told by the second; the lines of commits that the owner took out are none.
    pub(in crate::metrics) fn each(&self, span: Span, mut visit: impl FnMut(Act)) -> Met {
        let mut met = Met::default();
        let data = self.question().data;
        let mut stream = Stream {
            span,
            refs: self.refs_of(span),
            others: &self.others,
            admits: |line: &RefAct| self.admits(line),
            now: self.now(),
            told: None,
            vague: 0,
        };
        let mut links = data.links.as_slice();
        let (mut dropped, mut commits) = (Dropped::default(), 0);
        let mut tell = |act: Act| {
            met.acts += 1;
            visit(act);
        };
        self.question().filter.each(span, |index, day, fate| {
            let counts = dropped.keeps(fate);
            if !counts && fate != Fate::Excluded {
                return;
            }
            let utc = data.commits.utc[index];
            stream.before(utc, &mut tell);
            stream.told = Some(utc);
            if !counts {
                return;
            }
            let repo = data.commits.repo[index];
            commits += 1;
            let line = stream.own_line(utc, repo);
            let branch = line.map(|line| line.branch);
            tell(Act {
                utc,
                day,
                offset_min: data.commits.offset_min[index],
                kind: Kind::Result,
                place: Place {
                    repo: Some(line.map_or(repo, |line| line.repo)),
                    branch: branch.filter(|branch| *branch != 0),
                    task: u32::try_from(index)
                        .ok()
                        .and_then(|index| surest(&mut links, index, &data.work)),
                },
            });
        });
        stream.before(i64::MAX, &mut tell);
        met.vague = stream.vague;
        met.dropped = dropped;
        met.commits = commits;
        met
    }

    /// Whether a ref event passes the filters.
    fn admits(&self, line: &RefAct) -> bool {
        self.repos.as_ref().is_none_or(|chosen| {
            let at = usize::from(line.repo);
            chosen.get(at).copied().unwrap_or(false)
        })
    }

    fn now(&self) -> i64 {
        self.question().calendar.now.timestamp()
    }

    /// The first and last day of the reflog, looked for from its ends: events close in time may
    /// lie on days the other way round, in another offset.
    fn reflog(&self) -> Option<(i32, i32)> {
        let now = self.now();
        let told = |line: &&RefAct| self.admits(line) && is_act(line, now);
        let first = self.refs.iter().find(told)?.utc;
        let last = self.refs.iter().rfind(told)?.utc;
        let early = self.refs.iter().filter(told);
        let early = early.take_while(|line| line.utc <= first + 2 * FARTHEST_OFFSET);
        let late = self.refs.iter().rev().filter(told);
        let late = late.take_while(|line| line.utc >= last - 2 * FARTHEST_OFFSET);
        ends(early.chain(late).map(|line| line.day))
    }

    /// The ref events whose times can lie in `span`.
    fn refs_of(&self, span: Span) -> &'a [RefAct] {
        let (from, to) = window(span.from, span.to);
        let start = self.refs.partition_point(|line| line.utc < from);
        let end = self.refs.partition_point(|line| line.utc < to);
        self.refs.get(start..end).unwrap_or_default()
    }

    /// Says in `figure` what was left out of `span` and what the acts are made of.
    pub(super) fn account(&self, figure: &mut Figure, span: Span, met: Met) {
        figure.left_out = met.dropped.reasons(&self.question().filter);
        let (moves, dates) = not_taken(&self.items, span);
        figure.left_out.extend(reasons(&[
            ("ref_events", met.vague),
            ("moves_by_anyone", moves),
            ("plain_dates", dates),
        ]));
        if met.acts > 0 {
            figure.rests_on.push(Rest {
                what: "acts_from_commits",
                n: met.commits,
                of: met.acts,
            });
        }
    }

    /// From here on the question is only about days that the reflog tells of, where it tells of
    /// any day asked about: weeks before it show fewer acts, which is no change of mine.
    pub(super) fn compare_alike(&mut self) {
        let range = self.question().selection.range;
        let start = self.reflog_from.and_then(date);
        let question = &mut self.items.question;
        if let (Some(start), Some(record)) = (start, question.record.as_mut())
            && range.to >= start
        {
            record.from = record.from.max(start);
        }
    }
}

fn ends(days: impl Iterator<Item = i32>) -> Option<(i32, i32)> {
    days.fold(None, |ends, day| {
        let (from, to) = ends.unwrap_or((day, day));
        Some((from.min(day), to.max(day)))
    })
}

/// The record of acts. Work items make none where commits or ref events do: a task of years ago
/// does not mean that all acts since are known.
fn record(commits: Option<Range>, refs: Option<(i32, i32)>, others: &[Act]) -> Option<Range> {
    let range = |(from, to)| Some(Range::new(date(from)?, date(to)?));
    let others = ends(others.iter().map(|act| act.day)).and_then(range);
    let own = [commits, refs.and_then(range)].into_iter().flatten();
    let own = own.reduce(|a, b| Range::new(a.from.min(b.from), a.to.max(b.to)));
    match (own, others) {
        (Some(own), Some(others)) => Some(Range {
            to: own.to.max(others.to),
            ..own
        }),
        (own, others) => own.or(others),
    }
}
