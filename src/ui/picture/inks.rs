//! The colours of a screen as numbers. A picture has no terminal to ask: what is the terminal's
//! own is drawn in the colours of a quiet dark one.

use ratatui::style::Color;

/// How much of a dim letter's colour is left, of [`FULL`].
pub(super) const DIM: u16 = 10;
/// All of a colour.
pub(super) const FULL: u16 = 16;

/// A colour: red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Ink(pub(super) [u8; 3]);

impl Ink {
    /// The colour `0xRRGGBB`.
    const fn new(value: u32) -> Self {
        let [_, red, green, blue] = value.to_be_bytes();
        Self([red, green, blue])
    }

    /// This colour laid over `below`, `share` of [`FULL`] of it.
    pub(super) fn over(self, below: Self, share: u16) -> Self {
        let mix = |at: usize| {
            let share = share.min(FULL);
            let sum = u16::from(self.0[at]) * share + u16::from(below.0[at]) * (FULL - share);
            u8::try_from((sum + FULL / 2) / FULL).unwrap_or(u8::MAX)
        };
        Self([mix(0), mix(1), mix(2)])
    }

    /// `#rrggbb`.
    pub(super) fn hex(self) -> String {
        let [red, green, blue] = self.0;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }
}

/// The colours of a terminal.
#[derive(Clone, Copy, Debug)]
pub(super) struct Inks {
    ground: Ink,
    text: Ink,
    strong: Ink,
}

/// Black, red, green, yellow, blue, magenta, cyan, white; then the same brighter.
const SIXTEEN: [u32; 16] = [
    0x001D_1F21,
    0x00F0_7178,
    0x0098_C379,
    0x00E5_C07B,
    0x0061_AFEF,
    0x00D3_8AEA,
    0x0056_C8D3,
    0x00D0_D0D0,
    0x0080_8790,
    0x00FF_8B92,
    0x00B5_E08D,
    0x00FF_D891,
    0x0084_C5FF,
    0x00E6_A8F7,
    0x0079_E2EC,
    0x00FF_FFFF,
];
impl Inks {
    /// Those of a quiet dark terminal.
    pub(super) fn new() -> Self {
        Self {
            ground: Ink::new(0x0015_171A),
            text: Ink::new(0x00D0_D3D8),
            strong: Ink::new(0x00FF_FFFF),
        }
    }

    /// What the screen is filled with.
    pub(super) fn ground(self) -> Ink {
        self.ground
    }

    /// Bold text in the terminal's own colour.
    pub(super) fn strong(self) -> Ink {
        self.strong
    }

    /// The colour of text.
    pub(super) fn text(self, color: Color) -> Ink {
        Self::told(color).unwrap_or(self.text)
    }

    /// The colour behind it.
    pub(super) fn behind(self, color: Color) -> Ink {
        Self::told(color).unwrap_or(self.ground)
    }

    /// The colour, unless it is the terminal's own.
    fn told(color: Color) -> Option<Ink> {
        let index = match color {
            Color::Reset => return None,
            Color::Rgb(red, green, blue) => return Some(Ink([red, green, blue])),
            Color::Indexed(index) => index,
            Color::Black => 0,
            Color::Red => 1,
            Color::Green => 2,
            Color::Yellow => 3,
            Color::Blue => 4,
            Color::Magenta => 5,
            Color::Cyan => 6,
            Color::Gray => 7,
            Color::DarkGray => 8,
            Color::LightRed => 9,
            Color::LightGreen => 10,
            Color::LightYellow => 11,
            Color::LightBlue => 12,
            Color::LightMagenta => 13,
            Color::LightCyan => 14,
            Color::White => 15,
        };
        let own = SIXTEEN.get(usize::from(index));
        Some(own.map_or_else(|| indexed(index), |value| Ink::new(*value)))
    }
}

/// The colour of xterm's table behind its first 16: a cube of six steps, then 24 greys.
fn indexed(index: u8) -> Ink {
    if let Some(grey) = index.checked_sub(232) {
        let value = 8 + 10 * grey;
        return Ink([value; 3]);
    }
    let at = index.saturating_sub(16);
    let step = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
    Ink([step(at / 36), step(at / 6 % 6), step(at % 6)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_256_is_that_of_xterm() {
        let inks = Inks::new();
        let told = |index| inks.text(Color::Indexed(index)).hex();
        assert_eq!(told(16), "#000000");
        assert_eq!(told(74), "#5fafd7");
        assert_eq!(told(231), "#ffffff");
        assert_eq!((told(232), told(255)), ("#080808".into(), "#eeeeee".into()));
    }

    #[test]
    fn a_colour_laid_over_another_keeps_its_share() {
        let (white, black) = (Ink([255; 3]), Ink([0; 3]));
        assert_eq!(white.over(black, FULL), white);
        assert_eq!(white.over(black, 0), black);
        assert_eq!(white.over(black, FULL / 2), Ink([128; 3]));
    }
}
