//! Overview: did anything change? What changed and the pace first, commits last.
//!
//! ```text
//! Nothing left its usual range in these 12 weeks.
//! ╭ ▸ What changed ───────────╮╭ By repository ────────────╮
//! ╰───────────────────────────╯╰───────────────────────────╯
//! ╭ Pace ────────────────────────────────────────────────────╮
//! │ days with commits a week over their usual range          │
//! ╰──────────────────────────────────────────────────────────╯
//! ╭ Days ───────╮╭ Lines ──────╮╭ Size ───────╮╭ Commits ────╮
//! ╰─────────────╯╰─────────────╯╰─────────────╯╰─────────────╯
//! Git saw 47 of 60 workdays. …
//! ```

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::empty;
use crate::app::effect::Slot;
use crate::app::findings::{self, CARDS};
use crate::app::page::Page;
use crate::app::size::Tier;
use crate::app::view::PageView;
use crate::model::figure::{Figure, Verdict};
use crate::ui::screen::Screen;
use crate::ui::text::{Span, cells, clauses, columns, fit, put, put_spans, rows, width, wrap};
use crate::ui::theme::Role;
use crate::ui::widgets::bars::Shares;
use crate::ui::widgets::card::{self, Card};
use crate::ui::widgets::line_chart::LineChart;
use crate::ui::widgets::panel::Panel;
use crate::ui::widgets::spark::spark;
use crate::ui::words;

/// Draws the page.
pub(super) fn draw(buf: &mut Buffer, area: Rect, screen: &Screen<'_>) {
    let asked = screen.state.pages.get(&Page::Overview);
    let view = asked.and_then(|asked| asked.value.as_ref());
    let commits = view.and_then(|view| view.figure(Slot::Commits));
    if empty::page(buf, area, (asked, commits.map_or(0, |f| f.n)), screen) {
        return;
    }
    let Some(view) = view else { return };
    match screen.tier {
        Tier::Full => full(buf, area, view, screen),
        Tier::Compact => compact(buf, area, view, screen),
        Tier::Numbers | Tier::TooSmall => numbers(buf, area, view, screen),
    }
}

/// Rows of the panel `What changed` on a full screen.
const CHANGES: u16 = 7;

fn full(buf: &mut Buffer, area: Rect, view: &PageView, screen: &Screen<'_>) {
    let inset = columns(area, 1, area.width.saturating_sub(2));
    put(
        buf,
        inset,
        (0, 0),
        (&sentence(view, screen), screen.style(Role::Title)),
    );
    put(buf, inset, (0, 1), (TASKS, screen.style(Role::Muted)));
    let half = area.width / 2;
    let top = rows(area, 3, CHANGES);
    changes(buf, columns(top, 0, half), view, screen);
    mix(buf, columns(top, half, area.width - half), view, screen);
    let below = 3 + CHANGES;
    let fixed = below + card::HEIGHT + 2;
    pace(
        buf,
        rows(area, below, area.height.saturating_sub(fixed)),
        view,
        screen,
    );
    let at = area.height.saturating_sub(card::HEIGHT + 2);
    cards(buf, rows(area, at, card::HEIGHT), (view, 4), screen);
    unseen(buf, rows(inset, area.height - 1, 1), view, screen);
}

fn compact(buf: &mut Buffer, area: Rect, view: &PageView, screen: &Screen<'_>) {
    let inset = columns(area, 1, area.width.saturating_sub(2));
    put(
        buf,
        inset,
        (0, 0),
        (&sentence(view, screen), screen.style(Role::Title)),
    );
    let words = 3;
    let strip = card::HEIGHT * 2;
    let changes_rows = area.height.saturating_sub(2 + strip + words);
    changes(buf, rows(area, 2, changes_rows), view, screen);
    cards(buf, rows(area, 2 + changes_rows, strip), (view, 2), screen);
    unseen(
        buf,
        rows(inset, area.height - words + 1, words - 1),
        view,
        screen,
    );
}

