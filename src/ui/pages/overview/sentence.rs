//! The sentence at the top: what came to an end, and whether anything changed.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::effect::Slot;
use crate::app::findings;
use crate::app::view::PageView;
use crate::model::figure::{Figure, Verdict};
use crate::model::period::Bucket;
use crate::model::selection::By;
use crate::ui::screen::Screen;
use crate::ui::text::{clauses, put};
use crate::ui::theme::Role;
use crate::ui::words;

/// Draws it into the first row of `area`, as many of its clauses as fit.
pub(super) fn draw(buf: &mut Buffer, area: Rect, view: &PageView, screen: &Screen<'_>) {
    let said = of(view, screen);
    let room = usize::from(area.width);
    let room = room.saturating_sub(1);
    let mut text = clauses(&said, "; ", room);
    if text.is_empty() {
        // The page bar tells the days too.
        text = clauses(&[outcome(view, screen).unwrap_or_default()], "", room);
    }
    let end = if screen.state.blurred || text.is_empty() {
        ""
    } else {
        "."
    };
    let text = format!("{text}{end}");
    put(buf, area, (0, 0), (&text, screen.style(Role::Title)));
}

/// The clauses of the sentence, the most telling first.
pub(super) fn of(view: &PageView, screen: &Screen<'_>) -> Vec<String> {
    if screen.state.blurred {
        return vec![screen.covered()];
    }
    let span = words::span(&screen.state.look.window, &screen.state.calendar);
    let changed = changed(view, screen);
    match outcome(view, screen) {
        Some(outcome) => vec![format!("{span}: {outcome}"), changed],
        None => vec![format!("{span}: {changed}")],
    }
}

/// `46 tasks finished, was 35`; of a record without tasks, what was delivered.
fn outcome(view: &PageView, screen: &Screen<'_>) -> Option<String> {
    let (slot, one, many) = if findings::knows_tasks(view) {
        (Slot::Finished, "task finished", "tasks finished")
    } else {
        (Slot::Delivered, "change delivered", "changes delivered")
    };
    let figure = view.figure(slot)?;
    let noun = if figure.n == 1 { one } else { many };
    let number = match figure.value {
        Some(_) => screen.headline(figure),
        None if figure.n == 0 && findings::knows_tasks(view) => "no".to_owned(),
        None => return None,
    };
    let was = if screen.state.look.compare {
        words::was(figure)
    } else {
        String::new()
    };
    Some(clauses(
        &[format!("{number} {noun}"), was],
        ", ",
        usize::MAX,
    ))
}

fn changed(view: &PageView, screen: &Screen<'_>) -> String {
    let judged = findings::lines()
        .filter_map(|(slot, _)| view.figure(*slot))
        .any(is_judged);
    match findings::of(view).len() {
        0 if !by_week(screen) => "what is usual is told of weeks".to_owned(),
        0 if !judged => "too few whole weeks to tell what is usual for you".to_owned(),
        0 => "nothing left its usual range".to_owned(),
        1 => "one measure left its usual range".to_owned(),
        n => format!("{n} measures left their usual range"),
    }
}

/// Whether the days are few enough to be seen by week: only weeks have a usual range.
pub(super) fn by_week(screen: &Screen<'_>) -> bool {
    let selection = screen.state.look.selection();
    selection.by == By::Time(Bucket::Week)
}

fn is_judged(figure: &Figure) -> bool {
    !matches!(
        figure.verdict,
        Verdict::TooFew { .. } | Verdict::TooFewWeeks { .. } | Verdict::NotKept(_) | Verdict::None
    )
}
