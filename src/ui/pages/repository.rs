//! A repository: where it lies, my work in it in these days, what that work was, and its tasks.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::empty;
use crate::app::effect::Slot;
use crate::app::repository::{NUMBERS, RepositoryDetail};
use crate::app::size::Tier;
use crate::app::view::{RepositoryView, TaskShare};
use crate::input::action::Action;
use crate::input::keymap::Context;
use crate::metrics::by_id;
use crate::ui::screen::Screen;
use crate::ui::text::{
    Span, cells, clauses, columns, fit, fit_end, put, put_right, put_spans, rows, spans_width,
    width,
};
use crate::ui::theme::Role;
use crate::ui::widgets::bars::Shares;
use crate::ui::widgets::card::{headline, past};
use crate::ui::widgets::notice::Notice;
use crate::ui::widgets::panel::Panel;
use crate::ui::widgets::spark::spark;
use crate::ui::widgets::table;
use crate::ui::words;

/// Rows of the box with the numbers, one of them each.
const BOX: u16 = 7;
/// Columns of a number's name.
const NAME: u16 = 18;

/// Draws the detail.
pub(super) fn draw(buf: &mut Buffer, area: Rect, detail: &RepositoryDetail, screen: &Screen<'_>) {
    if let Some(why) = &detail.view.failed {
        Notice {
            fact: "This repository could not be shown.",
            more: why.as_str(),
            keys: &[(Action::Back, "back")],
            role: Role::Failed,
        }
        .draw(buf, area, screen);
        return;
    }
    let Some(view) = &detail.view.value else {
        empty::waiting(buf, area, screen);
        return;
    };
    let inset = columns(area, 1, area.width.saturating_sub(2));
    let used = head(buf, inset, view, screen);
    let gap = u16::from(screen.tier == Tier::Full);
    let body = rows(area, used + gap, area.height.saturating_sub(used + gap));
    let both = (view, detail);
    match screen.tier {
        Tier::Full => full(buf, body, both, screen),
        Tier::Compact => compact(buf, body, both, screen),
        Tier::Numbers | Tier::TooSmall => {
            let body = columns(body, 1, body.width.saturating_sub(2));
            if detail.on_tasks {
                tasks(buf, body, both, screen);
            } else {
                numbers(buf, body, both, screen);
            }
        }
    }
}

/// Name, where it lies, what is known and what is wrong; returns the rows used.
fn head(buf: &mut Buffer, area: Rect, view: &RepositoryView, screen: &Screen<'_>) -> u16 {
    let room = usize::from(area.width);
    let cut = screen.theme.glyphs.cut;
    let name = screen.name(view.name.as_str());
    let used = put(buf, area, (0, 0), (&name, screen.style(Role::Focus)));
    let places: Vec<_> = view
        .places
        .iter()
        .map(|at| screen.name(at.as_str()))
        .collect();
    let places = fit_end(
        &places.join(", "),
        room.saturating_sub(usize::from(used) + 2),
        cut,
    );
    put(
        buf,
        area,
        (used + 2, 0),
        (&places, screen.style(Role::Muted)),
    );
    let facts: Vec<_> = view.facts.iter().map(|fact| screen.clause(fact)).collect();
    let facts = clauses(&facts, &screen.dot(), room);
    put(buf, area, (0, 1), (&facts, screen.style(Role::Muted)));
    let marks: Vec<_> = view.marks.iter().map(|mark| screen.clause(mark)).collect();
    let marks = match clauses(&marks, "; ", room) {
        // The gravest one is said even where it does not fit whole.
        none if none.is_empty() => fit(marks.first().map_or("", String::as_str), room, cut),
        some => some,
    };
    put(buf, area, (0, 2), (&marks, screen.style(Role::Worth)));
    let used = 2 + u16::from(!marks.is_empty());
    if !view.gone {
        return used;
    }
    let key = screen.state.keymap.label(&[Context::Page], Action::Add);
    let what = [
        " adds it from where it lies now".to_owned(),
        "`inward repos` lists what is registered".to_owned(),
        "what is kept of it stays".to_owned(),
    ];
    let what = clauses(&what, &screen.dot(), room.saturating_sub(width(&key)));
    let spans = [
        Span::new(key, screen.style(Role::Key)),
        Span::new(what, screen.style(Role::Text)),
    ];
    put_spans(buf, area, (0, used), &spans);
    used + 1
}

