//! The Privacy page: what is kept and who can read it, section by section; what can be done here.

pub mod columns;
pub mod forget;
pub mod layout;
pub mod lines;
mod words;

use super::effect::{Effect, PrivacyAsk};
use super::list::Asked;
use super::moves;
use super::popup::Popup;
use super::state::{Detail, State};
use crate::input::action::Action;
use crate::model::text::Clean;

pub use crate::model::privacy_page::{Part, Row, Section};

/// The answer to a [`PrivacyAsk`].
#[derive(Clone, Debug, PartialEq)]
pub struct PrivacyView {
    /// The id of the ask.
    pub id: u64,
    /// The sections in words, in order.
    pub parts: Vec<Part>,
    /// The tables, in the order of their rows in the section that tells what is kept.
    pub tables: Vec<TableView>,
}

/// A table, or another section, that can be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableView {
    /// Its name.
    pub name: &'static str,
    /// Its columns, or all that it says, in words.
    pub rows: Vec<Row>,
}

/// The page.
#[derive(Clone, Debug, Default)]
pub struct Privacy {
    /// The label.
    pub view: Asked<PrivacyView>,
    /// The first line shown of each section, the row under the cursor in that of the tables.
    pub at: [usize; Section::ALL.len()],
}

/// What an attempt of the self-test met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Met {
    /// It was refused.
    Refusal,
    /// It is allowed on purpose, or could not be tried: it counts for nothing.
    Aside,
    /// It got through.
    Nothing,
}

/// One attempt of the self-test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// What was tried.
    pub name: String,
    /// What it met.
    pub met: Met,
    /// What happened, in words.
    pub outcome: String,
}

/// The result of a self-test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelfTest {
    /// Every attempt, in order; none where the system has no lock to test.
    pub tried: Vec<Tried>,
    /// What the badge says from now on.
    pub badge: String,
}

/// A table opened: its columns in plain words.
#[derive(Clone, Debug)]
pub struct TableDetail {
    /// The table.
    pub table: TableView,
    /// The first line that is shown.
    pub scroll: usize,
}

/// The ask for the label, when it may be another one.
pub(super) fn ask(state: &mut State) -> Option<Effect> {
    let epoch = state.epoch;
    if state.privacy.view.epoch == epoch {
        return None;
    }
    let id = state.next_ask();
    state.privacy.view.wait(id, epoch);
    Some(Effect::Privacy(PrivacyAsk {
        id,
        today: state.calendar.today(),
    }))
}

/// The section that has the focus.
pub fn focus(state: &State) -> Section {
    let all = Section::ALL;
    all[state.focus().min(all.len() - 1)]
}

/// A cursor key: the tables have a cursor, everything else scrolls.
pub(super) fn go(state: &mut State, action: Action) {
    let section = focus(state);
    let (room, total) = {
        let Some(view) = &state.privacy.view.value else {
            return;
        };
        let room = layout::room(section, state.size);
        let all = lines::of(section, view, state, room.0).len();
        let total = if section == Section::Kept {
            // Every row is one line, and the cursor walks over them.
            all
        } else {
            all.saturating_sub(room.1) + 1
        };
        (room, total)
    };
    let at = &mut state.privacy.at[section.number()];
    *at = moves::in_list(*at, total, action, room.1);
}

/// Enter: the table under the cursor, or what the section is about.
pub(super) fn open(state: &mut State) {
    let section = focus(state);
    if section != Section::Kept {
        open_whole(state, section);
        return;
    }
    let at = state.privacy.at[Section::Kept.number()];
    let view = state.privacy.view.value.as_ref();
    let table = view.and_then(|view| view.tables.get(at));
    if let Some(table) = table {
        let table = table.clone();
        state
            .details
            .push(Detail::Table(Box::new(TableDetail { table, scroll: 0 })));
    }
}

/// Every line of a section, over the whole screen.
fn open_whole(state: &mut State, section: Section) {
    let Some(view) = &state.privacy.view.value else {
        return;
    };
    let table = TableView {
        name: section.title(),
        rows: lines::rows(section, view, state),
    };
    state
        .details
        .push(Detail::Table(Box::new(TableDetail { table, scroll: 0 })));
}

/// A cursor key on an opened table.
pub(super) fn scroll(state: &mut State, action: Action) {
    let size = state.size;
    if let Some(Detail::Table(detail)) = state.details.last_mut() {
        let (width, seen) = columns::room(size);
        let lines = columns::lines(&detail.table.rows, width).len();
        let most = lines.saturating_sub(seen) + 1;
        detail.scroll = moves::in_list(detail.scroll, most, action, seen);
    }
}

/// Said while a self-test runs.
const TRYING: &str = "trying from inside what the lock refuses";

/// The key of the self-test: tries in this process, behind its lock, what the lock refuses.
pub(super) fn self_test(state: &mut State) -> Vec<Effect> {
    let said = Clean::label(TRYING.as_bytes());
    state.toasts.say(said, false, state.calendar.now);
    vec![Effect::SelfTest]
}

/// The self-test is over.
pub(super) fn tested(state: &mut State, result: SelfTest) {
    // It stands in the log now.
    state.privacy.view.epoch = 0;
    // What is over is not under way any more.
    state.toasts.retract(TRYING);
    if state.popup.is_none() {
        state.popup = Some(Popup::SelfTest(result, 0));
        return;
    }
    // Something else was opened meanwhile: the result is in the messages.
    let failed = result.tried.iter().any(|one| one.met == Met::Nothing);
    let said = Clean::label(words::self_test(&result).as_bytes());
    state.toasts.say(said, failed, state.calendar.now);
}

/// Keys over the result.
pub(super) fn over_result(state: &mut State, action: Action) -> Vec<Effect> {
    let seen = usize::from(state.size.1.saturating_sub(8)).max(1);
    if let Some(Popup::SelfTest(result, at)) = &mut state.popup {
        let most = result.tried.len().saturating_sub(seen) + 1;
        *at = moves::in_list(*at, most, action, seen);
    }
    if matches!(action, Action::Back | Action::Open | Action::Help) {
        state.popup = None;
    }
    Vec::new()
}

/// What a self-test came to, in a sentence.
pub fn outcome(result: &SelfTest) -> String {
    words::self_test(result)
}
