//! One message in, a new state and effects out.

use std::mem;

use super::ask;
use super::effect::Effect;
use super::message::{Message, ScanNews};
use super::privacy::{self, forget};
use super::row::RowsView;
use super::state::{Chooser, Detail, State};
use super::view::{CommitView, DraftView, Facts, PageView, TaskView};
use super::{
    correct, exclude, filter, first_run, goals, hand_out, keys, narrow, note, palette, proposals,
    recall, repository, scan, share, slow,
};
use crate::model::text::Clean;
use chrono::{DateTime, Timelike, Utc};

/// Carries `message` into `state`; returns what is to be done outside, in order.
/// [`State::dirty`] is set when the screen has to be drawn again.
pub fn update(state: &mut State, message: Message) -> Vec<Effect> {
    let (covered, seen) = (state.cover.is_on(), state.dirty);
    let resized = matches!(message, Message::Resize(..));
    let mut effects = match message {
        Message::Tick(now) => tick(state, now),
        other => {
            let seen = take(state, other);
            state.dirty |= seen.is_some();
            seen.unwrap_or_default()
        }
    };
    first_run::ask_to_keep(state);
    effects.extend(ask::refresh(state));
    slow::settle(state);
    // What changed under the cover is not seen; taken away, all of it is drawn.
    if covered && !resized {
        state.dirty = seen || !state.cover.is_on();
    }
    effects
}

/// `None` when the message changed nothing that can be seen.
fn take(state: &mut State, message: Message) -> Option<Vec<Effect>> {
    let nothing = Vec::new;
    match message {
        Message::Tick(_) => return None,
        Message::Key(key) => {
            state.touched = true;
            state.cover.touch(state.calendar.now);
            // Where time takes nothing away, the next key does.
            state.dirty |= state.reduced_motion && state.toasts.seen();
            return keys::key(state, key);
        }
        Message::Pointed(action) => {
            state.cover.touch(state.calendar.now);
            state.dirty |= state.reduced_motion && state.toasts.seen();
            return keys::pointed(state, action);
        }
        Message::Action(action) => return Some(keys::run(state, action)),
        Message::Paste(text) => {
            state.cover.touch(state.calendar.now);
            return filter::paste(state, &text).then(nothing);
        }
        Message::Resize(columns, rows) => state.size = (columns, rows),
        Message::Recall(view) => {
            state.recalled = Some(view);
            return None;
        }
        Message::Facts(facts) => {
            take_facts(state, *facts);
            return Some(narrow::again(state).into_iter().collect());
        }
        Message::Found(found) => return narrow::found(state, found).then(nothing),
        Message::Computed(view) => return computed(state, view).then(nothing),
        Message::Rows(view) => return take_rows(state, view).then(nothing),
        Message::Commit(view) => return commit(state, *view).then(nothing),
        Message::Task(view) => return take_task(state, *view).then(nothing),
        Message::Repository(view) => return repository::take(state, *view).then(nothing),
        Message::FoundTasks(id, hits) => {
            return palette::found_tasks(state, id, hits).then(nothing);
        }
        Message::Draft(view) => return take_draft(state, *view).then(nothing),
        Message::Privacy(view) => {
            let id = view.id;
            return state.privacy.view.answer(id, *view).is_ok().then(nothing);
        }
        Message::SelfTested(result) => privacy::tested(state, result),
        Message::WouldForget(takes) => forget::counted(state, takes),
        Message::Forgot(outcome) => forget::done(state, outcome),
        Message::Excluded(exclude) => exclude::done(state, exclude),
        Message::Corrected(done) => correct::done(state, done),
        Message::ShareOffered(offer) => share::offered(state, offer),
        Message::ShareWeighed(id, found) => share::weighed(state, id, found),
        Message::ShareWritten(id, found) => share::written(state, id, found),
        Message::Offered { name, path } => hand_out::offered(state, name, path),
        Message::NoteKept { number, said } => note::kept(state, number, &said),
        Message::NoteNotKept(why) => note::not_kept(state, &why),
        Message::Goals(view) => {
            let id = view.id;
            return state.goals.view.answer(id, *view).is_ok().then(nothing);
        }
        Message::GoalKept { new, said } => goals::kept(state, new, &said),
        Message::GoalNotKept(why) => goals::not_kept(state, &why),
        Message::Scan(news) => {
            let counts = matches!(news, ScanNews::Walked(_) | ScanNews::Added(_));
            scan::news(state, news);
            return (!state.reduced_motion || !counts).then(nothing);
        }
        Message::People(people) => {
            state.popup = None;
            state.chooser = Some(Chooser {
                people,
                ..Chooser::default()
            });
        }
        Message::Looking => state.others.pending = true,
        Message::Proposals { all, news } => proposals::found(state, all, news),
        Message::MoreOthers(count) => proposals::more(state, count),
        Message::AskFailed { id, why } => return failed(state, id, &why).then(nothing),
        Message::Failed(text) => state.toasts.say(text, true, state.calendar.now),
        Message::Done(text) => state.toasts.say(text, false, state.calendar.now),
    }
    Some(Vec::new())
}

