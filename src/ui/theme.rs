//! Meanings become styles here and nowhere else: a widget says what a thing is, never its colour.
//!
//! No meaning is carried by colour alone; a word, a glyph, bold or reverse says it too. ANSI 8 is
//! never used: it is the background of some themes. Without colour every style is made of bold,
//! dim, underline and reverse.

use ratatui::style::{Color, Modifier, Style};

use super::graphics::{Glyphs, Graphics};

/// What a thing on the screen is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Plain text.
    Text,
    /// What may be missed.
    Muted,
    /// Headings and headline numbers.
    Title,
    /// A key one may press.
    Key,
    /// What has the focus.
    Focus,
    /// The row under the cursor.
    Selected,
    /// Borders and axes.
    Border,
    /// The line or bar that the panel is about.
    Series,
    /// The second half of a pair: deleted lines.
    Second,
    /// The period before.
    Before,
    /// The usual range behind a line.
    Band,
    /// Worth a look: outside the usual range.
    Worth,
    /// Something failed.
    Failed,
    /// Covered text.
    Covered,
}

/// The setting `theme`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Name {
    /// The terminal's own colours, for light and dark backgrounds alike.
    #[default]
    Default,
    /// Own colours on a dark background.
    Dark,
    /// Own colours on a light background.
    Light,
    /// No colour at all.
    Mono,
}

impl Name {
    /// The theme that `name` names.
    pub fn by_name(name: &str) -> Option<Self> {
        match name {
            "default" => Some(Self::Default),
            "dark" => Some(Self::Dark),
            "light" => Some(Self::Light),
            "mono" => Some(Self::Mono),
            _ => None,
        }
    }
}

/// How many colours the terminal has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// None, or none wanted (`NO_COLOR`).
    None,
    /// The 16 of the terminal's theme.
    Sixteen,
    /// The 256 of xterm.
    Indexed,
    /// 24 bit.
    True,
}

/// Styles and glyphs of a drawing.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    name: Name,
    level: Level,
    /// The glyphs.
    pub glyphs: Glyphs,
}

/// A colour of an own theme: 24 bit, and the index of its nearest twin among the 256.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Ink(u32, u8);

/// The inks of an own theme.
#[derive(Clone, Copy, Debug)]
struct Palette {
    ground: Ink,
    /// Under the selected row.
    chosen: Ink,
    text: Ink,
    muted: Ink,
    border: Ink,
    band: Ink,
    accent: Ink,
    second: Ink,
    worth: Ink,
    failed: Ink,
    /// Categories, Okabe-Ito: told apart by every kind of eye, and a word says which is which.
    kinds: [Ink; 5],
    /// Amounts, cividis, from little to much; lightness moves away from the ground.
    ramp: [Ink; 5],
}

const DARK: Palette = Palette {
    ground: Ink(0x0016_181D, 234),
    chosen: Ink(0x0027_435C, 24),
    text: Ink(0x00D9_DCE3, 253),
    muted: Ink(0x0098_A0AE, 247),
    border: Ink(0x004B_5363, 240),
    band: Ink(0x0023_2A35, 236),
    accent: Ink(0x0056_B4E9, 74),
    second: Ink(0x00CC_79A7, 175),
    worth: Ink(0x00E6_9F00, 178),
    failed: Ink(0x00FF_7B72, 210),
    kinds: [
        Ink(0x0000_9E73, 35),
        Ink(0x00E6_9F00, 178),
        Ink(0x0056_B4E9, 74),
        Ink(0x00CC_79A7, 175),
        Ink(0x0098_A0AE, 247),
    ],
    ramp: [
        Ink(0x006E_6C71, 242),
        Ink(0x008E_8978, 245),
        Ink(0x00B2_A874, 144),
        Ink(0x00DE_C85F, 185),
        Ink(0x00FD_EA45, 227),
    ],
};

