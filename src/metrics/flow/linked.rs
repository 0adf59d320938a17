//! How many of my commits are linked with a task: printed wherever commits and tasks are joined.

use crate::metrics::items::Items;
use crate::metrics::question::Question;
use crate::metrics::select::Fate;
use crate::model::figure::Rest;

/// The counted commits of the range that are linked with a task, of all counted ones; `None` when
/// there is no commit.
pub(super) fn commits(items: &Items<'_>) -> Option<Rest> {
    let asked = &items.question;
    let question = Question::new(asked.data, asked.selection, asked.calendar);
    let mut links = asked.data.links.iter().map(|link| link.commit).peekable();
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
