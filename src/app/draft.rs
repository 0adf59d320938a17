//! The drafts page: which draft, about which days, in which form; copying it and writing it down.

use chrono::NaiveDate;

use super::effect::DraftAsk;
use super::list::Asked;
use super::size::Tier;
use super::state::{Detail, State};
use super::view::DraftView;
use super::{moves, prose};
use crate::input::action::Action;
use crate::model::calendar::Calendar;
use crate::model::period::{Bucket, Range};
use crate::model::text::Clean;

pub use crate::model::draft::{Form, Kind};

/// What the screen says of a draft.
impl Kind {
    /// Its name on the screen.
    pub fn title(self) -> &'static str {
        match self {
            Self::Standup => "Stand-up",
            Self::Week => "Week",
            Self::Month => "Month",
            Self::Review => "Review",
        }
    }

    /// One word for the footer.
    pub fn name(self) -> &'static str {
        match self {
            Self::Standup => "stand-up",
            Self::Week => "week",
            Self::Month => "month",
            Self::Review => "review",
        }
    }

    /// What it is about, for the palette.
    pub fn help(self) -> &'static str {
        match self {
            Self::Standup => "Stand-up: since the last workday",
            Self::Week => "Week: the last one of the days looked at",
            Self::Month => "Month: the last one of the days looked at",
            Self::Review => "Self-review of the days looked at",
        }
    }

    /// The kind `by` places on, round and round.
    #[must_use]
    pub fn step(self, by: isize) -> Self {
        let all = Self::ALL.len();
        let at = Self::ALL.iter().position(|kind| *kind == self).unwrap_or(0) + all;
        Self::ALL[at.saturating_add_signed(by) % all]
    }
}

/// The drafts page, open.
#[derive(Clone, Debug)]
pub struct DraftDetail {
    /// Which draft.
    pub kind: Kind,
    /// In which form.
    pub form: Form,
    /// With the ids of the evidence.
    pub ids: bool,
    /// A day of the week or month that was turned to, and the days of the screen back then: other
    /// days of the screen make it worthless.
    turned: Option<(Range, NaiveDate)>,
    /// The text.
    pub view: Asked<DraftView>,
    /// Grows when the question changes: with `State::epoch` it makes the question.
    pub changes: u64,
    /// The first line that is shown.
    pub scroll: usize,
}

impl DraftDetail {
    fn new(kind: Kind) -> Self {
        Self {
            kind,
            form: Form::default(),
            ids: true,
            turned: None,
            view: Asked::default(),
            changes: 0,
            scroll: 0,
        }
    }

    /// The days that are asked for: of a stand-up today alone, the worker knows since when.
    fn range(&self, window: Range, calendar: &Calendar) -> Range {
        let today = calendar.today();
        let turned = self.turned.filter(|turned| turned.0 == window);
        let last = turned.map_or(window.to.min(today), |turned| turned.1);
        match self.kind {
            Kind::Standup => Range::new(today, today),
            Kind::Week => Bucket::Week.holding(last, calendar),
            Kind::Month => Bucket::Month.holding(last, calendar),
            Kind::Review => window,
        }
    }

    /// The ask for its text, under `id`.
    pub(super) fn ask(&self, id: u64, window: Range, calendar: &Calendar) -> DraftAsk {
        DraftAsk {
            id,
            calendar: calendar.clone(),
            kind: self.kind,
            range: self.range(window, calendar),
            form: self.form,
            ids: self.ids,
        }
    }

    /// Asks for another text; one about something else leaves the screen at once.
    fn changed(&mut self, other: bool) {
        self.changes += 1;
        if other {
            self.view.value = None;
            self.view.failed = None;
            self.scroll = 0;
        }
    }
}

