//! Rhythm: when do I work? Hours of the week, days of the year, and what falls outside work.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::empty;
use crate::app::effect::Slot;
use crate::app::note;
use crate::app::page::Page;
use crate::app::size::Tier;
use crate::app::view::PageView;
use crate::model::calendar::WorkWeek;
use crate::model::figure::{Figure, Key, Verdict};
use crate::model::forms;
use crate::model::keep::Kind;
use crate::ui::screen::Screen;
use crate::ui::text::{cells, columns, fit, put, rows, wrap};
use crate::ui::theme::Role;
use crate::ui::widgets::card::{self, Card};
use crate::ui::widgets::heat::{Hours, Year};
use crate::ui::widgets::panel::Panel;
use crate::ui::words;

/// Rows of a heat map with its box.
const HEAT: u16 = 11;

/// Draws the page.
pub(super) fn draw(buf: &mut Buffer, area: Rect, screen: &Screen<'_>) {
    let asked = screen.state.pages.get(&Page::Rhythm);
    let view = asked.and_then(|asked| asked.value.as_ref());
    let hours = view.and_then(|view| view.figure(Slot::Hours));
    // Where hours are not kept, days tell whether there is anything.
    let told = match hours.and_then(off) {
        Some(_) => view.and_then(|view| view.figure(Slot::Year)),
        None => hours,
    };
    if empty::page(buf, area, (asked, told.map_or(0, |f| f.n)), screen) {
        return;
    }
    let Some(view) = view else { return };
    let inset = columns(area, 1, area.width.saturating_sub(2));
    let lines = outside(view, screen);
    let said: Vec<_> = lines
        .iter()
        .flat_map(|line| wrap(line, usize::from(inset.width), ""))
        .take(if screen.tier == Tier::Numbers { 1 } else { 2 })
        .collect();
    for (row, line) in said.iter().enumerate() {
        let role = if row == 0 { Role::Title } else { Role::Muted };
        put(buf, inset, (0, cells(row)), (line, screen.style(role)));
    }
    let top = if screen.tier == Tier::Numbers { 2 } else { 3 };
    let body = rows(area, top, area.height.saturating_sub(top));
    match screen.tier {
        Tier::Full => full(buf, body, view, screen),
        Tier::Compact => compact(buf, body, view, screen),
        // No room for a box: the map alone.
        Tier::Numbers | Tier::TooSmall => bare(buf, body, view, screen),
    }
}

fn full(buf: &mut Buffer, area: Rect, view: &PageView, screen: &Screen<'_>) {
    let free = area.height.saturating_sub(HEAT * 2);
    // The cards come with their own room, or not at all.
    let (gap, with_cards) = (u16::from(free > card::HEIGHT), free >= card::HEIGHT);
    hours_panel(buf, rows(area, 0, HEAT), (view, 3), screen);
    year_panel(buf, rows(area, HEAT + gap, HEAT), (view, 2), screen);
    if !with_cards {
        return;
    }
    cards(
        buf,
        rows(area, HEAT * 2 + gap * 2, card::HEIGHT),
        view,
        screen,
    );
}

fn compact(buf: &mut Buffer, area: Rect, view: &PageView, screen: &Screen<'_>) {
    let map = rows(area, 0, HEAT);
    if screen.state.focus() == 1 {
        year_panel(buf, map, (view, 1), screen);
    } else {
        hours_panel(buf, map, (view, 2), screen);
    }
    let said = readout(view, screen);
    put(
        buf,
        rows(area, HEAT, 1),
        (1, 0),
        (&said, screen.style(Role::Muted)),
    );
    if area.height > HEAT + card::HEIGHT {
        cards(buf, rows(area, HEAT + 2, card::HEIGHT), view, screen);
    }
}

