//! The five ways in which a page can have nothing to show. Each says which, and what to press.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::list::{Asked, List};
use crate::app::state::Detail;
use crate::app::view::PageView;
use crate::input::action::Action;
use crate::model::figure::{Figure, Of};
use crate::ui::screen::Screen;
use crate::ui::theme::Role;
use crate::ui::widgets::narrowed;
use crate::ui::widgets::notice::Notice;
use crate::ui::words;

/// Draws why the page has no figures and returns true; false when it has some. `n` is how many
/// rows the page's main figure rests on.
pub(super) fn page(
    buf: &mut Buffer,
    area: Rect,
    (asked, n): (Option<&Asked<PageView>>, u64),
    screen: &Screen<'_>,
) -> bool {
    if let Some(why) = asked.and_then(|asked| asked.failed.as_ref()) {
        failed(buf, area, why.as_str(), screen);
        return true;
    }
    if nothing_stored(buf, area, screen) {
        return true;
    }
    let Some(asked) = asked.filter(|asked| asked.value.is_some()) else {
        waiting(buf, area, screen);
        return true;
    };
    if n > 0 || asked.waiting.is_some() {
        return false;
    }
    no_commits_here(buf, area, screen);
    true
}

/// Draws that an opened thing could not be shown, and why.
pub(super) fn unshown(
    buf: &mut Buffer,
    area: Rect,
    (fact, why): (&str, &str),
    screen: &Screen<'_>,
) {
    Notice {
        fact,
        more: why,
        keys: &[(Action::Back, "back")],
        role: Role::Failed,
    }
    .draw(buf, area, screen);
}

/// Draws why a list has no rows and returns true; false when it has some.
pub(super) fn list(buf: &mut Buffer, area: Rect, list: &List, screen: &Screen<'_>) -> bool {
    if let Some(why) = &list.rows.failed {
        failed(buf, area, why.as_str(), screen);
        return true;
    }
    if list.total() > 0 {
        return false;
    }
    if nothing_stored(buf, area, screen) {
        return true;
    }
    let Some(rows) = &list.rows.value else {
        waiting(buf, area, screen);
        return true;
    };
    if rows.of > 0 {
        let count = screen.number(words::count(rows.of as u64));
        let shows = format!("shows all {count}");
        Notice {
            fact: "The filter hides every row.",
            more: if matches!(rows.what, None | Some(Of::Commits)) {
                "It looks in summaries, paths, repository names and commit ids."
            } else {
                "It looks in keys, titles, projects and what happened."
            },
            keys: &[
                (Action::Back, &shows),
                (Action::Filter, "another filter"),
                (Action::Range, "days"),
            ],
            role: Role::Title,
        }
        .draw(buf, area, screen);
    } else if list.rows.waiting.is_some() {
    } else if matches!(rows.what, None | Some(Of::Commits)) {
        no_commits_here(buf, area, screen);
    } else {
        no_items(buf, area, rows.what.unwrap_or_default(), screen);
    }
    true
}

pub(super) fn failed(buf: &mut Buffer, area: Rect, why: &str, screen: &Screen<'_>) {
    Notice {
        fact: "This could not be computed.",
        more: why,
        keys: &[(Action::Rescan, "read again"), (Action::Help, "help")],
        role: Role::Failed,
    }
    .draw(buf, area, screen);
}

pub(super) fn waiting(buf: &mut Buffer, area: Rect, screen: &Screen<'_>) {
    // Quick answers are not announced.
    let fact = match (&screen.state.facts, screen.state.slow) {
        (None, _) => "Opening your record",
        (Some(_), true) => "Reading your record",
        (Some(_), false) => "",
    };
    Notice {
        fact,
        more: "",
        keys: &[],
        role: Role::Muted,
    }
    .draw(buf, area, screen);
}

/// Never imported, or being imported now.
pub(super) fn nothing_stored(buf: &mut Buffer, area: Rect, screen: &Screen<'_>) -> bool {
    let state = screen.state;
    let Some(facts) = state.facts.as_ref().filter(|facts| facts.commits == 0) else {
        return false;
    };
    let notice = if state.scan.is_some() {
        Notice {
            fact: "Reading your history",
            more: "Only commits authored by you are looked into. The first figures come when the \
                   first repository is through.",
            keys: &[],
            role: Role::Title,
        }
    } else if facts.me.is_empty() {
        Notice {
            fact: "Nobody is you yet.",
            more: "Without an address of yours there is nothing to count.",
            keys: &[(Action::Rescan, "choose your address")],
            role: Role::Title,
        }
    } else {
        Notice {
            fact: "No commit of yours is stored yet.",
            more: "Either nothing was read so far, or your commits carry another address: \
                   `inward me` shows and sets yours.",
            keys: &[
                (Action::Rescan, "read now"),
                (Action::Add, "add a repository"),
            ],
            role: Role::Title,
        }
    };
    notice.draw(buf, area, screen);
    true
}

