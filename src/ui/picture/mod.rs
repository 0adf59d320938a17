//! A drawn screen as a file: SVG or PNG, without a terminal and without a clock.
//!
//! Both are made of the same two things: shapes, which are drawn here so that no font can put
//! them out of line (lines, blocks, braille, marks), and text, one letter a cell.

mod deflated;
mod font;
mod inks;
mod png;
mod raster;
mod shapes;
mod svg;

use std::path::Path;

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};

use super::text;
use inks::{Ink, Inks};

/// Width and height of a cell, in pixels of a PNG and in units of an SVG.
const CELL: (usize, usize) = (12, 24);
/// The ground around the screen, on each side.
const MARGIN: usize = 12;

/// The smallest and the largest screen a picture is drawn of, columns and rows.
pub const SIZES: ((u16, u16), (u16, u16)) = ((50, 14), (300, 100));

/// What kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Shapes and text, of any size.
    Svg,
    /// Pixels.
    Png,
}

impl Format {
    /// The kind that the ending of `file` names, in any case; `None` for any other ending.
    pub fn of(file: &Path) -> Option<Self> {
        let ending = file.extension()?.to_str()?.to_ascii_lowercase();
        match ending.as_str() {
            "svg" => Some(Self::Svg),
            "png" => Some(Self::Png),
            _ => None,
        }
    }
}

/// Why there is no picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// The built-in letters cannot be read.
    #[error("the built-in letters cannot be read; please report this")]
    Letters,
    /// There was no memory to pack the pixels.
    #[error("the pixels could not be packed; a smaller --size takes less memory")]
    Packing,
}

/// A screen, its colours told: what is drawn, independent of the kind of file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    title: String,
    columns: usize,
    rows: usize,
    ground: Ink,
    cells: Vec<Cell>,
}

/// One cell of it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Cell {
    /// What stands in it; empty behind a letter of two columns.
    symbol: String,
    /// How many columns it takes.
    width: usize,
    ink: Ink,
    ground: Ink,
    bold: bool,
    underlined: bool,
}

impl Picture {
    /// The picture of `buffer`, called `title`. Colours of the terminal's own are those of
    /// a quiet dark one.
    pub fn of(buffer: &Buffer, title: &str) -> Self {
        let inks = Inks::new();
        let cells: Vec<Cell> = buffer.content().iter().map(|one| cell(one, inks)).collect();
        Self {
            title: title.to_owned(),
            columns: usize::from(buffer.area.width),
            rows: usize::from(buffer.area.height),
            // The corner belongs to the screen, not to a thing on it.
            ground: cells.last().map_or(inks.ground(), |cell| cell.ground),
            cells,
        }
    }

    /// The bytes of its file; the same for the same picture, always.
    ///
    /// # Errors
    /// When a PNG cannot be made.
    pub fn bytes(&self, format: Format) -> Result<Vec<u8>, PictureError> {
        match format {
            Format::Svg => Ok(svg::document(self).into_bytes()),
            Format::Png => raster::draw(self).and_then(|canvas| png::file(&canvas)),
        }
    }

    /// Width and height with the margin.
    fn size(&self) -> (usize, usize) {
        let (width, height) = CELL;
        (
            self.columns * width + 2 * MARGIN,
            self.rows * height + 2 * MARGIN,
        )
    }

    /// Every cell with the place of its left upper corner, row by row; those behind a letter of
    /// two columns are left out.
    fn cells(&self) -> impl Iterator<Item = ((usize, usize), &Cell)> {
        let columns = self.columns.max(1);
        let mut hidden = 0;
        self.cells.iter().enumerate().filter_map(move |(at, cell)| {
            if at % columns == 0 {
                hidden = 0;
            }
            if hidden > 0 {
                hidden -= 1;
                return None;
            }
            hidden = cell.width - 1;
            let place = (
                at % columns * CELL.0 + MARGIN,
                at / columns * CELL.1 + MARGIN,
            );
            Some((place, cell))
        })
    }
}

fn cell(from: &ratatui::buffer::Cell, inks: Inks) -> Cell {
    let is = |what| from.modifier.contains(what);
    let (mut ink, mut ground) = (inks.text(from.fg), inks.behind(from.bg));
    if is(Modifier::REVERSED) {
        (ink, ground) = (ground, ink);
    }
    if is(Modifier::DIM) {
        ink = ink.over(ground, inks::DIM);
    }
    // A bold letter in the terminal's own colour is a little brighter, as terminals draw it.
    let plain = !is(Modifier::REVERSED) && !is(Modifier::DIM);
    if is(Modifier::BOLD) && from.fg == Color::Reset && plain {
        ink = inks.strong();
    }
    Cell {
        symbol: from.symbol().to_owned(),
        width: text::width(from.symbol()).clamp(1, 2),
        ink,
        ground,
        bold: is(Modifier::BOLD),
        underlined: is(Modifier::UNDERLINED),
    }
}

#[cfg(test)]
mod tests;
