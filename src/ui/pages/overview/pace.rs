//! The pace: days with commits a week over their usual range.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::effect::Slot;
use crate::app::view::PageView;
use crate::model::figure::Figure;
use crate::ui::screen::Screen;
use crate::ui::text::clauses;
use crate::ui::widgets::line_chart::LineChart;
use crate::ui::widgets::panel::Panel;
use crate::ui::words;

/// Draws the chart; nothing in too little room.
pub(super) fn draw(buf: &mut Buffer, area: Rect, view: &PageView, screen: &Screen<'_>) {
    let Some(figure) = view
        .figure(Slot::ActiveDays)
        .filter(|_| area.height >= super::PACE)
    else {
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
