//! `inward repos` and `inward trust`: what is registered.

use std::path::{Path, PathBuf};

use crate::guard::discover;
use crate::model::text::Clean;
use crate::report::json;
use crate::store::Repository;

use super::args::{ReposArgs, ReposChange};
use super::error::{CliError, Code};
use super::places::{self, Places};
use super::session::{Session, nothing_kept, shown, store_error};

/// Lists or changes what is registered.
pub(super) fn run(session: &mut Session, args: &ReposArgs) -> Result<(), CliError> {
    match &args.change {
        None => list(session, args.json),
        Some(ReposChange::Rm { repo }) => rm(session, repo),
        Some(ReposChange::Rename { repo, name }) => rename(session, repo, name),
    }
}

fn list(session: &mut Session, json: bool) -> Result<(), CliError> {
    session.judge_folder()?;
    let places = Places::registered(session);
    session.lock(Vec::new(), Vec::new());
    let kept = kept(session)?;
    let rows: Vec<_> = places
        .targets
        .iter()
        .map(|(place, root)| (place, root, kept.iter().find(|repo| lies_at(repo, place))))
        .collect();
    let gone: Vec<_> = kept.iter().filter(|repo| repo.places.is_empty()).collect();
    let out = session.say.out();
    if json {
        let gone: Vec<_> = gone
            .iter()
            .map(|repo| serde_json::json!({ "name": &repo.name, "commits": repo.commits }))
            .collect();
        let rows: Vec<_> = rows
            .iter()
            .map(|(place, root, repo)| {
                serde_json::json!({
                    "path": shown(&place.path), "root": shown(&root.path),
                    "name": repo.map(|repo| &repo.name), "commits": repo.map(|repo| repo.commits),
                    "trusted": place.trusted,
                })
            })
            .collect();
        let document = serde_json::json!({
            "schema": "inward.repos.v1", "repos": rows, "gone": gone,
        });
        let document = json::ascii(&document).map_err(|e| CliError::caused(Code::Failed, &e))?;
        writeln!(out, "{document}")?;
    } else {
        for (place, _, repo) in &rows {
            let what = repo.map_or_else(
                || "not read yet".to_owned(),
                |repo| {
                    let commits = places::counted(repo.commits, "commit", "commits");
                    format!("{}, {commits} of yours", repo.name)
                },
            );
            writeln!(out, "{}  {what}", shown(&place.path))?;
        }
        for repo in &gone {
            let commits = places::counted(repo.commits, "commit", "commits");
            writeln!(
                out,
                "{}: no longer where it was, another repository lies there; {commits} of yours stay",
                repo.name
            )?;
        }
        if rows.is_empty() {
            writeln!(out, "nothing is registered: `inward add PATH`")?;
        }
    }
    for problem in &places.problems {
        session.say.problem(&format!("inward: {problem}"));
    }
    Ok(())
}

fn kept(session: &Session) -> Result<Vec<Repository>, CliError> {
    if !session.has_store() {
        return Ok(Vec::new());
    }
    let store = session.door().open_reading(session.now_utc());
    store
        .map_err(store_error)?
        .repositories()
        .map_err(store_error)
}

fn lies_at(repo: &Repository, place: &crate::model::place::Place) -> bool {
    repo.places
        .iter()
        .any(|known| known.common_dir == place.common_dir)
}

fn rm(session: &mut Session, repo: &Path) -> Result<(), CliError> {
    let path = session.env.absolute(repo);
    let path = path.canonicalize().unwrap_or(path);
    let meant = match registered(session, repo, &path).as_slice() {
        [] => {
            return Err(CliError::usage(format!("{} is not registered", shown(repo)))
                .hint("`inward repos` lists what is; a repository found below a registered folder is removed with the folder"));
        }
        [one] => one.clone(),
        several => {
            let several: Vec<_> = several.iter().map(|one| shown(one).to_string()).collect();
            return Err(CliError::usage(format!("{} may mean several", shown(repo)))
                .hint(format!("name one of {}", several.join(", "))));
        }
    };
    session.prepare_folder()?;
    session.roots.retain(|root| root.path != meant);
    session.write_roots()?;
    writeln!(
        session.say.out(),
        "{} is not read any more; what is kept of it stays",
        shown(&meant)
    )?;
    Ok(())
}

/// The registered path that `repo` names in full, else those that end in it.
fn registered(session: &Session, repo: &Path, path: &Path) -> Vec<PathBuf> {
    let all = || session.roots.iter().map(|root| root.path.clone());
    // Every path ends in an empty one.
    if repo.as_os_str().is_empty() {
        return Vec::new();
    }
    match all().find(|root| root == path) {
        Some(exact) => vec![exact],
        None => all().filter(|root| root.ends_with(repo)).collect(),
    }
}

fn rename(session: &mut Session, repo: &Path, name: &str) -> Result<(), CliError> {
    if !session.has_store() {
        return Err(nothing_kept());
    }
    let path = session.env.absolute(repo);
    let path = path.canonicalize().unwrap_or(path);
    session.prepare_folder()?;
    session.lock(Vec::new(), Vec::new());
    let mut store = session.open_store()?;
    let known = store.repositories().map_err(store_error)?;
    let wanted = known.iter().find(|known| {
        known.places.iter().any(|place| place.path == path)
            || Path::new(known.name.as_str()) == repo
    });
    let Some(wanted) = wanted else {
        return Err(
            CliError::usage(format!("no repository is called {}", shown(repo)))
                .hint("`inward repos` lists them"),
        );
    };
    let name = store
        .rename_repository(wanted.id, &Clean::label(name.as_bytes()))
        .map_err(store_error)?;
    writeln!(session.say.out(), "{} is called {name}", shown(&path))?;
    Ok(())
}

/// `inward trust`: accepts a repository that belongs to another user.
pub(super) fn trust(session: &mut Session, repo: &Path) -> Result<(), CliError> {
    let path = session.env.absolute(repo);
    let place =
        discover::trusted_place_at(&path).map_err(|e| CliError::caused(Code::Failed, &e))?;
    session.roots.retain(|root| root.path != place.path);
    let mut root = places::plain_root(&place.path);
    root.trusted = true;
    session.roots.push(root);
    session.prepare_folder()?;
    session.write_roots()?;
    writeln!(
        session.say.out(),
        "{} may be read, whoever owns it",
        shown(&place.path)
    )?;
    Ok(())
}
