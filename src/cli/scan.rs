//! `inward scan`: read what is new in the registered repositories.

use std::sync::atomic::AtomicBool;

use crate::guard::roots;
use crate::model::place::Root;
use crate::report::json;
use crate::sources::git;
use crate::store::Store;
use crate::sync::{self, Options, Progress, ScanReport, Target};

use super::args::ScanArgs;
use super::error::{CliError, Code};
use super::places::{self, Places};
use super::reflog;
use super::session::{Session, nothing_kept, store_error};
use super::who::{no_identity, take_configured};

/// Reads; the repository one stands in is registered first when it is not.
pub(super) fn run(session: &mut Session, args: &ScanArgs) -> Result<(), CliError> {
    let mut places = Places::registered(session);
    let new_root = unregistered_here(session, &places)?;
    if let Some(root) = &new_root {
        places.add(root);
    }
    if places.targets.is_empty() && places.problems.is_empty() {
        return Err(nothing_kept());
    }
    let configured = places.configured(session);
    if configured.addresses.is_empty() && !session.has_store() {
        return Err(no_identity());
    }
    session.prepare_folder()?;
    session.lock(places.folders(), Vec::new());
    git::prepare().map_err(|e| CliError::caused(Code::Failed, &e))?;
    let mut store = session.open_store()?;
    take_configured(&mut store, &configured)?;
    if store.me().map_err(store_error)?.is_empty() {
        return Err(no_identity());
    }
    if let Some(root) = new_root {
        session.roots.push(root);
        roots::write(&session.config.roots, &session.roots)
            .map_err(|e| CliError::caused(Code::Refused, &e))?;
    }
    reflog::ask(session, &mut store)?;
    let report = read(session, &mut store, &places, args.full)?;
    tell(session, &report, args.json)?;
    let mut failed = places.problems.len();
    for problem in &places.problems {
        session.say.problem(&format!("inward: {problem}"));
    }
    failed += report
        .repos
        .iter()
        .filter(|repo| repo.problem.is_some())
        .count();
    if failed > 0 {
        return Err(CliError::new(
            Code::Failed,
            format!("{failed} could not be read, see above"),
        ));
    }
    Ok(())
}

/// A root for the repository one stands in, unless a registered root covers it.
/// One that may not be read fails the command only where nothing else was asked for.
fn unregistered_here(session: &Session, places: &Places) -> Result<Option<Root>, CliError> {
    let here = match places::here(session) {
        Ok(Some(here)) => here,
        Err(error) if places.targets.is_empty() && places.problems.is_empty() => return Err(error),
        Ok(None) | Err(_) => return Ok(None),
    };
    let known = places
        .targets
        .iter()
        .any(|(place, _)| place.common_dir == here.common_dir);
    Ok((!known).then(|| places::plain_root(&here.path)))
}

/// Runs the scan with progress on a terminal's standard error.
fn read(
    session: &mut Session,
    store: &mut Store,
    places: &Places,
    full: bool,
) -> Result<ScanReport, CliError> {
    let me = store.me().map_err(store_error)?;
    let targets: Vec<Target<'_>> = places
        .targets
        .iter()
        .map(|(place, root)| Target { place, root })
        .collect();
    let options = Options {
        full,
        now_utc: session.now_utc(),
    };
    let stop = AtomicBool::new(false);
    let say = &mut session.say;
    let mut progress = |news: Progress| {
        if let Progress::Repository { index, of, name } = news {
            say.detail(&format!("reading {index}/{of} {name}"));
        }
    };
    sync::scan(store, &targets, &me, &options, (&stop, &mut progress))
        .map_err(|e| CliError::caused(Code::Failed, &e))
}

/// The report with the name and version of its form.
#[derive(serde::Serialize)]
struct Document<'a> {
    schema: &'static str,
    #[serde(flatten)]
    report: &'a ScanReport,
}

fn tell(session: &mut Session, report: &ScanReport, json: bool) -> Result<(), CliError> {
    for repo in &report.repos {
        for warning in &repo.warnings {
            session.say.problem(&format!("inward: {warning}"));
        }
        if let Some(problem) = &repo.problem {
            session.say.problem(&format!("inward: {problem}"));
        }
    }
    if json {
        let document = Document {
            schema: "inward.scan.v1",
            report,
        };
        let document = json::ascii(&document).map_err(|e| CliError::caused(Code::Failed, &e))?;
        writeln!(session.say.out(), "{document}")?;
        return Ok(());
    }
    if session.say.is_quiet() {
        return Ok(());
    }
    for repo in report.repos.iter().filter(|repo| repo.problem.is_none()) {
        let found = if repo.commits_walked == 0 {
            "nothing new".to_owned()
        } else {
            let walked = places::counted(repo.commits_walked, "commit", "commits");
            let (mine, new) = (repo.commits_mine, repo.commits_added);
            format!("{walked} walked, {mine} mine, {new} new")
        };
        writeln!(session.say.out(), "{}: {found}", repo.shown)?;
    }
    Ok(())
}
