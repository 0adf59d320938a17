//! Trends: is it changing, or is it noise? One measure over time, and what it is made of.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::empty;
use crate::app::effect::Slot;
use crate::app::look::Measure;
use crate::app::page::Page;
use crate::app::size::Tier;
use crate::app::view::PageView;
use crate::metrics::{week_so_far, weekly_median};
use crate::model::figure::{Figure, Key, Of, Point, Shape, Unit};
use crate::model::period::Bucket;
use crate::ui::screen::Screen;
use crate::ui::text::{Span, cells, clauses, columns, put, put_spans, rows};
use crate::ui::theme::Role;
use crate::ui::widgets::bars::Shares;
use crate::ui::widgets::card;
use crate::ui::widgets::line_chart::LineChart;
use crate::ui::widgets::mirror::Mirror;
use crate::ui::widgets::narrowed;
use crate::ui::widgets::panel::Panel;
use crate::ui::widgets::spark::spark;
use crate::ui::words;

/// Draws the page.
pub(super) fn draw(buf: &mut Buffer, area: Rect, screen: &Screen<'_>) {
    let asked = screen.state.pages.get(&Page::Trends);
    let view = asked.and_then(|asked| asked.value.as_ref());
    let main = view.and_then(|view| view.figure(Slot::Main));
    // Nothing of another kind than commits says so itself: there may well be commits.
    let n = main.map_or(0, |f| if f.of == Of::Commits { f.n } else { f.n.max(1) });
    if empty::page(buf, area, (asked, n), screen) {
        return;
    }
    let (Some(view), Some(main)) = (view, main) else {
        return;
    };
    if main.n == 0 && main.points.iter().all(|point| point.value.is_none()) {
        return empty::measure(buf, area, main, screen);
    }
    match screen.tier {
        Tier::Full => full(buf, area, (view, main), screen),
        Tier::Compact => compact(buf, area, (view, main), screen),
        Tier::Numbers | Tier::TooSmall => numbers(buf, area, (view, main), screen),
    }
}

/// Rows of the two mixes on a full screen.
const MIXES: u16 = 9;

fn full(buf: &mut Buffer, area: Rect, (view, main): (&PageView, &Figure), screen: &Screen<'_>) {
    headline(buf, area, main, screen);
    let chart = rows(area, 3, area.height.saturating_sub(3 + MIXES));
    plot(buf, chart, (view, main), screen);
    let mixes = rows(area, area.height.saturating_sub(MIXES), MIXES);
    let half = area.width / 2;
    mix(buf, columns(mixes, 0, half), (view, Slot::Split), screen);
    let right = columns(mixes, half, area.width - half);
    mix(buf, right, (view, Slot::OtherSplit), screen);
}

fn compact(buf: &mut Buffer, area: Rect, (view, main): (&PageView, &Figure), screen: &Screen<'_>) {
    headline(buf, area, main, screen);
    let body = rows(area, 3, area.height.saturating_sub(3));
    if screen.state.focus() == 1 {
        mix(buf, body, (view, Slot::Split), screen);
    } else {
        plot(buf, body, (view, main), screen);
    }
}

fn numbers(buf: &mut Buffer, area: Rect, (view, main): (&PageView, &Figure), screen: &Screen<'_>) {
    headline(buf, area, main, screen);
    let inset = columns(area, 1, area.width.saturating_sub(2));
    let line = spark(&main.points, usize::from(inset.width), screen);
    put_spans(buf, inset, (0, 3), &line);
    let past = card::past(main, screen, usize::from(inset.width));
    put(buf, inset, (0, 4), (&past, screen.style(Role::Muted)));
    let below = rows(inset, 6, area.height.saturating_sub(6));
    if let Some(figure) = view.figure(Slot::Split) {
        let shares = Shares {
            figure,
            view,
            cursor: (screen.state.focus() == 1).then_some(screen.state.cursors.share),
            mouse: Some((1, screen.state.cursors.share)),
        };
        shares.draw(buf, below, screen);
    }
}

