//! Stores that live in memory: the first look at a repository, and the demo year.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use crate::model::identity::Address;
use crate::model::ids::Oid;
use crate::model::place::{Place, Root};
use crate::model::task::Fact;
use crate::model::text::Clean;
use crate::sources::demo;
use crate::sources::git;
use crate::store::{Evidence, Facts, Finish, Halted, NewImport, Store, StoreError};
use crate::sync::{self, Options, Target};

use super::error::{CliError, Code};
use super::places::{self, Places};
use super::session::{Session, nothing_kept, store_error};
use super::who::{no_identity, take_configured};

/// The seed of the demo year: any number does, this one is always taken.
const SEED: u64 = 2026;

/// The repository one stands in, read into memory behind the lock; nothing is written.
pub(super) fn read_here(session: &mut Session) -> Result<Store, CliError> {
    let here = places::here(session)?.ok_or_else(nothing_kept)?;
    let mut places = Places::default();
    places.add(&Root {
        trusted: here.trusted,
        ..places::plain_root(&here.path)
    });
    let configured = places.configured(session);
    if configured.addresses.is_empty() {
        return Err(no_identity());
    }
    session.lock(places.folders(), Vec::new());
    git::prepare().map_err(|e| CliError::caused(Code::Failed, &e))?;
    let mut store = Store::memory(session.now_utc()).map_err(store_error)?;
    session.agree(&mut store)?;
    take_configured(&mut store, &configured)?;
    let me = store.me().map_err(store_error)?;
    let targets: Vec<Target<'_>> = places
        .targets
        .iter()
        .map(|(place, root)| Target { place, root })
        .collect();
    let options = Options {
        full: false,
        now_utc: session.now_utc(),
    };
    let (stop, progress) = (AtomicBool::new(false), &mut |_| {});
    let report = sync::scan(&mut store, &targets, &me, &options, (&stop, progress))
        .map_err(|e| CliError::caused(Code::Failed, &e))?;
    match report.repos.into_iter().find_map(|repo| repo.problem) {
        Some(problem) => Err(CliError::new(Code::Failed, problem)),
        None => Ok(store),
    }
}

/// The generated year that ends today.
pub(super) fn demo_year(session: &Session) -> Result<Store, CliError> {
    let now_utc = session.now_utc();
    let calendar = &session.calendar;
    let fill = || -> Result<Store, StoreError> {
        let mut store = Store::memory(now_utc)?;
        if let Some(address) = Address::new(demo::ADDRESS.as_bytes()) {
            store.add_address(&address, Evidence::Configured)?;
        }
        let me = store.me()?;
        let offset = chrono::Offset::fix(&chrono::TimeZone::offset_from_utc_datetime(
            &calendar.zone,
            &calendar.now.naive_utc(),
        ));
        let offset = i16::try_from(offset.local_minus_utc() / 60).unwrap_or(0);
        let mut year = demo::year(SEED, calendar.today(), offset);
        let tasks = demo::tasks(SEED, &mut year, now_utc);
        for repo in year {
            let path = PathBuf::from("demo").join(repo.name);
            let place = Place {
                git_dir: path.join(".git"),
                common_dir: path.join(".git"),
                path,
                alternates: Vec::new(),
                trusted: false,
            };
            let root = places::plain_root(&place.path);
            let oids: Vec<Oid> = repo.commits.iter().map(|commit| commit.oid).collect();
            let mut writer = store.writer(&place, false);
            for commit in repo.commits {
                // Today is not over: what lies ahead of now is not there yet.
                if commit.authored.utc <= now_utc {
                    writer.sighting(commit.oid, true);
                    writer.commit(commit)?;
                }
            }
            let facts = Facts {
                whole: true,
                roots: oids.get(..1).unwrap_or_default(),
                remote: None,
                shallow: false,
                partial: false,
            };
            let tips = oids.get(oids.len().saturating_sub(1)..).unwrap_or_default();
            writer.finish(&Finish {
                me: &me,
                root: &root,
                facts,
                tips,
                default_tips: &[],
                pending: &[],
                stamp: None,
                now_utc,
            })?;
        }
        import(&mut store, &tasks)?;
        Ok(store)
    };
    fill().map_err(store_error)
}

/// Takes the demo's tasks in as an export would bring them.
fn import(store: &mut Store, tasks: &[Fact]) -> Result<(), StoreError> {
    let file = NewImport {
        format: "jira-json".to_owned(),
        source: "jira".to_owned(),
        name: Clean::label(b"demo"),
        digest: [0; 32],
        zone: "UTC".to_owned(),
        modified: None,
    };
    // A halted writer has failed, and then the store says why.
    let _fed = store.import(&file, true, |writer| {
        for fact in tasks {
            writer.put(fact)?;
        }
        let n = tasks.len() as u64;
        writer.counts(n, n, 0, 0);
        Ok::<(), Halted>(())
    })?;
    Ok(())
}