type Both<'a> = (&'a RepositoryView, &'a RepositoryDetail);

fn full(buf: &mut Buffer, area: Rect, both: Both<'_>, screen: &Screen<'_>) {
    numbers_panel(buf, rows(area, 0, BOX), both, screen);
    let parts = |slot| both.0.page.figure(slot).map_or(0, |one| one.points.len());
    let longest = parts(Slot::Split).max(parts(Slot::OtherSplit));
    let high = cells(longest + 2).clamp(4, 9);
    let half = area.width / 2;
    let middle = rows(area, BOX, high);
    mix(buf, columns(middle, 0, half), both, Slot::Split, screen);
    let right = columns(middle, half, area.width - half);
    mix(buf, right, both, Slot::OtherSplit, screen);
    let rest = area.height.saturating_sub(BOX + high);
    let below = rows(area, BOX + high, rest);
    if both.0.notes.is_empty() {
        tasks_panel(buf, below, both, screen);
        return;
    }
    let wide = area.width / 5 * 3;
    tasks_panel(buf, columns(below, 0, wide), both, screen);
    let right = columns(below, wide, area.width - wide);
    notes(buf, right, both.0, screen);
}

fn compact(buf: &mut Buffer, area: Rect, both: Both<'_>, screen: &Screen<'_>) {
    numbers_panel(buf, rows(area, 0, BOX), both, screen);
    let below = rows(area, BOX, area.height.saturating_sub(BOX));
    let wide = area.width / 5 * 3;
    tasks_panel(buf, columns(below, 0, wide), both, screen);
    let right = columns(below, wide, area.width - wide);
    mix(buf, right, both, Slot::Split, screen);
}

fn numbers_panel(buf: &mut Buffer, area: Rect, both: Both<'_>, screen: &Screen<'_>) {
    let left_out = match both.0.left_out.as_str() {
        "" => String::new(),
        text => screen.clause(format!("left out: {text}")),
    };
    let panel = Panel {
        title: "Your work here",
        note: screen.note(&fit(
            &left_out,
            usize::from(area.width).saturating_sub(30),
            screen.theme.glyphs.cut,
        )),
        focused: !both.1.on_tasks,
    };
    let inside = panel.draw(buf, area, screen);
    screen.panel_at(area, 0);
    numbers(buf, inside, both, screen);
}

/// The numbers, a row each: name, number, what it was, its weeks.
fn numbers(buf: &mut Buffer, area: Rect, (view, detail): Both<'_>, screen: &Screen<'_>) {
    for (at, (slot, metric)) in NUMBERS.iter().enumerate() {
        let line = rows(area, cells(at), 1);
        screen.row_at(line, Some(0), (at, detail.number));
        let chosen = !detail.on_tasks && at == detail.number;
        let name = by_id(metric).map_or(*metric, |metric| metric.title());
        let role = if chosen { Role::Selected } else { Role::Text };
        let name = fit(name, usize::from(NAME) - 1, screen.theme.glyphs.cut);
        let name = format!("{name:<width$}", width = usize::from(NAME) - 1);
        put(buf, line, (0, 0), (&name, screen.style(role)));
        let Some(figure) = view.page.figure(*slot) else {
            continue;
        };
        let number = headline(figure, screen);
        let used = NAME + put_spans(buf, line, (NAME, 0), &number);
        let room = usize::from(line.width.saturating_sub(used + 2));
        let weeks = spark(&figure.points, room.min(26), screen);
        let start = put_right(buf, line, 0, &weeks).filter(|_| spans_width(&weeks) > 0);
        let at = used.max(NAME + 19) + 2;
        let room = start.unwrap_or(line.width).saturating_sub(at + 2);
        let was = past(figure, screen, usize::from(room));
        put(buf, line, (at, 0), (&was, screen.style(Role::Muted)));
    }
}

