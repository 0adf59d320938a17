//! Everything the screen knows. Drawing reads it, `update` alone changes it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDate;

use super::cover::Cover;
pub use super::detail::{CommitDetail, Detail, FigureDetail};
use super::exclude::Said;
use super::explain::Face;
use super::field::Field;
use super::flow;
use super::goals::Goals;
use super::list::{Asked, List};
use super::look::Look;
use super::message::PersonLine;
use super::note::Notes;
use super::page::Page;
use super::popup::Popup;
use super::privacy::Privacy;
use super::privacy::forget::Step;
use super::proposals::Others;
pub use super::scan::Scan;
use super::share;
use super::size::Tier;
use super::slow;
use super::toasts::Toasts;
use super::view::{Facts, Kept, PageView};
use crate::input::keymap::Keymap;
use crate::model::around::Around;
use crate::model::calendar::Calendar;
use crate::model::identity::Address;
use crate::model::keep::Measure;
use crate::model::remembered::Remembered;
use crate::model::seen_file::SeenFile;

/// The state of the screen.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts that hold or do not, none excluding another"
)]
pub struct State {
    /// Now, and how the owner's week is laid out; moved on by ticks alone.
    pub calendar: Calendar,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// Which key does what.
    pub keymap: Arc<Keymap>,
    /// Something visible changed since the last drawing; the loop takes it back.
    pub dirty: bool,
    /// Names and figures are blurred: shapes stay, for screenshots.
    pub blurred: bool,
    /// Nothing changes by time alone: the setting `reduced_motion`.
    pub reduced_motion: bool,
    /// Clicks and the wheel are taken, and the terminal cannot select.
    pub mouse: bool,
    /// The cover over the whole screen.
    pub cover: Cover,
    /// The page of the bar that is open.
    pub page: Page,
    /// Days, repositories, measure.
    pub look: Look,
    /// Where the cursors of the pages stand.
    pub cursors: Cursors,
    /// What is stored; `None` until the worker has said it.
    pub facts: Option<Facts>,
    /// The figures of each page.
    pub pages: BTreeMap<Page, Asked<PageView>>,
    /// The log of the Work page.
    pub work: List,
    /// The Goals page.
    pub goals: Goals,
    /// The Privacy page.
    pub privacy: Privacy,
    /// What was drilled into, the innermost last.
    pub details: Vec<Detail>,
    /// What lies over the page.
    pub popup: Option<Popup>,
    /// The first-run list of authors, while nobody is "me".
    pub chooser: Option<Chooser>,
    /// Notes of this run.
    pub(super) notes: Notes,
    /// Others who could be me.
    pub others: Others,
    /// The scan that is running.
    pub scan: Option<Scan>,
    /// What is being said, and was.
    pub toasts: Toasts,
    /// Repositories found near the start, where it was in none and nothing is registered.
    pub around: Option<Around>,
    /// Names of files seen before the lock that may be exports, the newest first.
    pub seen_files: Arc<[SeenFile]>,
    /// Whether the question to keep was asked, or need not be.
    pub keep_asked: bool,
    /// Keeping is to read the reflog from then on.
    pub keep_reflog: bool,
    /// How much keeping is to keep.
    pub keep_measure: Measure,
    /// A key was pressed since the start, or since the owner said who they are: no dialog opens by itself any more.
    pub touched: bool,
    /// What the owner said last of rows, until that is taken back.
    pub(super) last_said: Option<Said>,
    /// An answer lets wait for itself: what is shown is of the question before.
    pub slow: bool,
    /// The text that the worker is looking for.
    pub(super) finding: Option<String>,
    /// How the screen was left, until what is stored is known.
    pub(super) recalled: Option<Remembered>,
    /// What was last noted for the next start.
    pub(super) remembered: Remembered,
    /// Grows whenever the answer to any question could have changed.
    pub(super) epoch: u64,
    /// The last ask's id.
    pub(super) asks: u64,
}

/// The cursors of the pages.
#[derive(Clone, Debug, Default)]
pub struct Cursors {
    /// The focused panel of each page.
    pub focus: BTreeMap<Page, usize>,
    /// Overview: the outcome, in either of their two panels.
    pub outcome: usize,
    /// Overview: the finding.
    pub finding: usize,
    /// Overview: what is worth a look.
    pub worth: usize,
    /// Overview: the card.
    pub card: usize,
    /// Trends: the point of the chart; `None` = the whole.
    pub point: Option<usize>,
    /// Trends: the row of the mix.
    pub share: usize,
    /// Projects: the repository.
    pub project: usize,
    /// Projects: the stretch of time; `None` = the whole.
    pub bucket: Option<usize>,
    /// Rhythm: hour and weekday (0 = the calendar's first day of the week); `None` = no cell.
    pub hour: Option<(usize, usize)>,
    /// Rhythm: the day; `None` = no day.
    pub day: Option<NaiveDate>,
    /// Flow.
    pub flow: flow::Cursors,
}

/// The first-run list of authors. Shown, never stored.
#[derive(Clone, Debug, Default)]
pub struct Chooser {
    /// The authors, sorted by address.
    pub people: Vec<PersonLine>,
    /// The line under the cursor, among those the filter leaves.
    pub cursor: usize,
    /// The marked addresses, shown or not.
    pub marked: BTreeSet<Address>,
    /// What the lines are filtered by.
    pub filter: Field,
    /// The filter is being typed.
    pub typing: bool,
}

impl Chooser {
    /// Leaves the filter, the cursor on the same author.
    pub(super) fn show_all(&mut self) {
        let shown = self.shown();
        let here = shown.get(self.cursor).map(|person| person.address.clone());
        self.filter.clear();
        self.typing = false;
        self.cursor = self
            .people
            .iter()
            .position(|person| Some(&person.address) == here.as_ref())
            .unwrap_or(0);
    }

