//! A task from its first day to its last: where it stood for how long, and what happened.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::empty;
use super::flow::{stage_kind, stage_name};
use crate::app::size::Tier;
use crate::app::task::TaskDetail;
use crate::app::view::{Stay, TaskEvent, TaskView};
use crate::model::moment::Moment;
use crate::model::stage::Stage;
use crate::model::task::When;
use crate::ui::screen::Screen;
use crate::ui::text::{cells, clauses, columns, fit, put, rows, width};
use crate::ui::theme::Role;
use crate::ui::widgets::panel::Panel;
use crate::ui::widgets::table;
use crate::ui::words;

/// Draws the detail.
pub(super) fn draw(buf: &mut Buffer, area: Rect, detail: &TaskDetail, screen: &Screen<'_>) {
    if let Some(why) = &detail.view.failed {
        empty::unshown(
            buf,
            area,
            ("This task could not be shown.", why.as_str()),
            screen,
        );
        return;
    }
    let Some(view) = &detail.view.value else {
        return;
    };
    let inset = columns(area, 1, area.width.saturating_sub(2));
    let mut used = head(buf, inset, view, screen);
    if screen.tier != Tier::Numbers && !view.stays.is_empty() && !screen.state.blurred {
        let gap = u16::from(screen.tier == Tier::Full);
        let room = rows(inset, used + gap, area.height.saturating_sub(used + gap));
        used += gap + way(buf, room, view, screen) + gap;
    }
    let told = rows(inset, used, area.height.saturating_sub(used));
    let told = sums(buf, told, view, screen);
    used += told + u16::from(told > 0 && screen.tier == Tier::Full);
    let unknown = unknown(view, usize::from(inset.width), screen);
    let below = u16::from(!unknown.is_empty());
    let body = rows(area, used, area.height.saturating_sub(used + below));
    events(buf, body, (view, detail.cursor), screen);
    let last = area.height.saturating_sub(1);
    put(buf, inset, (0, last), (&unknown, screen.style(Role::Muted)));
}

/// Name, where it stands, and what is known of it; returns the rows used.
fn head(buf: &mut Buffer, area: Rect, view: &TaskView, screen: &Screen<'_>) -> u16 {
    let room = usize::from(area.width);
    let cut = screen.theme.glyphs.cut;
    let key = screen.name(view.key.as_str());
    let used = put(buf, area, (0, 0), (&key, screen.style(Role::Focus)));
    let title = if view.title.as_str().is_empty() {
        String::new()
    } else {
        screen.name(view.title.as_str())
    };
    let title = fit(&title, room.saturating_sub(usize::from(used) + 2), cut);
    put(
        buf,
        area,
        (used + 2, 0),
        (&title, screen.style(Role::Title)),
    );
    let about: Vec<String> = view
        .about
        .iter()
        .map(|text| screen.clause(text.as_str()))
        .collect();
    let about = clauses(&about, &screen.dot(), room);
    put(buf, area, (0, 1), (&about, screen.style(Role::Muted)));
    let most = if screen.tier == Tier::Numbers { 1 } else { 6 };
    let mut row = 2;
    for (name, text) in view.facts.iter().take(most) {
        let text = screen.clause(fit(text, room.saturating_sub(9), cut));
        if text.is_empty() {
            continue;
        }
        put(buf, area, (0, row), (name, screen.style(Role::Muted)));
        put(buf, area, (9, row), (&text, screen.style(Role::Text)));
        row += 1;
    }
    row
}

