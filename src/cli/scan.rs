//! `inward scan`: read what is new in the registered repositories; with `--lines`, follow what
//! became of the lines.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::model::place::Root;
use crate::report::json;
use crate::sources::git;
use crate::store::Store;
use crate::sync::{
    self, LinesProgress, LinesReport, Options, Progress, ScanReport, SyncError, Target,
};
use crate::tui::interrupt;

use super::args::ScanArgs;
use super::error::{CliError, Code};
use super::keep;
use super::places::{self, Places};
use super::reflog;
use super::session::{Session, nothing_kept, shown, store_error};
use super::who::{no_identity, take_configured};

/// The exit code of a pass that the owner ended.
const INTERRUPTED: i32 = 130;

/// Reads; the repository one stands in is registered first when it is not. The result is the exit
/// code.
pub(super) fn run(session: &mut Session, args: &ScanArgs) -> Result<i32, CliError> {
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
    keep::ask(session, &mut store)?;
    take_configured(&mut store, &configured)?;
    if store.me().map_err(store_error)?.is_empty() {
        return Err(no_identity());
    }
    let forgotten = leave_out(session, &store, &mut places)?;
    if let Some(root) = new_root.filter(|root| !forgotten.contains(&root.path)) {
        session.roots.push(root);
        session.write_roots()?;
    }
    super::retain::tell_purge(session, &store);
    reflog::ask(session, &mut store)?;
    let report = read(session, &mut store, &places, args)?;
    tell(session, &report, args.json)?;
    if report.stopped {
        session
            .say
            .problem("inward: stopped; what was read is kept, and the lines as they were");
        return Ok(INTERRUPTED);
    }
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
    Ok(0)
}

/// Reads every registered repository into `store`, which is another one's successor; behind the lock. How
/// many could not be read: each is named.
pub(super) fn again(
    session: &mut Session,
    store: &mut Store,
    places: &mut Places,
) -> Result<usize, CliError> {
    git::prepare().map_err(|e| CliError::caused(Code::Failed, &e))?;
    leave_out(session, store, places)?;
    let args = ScanArgs {
        full: false,
        lines: false,
        json: false,
    };
    let report = read(session, store, places, &args)?;
    tell(session, &report, false)?;
    for problem in &places.problems {
        session.say.problem(&format!("inward: {problem}"));
    }
    let failed = report.repos.iter().filter(|repo| repo.problem.is_some());
    Ok(places.problems.len() + failed.count())
}

/// Takes out what was forgotten, with a word for each; their paths.
fn leave_out(
    session: &mut Session,
    store: &Store,
    places: &mut Places,
) -> Result<Vec<PathBuf>, CliError> {
    let mut gone = Vec::new();
    for (place, _) in &places.targets {
        if store.is_forgotten(place).map_err(store_error)? {
            session.say.note(&format!(
                "{} was forgotten and is not read; `inward add` with its path brings it back",
                shown(&place.path)
            ));
            gone.push(place.path.clone());
        }
    }
    places
        .targets
        .retain(|(place, _)| !gone.contains(&place.path));
    Ok(gone)
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

/// Runs the scan, and the pass over lines if it is asked for, with progress on a terminal's
/// standard error.
fn read(
    session: &mut Session,
    store: &mut Store,
    places: &Places,
    args: &ScanArgs,
) -> Result<ScanReport, CliError> {
    let me = store.me().map_err(store_error)?;
    let targets: Vec<Target<'_>> = places
        .targets
        .iter()
        .map(|(place, root)| Target { place, root })
        .collect();
    let options = Options {
        full: args.full,
        now_utc: session.now_utc(),
    };
    // A scan that is killed loses nothing; the pass over lines keeps nothing before its end.
    let stop = if args.lines {
        interrupt::flag()?
    } else {
        Arc::new(AtomicBool::new(false))
    };
    let say = &mut session.say;
    let mut progress = |news: Progress| {
        if let Progress::Repository { index, of, name } = news {
            say.detail(&format!("reading {index}/{of} {name}"));
        }
    };
    let failed = |e: SyncError| CliError::caused(Code::Failed, &e);
    let mut report =
        sync::scan(store, &targets, &me, &options, (&stop, &mut progress)).map_err(failed)?;
    if args.lines {
        // A mailmap may have added to who I am.
        let me = store.me().map_err(store_error)?;
        let mut progress = |news: LinesProgress| {
            let LinesProgress { name, commits, of } = news;
            say.passing(&match of {
                0 => format!("{name}: {commits} commits walked"),
                _ => format!("{name}: lines followed through {commits} of {of} commits"),
            });
        };
        let asked = (&me, &options);
        let heard = (&*stop, &mut progress as &mut dyn FnMut(LinesProgress));
        sync::follow_lines(store, &targets, asked, heard, &mut report).map_err(failed)?;
        say.passing("");
    }
    Ok(report)
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
        if let Some(lines) = &repo.lines {
            let LinesReport { born, alive, .. } = *lines;
            let (mine, others) = (lines.died_by_me, lines.died_by_others);
            let commits = places::counted(lines.commits, "commit", "commits");
            let new = if lines.commits_walked == 0 {
                ", as before"
            } else {
                ""
            };
            writeln!(
                session.say.out(),
                "  lines: {born} brought by {commits}, {alive} alive, {mine} removed by you, \
                 {others} by others{new}"
            )?;
        }
    }
    Ok(())
}
