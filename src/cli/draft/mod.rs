//! `inward standup`, `week`, `month`, `review`: drafts in the owner's own words.

pub mod args;
mod days;

use crate::model::calendar::Calendar;
use crate::model::period::Range;
use crate::report::draft::{self, Asked, Draft, Kind};
use crate::report::json;
use crate::store::Store;

use super::error::{CliError, Code};
use super::kept::Kept;
use super::session::{Session, store_error};
use args::{DraftArgs, FormArgs, StandupArgs};

/// Writes what was done since the last workday, and what is open.
pub(super) fn standup(session: &mut Session, args: &StandupArgs) -> Result<i32, CliError> {
    run(session, Kind::Standup, None, &args.form)
}

/// Writes a week, a month or a self-review.
pub(super) fn of_days(
    session: &mut Session,
    kind: Kind,
    args: &DraftArgs,
) -> Result<i32, CliError> {
    run(session, kind, args.range.as_deref(), &args.form)
}

fn run(
    session: &mut Session,
    kind: Kind,
    range: Option<&str>,
    form: &FormArgs,
) -> Result<i32, CliError> {
    let store = session.open_kept()?;
    let draft = if kind == Kind::Standup {
        standup_of(&store, &session.calendar, !form.no_ids)?
    } else {
        let kept = Kept::of(store, session)?;
        of_kept(&kept, session, (kind, range), !form.no_ids)?
    };
    let document = json::ascii(&draft).map_err(|e| CliError::caused(Code::Failed, &e))?;
    writeln!(session.say.out(), "{document}")?;
    Ok(0)
}

/// The stand-up needs the rows of a few days, not the whole record.
fn standup_of(store: &Store, calendar: &Calendar, ids: bool) -> Result<Draft, CliError> {
    let away = store.away().map_err(store_error)?;
    let since = draft::since(calendar, &away);
    let range = Range::new(since.day, calendar.today());
    let material = store.material(range).map_err(store_error)?;
    let asked = Asked {
        kind: Kind::Standup,
        range,
        calendar,
        away: &away,
        ids,
    };
    Ok(draft::compose(&asked, &material, None))
}

fn of_kept(
    kept: &Kept,
    session: &Session,
    (kind, range): (Kind, Option<&str>),
    ids: bool,
) -> Result<Draft, CliError> {
    let calendar = &session.calendar;
    let range = days::range(kind, range, calendar, &kept.data)?;
    let Some(store) = kept.store() else {
        return Err(super::session::nothing_kept());
    };
    let material = store.material(range).map_err(store_error)?;
    let asked = Asked {
        kind,
        range,
        calendar,
        away: &kept.data.away,
        ids,
    };
    Ok(draft::compose(&asked, &material, Some(&kept.data)))
}
