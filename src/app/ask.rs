//! Which figures and rows the screen needs now, and asking for those it does not have.

use std::mem;

use super::effect::{Ask, CommitAsk, Effect, Question, RowsAsk, Slot, TaskAsk};
use super::flow;
use super::goals;
use super::list::{List, WINDOW};
use super::look::{Look, Measure};
use super::page::Page;
use super::palette;
use super::privacy;
use super::projects;
use super::repository;
use super::state::{Detail, State};
use crate::model::calendar::Calendar;
use crate::model::period::{Bucket, Range};
use crate::model::selection::{By, Selection};

/// The asks for everything the open screen shows and has no fresh answer to.
pub(super) fn refresh(state: &mut State) -> Vec<Effect> {
    if state.facts.is_none() || state.chooser.is_some() {
        return Vec::new();
    }
    // Taken out, so that asking may borrow the state; put back below.
    let mut details = mem::take(&mut state.details);
    let mut effects: Vec<Effect> = match details.last_mut() {
        Some(detail) => detail_asks(state, detail),
        None if state.page == Page::Work => {
            let mut work = mem::take(&mut state.work);
            let selection = state.look.selection();
            let asked = rows(state, &mut work, &selection, None);
            state.work = work;
            asked.into_iter().collect()
        }
        None if state.page == Page::Goals => goals::ask(state).into_iter().collect(),
        None if state.page == Page::Privacy => privacy::ask(state).into_iter().collect(),
        None => page_asks(state).into_iter().collect(),
    };
    state.details = details;
    effects.extend(palette::ask(state));
    effects
}

fn page_asks(state: &mut State) -> Option<Effect> {
    let epoch = state.epoch;
    let asked = state.pages.entry(state.page).or_default();
    if asked.epoch == epoch {
        return None;
    }
    let id = state.next_ask();
    let questions = match state.page {
        Page::Projects => projects::questions(state),
        page => questions(page, &state.look, &state.calendar),
    };
    if let Some(asked) = state.pages.get_mut(&state.page) {
        asked.wait(id, epoch);
    }
    Some(Effect::Compute(Ask {
        id,
        calendar: state.calendar.clone(),
        about: state.look.selection(),
        questions,
        explain: None,
        told: state.page == Page::Flow,
    }))
}

fn detail_asks(state: &mut State, detail: &mut Detail) -> Vec<Effect> {
    let epoch = state.epoch;
    match detail {
        Detail::Draft(detail) => {
            let epoch = (epoch << 20) + detail.changes;
            if detail.view.epoch == epoch {
                return Vec::new();
            }
            let id = state.next_ask();
            detail.view.wait(id, epoch);
            let window = state.look.window.range;
            vec![Effect::Draft(detail.ask(id, window, &state.calendar))]
        }
        Detail::Table(_) => Vec::new(),
        Detail::Task(detail) if detail.view.epoch == epoch => Vec::new(),
        Detail::Task(detail) => {
            let id = state.next_ask();
            detail.view.wait(id, epoch);
            vec![Effect::Task(TaskAsk {
                id,
                now_utc: state.calendar.now.timestamp(),
                which: detail.which.clone(),
            })]
        }
        Detail::Repository(detail) if detail.view.epoch == epoch => Vec::new(),
        Detail::Repository(detail) => {
            let id = state.next_ask();
            detail.view.wait(id, epoch);
            let ask = repository::ask(state, detail.repo, id);
            vec![Effect::Repository(Box::new(ask))]
        }
        Detail::Commit(detail) if detail.view.epoch == epoch => Vec::new(),
        Detail::Commit(detail) => {
            let id = state.next_ask();
            detail.view.wait(id, epoch);
            let commit = detail.commit;
            vec![Effect::Commit(CommitAsk { id, commit })]
        }
        Detail::Figure(detail) => {
            let mut effects = Vec::new();
            if detail.figure.epoch != epoch {
                let id = state.next_ask();
                detail.figure.wait(id, epoch);
                effects.push(Effect::Compute(Ask {
                    id,
                    calendar: state.calendar.clone(),
                    about: detail.selection.clone(),
                    questions: vec![Question {
                        slot: Slot::Main,
                        metric: detail.metric,
                        selection: detail.selection.clone(),
                    }],
                    explain: Some(detail.metric),
                    told: false,
                }));
            }
            let metric = Some(detail.metric);
            effects.extend(rows(state, &mut detail.list, &detail.selection, metric));
            effects
        }
    }
}

