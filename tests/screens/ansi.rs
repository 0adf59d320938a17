//! A buffer as text, and as the bytes a terminal would get: for looking at it as a picture.

use std::fmt::Write as _;

use inward::ui::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

use crate::world::World;

/// The screen of `world` as a buffer.
pub(crate) fn buffer(world: &World, theme: &Theme) -> Buffer {
    let (columns, rows) = world.state.size;
    let area = Rect::new(0, 0, columns, rows);
    let mut buffer = Buffer::empty(area);
    inward::ui::render(&mut buffer, area, &world.state, theme);
    buffer
}

/// The buffer's text, without spaces at line ends.
pub(crate) fn text(buffer: &Buffer) -> String {
    let mut out = String::new();
    for y in 0..buffer.area.height {
        let mut line = String::new();
        let mut skip = 0;
        for x in 0..buffer.area.width {
            let symbol = buffer[(x, y)].symbol();
            if skip == 0 {
                line.push_str(symbol);
            }
            skip = unicode_width::UnicodeWidthStr::width(symbol)
                .max(skip)
                .saturating_sub(1);
        }
        writeln!(out, "{}", line.trim_end()).unwrap();
    }
    out
}

/// The buffer as SGR text.
pub(crate) fn sgr(buffer: &Buffer) -> String {
    let mut out = String::new();
    for y in 0..buffer.area.height {
        let mut skip = 0;
        for x in 0..buffer.area.width {
            let cell = &buffer[(x, y)];
            if skip == 0 {
                let mut codes = vec!["0".to_owned()];
                let marks = [
                    (Modifier::BOLD, "1"),
                    (Modifier::DIM, "2"),
                    (Modifier::UNDERLINED, "4"),
                    (Modifier::REVERSED, "7"),
                ];
                codes.extend(
                    marks
                        .iter()
                        .filter(|(m, _)| cell.modifier.contains(*m))
                        .map(|(_, code)| (*code).to_owned()),
                );
                codes.extend(colour(cell.fg, 30));
                codes.extend(colour(cell.bg, 40));
                write!(out, "\u{1b}[{}m{}", codes.join(";"), cell.symbol()).unwrap();
            }
            skip = unicode_width::UnicodeWidthStr::width(cell.symbol())
                .max(skip)
                .saturating_sub(1);
        }
        out.push_str("\u{1b}[0m\n");
    }
    out
}

fn colour(colour: Color, base: u8) -> Option<String> {
    let plain = |n: u8| Some((base + n).to_string());
    match colour {
        Color::Red => plain(1),
        Color::Green => plain(2),
        Color::Yellow => plain(3),
        Color::Blue => plain(4),
        Color::Magenta => plain(5),
        Color::Cyan => plain(6),
        Color::Rgb(r, g, b) => Some(format!("{};2;{r};{g};{b}", base + 8)),
        Color::Indexed(n) => Some(format!("{};5;{n}", base + 8)),
        _ => None,
    }
}
