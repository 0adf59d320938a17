//! What a share needs of the store: earlier shares, the facts of a window, names that own lines should
//! not tell; and the order in which it is handed out.

use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use chrono::NaiveDate;

use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::goal::{Aim, State};
use crate::model::shared::{NewShare, Shared};
use crate::model::text::Clean;
use crate::share::{self, Facts, Form, Given, Known, Past, Profile, Summary, Window};
use crate::store::{Store, StoreError};

/// Why the ledger cannot be weighed with.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// An entry that this version does not know how to weigh: leaving it out would weigh too light.
    #[error("share {0} of the ledger cannot be weighed by this version; nothing was written")]
    Unknown(u64),
}

/// The end of the window's last day, as the time stamp of its file: it does not tell when it was
/// written.
fn modified(window: Window) -> SystemTime {
    let end = window.last_day().and_hms_opt(12, 0, 0);
    let seconds = end.map_or(0, |end| end.and_utc().timestamp());
    SystemTime::UNIX_EPOCH + Duration::from_secs(u64::try_from(seconds).unwrap_or(0))
}

/// The name of the file, where the owner gives it none.
pub fn file_name(summary: &Summary, form: Form) -> String {
    let (window, profile) = (summary.window(), summary.profile().as_str());
    format!("share-{window}-{profile}.{}", form.extension())
}

/// Every earlier share, oldest first.
///
/// # Errors
/// When the store cannot be read, or an entry is of another version.
pub fn past(store: &Store) -> Result<Vec<Past>, LedgerError> {
    store.shares()?.iter().map(entry).collect()
}

fn entry(shared: &Shared) -> Result<Past, LedgerError> {
    let unreadable = || LedgerError::Unknown(shared.id);
    let given = shared.given.iter().map(|text| Given::parse(text));
    // Any day will do: a window of the ledger is dated.
    let window = Window::parse(&shared.window, NaiveDate::default());
    Ok(Past {
        profile: Profile::parse(&shared.profile).ok_or_else(unreadable)?,
        window: window.map_err(|_error| unreadable())?,
        given: given.collect::<Option<_>>().ok_or_else(unreadable)?,
    })
}

/// Why a share was not handed out.
#[derive(Debug, thiserror::Error)]
pub enum Unwritten<E: std::error::Error> {
    /// The ledger cannot be written: then no file may be.
    #[error(transparent)]
    Ledger(StoreError),
    /// The file cannot be written.
    #[error("{error}")]
    File {
        /// Why.
        error: E,
        /// The ledger has the share all the same, which only makes it stricter.
        noted: bool,
    },
}

/// Notes the share in the ledger and in the log, then lets `write` make a file of `bytes` with this
/// time stamp: a file that the ledger does not know cannot be. What `write` returns.
///
/// # Errors
/// When either cannot be written; a share without a file leaves the ledger again.
pub fn hand_out<E: std::error::Error>(
    store: &mut Store,
    summary: &Summary,
    bytes: &[u8],
    write: impl FnOnce(SystemTime) -> Result<PathBuf, E>,
) -> Result<PathBuf, Unwritten<E>> {
    let noted = NewShare {
        profile: summary.profile().as_str().to_owned(),
        window: summary.window().to_string(),
        given: summary.given().into_iter().map(Given::to_text).collect(),
        bytes: bytes.to_vec(),
    };
    let number = store.add_share(&noted).map_err(Unwritten::Ledger)?;
    write(modified(summary.window())).map_err(|error| Unwritten::File {
        error,
        noted: store.drop_share(number).is_err(),
    })
}

/// What can be told of `window`: what `data` knows of it, and the outcomes reached in it.
///
/// # Errors
/// When the store cannot be read.
pub fn facts(
    store: &Store,
    data: &Dataset,
    calendar: &Calendar,
    window: Window,
) -> Result<Facts, StoreError> {
    Ok(share::facts(data, calendar, window).with_outcomes(outcomes(store, window)?))
}

/// The outcomes that the owner reached within `window`, by the number of their goals.
fn outcomes(store: &Store, window: Window) -> Result<Vec<Clean>, StoreError> {
    let within =
        |day: i32| NaiveDate::from_epoch_days(day).is_some_and(|day| window.range().contains(day));
    let mut goals = store.goals()?;
    goals.retain(|goal| goal.state == State::Done && goal.closed.is_some_and(within));
    goals.sort_by_key(|goal| goal.id);
    let reached = goals.into_iter().filter_map(|goal| match goal.aim {
        Aim::Outcome(text) => Some(text),
        Aim::Limit(_) => None,
    });
    Ok(reached.collect())
}

/// The names that an own line of a pooled share must not tell.
///
/// # Errors
/// When the store cannot be read.
pub fn known(store: &Store) -> Result<Known, StoreError> {
    let repositories = store.repositories()?.into_iter().map(|repo| repo.name);
    let tasks = store.tasks()?;
    let projects = tasks.iter().filter_map(|task| task.facts.project.clone());
    let me = store.identities()?.into_iter().map(|one| one.value);
    let accounts = store.accounts()?.into_iter().map(|one| one.value);
    Ok(Known {
        repositories: repositories.chain(projects).collect(),
        tasks: tasks.iter().map(|task| task.facts.key.clone()).collect(),
        me: me.chain(accounts).collect(),
    })
}
