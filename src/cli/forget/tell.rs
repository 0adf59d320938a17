//! What would go, what went, and what it means, for people and as JSON.

use serde::Serialize;

use crate::cli::error::{CliError, Code};
use crate::cli::session::Session;
use crate::report::json as document;
use crate::report::words::counted;
use crate::store::{Forget, GivenBack, Going, ReadBack, Stands};

use super::Done;
use super::what::What;

/// What no erasing reaches.
pub(super) const REACH: &str = "in inward's files; not git, backups, snapshots, spare disk blocks";

/// What helps where a run does not know any more what another one erased.
pub(super) const LOOK_AGAIN: &str =
    "What was forgotten before: `inward forget --text -` looks for a text that you type.";

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    forgot: &'static str,
    rows: Option<&'a [Going]>,
    verified: bool,
    read: &'a ReadBack,
    given_back: &'static str,
    outbox: usize,
    remains: &'a [String],
    reach: &'static str,
}

/// The report as JSON. It names files, never what was forgotten.
pub(super) fn json(session: &mut Session, what: &What, done: &Done) -> Result<(), CliError> {
    let written = document::ascii(&Document {
        schema: "inward.forget.v1",
        forgot: what.words,
        rows: done.going.as_deref(),
        verified: done.read.is_verified(),
        read: &done.read,
        given_back: match done.given_back {
            GivenBack::Yes => "yes",
            GivenBack::NoRoom => "no room",
            GivenBack::Busy => "busy",
        },
        outbox: done.outbox,
        remains: &done.remains,
        reach: REACH,
    });
    let written = written.map_err(|e| CliError::caused(Code::Failed, &e))?;
    writeln!(session.say.out(), "{written}")?;
    Ok(())
}

/// Says before the question what would go and what would stay.
pub(super) fn before(
    session: &mut Session,
    what: &What,
    going: Option<&[Going]>,
) -> Result<(), CliError> {
    let mut text = format!("Forgetting {}: {}\n", what.words, what.name);
    match going {
        Some(rows) => text.push_str(&table(rows, "would go", "would stay")),
        None => text.push_str("  how much cannot be counted: there is no room on the disk\n"),
    }
    for line in notes(&what.forget) {
        text.push_str(line);
        text.push('\n');
    }
    session.tell(&text)?;
    session.say.flush()?;
    Ok(())
}

/// What each kind of forgetting means for what comes later.
fn notes(forget: &Forget) -> &'static [&'static str] {
    match forget {
        Forget::Repository(_) => &[
            "Commits that another repository holds stay with that one. It is not read again until you add it again.",
        ],
        Forget::Before(_) | Forget::Days(_) => &[
            "Tasks that reach beyond these days stay, without the time recorded in them. Later scans and imports leave these days out.",
        ],
        Forget::Task(_) => &[
            "Commits stay, also where their messages name it. Imports leave it out until you say --again.",
        ],
        Forget::Source(_) | Forget::Import(_) => {
            &["What other exports said too stays. It is not imported again until you say --again."]
        }
        Forget::Text(_) => {
            &["These rows do not come back. New ones with the same text are not stopped."]
        }
        Forget::All => &[
            "The log, the key and the list of repositories go too. Files in the outbox, dumps and settings stay: they are yours to remove.",
        ],
    }
}

fn table(rows: &[Going], goes: &str, stays: &str) -> String {
    let lines = rows.iter().map(|row| {
        format!(
            "  {:<32}{:>8} {goes}, {:>8} {stay}\n",
            row.what,
            row.goes,
            row.stays,
            stay = stays
        )
    });
    lines.collect()
}

/// Says what went and what reading back found.
pub(super) fn after(session: &mut Session, what: &What, done: &Done) -> Result<(), CliError> {
    let mut text = String::new();
    if let Some(rows) = &done.going
        && !session.say.is_quiet()
    {
        let gone: Vec<Going> = rows.iter().filter(|row| row.goes > 0).copied().collect();
        text.push_str(&table(&gone, "gone", "stay"));
    }
    let read = &done.read;
    if !read.stands.is_empty() {
        let all: Vec<String> = read.stands.iter().map(standing).collect();
        text.extend([format!(
            "Also in what stays, and left there: {}\n",
            all.join("; ")
        )]);
    }
    for yours in &read.yours {
        text.extend([format!(
            "{} holds {} that were looked for: it was written for you, and is yours to remove\n",
            yours.path,
            counted(yours.strings as u64, "string", "strings")
        )]);
    }
    text.push_str(&verdict(read));
    if done.given_back != GivenBack::Yes {
        let why = match done.given_back {
            GivenBack::NoRoom => "there is no room to write the file anew",
            _ => "another program reads the file",
        };
        text.extend([format!(
            "The file keeps its size for now: {why}. What was freed in it is overwritten; the next forget makes it small.\n"
        )]);
    }
    if what.forget == Forget::All {
        text.push_str(&left_over(done));
    }
    session.tell(&text)
}

/// Where some of the texts stand and stay, in the owner's words for it.
fn standing(stands: &Stands) -> String {
    let within = match stands.within.as_str() {
        "repositories" => "names and first commits of repositories",
        "places" => "paths of repositories",
        "frontiers" => "where a scan stopped (ids of commits)",
        "commits" => "other commits",
        "paths" => "files of other commits",
        "branches" => "branches of other repositories",
        "identities" => "your addresses and names",
        "accounts" => "what trackers call you",
        "imports" => "names of imported files",
        "notes" => "your notes",
        "goals" => "your goals",
        "mentions" => "keys in messages of commits",
        "tasks" | "observations" => "other tasks",
        "time_entries" => "recorded time",
        "audit" => "the log",
        other => other,
    };
    format!("{} in {within}", stands.strings)
}

fn verdict(read: &ReadBack) -> String {
    let (sought, files) = (read.sought, read.files);
    if !read.is_verified() {
        let mut text = String::new();
        for left in &read.left {
            text.extend([format!(
                "NOT DONE: {} of {sought} strings still in {}\n",
                left.strings, left.path
            )]);
        }
        text.push_str("  next: remove a file that is not inward's yourself, or close every other inward; the rows are gone, so what to look for is known to this run alone: `inward forget --text -` looks for a text again\n");
        return text;
    }
    let mut text = if sought == 0 {
        format!("Nothing was looked for: no text is known that is to be gone. {LOOK_AGAIN}\n")
    } else {
        format!(
            "VERIFIED: 0 of {sought} strings in {files} files ({REACH}); each was looked for whole\n"
        )
    };
    if read.short > 0 {
        let texts = counted(read.short as u64, "string was", "strings were");
        text.extend([format!(
            "  {texts} too short to be told from chance, and not looked for: such a word can stand in rows that stay, as a task's key in the message of a commit\n"
        )]);
    }
    text
}

fn left_over(done: &Done) -> String {
    let mut text = String::new();
    match done.remains.as_slice() {
        [] => text.push_str("The data folder is empty.\n"),
        left => text.extend([format!("Left in the data folder: {}\n", left.join(", "))]),
    }
    if done.outbox > 0 {
        text.extend([format!(
            "The outbox holds {} that you had written: yours to remove.\n",
            counted(done.outbox as u64, "file", "files")
        )]);
    }
    text.push_str("Your settings and dumps stay as they are.\n");
    text
}
