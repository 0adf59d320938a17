//! The keys of the dialog, by step.

use chrono::NaiveDate;

use super::{Row, Share, ShareAsk, Step, Stop, WORD, leave, lines_of, room, shown};
use crate::app::effect::Effect;
use crate::app::popup::Entry;
use crate::app::state::State;
use crate::app::{filter, moves};
use crate::input::action::Action;
use crate::model::text::Clean;
use crate::share::{Form, OWN_CHARS, Profile};

/// Keys in the dialog.
pub(in crate::app) fn act(state: &mut State, action: Action) -> Vec<Effect> {
    if filter::edit(state, action) {
        return Vec::new();
    }
    let (size, page) = (state.size, moves::page_rows(state));
    let (next, today) = (state.next_ask(), state.calendar.today());
    let Some(share) = shown(state) else {
        return Vec::new();
    };
    share.held = None;
    match (&mut share.step, action) {
        (Step::Own(_), Action::Cancel)
        | (Step::Weight(..) | Step::Preview(..) | Step::Refused(..), Action::Back)
        | (Step::Refused(..), Action::Open) => share.step = Step::Lines,
        (_, Action::Back | Action::Cancel) => leave(state),
        (Step::Lines, _) => return in_lines(share, action, (next, today, page)),
        (Step::Own(_), Action::Accept) => take_own(share),
        (Step::Weight(preview, _), Action::Open) => {
            share.step = Step::Preview(preview.clone(), 0);
        }
        (Step::Preview(preview, _), Action::Open) => {
            share.step = Step::Word(preview.clone(), Entry::default());
        }
        (Step::Weight(..) | Step::Preview(..) | Step::Refused(..), _) => {
            scroll(&mut share.step, action, size);
        }
        (Step::Word(_, entry), Action::Accept) if entry.field.text().trim() != WORD => {
            entry.problem = Some(format!("type {WORD}, or leave"));
        }
        (Step::Word(..), Action::Accept) => {
            share.step = Step::Busy;
            return vec![Effect::ShareWrite(share.id)];
        }
        (Step::Done(_), Action::Open) => state.popup = None,
        _ => {}
    }
    Vec::new()
}

fn scroll(step: &mut Step, action: Action, size: (u16, u16)) {
    let (width, height) = room(size);
    let Some((text, first)) = step.reading() else {
        return;
    };
    let last = lines_of(text, width).len().saturating_sub(height);
    let to = moves::in_list(first, last + 1, action, height);
    if let Step::Weight(_, first) | Step::Preview(_, first) | Step::Refused(_, first) = step {
        *first = to;
    }
}

/// Takes the typed line; one that a file for nobody in particular never holds is not taken, and why is
/// said.
fn take_own(share: &mut Share) {
    let Step::Own(entry) = &share.step else {
        return;
    };
    let line = Clean::note(entry.field.text().trim());
    let (concerns, refused) = share.concerns(line.as_str());
    let problem = if line.as_str().chars().count() > OWN_CHARS {
        Some(format!("at most {OWN_CHARS} characters"))
    } else if refused {
        let why = concerns.first().map_or("", |one| one.words());
        Some(format!("not taken: it {why}"))
    } else {
        None
    };
    if problem.is_some() {
        if let Step::Own(entry) = &mut share.step {
            entry.problem = problem;
        }
        return;
    }
    if !line.is_empty() {
        share.own.push(line);
    }
    share.step = Step::Lines;
}

fn in_lines(
    share: &mut Share,
    action: Action,
    (next, today, page): (u64, NaiveDate, usize),
) -> Vec<Effect> {
    let rows = share.rows();
    let Some(row) = rows.get(share.cursor).copied() else {
        share.cursor = 0;
        return Vec::new();
    };
    match (row, action) {
        (Row::Profile, Action::Mark | Action::Open | Action::Left | Action::Right) => {
            share.profile = match share.profile {
                Profile::Handover => Profile::Pooled,
                Profile::Pooled => Profile::Handover,
            };
            return share.ask_lines(next);
        }
        (Row::Window, Action::Mark | Action::Open | Action::Left | Action::Right) => {
            return step_window(share, action == Action::Left, (next, today));
        }
        (Row::Form, Action::Mark | Action::Open | Action::Left | Action::Right) => {
            share.form = match share.form {
                Form::Markdown => Form::Json,
                Form::Json => Form::Markdown,
            };
        }
        (Row::Line(at), Action::Mark | Action::Open) => {
            let line = share.lines.as_ref().and_then(|lines| lines.get(at));
            if let Some(id) = line.filter(|one| one.why_not.is_none()).map(|one| one.id)
                && !share.chosen.remove(&id)
            {
                share.chosen.insert(id);
            }
        }
        (Row::Own(at), Action::Mark | Action::Open) => {
            share.own.remove(at);
        }
        (Row::Add, Action::Mark | Action::Open) => share.step = Step::Own(Entry::default()),
        (Row::Weigh, Action::Open) if share.lines.is_some() => return weigh(share, next),
        _ => share.cursor = moves::in_list(share.cursor, rows.len(), action, page),
    }
    Vec::new()
}

/// The quarter before or after; why not, where there is none to tell of.
fn step_window(share: &mut Share, back: bool, (next, today): (u64, NaiveDate)) -> Vec<Effect> {
    let to = if back {
        share.window.previous()
    } else {
        share.window.next()
    };
    let Some(to) = to else {
        return Vec::new();
    };
    if let Err(error) = to.admit(share.profile, today) {
        share.held = Some(error.to_string());
        return Vec::new();
    }
    share.window = to;
    share.ask_lines(next)
}

fn weigh(share: &mut Share, id: u64) -> Vec<Effect> {
    let stop = Stop::default();
    share.id = id;
    share.step = Step::Weighing(stop.clone());
    vec![Effect::ShareWeigh(Box::new(ShareAsk {
        id,
        profile: share.profile,
        window: share.window,
        form: share.form,
        chosen: share.chosen.clone(),
        own: share.own.clone(),
        stop,
    }))]
}