/// Two lines at the top: the number with its past, and what the statistics allow to say.
fn headline(buf: &mut Buffer, area: Rect, main: &Figure, screen: &Screen<'_>) {
    let state = screen.state;
    let inset = columns(area, 1, area.width.saturating_sub(2));
    let measure = state.look.measure.title();
    let name = Span::new(format!("{measure}  "), screen.style(Role::Title));
    let number = Span::new(screen.headline(main), screen.style(Role::Title));
    let used = put_spans(buf, inset, (0, 0), &[name, number]);
    let room = usize::from(inset.width.saturating_sub(used + 3));
    let was = if state.look.compare {
        words::was(main)
    } else {
        String::new()
    };
    let wide = narrowed::wide(main).to_owned();
    let all = [wide, certainty(main), was, weekly(main, screen)];
    let all = all.map(|clause| screen.clause(clause));
    let text = clauses(&all, &screen.dot(), room);
    put(
        buf,
        inset,
        (used + 2, 0),
        (&text, screen.style(Role::Muted)),
    );
    let say = match state.cursors.point {
        _ if state.blurred => screen.covered(),
        Some(at) => point(main, at, screen),
        None => clauses(
            &verdict(main, screen),
            &screen.dot(),
            usize::from(inset.width),
        ),
    };
    put(buf, inset, (0, 1), (&say, screen.style(Role::Muted)));
}

/// `median [5.1d-9.2d], n=47`: how far the number of a distribution or a share can be trusted; empty
/// for a count.
fn certainty(main: &Figure) -> String {
    let median = match main.shape {
        Shape::Distribution => "median ",
        _ if main.unit == Unit::Share => "",
        _ => return String::new(),
    };
    let n = format!("n={}", words::count(main.n));
    let interval = words::interval(main);
    if interval.is_empty() {
        return n;
    }
    format!("{median}{interval}, {n}")
}

/// `5 of 12 weeks have too few for a median`; empty where every stretch has a value, or none.
fn gaps(main: &Figure, screen: &Screen<'_>) -> String {
    let all = series(main, Key::Time);
    let few = all.iter().filter(|point| point.value.is_none()).count();
    if main.shape != Shape::Distribution || few == 0 || few == all.len() {
        return String::new();
    }
    let noun = words::buckets(screen.state.look.window.bucket());
    format!("{few} of {} {noun} have too few for a median", all.len())
}

/// `median week 18 [15-22], n=11`.
fn weekly(main: &Figure, screen: &Screen<'_>) -> String {
    if screen.state.look.window.bucket() != Bucket::Week || main.shape == Shape::Distribution {
        return String::new();
    }
    weekly_median(main).map_or_else(String::new, |median| {
        let value = words::value(median.median, main.unit);
        let interval = median.interval.map_or_else(String::new, |(low, high)| {
            let (low, high) = (words::value(low, main.unit), words::value(high, main.unit));
            format!(" [{low}-{high}]")
        });
        format!("median week {value}{interval}, n={}", median.n)
    })
}

fn verdict(main: &Figure, screen: &Screen<'_>) -> Vec<String> {
    let calendar = &screen.state.calendar;
    let mut all = vec![
        words::verdict(main, calendar),
        words::usual(main),
        gaps(main, screen),
    ];
    if main.points.iter().any(|point| !point.complete) {
        let (gone, of) = week_so_far(calendar, &[]);
        if screen.state.look.window.bucket() == Bucket::Week && of > 0 {
            all.push(format!("the running week: so far, {gone} of {of} workdays"));
        }
    }
    all
}

/// The bucket under the cursor in words.
fn point(main: &Figure, at: usize, screen: &Screen<'_>) -> String {
    let calendar = &screen.state.calendar;
    let Some(point) = series(main, Key::Time).into_iter().nth(at) else {
        return String::new();
    };
    let days = crate::model::period::Range::new(point.from, point.to);
    let value = match point.value {
        None => "nothing known".to_owned(),
        Some(value) => {
            let unit = words::unit(main.unit, value);
            format!("{} {unit}", screen.value(value, main.unit))
        }
    };
    let so_far = if point.complete { "" } else { ", so far" };
    format!("{}: {value}{so_far}", words::range(days, calendar))
}

