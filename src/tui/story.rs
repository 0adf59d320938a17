//! What the store knows of a task, for the command and for the page of a task.

use crate::model::commit::Lines;
use crate::model::dataset::Dataset;
use crate::model::ids::{CommitId, TaskId};
use crate::model::links::LinkRule;
use crate::model::text::Clean;
use crate::report::log::LogRow;
use crate::report::task::{StoryCommit, StoryRequest, TaskStory};
use crate::store::{CommitRow, Store, StoreError, TaskRow};

/// Seconds of work recorded on a task; `None` when nothing was.
pub fn recorded(data: &Dataset, task: TaskId) -> Option<i64> {
    let found = data.work.tasks.iter().find(|one| one.id == task);
    found.and_then(|one| one.spent)
}

/// All that the store knows of a task.
///
/// # Errors
/// When the store cannot be read.
pub fn story(
    store: &Store,
    row: TaskRow,
    (now_utc, recorded): (i64, Option<i64>),
) -> Result<TaskStory, StoreError> {
    let id = TaskId(row.id);
    let links = store.commits_of(id)?;
    let ids: Vec<CommitId> = links.iter().map(|(id, _)| *id).collect();
    let rows = store.commit_rows(&ids)?;
    let all = rows.len();
    let rules: std::collections::HashMap<CommitId, LinkRule> = links.into_iter().collect();
    let mut commits = Vec::new();
    for row in rows.into_iter().filter(|row| row.twin_of.is_none()) {
        let rule = rules.get(&row.id).copied().unwrap_or(LinkRule::Message);
        let row_flags = row.flags;
        let row = log_row(row, (row_flags, Vec::new()), now_utc);
        commits.push(StoryCommit { row, rule });
    }
    let copies = all - commits.len();
    let requests = requests(store, &row, &ids)?;
    Ok(TaskStory {
        facts: row.facts,
        moves: row.moves,
        timeline: row.timeline,
        commits,
        copies: copies as u64,
        requests,
        recorded,
    })
}

/// The pull request that the task is, else those that share commits with it.
fn requests(
    store: &Store,
    row: &TaskRow,
    commits: &[CommitId],
) -> Result<Vec<StoryRequest>, StoreError> {
    if let Some(review) = &row.facts.review {
        let key = row.facts.key.clone();
        let review = (**review).clone();
        return Ok(vec![StoryRequest { key, review }]);
    }
    let mut keys = std::collections::BTreeSet::new();
    for commit in commits {
        let tasks = store.tasks_of(*commit)?;
        keys.extend(tasks.into_iter().map(|task| (task.key, task.id)));
    }
    let mut requests = Vec::new();
    for (key, id) in keys {
        let found = store.task(key.as_str())?;
        let same = found.into_iter().find(|task| TaskId(task.id) == id);
        if let Some(review) = same.and_then(|task| task.facts.review) {
            let review = *review;
            requests.push(StoryRequest { key, review });
        }
    }
    Ok(requests)
}

/// A stored commit as a row of the log, with what is true of it and the keys of its tasks.
pub fn log_row(row: CommitRow, (flags, tasks): (u16, Vec<Clean>), now_utc: i64) -> LogRow {
    let count = |lines: u64| u32::try_from(lines).unwrap_or(u32::MAX);
    LogRow {
        time: row.authored,
        dated: row.authored.is_dated(now_utc),
        day_only: false,
        oid: row.oid,
        repo: row.repos.into_iter().next().unwrap_or_default(),
        summary: row.summary,
        files: row.files,
        lines: (!row.merge && row.lines_known).then(|| Lines {
            added: count(row.added),
            deleted: count(row.deleted),
        }),
        flags,
        tasks,
        out: None,
    }
}
