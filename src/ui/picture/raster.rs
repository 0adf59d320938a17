//! A picture as pixels. A letter and a shape come to the same: how much of each pixel of a cell
//! they cover, in sixteenths, so that a handful of colours is all there is.

use std::collections::HashMap;
use std::rc::Rc;

use super::font::{Fonts, Letter};
use super::inks::{FULL, Ink};
use super::shapes::{self, LINE, Shape};
use super::{CELL, Cell, Picture, PictureError};

/// Pixels, row by row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Canvas {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) pixels: Vec<Ink>,
}

/// Draws `picture`.
///
/// # Errors
/// When the letters cannot be read.
pub(super) fn draw(picture: &Picture) -> Result<Canvas, PictureError> {
    let (width, height) = picture.size();
    let mut canvas = Canvas {
        width,
        height,
        pixels: vec![picture.ground; width * height],
    };
    for (at, cell) in picture.cells() {
        canvas.fill(at, (CELL.0 * cell.width, CELL.1), cell.ground);
    }
    let mut pens = Pens {
        fonts: Fonts::new()?,
        drawn: HashMap::new(),
    };
    // After all grounds: a letter may lean over the edge of its cell.
    for (at, cell) in picture.cells() {
        pens.write(&mut canvas, at, cell);
    }
    Ok(canvas)
}

impl Canvas {
    fn fill(&mut self, (left, top): (usize, usize), (width, height): (usize, usize), ink: Ink) {
        for row in top..(top + height).min(self.height) {
            let from = row * self.width + left;
            let to = from + width.min(self.width.saturating_sub(left));
            if let Some(pixels) = self.pixels.get_mut(from..to) {
                pixels.fill(ink);
            }
        }
    }

    /// Lays `letter` over the cell at `at`.
    fn lay(&mut self, at: (usize, usize), letter: &Letter, ink: Ink) {
        let place = |base: usize, by: i32, step: usize| {
            let moved = i64::try_from(base + step).ok()? + i64::from(by);
            usize::try_from(moved).ok()
        };
        for (row, shares) in letter.shares.chunks(letter.width.max(1)).enumerate() {
            for (column, share) in shares.iter().enumerate().filter(|(_, share)| **share > 0) {
                let x = place(at.0, letter.at.0, column).filter(|x| *x < self.width);
                let y = place(at.1, letter.at.1, row);
                let (Some(x), Some(y)) = (x, y) else {
                    continue;
                };
                if let Some(pixel) = self.pixels.get_mut(y * self.width + x) {
                    *pixel = ink.over(*pixel, *share);
                }
            }
        }
    }
}

/// Letters and shapes, each drawn once.
struct Pens {
    fonts: Fonts,
    drawn: HashMap<String, Option<Rc<Letter>>>,
}

impl Pens {
    fn write(&mut self, canvas: &mut Canvas, at: (usize, usize), cell: &Cell) {
        if cell.underlined {
            canvas.fill((at.0, at.1 + 21), (CELL.0 * cell.width, 2), cell.ink);
        }
        if let Some(shape) = self.shape(&cell.symbol) {
            canvas.lay(at, &shape, cell.ink);
            return;
        }
        for (nth, letter) in cell.symbol.chars().enumerate() {
            match self.fonts.letter(letter, cell.bold) {
                Some(letter) => canvas.lay(at, &letter, cell.ink),
                // What belongs on a letter that is there is left out; a letter is a box.
                None if nth == 0 => canvas.lay(at, &missing(cell.width), cell.ink),
                None => {}
            }
        }
    }

    fn shape(&mut self, symbol: &str) -> Option<Rc<Letter>> {
        if let Some(known) = self.drawn.get(symbol) {
            return known.clone();
        }
        let drawn = shapes::of(symbol).map(|shapes| Rc::new(cover(&shapes)));
        self.drawn.insert(symbol.to_owned(), drawn.clone());
        drawn
    }
}

/// The box that stands for a letter of `width` columns which the font does not have.
fn missing(width: usize) -> Letter {
    let (left, right) = (1, CELL.0 * width - 2);
    let (top, bottom) = (5, 18);
    let pixel = |at: usize| {
        let (x, y) = (at % (CELL.0 * width), at / (CELL.0 * width));
        let inside = (left..=right).contains(&x) && (top..=bottom).contains(&y);
        let edge = x == left || x == right || y == top || y == bottom;
        if inside && edge { FULL } else { 0 }
    };
    Letter {
        at: (0, 0),
        width: CELL.0 * width,
        shares: (0..CELL.0 * width * CELL.1).map(pixel).collect(),
    }
}

/// How much of each pixel of a cell `drawn` covers, told by 4 x 4 points in it.
fn cover(drawn: &[Shape]) -> Letter {
    const POINTS: [f32; 4] = [0.125, 0.375, 0.625, 0.875];
    let whole = |n: usize| u16::try_from(n).map_or(0.0, f32::from);
    let pixel = |at: usize| {
        let (x, y) = (whole(at % CELL.0), whole(at / CELL.0));
        let points = POINTS.iter().flat_map(|down| {
            let along = POINTS.iter();
            along.map(move |along| (x + along, y + down))
        });
        let shares = drawn.iter().map(|shape| {
            let hit = points.clone().filter(|(x, y)| covers(*shape, *x, *y));
            let all = match shape {
                Shape::Rect { share, .. } => *share,
                _ => FULL,
            };
            u16::try_from(hit.count()).unwrap_or(FULL) * all / FULL
        });
        shares.max().unwrap_or(0)
    };
    Letter {
        at: (0, 0),
        width: CELL.0,
        shares: (0..CELL.0 * CELL.1).map(pixel).collect(),
    }
}

/// Whether the point lies in `shape`.
pub(super) fn covers(shape: Shape, x: f32, y: f32) -> bool {
    match shape {
        Shape::Rect { at, size, .. } => {
            (at.0..at.0 + size.0).contains(&x) && (at.1..at.1 + size.1).contains(&y)
        }
        Shape::Disc { at, radius } => (x - at.0).hypot(y - at.1) <= radius,
        Shape::Ring { at, radius, part } => {
            let (along, down) = (x - at.0, y - at.1);
            let here = along * f32::from(part.0) >= 0.0 && down * f32::from(part.1) >= 0.0;
            here && (along.hypot(down) - radius).abs() <= LINE / 2.0
        }
        Shape::Corners(corners) => {
            let next = corners.iter().cycle().skip(1);
            corners.iter().zip(next).all(|(from, to)| {
                (to.0 - from.0) * (y - from.1) - (to.1 - from.1) * (x - from.0) >= 0.0
            })
        }
    }
}
