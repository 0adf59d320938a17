//! `inward show TASK`: a task from its first day to its last.

use crate::model::choice::Marks;
use crate::model::ids::{CommitId, TaskId};
use crate::model::links::LinkRule;
use crate::report::json;
use crate::report::task::{self, StoryCommit, StoryRequest, TaskStory, Telling};
use crate::store::{Store, TaskRow};

use super::error::{CliError, Code};
use super::kept::Kept;
use super::link;
use super::session::{Session, store_error};

/// Writes every task called `key`; false when there is none.
pub(super) fn run(
    session: &mut Session,
    kept: &Kept,
    key: &str,
    as_json: bool,
) -> Result<bool, CliError> {
    let Some(store) = kept.store() else {
        return Ok(false);
    };
    let found = store.task(key).map_err(store_error)?;
    if found.is_empty() {
        return Ok(false);
    }
    let now_utc = session.now_utc();
    let marks = store.task_marks().map_err(store_error)?;
    let said: Vec<String> = found.iter().map(|task| said(marks.get(&task.id))).collect();
    let stories: Vec<TaskStory> = found
        .into_iter()
        .map(|task| story(store, task, now_utc))
        .collect::<Result<_, _>>()?;
    let words = session.config.stages.clone();
    let telling = Telling {
        words: &words,
        now_utc,
    };
    if as_json {
        let document = json::ascii(&task::Document::new(&stories, telling))
            .map_err(|e| CliError::caused(Code::Failed, &e))?;
        writeln!(session.say.out(), "{document}")?;
        return Ok(true);
    }
    let texts = stories
        .iter()
        .zip(&said)
        .map(|(story, said)| task::story_text(story, telling, &kept.context(session)) + said);
    let text = texts.collect::<Vec<_>>().join("\n\n");
    write!(session.say.out(), "{text}")?;
    Ok(true)
}

/// What the owner says of the task, a line each.
fn said(marks: Option<&Marks>) -> String {
    let Some(marks) = marks else {
        return String::new();
    };
    let mut out = String::new();
    if let Some(why) = marks.out {
        out.extend([
            "\nIt counts in no figure: ",
            why.words(),
            ", as you said.\n",
        ]);
    }
    if !marks.corrected.is_empty() {
        let facts: Vec<&str> = marks.corrected.iter().map(|fact| fact.as_str()).collect();
        out.extend(["\nCorrected by you: ", &facts.join(", "), ".\n"]);
    }
    out
}

/// All that the store knows of a task.
fn story(store: &Store, row: TaskRow, now_utc: i64) -> Result<TaskStory, CliError> {
    let id = TaskId(row.id);
    let links = store.commits_of(id).map_err(store_error)?;
    let ids: Vec<CommitId> = links.iter().map(|(id, _)| *id).collect();
    let rows = store.commit_rows(&ids).map_err(store_error)?;
    let all = rows.len();
    let rules: std::collections::HashMap<CommitId, LinkRule> = links.into_iter().collect();
    let mut commits = Vec::new();
    for row in rows.into_iter().filter(|row| row.twin_of.is_none()) {
        let rule = rules.get(&row.id).copied().unwrap_or(LinkRule::Message);
        let row = link::row_of(row, now_utc);
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
    })
}

/// The pull request that the task is, else those that share commits with it.
fn requests(
    store: &Store,
    row: &TaskRow,
    commits: &[CommitId],
) -> Result<Vec<StoryRequest>, CliError> {
    if let Some(review) = &row.facts.review {
        let key = row.facts.key.clone();
        let review = review.clone();
        return Ok(vec![StoryRequest { key, review }]);
    }
    let mut keys = std::collections::BTreeSet::new();
    for commit in commits {
        let tasks = store.tasks_of(*commit).map_err(store_error)?;
        keys.extend(tasks.into_iter().map(|task| (task.key, task.id)));
    }
    let mut requests = Vec::new();
    for (key, id) in keys {
        let found = store.task(key.as_str()).map_err(store_error)?;
        let same = found.into_iter().find(|task| TaskId(task.id) == id);
        if let Some(review) = same.and_then(|task| task.facts.review) {
            requests.push(StoryRequest { key, review });
        }
    }
    Ok(requests)
}
