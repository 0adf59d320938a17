//! What every command needs before it starts: settings, the calendar, the list of roots, the
//! lock, the store. The order here is the order of `ARCHITECTURE.md`, "What happens at start".

use std::io::IsTerminal as _;
use std::path::PathBuf;

use crate::config::{self, Config, Env, Overrides};
use crate::guard::alone::Alone;
use crate::guard::folder::{self, FolderError};
use crate::guard::lock::{Level, Paths};
use crate::guard::{lock, room, zone};
use crate::model::calendar::Calendar;
use crate::model::place::Root;
use crate::model::text::Clean;
use crate::report;
use crate::store::sealed::{self, DataKey};
use crate::store::{Store, second_place};

use super::args::{Color, Global};
use super::error::{CliError, Code};
use super::logged::Logged;
use super::say::Say;
use super::where_kept;

/// One run of the program, before the lock.
pub(super) struct Session {
    /// The environment, read once.
    pub env: Env,
    /// Settings and places.
    pub config: Config,
    /// Now, and how the week is laid out.
    pub calendar: Calendar,
    /// Registered repositories and folders; of a sealed list empty until [`Session::list_roots`].
    pub roots: Vec<Root>,
    /// The list was read.
    pub(super) listed: bool,
    /// What opens the sealed store, once it is known.
    pub(super) key: Option<DataKey>,
    /// Tells other commands, for as long as it lives, that somebody holds the key.
    pub(super) holds: Option<Alone>,
    /// Where to write.
    pub say: Say,
    /// The named data folder, when another one is used instead of it.
    pub instead_of: Option<PathBuf>,
    /// What is to be logged with the next chance.
    pub logged: Logged,
}

impl Session {
    /// Reads the environment, the settings, the home zone and the list of roots.
    pub(super) fn start(global: &Global) -> Result<Self, CliError> {
        let mut say = Say::new(global);
        let env = Env::capture();
        let overrides = Overrides {
            data_dir: global.data_dir.clone(),
            config_file: global.config.clone(),
            space: global.space.clone(),
            color: match global.color {
                Color::Auto => None,
                Color::Always => Some(config::ColorChoice::Always),
                Color::Never => Some(config::ColorChoice::Never),
            },
            plain: global.plain,
        };
        let config =
            config::load(&overrides, &env).map_err(|e| CliError::caused(Code::Usage, &e))?;
        for warning in &config.warnings {
            say.note(&warning.to_string());
        }
        let calendar = calendar(&config, &env);
        let places = where_kept::places(&env, &config.base_dir);
        let instead = folder::instead(&config.base_dir, &places);
        let mut session = Self {
            env,
            config,
            calendar,
            roots: Vec::new(),
            listed: false,
            key: None,
            holds: None,
            say,
            instead_of: None,
            logged: Logged::default(),
        };
        match instead {
            Some(base) => session.use_instead(base)?,
            None => session.find_roots()?,
        }
        Ok(session)
    }

    /// Uses the data folder `base` instead of the one that was named.
    pub(super) fn use_instead(&mut self, base: PathBuf) -> Result<(), CliError> {
        self.instead_of = Some(self.config.base_dir.clone());
        self.config.move_to(base);
        self.find_roots()
    }

    /// Reads the list of roots, but a sealed one: that is read when a command needs it, since not
    /// every one may ask for the passphrase.
    fn find_roots(&mut self) -> Result<(), CliError> {
        self.listed = false;
        // A plain list beside a sealed store is nobody's word.
        if sealed::is_parcel(&self.config.roots) || self.is_sealed() {
            return Ok(());
        }
        self.read_roots()
    }

    /// Prints `text`, folded to the terminal; whole lines where the output is none.
    pub(super) fn tell(&mut self, text: &str) -> Result<(), CliError> {
        let text = if std::io::stdout().is_terminal() {
            report::fold(text, self.width())
        } else {
            text.to_owned()
        };
        self.say.out().write_all(text.as_bytes())?;
        Ok(())
    }