fn numbers(buf: &mut Buffer, area: Rect, view: &PageView, screen: &Screen<'_>) {
    let inset = columns(area, 1, area.width.saturating_sub(2));
    let said = wrap(&sentence(view, screen), usize::from(inset.width), "");
    for (row, line) in said.iter().take(2).enumerate() {
        put(
            buf,
            inset,
            (0, cells(row)),
            (line, screen.style(Role::Title)),
        );
    }
    let top = cells(said.len().min(2)) + 1;
    for (at, (slot, title)) in CARDS.iter().enumerate() {
        if let Some(figure) = view.figure(*slot) {
            let chosen = screen.state.focus() == 1 && screen.state.cursors.card == at;
            let row = rows(inset, top + cells(at), 1);
            number_row(buf, row, (title, figure, chosen), screen);
        }
    }
    let after = top + cells(CARDS.len()) + 1;
    unseen(
        buf,
        rows(inset, after, area.height.saturating_sub(after)),
        view,
        screen,
    );
}

/// `Commits            218  ▂▃▅▂▆▅▇▄▃▅▆░  was 203`.
fn number_row(
    buf: &mut Buffer,
    area: Rect,
    (title, figure, chosen): (&str, &Figure, bool),
    screen: &Screen<'_>,
) {
    let role = if chosen { Role::Selected } else { Role::Text };
    put(buf, area, (0, 0), (title, screen.style(role)));
    let number = card::headline(figure, screen).swap_remove(0);
    let at = 24_u16.saturating_sub(cells(width(&number.text)));
    put(buf, area, (at, 0), (&number.text, number.style));
    let line = spark(&figure.points, 12, screen);
    put_spans(buf, area, (26, 0), &line);
    let used = 26 + 12;
    let room = usize::from(area.width).saturating_sub(used + 2);
    let past = card::past(figure, screen, room);
    put(
        buf,
        area,
        (cells(used + 2), 0),
        (&past, screen.style(Role::Muted)),
    );
}

/// Said where finished work will stand once there are tasks.
const TASKS: &str = "Tasks come with `inward import`; `inward log` lists them, this page will too.";

/// The answer to the page's question.
fn sentence(view: &PageView, screen: &Screen<'_>) -> String {
    if screen.state.blurred {
        return screen.covered();
    }
    let findings = findings::of(view).len();
    let span = words::span(&screen.state.look.window, &screen.state.calendar);
    let judged = CARDS
        .iter()
        .filter_map(|(slot, _)| view.figure(*slot))
        .any(|figure| {
            !matches!(
                figure.verdict,
                Verdict::TooFew { .. }
                    | Verdict::TooFewWeeks { .. }
                    | Verdict::NotKept(_)
                    | Verdict::None
            )
        });
    match findings {
        0 if !judged => format!("{span}: too few whole weeks to tell what is usual for you."),
        0 => format!("{span}: nothing left its usual range."),
        1 => format!("{span}: one measure left its usual range."),
        n => format!("{span}: {n} measures left their usual range."),
    }
}

fn changes(buf: &mut Buffer, area: Rect, view: &PageView, screen: &Screen<'_>) {
    let focused = screen.state.focus() == 0;
    let panel = Panel {
        title: "What changed",
        note: Vec::new(),
        focused,
    };
    let inside = panel.draw(buf, area, screen);
    if screen.state.blurred {
        return;
    }
    let findings = findings::of(view);
    let room = usize::from(inside.width);
    let mut row = 0;
    for (at, finding) in findings.iter().enumerate() {
        let figure = finding.figure;
        let title = if focused && at == screen.state.cursors.finding {
            Span::new(finding.title, screen.style(Role::Selected))
        } else {
            Span::new(finding.title, screen.style(Role::Worth))
        };
        let number = format!("{}{}", screen.headline(figure), comma_was(figure, screen));
        let spans = [
            title,
            Span::new(format!("  {number}"), screen.style(Role::Text)),
        ];
        put_spans(buf, inside, (0, row), &spans);
        let why = [
            words::verdict(figure, &screen.state.calendar),
            words::usual(figure),
        ]
        .map(|clause| screen.clause(clause));
        let why = clauses(&why, &screen.dot(), room.saturating_sub(2));
        put(buf, inside, (2, row + 1), (&why, screen.style(Role::Muted)));
        row += 2;
    }
    let rest = match findings.len() {
        0 => steady(view, screen),
        _ => vec!["Everything else is noise: no change to explain.".to_owned()],
    };
    for line in rest.iter().flat_map(|line| wrap(line, room, "")) {
        put(buf, inside, (0, row), (&line, screen.style(Role::Muted)));
        row += 1;
    }
}