fn cards(buf: &mut Buffer, strip: Rect, view: &PageView, screen: &Screen<'_>) {
    let cards = [
        (Slot::ActiveDays, "Days with commits"),
        (Slot::AfterHours, "Outside work hours"),
        (Slot::Weekend, "On free days"),
    ];
    for (at, (slot, title)) in cards.into_iter().enumerate() {
        let left = strip.width * cells(at) / 3;
        let right = strip.width * cells(at + 1) / 3;
        let card = Card {
            title,
            figure: view.figure(slot),
            focused: false,
        };
        card.draw(buf, columns(strip, left, right - left), screen);
    }
}

/// What falls outside working hours, in words.
fn outside(view: &PageView, screen: &Screen<'_>) -> Vec<String> {
    if screen.state.blurred {
        return vec![screen.covered()];
    }
    let week = working(&screen.state.calendar.work_week);
    let share = |slot, words: &str| {
        view.figure(slot).and_then(|figure| {
            let value = screen.value(figure.value?, figure.unit);
            let interval = match words::interval(figure) {
                _ if screen.tier == Tier::Numbers => String::new(),
                text if text.is_empty() => text,
                text => format!(" {text}"),
            };
            let was = match words::was(figure) {
                was if was.is_empty() || !screen.state.look.compare => String::new(),
                was => format!(", {was}"),
            };
            let (interval, was) = (screen.clause(interval), screen.clause(was));
            Some(format!("{value}{interval} {words}{was}."))
        })
    };
    let after = share(Slot::AfterHours, &format!("of commits outside {week}"));
    let weekend = share(Slot::Weekend, "on free days");
    let missing = view.figure(Slot::AfterHours).and_then(off);
    let missing = missing.map(|kind| format!("Hours are {}.", kind.not_kept()));
    let all: Vec<_> = [missing, after, weekend].into_iter().flatten().collect();
    if all.is_empty() {
        return vec!["Too few commits to say when you work.".to_owned()];
    }
    all
}

/// `Mon-Fri 09-18`.
fn working(week: &WorkWeek) -> String {
    const NAMES: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let days: Vec<_> = (0..7).filter(|day| week.days[*day]).collect();
    let hours = forms::hours(week.from_hour, week.to_hour);
    let (Some(first), Some(last)) = (days.first(), days.last()) else {
        return hours;
    };
    if last - first + 1 == days.len() && days.len() > 1 {
        return format!("{}-{} {hours}", NAMES[*first], NAMES[*last]);
    }
    let names: Vec<_> = days.iter().map(|day| NAMES[*day]).collect();
    format!("{} {hours}", names.join(" "))
}

/// The switch that is off and without which `figure` has nothing to say.
fn off(figure: &Figure) -> Option<Kind> {
    match figure.verdict {
        Verdict::NotKept(kind) => Some(kind),
        _ => None,
    }
}

/// Says in the place of a figure that its source is not kept, and what would keep it; false where
/// it is.
fn not_kept(buf: &mut Buffer, area: Rect, figure: &Figure, screen: &Screen<'_>) -> bool {
    let Some(kind) = off(figure) else {
        return false;
    };
    let text = format!(
        "Not kept. With {} = true in the settings it is read again.",
        kind.setting()
    );
    let room = usize::from(area.width.saturating_sub(2));
    for (at, line) in wrap(&text, room, screen.theme.glyphs.cut)
        .iter()
        .enumerate()
    {
        put(buf, area, (1, cells(at)), (line, screen.style(Role::Muted)));
    }
    true
}

fn hours_panel(buf: &mut Buffer, area: Rect, (view, wide): (&PageView, u16), screen: &Screen<'_>) {
    let Some(figure) = view.figure(Slot::Hours) else {
        return;
    };
    let focused = screen.state.focus() == 0;
    let note = if focused && screen.tier == Tier::Full {
        readout(view, screen)
    } else {
        screen.clause(format!("n={}", words::count(figure.n)))
    };
    let panel = Panel {
        title: "Hours, local time of each commit",
        note: screen.note(&note),
        focused,
    };
    let inside = panel.draw(buf, area, screen);
    screen.panel_at(area, 0);
    if not_kept(buf, inside, figure, screen) {
        return;
    }
    let left = inside.width.saturating_sub(Hours::width(wide)) / 2;
    let hours = Hours {
        points: &figure.points,
        start: screen.state.calendar.week_start,
        wide,
        cursor: screen.state.cursors.hour.filter(|_| focused),
    };
    hours.draw(buf, columns(inside, left.min(12), inside.width), screen);
}

