//! Names of tasks, reviews and recorded time, which stores keep as hashes with their own keys: those
//! that can be told from what exports say are hashed again with this store's.

use std::collections::{BTreeSet, HashMap};

use rusqlite::Connection;

use super::super::import_writer::{name_of_entry, names, nth_name};
use super::super::keys::Key;
use super::super::subjects::{self, Alias};
use super::super::tombstones::{self, Kind as Forgotten};
use crate::model::task::Fact;
use crate::model::text::Clean;

/// Aliases of the other store, by what they are here.
#[derive(Debug, Default)]
pub(super) struct Names {
    known: HashMap<Alias, Alias>,
    /// The names themselves, with the kind of thing.
    told: BTreeSet<(u8, String)>,
}

impl Names {
    /// Reads the names that both stores' exports tell: of either, so that it is the same whichever is
    /// merged into the other.
    pub(super) fn load(
        to: &Connection,
        from: &Connection,
        (key, theirs): (&Key, &Key),
    ) -> rusqlite::Result<Self> {
        let mut names = Self::default();
        let others: Vec<Key> = theirs.all().filter(|other| !other.is(key)).collect();
        if others.is_empty() {
            return Ok(names);
        }
        let mut sources = sources(to)?;
        sources.extend(self::sources(from)?);
        for conn in [to, from] {
            let mut query = conn.prepare(
                "SELECT s.kind, o.facts FROM observations o JOIN subjects s ON s.id = o.subject",
            )?;
            let mut rows = query.query([])?;
            let mut twins: HashMap<String, u32> = HashMap::new();
            while let Some(row) = rows.next()? {
                let kind: u8 = row.get(0)?;
                let fact = subjects::fact(kind, row.get_ref(1)?.as_str()?)?;
                for name in possible(&fact, &sources, &mut twins) {
                    names.told.insert((kind, name));
                }
            }
        }
        for (kind, name) in &names.told {
            let here = key.alias(*kind, name);
            let there = others.iter().map(|other| (other.alias(*kind, name), here));
            names.known.extend(there);
        }
        Ok(names)
    }

    /// Where a thing of such a name was forgotten, by whichever key it was named, it is by every key;
    /// whether one is new.
    pub(super) fn bury(
        &self,
        conn: &Connection,
        (key, today): (&Key, i32),
    ) -> rusqlite::Result<bool> {
        let before = conn.total_changes();
        let keys: Vec<Key> = key.all().collect();
        for (kind, name) in &self.told {
            let all: Vec<Alias> = keys.iter().map(|key| key.alias(*kind, name)).collect();
            let mut forgotten = false;
            for one in &all {
                forgotten |= tombstones::is_buried(conn, key, Forgotten::Alias, one)?;
            }
            for one in all.iter().filter(|_| forgotten) {
                tombstones::bury(conn, key, (Forgotten::Alias, one), today)?;
            }
        }
        Ok(conn.total_changes() > before)
    }

    /// What an alias of the other store is here.
    pub(super) fn of(&self, alias: &Alias) -> Alias {
        self.known.get(alias).copied().unwrap_or(*alias)
    }

    /// [`Names::of`] for a list of them, sorted, each once.
    pub(super) fn all(&self, aliases: &[u8]) -> Vec<Alias> {
        let aliases = subjects::aliases(aliases).iter();
        let mut all: Vec<Alias> = aliases.map(|alias| self.of(alias)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// Names that importers give a thing of which this is said: a wrong one among them is a hash that
/// nothing has. Of entries of one day that say the same, each is one more.
fn possible(
    fact: &Fact,
    sources: &BTreeSet<String>,
    twins: &mut HashMap<String, u32>,
) -> Vec<String> {
    match fact {
        Fact::Entry(entry) => {
            let name = name_of_entry(entry);
            let nth = twins.entry(name.clone()).or_default();
            *nth += 1;
            match *nth {
                1 => vec![name],
                nth => vec![nth_name(&name, nth), name],
            }
        }
        Fact::Task(task) => of_key((&task.source, sources), &task.key, task.project.as_ref()),
        Fact::Given(given) => of_key((&given.source, sources), &given.key, given.project.as_ref()),
    }
}

/// The key of a thing as the importers make names of it. One tracker names things of another too.
fn of_key(
    (source, sources): (&Clean, &BTreeSet<String>),
    key: &Clean,
    project: Option<&Clean>,
) -> Vec<String> {
    let lower = key.as_str().to_lowercase();
    let mut all = names(&[], source, key);
    all.push(key.to_string());
    for key in [key.as_str(), &lower] {
        for source in sources {
            all.push(format!("{source}:{key}"));
        }
        all.push(format!("{source}:{source}.com/{key}"));
        if let Some(project) = project {
            let project = project.as_str().to_lowercase();
            for mark in ["#", "!", ""] {
                all.push(format!("{source}:{project}{mark}{key}"));
                all.push(format!("{source}:{source}.com/{project}{mark}{key}"));
            }
        }
    }
    all
}

/// The trackers that a store knows, and those that others name.
fn sources(conn: &Connection) -> rusqlite::Result<BTreeSet<String>> {
    let mut query = conn.prepare(
        "SELECT source FROM imports UNION SELECT source FROM tasks UNION SELECT source FROM reviews",
    )?;
    let known = query.query_map([], |row| row.get(0))?;
    let mut known: BTreeSet<String> = known.collect::<rusqlite::Result<_>>()?;
    known.extend(["jira", "github", "gitlab", "linear"].map(str::to_owned));
    Ok(known)
}
