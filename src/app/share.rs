//! A share, step by step: which lines, own words, what it gives away, the exact bytes, the typed word.
//! Leaving at any step writes nothing.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::effect::Effect;
use super::popup::{Entry, Popup};
use super::state::State;
use super::view::{Kept, Outbox};
use super::{filter, moves, prose};
use crate::input::action::Action;
use crate::model::text::Clean;
use crate::share::{Line, LineId, OWN_CHARS, OWN_LINES, Profile, Window};

/// The word that has to be typed.
pub const WORD: &str = "share";

/// Stops the counting of the clones.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// The flag that the counting looks at.
    pub fn flag(&self) -> &AtomicBool {
        &self.0
    }
}

impl PartialEq for Stop {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// What the owner chose, to be weighed.
#[derive(Clone, Debug, PartialEq)]
pub struct ShareAsk {
    /// Grows with every ask.
    pub id: u64,
    /// For whom.
    pub profile: Profile,
    /// About which days.
    pub window: Window,
    /// The chosen lines.
    pub chosen: BTreeSet<LineId>,
    /// The owner's own lines.
    pub own: Vec<Clean>,
    /// Set when the owner leaves.
    pub stop: Stop,
}

/// What can be said: the answer to [`Effect::ShareLines`].
#[derive(Clone, Debug)]
pub struct ShareOffer {
    /// Of which ask.
    pub id: u64,
    /// The lines.
    pub lines: Vec<Line>,
}

/// What was weighed and may be written: the answer to [`Effect::ShareWeigh`].
#[derive(Clone, Debug)]
pub struct Preview {
    /// What it gives away, in words; empty where its reader knows the author.
    pub sentence: String,
    /// The file, byte for byte.
    pub text: Arc<str>,
    /// Where it would lie.
    pub path: Clean,
}

/// The steps.
#[derive(Clone, Debug)]
pub enum Step {
    /// Which lines.
    Lines,
    /// A line of the owner's is being typed.
    Own(Entry),
    /// It is being weighed.
    Weighing(Stop),
    /// The file, and the first line of it that is shown.
    Preview(Preview, usize),
    /// The word is being typed.
    Word(Preview, Entry),
    /// It is being written.
    Busy,
    /// Where it was written.
    Done(Clean),
    /// Why it was not.
    Refused(Clean),
}

/// The dialog.
#[derive(Clone, Debug)]
pub struct Share {
    /// For whom.
    pub profile: Profile,
    /// About which days.
    pub window: Window,
    /// The lines that are offered; `None` until the worker has said them.
    pub lines: Option<Vec<Line>>,
    /// The chosen ones.
    pub chosen: BTreeSet<LineId>,
    /// The owner's own lines.
    pub own: Vec<Clean>,
    /// The row under the cursor, of [`Share::rows`].
    pub cursor: usize,
    /// What is to be done now.
    pub step: Step,
    id: u64,
}

/// A row of the first step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// For whom.
    Profile,
    /// About which quarter.
    Window,
    /// An offered line, by its place.
    Line(usize),
    /// A line of the owner's, by its place.
    Own(usize),
    /// Another one.
    Add,
    /// On to the weighing.
    Weigh,
}

impl Share {
    /// The rows of the first step, in order.
    pub fn rows(&self) -> Vec<Row> {
        let lines = self.lines.as_ref().map_or(0, Vec::len);
        let add = (self.own.len() < OWN_LINES).then_some(Row::Add);
        [Row::Profile, Row::Window]
            .into_iter()
            .chain((0..lines).map(Row::Line))
            .chain((0..self.own.len()).map(Row::Own))
            .chain(add)
            .chain([Row::Weigh])
            .collect()
    }

    /// Asks for the lines anew; what was chosen of others is no choice of these.
    fn ask_lines(&mut self, id: u64) -> Vec<Effect> {
        self.id = id;
        self.lines = None;
        self.chosen.clear();
        vec![Effect::ShareLines {
            id,
            profile: self.profile,
            window: self.window,
        }]
    }
}

/// Opens the dialog, where something is kept that could be told.
pub(super) fn open(state: &mut State) -> Vec<Effect> {
    let Some(facts) = &state.facts else {
        return Vec::new();
    };
    let refused = match &facts.outbox {
        _ if facts.demo => Some("these are generated data: there is nothing to share".to_owned()),
        _ if facts.kept == Kept::Memory => Some("nothing is kept yet: keep it first".to_owned()),
        Outbox::None => Some("there is no outbox to write to".to_owned()),
        Outbox::Refused(why) => Some(why.to_string()),
        Outbox::Folder { .. } => None,
    };
    if let Some(why) = refused {
        super::draft::say(state, &why);
        return Vec::new();
    }
    let mut share = Share {
        profile: Profile::Handover,
        window: Window::last_quarter(state.calendar.today()),
        lines: None,
        chosen: BTreeSet::new(),
        own: Vec::new(),
        cursor: 0,
        step: Step::Lines,
        id: 0,
    };
    let effects = share.ask_lines(state.next_ask());
    state.popup = Some(Popup::Share(Box::new(share)));
    effects
}

