//! Commits that many projects have many of and that say the same every time: releases and updates of
//! dependencies. They are told together, in one line.

use crate::report::words::count;

/// What such a commit is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Collective {
    /// A version of the project itself, where one is named.
    Release(Option<String>),
    /// Another version of something that the project uses.
    Dependency,
}

impl Collective {
    /// The area that stands for them.
    pub(super) fn area(&self) -> &'static str {
        match self {
            Self::Release(_) => "releases",
            Self::Dependency => "dependencies",
        }
    }
}

/// What the commit with these `words` and, in front, this `area` is.
pub(super) fn collective(words: &str, area: Option<&str>) -> Option<Collective> {
    let lower = words.to_lowercase();
    let parts: Vec<&str> = lower
        .split([' ', ','])
        .filter(|part| !part.is_empty())
        .collect();
    let first = parts.first()?;
    let area = area.unwrap_or_default().to_lowercase();
    let version = parts.iter().find_map(|part| version(part));
    let plain = parts
        .iter()
        .all(|part| RELEASING.contains(part) || self::version(part).is_some());
    let says = |words: &[&str]| parts.iter().any(|part| words.contains(part));
    if plain && (version.is_some() || (says(&["version", "release"]) && parts.len() <= 4)) {
        return Some(Collective::Release(version.map(str::to_owned)));
    }
    if area.split('/').any(|level| DEPENDENCIES.contains(&level)) {
        return Some(Collective::Dependency);
    }
    let raised = ["bump", "upgrade", "update", "downgrade"].contains(first);
    let from_to = says(&["from"]) && says(&["to"]);
    let raised =
        raised && (says(DEPENDENCIES) || (version.is_some() && (*first != "update" || from_to)));
    raised.then_some(Collective::Dependency)
}

/// One line about all of them, in the order of the commits.
pub(super) fn told(kinds: &[&Collective]) -> String {
    let n = count(kinds.len() as u64);
    let one = kinds.len() == 1;
    if let Some(Collective::Dependency) = kinds.first() {
        return format!("{n} dependency {}", if one { "update" } else { "updates" });
    }
    let mut versions: Vec<&str> = Vec::new();
    for kind in kinds {
        if let Collective::Release(Some(version)) = kind
            && !versions.contains(&version.as_str())
        {
            versions.push(version);
        }
    }
    let what = if versions.len() == kinds.len() {
        "release"
    } else {
        "release commit"
    };
    let plural = if one { "" } else { "s" };
    match versions.as_slice() {
        [] => format!("{n} {what}{plural}"),
        [only] => format!("{n} {what}{plural}: {only}"),
        [rest @ .., last] if versions.len() <= 6 => {
            format!("{n} {what}{plural}: {} and {last}", rest.join(", "))
        }
        [first, .., last] => format!("{n} {what}{plural}: {first} to {last}"),
    }
}

/// The version in `part`: `1.72`, `v0.13.0`, without the `v`.
fn version(part: &str) -> Option<&str> {
    let part = part
        .trim_end_matches(['.', '!', ':'])
        .trim_matches(['`', '"', '\'']);
    let bare = part.strip_prefix('v').unwrap_or(part);
    let numbers = bare.starts_with(|c: char| c.is_ascii_digit()) && bare.contains('.');
    let written = |c: char| c.is_ascii_alphanumeric() || ".-+".contains(c);
    (numbers && bare.chars().all(written)).then_some(bare)
}

const DEPENDENCIES: &[&str] = &[
    "deps",
    "deps-dev",
    "dependency",
    "dependencies",
    "dependabot",
    "lockfile",
    "cargo.lock",
    "package-lock.json",
    "yarn.lock",
    "go.sum",
];

const RELEASING: &[&str] = &[
    "a",
    "bump",
    "bumped",
    "commit",
    "cut",
    "dev",
    "development",
    "for",
    "is",
    "make",
    "new",
    "next",
    "now",
    "number",
    "post",
    "prepare",
    "publish",
    "release",
    "release:",
    "released",
    "set",
    "start",
    "tag",
    "the",
    "to",
    "update",
    "version",
    "versions",
    "numbers",
    "ver",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn release(version: &str) -> Collective {
        Collective::Release(Some(version.to_owned()))
    }

    #[test]
    fn a_version_of_the_project_is_a_release_and_words_about_one_are_none() {
        assert_eq!(
            collective("release version 0.13.0", Some("release")),
            Some(release("0.13.0"))
        );
        assert_eq!(
            collective("Bump version to v2.1", None),
            Some(release("2.1"))
        );
        assert_eq!(collective("0.4.0-rc1", None), Some(release("0.4.0-rc1")));
        assert_eq!(
            collective("Bump version", None),
            Some(Collective::Release(None))
        );
        for words in [
            "Update changelog for 1.72",
            "Release the lock early",
            "Add a version command",
        ] {
            assert_eq!(collective(words, None), None, "{words}");
        }
    }

    #[test]
    fn another_version_of_something_used_is_an_update_of_a_dependency() {
        for (words, area) in [
            ("Bump serde from 1.0.1 to 1.0.2", None),
            ("bump prost to 0.12.3", Some("cargo")),
            ("update dependency serde", None),
            ("Bump dependencies", None),
            ("pin openssl", Some("deps")),
        ] {
            assert_eq!(
                collective(words, area),
                Some(Collective::Dependency),
                "{words}"
            );
        }
        for words in ["Update the manual", "Bump a number", "Update docs for 2.0"] {
            assert_eq!(collective(words, None), None, "{words}");
        }
    }

    #[test]
    fn many_are_one_line() {
        let of = |versions: &[&str]| {
            let kinds: Vec<Collective> = versions.iter().map(|v| release(v)).collect();
            told(&kinds.iter().collect::<Vec<_>>())
        };
        assert_eq!(of(&["1.0"]), "1 release: 1.0");
        assert_eq!(of(&["1.0", "1.1", "1.2"]), "3 releases: 1.0, 1.1 and 1.2");
        assert_eq!(of(&["1.0", "1.0"]), "2 release commits: 1.0");
        assert_eq!(
            of(&["1", "2", "3", "4", "5", "6", "7"].map(|v| match v {
                "1" => "0.1",
                "2" => "0.2",
                "3" => "0.3",
                "4" => "0.4",
                "5" => "0.5",
                "6" => "0.6",
                _ => "0.7",
            })),
            "7 releases: 0.1 to 0.7"
        );
        assert_eq!(
            told(&[&Collective::Dependency; 12]),
            "12 dependency updates"
        );
    }
}