fn bare(buf: &mut Buffer, area: Rect, view: &PageView, screen: &Screen<'_>) {
    if let Some(figure) = view
        .figure(Slot::Year)
        .filter(|_| screen.state.focus() == 1)
    {
        let year = Year {
            points: &figure.points,
            start: screen.state.calendar.week_start,
            wide: 1,
            cursor: screen.state.cursors.day,
        };
        year.draw(buf, area, screen);
        return;
    }
    let Some(figure) = view.figure(Slot::Hours) else {
        return;
    };
    if not_kept(buf, area, figure, screen) {
        return;
    }
    let hours = Hours {
        points: &figure.points,
        start: screen.state.calendar.week_start,
        wide: 1,
        cursor: screen.state.cursors.hour,
    };
    hours.draw(buf, area, screen);
}

fn year_panel(buf: &mut Buffer, area: Rect, (view, wide): (&PageView, u16), screen: &Screen<'_>) {
    let Some(figure) = view.figure(Slot::Year) else {
        return;
    };
    let focused = screen.state.focus() == 1;
    let note = if focused && screen.tier == Tier::Full {
        readout(view, screen)
    } else {
        "blank = before your record".to_owned()
    };
    let panel = Panel {
        title: "Days, commits",
        note: screen.note(&note),
        focused,
    };
    let inside = panel.draw(buf, area, screen);
    screen.panel_at(area, 1);
    let year = Year {
        points: &figure.points,
        start: screen.state.calendar.week_start,
        wide,
        cursor: screen.state.cursors.day.filter(|_| focused),
    };
    year.draw(buf, inside, screen);
}

/// Said while no cell is chosen.
const MOVE: &str = "arrow keys read a cell";

/// The cell under the cursor in words.
fn readout(view: &PageView, screen: &Screen<'_>) -> String {
    let state = screen.state;
    let amount = |value: Option<f64>| match value {
        None => "nothing known".to_owned(),
        Some(value) => {
            let unit = crate::model::figure::Unit::Commits;
            format!("{} {}", screen.value(value, unit), words::unit(unit, value))
        }
    };
    if state.focus() == 1 {
        let (Some(figure), Some(day)) = (view.figure(Slot::Year), state.cursors.day) else {
            return MOVE.to_owned();
        };
        let point = figure.points.iter().find(|point| point.from == day);
        let name = words::weekday(day, &state.calendar);
        let note = note::on_day(state, day).map_or_else(String::new, |note| {
            let text = fit(
                &screen.name(note.text.as_str()),
                32,
                screen.theme.glyphs.cut,
            );
            format!("{}note: {text}", screen.dot())
        });
        let amount = amount(point.and_then(|point| point.value));
        return format!("{name}: {amount}{note}");
    }
    let Some((hour, row)) = state.cursors.hour else {
        return MOVE.to_owned();
    };
    let weekday = (0..row).fold(state.calendar.week_start, |day, _| day.succ());
    let value = view.figure(Slot::Hours).and_then(|figure| {
        figure
            .points
            .iter()
            .find(|point| matches!(point.key, Key::Hour(d, h) if d == weekday && usize::from(h) == hour))
            .map(|point| point.value.unwrap_or(0.0))
    });
    let from = u8::try_from(hour).unwrap_or_default();
    let hours = forms::hours(from, from + 1);
    format!("{weekday} {hours}: {}", amount(value.or(Some(0.0))))
}
