//! `inward show TASK`: a task from its first day to its last.

use crate::model::choice::Marks;
use crate::model::ids::TaskId;
use crate::report::json;
use crate::report::task::{self, TaskStory, Telling};
use crate::tui::story;

use super::error::{CliError, Code};
use super::kept::Kept;
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
        .map(|task| {
            let recorded = story::recorded(&kept.data, TaskId(task.id));
            story::story(store, task, (now_utc, recorded)).map_err(store_error)
        })
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

/// Whether a task is called `key`.
pub(super) fn is_known(kept: &Kept, key: &str) -> Result<bool, CliError> {
    let Some(store) = kept.store() else {
        return Ok(false);
    };
    let found = store.task(key).map_err(store_error)?;
    Ok(!found.is_empty())
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