/// Draws that the chosen measure has nothing to rest on in these days, and where else to look.
pub(super) fn measure(buf: &mut Buffer, area: Rect, figure: &Figure, screen: &Screen<'_>) {
    let state = screen.state;
    let days = words::range(state.look.window.range, &state.calendar);
    let why = words::too_few(figure);
    let what = if figure.of == Of::Commits {
        "nothing"
    } else {
        figure.of.noun(0)
    };
    let title = state.look.measure.title();
    let fact = match (why.as_str(), figure.of) {
        ("", Of::Commits) => format!("{title}: nothing to count, {days}."),
        ("", _) => format!("{title}: no {what} of yours, {days}."),
        (why, _) => format!("{title}: {why}."),
    };
    let narrowed = state.look.is_narrowed();
    let every = narrowed.then_some((Action::Everything, "show all"));
    let keys = [
        (Action::Measure, "another measure"),
        (Action::Open, "rule"),
        (Action::PeriodBack, "earlier"),
        (Action::ZoomOut, "more weeks"),
    ];
    let keys: Vec<_> = every.into_iter().chain(keys).collect();
    Notice {
        fact: &fact,
        more: "What it needs, and what of it is here, stands in its rule.",
        keys: &keys,
        role: Role::Title,
    }
    .draw(buf, area, screen);
}

/// No task, review or recorded time stands behind a figure.
fn no_items(buf: &mut Buffer, area: Rect, what: Of, screen: &Screen<'_>) {
    let narrowed = screen.state.look.is_narrowed();
    let every = narrowed.then_some((Action::Everything, "show all"));
    let keys = [(Action::NextPanel, "rule"), (Action::Back, "back")];
    let keys: Vec<_> = every.into_iter().chain(keys).collect();
    Notice {
        fact: &format!("No {} of yours behind this figure.", what.noun(0)),
        more: "Its rule says what data it needs, and what of it is here.",
        keys: &keys,
        role: Role::Title,
    }
    .draw(buf, area, screen);
}

fn no_commits_here(buf: &mut Buffer, area: Rect, screen: &Screen<'_>) {
    let state = screen.state;
    // A cell or a bar that was opened: nothing is said of the rest of the days.
    if let Some(Detail::Figure(detail)) = state.details.last() {
        let further = narrowed::further(&detail.selection, screen);
        if !further.is_empty() {
            let days = words::range(detail.selection.range, &state.calendar);
            let mut here = further;
            if detail.selection.range != state.look.window.range && !here.contains(&days) {
                here.push(days);
            }
            let fact = format!("No commits of yours there: {}.", here.join(&screen.dot()));
            Notice {
                fact: &screen.clause(fact),
                more: "",
                keys: &[(Action::Back, "back")],
                role: Role::Title,
            }
            .draw(buf, area, screen);
            return;
        }
    }
    let days = words::range(state.look.window.range, &state.calendar);
    let narrowed = narrowed::clauses(screen).join(&screen.dot());
    let fact = if state.look.is_narrowed() {
        format!("No commits of yours in {narrowed}, {days}.")
    } else {
        format!("No commits of yours, {days}.")
    };
    let record = state
        .facts
        .as_ref()
        .and_then(|facts| facts.extent)
        .map_or_else(String::new, |extent| {
            format!("Your record: {}.", words::range(extent, &state.calendar))
        });
    Notice {
        fact: &fact,
        more: &screen.clause(record),
        keys: &keys_for(state.look.is_narrowed()),
        role: Role::Title,
    }
    .draw(buf, area, screen);
}

/// What to press where the days, or what they are narrowed to, hold nothing.
fn keys_for(narrowed: bool) -> Vec<(Action, &'static str)> {
    let all = [
        (Action::Everything, "show all"),
        (Action::Narrow, "narrow otherwise"),
        (Action::PeriodBack, "earlier"),
        (Action::ZoomOut, "more weeks"),
        (Action::Range, "dates"),
        (Action::Repositories, "repositories"),
    ];
    if narrowed {
        all[..4].to_vec()
    } else {
        all[2..].to_vec()
    }
}
