//! The weeks of a figure as a picture, where it has weeks.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::view::PageView;
use crate::model::figure::{Figure, Key, Point, Shape};
use crate::model::period::Bucket;
use crate::ui::screen::Screen;
use crate::ui::text::Span;
use crate::ui::theme::Role;
use crate::ui::widgets::line_chart::LineChart;
use crate::ui::widgets::mirror::Mirror;
use crate::ui::widgets::panel::Panel;

/// The picture of a series.
pub(super) enum Chart {
    /// One line from zero.
    Line(Vec<Point>),
    /// Bars up and down from a common zero, and what the two mean.
    Mirror(Vec<Point>, Vec<Point>, &'static str),
}

/// The picture of `figure`; `None` where fewer than two of its buckets have a value.
pub(super) fn of(figure: &Figure) -> Option<Chart> {
    let line = series(figure, Key::Time);
    let known = line.iter().filter_map(|point| point.value);
    if known.clone().count() < 2 {
        return None;
    }
    let added = series(figure, Key::Name("added"));
    if !added.is_empty() {
        let deleted = series(figure, Key::Name("deleted"));
        return Some(Chart::Mirror(added, deleted, "up added, down deleted"));
    }
    if known.clone().any(|value| value < 0.0) {
        let half = |sign: f64| {
            let value = |point: &Point| Point {
                value: point.value.map(|value| (value * sign).max(0.0)),
                ..*point
            };
            line.iter().map(value).collect()
        };
        return Some(Chart::Mirror(half(1.0), half(-1.0), "above and below zero"));
    }
    Some(Chart::Line(line))
}

/// The points of one key, in time.
pub(super) fn series(figure: &Figure, key: Key) -> Vec<Point> {
    let points = figure.points.iter().filter(|point| point.key == key);
    points.copied().collect()
}

impl Chart {
    /// Draws the picture in a box into `area`.
    pub(super) fn draw(
        &self,
        buf: &mut Buffer,
        area: Rect,
        (view, figure): (&PageView, &Figure),
        screen: &Screen<'_>,
    ) {
        let title = self.title(figure);
        let panel = Panel {
            title: &title,
            note: self.legend(figure, screen),
            focused: false,
        };
        let inside = panel.draw(buf, area, screen);
        match self {
            Self::Line(points) => LineChart {
                points,
                before: &[],
                unit: figure.unit,
                away: &view.away,
                usual: figure.usual,
                cursor: None,
            }
            .draw(buf, inside, screen),
            Self::Mirror(up, down, _) => Mirror {
                up,
                down,
                away: &view.away,
                cursor: None,
            }
            .draw(buf, inside, screen),
        }
    }

    fn points(&self) -> &[Point] {
        match self {
            Self::Line(points) | Self::Mirror(points, _, _) => points,
        }
    }

    /// `Each week`, `Median of each week`.
    fn title(&self, figure: &Figure) -> String {
        let days = self.points().iter().map(|p| (p.to - p.from).num_days() + 1);
        let bucket = match days.max().unwrap_or(7) {
            0..=1 => Bucket::Day,
            2..=7 => Bucket::Week,
            _ => Bucket::Month,
        };
        let one = match bucket {
            Bucket::Day => "day",
            Bucket::Week => "week",
            Bucket::Month => "month",
        };
        if figure.shape == Shape::Distribution {
            format!("Median of each {one}")
        } else {
            format!("Each {one}")
        }
    }

    fn legend(&self, figure: &Figure, screen: &Screen<'_>) -> Vec<Span> {
        let muted = screen.style(Role::Muted);
        if let Self::Mirror(_, _, words) = self {
            return screen.note(words);
        }
        let (band, tint) = screen.theme.band();
        let running = |point: &Point| !point.complete && point.value.is_some();
        let running = self.points().iter().any(running);
        let glyph = screen.theme.glyphs.running;
        let parts = [
            (figure.usual.is_some(), (band, tint), "usual range"),
            (running, (glyph, screen.style(Role::Series)), "so far"),
        ];
        let mut out = Vec::new();
        for (_, (glyph, style), words) in parts.into_iter().filter(|part| part.0) {
            let gap = if out.is_empty() { "" } else { "   " };
            out.push(Span::new(gap, muted));
            out.push(Span::new(glyph.repeat(2), style));
            out.push(Span::new(format!(" {words}"), muted));
        }
        out
    }
}
