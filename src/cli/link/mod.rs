//! `inward link` and `inward unlink`: the owner's word on which commit belongs to which task.

pub mod document;

use serde::Serialize;

use super::args::LinkArgs;
use super::error::{CliError, Code};
use super::session::{Session, nothing_kept, store_error};
use crate::model::ids::{CommitId, Oid, TaskId};
use crate::model::links::LinkRule;
use crate::model::text::Clean;
use crate::report::json;
use crate::store::{CommitRow, Relinked, Store, TaskRow};

/// So many of the commits that an id may mean are listed.
const LISTED: usize = 8;

/// The name and version of the document.
const LINK_SCHEMA: &str = "inward.link.v1";

/// The `link` document.
#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    links: Vec<LinkJson<'a>>,
}

/// One pair that the owner spoke of.
#[derive(Serialize)]
struct LinkJson<'a> {
    oid: Oid,
    source: &'a Clean,
    key: &'a Clean,
    linked: bool,
    before: Option<LinkRule>,
    now: Option<LinkRule>,
}

/// Says that a commit belongs to tasks (`linked`), or does not.
pub(super) fn run(session: &mut Session, args: &LinkArgs, linked: bool) -> Result<(), CliError> {
    if !session.has_store() {
        return Err(nothing_kept());
    }
    let keys = keys(&args.task)?;
    session.prepare_folder()?;
    session.lock(Vec::new(), Vec::new());
    let mut store = session.open_store()?;
    // Everything is looked up before anything is written.
    let commit = commit(&store, &args.commit)?;
    let tasks: Vec<TaskRow> = keys
        .iter()
        .map(|key| task(&store, key))
        .collect::<Result<_, _>>()?;
    let mut said = Vec::new();
    for task in &tasks {
        let chosen = store.choose_link(commit.id, TaskId(task.id), linked);
        said.push((task, chosen.map_err(store_error)?));
    }
    tell(session, (&commit, linked), &said, args.json)
}

fn tell(
    session: &mut Session,
    (commit, linked): (&CommitRow, bool),
    said: &[(&TaskRow, Relinked)],
    as_json: bool,
) -> Result<(), CliError> {
    let out = session.say.out();
    if as_json {
        let links = said.iter().map(|(task, relinked)| LinkJson {
            oid: commit.oid,
            source: &task.facts.source,
            key: &task.facts.key,
            linked,
            before: relinked.before,
            now: relinked.now,
        });
        let document = Document {
            schema: LINK_SCHEMA,
            links: links.collect(),
        };
        let text = json::ascii(&document).map_err(|e| CliError::caused(Code::Failed, &e))?;
        writeln!(out, "{text}")?;
        return Ok(());
    }
    let name = format!("{} {}", commit.oid.short(), commit.summary);
    for (task, relinked) in said {
        let key = &task.facts.key;
        let before = match relinked.before {
            Some(LinkRule::Manual) if linked => " (as you said before)".to_owned(),
            Some(rule) => format!(" (it was linked: {})", rule.as_str()),
            None if !linked => " (it was not linked)".to_owned(),
            None => String::new(),
        };
        let what = if linked {
            "belongs to"
        } else {
            "does not belong to"
        };
        writeln!(out, "{} {what} {key}{before}", name.trim_end())?;
    }
    Ok(())
}

/// The keys that are meant: one, or one a line from standard input, so that none need stand in
/// argv.
fn keys(task: &str) -> Result<Vec<String>, CliError> {
    if task != "-" {
        return Ok(vec![task.to_owned()]);
    }
    let text = std::io::read_to_string(std::io::stdin())?;
    let keys = text.lines().map(str::trim).filter(|key| !key.is_empty());
    let keys: Vec<String> = keys.map(str::to_owned).collect();
    if keys.is_empty() {
        return Err(CliError::usage("no task was named on standard input"));
    }
    Ok(keys)
}

/// The one commit whose id begins so.
fn commit(store: &Store, prefix: &str) -> Result<CommitRow, CliError> {
    let prefix = prefix.to_ascii_lowercase();
    let found = store
        .commits_named(&prefix, LISTED + 1)
        .map_err(store_error)?;
    let ids: Vec<CommitId> = found.iter().take(LISTED).map(|(id, _)| *id).collect();
    let mut rows = store.commit_rows(&ids).map_err(store_error)?;
    if rows.len() == 1 && found.len() == 1 {
        return rows.pop().ok_or_else(|| no_commit(&prefix));
    }
    if rows.is_empty() {
        return Err(no_commit(&prefix));
    }
    let listed = rows
        .iter()
        .map(|row| format!("{} {}", row.oid, row.summary).trim_end().to_owned());
    let more = (found.len() > LISTED).then(|| "and more".to_owned());
    let listed: Vec<String> = listed.chain(more).collect();
    let prefix = Clean::label(prefix.as_bytes());
    Err(
        CliError::usage(format!("{prefix} may mean several commits of yours"))
            .hint(format!("name one of {}", listed.join("; "))),
    )
}

fn no_commit(prefix: &str) -> CliError {
    let prefix = Clean::label(prefix.as_bytes());
    CliError::usage(format!(
        "no commit of yours has an id that begins with {prefix}"
    ))
    .hint("`inward log` lists them; four digits of the id are the fewest")
}

/// The one task of this key.
fn task(store: &Store, key: &str) -> Result<TaskRow, CliError> {
    let shown = Clean::label(key.as_bytes());
    let (key, source) = source_of(store, key)?;
    let mut found = store.task(&key).map_err(store_error)?;
    if let Some(source) = source {
        found.retain(|task| task.facts.source == source);
    }
    if found.len() > 1 {
        let listed = found.iter().map(|task| {
            let facts = &task.facts;
            format!("{}:{} {}", facts.source, facts.key, facts.title)
        });
        let listed: Vec<String> = listed.collect();
        return Err(
            CliError::usage(format!("{shown} may mean several tasks of yours"))
                .hint(format!("name its tracker too: {}", listed.join("; "))),
        );
    }
    found.pop().ok_or_else(|| {
        CliError::usage(format!("no task of yours is called {shown}"))
            .hint("`inward log all --kind tasks` lists them; `inward import` brings them")
    })
}

/// The key without a tracker before it (`jira:ING-7`), and that tracker.
fn source_of(store: &Store, key: &str) -> Result<(String, Option<Clean>), CliError> {
    let Some((source, rest)) = key.split_once(':') else {
        return Ok((key.to_owned(), None));
    };
    // A key may hold a colon of its own.
    if !store.task(key).map_err(store_error)?.is_empty() {
        return Ok((key.to_owned(), None));
    }
    Ok((rest.to_owned(), Some(Clean::label(source.as_bytes()))))
}
