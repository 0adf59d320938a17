//! Settings to colours and glyphs.

use std::io::IsTerminal as _;

use crate::config::{self, ColorLevel, ThemeChoice, color_level};
use crate::ui::graphics::Graphics;
use crate::ui::theme::{Level, Name, Theme};

use super::picture::args::PictureTheme;
use super::session::Session;

/// The theme of this session's dashboard.
pub(super) fn theme(session: &Session) -> Theme {
    let config = &session.config;
    let name = match config.theme {
        ThemeChoice::Auto | ThemeChoice::Ansi => Name::Default,
        ThemeChoice::Dark => Name::Dark,
        ThemeChoice::Light => Name::Light,
        ThemeChoice::Contrast => Name::Contrast,
        ThemeChoice::Mono => Name::Mono,
    };
    let terminal = std::io::stdout().is_terminal();
    let level = match color_level(config.color_flag, config.color, &session.env, terminal) {
        ColorLevel::None => Level::None,
        ColorLevel::Sixteen => Level::Sixteen,
        ColorLevel::TwoFiftySix => Level::Indexed,
        ColorLevel::Truecolor => Level::True,
    };
    Theme::new(name, level, graphics(session))
}

/// The theme of a picture: the one that is `asked` for, else the one of the settings, where that has
/// colours of its own.
pub(super) fn of_picture(session: &Session, asked: Option<PictureTheme>) -> Theme {
    let set = match session.config.theme {
        ThemeChoice::Auto | ThemeChoice::Dark => PictureTheme::Dark,
        ThemeChoice::Light => PictureTheme::Light,
        ThemeChoice::Contrast => PictureTheme::Contrast,
        ThemeChoice::Ansi => PictureTheme::Ansi,
        ThemeChoice::Mono => PictureTheme::Mono,
    };
    let (name, level) = match asked.unwrap_or(set) {
        PictureTheme::Dark => (Name::Dark, Level::True),
        PictureTheme::Light => (Name::Light, Level::True),
        PictureTheme::Contrast => (Name::Contrast, Level::True),
        PictureTheme::Ansi => (Name::Default, Level::Sixteen),
        PictureTheme::Mono => (Name::Mono, Level::None),
    };
    Theme::new(name, level, graphics(session))
}

fn graphics(session: &Session) -> Graphics {
    match session.config.graphics {
        config::Graphics::Braille => Graphics::Braille,
        config::Graphics::Block => Graphics::Block,
        config::Graphics::Ascii => Graphics::Ascii,
    }
}