/// The way through the stages as one bar, and below it what each of them took in all; returns the
/// rows used.
fn way(buf: &mut Buffer, area: Rect, view: &TaskView, screen: &Screen<'_>) -> u16 {
    let parts = parts(&view.stays, area.width);
    let mut at = 0;
    for (stay, wide) in view.stays.iter().zip(parts) {
        let (glyph, style) = look(stay.stage, screen);
        put(
            buf,
            area,
            (at, 0),
            (&glyph.repeat(usize::from(wide)), style),
        );
        at += wide;
    }
    let mut at = 0;
    for (stage, length, lasts) in totals(&view.stays) {
        let (glyph, style) = look(stage, screen);
        let so_far = if lasts { " so far" } else { "" };
        let name = stage.map_or("not told", stage_name);
        let text = format!(" {name} {}{so_far}", seconds(length));
        // Whole or absent.
        if at + 2 + cells(width(&text)) > area.width {
            break;
        }
        at += put(buf, area, (at, 1), (&glyph.repeat(2), style));
        at += put(buf, area, (at, 1), (&text, screen.style(Role::Text))) + 3;
    }
    2
}

/// The glyph and style of a stage in the bar.
fn look(stage: Option<Stage>, screen: &Screen<'_>) -> (&'static str, Style) {
    let theme = screen.theme;
    match stage.map(stage_kind) {
        None => (theme.glyphs.rule, screen.style(Role::Muted)),
        Some(kind) if theme.has_colour() => (theme.glyphs.bar, theme.kind(kind)),
        Some(kind) => (theme.glyphs.bands[kind.min(4)], theme.kind(kind)),
    }
}

/// The stages in the order in which they were entered first, with their seconds in all, and
/// whether the task stands there still.
fn totals(stays: &[Stay]) -> Vec<(Option<Stage>, i64, bool)> {
    let mut out: Vec<(Option<Stage>, i64, bool)> = Vec::new();
    for stay in stays {
        match out.iter_mut().find(|one| one.0 == stay.stage) {
            Some(one) => {
                one.1 += stay.seconds;
                one.2 |= stay.lasts;
            }
            None => out.push((stay.stage, stay.seconds, stay.lasts)),
        }
    }
    out
}

/// How many of `room` columns each stay gets: by its length, and none of them nothing.
fn parts(stays: &[Stay], room: u16) -> Vec<u16> {
    let whole: i64 = stays.iter().map(|stay| stay.seconds.max(0)).sum();
    let spare = usize::from(room).saturating_sub(stays.len());
    let mut out = Vec::with_capacity(stays.len());
    let mut left = room;
    for stay in stays {
        let part = if whole > 0 {
            stay.seconds.max(0) as f64 / whole as f64
        } else {
            1.0 / stays.len() as f64
        };
        let wide = (part * spare as f64).floor();
        let wide = (0..=room).rev().find(|cells| f64::from(*cells) <= wide);
        let wide = (wide.unwrap_or(0) + 1).min(left);
        left -= wide;
        out.push(wide);
    }
    // What rounding left over goes to the longest.
    let most = stays
        .iter()
        .enumerate()
        .max_by_key(|(_, stay)| stay.seconds);
    if let Some(wide) = most.and_then(|(at, _)| out.get_mut(at)) {
        *wide += left;
    }
    out
}

fn seconds(of: i64) -> String {
    words::duration(of as f64)
}

/// Work and waiting between start and finish in one line; returns the rows used.
fn sums(buf: &mut Buffer, area: Rect, view: &TaskView, screen: &Screen<'_>) -> u16 {
    if view.took.is_empty() || screen.state.blurred {
        return 0;
    }
    let mut all = vec![view.took.clone()];
    all.extend(view.sums.iter().map(|(name, length, more)| {
        let more = if more.is_empty() {
            String::new()
        } else {
            format!(" ({more})")
        };
        format!("{} {}{more}", name.to_lowercase(), seconds(*length))
    }));
    if view.sums.is_empty() {
        all.push("no moves are known in it".to_owned());
    }
    let text = clauses(&all, &screen.dot(), usize::from(area.width));
    put(buf, area, (0, 0), (&text, screen.style(Role::Text)));
    1
}

/// What the record cannot say, as much as fits whole.
fn unknown(view: &TaskView, room: usize, screen: &Screen<'_>) -> String {
    if view.unknown.is_empty() || screen.tier == Tier::Numbers {
        return String::new();
    }
    let lead = "Not known: ";
    let text = clauses(&view.unknown, "; ", room.saturating_sub(lead.len()));
    if text.is_empty() {
        return text;
    }
    format!("{lead}{text}")
}