    /// Columns that lists and labels are laid out for; `None` where they go to a file or a program
    /// and nobody says how wide.
    pub(super) fn room(&self) -> Option<usize> {
        let named = self.env.var("COLUMNS").and_then(|text| text.parse().ok());
        let terminal = || std::io::stdout().is_terminal().then(|| self.width());
        named.or_else(terminal)
    }

    /// Columns of the terminal, as the shell says; 80 where nobody says.
    pub(super) fn width(&self) -> usize {
        let named = self.env.var("COLUMNS").and_then(|text| text.parse().ok());
        named.or_else(crate::tui::terminal::columns).unwrap_or(80)
    }

    /// Seconds since 1970, now.
    pub(super) fn now_utc(&self) -> i64 {
        self.calendar.now.timestamp()
    }

    /// Makes the data folder fit to hold the store: made if absent, closed to others, with room.
    /// Only commands that are consent to keep call this.
    pub(super) fn prepare_folder(&mut self) -> Result<(), CliError> {
        self.own_folder()?;
        self.unlock()?;
        self.reserve()
    }

    /// Makes sure of room and of the reserve in a folder that is the owner's.
    pub(super) fn reserve(&self) -> Result<(), CliError> {
        room::reserve(&self.config.data_dir).map_err(|e| CliError::caused(Code::NoRoom, &e))
    }

    /// [`Session::look_at_folder`], and makes sure of the key of a sealed store; before the lock.
    pub(super) fn judge_folder(&mut self) -> Result<(), CliError> {
        self.look_at_folder()?;
        self.unlock()
    }

    /// Refuses a folder that is not the owner's and closes it to others, where something is
    /// kept.
    pub(super) fn look_at_folder(&mut self) -> Result<(), CliError> {
        if self.has_store() {
            self.own_folder()?;
            folder::check_file(&self.config.store).map_err(|e| folder_error(&e))?;
        }
        Ok(())
    }

    /// Makes the data folder if absent and closes it to others; nothing is written into it.
    pub(super) fn own_folder(&mut self) -> Result<(), CliError> {
        let prepared = folder::prepare_space(&self.config.base_dir, &self.config.data_dir);
        let prepared = match prepared {
            Err(FolderError::Leaves(_, how)) => where_kept::choose(self, how)?,
            other => other.map_err(|e| folder_error(&e))?,
        };
        self.logged.repaired(prepared.repaired.len());
        for path in &prepared.repaired {
            let path = shown(path);
            self.say
                .note(&format!("{path} was open to others; it is yours only now"));
        }
        Ok(())
    }

    /// Whether something is kept already.
    pub(super) fn has_store(&self) -> bool {
        self.config.store.symlink_metadata().is_ok()
    }

    /// Gives up everything but reading `read` and using the data folder (and `write`).
    pub(super) fn lock(&self, read: Vec<PathBuf>, write: Vec<PathBuf>) -> Level {
        let mut write = write;
        if self.config.data_dir.is_dir() {
            write.push(self.config.data_dir.clone());
        }
        let level = lock::lock(&Paths { read, write });
        self.logged.locked(&level);
        self.note_before();
        level
    }

    /// The kept store, for reading; the lock is taken on the way.
    pub(super) fn open_kept(&mut self) -> Result<Store, CliError> {
        if !self.has_store() {
            return Err(nothing_kept());
        }
        self.judge_folder()?;
        if !self.has_store() {
            // Another folder was chosen just now.
            return Err(nothing_kept());
        }
        self.lock(Vec::new(), Vec::new());
        let store = self.door().open_reading(self.now_utc());
        let mut store = store.map_err(store_error)?;
        self.set_rules(&mut store)?;
        let kept = store.keep().map_err(store_error)?;
        if self.config.keep.over(kept.clone()) != kept {
            // What the settings turned off is not shown either: it goes first.
            drop(store);
            return self.open_store();
        }
        Ok(store)
    }

