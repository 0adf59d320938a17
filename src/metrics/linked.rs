//! How many of my commits are linked with a task: printed wherever commits and tasks are joined.

use super::question::Question;
use super::select::Fate;
use crate::model::figure::Rest;

/// The counted commits of the range that are linked with a task, of all counted ones; `None` when
/// there is no commit.
pub(super) fn commits(question: &Question<'_>) -> Option<Rest> {
    let question = Question::new(question.data, question.selection, question.calendar);
    let mut links = question
        .data
        .links
        .iter()
        .map(|link| link.commit)
        .peekable();
    let (mut n, mut of) = (0, 0);
    // Rows come in rising order, as links do.
    question.filter.each(question.span(), |index, _, fate| {
        if fate != Fate::Counted {
            return;
        }
        of += 1;
        while links.next_if(|commit| (*commit as usize) < index).is_some() {}
        n += u64::from(links.peek().is_some_and(|commit| *commit as usize == index));
    });
    let what = "linked_commits";
    (of > 0).then_some(Rest { what, n, of })
}
