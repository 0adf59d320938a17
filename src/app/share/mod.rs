//! A share, step by step: which lines, own words, what it gives away, the exact bytes, the typed word.
//! Leaving at any step writes nothing.

mod keys;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::effect::Effect;
use super::popup::{Entry, Popup};
use super::prose;
use super::state::State;
use super::view::{Kept, Outbox};
use crate::model::text::Clean;
use crate::share::{self, Concern, Form, Known, Line, LineId, OWN_LINES, Profile, Window};
pub(super) use keys::act;

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
    /// As what kind of file.
    pub form: Form,
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
    /// What own lines of the owner's should not tell.
    pub known: Arc<Known>,
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
    /// What it gives away, and the first line of that that is shown. Left out where nothing is said.
    Weight(Preview, usize),
    /// The file, and the first line of it that is shown.
    Preview(Preview, usize),
    /// The word is being typed.
    Word(Preview, Entry),
    /// It is being written.
    Busy,
    /// Where it was written.
    Done(Clean),
    /// Why it was not, and the first line of that that is shown.
    Refused(Clean, usize),
}

impl Step {
    /// The text that is read in this step, and the first line of it that is shown.
    pub fn reading(&self) -> Option<(&str, usize)> {
        match self {
            Self::Weight(preview, first) => Some((&preview.sentence, *first)),
            Self::Preview(preview, first) => Some((&preview.text, *first)),
            Self::Refused(why, first) => Some((why.as_str(), *first)),
            _ => None,
        }
    }
}

/// The dialog.
#[derive(Clone, Debug)]
pub struct Share {
    /// For whom.
    pub profile: Profile,
    /// About which days.
    pub window: Window,
    /// As what kind of file.
    pub form: Form,
    /// Why the quarter that was asked for cannot be told of.
    pub held: Option<String>,
    /// What own lines should not tell.
    pub known: Arc<Known>,
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
    /// As what kind of file.
    Form,
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
        [Row::Profile, Row::Window, Row::Form]
            .into_iter()
            .chain((0..lines).map(Row::Line))
            .chain((0..self.own.len()).map(Row::Own))
            .chain(add)
            .chain([Row::Weigh])
            .collect()
    }

    /// What in `line` can be looked up elsewhere, and whether the file is refused for it.
    pub fn concerns(&self, line: &str) -> (Vec<Concern>, bool) {
        let found = share::concerns(&Clean::note(line.trim()), &self.known);
        let refused = found.iter().any(|one| one.refuses(self.profile));
        (found, refused)
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
        form: Form::Markdown,
        held: None,
        known: Arc::default(),
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
        Step::Busy | Step::Done(_) | Step::Refused(..) => false,
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
        share.known = offer.known;
    }
}

/// It was weighed, or refused.
pub(super) fn weighed(state: &mut State, id: u64, found: Result<Preview, Clean>) {
    if let Some(share) = shown(state)
        && share.id == id
        && matches!(share.step, Step::Weighing(_))
    {
        share.step = match found {
            Ok(preview) if preview.sentence.is_empty() => Step::Preview(preview, 0),
            Ok(preview) => Step::Weight(preview, 0),
            Err(why) => Step::Refused(why, 0),
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
            Err(why) => Step::Refused(why, 0),
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

/// Columns and rows of a text that is read in the dialog, on a screen of `size`.
pub fn room(size: (u16, u16)) -> (usize, usize) {
    let width = size.0.min(96).saturating_sub(4);
    (usize::from(width), usize::from(size.1.saturating_sub(6)))
}

/// A text that is read in the dialog, in lines of at most `width` columns.
pub fn lines_of(text: &str, width: usize) -> Vec<String> {
    prose::lines(text, width)
        .into_iter()
        .map(|line| line.text)
        .collect()
}