fn mix(buf: &mut Buffer, area: Rect, (view, _): Both<'_>, slot: Slot, screen: &Screen<'_>) {
    let title = if slot == Slot::Split {
        "Languages"
    } else {
        "Kinds of files"
    };
    let panel = Panel {
        title,
        note: screen.note("by lines"),
        focused: false,
    };
    let inside = panel.draw(buf, area, screen);
    let Some(figure) = view.page.figure(slot).filter(|figure| figure.n > 0) else {
        let none = "No lines of yours in these days.";
        put(buf, inside, (0, 0), (none, screen.style(Role::Muted)));
        return;
    };
    let shares = Shares {
        figure,
        view: &view.page,
        cursor: None,
        mouse: None,
    };
    shares.draw(buf, inside, screen);
}

fn tasks_panel(buf: &mut Buffer, area: Rect, both: Both<'_>, screen: &Screen<'_>) {
    let total = both.0.tasks.len();
    let place = table::position(both.1.task, total, area.height.saturating_sub(2));
    let panel = Panel {
        title: "Tasks with commits here",
        note: screen.note(&screen.clause(place)),
        focused: both.1.on_tasks,
    };
    let inside = panel.draw(buf, area, screen);
    screen.panel_at(area, 1);
    tasks(buf, inside, both, screen);
}

fn tasks(buf: &mut Buffer, area: Rect, (view, detail): Both<'_>, screen: &Screen<'_>) {
    let total = view.tasks.len();
    if total == 0 {
        let none = "No task is linked with commits here in these days.";
        let none = fit(none, usize::from(area.width), screen.theme.glyphs.cut);
        put(buf, area, (0, 0), (&none, screen.style(Role::Muted)));
        return;
    }
    let keys = view.tasks.iter().map(|one| width(one.key.as_str())).max();
    let keys = keys.unwrap_or(0).min(usize::from(area.width) / 3);
    for (at, place) in table::visible(detail.task, total, area).enumerate() {
        let line = rows(area, cells(at), 1);
        screen.row_at(line, Some(1), (place, detail.task));
        let chosen = detail.on_tasks && place == detail.task;
        task(buf, line, (&view.tasks[place], keys, chosen), screen);
    }
}

fn task(buf: &mut Buffer, area: Rect, at: (&TaskShare, usize, bool), screen: &Screen<'_>) {
    let (one, keys, chosen) = at;
    let style = |role| screen.style(if chosen { Role::Selected } else { role });
    let cut = screen.theme.glyphs.cut;
    if chosen {
        let blank = " ".repeat(usize::from(area.width));
        put(buf, area, (0, 0), (&blank, style(Role::Text)));
    }
    let key = fit(&screen.name(one.key.as_str()), keys.max(4), cut);
    put(buf, area, (0, 0), (&key, style(Role::Series)));
    let noun = if one.commits == 1 {
        "commit"
    } else {
        "commits"
    };
    let commits = screen.clause(format!("{} {noun}", words::count(one.commits)));
    put_right(
        buf,
        area,
        0,
        &[Span::new(commits.clone(), style(Role::Muted))],
    );
    let from = cells(keys.max(width(&key)) + 2);
    let room = usize::from(area.width.saturating_sub(from)).saturating_sub(width(&commits) + 2);
    let title = match one.title.as_str() {
        "" => String::new(),
        title => screen.name(title),
    };
    put(
        buf,
        area,
        (from, 0),
        (&fit(&title, room, cut), style(Role::Text)),
    );
}

fn notes(buf: &mut Buffer, area: Rect, view: &RepositoryView, screen: &Screen<'_>) {
    let panel = Panel {
        title: "Your notes about it",
        note: Vec::new(),
        focused: false,
    };
    let inside = panel.draw(buf, area, screen);
    for (at, (days, text)) in view.notes.iter().enumerate() {
        let line = rows(inside, cells(at), 1);
        let day = words::day(days.from, &screen.state.calendar);
        let used = put(
            buf,
            line,
            (0, 0),
            (&screen.clause(day), screen.style(Role::Muted)),
        );
        let room = usize::from(line.width.saturating_sub(used + 2));
        let text = fit(&screen.name(text.as_str()), room, screen.theme.glyphs.cut);
        put(buf, line, (used + 2, 0), (&text, screen.style(Role::Text)));
    }
}