    /// The authors whose address or name holds the filter's text, in any case.
    pub fn shown(&self) -> Vec<&PersonLine> {
        let words = self.filter.text().trim().to_lowercase();
        let holds = |text: &str| text.to_lowercase().contains(&words);
        self.people
            .iter()
            .filter(|person| {
                holds(person.address.as_str())
                    || person.names.iter().any(|name| holds(name.as_str()))
            })
            .collect()
    }
}

impl State {
    /// The screen before anything is known, with this key table.
    pub fn new(calendar: Calendar, keymap: Keymap) -> Self {
        Self {
            look: Look::new(&calendar),
            size: (80, 24),
            keymap: Arc::new(keymap),
            dirty: true,
            blurred: false,
            reduced_motion: false,
            mouse: false,
            cover: Cover::new(None, calendar.now),
            page: Page::default(),
            cursors: Cursors::default(),
            facts: None,
            pages: BTreeMap::new(),
            work: List::default(),
            goals: Goals::default(),
            privacy: Privacy::default(),
            details: Vec::new(),
            popup: None,
            chooser: None,
            notes: Notes::default(),
            others: Others::default(),
            scan: None,
            toasts: Toasts::default(),
            around: None,
            seen_files: Arc::default(),
            keep_asked: false,
            keep_reflog: false,
            keep_measure: Measure::default(),
            touched: false,
            last_said: None,
            slow: false,
            finding: None,
            recalled: None,
            remembered: Remembered::default(),
            epoch: 1,
            asks: 0,
            calendar,
        }
    }

    /// What fits.
    pub fn tier(&self) -> Tier {
        Tier::of(self.size)
    }

    /// The focused panel of the open page.
    pub fn focus(&self) -> usize {
        self.cursors.focus.get(&self.page).copied().unwrap_or(0)
    }

    /// The figures of the open page, as far as they are there.
    pub fn view(&self) -> Option<&PageView> {
        self.pages.get(&self.page)?.value.as_ref()
    }

    /// The list that filter, order and cursor keys work on, if the screen shows one.
    pub fn list(&self) -> Option<&List> {
        match self.details.last() {
            Some(Detail::Figure(detail)) => detail.shown(),
            Some(_) => None,
            None => (self.page == Page::Work).then_some(&self.work),
        }
    }

    /// The same list, to change it.
    pub(super) fn list_mut(&mut self) -> Option<&mut List> {
        match self.details.last_mut() {
            Some(Detail::Figure(detail)) => (detail.face == Face::Rows).then_some(&mut detail.list),
            Some(_) => None,
            None => (self.page == Page::Work).then_some(&mut self.work),
        }
    }

    /// Whether there is nothing to look at and nobody to ask: the welcome screen.
    pub fn is_bare(&self) -> bool {
        let facts = self.facts.as_ref();
        let empty = |f: &Facts| f.repos.is_empty() && f.commits == 0 && f.tasks == 0;
        facts.is_some_and(empty) && self.scan.is_none()
    }

    /// Whether whatever the owner writes now would be gone when the program ends.
    pub fn is_in_memory(&self) -> bool {
        let facts = self.facts.as_ref();
        facts.is_some_and(|facts| facts.kept == Kept::Memory && !facts.demo)
    }

    /// Whether what is shown lives in memory only and could be kept.
    pub fn is_unkept(&self) -> bool {
        self.facts
            .as_ref()
            .is_some_and(|f| f.kept == Kept::Memory && !f.demo && f.commits > 0)
    }

    /// Whether a text field has the focus; only then is pasted text taken.
    pub fn is_typing(&self) -> bool {
        if self.cover.is_on() {
            return false;
        }
        match &self.popup {
            Some(Popup::Help(help)) => help.typing,
            Some(
                Popup::Palette(_)
                | Popup::Range(_)
                | Popup::Add(_)
                | Popup::Goal(_)
                | Popup::Sentence(_)
                | Popup::Note(_)
                | Popup::Forget(Step::Day(_) | Step::Word { .. }),
            ) => true,
            Some(Popup::Narrow(dialog)) => dialog.typing.is_some(),
            Some(Popup::Correct(dialog)) => dialog.field.is_some(),
            Some(Popup::Share(share)) => {
                matches!(share.step, share::Step::Own(_) | share::Step::Word(..))
            }
            Some(_) => false,
            None => match &self.chooser {
                Some(chooser) => chooser.typing,
                None => self.list().is_some_and(|list| list.typing.is_some()),
            },
        }
    }

    /// How long the loop may sleep before it must send a tick; `None` = until something happens.
    pub fn tick_after(&self) -> Option<Duration> {
        // Nothing that time changes can be seen under the cover.
        if self.cover.is_on() {
            return None;
        }
        let goes = !self.reduced_motion && self.toasts.expires();
        let toast = goes.then_some(Duration::from_secs(1));
        // "scanned 2 min ago", and midnight.
        let minute = self.facts.as_ref().map(|_| Duration::from_secs(60));
        let cover = self.cover.left(self.calendar.now);
        let slow = (!self.slow && slow::waits(self)).then_some(slow::AFTER);
        [toast, minute, cover, slow].into_iter().flatten().min()
    }

    /// The next ask's id.
    pub(super) fn next_ask(&mut self) -> u64 {
        self.asks += 1;
        self.asks
    }

    /// Every answer may be another one now.
    pub(super) fn question_changed(&mut self) {
        self.epoch += 1;
        self.cursors.point = None;
        self.cursors.bucket = None;
        self.cursors.flow.leave_charts();
        // A mark on a row that is no longer listed would not be seen.
        self.work.marked.clear();
    }
}