/// The points of one key.
fn series(figure: &Figure, key: Key) -> Vec<Point> {
    figure
        .points
        .iter()
        .filter(|point| point.key == key)
        .copied()
        .collect()
}

fn plot(buf: &mut Buffer, area: Rect, (view, main): (&PageView, &Figure), screen: &Screen<'_>) {
    let state = screen.state;
    let lines = state.look.measure == Measure::LINES;
    let title = format!(
        "{}{} {}",
        state.look.measure.title(),
        if main.shape == Shape::Distribution {
            ", median"
        } else {
            ""
        },
        words::per(state.look.window.bucket())
    );
    let panel = Panel {
        title: &title,
        note: legend(view, main, lines, screen),
        focused: state.focus() == 0,
    };
    let inside = panel.draw(buf, area, screen);
    screen.panel_at(area, 0);
    if lines {
        let (up, down) = (
            series(main, Key::Name("added")),
            series(main, Key::Name("deleted")),
        );
        let mirror = Mirror {
            up: &up,
            down: &down,
            away: &view.away,
            cursor: state.cursors.point,
        };
        mirror.draw(buf, inside, screen);
        return;
    }
    let before = view
        .figure(Slot::Before)
        .map_or_else(Vec::new, |figure| series(figure, Key::Time));
    let chart = LineChart {
        points: &series(main, Key::Time),
        before: &before,
        unit: main.unit,
        away: &view.away,
        usual: main.usual,
        cursor: state.cursors.point,
    };
    chart.draw(buf, inside, screen);
}

fn legend(view: &PageView, main: &Figure, lines: bool, screen: &Screen<'_>) -> Vec<Span> {
    let glyphs = &screen.theme.glyphs;
    let muted = screen.style(Role::Muted);
    if screen.state.blurred {
        return Vec::new();
    }
    if lines {
        let text = if screen.state.look.raw {
            "up added, down deleted"
        } else {
            "up added, down deleted   lock and generated files left out"
        };
        return screen.note(text);
    }
    let (band, tint) = screen.theme.band();
    let running = main.points.iter().any(|point| !point.complete);
    let parts = [
        (
            view.figure(Slot::Before).is_some(),
            (glyphs.before, screen.style(Role::Before)),
            "before",
        ),
        (main.usual.is_some(), (band, tint), "usual range"),
        (
            running,
            (glyphs.running, screen.style(Role::Series)),
            "so far",
        ),
    ];
    let mut out = Vec::new();
    for (there, (glyph, style), words) in parts {
        if there {
            let gap = if out.is_empty() { "" } else { "   " };
            out.push(Span::new(gap, muted));
            out.push(Span::new(glyph.repeat(2), style));
            out.push(Span::new(format!(" {words}"), muted));
        }
    }
    out
}

fn mix(buf: &mut Buffer, area: Rect, (view, slot): (&PageView, Slot), screen: &Screen<'_>) {
    let Some(figure) = view.figure(slot) else {
        return;
    };
    let split = screen.state.look.split;
    let (title, focused) = if slot == Slot::Split {
        (split.title(), screen.state.focus() == 1)
    } else {
        (split.other().title(), false)
    };
    let panel = Panel {
        title,
        note: screen.note("share of changed lines"),
        focused,
    };
    let inside = panel.draw(buf, area, screen);
    let cursor = screen.state.cursors.share;
    let mouse = (slot == Slot::Split).then_some((1, cursor));
    if mouse.is_some() {
        screen.panel_at(area, 1);
    }
    let shares = Shares {
        mouse,
        figure,
        view,
        cursor: focused.then_some(screen.state.cursors.share),
    };
    shares.draw(buf, rows(inside, 0, cells(7)), screen);
}
