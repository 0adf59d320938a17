//! What holds whatever a settings file says; searched by `fuzz/`, gone through by a test.

use std::path::Path;

use super::read::parse;
use super::{Env, Values};
use crate::model::text::is_shown;

/// Any text is settings and warnings: no warning acts on a terminal, every line it names is there,
/// and what is not understood leaves the other keys alone.
///
/// # Panics
/// When one of these does not hold.
pub fn check(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let env = Env::new([], Path::new("/home/ada"));
    let parsed = parse(&text, &env);
    let lines = text.matches('\n').count() + 1;
    for warning in &parsed.warnings {
        let said = warning.to_string();
        assert!(is_shown(&said) && !said.contains('\n'), "{said:?}");
        assert!(
            said.chars().count() < 2_000,
            "{} bytes of warning",
            said.len()
        );
        assert!(
            warning.line.is_none_or(|line| (1..=lines).contains(&line)),
            "{said}"
        );
    }
    sensible(&parsed.values);
    for space in &parsed.spaces {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        assert!(
            !space.name.is_empty() && space.name.chars().all(plain),
            "{:?}",
            space.name
        );
        assert!(space.folders.iter().all(|folder| folder.is_absolute()));
    }
    // A comment more changes no value and moves every line by one.
    let moved = parse(&format!("#\n{text}"), &env);
    let numbers = |lines: usize| {
        parsed
            .warnings
            .iter()
            .map(move |one| one.line.map(|n| n + lines))
    };
    if !text.starts_with('\u{feff}') {
        assert!(
            moved.warnings.iter().map(|one| one.line).eq(numbers(1)),
            "{text:?}"
        );
        assert_eq!(
            format!("{:?}", moved.values),
            format!("{:?}", parsed.values)
        );
    }
}

fn sensible(values: &Values) {
    let week = &values.work_week;
    assert!(
        week.from_hour < week.to_hour && week.to_hour <= 24,
        "{week:?}"
    );
    assert!(values.cover_after.as_secs() <= 86_400);
    assert!(
        values
            .outbox
            .as_ref()
            .is_none_or(|folder| folder.is_absolute())
    );
}

/// Settings to start from.
pub fn seeds() -> Vec<Vec<u8>> {
    let texts = [
        &super::settings_toml(),
        "week_start = \"sunday\"\nwork_days = [\"mon\", \"tue\"]\nwork_hours = [9, 18]\nzone = \"Europe/Berlin\"\n",
        "[[space]]\nname = \"work\"\nfolders = [\"~/w\", \"/x\"]\n[keep]\nreflog = true\nprecision = \"day\"\n",
        "[stages]\n\"In Arbeit\" = \"in-progress\"\nx = \"nothing\"\n[keys]\nquit = \"q\"\nopen = [\"o\", \"enter\"]\n",
        "[[project]]\nname = \"shop\"\nrepo = \"mono\"\npaths = [\"apps/shop/\"]\ntrackers = [\"SHOP\"]\n",
        "cover_after = 0.5\nclock = \"12h\"\nnumbers = \"1,234.5\"\nhuman_before = 2024-01-01\nhuman_commits = [\"0123456\"]\n",
        "theme = = 'dark'\n\"a\\u001b[31m\" = 1\n[keys]\n\"\\u001b]0;x\\u0007\" = 5\n[stages]\n\"\\u202e\" = 1\n",
        "a.b.c.d = [[[[{x = {y = 1}}]]]]\n\u{feff}outbox = \"~/out\"\ninbox = [\"*.csv\"]\n",
    ];
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn any_settings_are_values_and_warnings_that_can_be_shown() {
        crate::stir::through("config", super::check, &super::seeds(), 300);
    }
}
