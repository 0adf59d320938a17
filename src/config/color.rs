//! How many colours to use: flag, then file, then what the terminal and its owner say.

use super::Env;

/// What the owner asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColorChoice {
    /// By terminal and environment.
    #[default]
    Auto,
    /// Colours even into a pipe.
    Always,
    /// None.
    Never,
}

/// How many colours the output can take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ColorLevel {
    /// No colour at all; emphasis is bold, dim and reverse.
    None,
    /// The 16 named colours.
    Sixteen,
    /// The 256-colour palette.
    TwoFiftySix,
    /// 24 bit.
    Truecolor,
}

impl ColorChoice {
    /// The choice written as `auto`, `always` or `never`.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "auto" => Some(Self::Auto),
            "always" => Some(Self::Always),
            "never" => Some(Self::Never),
            _ => None,
        }
    }
}

/// The level for an output that is a terminal or not: `flag` beats `file` beats `NO_COLOR`
/// (when not empty) beats `CLICOLOR_FORCE` (when not 0) beats `TERM` and `COLORTERM`.
pub fn color_level(
    flag: Option<ColorChoice>,
    file: ColorChoice,
    env: &Env,
    terminal: bool,
) -> ColorLevel {
    match flag.unwrap_or(file) {
        ColorChoice::Never => ColorLevel::None,
        ColorChoice::Always => ability(env).max(ColorLevel::Sixteen),
        ColorChoice::Auto => automatic(env, terminal),
    }
}

fn automatic(env: &Env, terminal: bool) -> ColorLevel {
    let ability = ability(env);
    if set(env, "NO_COLOR") {
        ColorLevel::None
    } else if set(env, "CLICOLOR_FORCE") && env.var("CLICOLOR_FORCE") != Some("0") {
        ability.max(ColorLevel::Sixteen)
    } else if terminal && env.var("CLICOLOR") != Some("0") {
        ability
    } else {
        ColorLevel::None
    }
}

fn set(env: &Env, name: &str) -> bool {
    env.var_os(name).is_some_and(|value| !value.is_empty())
}

/// What the terminal says it can do.
fn ability(env: &Env) -> ColorLevel {
    let term = env.var("TERM").unwrap_or_default();
    let colorterm = env.var("COLORTERM").unwrap_or_default();
    if term == "dumb" || (term.is_empty() && cfg!(unix)) {
        ColorLevel::None
    } else if matches!(colorterm, "truecolor" | "24bit") || term.ends_with("-direct") {
        ColorLevel::Truecolor
    } else if term.contains("256color") {
        ColorLevel::TwoFiftySix
    } else if cfg!(windows) {
        ColorLevel::Truecolor
    } else {
        ColorLevel::Sixteen
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn level(flag: Option<ColorChoice>, file: ColorChoice, vars: &[(&str, &str)]) -> ColorLevel {
        let env = Env::new(vars.iter().copied(), Path::new("/h"));
        color_level(flag, file, &env, true)
    }

    #[test]
    fn the_flag_beats_the_file_and_the_file_beats_the_environment() {
        use ColorChoice::{Always, Auto, Never};
        let vars = [("TERM", "xterm"), ("NO_COLOR", "1")];
        assert_eq!(level(Some(Always), Never, &vars), ColorLevel::Sixteen);
        assert_eq!(level(None, Always, &vars), ColorLevel::Sixteen);
        assert_eq!(level(None, Auto, &vars), ColorLevel::None);
        assert_eq!(level(Some(Auto), Always, &vars), ColorLevel::None);
        assert_eq!(
            level(Some(Never), Always, &[("TERM", "xterm")]),
            ColorLevel::None
        );
    }

    #[test]
    fn an_empty_no_color_does_not_count() {
        let vars = [("TERM", "xterm-256color"), ("NO_COLOR", "")];
        assert_eq!(
            level(None, ColorChoice::Auto, &vars),
            ColorLevel::TwoFiftySix
        );
    }

    #[test]
    fn no_color_beats_clicolor_force_which_beats_a_pipe() {
        let both = [
            ("NO_COLOR", "1"),
            ("CLICOLOR_FORCE", "1"),
            ("TERM", "xterm"),
        ];
        assert_eq!(level(None, ColorChoice::Auto, &both), ColorLevel::None);
        let env = Env::new([("CLICOLOR_FORCE", "1"), ("TERM", "dumb")], Path::new("/h"));
        assert_eq!(
            color_level(None, ColorChoice::Auto, &env, false),
            ColorLevel::Sixteen
        );
    }

    #[test]
    fn a_pipe_and_a_dumb_terminal_get_no_colour() {
        let env = Env::new(
            [("TERM", "xterm"), ("COLORTERM", "truecolor")],
            Path::new("/h"),
        );
        assert_eq!(
            color_level(None, ColorChoice::Auto, &env, false),
            ColorLevel::None
        );
        assert_eq!(
            color_level(None, ColorChoice::Auto, &env, true),
            ColorLevel::Truecolor
        );
        assert_eq!(
            level(None, ColorChoice::Auto, &[("TERM", "dumb")]),
            ColorLevel::None
        );
    }
}
