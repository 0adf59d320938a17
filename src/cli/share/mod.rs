//! `inward share`: the one deliberate way out. Needs a terminal and a typed word; shows the exact bytes
//! before it writes them.

pub mod args;
mod ask;
mod ledger;

use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use crate::guard::outbox::{Outbox, OutboxError};
use crate::share::{self, Form, Past, Profile, Summary, Window};
use crate::sources::git;
use crate::store::Store;
use crate::sync::sharing::{self, Unwritten};

use super::error::{CliError, Code};
use super::places::Places;
use super::session::{Session, nothing_kept, shown, store_error};
use args::ShareArgs;

/// Said while everybody's changes are counted.
const COUNTING: &str = "counting everybody's changes in your clones, in memory only";

/// Where the file goes.
struct Way {
    outbox: Outbox,
    name: String,
    /// The owner named the file: it gets no other name.
    exactly: bool,
    form: Form,
}

/// Asks line by line, weighs, shows the bytes, and writes them after the typed word.
pub(super) fn run(session: &mut Session, args: &ShareArgs) -> Result<(), CliError> {
    if args.ledger || args.forget_ledger {
        return ledger::run(session, args);
    }
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Err(CliError::usage(
            "a share is your own act: it needs a terminal, nothing was written",
        )
        .hint("no option, setting or schedule answers its questions"));
    }
    if !session.has_store() {
        return Err(nothing_kept());
    }
    let (window, named) = asked(session, args)?;
    session.prepare_folder()?;
    session.list_roots()?;
    let places = Places::registered(session);
    let mut way = way(session, args)?;
    session.lock(places.folders(), vec![way.outbox.dir().to_owned()]);
    git::prepare().map_err(|e| CliError::caused(Code::Failed, &e))?;
    let mut store = session.open_store()?;
    let past = sharing::past(&store).map_err(|e| CliError::caused(Code::Failed, &e))?;
    let profile = match named {
        Some(profile) => profile,
        None => ask::profile(session)?,
    };
    let today = session.calendar.today();
    window
        .admit(profile, today)
        .map_err(|e| CliError::caused(Code::Usage, &e))?;
    let summary = choose(session, &store, (profile, window))?;
    weigh(session, &places, &past, &summary)?;
    let bytes = share::render(&summary, way.form);
    if !way.exactly {
        way.name = sharing::file_name(&summary, way.form);
    }
    if !preview(session, &way, &bytes)? {
        return Err(CliError::usage("nothing was written"));
    }
    let path = write(&mut store, &way, &summary, &bytes)?;
    session.tell(&format!(
        "\n{} holds these {} bytes; only you can read it. The ledger keeps which bands it gave, and none \
         of your words (`inward share --ledger`).\n",
        shown(&path),
        bytes.len()
    ))
}

/// The window and the profile, as far as they were named.
fn asked(session: &Session, args: &ShareArgs) -> Result<(Window, Option<Profile>), CliError> {
    let today = session.calendar.today();
    let window = match &args.window {
        Some(text) => Window::parse(text, today).map_err(|e| CliError::caused(Code::Usage, &e))?,
        None => Window::last_quarter(today),
    };
    let profile = match &args.profile {
        Some(word) => Some(Profile::parse(&word.to_lowercase()).ok_or_else(|| {
            CliError::usage("--profile is handover (they know it is from you) or pooled")
        })?),
        None => None,
    };
    // What can be said before any question is asked.
    let any = profile.unwrap_or(Profile::Handover);
    window
        .admit(any, today)
        .map_err(|e| CliError::caused(Code::Usage, &e))?;
    Ok((window, profile))
}

/// Where the file will go; its folder is judged before the lock.
fn way(session: &Session, args: &ShareArgs) -> Result<Way, CliError> {
    let config = &session.config;
    let (dir, name) = if let Some(file) = &args.output {
        let file = session.env.absolute(file);
        let name = file
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let name = name.ok_or_else(|| CliError::usage("-o needs the name of a file"))?;
        let dir = file.parent().map(PathBuf::from).unwrap_or_default();
        if file.symlink_metadata().is_ok() {
            return Err(
                CliError::usage(format!("{} is there already", shown(&file)))
                    .hint("nothing is written over: name another file"),
            );
        }
        (dir, Some(name))
    } else {
        let own = config.data_dir.join("outbox");
        (config.outbox.clone().unwrap_or(own), None)
    };
    let json = args.json
        || name
            .as_deref()
            .is_some_and(|name| name.to_ascii_lowercase().ends_with(".json"));
    let outbox = Outbox::prepare(&dir).map_err(|e| super::session::folder_error(&e))?;
    Ok(Way {
        outbox,
        exactly: name.is_some(),
        name: name.unwrap_or_default(),
        form: if json { Form::Json } else { Form::Markdown },
    })
}

