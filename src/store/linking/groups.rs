//! From commits to changes: copies share their links, a squash and its originals hand them to each
//! other, and the owner's word stands above all.
//!
//! A squash has the tasks of all its originals. Each original has the pull requests of the squash,
//! and the tasks that the squash alone names: what another original names is that one's.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rusqlite::Connection;

use super::direct::Told;
use super::evidence::Evidence;
use super::tasks::Known;
use crate::model::ids::{CommitId, Oid};
use crate::model::links::LinkRule;

/// The owner's word on a change, by the commit that stands for it: is it of this task?
pub(super) type Choices = HashMap<CommitId, BTreeMap<u32, bool>>;

/// Tasks of one change with the surest rule of each.
type Tasks = BTreeMap<u32, LinkRule>;

/// What the owner said of the commits in `evidence`. Where it was said both ways of two copies, or
/// of two tasks that are one now, they are linked.
pub(super) fn choices(
    conn: &Connection,
    known: &Known,
    evidence: &Evidence,
) -> rusqlite::Result<Choices> {
    let mut query = conn.prepare_cached(
        "SELECT c.id, a.subject, l.linked FROM link_choices l
         JOIN commits c ON c.oid = l.oid JOIN aliases a ON a.hash = l.alias",
    )?;
    let mut rows = query.query([])?;
    let mut out = Choices::new();
    let mut places: HashMap<i64, u32> = HashMap::new();
    while let Some(row) = rows.next()? {
        if places.is_empty() {
            places.extend(known.tasks.iter().map(|task| task.subject).zip(0..));
        }
        let Some(at) = evidence.at(row.get(0)?) else {
            continue;
        };
        if let Some(task) = places.get(&row.get(1)?) {
            let leader = evidence.commits[at as usize].leader;
            let linked = out.entry(leader).or_default().entry(*task).or_default();
            *linked |= row.get::<_, bool>(2)?;
        }
    }
    Ok(out)
}

/// The links of every commit in `evidence`, in no order.
pub(super) fn spread(known: &Known, evidence: &Evidence, own: Told, choices: &Choices) -> Told {
    let mut changes: HashMap<CommitId, Tasks> = HashMap::new();
    for (at, task, rule) in own {
        let leader = evidence.commits[at as usize].leader;
        put(changes.entry(leader).or_default(), task, rule);
    }
    decide(&mut changes, choices);
    for (leader, more) in handed(known, evidence, &changes) {
        let tasks = changes.entry(leader).or_default();
        for (task, rule) in more {
            put(tasks, task, rule);
        }
    }
    decide(&mut changes, choices);
    let mut out = Told::new();
    for (at, commit) in (0..).zip(&evidence.commits) {
        let tasks = changes.get(&commit.leader).into_iter().flatten();
        out.extend(tasks.map(|(task, rule)| (at, *task, *rule)));
    }
    out
}

/// Takes a rule, if it is surer than the one before.
fn put(tasks: &mut Tasks, task: u32, rule: LinkRule) {
    let known = tasks.entry(task).or_insert(rule);
    *known = rule.min(*known);
}

fn decide(changes: &mut HashMap<CommitId, Tasks>, choices: &Choices) {
    for (leader, said) in choices {
        let tasks = changes.entry(*leader).or_default();
        for (task, linked) in said {
            if *linked {
                tasks.insert(*task, LinkRule::Manual);
            } else {
                tasks.remove(task);
            }
        }
    }
}

/// What squashes and their originals have from each other.
fn handed(
    known: &Known,
    evidence: &Evidence,
    changes: &HashMap<CommitId, Tasks>,
) -> Vec<(CommitId, Vec<(u32, LinkRule)>)> {
    let mut held: HashMap<Oid, BTreeSet<CommitId>> = HashMap::new();
    for (squash, at) in &evidence.held {
        let leader = evidence.commits[*at as usize].leader;
        held.entry(*squash).or_default().insert(leader);
    }
    let nothing = Tasks::new();
    let tasks_of = |leader: &CommitId| changes.get(leader).unwrap_or(&nothing);
    let mut handed = Vec::new();
    let squashes = evidence.commits.iter();
    for (squash, originals) in squashes.filter_map(|one| Some((one, held.get(&one.oid)?))) {
        let mut all = Vec::new();
        for original in originals {
            all.extend(tasks_of(original).iter().map(|(task, rule)| (*task, *rule)));
        }
        let named: HashSet<u32> = all.iter().map(|(task, _)| *task).collect();
        let for_each = tasks_of(&squash.leader)
            .iter()
            .filter(|(task, _)| known.tasks[**task as usize].is_pr || !named.contains(*task));
        let for_each: Vec<_> = for_each.map(|(task, rule)| (*task, *rule)).collect();
        handed.extend(originals.iter().map(|one| (*one, for_each.clone())));
        handed.push((squash.leader, all));
    }
    handed
}