const LIGHT: Palette = Palette {
    ground: Ink(0x00FA_FAF7, 231),
    chosen: Ink(0x00CF_E3F3, 153),
    text: Ink(0x0023_272E, 235),
    muted: Ink(0x005C_6470, 241),
    border: Ink(0x00B4_BAC4, 249),
    band: Ink(0x00E4_E9F0, 254),
    accent: Ink(0x0000_72B2, 25),
    second: Ink(0x0098_4A79, 132),
    worth: Ink(0x00A3_4700, 130),
    failed: Ink(0x00B3_261E, 124),
    kinds: [
        Ink(0x0000_7F5C, 29),
        Ink(0x00B8_6E00, 130),
        Ink(0x0000_72B2, 25),
        Ink(0x0098_4A79, 132),
        Ink(0x005C_6470, 241),
    ],
    ramp: [
        Ink(0x0085_8077, 244),
        Ink(0x0069_6970, 242),
        Ink(0x004A_546C, 240),
        Ink(0x0021_3D6B, 237),
        Ink(0x0000_224D, 17),
    ],
};

impl Theme {
    /// The theme `name` on a terminal with `level` colours, drawn with `graphics`. Own colours
    /// need 256 of them; with fewer the terminal's own are used.
    pub fn new(name: Name, level: Level, graphics: Graphics) -> Self {
        let name = match (name, level) {
            (_, Level::None) | (Name::Mono, _) => Name::Mono,
            (_, Level::Sixteen) => Name::Default,
            (name, _) => name,
        };
        Self {
            name,
            level,
            glyphs: graphics.glyphs(),
        }
    }

    /// The style of a thing that is `role`.
    pub fn style(&self, role: Role) -> Style {
        match self.palette() {
            Some(palette) => self.own(role, palette),
            None if self.name == Name::Mono => mono(role),
            None => ansi(role),
        }
    }

    /// What the whole screen is filled with first.
    pub fn ground(&self) -> Style {
        self.palette().map_or_else(Style::new, |palette| {
            Style::new()
                .fg(self.ink(palette.text))
                .bg(self.ink(palette.ground))
        })
    }

    /// The glyph and style of the amount `step`, 0 (nothing) to 5.
    pub fn amount(&self, step: usize) -> (&'static str, Style) {
        let step = step.min(5);
        let shade = self.glyphs.shades[step];
        match self.palette() {
            _ if step == 0 => (shade, self.style(Role::Muted)),
            Some(palette) => {
                let style = Style::new().fg(self.ink(palette.ramp[step - 1]));
                (self.glyphs.shades[5], style)
            }
            None => {
                let style = self.style(Role::Series).remove_modifier(Modifier::BOLD);
                (self.glyphs.shades[shade_of(step)], style)
            }
        }
    }

    /// The style of the category `at`, 0 to 4.
    pub fn kind(&self, at: usize) -> Style {
        const PLAIN: [Color; 5] = [
            Color::Green,
            Color::Magenta,
            Color::Cyan,
            Color::Blue,
            Color::Reset,
        ];
        let at = at.min(4);
        match self.palette() {
            Some(palette) => Style::new().fg(self.ink(palette.kinds[at])),
            None if self.name == Name::Mono => Style::new(),
            None => Style::new().fg(PLAIN[at]),
        }
    }

    /// Whether categories have colours of this theme: only then two of them may share a cell.
    pub fn has_kinds(&self) -> bool {
        self.palette().is_some()
    }

    /// Whether there is any colour at all.
    pub fn has_colour(&self) -> bool {
        self.name != Name::Mono
    }

    /// Whether five steps of amount can be told apart; four shades of one glyph are all there is
    /// without own colours.
    pub fn steps(&self) -> usize {
        if self.palette().is_some() { 5 } else { 4 }
    }

    /// The glyph behind a line, see [`Role::Band`]: on a known ground a tint is calmer.
    pub fn band(&self) -> (&'static str, Style) {
        let glyph = if self.palette().is_some() {
            " "
        } else {
            self.glyphs.band
        };
        (glyph, self.style(Role::Band))
    }