/// The time moved on; once a minute the look is noted, if it is another one.
fn tick(state: &mut State, now: DateTime<Utc>) -> Vec<Effect> {
    let before = mem::replace(&mut state.calendar.now, now);
    let today = before.with_timezone(&state.calendar.zone).date_naive();
    state.dirty |= state.cover.tick(now);
    state.dirty |= !state.reduced_motion && state.toasts.tick(now);
    slow::tick(state);
    let minute = (before.hour(), before.minute()) != (now.hour(), now.minute());
    state.dirty |= minute;
    if today != state.calendar.today() {
        follow(state);
        state.question_changed();
        state.dirty = true;
    }
    let noted = if minute { recall::keep(state) } else { None };
    noted.into_iter().collect()
}

/// A live window moves along with the days and the data.
fn follow(state: &mut State) {
    let extent = state.facts.as_ref().and_then(|facts| facts.extent);
    state.look.window.follow(&state.calendar, extent);
}

fn take_facts(state: &mut State, facts: Facts) {
    // The words of some days need to know how far the record reaches.
    let before = state.facts.replace(facts);
    recall::take(state);
    let Some(facts) = &state.facts else { return };
    narrow::follow(&mut state.look, before.as_ref(), facts);
    if !facts.me.is_empty() {
        state.chooser = None;
    }
    let (point, flow) = (state.cursors.point, state.cursors.flow);
    let marked = mem::take(&mut state.work.marked);
    follow(state);
    state.question_changed();
    // New commits do not take the owner's finger off the week it points at, nor the marks off rows.
    (state.cursors.point, state.cursors.flow) = (point, flow);
    state.work.marked = marked;
}

fn computed(state: &mut State, view: PageView) -> bool {
    let mut view = Some(view);
    let mut offer = |asked: &mut super::list::Asked<PageView>| {
        if let Some(given) = view.take() {
            view = asked.answer(given.id, given).err();
        }
    };
    state.pages.values_mut().for_each(&mut offer);
    for detail in &mut state.details {
        if let Detail::Figure(detail) = detail {
            offer(&mut detail.figure);
        }
    }
    view.is_none()
}

fn take_rows(state: &mut State, view: RowsView) -> bool {
    let mut view = Some(view);
    let details = state.details.iter_mut().filter_map(|detail| match detail {
        Detail::Figure(detail) => Some(&mut detail.list),
        _ => None,
    });
    for list in details.chain([&mut state.work]) {
        if let Some(given) = view.take() {
            view = list.rows.answer(given.id, given).err();
            if view.is_none() {
                list.go(list.cursor);
            }
        }
    }
    view.is_none()
}

fn commit(state: &mut State, view: CommitView) -> bool {
    let mut view = Some(view);
    for detail in &mut state.details {
        if let (Detail::Commit(detail), Some(given)) = (detail, view.take()) {
            view = detail.view.answer(given.id, given).err();
        }
    }
    view.is_none()
}

fn take_task(state: &mut State, view: TaskView) -> bool {
    let mut view = Some(view);
    for detail in &mut state.details {
        if let Detail::Task(detail) = detail
            && let Some(given) = view.take()
        {
            view = detail.view.answer(given.id, given).err();
            if view.is_none() {
                let events = detail.view.value.as_ref().map_or(0, |v| v.events.len());
                detail.cursor = detail.cursor.min(events.saturating_sub(1));
            }
        }
    }
    view.is_none()
}

fn take_draft(state: &mut State, view: DraftView) -> bool {
    let mut view = Some(view);
    for detail in &mut state.details {
        if let Detail::Draft(detail) = detail
            && let Some(given) = view.take()
        {
            view = detail.view.answer(given.id, given).err();
        }
    }
    view.is_none()
}

fn failed(state: &mut State, id: u64, why: &Clean) -> bool {
    let mut hit = state.work.rows.fail(id, why)
        | state.privacy.view.fail(id, why)
        | state.goals.view.fail(id, why);
    for asked in state.pages.values_mut() {
        hit |= asked.fail(id, why);
    }
    for detail in &mut state.details {
        hit |= match detail {
            Detail::Figure(detail) => detail.figure.fail(id, why) | detail.list.rows.fail(id, why),
            Detail::Commit(detail) => detail.view.fail(id, why),
            Detail::Draft(detail) => detail.view.fail(id, why),
            Detail::Task(detail) => detail.view.fail(id, why),
            Detail::Repository(detail) => detail.view.fail(id, why),
            Detail::Table(_) => false,
        };
    }
    hit
}
