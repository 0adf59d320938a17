//! The arguments of `picture`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use crate::ui::picture::SIZES;

/// `inward picture`
#[derive(Args, Debug)]
pub struct PictureArgs {
    /// The page, as in the bar of the dashboard: overview, trends, rhythm, work, privacy, …
    pub page: String,
    /// Days to show, as `show` takes them; the last 12 weeks unless said
    #[arg(value_name = "RANGE")]
    pub range: Option<String>,
    /// The file, ending in .svg or .png; one that is there is never replaced
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// Columns and rows of the screen, from 50x14 to 300x100
    #[arg(long, value_name = "WxH", default_value = "120x36", value_parser = size)]
    pub size: (u16, u16),
    /// Colours; those of the settings unless said
    #[arg(long, value_enum)]
    pub theme: Option<PictureTheme>,
    /// Show names and figures of your own record
    #[arg(long)]
    pub uncovered: bool,
    /// Draw the generated year of `inward demo` instead
    #[arg(long, conflicts_with = "uncovered")]
    pub demo: bool,
    /// The day on which that year ends, at three in the afternoon; today unless said
    #[arg(long, value_name = "DATE", requires = "demo")]
    pub today: Option<NaiveDate>,
}

/// Colours of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PictureTheme {
    /// On a dark ground
    Dark,
    /// On a light ground
    Light,
    /// Of the highest contrast
    Contrast,
    /// The 16 colours of a terminal
    Ansi,
    /// None
    Mono,
}

/// `120x36` as columns and rows.
fn size(text: &str) -> Result<(u16, u16), String> {
    let (least, most) = SIZES;
    let parsed = text.split_once(['x', 'X']).and_then(|(columns, rows)| {
        let columns: u16 = columns.parse().ok()?;
        let rows: u16 = rows.parse().ok()?;
        Some((columns, rows))
    });
    let fits = |(columns, rows): &(u16, u16)| {
        (least.0..=most.0).contains(columns) && (least.1..=most.1).contains(rows)
    };
    parsed.filter(fits).ok_or_else(|| {
        format!(
            "a size is columns x rows, from {}x{} to {}x{}, as in 120x36",
            least.0, least.1, most.0, most.1
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_two_numbers_within_limits() {
        assert_eq!(size("120x36"), Ok((120, 36)));
        assert_eq!(size("50X14"), Ok((50, 14)));
        assert_eq!(size("300x100"), Ok((300, 100)));
        for wrong in [
            "", "120", "x", "49x14", "50x13", "301x100", "300x101", "120x36x2", "-5x20",
            "99999x20", "120 x 36",
        ] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }
}
