//! The Privacy page: two columns of boxes; in one column a line a section, the one with the focus
//! open below its line.
//!
//! ```text
//!   What is kept      12,345 rows in 14 tables · 2.1 MB · 6 Oct 2025 to 19 Nov
//! ▸ The lock          6 of 6 layers hold · self-test 34 days ago
//!     + files         Landlock ABI 7: named folders only, repositories read-only
//! ```

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::privacy::layout::{self, Place};
use crate::app::privacy::lines::{self, Line};
use crate::app::privacy::{self, PrivacyView, Section};
use crate::input::action::Action;
use crate::model::privacy_page::Mark;
use crate::ui::screen::Screen;
use crate::ui::text::{
    Span, cells, clauses, columns, fit, put, put_right, put_spans, rows, spans_width, width,
};
use crate::ui::theme::Role;
use crate::ui::widgets::notice::Notice;
use crate::ui::widgets::panel::Panel;
use crate::ui::widgets::table;

/// Draws the page.
pub(super) fn draw(buf: &mut Buffer, area: Rect, screen: &Screen<'_>) {
    let asked = &screen.state.privacy.view;
    if let Some(why) = &asked.failed {
        Notice {
            fact: "The record could not be read for this page.",
            more: why.as_str(),
            keys: &[
                (Action::Privacy, "try again"),
                (Action::Overview, "overview"),
            ],
            role: Role::Failed,
        }
        .draw(buf, area, screen);
        return;
    }
    let Some(view) = &asked.value else {
        let inset = columns(area, 1, area.width.saturating_sub(2));
        let said = "Counting what is kept";
        put(buf, inset, (0, 0), (said, screen.style(Role::Muted)));
        return;
    };
    match layout::boxes(screen.state.size) {
        Some(boxes) => {
            for (section, place) in boxes {
                boxed(buf, (area, place), (section, view), screen);
            }
        }
        None => folded(buf, area, view, screen),
    }
}

/// One section in its box.
fn boxed(
    buf: &mut Buffer,
    (area, place): (Rect, Place),
    (section, view): (Section, &PrivacyView),
    screen: &Screen<'_>,
) {
    let (left, top, wide, high) = place;
    let area = Rect {
        x: area.x + left,
        y: area.y + top,
        width: wide,
        height: high,
    };
    let room = usize::from(wide).saturating_sub(width(section.title()) + 12);
    let panel = Panel {
        title: section.title(),
        note: screen.note(&summary(section, view, room, screen)),
        focused: privacy::focus(screen.state) == section,
    };
    let inside = panel.draw(buf, area.intersection(buf.area), screen);
    screen.panel_at(area, section.number());
    let more = content(buf, inside, (section, view), screen);
    // How much is below stands in the border.
    let last = rows(area, high.saturating_sub(1), 1);
    let last = columns(last, 0, wide.saturating_sub(2));
    put_right(buf, last, 0, &more);
}

/// Every section as a line, the one with the focus open.
fn folded(buf: &mut Buffer, area: Rect, view: &PrivacyView, screen: &Screen<'_>) {
    let focus = privacy::focus(screen.state);
    let wide = Section::ALL.map(|one| width(one.title()));
    let indent = wide.into_iter().max().unwrap_or(0) + 6;
    let mut row = 0;
    for section in Section::ALL {
        let open = section == focus;
        let mark = if open {
            format!(" {} ", screen.theme.glyphs.cursor)
        } else {
            "   ".to_owned()
        };
        let role = if open { Role::Focus } else { Role::Title };
        let line = rows(area, row, 1);
        screen.panel_at(line, section.number());
        let spans = [
            Span::new(mark, screen.style(Role::Focus)),
            Span::new(section.title(), screen.style(role)),
        ];
        put_spans(buf, line, (0, 0), &spans);
        let room = usize::from(line.width).saturating_sub(indent + 1);
        let said = summary(section, view, room, screen);
        put(
            buf,
            line,
            (cells(indent), 0),
            (&said, screen.style(Role::Muted)),
        );
        row += 1;
        if open {
            let high = cells(layout::room(section, screen.state.size).1);
            let inside = rows(area, row, high);
            let inside = columns(inside, 5, inside.width.saturating_sub(6));
            screen.panel_at(inside, section.number());
            let more = content(buf, inside, (section, view), screen);
            // How much is below, where the summary leaves room for it.
            if indent + width(&said) + spans_width(&more) <= usize::from(line.width) {
                put_right(buf, line, 0, &more);
            }
            row += high;
        }
    }
}

