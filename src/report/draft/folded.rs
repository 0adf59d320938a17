//! Which pull requests are told with which task, so that one piece of work is told once.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::projects;
use crate::model::material::{Material, Matter};
use crate::model::task::TaskKind;

/// The pull requests of each task that is none, by row: those that share commits with it, those
/// that name its key in their title or branch, and those with its very title in its project.
pub(super) fn requests(
    material: &Material,
    by_id: &HashMap<i64, &Matter>,
) -> BTreeMap<i64, Vec<i64>> {
    let is_pr = |task: &Matter| task.facts.kind == TaskKind::Pr;
    let mut out: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
    let mut keys: HashMap<String, i64> = HashMap::new();
    let mut titles: HashMap<(String, String), Vec<i64>> = HashMap::new();
    for task in material.tasks.iter().filter(|task| !is_pr(task)) {
        keys.insert(task.facts.key.as_str().to_lowercase(), task.id);
        titles.entry(titled(task)).or_default().push(task.id);
        let requests = task.shares.iter().copied();
        let requests = requests.filter(|id| by_id.get(id).is_some_and(|one| is_pr(one)));
        out.entry(task.id).or_default().extend(requests);
    }
    for request in material.tasks.iter().filter(|task| is_pr(task)) {
        let branch = request.facts.review.as_ref();
        let branch = branch.and_then(|review| review.branch.as_ref());
        for text in [Some(&request.facts.title), branch].into_iter().flatten() {
            for named in named(text.as_str()) {
                if let Some(task) = keys.get(&named) {
                    out.entry(*task).or_default().insert(request.id);
                }
            }
        }
        // A title that several tasks have tells none of them.
        if let Some([task]) = titles.get(&titled(request)).map(Vec::as_slice) {
            out.entry(*task).or_default().insert(request.id);
        }
    }
    let some = out.into_iter().filter(|(_, requests)| !requests.is_empty());
    some.map(|(task, requests)| (task, requests.into_iter().collect()))
        .collect()
}

/// Project and title, as far as they tell the same thing.
fn titled(task: &Matter) -> (String, String) {
    let title = task.facts.title.as_str().to_lowercase();
    (projects::of_task(task), title)
}

/// What could be keys in a text, in lower case: `har-12` of `HAR-12: Hold a berth` and of
/// `feature/har-12-hold`.
fn named(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    words.filter_map(|word| {
        let mut parts = word.split('-');
        let (name, number) = (parts.next()?, parts.next()?);
        let is_number = !number.is_empty() && number.bytes().all(|c| c.is_ascii_digit());
        (is_number && !name.is_empty()).then(|| format!("{name}-{number}").to_lowercase())
    })
}
