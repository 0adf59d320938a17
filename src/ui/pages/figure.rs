//! A figure opened: its rule, its source, what was left out, and the rows behind it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{empty, rows as list_rows};
use crate::app::effect::Slot;
use crate::app::size::Tier;
use crate::app::state::FigureDetail;
use crate::metrics;
use crate::model::figure::Figure;
use crate::ui::screen::Screen;
use crate::ui::text::{Span, cells, clauses, columns, put, put_spans, rows, wrap};
use crate::ui::theme::Role;
use crate::ui::words;

/// Draws the detail.
pub(super) fn draw(buf: &mut Buffer, area: Rect, detail: &FigureDetail, screen: &Screen<'_>) {
    let inset = columns(area, 1, area.width.saturating_sub(2));
    let figure = detail
        .figure
        .value
        .as_ref()
        .and_then(|view| view.figure(Slot::Main));
    head(buf, inset, (detail, figure), screen);
    // On a small screen the rows matter more than the rule.
    let most = match screen.tier {
        Tier::Full => 12,
        Tier::Compact => 6,
        Tier::Numbers | Tier::TooSmall => 2,
    };
    let used = rule(buf, rows(inset, 2, most), (detail, figure), screen);
    let top = 2 + used + u16::from(used > 0);
    list_rows::heading(buf, rows(inset, top, 1), &detail.list, screen);
    if detail.list.typing.is_none() && detail.list.filter.is_empty() {
        put(
            buf,
            inset,
            (0, top),
            ("Rows behind it", screen.style(Role::Title)),
        );
    }
    let body = rows(inset, top + 1, area.height.saturating_sub(top + 1));
    if !empty::list(buf, body, &detail.list, screen) {
        list_rows::draw(buf, body, &detail.list, screen);
    }
}

fn head(
    buf: &mut Buffer,
    area: Rect,
    (detail, figure): (&FigureDetail, Option<&Figure>),
    screen: &Screen<'_>,
) {
    let title = metrics::by_id(detail.metric).map_or(detail.metric, metrics::Metric::title);
    let mut spans = vec![Span::new(title, screen.style(Role::Title))];
    if let Some(figure) = figure {
        let number = format!("  {}", screen.headline(figure));
        spans.push(Span::new(number, screen.style(Role::Focus)));
        let unit = words::unit(figure.unit, figure.value.unwrap_or(0.0));
        spans.push(Span::new(format!(" {unit}"), screen.style(Role::Muted)));
    }
    let used = put_spans(buf, area, (0, 0), &spans);
    let calendar = &screen.state.calendar;
    let mut facts = vec![words::range(detail.selection.range, calendar)];
    if let Some(figure) = figure {
        let n = format!("n={}", words::count(figure.n));
        let more = [
            n,
            words::was(figure),
            words::interval(figure),
            words::usual(figure),
            words::verdict(figure, calendar),
        ];
        facts.extend(more.map(|clause| screen.clause(clause)));
    }
    let room = usize::from(area.width.saturating_sub(used + 3));
    let text = clauses(&facts, &screen.dot(), room);
    put(buf, area, (used + 2, 0), (&text, screen.style(Role::Muted)));
}

/// Rule, source, how it misleads, what was left out: as many whole paragraphs as fit.
fn rule(
    buf: &mut Buffer,
    area: Rect,
    (detail, figure): (&FigureDetail, Option<&Figure>),
    screen: &Screen<'_>,
) -> u16 {
    let Some(metric) = metrics::by_id(detail.metric) else {
        return 0;
    };
    let definition = metric.definition();
    let out = figure.map(words::left_out).unwrap_or_default();
    let out = if out.is_empty() {
        definition.left_out.to_owned()
    } else {
        let out = screen.number(out);
        format!("{out}. {}", definition.left_out)
    };
    let parts = [
        ("Rule", definition.rule),
        ("Left out", out.as_str()),
        ("Misleads", definition.misleads),
        ("Source", definition.source),
    ];
    let indent = 10;
    let room = usize::from(area.width.saturating_sub(indent));
    let mut row = 0;
    for (name, text) in parts {
        let lines = wrap(text, room, screen.theme.glyphs.cut);
        if row + cells(lines.len()) > area.height {
            continue;
        }
        put(buf, area, (0, row), (name, screen.style(Role::Title)));
        for line in &lines {
            put(buf, area, (indent, row), (line, screen.style(Role::Muted)));
            row += 1;
        }
    }
    row
}
