//! `inward privacy`: what is kept, where, who can read it, and what the kernel enforces.

pub mod data;
pub mod document;

use serde::Serialize;

use crate::guard::lock::Level;
use crate::guard::probe;
use crate::model::privacy::{Label, LayerState};
use crate::report::privacy::{Style, privacy_text};
use crate::report::privacy_page;
use crate::store::Store;
use crate::sync::label::{self, Given};
use crate::tui::Seen;

use super::args::PrivacyArgs;
use super::error::{CliError, Code};
use super::given;
use super::session::{Session, store_error};

/// The label as `--json` writes it.
#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    #[serde(flatten)]
    label: &'a Label,
    self_test: Option<&'a [LayerState]>,
}

/// Writes the label; `--strict` exits 1 unless every layer of the lock holds.
pub(super) fn run(session: &mut Session, args: &PrivacyArgs) -> Result<(), CliError> {
    let seen = given::before_the_lock(session, session.has_store());
    session.unlock_quietly();
    if args.self_test {
        probe::get_ready();
    }
    let level = session.lock(Vec::new(), Vec::new());
    let tried = args.self_test.then(probe::self_test);
    let tested: Option<Vec<LayerState>> = tried
        .as_ref()
        .map(|tried| tried.iter().map(tested_row).collect());
    if let Some(rows) = &tried {
        session.note_self_test(rows)?;
    }
    let lies = probe::lies(&level, tried.as_deref().unwrap_or_default());
    let (label, store) = label_of(session, seen, &level)?;
    if args.json {
        let document = Document {
            schema: document::SCHEMA,
            label: &label,
            self_test: tested.as_deref(),
        };
        let text = crate::report::json::ascii(&document)
            .map_err(|e| CliError::caused(Code::Failed, &e))?;
        writeln!(session.say.out(), "{text}")?;
    } else {
        let receipt = store.as_ref().map(Store::audit_receipt).transpose();
        let receipt = receipt.map_err(store_error)?.flatten();
        tell(session, (&label, receipt.as_deref()), tested.as_deref())?;
    }
    verdict(args, &level, &lies)
}

/// What the command has to say by its exit code.
fn verdict(args: &PrivacyArgs, level: &Level, lies: &[&str]) -> Result<(), CliError> {
    if !lies.is_empty() {
        let what = format!(
            "the lock does not hold what is said of it; reached: {}",
            lies.join("; ")
        );
        return Err(CliError::new(Code::Failed, what).hint(
            "do not rely on this build on this machine: report this line, and see `--strict`",
        ));
    }
    if args.strict && !level.full() {
        return Err(CliError::new(
            Code::Failed,
            "not every layer of the lock holds, see above",
        ));
    }
    Ok(())
}

/// The label of what is kept here, with its store; `seen` was read before the lock.
pub(super) fn label_of(
    session: &Session,
    seen: Seen,
    level: &Level,
) -> Result<(Label, Option<Store>), CliError> {
    // The passphrase of a sealed store is not asked for a label.
    let store = if session.has_store() && !session.is_locked() {
        let opened = session.door().open_reading(session.now_utc());
        Some(opened.map_err(store_error)?)
    } else {
        None
    };
    let seen = given::locked(seen, level);
    let given = Given {
        place: seen.place,
        files: seen.files,
        offline: seen.offline,
        layers: seen.layers,
        today: session.calendar.today(),
    };
    let label = label::of(store.as_ref(), given).map_err(store_error)?;
    Ok((label, store))
}

fn tested_row(row: &probe::Row) -> LayerState {
    LayerState {
        name: row.name.to_owned(),
        holds: row.passes(),
        detail: row.words(),
    }
}

/// Prints the label; with `--quiet` without its columns.
fn tell(
    session: &mut Session,
    (label, receipt): (&Label, Option<&str>),
    tested: Option<&[LayerState]>,
) -> Result<(), CliError> {
    let style = Style {
        width: session.room(),
        columns: !session.say.is_quiet(),
    };
    let parts = privacy_page::parts(label, receipt, session.calendar.today());
    let text = privacy_text(&parts, label, tested, style);
    session.say.out().write_all(text.as_bytes())?;
    Ok(())
}