    /// The store for writing, after [`Session::prepare_folder`] and the lock.
    pub(super) fn open_store(&self) -> Result<Store, CliError> {
        let mut store = self.door().open(self.now_utc()).map_err(store_error)?;
        self.logged.note_level(&mut store).map_err(store_error)?;
        self.agree(&mut store)?;
        Ok(store)
    }

    /// A store that is gone leaves its second place: an empty one in its place would hide the loss.
    pub(super) fn refuse_gone(&self) -> Result<(), CliError> {
        let second = second_place(&self.config.store);
        if self.has_store() || second.symlink_metadata().is_err() {
            return Ok(());
        }
        let what = format!(
            "{} is gone; its second place, which holds your own words, is there",
            shown(&self.config.store)
        );
        Err(CliError::new(Code::Damaged, what).hint(format!(
            "`inward rebuild` makes a new store with them, `inward restore FILE` puts a backup back; to begin \
             anew, remove {}",
            shown(&second)
        )))
    }

    /// Says where the words that are about to be listed are not the ones that were written last.
    pub(super) fn say_if_belied(&mut self, store: &Store) {
        if store.is_belied() {
            self.say.problem(
                "inward: the store and the second place of your own words do not say the same: one was damaged, or \
                 changed by another program\n  next: where words look wrong, `inward rebuild` takes them from the \
                 second place; where they are right, the next note, goal or choice writes it anew",
            );
        }
    }

    /// Lets `store` read by what the settings say about stages and projects; nothing is written.
    pub(super) fn set_rules(&self, store: &mut Store) -> Result<(), CliError> {
        let rules = (self.config.stages.clone(), self.config.projects.clone());
        store.set_rules(rules).map_err(store_error)
    }

    /// Takes what the settings say about what is kept and about stages over into `store`.
    pub(super) fn agree(&self, store: &mut Store) -> Result<(), CliError> {
        self.set_rules(store)?;
        super::keep::agree_on_reflog(self, store)?;
        super::keep::agree(self, store)
    }
}

/// The answer where nothing is kept yet.
pub(super) fn nothing_kept() -> CliError {
    CliError::new(Code::Failed, "nothing is kept yet")
        .hint("`inward add PATH` registers repositories, `inward scan` reads them")
}

/// A folder that may not hold the store, or that the system refuses.
pub(super) fn folder_error(error: &FolderError) -> CliError {
    let code = if error.unsafe_place() {
        Code::Refused
    } else {
        Code::Failed
    };
    CliError::caused(code, error)
}

/// A store error with its exit code.
#[expect(clippy::needless_pass_by_value, reason = "handed to map_err")]
pub(super) fn store_error(error: crate::store::StoreError) -> CliError {
    let code = match error.exit_code() {
        3 => Code::Sealed,
        4 => Code::Damaged,
        5 => Code::Refused,
        6 => Code::NotErased,
        7 => Code::Newer,
        8 => Code::NoRoom,
        _ => Code::Failed,
    };
    let next = match code {
        Code::Sealed => Some("run it on a terminal, which asks for the passphrase"),
        Code::NotErased => Some(
            "close every other inward (a dashboard, say) and run it again; it goes on where it stopped",
        ),
        _ => None,
    };
    let error = CliError::caused(code, &error);
    match next {
        Some(next) => error.hint(next),
        None => error,
    }
}

/// The one look at the clock.
#[expect(
    clippy::disallowed_methods,
    reason = "the clock enters here and nowhere else"
)]
fn calendar(config: &Config, env: &Env) -> Calendar {
    let zone = config
        .zone
        .unwrap_or_else(|| zone::home_zone(env.var("TZ")));
    let mut calendar = Calendar::new(chrono::Utc::now(), zone);
    calendar.week_start = config.week_start;
    calendar.work_week = config.work_week.clone();
    calendar
}

/// A path for a reader's eyes.
pub(super) fn shown(path: &std::path::Path) -> Clean {
    Clean::label(path.as_os_str().as_encoded_bytes())
}
