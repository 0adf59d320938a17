//! `inward standup`, `week`, `month`, `review`: drafts in the owner's own words.

pub mod args;
mod days;

use crate::config::WordingFile;
use crate::model::calendar::Calendar;
use crate::model::period::Range;
use crate::report::draft::wording::{Form, OwnTemplate, Wording};
use crate::report::draft::{self, Asked, Draft, Kind};
use crate::report::json;
use crate::store::Store;

use super::error::{CliError, Code};
use super::kept::Kept;
use super::session::{Session, shown, store_error};
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
    // Read before the lock, after which the settings' folder cannot be opened.
    let wording = own_wording(session);
    if form.wording {
        return write(session, &wording.source(kind));
    }
    if form.check {
        return check(session, &wording);
    }
    let store = session.open_kept()?;
    let draft = if kind == Kind::Standup {
        standup_of(&store, &session.calendar, !form.no_ids)?
    } else {
        let kept = Kept::of(store, session)?;
        of_kept(&kept, session, (kind, range), !form.no_ids)?
    };
    if form.json {
        let document = json::ascii(&draft).map_err(|e| CliError::caused(Code::Failed, &e))?;
        return write(session, &format!("{document}\n"));
    }
    let written = wording
        .write(&draft, text_form(session))
        .map_err(|e| CliError::caused(Code::Failed, &e))?;
    for problem in &written.problems {
        session
            .say
            .note(&format!("{problem}; inward's own wording is used"));
    }
    write(session, &written.text)
}

/// The owner's templates, and inward's own for the others.
pub(super) fn own_wording(session: &Session) -> Wording {
    let files = session.config.wording_files().into_iter();
    let own = files.map(|WordingFile { file, text }| OwnTemplate { file, text });
    Wording::new(own.collect())
}

fn text_form(session: &Session) -> Form {
    if session.config.plain {
        Form::Plain
    } else {
        Form::Markdown
    }
}

/// Writes text as it is: what is pasted elsewhere has no width.
fn write(session: &mut Session, text: &str) -> Result<i32, CliError> {
    session.say.out().write_all(text.as_bytes())?;
    Ok(0)
}

/// Says of every template of the owner whether it can be used; 1 when one cannot.
fn check(session: &mut Session, wording: &Wording) -> Result<i32, CliError> {
    let checked = wording.check();
    if checked.is_empty() {
        let folder = session.config.wording_dir();
        let folder = folder.map_or_else(String::new, |folder| format!(" in {}", shown(&folder)));
        let none = format!(
            "no template of yours{folder}: inward's own wording is used; \
             `inward standup --wording` prints one to start from\n"
        );
        return write(session, &none);
    }
    let mut broken = false;
    for one in &checked {
        broken |= one.problem.is_some();
        writeln!(session.say.out(), "{one}")?;
    }
    Ok(i32::from(broken))
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
