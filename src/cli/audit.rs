//! `inward audit`: the log of writes and ways out, and whether it is whole.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::args::AuditArgs;
use super::error::{CliError, Code};
use super::session::{Session, store_error};
use crate::model::text::Clean;
use crate::report::json;
use crate::report::layout::{cells, wrap};
use crate::store::{Action, AuditRow, AuditState, Store};

/// The name and version of the document.
const SCHEMA: &str = "inward.audit.v1";

/// How far the promise goes; said with every list.
const LIMITS: &str = "Entries name a day and local numbers. The check finds accidents and edits by \
whoever lacks the key of the store: in a plain store that key lies in the same file, so it does not \
find what its owner, or somebody who can write the file, does with care. A cut end shows only against \
a receipt. `inward forget --all` erases the log too.\n";

/// The `audit` document.
#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    entries: Vec<EntryJson<'a>>,
    verdict: &'static str,
    at: Option<u64>,
    receipt: Option<&'a str>,
}

/// One entry.
#[derive(Serialize)]
struct EntryJson<'a> {
    seq: u64,
    day: Option<NaiveDate>,
    action: &'a Clean,
    object: &'a Clean,
    name: Option<&'a Clean>,
    n: u64,
    says: String,
}

/// Lists the log and checks it; with `--verify` or `--receipt`, exit 4 where it is not whole.
pub(super) fn run(session: &mut Session, args: &AuditArgs) -> Result<(), CliError> {
    let store = session.open_kept()?;
    let state = store
        .audit_verify(args.receipt.as_deref())
        .map_err(store_error)?;
    let asked = args.verify || args.receipt.is_some();
    if args.json {
        document(session, &store, state)?;
    } else if asked {
        session.tell(&format!("{state}: {}\n", meaning(state)))?;
    } else {
        list(session, &store, state)?;
    }
    if asked && !state.is_ok() {
        // What was found is on standard output; it is whole before the error.
        return Err(CliError::new(Code::Damaged, format!("the log: {state}"))
            .hint("docs/audit.md says what each verdict means, and what it cannot tell"));
    }
    Ok(())
}

/// A verdict in a sentence.
fn meaning(state: AuditState) -> String {
    match state {
        AuditState::Ok(0) => "the log is empty".to_owned(),
        AuditState::Ok(1) => "the one entry is what was written".to_owned(),
        AuditState::Ok(n) => format!("all {n} entries are what was written"),
        AuditState::Altered(n) => format!("entry {n} is not what was written"),
        AuditState::Gap(n) => format!("entry {n} is missing"),
        AuditState::ShorterThanReceipt => {
            "this log gave the receipt, and the entry it was given for is not there any more: its \
             end was cut off, or an older copy of the file took its place"
                .to_owned()
        }
        AuditState::NotOnThisChain => {
            "this log never gave that receipt: it is another store's, or mistyped".to_owned()
        }
    }
}

fn list(session: &mut Session, store: &Store, state: AuditState) -> Result<(), CliError> {
    let rows = store.audit_rows().map_err(store_error)?;
    let names = Names::new(store, &rows)?;
    for row in rows.iter().rev() {
        let object = names.of(row).unwrap_or(&row.object);
        let day = day(row).map_or_else(|| "?".to_owned(), |day| day.to_string());
        let (action, says) = (row.action.as_str(), says(row));
        let line = entry(&day, (action, object.as_str(), &says), session.room());
        session.say.out().write_all(line.as_bytes())?;
    }
    say(session, &format!("{state}: {}\n", meaning(state)))?;
    if let Some(receipt) = store.audit_receipt().map_err(store_error)? {
        say(
            session,
            &format!(
                "receipt {receipt}: keep it elsewhere; `inward audit --receipt {receipt}` tells later \
             whether the log still holds this entry\n"
            ),
        )?;
    }
    say(session, LIMITS)
}

/// Says a paragraph, folded where a width is known.
fn say(session: &mut Session, text: &str) -> Result<(), CliError> {
    let text = match session.room() {
        Some(room) => wrap(text.trim_end(), room, 0),
        None => text.to_owned(),
    };
    session.say.out().write_all(text.as_bytes())?;
    Ok(())
}

/// One entry in columns; where these do not fit, the day and then all of it in words.
fn entry(day: &str, (action, object, says): (&str, &str, &str), room: Option<usize>) -> String {
    let line = format!("{day:<10}  {action:<15} {object:<18} {says}\n");
    match room {
        Some(room) if cells(line.trim_end()) > room => {
            let parts = [action, object].map(str::trim).into_iter();
            let what: Vec<_> = parts.filter(|part| !part.is_empty()).collect();
            wrap(&format!("{day:<10}  {}: {says}", what.join(" ")), room, 11)
        }
        _ => line,
    }
}

fn document(session: &mut Session, store: &Store, state: AuditState) -> Result<(), CliError> {
    let rows = store.audit_rows().map_err(store_error)?;
    let names = Names::new(store, &rows)?;
    let receipt = store.audit_receipt().map_err(store_error)?;
    let entries = rows.iter().rev().map(|row| EntryJson {
        seq: row.seq,
        day: day(row),
        action: &row.action,
        object: &row.object,
        name: names.of(row),
        n: row.n,
        says: says(row),
    });
    let document = Document {
        schema: SCHEMA,
        entries: entries.collect(),
        verdict: state.word(),
        at: state.number().filter(|_| !state.is_ok()),
        receipt: receipt.as_deref(),
    };
    let text = json::ascii(&document).map_err(|e| CliError::caused(Code::Failed, &e))?;
    writeln!(session.say.out(), "{text}")?;
    Ok(())
}

/// What repositories are called now, by how entries speak of them.
struct Names {
    now: HashMap<String, Clean>,
    /// The entry with which each was forgotten: its number may be another repository's since.
    forgotten: HashMap<Clean, u64>,
}

impl Names {
    fn new(store: &Store, rows: &[AuditRow]) -> Result<Self, CliError> {
        let known = store.repositories().map_err(store_error)?;
        let named = known
            .into_iter()
            .map(|repo| (format!("repository {}", repo.id.0), repo.name));
        let word = Action::Forget.word();
        let forgotten = rows.iter().filter(|row| row.action.as_str() == word);
        Ok(Self {
            now: named.collect(),
            forgotten: forgotten.map(|row| (row.object.clone(), row.seq)).collect(),
        })
    }

    fn of(&self, row: &AuditRow) -> Option<&Clean> {
        let forgotten = self.forgotten.get(&row.object).copied().unwrap_or(0);
        let name = self.now.get(row.object.as_str());
        name.filter(|_| row.seq > forgotten)
    }
}

fn day(row: &AuditRow) -> Option<NaiveDate> {
    NaiveDate::from_epoch_days(row.day)
}

/// An entry in plain words; the bare number for a word of another version.
fn says(row: &AuditRow) -> String {
    Action::of(row.action.as_str()).map_or_else(|| row.n.to_string(), |act| act.says(row.n))
}
