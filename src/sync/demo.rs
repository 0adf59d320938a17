//! The generated year in a store of its own, as scans, imports and its owner would have filled it.

use std::path::PathBuf;

use crate::model::calendar::Calendar;
use crate::model::goal::State;
use crate::model::identity::Address;
use crate::model::ids::Oid;
use crate::model::place::{Place, Root};
use crate::model::task::Fact;
use crate::model::text::Clean;
use crate::sources::demo;
use crate::store::{Evidence, Facts, Finish, Halted, NewImport, Store, StoreError};

/// The seed of the demo year: any number does, this one is always taken.
const SEED: u64 = 2026;

/// The year that ends today, in a store in memory.
///
/// # Errors
/// When the store cannot be made or filled.
pub fn year(calendar: &Calendar) -> Result<Store, StoreError> {
    let now_utc = calendar.now.timestamp();
    let mut store = Store::memory(now_utc)?;
    if let Some(address) = Address::new(demo::ADDRESS.as_bytes()) {
        store.add_address(&address, Evidence::Configured)?;
    }
    let offset = chrono::Offset::fix(&chrono::TimeZone::offset_from_utc_datetime(
        &calendar.zone,
        &calendar.now.naive_utc(),
    ));
    let offset = i16::try_from(offset.local_minus_utc() / 60).unwrap_or(0);
    let mut year = demo::year(SEED, calendar.today(), offset);
    let tasks = demo::tasks(SEED, &mut year, now_utc);
    for repo in year {
        scan(&mut store, repo, now_utc)?;
    }
    import(&mut store, &tasks)?;
    for note in demo::notes(calendar.today()) {
        store.add_note(&note)?;
    }
    for (aim, reached) in demo::goals() {
        let goal = store.add_goal(&aim)?;
        if reached {
            store.set_goal(goal, State::Done)?;
        }
    }
    Ok(store)
}

/// Takes a repository in as a scan would.
fn scan(store: &mut Store, repo: demo::DemoRepository, now_utc: i64) -> Result<(), StoreError> {
    let me = store.me()?;
    let path = PathBuf::from("demo").join(repo.name);
    let place = Place {
        git_dir: path.join(".git"),
        common_dir: path.join(".git"),
        path: path.clone(),
        alternates: Vec::new(),
        trusted: false,
    };
    let root = Root {
        path,
        trusted: false,
        since: None,
        exclude: Vec::new(),
    };
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
    Ok(())
}

/// Takes the tasks in as an export would bring them.
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
