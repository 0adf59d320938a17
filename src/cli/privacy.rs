//! `inward privacy`: what is kept, where, who can read it, and what the kernel enforces.

use serde::Serialize;

use crate::guard::diagnose;
use crate::guard::lock::{Layer, Level};
use crate::guard::probe;
use crate::model::text::Clean;

use super::args::PrivacyArgs;
use super::error::{CliError, Code};
use super::session::{Session, shown, store_error};

/// The label as `--json` writes it.
#[derive(Serialize)]
struct Label {
    schema: &'static str,
    data_dir: Clean,
    store: Clean,
    file: &'static str,
    disk_encryption: String,
    leaves_the_machine: Option<String>,
    open_to_others: Vec<Clean>,
    offline: String,
    layers: Vec<Row>,
    tables: Vec<Count>,
    never_kept: &'static str,
    self_test: Option<Vec<Row>>,
}

#[derive(Serialize)]
struct Row {
    name: String,
    holds: bool,
    detail: String,
}

#[derive(Serialize)]
struct Count {
    table: &'static str,
    rows: u64,
    holds: &'static str,
}

const NEVER: &str = "file contents, diffs, message bodies, descriptions and comments of tasks, other people's names, \
     addresses, commits or tasks; of reviewers of yours only times, of pull requests you reviewed only \
     repository, number and your times";

/// Writes the label; `--strict` exits 1 unless every layer of the lock holds.
pub(super) fn run(session: &mut Session, args: &PrivacyArgs) -> Result<(), CliError> {
    let facts = diagnose::facts(&session.config.data_dir);
    session.unlock_quietly();
    let level = session.lock(Vec::new(), Vec::new());
    let tables = tables(session)?;
    let tested = args.self_test.then(|| {
        let row = |row: &probe::Row| Row {
            name: row.name.to_owned(),
            holds: row.passes(),
            detail: row.words(),
        };
        probe::self_test().iter().map(row).collect::<Vec<_>>()
    });
    let reached = tested.iter().flatten().filter(|row| !row.holds).count();
    let label = Label {
        schema: "inward.privacy.v1",
        data_dir: shown(&session.config.data_dir),
        store: shown(&session.config.store),
        file: match (session.has_store(), session.is_sealed()) {
            (_, true) => "sealed",
            (true, false) => "plain",
            (false, false) => "nothing kept",
        },
        disk_encryption: facts.disk.word().to_owned(),
        leaves_the_machine: facts.leaves.clone(),
        open_to_others: facts.open_to_others().map(shown).collect(),
        offline: level.offline(),
        layers: layers(&level),
        tables,
        never_kept: NEVER,
        self_test: tested,
    };
    if args.json {
        let text =
            crate::report::json::ascii(&label).map_err(|e| CliError::caused(Code::Failed, &e))?;
        writeln!(session.say.out(), "{text}")?;
    } else {
        tell(session, &label)?;
    }
    if reached > 0 && level.enforced() {
        return Err(CliError::new(
            Code::Failed,
            format!("{reached} forbidden things were reached"),
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

fn layers(level: &Level) -> Vec<Row> {
    let row = |layer: Layer| Row {
        name: layer.name.to_owned(),
        holds: layer.holds,
        detail: layer.words,
    };
    level.layers().into_iter().map(row).collect()
}

/// Rows of every table, and what a row of it holds.
fn tables(session: &Session) -> Result<Vec<Count>, CliError> {
    // A sealed store is not opened for this: its passphrase is not asked for a label.
    if !session.has_store() || session.is_locked() {
        return Ok(Vec::new());
    }
    let store = session
        .door()
        .open_reading(session.now_utc())
        .map_err(store_error)?;
    let counts = store.table_rows().map_err(store_error)?;
    Ok(counts
        .into_iter()
        .map(|(table, rows)| Count {
            table: table.name(),
            rows,
            holds: table.holds(),
        })
        .collect())
}

fn tell(session: &mut Session, label: &Label) -> Result<(), CliError> {
    let out = session.say.out();
    writeln!(out, "{}", label.offline)?;
    for row in &label.layers {
        writeln!(
            out,
            "  {} {:<22}{}",
            if row.holds { "+" } else { "-" },
            row.name,
            row.detail
        )?;
    }
    writeln!(out, "FILE: {}", label.file)?;
    writeln!(out, "  {}", label.store)?;
    let how = match label.file {
        "sealed" => "encrypted by inward with a passphrase",
        _ => "not encrypted by inward",
    };
    let disk = &label.disk_encryption;
    writeln!(out, "  {how}; disk encryption: {disk}")?;
    if let Some(place) = &label.leaves_the_machine {
        writeln!(
            out,
            "  the folder lies in {place}: its files may leave this machine"
        )?;
    }
    match label.open_to_others.as_slice() {
        [] => writeln!(out, "  readable by you only")?,
        open => {
            for path in open {
                writeln!(out, "  readable by others: {path}")?;
            }
        }
    }
    if !label.tables.is_empty() {
        writeln!(out, "KEPT")?;
    }
    for table in &label.tables {
        writeln!(
            out,
            "  {:<14}{:>9}  {}",
            table.table, table.rows, table.holds
        )?;
    }
    writeln!(out, "NEVER KEPT\n  {}", label.never_kept)?;
    if let Some(rows) = &label.self_test {
        writeln!(out, "SELF-TEST, tried from inside")?;
        for row in rows {
            writeln!(
                out,
                "  {} {:<22}{}",
                if row.holds { "+" } else { "-" },
                row.name,
                row.detail
            )?;
        }
    }
    Ok(())
}