/// Asks for the rows around the cursor when the question changed or the cursor nears the edge.
fn rows(
    state: &mut State,
    list: &mut List,
    selection: &Selection,
    metric: Option<&'static str>,
) -> Option<Effect> {
    // One number for both halves of the question; neither half ever shrinks.
    let epoch = (state.epoch << 20) + list.changes;
    let fresh = list.rows.epoch == epoch;
    if fresh && (list.rows.waiting.is_some() || !list.needs_more()) {
        return None;
    }
    let id = state.next_ask();
    list.rows.wait(id, epoch);
    Some(Effect::Rows(RowsAsk {
        id,
        calendar: state.calendar.clone(),
        selection: selection.clone(),
        metric,
        text: list.filter.clone(),
        kinds: list.kinds,
        sort: list.sort,
        from: list.wanted_from(),
        count: WINDOW,
    }))
}

/// The questions of a page. The Work page asks for rows instead, the Privacy page for words; those
/// of Projects stand with it.
fn questions(page: Page, look: &Look, calendar: &Calendar) -> Vec<Question> {
    let ask = |slot, metric, selection: &Selection| Question {
        slot,
        metric,
        selection: selection.clone(),
    };
    let whole = look.selection();
    let cut = |by| Selection {
        by,
        ..whole.clone()
    };
    let (split, other) = (look.split, look.split.other());
    match page {
        Page::Overview => vec![
            ask(Slot::Finished, "throughput", &whole),
            ask(Slot::Delivered, "delivered", &whole),
            ask(Slot::Cycle, "cycle_time", &whole),
            ask(Slot::Ages, "work_item_age", &whole),
            ask(Slot::ReviewsGiven, "reviews", &whole),
            ask(Slot::ReviewTime, "review_given", &whole),
            ask(Slot::ReviewWait, "review_received", &whole),
            ask(Slot::ActiveDays, "active_days", &whole),
            ask(Slot::Lines, "lines_changed", &whole),
            ask(Slot::Sizes, "change_size", &whole),
            ask(Slot::Commits, "commits", &whole),
        ],
        Page::Trends => {
            let metric = look.measure.metric();
            let mut all = vec![
                ask(Slot::Main, metric, &whole),
                ask(Slot::Split, split.metric(), &cut(split.by())),
                ask(Slot::OtherSplit, other.metric(), &cut(other.by())),
            ];
            if look.compare {
                let before = whole.over(whole.range.previous());
                all.push(ask(Slot::Before, metric, &before));
            }
            if look.measure == Measure::LINES {
                all.push(ask(Slot::Sizes, "change_size", &whole));
            }
            all
        }
        Page::Rhythm => {
            let year = Selection {
                range: year_to(look.window.range, calendar),
                by: By::Time(Bucket::Day),
                ..whole.clone()
            };
            vec![
                ask(Slot::Hours, "hours_by_weekday", &whole),
                ask(Slot::Year, "commits", &year),
                ask(Slot::ActiveDays, "active_days", &whole),
                ask(Slot::AfterHours, "after_hours_share", &whole),
                ask(Slot::Weekend, "weekend_share", &whole),
            ]
        }
        Page::Flow => flow::questions(look),
        Page::Work | Page::Projects | Page::Goals | Page::Privacy => Vec::new(),
    }
}

/// The 53 weeks that end with `range`, or with the running week when it reaches beyond today.
fn year_to(range: Range, calendar: &Calendar) -> Range {
    let to = range.to.min(Range::weeks(1, calendar).to);
    let from = calendar
        .week_of(to)
        .checked_sub_days(chrono::Days::new(52 * 7))
        .unwrap_or(to);
    Range { from, to }
}