    fn palette(&self) -> Option<&'static Palette> {
        match self.name {
            Name::Dark => Some(&DARK),
            Name::Light => Some(&LIGHT),
            Name::Default | Name::Mono => None,
        }
    }

    fn ink(&self, ink: Ink) -> Color {
        if self.level == Level::True {
            Color::from_u32(ink.0)
        } else {
            Color::Indexed(ink.1)
        }
    }

    fn own(&self, role: Role, palette: &Palette) -> Style {
        let fg = |ink| Style::new().fg(self.ink(ink));
        match role {
            Role::Text => fg(palette.text),
            Role::Muted | Role::Before => fg(palette.muted),
            Role::Title => fg(palette.text).add_modifier(Modifier::BOLD),
            Role::Key | Role::Focus => fg(palette.accent).add_modifier(Modifier::BOLD),
            Role::Selected => fg(palette.text)
                .bg(self.ink(palette.chosen))
                .add_modifier(Modifier::BOLD),
            Role::Border | Role::Covered => fg(palette.border),
            Role::Series => fg(palette.accent),
            Role::Second => fg(palette.second),
            Role::Band => fg(palette.muted).bg(self.ink(palette.band)),
            Role::Worth => fg(palette.worth).add_modifier(Modifier::BOLD),
            Role::Failed => fg(palette.failed).add_modifier(Modifier::BOLD),
        }
    }
}

/// Without own colours there are four shades: the fifth step is the fourth.
fn shade_of(step: usize) -> usize {
    step.min(4)
}

/// The terminal's own colours: those that can be read on light and on dark.
fn ansi(role: Role) -> Style {
    let plain = Style::new();
    match role {
        Role::Text => plain,
        Role::Muted | Role::Border | Role::Before | Role::Band | Role::Covered => {
            plain.add_modifier(Modifier::DIM)
        }
        Role::Title => plain.add_modifier(Modifier::BOLD),
        Role::Key | Role::Focus => plain.fg(Color::Cyan).add_modifier(Modifier::BOLD),
        Role::Selected => plain.add_modifier(Modifier::REVERSED | Modifier::BOLD),
        Role::Series => plain.fg(Color::Cyan),
        Role::Second => plain.fg(Color::Magenta),
        Role::Worth => plain.fg(Color::Magenta).add_modifier(Modifier::BOLD),
        Role::Failed => plain.fg(Color::Red).add_modifier(Modifier::BOLD),
    }
}

fn mono(role: Role) -> Style {
    let plain = Style::new();
    match role {
        Role::Text | Role::Series | Role::Second => plain,
        Role::Muted | Role::Border | Role::Before | Role::Band | Role::Covered => {
            plain.add_modifier(Modifier::DIM)
        }
        Role::Title | Role::Key | Role::Focus | Role::Worth => plain.add_modifier(Modifier::BOLD),
        Role::Selected => plain.add_modifier(Modifier::REVERSED),
        Role::Failed => plain.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(ink: Ink) -> f64 {
        let part = |shift: u32| {
            let value = f64::from(ink.0 >> shift & 0xFF) / 255.0;
            if value <= 0.039_28 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * part(16) + 0.7152 * part(8) + 0.0722 * part(0)
    }

    fn contrast(a: Ink, b: Ink) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_has_contrast_enough_and_amounts_can_be_seen() {
        for palette in [DARK, LIGHT] {
            let Palette { ground, band, .. } = palette;
            for ink in [
                palette.text,
                palette.muted,
                palette.accent,
                palette.second,
                palette.worth,
                palette.failed,
            ] {
                assert!(contrast(ink, ground) >= 4.5, "{ink:?}");
                assert!(contrast(ink, band) >= 3.0, "{ink:?} on the band");
            }
            assert!(contrast(palette.text, palette.chosen) >= 4.5);
            for kind in palette.kinds {
                assert!(contrast(kind, ground) >= 3.0, "{kind:?}");
            }
            for pair in palette.ramp.windows(2) {
                assert!(contrast(pair[0], ground) >= 3.0, "{pair:?}");
                assert!(contrast(pair[0], ground) < contrast(pair[1], ground));
            }
        }
    }

    #[test]
    fn no_theme_uses_the_colour_that_some_grounds_have() {
        let roles = [
            Role::Text,
            Role::Muted,
            Role::Border,
            Role::Band,
            Role::Covered,
            Role::Before,
        ];
        for role in roles {
            for style in [ansi(role), mono(role)] {
                assert_ne!(style.fg, Some(Color::DarkGray));
                assert_ne!(style.fg, Some(Color::Gray));
            }
        }
    }

    #[test]
    fn without_colour_no_style_has_one() {
        let theme = Theme::new(Name::Dark, Level::None, Graphics::Braille);
        assert_eq!(theme.ground(), Style::new());
        assert_eq!(theme.style(Role::Worth).fg, None);
        let selected = theme.style(Role::Selected);
        assert!(selected.add_modifier.contains(Modifier::REVERSED));
    }
}
