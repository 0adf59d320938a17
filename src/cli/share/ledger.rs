//! `inward share --ledger` and `--forget-ledger`: what was handed out, and erasing that.

use std::io::IsTerminal as _;

use chrono::NaiveDate;
use serde::Serialize;

use crate::cli::error::{CliError, Code};
use crate::cli::session::{Session, nothing_kept, store_error};
use crate::model::shared::Shared;
use crate::report::json;

use super::args::ShareArgs;
use super::ask;

/// Lists the ledger, or erases it after the typed word.
pub(super) fn run(session: &mut Session, args: &ShareArgs) -> Result<(), CliError> {
    if args.forget_ledger {
        return forget(session);
    }
    let store = session.open_kept()?;
    let all = store.shares().map_err(store_error)?;
    if args.json {
        let document =
            json::ascii(&Document::of(&all)).map_err(|e| CliError::caused(Code::Failed, &e))?;
        writeln!(session.say.out(), "{document}")?;
        return Ok(());
    }
    if all.is_empty() {
        return session.tell("Nothing was shared, as far as this file tells.\n");
    }
    for share in &all {
        let given = if share.given.is_empty() {
            "own words only".to_owned()
        } else {
            share.given.join(", ")
        };
        let line = format!(
            "{:>3}  {}  {:<8} {}  {given}  {} bytes\n",
            share.id,
            date(share.day).map_or_else(String::new, |day| day.to_string()),
            share.profile,
            share.window,
            share.bytes
        );
        session.say.out().write_all(line.as_bytes())?;
    }
    Ok(())
}

fn forget(session: &mut Session) -> Result<(), CliError> {
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Err(CliError::usage(
            "erasing the ledger needs your word on a terminal: nothing was erased",
        ));
    }
    if !session.has_store() {
        return Err(nothing_kept());
    }
    session.prepare_folder()?;
    session.lock(Vec::new(), Vec::new());
    let mut store = session.open_store()?;
    let n = store.shares().map_err(store_error)?.len();
    if n == 0 {
        return session.tell("Nothing was shared, as far as this file tells.\n");
    }
    session.tell(&format!(
        "The ledger has {n} of your shares. Without it a new share is weighed alone: two of them could \
         tell a difference that neither tells. The files you handed out stay where they are.\n"
    ))?;
    if ask::typed(session, "Type `forget` to erase it: ")?.as_deref() != Some("forget") {
        return Err(CliError::usage("nothing was erased"));
    }
    store.forget_shares().map_err(store_error)?;
    session.tell("Erased in inward's files; not git, backups, snapshots, spare disk blocks.\n")
}

/// The ledger as JSON.
#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    shares: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    id: u64,
    day: Option<NaiveDate>,
    profile: &'a str,
    window: &'a str,
    given: &'a [String],
    bytes: u64,
    blake3: String,
}

impl<'a> Document<'a> {
    fn of(all: &'a [Shared]) -> Self {
        let row = |share: &'a Shared| Row {
            id: share.id,
            day: date(share.day),
            profile: &share.profile,
            window: &share.window,
            given: &share.given,
            bytes: share.bytes,
            blake3: share.hash_text(),
        };
        Self {
            schema: "inward.shares.v1",
            shares: all.iter().map(row).collect(),
        }
    }
}

fn date(day: i32) -> Option<NaiveDate> {
    NaiveDate::from_epoch_days(day)
}
