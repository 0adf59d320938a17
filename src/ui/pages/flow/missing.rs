//! Why there is nothing to draw, of the page and of one panel: each says which, and what to press.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::effect::Slot;
use crate::app::list::Asked;
use crate::app::view::PageView;
use crate::input::action::Action;
use crate::model::figure::{Figure, Verdict};
use crate::ui::pages::empty;
use crate::ui::screen::Screen;
use crate::ui::theme::Role;
use crate::ui::widgets::narrowed;
use crate::ui::widgets::notice::Notice;
use crate::ui::words;

/// Says why the page has nothing to show; false where it has.
pub(super) fn page(
    buf: &mut Buffer,
    area: Rect,
    asked: Option<&Asked<PageView>>,
    screen: &Screen<'_>,
) -> bool {
    if let Some(why) = asked.and_then(|asked| asked.failed.as_ref()) {
        empty::failed(buf, area, why.as_str(), screen);
        return true;
    }
    if let Some(facts) = screen.state.facts.as_ref().filter(|facts| facts.tasks == 0) {
        let commits = if facts.commits > 0 {
            "Commits alone do not say when a task began, waited or was done. An export of your \
             tracker does: its file is read here, nothing is sent anywhere."
        } else {
            "An export of your tracker says when a task began, waited and was done. Its file is \
             read here, nothing is sent anywhere."
        };
        Notice {
            fact: "No task was imported yet.",
            more: commits,
            keys: &[
                (Action::Add, "add an export"),
                (Action::Palette, "commands"),
            ],
            role: Role::Title,
        }
        .draw(buf, area, screen);
        return true;
    }
    if asked.is_none_or(|asked| asked.value.is_none()) {
        empty::waiting(buf, area, screen);
        return true;
    }
    false
}

/// Says why a panel about `what` ("finished task") has nothing to show; false where it has.
pub(super) fn panel(
    buf: &mut Buffer,
    area: Rect,
    (view, figure): (&PageView, Option<&Figure>),
    what: &str,
    screen: &Screen<'_>,
) -> bool {
    let Some(figure) = figure else {
        say(buf, area, ("Not computed.", "", &[]), screen);
        return true;
    };
    if let Verdict::NotKept(kind) = figure.verdict {
        let more = format!(
            "With {} = true in the settings it is read again.",
            kind.setting()
        );
        say(buf, area, ("Not kept.", &more, &[]), screen);
        return true;
    }
    if figure.n > 0 || figure.points.iter().any(|point| point.value.is_some()) {
        return false;
    }
    let hidden = view.figure(Slot::Unfiltered).map_or(0, |all| all.n);
    // Tasks have no language: a choice of languages hides none of them.
    let look = &screen.state.look;
    let narrows = look.repos.is_some() || look.sources.is_some() || look.found.is_some();
    if hidden > 0 && narrows {
        let tasks = if hidden == 1 { "task" } else { "tasks" };
        let narrowed = narrowed::clauses(screen).join(&screen.dot());
        let fact = format!("No {what} in {narrowed}.");
        let hidden = screen.number(words::count(hidden));
        let more = format!("{hidden} finished {tasks} belong elsewhere.");
        let keys = [
            (Action::Everything, "show all"),
            (Action::Narrow, "narrow otherwise"),
        ];
        say(buf, area, (&fact, &more, &keys), screen);
        return true;
    }
    let window = &screen.state.look.window;
    let span = words::span(window, &screen.state.calendar);
    let span = match window.weeks {
        Some(_) => format!(" in {span}"),
        None => format!(", {span}"),
    };
    let fact = format!("No {what}{span}.");
    let mut left_out = view.told.left_out.iter();
    let why = left_out.find(|(slot, _)| view.figure(*slot).is_some_and(|one| one == figure));
    if let Some((_, why)) = why {
        // More weeks would not help: what there is does not tell it.
        let more = screen.clause(format!("Left out: {why}."));
        let keys = [(Action::Add, "add an export")];
        say(buf, area, (&screen.clause(fact), &more, &keys), screen);
        return true;
    }
    let keys = [
        (Action::PeriodBack, "earlier"),
        (Action::ZoomOut, "more weeks"),
        (Action::Add, "add an export"),
    ];
    say(buf, area, (&screen.clause(fact), "", &keys), screen);
    true
}

/// Says that no task is in progress: at the newest export, whatever days are looked at.
pub(super) fn open(
    buf: &mut Buffer,
    area: Rect,
    (view, figure): (&PageView, Option<&Figure>),
    screen: &Screen<'_>,
) {
    if figure.is_none_or(|figure| matches!(figure.verdict, Verdict::NotKept(_))) {
        panel(buf, area, (view, figure), "task in progress", screen);
        return;
    }
    let known = figure.and_then(|figure| figure.known_to);
    let more = known.map_or_else(
        || "What your tracker calls in progress would stand here.".to_owned(),
        |day| {
            let day = words::day(day, &screen.state.calendar);
            format!("Nothing is known after {day}, the day of the newest export.")
        },
    );
    let keys = [(Action::Add, "add a newer export")];
    say(buf, area, ("No task is in progress.", &more, &keys), screen);
}

/// A fact, why, and keys.
type Said<'a> = (&'a str, &'a str, &'a [(Action, &'a str)]);

fn say(buf: &mut Buffer, area: Rect, (fact, more, keys): Said<'_>, screen: &Screen<'_>) {
    Notice {
        fact,
        more,
        keys,
        role: Role::Text,
    }
    .draw(buf, area, screen);
}