/// The owner left: nothing was written.
pub(super) fn leave(state: &mut State) {
    let Some(Popup::Share(share)) = &state.popup else {
        return;
    };
    let said = match &share.step {
        Step::Weighing(stop) => {
            stop.0.store(true, Ordering::Relaxed);
            true
        }
        Step::Busy | Step::Done(_) | Step::Refused(_) => false,
        _ => true,
    };
    state.popup = None;
    if said {
        super::draft::say(state, "nothing was written");
    }
}

fn shown(state: &mut State) -> Option<&mut Share> {
    match &mut state.popup {
        Some(Popup::Share(share)) => Some(share),
        _ => None,
    }
}

/// The lines are known.
pub(super) fn offered(state: &mut State, offer: ShareOffer) {
    if let Some(share) = shown(state)
        && share.id == offer.id
    {
        share.lines = Some(offer.lines);
    }
}

/// It was weighed, or refused.
pub(super) fn weighed(state: &mut State, id: u64, found: Result<Preview, Clean>) {
    if let Some(share) = shown(state)
        && share.id == id
        && matches!(share.step, Step::Weighing(_))
    {
        share.step = match found {
            Ok(preview) => Step::Preview(preview, 0),
            Err(why) => Step::Refused(why),
        };
    }
}

/// It was written, or not.
pub(super) fn written(state: &mut State, id: u64, found: Result<Clean, Clean>) {
    if let Some(share) = shown(state)
        && share.id == id
    {
        share.step = match found {
            Ok(path) => Step::Done(path),
            Err(why) => Step::Refused(why),
        };
        return;
    }
    let now = state.calendar.now;
    let (text, failed) = match found {
        Ok(path) => (format!("written: {path}"), false),
        Err(why) => (why.to_string(), true),
    };
    state.toasts.say(Clean::label(text.as_bytes()), failed, now);
}

/// Keys in the dialog.
pub(super) fn act(state: &mut State, action: Action) -> Vec<Effect> {
    if filter::edit(state, action) {
        return Vec::new();
    }
    let (size, page) = (state.size, moves::page_rows(state));
    let (next, today) = (state.next_ask(), state.calendar.today());
    let Some(share) = shown(state) else {
        return Vec::new();
    };
    match (&mut share.step, action) {
        (Step::Own(_), Action::Cancel)
        | (Step::Preview(..) | Step::Refused(_), Action::Back)
        | (Step::Refused(_), Action::Open) => share.step = Step::Lines,
        (_, Action::Back | Action::Cancel) => leave(state),
        (Step::Lines, _) => return in_lines(share, action, (next, today, page)),
        (Step::Own(entry), Action::Accept) => match own_line(entry.field.text()) {
            Ok(line) => {
                share.own.extend(line);
                share.step = Step::Lines;
            }
            Err(why) => entry.problem = Some(why),
        },
        (Step::Preview(preview, _), Action::Open) => {
            share.step = Step::Word(preview.clone(), Entry::default());
        }
        (Step::Preview(preview, scroll), _) => {
            let (width, height) = room(size);
            let lines = lines_of(preview, width).len().saturating_sub(height) + 1;
            *scroll = moves::in_list(*scroll, lines, action, height);
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

/// One line of the owner's; nothing for an empty one.
fn own_line(text: &str) -> Result<Option<Clean>, String> {
    let line = Clean::note(text.trim());
    if line.as_str().chars().count() > OWN_CHARS {
        return Err(format!("at most {OWN_CHARS} characters"));
    }
    Ok((!line.is_empty()).then_some(line))
}

fn in_lines(
    share: &mut Share,
    action: Action,
    (next, today, page): (u64, chrono::NaiveDate, usize),
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
            let day = if action == Action::Left {
                share.window.range().previous().to
            } else {
                share.window.range().next().from
            };
            let to = quarter_of(day).filter(|to| to.admit(share.profile, today).is_ok());
            if let Some(to) = to {
                share.window = to;
                return share.ask_lines(next);
            }
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
        (Row::Weigh, Action::Open) if share.lines.is_some() => {
            let stop = Stop::default();
            share.id = next;
            share.step = Step::Weighing(stop.clone());
            return vec![Effect::ShareWeigh(Box::new(ShareAsk {
                id: next,
                profile: share.profile,
                window: share.window,
                chosen: share.chosen.clone(),
                own: share.own.clone(),
                stop,
            }))];
        }
        _ => share.cursor = moves::in_list(share.cursor, rows.len(), action, page),
    }
    Vec::new()
}

fn quarter_of(day: chrono::NaiveDate) -> Option<Window> {
    use chrono::Datelike as _;
    Window::quarter(day.year(), day.month0() / 3 + 1)
}

/// Columns and rows of the preview on a screen of `size`.
pub fn room(size: (u16, u16)) -> (usize, usize) {
    let width = size.0.min(96).saturating_sub(4);
    (usize::from(width), usize::from(size.1.saturating_sub(6)))
}

/// The file, in lines of at most `width` columns.
pub fn lines_of(preview: &Preview, width: usize) -> Vec<String> {
    prose::lines(&preview.text, width)
        .into_iter()
        .map(|line| line.text)
        .collect()
}
