//! The status of a task that its tracker says is not closed, whatever its column is called.

use crate::model::stage::{Stage, StageWords, Status};

/// The status of an open task in a column, section or list called `word`. A word that would mean
/// closed, and none at all, say no more than that it is open; a word that means nothing yet waits
/// for the owner's.
pub(super) fn status(word: &str) -> Status {
    let status = Status::word(word);
    let closed = StageWords::default()
        .stage(&status)
        .is_some_and(Stage::is_closed);
    let only_open = closed || status.word.is_none();
    status.category(only_open.then_some(Stage::Todo))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_task_is_never_done_whatever_its_column_is_called() {
        let words = StageWords::default();
        let stage = |word| words.stage(&status(word));
        assert_eq!(stage("Done"), Some(Stage::Todo));
        assert_eq!(stage(""), Some(Stage::Todo));
        assert_eq!(stage("Doing"), Some(Stage::InProgress));
        assert_eq!(stage("Week 9"), None);
        let own = StageWords::new([("Week 9", Stage::InReview)]);
        assert_eq!(own.stage(&status("Week 9")), Some(Stage::InReview));
    }
}
