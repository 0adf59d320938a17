//! Settings to colours and glyphs.

use std::io::IsTerminal as _;

use crate::config::{self, ColorLevel, ThemeChoice, color_level};
use crate::ui::graphics::Graphics;
use crate::ui::theme::{Level, Name, Theme};

use super::session::Session;

/// The theme of this session's dashboard.
pub(super) fn theme(session: &Session) -> Theme {
    let config = &session.config;
    let name = match config.theme {
        ThemeChoice::Auto => Name::Default,
        ThemeChoice::Dark => Name::Dark,
        ThemeChoice::Light => Name::Light,
        ThemeChoice::Mono => Name::Mono,
    };
    let terminal = std::io::stdout().is_terminal();
    let level = match color_level(config.color_flag, config.color, &session.env, terminal) {
        ColorLevel::None => Level::None,
        ColorLevel::Sixteen => Level::Sixteen,
        ColorLevel::TwoFiftySix => Level::Indexed,
        ColorLevel::Truecolor => Level::True,
    };
    let graphics = match config.graphics {
        config::Graphics::Braille => Graphics::Braille,
        config::Graphics::Block => Graphics::Block,
        config::Graphics::Ascii => Graphics::Ascii,
    };
    Theme::new(name, level, graphics)
}
