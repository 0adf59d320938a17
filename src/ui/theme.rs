//! Meanings become styles here and nowhere else: a widget says what a thing is, never its colour.
//!
//! No meaning is carried by colour alone; a word, a glyph, bold or reverse says it too. ANSI 8 is
//! never used: it is the background of some themes. Without colour every style is made of bold,
//! dim, underline and reverse.

use ratatui::style::{Color, Modifier, Style};

use super::graphics::{Glyphs, Graphics};
use super::palette::{CONTRAST, DARK, Ink, LIGHT, Palette};

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
    /// Own colours of the highest contrast, on black.
    Contrast,
    /// No colour at all.
    Mono,
}

impl Name {
    /// The theme that `name` names.
    pub fn by_name(name: &str) -> Option<Self> {
        match name {
            "default" | "ansi" => Some(Self::Default),
            "dark" => Some(Self::Dark),
            "light" => Some(Self::Light),
            "contrast" => Some(Self::Contrast),
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
            Name::Contrast => Some(&CONTRAST),
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