/// The summary of what the owner says yes to.
fn choose(
    session: &mut Session,
    store: &Store,
    (profile, window): (Profile, Window),
) -> Result<Summary, CliError> {
    let (data, _labels) = store.dataset(session.now_utc()).map_err(store_error)?;
    let facts = sharing::facts(store, &data, &session.calendar, window).map_err(store_error)?;
    let known = sharing::known(store).map_err(store_error)?;
    session.tell(&format!("\nA {} share of {window}.\n", profile.as_str()))?;
    let chosen = ask::lines(session, profile, &facts)?;
    let own = ask::own(session, profile, &known)?;
    let summary = Summary::of((profile, window), &facts, &chosen, (&own, &known));
    let summary = summary.map_err(|e| CliError::caused(Code::Usage, &e))?;
    if summary.is_empty() {
        return Err(CliError::usage("nothing was chosen: nothing was written"));
    }
    Ok(summary)
}

/// Says what the share gives away; an error where it must not be written.
fn weigh(
    session: &mut Session,
    places: &Places,
    past: &[Past],
    summary: &Summary,
) -> Result<(), CliError> {
    let here: Vec<_> = places.targets.iter().map(|(place, _)| place).collect();
    let stop = AtomicBool::new(false);
    let pooled = summary.profile() == Profile::Pooled;
    let (people, problems) = if pooled {
        session.say.passing(COUNTING);
        let windows = share::windows(past, summary.window());
        let counted = git::count_everybody(&here, windows, &stop);
        session.say.passing("");
        counted
    } else {
        Default::default()
    };
    for problem in problems {
        session.say.note(&format!("not counted: {problem}"));
    }
    let weight = share::weigh(&people, past, summary);
    let sentence = weight.sentence();
    if !weight.verdict.is_accepted() {
        return Err(CliError::new(Code::Failed, sentence));
    }
    if !sentence.is_empty() {
        session.tell(&format!("\n{sentence}\n"))?;
    }
    Ok(())
}

/// Shows the exact bytes; whether the owner typed the word.
fn preview(session: &mut Session, way: &Way, bytes: &[u8]) -> Result<bool, CliError> {
    let path = if way.exactly {
        way.outbox.dir().join(&way.name)
    } else {
        way.outbox.free(&way.name)
    };
    let rule = "-".repeat(session.width().clamp(20, 100));
    session.tell(&format!(
        "\nThe file, {} bytes exactly, nothing else:\n{rule}\n",
        bytes.len()
    ))?;
    session.say.out().write_all(bytes)?;
    session.tell(&format!("{rule}\nIt would be {}.\n", shown(&path)))?;
    if let Some(how) = way.outbox.leaves() {
        session.tell(&format!("That folder leaves this machine: {how}.\n"))?;
    }
    let answer = ask::typed(session, "Type `share` to write it: ")?;
    Ok(answer.as_deref() == Some("share"))
}

/// Writes the file, once the ledger knows of it.
fn write(
    store: &mut Store,
    way: &Way,
    summary: &Summary,
    bytes: &[u8],
) -> Result<PathBuf, CliError> {
    let file = (way.name.as_str(), way.exactly);
    let written = sharing::hand_out(store, summary, bytes, |modified| {
        way.outbox.write_dated(file, bytes, modified)
    });
    written.map_err(|error| match error {
        Unwritten::Ledger(error) => store_error(error),
        Unwritten::File { error, noted } => {
            let code = match &error {
                OutboxError::NoRoom(_) => Code::NoRoom,
                _ => Code::Failed,
            };
            let error = CliError::caused(code, &error);
            if noted {
                error.hint("the ledger has it all the same, which only makes it stricter")
            } else {
                error
            }
        }
    })
}
