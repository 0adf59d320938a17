//! What labels say that trackers have no field for.

use crate::model::stage::{Stage, StageWords, Status};
use crate::model::task::TaskKind;
use crate::model::text::Clean;

/// The kind that labels such as `bug`, `type::bug` or `kind/feature` tell.
pub(super) fn kind(labels: &[Clean]) -> TaskKind {
    let of = |label: &Clean| {
        let text = label.as_str().to_lowercase();
        match text.rsplit([':', '/']).next().unwrap_or_default().trim() {
            "bug" | "defect" => Some(TaskKind::Bug),
            "epic" => Some(TaskKind::Epic),
            "feature" | "story" | "user story" => Some(TaskKind::Story),
            _ => None,
        }
    };
    labels.iter().find_map(of).unwrap_or_default()
}

/// Where an open issue stands that may have a word of a board or of a label for it. One that calls
/// an open issue done is not believed.
pub(super) fn open(word: Option<&str>) -> Status {
    let fits = |word: &&str| {
        let stage = StageWords::default().stage(&Status::word(word));
        !word.trim().is_empty() && !stage.is_some_and(Stage::is_closed)
    };
    match word.filter(fits) {
        Some(word) => Status::word(word),
        None => Status::word("open"),
    }
}

/// The word in a label of a workflow, such as `workflow::in dev`.
pub(super) fn workflow(labels: &[Clean]) -> Option<&str> {
    labels.iter().find_map(|label| {
        let (scope, word) = label.as_str().rsplit_once("::")?;
        let scope = scope.to_lowercase();
        let mut scopes = ["workflow", "status", "state", "stage"].iter();
        let word = scopes.any(|one| scope.ends_with(one)).then(|| word.trim());
        word.filter(|word| !word.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::super::words;
    use super::*;

    #[test]
    fn labels_tell_the_kind() {
        let kind = |text: &str| kind(&words::labels(text, ','));
        assert_eq!(kind("P1,type: bug"), TaskKind::Bug);
        assert_eq!(kind("kind/feature"), TaskKind::Story);
        assert_eq!(kind("debugger"), TaskKind::Task);
    }

    #[test]
    fn a_label_of_the_workflow_is_a_word() {
        let word = |text: &str| workflow(&words::labels(text, ',')).map(str::to_owned);
        let wanted = Some("in dev".to_owned());
        assert_eq!(word("area::parser,Workflow::in dev"), wanted);
        assert_eq!(word("team::status::in dev"), wanted);
        assert_eq!(word("reviewed,workflow::,area::doing"), None);
    }

    #[test]
    fn a_word_refines_an_open_issue_and_cannot_close_it() {
        let stage = |word| StageWords::default().stage(&open(word));
        assert_eq!(stage(None), Some(Stage::Todo));
        assert_eq!(stage(Some("In Progress")), Some(Stage::InProgress));
        assert_eq!(stage(Some("Done")), Some(Stage::Todo));
        assert_eq!(
            stage(Some("Frobnicating")),
            None,
            "to be mapped by the owner"
        );
    }
}
