//! Terminal guard, events, the worker that owns the store, the main loop.
//!
//! [`run()`] is the dashboard from first frame to last. Three kinds of threads talk through
//! channels: this one draws; one reads keys, one signals; the worker owns the store, and scans
//! and watches run on threads of their own. None but the drawing one touches the terminal.

pub mod about;
mod clipboard;
mod clock;
mod dashboard;
mod events;
pub mod interrupt;
mod output;
pub mod panics;
pub mod run;
mod scanner;
#[cfg(unix)]
mod signals;
pub mod still;
pub mod story;
pub mod terminal;
mod watch;
mod worker;

use std::io;
use std::mem;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::app::add;
use crate::app::cover::Cover;
use crate::app::message::Message;
use crate::app::page::Page;
use crate::app::recall;
use crate::app::state::State;
use crate::app::view::Offline;
use crate::guard::outbox::Outbox;
use crate::input::keymap::Keymap;
use crate::model::around::Around;
use crate::model::calendar::Calendar;
use crate::model::dataset::HumanRule;
use crate::model::forms::{self, Forms};
use crate::model::place::{Place, Root};
use crate::model::privacy::{self, FileState, LayerState};
use crate::model::seen_file::SeenFile;
use crate::model::text::Clean;
use crate::report::draft::wording::Wording;
use crate::store::Store;
use crate::ui::theme::Theme;
use worker::Wish;

pub use events::Input;

/// Everything the dashboard is started with; made before the lock.
pub struct Start {
    /// Now, the home zone and the owner's week.
    pub calendar: Calendar,
    /// Which key does what.
    pub keymap: Keymap,
    /// Colours and glyphs.
    pub theme: Theme,
    /// The open store: the file, or one in memory until the owner says keep.
    pub store: Store,
    /// Where the store file is, or would be.
    pub store_path: Clean,
    /// The list of registered repositories; `None` while nothing is kept.
    pub roots: Option<PathBuf>,
    /// The repositories to read and watch; none for generated data.
    pub targets: Vec<Target>,
    /// What keeps the program off the network.
    pub offline: Offline,
    /// Where the store lies and what the lock reached, for the Privacy page.
    pub seen: Seen,
    /// What the owner says was written without assistance.
    pub human: HumanRule,
    /// How times of day and numbers are written.
    pub forms: Forms,
    /// How drafts are worded.
    pub wording: Wording,
    /// Where drafts are written to, or why not there; `None` while nothing is kept.
    pub outbox: Option<Result<Outbox, Clean>>,
    /// Nothing on the screen changes by time alone.
    pub reduced_motion: bool,
    /// The mouse is taken from the start.
    pub mouse: bool,
    /// How long without a key until the screen covers itself; zero: never.
    pub cover_after: Duration,
    /// The data are generated.
    pub demo: bool,
    /// Repositories found near, where one stands in none and nothing is registered.
    pub around: Option<Around>,
    /// Names of files seen before the lock that may be exports, the newest first.
    pub seen_files: Vec<SeenFile>,
    /// A path that could not be added, and why: it is asked for again.
    pub again: Option<(String, Clean)>,
    /// What went well before this start, e.g. an import, and what to look at now.
    pub done: Option<Clean>,
    /// What the launcher has to say about the last wish ([`Exit::Keep`], [`Exit::Add`]).
    pub notice: Option<Clean>,
    /// The page that was open before a fresh start.
    pub page: Option<Page>,
}

/// What is read before the lock, or said by it.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// Where the store is and how it lies there.
    pub place: privacy::Place,
    /// Every file of the data folder.
    pub files: Vec<FileState>,
    /// What the lock says of itself, as in `OFFLINE: enforced by kernel`.
    pub offline: String,
    /// Its layers.
    pub layers: Vec<LayerState>,
}

/// One repository to read and watch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Where it lies.
    pub place: Place,
    /// The registration it comes from.
    pub root: Root,
}

/// How the dashboard ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exit {
    /// The owner, a signal or the end of the terminal: leave with this exit code.
    Quit(i32),
    /// The owner said keep: write this store, then start again.
    Keep {
        /// The whole store as the bytes of its file.
        image: Vec<u8>,
        /// For [`Start::page`] of the next start.
        page: Page,
    },
    /// The owner typed a path to register: start again with it.
    Add {
        /// As it was typed.
        path: String,
        /// The store, when it lives in memory only: adding is consent to keep it.
        image: Option<Vec<u8>>,
        /// For [`Start::page`] of the next start.
        page: Page,
    },
}

/// Why the dashboard could not run.
#[derive(Debug, thiserror::Error)]
pub enum TuiError {
    /// The terminal refused something, or went away.
    #[error("the terminal does not work for the dashboard: {0}; `inward --plain` prints text")]
    Terminal(#[from] io::Error),
    /// A page could not be filled.
    #[error("the page could not be drawn: {0}")]
    Figures(String),
}

/// Opens the dashboard and returns how it ended, the terminal given back.
///
/// # Errors
/// When stdin or stdout is no terminal, or it goes away.
pub fn run(start: Start) -> Result<Exit, TuiError> {
    forms::during(start.forms, || started(start))
}

fn started(mut start: Start) -> Result<Exit, TuiError> {
    let clock = clock::Clock::at(&start.calendar);
    let targets: Arc<[Target]> = mem::take(&mut start.targets).into();
    let saved = watch::Saved::of(&start.store);
    let mut state = State::new(start.calendar.clone(), start.keymap.clone());
    state.page = start.page.unwrap_or_default();
    state.reduced_motion = start.reduced_motion;
    state.mouse = start.mouse;
    state.cover = Cover::new(Some(start.cover_after), state.calendar.now);
    let (theme, notice) = (start.theme, start.notice.take());
    let done = start.done.take();
    state.around = start.around.take();
    state.seen_files = mem::take(&mut start.seen_files).into();
    if let Some((typed, why)) = start.again.take() {
        add::again(&mut state, &typed, why.as_str());
    }
    let setting = worker::Setting::of(start, clock, Arc::clone(&targets));
    let (code, dashboard) = run::serve(|to| {
        let out = worker::Out::new(to.clone());
        if let Some(notice) = notice {
            out.say(Message::Failed(notice));
        }
        if let Some(done) = done {
            out.say(Message::Done(done));
        }
        let worker = worker::start(setting, out)?;
        watch::start((targets, saved), clock, worker.jobs())?;
        Ok(dashboard::Dashboard {
            state,
            theme,
            worker,
            clock,
            copy: None,
            wish: None,
        })
    })?;
    dashboard.worker.wind_up();
    if let Some(view) = recall::of(&dashboard.state) {
        dashboard.worker.remember(view);
    }
    let page = dashboard.state.page;
    Ok(match dashboard.wish {
        None => Exit::Quit(code),
        Some(Wish::Keep(image)) => Exit::Keep { image, page },
        Some(Wish::Add(path, image)) => Exit::Add { path, image, page },
    })
}