/// `, was 203`; nothing when nothing is compared.
fn comma_was(figure: &Figure, screen: &Screen<'_>) -> String {
    match words::was(figure) {
        was if was.is_empty() || !screen.state.look.compare => String::new(),
        was => screen.clause(format!(", {was}")),
    }
}

/// What there is to say when nothing changed.
fn steady(view: &PageView, screen: &Screen<'_>) -> Vec<String> {
    let mut out = Vec::new();
    for (slot, title) in CARDS {
        let Some(figure) = view.figure(slot) else {
            continue;
        };
        let verdict = screen.clause(words::verdict(figure, &screen.state.calendar));
        if !verdict.is_empty() {
            out.push(format!("{title}: {verdict}."));
        }
    }
    out
}

fn mix(buf: &mut Buffer, area: Rect, view: &PageView, screen: &Screen<'_>) {
    let Some(figure) = view.figure(Slot::Split) else {
        return;
    };
    let panel = Panel {
        title: screen.state.look.split.title(),
        note: screen.note("share of changed lines"),
        focused: false,
    };
    let inside = panel.draw(buf, area, screen);
    let shares = Shares {
        figure,
        view,
        cursor: None,
    };
    shares.draw(buf, inside, screen);
}

fn pace(buf: &mut Buffer, area: Rect, view: &PageView, screen: &Screen<'_>) {
    let Some(figure) = view.figure(Slot::ActiveDays).filter(|_| area.height >= 7) else {
        return;
    };
    let per = words::per(screen.state.look.window.bucket());
    let title = format!("Pace: days with commits {per}");
    let panel = Panel {
        title: &title,
        note: screen.note(&legend(figure, screen)),
        focused: false,
    };
    let inside = panel.draw(buf, area, screen);
    let chart = LineChart {
        points: &figure.points,
        before: &[],
        unit: figure.unit,
        away: &view.away,
        usual: figure.usual,
        cursor: None,
    };
    chart.draw(buf, inside, screen);
}

fn legend(figure: &Figure, screen: &Screen<'_>) -> String {
    let running = figure.points.iter().any(|point| !point.complete);
    let running = running.then(|| format!("{} so far", screen.theme.glyphs.running));
    let all = [
        screen.clause(words::usual(figure)),
        running.unwrap_or_default(),
    ];
    clauses(&all, "   ", 60)
}

fn cards(buf: &mut Buffer, area: Rect, (view, across): (&PageView, u16), screen: &Screen<'_>) {
    let focused = screen.state.focus() == 1;
    for (at, (slot, title)) in CARDS.iter().enumerate() {
        let (line, place) = (cells(at) / across, cells(at) % across);
        let left = area.width * place / across;
        let right = area.width * (place + 1) / across;
        let card = Card {
            title,
            figure: view.figure(*slot),
            focused: focused && screen.state.cursors.card == at,
        };
        let row = rows(area, line * card::HEIGHT, card::HEIGHT);
        card.draw(buf, columns(row, left, right - left), screen);
    }
}

/// What git cannot see.
fn unseen(buf: &mut Buffer, area: Rect, view: &PageView, screen: &Screen<'_>) {
    let seen = view.workdays;
    let first = if seen.of == 0 {
        String::new()
    } else {
        let days = format!("{} of {}", seen.seen, seen.of);
        format!("Git saw {} workdays.", screen.number(days))
    };
    let rest = "Thinking, helping, design and talk leave no trace here; a low number is not little \
                work.";
    let style = screen.style(Role::Muted);
    let room = usize::from(area.width);
    let lines = wrap(&format!("{first} {rest}"), room, "");
    if lines.len() <= usize::from(area.height) {
        for (row, line) in lines.iter().enumerate() {
            put(buf, area, (0, cells(row)), (line, style));
        }
    } else {
        let short = format!("{first} The rest leaves no trace here.");
        put(buf, area, (0, 0), (&fit(&short, room, ""), style));
    }
}