/// As many clauses of what a section says as fit; blurred only what the lock says.
fn summary(section: Section, view: &PrivacyView, room: usize, screen: &Screen<'_>) -> String {
    if screen.state.blurred && section != Section::Lock {
        return String::new();
    }
    let part = view.parts.iter().find(|part| part.section == section);
    part.map_or_else(String::new, |part| {
        clauses(&part.summary, &screen.dot(), room)
    })
}

/// The lines of a section from where it is scrolled to; the words for how many are below.
fn content(
    buf: &mut Buffer,
    area: Rect,
    (section, view): (Section, &PrivacyView),
    screen: &Screen<'_>,
) -> Vec<Span> {
    let hidden = screen.state.blurred && !matches!(section, Section::Lock | Section::Deeds);
    if hidden {
        let said = screen.covered();
        put(buf, area, (0, 0), (&said, screen.style(Role::Covered)));
        return Vec::new();
    }
    let room = usize::from(area.width);
    let all = lines::of(section, view, screen.state, room);
    let high = usize::from(area.height);
    let at = screen.state.privacy.at[section.number()];
    let focused = privacy::focus(screen.state) == section;
    let cursor = (section == Section::Kept && focused).then_some(at);
    let first = match section {
        Section::Kept => table::first_row(at, all.len(), area.height),
        _ => at.min(all.len().saturating_sub(high)),
    };
    for (row, line) in all.iter().skip(first).take(high).enumerate() {
        let chosen = cursor == Some(line.row);
        let place = rows(area, cells(row), 1);
        if section == Section::Kept {
            screen.row_at(place, Some(section.number()), (line.row, at));
        }
        draw_line(buf, place, (line, chosen), screen);
    }
    match all.len().saturating_sub(first + high) {
        0 => Vec::new(),
        more => screen.note(&format!(" {more} more ")),
    }
}

/// Draws one line of rows in columns.
pub(super) fn draw_line(
    buf: &mut Buffer,
    area: Rect,
    (line, chosen): (&Line, bool),
    screen: &Screen<'_>,
) {
    let (lead, mut text) = roles(line.mark);
    // A sentence, and not what is said of something.
    if line.mark == Mark::Plain && line.indent == 0 {
        text = Role::Text;
    }
    let (lead, text) = if chosen {
        let blank = " ".repeat(usize::from(area.width));
        put(buf, area, (0, 0), (&blank, screen.style(Role::Selected)));
        (Role::Selected, Role::Selected)
    } else {
        (lead, text)
    };
    put(buf, area, (0, 0), (&line.lead, screen.style(lead)));
    let room = usize::from(area.width).saturating_sub(line.indent);
    let said = fit(&line.text, room, screen.theme.glyphs.cut);
    let at = cells(line.indent);
    put(buf, area, (at, 0), (&said, screen.style(text)));
}

/// How the columns before the text, and the text, are meant.
fn roles(mark: Mark) -> (Role, Role) {
    match mark {
        Mark::Plain | Mark::Holds | Mark::Table => (Role::Text, Role::Muted),
        Mark::Quiet => (Role::Muted, Role::Muted),
        Mark::Heading => (Role::Title, Role::Title),
        Mark::Missing | Mark::Worth => (Role::Worth, Role::Worth),
        Mark::Key => (Role::Key, Role::Text),
        Mark::Command => (Role::Muted, Role::Key),
    }
}