fn events(buf: &mut Buffer, area: Rect, (view, cursor): (&TaskView, usize), screen: &Screen<'_>) {
    let total = view.events.len();
    let height = area.height.saturating_sub(2);
    let panel = Panel {
        title: "What happened",
        note: screen.note(&screen.clause(table::position(cursor, total, height))),
        focused: true,
    };
    let inside = panel.draw(buf, area, screen);
    if total == 0 {
        let none = "No export says when anything happened.";
        put(buf, inside, (0, 0), (none, screen.style(Role::Muted)));
        return;
    }
    for (at, place) in table::visible(cursor, total, inside).enumerate() {
        let line = rows(inside, cells(at), 1);
        let before = place.checked_sub(1).and_then(|at| view.events.get(at));
        // A day stands once, at the top and where it changes.
        let same = at > 0 && before.and_then(|one| one.at.day()) == view.events[place].at.day();
        event(
            buf,
            line,
            (&view.events[place], same, place == cursor),
            screen,
        );
    }
}

fn event(
    buf: &mut Buffer,
    area: Rect,
    (event, same_day, chosen): (&TaskEvent, bool, bool),
    screen: &Screen<'_>,
) {
    let style = |role| screen.style(if chosen { Role::Selected } else { role });
    let cut = screen.theme.glyphs.cut;
    if chosen {
        let blank = " ".repeat(usize::from(area.width));
        put(buf, area, (0, 0), (&blank, style(Role::Text)));
    }
    let calendar = &screen.state.calendar;
    let narrow = area.width < 60;
    let day = event.at.day().map_or_else(String::new, |day| {
        if narrow {
            words::day(day, calendar)
        } else {
            words::weekday(day, calendar)
        }
    });
    let (days, clocks) = if narrow { (12, 0) } else { (17, 7) };
    // Of what two exports only narrow down, the latest day it can have been.
    let observed = event.not_before.is_some();
    let day = if observed { format!("by {day}") } else { day };
    if !same_day || observed {
        put(buf, area, (0, 0), (&screen.clause(day), style(Role::Muted)));
    }
    let clock = event.at.moment().and_then(Moment::local);
    if let Some(clock) = clock.filter(|_| clocks > 0 && event.not_before.is_none()) {
        let clock = screen.number(clock.format("%H:%M").to_string());
        put(buf, area, (days, 0), (&clock, style(Role::Muted)));
    }
    let at = days + clocks;
    let role = if event.commit.is_some() {
        Role::Series
    } else {
        Role::Title
    };
    put(buf, area, (at, 0), (event.what, style(role)));
    let observed = event.not_before.and_then(When::day).map(|day| {
        let day = words::day(day, calendar);
        format!("seen by then, not yet {day}")
    });
    let notes = [observed.unwrap_or_default(), event.note.clone()];
    let at = at + 10;
    let room = usize::from(area.width.saturating_sub(at));
    let text = match event.text.as_str() {
        "" => String::new(),
        text => screen.name(text),
    };
    // The rule of a link may be missed before the words of a commit are.
    let kept = width(&text).min(room * 2 / 3);
    let note = screen.clause(clauses(&notes, ", ", room.saturating_sub(kept + 2)));
    let text = fit(&text, room.saturating_sub(width(&note) + 2), cut);
    put(buf, area, (at, 0), (&text, style(Role::Text)));
    let start = area.width.saturating_sub(cells(width(&note)));
    put(buf, area, (start, 0), (&note, style(Role::Muted)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stay_has_a_column_and_all_of_them_fit() {
        let stay = |seconds| Stay {
            stage: None,
            seconds,
            lasts: false,
        };
        for room in [3, 10, 80] {
            let all = parts(&[stay(1), stay(1_000_000), stay(0)], room);
            assert!(all.iter().all(|wide| *wide >= 1), "{room}: {all:?}");
            assert!(all.iter().sum::<u16>() <= room, "{room}: {all:?}");
        }
        assert_eq!(parts(&[stay(0)], 5), [5]);
    }
}