/// Opens the drafts, or turns to `kind` where they are open.
pub(super) fn open(state: &mut State, kind: Option<Kind>) {
    if let Some(detail) = shown(state) {
        if let Some(kind) = kind.filter(|kind| *kind != detail.kind) {
            detail.kind = kind;
            detail.changed(true);
        }
        return;
    }
    let detail = DraftDetail::new(kind.unwrap_or_default());
    state.details.push(Detail::Draft(Box::new(detail)));
}

/// The drafts, where they are open.
pub(super) fn shown(state: &mut State) -> Option<&mut DraftDetail> {
    match state.details.last_mut() {
        Some(Detail::Draft(detail)) => Some(detail),
        _ => None,
    }
}

/// The kind `by` places on.
pub(super) fn step(detail: &mut DraftDetail, by: isize) {
    detail.kind = detail.kind.step(by);
    detail.changed(true);
}

/// `[` and `]`: another week or month; a review turns with the screen's days. False when no draft
/// is open.
pub(super) fn turn(state: &mut State, action: Action) -> bool {
    let (window, calendar) = (state.look.window.range, state.calendar.clone());
    let first = state.facts.as_ref().and_then(|f| f.extent).map(|e| e.from);
    let Some(detail) = shown(state) else {
        return false;
    };
    match detail.kind {
        Kind::Review => {
            detail.changed(true);
            return false;
        }
        Kind::Standup => say(state, "a stand-up is about today; tab turns to the week"),
        Kind::Week | Kind::Month => {
            let here = detail.range(window, &calendar);
            let on = action == Action::PeriodOn;
            let to = if on { here.next() } else { here.previous() };
            if on && to.from > calendar.today() {
                say(state, "nothing later has begun");
            } else if !on && first.is_none_or(|first| to.to < first) {
                say(state, "nothing earlier is stored");
            } else {
                detail.turned = Some((window, to.to));
                detail.changed(true);
            }
        }
    }
    true
}

/// A cursor key: the text scrolls, left and right turn to another draft.
pub(super) fn scroll(state: &mut State, action: Action) {
    let size = state.size;
    let Some(detail) = shown(state) else { return };
    match action {
        Action::Left => step(detail, -1),
        Action::Right => step(detail, 1),
        _ => {
            let (_, seen) = room(size);
            let lines = farthest(detail, size) + 1;
            detail.scroll = moves::in_list(detail.scroll, lines, action, seen);
        }
    }
}

/// Rows over the text: which draft, what it is made of, and air where there is room.
pub fn top(tier: Tier) -> u16 {
    if tier <= Tier::Numbers { 2 } else { 3 }
}

/// A line of text that is longer is hard to read.
const MEASURE: u16 = 100;

/// Columns and rows of the text on a screen of `size`.
pub fn room(size: (u16, u16)) -> (usize, usize) {
    let tier = Tier::of(size);
    let frame = if tier <= Tier::Numbers { 2 } else { 4 };
    let height = size.1.saturating_sub(frame + top(tier));
    let width = size.0.saturating_sub(2).min(MEASURE);
    (usize::from(width), usize::from(height))
}

/// The farthest the text can be scrolled on a screen of `size`.
fn farthest(detail: &DraftDetail, size: (u16, u16)) -> usize {
    let (width, height) = room(size);
    let text = detail.view.value.as_ref().map_or("", |view| &view.text);
    prose::lines(text, width).len().saturating_sub(height)
}

/// Another form, or ids on and off; outside of the drafts it opens them.
pub(super) fn look(state: &mut State, action: Action) {
    let Some(detail) = shown(state) else {
        open(state, None);
        return;
    };
    match (action, detail.form) {
        (Action::Ids, _) => detail.ids = !detail.ids,
        (_, Form::Markdown) => detail.form = Form::Plain,
        (_, Form::Plain) => detail.form = Form::Markdown,
    }
    detail.changed(false);
}

/// Says `text` at the edge of the screen.
pub(super) fn say(state: &mut State, text: &str) {
    let text = Clean::label(text.as_bytes());
    state.toasts.say(text, false, state.calendar.now);
}
