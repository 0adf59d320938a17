//! `inward standup`, `week`, `month`, `review`: drafts in the owner's own words.

pub mod args;
mod days;

use crate::model::away::Away;
use crate::model::dataset::Dataset;
use crate::model::period::Range;
use crate::report::draft::wording::{Form, Wording};
use crate::report::draft::{self, Asked, Draft, Kind};
use crate::report::json;
use crate::store::Store;

use super::error::{CliError, Code};
use super::kept::Kept;
use super::session::{Session, nothing_kept, shown, store_error};
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
    let draft = draft_of(store, session, (kind, range), !form.no_ids)?;
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
    Wording::new(session.config.wording_files())
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

/// The draft of what is kept. A stand-up needs the rows of a few days, not the whole record.
fn draft_of(
    store: Store,
    session: &Session,
    (kind, typed): (Kind, Option<&str>),
    ids: bool,
) -> Result<Draft, CliError> {
    let calendar = &session.calendar;
    let told = |range, away: &[Away], store: &Store, data: Option<&Dataset>| {
        let asked = Asked {
            kind,
            range,
            calendar,
            away,
            ids,
        };
        let material = store.material(range).map_err(store_error)?;
        Ok(draft::compose(&asked, material, data))
    };
    if kind == Kind::Standup {
        let away = store.away().map_err(store_error)?;
        let since = draft::since(calendar, &away);
        let range = Range::new(since.day, calendar.today());
        return told(range, &away, &store, None);
    }
    let kept = Kept::of(store, session)?;
    let range = days::range(kind, typed, calendar, &kept.data)?;
    let store = kept.store().ok_or_else(nothing_kept)?;
    told(range, &kept.data.away, store, Some(&kept.data))
}
