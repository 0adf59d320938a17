//! The letters of a PNG: two weights of a monospaced font, as small as the languages of commits
//! allow (`assets/fonts/README.md`).

use std::collections::HashMap;
use std::rc::Rc;

use ab_glyph::{Font as _, FontRef, PxScale, point};

use super::PictureError;
use super::inks::FULL;

const REGULAR: &[u8] = include_bytes!("../../../assets/fonts/JetBrainsMono-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../../../assets/fonts/JetBrainsMono-Bold.ttf");

/// Pixels of an em: an advance of 0.6 of it is one cell.
const EM: f32 = 20.0;
/// Where letters stand, in pixels from the top of a cell.
const BASELINE: f32 = 18.0;

/// A letter: how much of each pixel it covers, of [`FULL`].
#[derive(Debug, Default)]
pub(super) struct Letter {
    /// Where its first pixel lies, from the left upper corner of the cell; may lie outside.
    pub(super) at: (i32, i32),
    /// Pixels a row.
    pub(super) width: usize,
    /// Row by row.
    pub(super) shares: Vec<u16>,
}

/// The fonts, and the letters drawn so far.
pub(super) struct Fonts {
    faces: [FontRef<'static>; 2],
    drawn: HashMap<(char, bool), Option<Rc<Letter>>>,
}

impl Fonts {
    /// The built-in fonts.
    ///
    /// # Errors
    /// When they cannot be read.
    pub(super) fn new() -> Result<Self, PictureError> {
        let face = |bytes| {
            let read = FontRef::try_from_slice(bytes).ok();
            read.ok_or(PictureError::Letters)
        };
        Ok(Self {
            faces: [face(REGULAR)?, face(BOLD)?],
            drawn: HashMap::new(),
        })
    }

    /// The letter `which`; `None` where the font has none.
    pub(super) fn letter(&mut self, which: char, bold: bool) -> Option<Rc<Letter>> {
        let face = &self.faces[usize::from(bold)];
        let drawn = self.drawn.entry((which, bold));
        drawn
            .or_insert_with(|| draw(face, which).map(Rc::new))
            .clone()
    }
}

fn draw(face: &FontRef<'_>, which: char) -> Option<Letter> {
    let id = face.glyph_id(which);
    if id.0 == 0 {
        return None;
    }
    let units = face.units_per_em().unwrap_or(1000.0);
    let scale = PxScale::from(EM * face.height_unscaled() / units);
    let glyph = id.with_scale_and_position(scale, point(0.0, BASELINE));
    let Some(outline) = face.outline_glyph(glyph) else {
        // A blank has no outline.
        return Some(Letter::default());
    };
    let bounds = outline.px_bounds();
    #[expect(clippy::cast_possible_truncation, reason = "whole pixels near a cell")]
    let (left, top, width) = (
        bounds.min.x as i32,
        bounds.min.y as i32,
        bounds.width() as i32,
    );
    let mut letter = Letter {
        at: (left, top),
        width: usize::try_from(width).unwrap_or(0),
        shares: Vec::new(),
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and FULL"
    )]
    outline.draw(|_, _, covered| {
        let share = (covered.clamp(0.0, 1.0) * f32::from(FULL)).round() as u16;
        letter.shares.push(share);
    });
    Some(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_that_inward_writes_is_in_both_weights() {
        let mut fonts = Fonts::new().unwrap();
        let written = (' '..='~').chain("–…›−×±²éñüßàçøłşž→ΑωЖя".chars());
        for which in written {
            for bold in [false, true] {
                let letter = fonts.letter(which, bold).unwrap();
                let ink: u16 = letter.shares.iter().sum();
                assert_eq!(ink > 0, which != ' ', "{which}");
            }
        }
        assert!(fonts.letter('語', false).is_none(), "too many to carry");
    }

    #[test]
    fn a_letter_stays_in_its_cell() {
        let mut fonts = Fonts::new().unwrap();
        for which in '!'..='~' {
            let letter = fonts.letter(which, true).unwrap();
            let rows = letter.shares.len() / letter.width.max(1);
            let right = letter.at.0 + i32::try_from(letter.width).unwrap();
            let bottom = letter.at.1 + i32::try_from(rows).unwrap();
            assert!(letter.at.0 >= -1 && right <= 13, "{which}");
            assert!(letter.at.1 >= 0 && bottom <= 24, "{which}");
        }
    }
}
