//! The type of work that a commit's summary names, by the Conventional Commits convention.

use super::dataset::flag;

/// What a summary says in front of its colon. The numbers are packed: append only, at most 16.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum WorkType {
    /// It names none.
    #[default]
    Unknown = 0,
    /// `feat`: something new.
    Feature = 1,
    /// `fix`: a defect mended.
    Fix = 2,
    /// `refactor`: the same behaviour, another form.
    Refactor = 3,
    /// `perf`: faster.
    Performance = 4,
    /// `test`.
    Test = 5,
    /// `docs`.
    Docs = 6,
    /// `style`: form only.
    Style = 7,
    /// `build`, `deps`.
    Build = 8,
    /// `ci`.
    Ci = 9,
    /// `chore`.
    Chore = 10,
    /// `revert`.
    Revert = 11,
    /// Another word in the same form.
    Other = 12,
}

impl WorkType {
    /// Every type, by number.
    pub const ALL: [Self; 13] = [
        Self::Unknown,
        Self::Feature,
        Self::Fix,
        Self::Refactor,
        Self::Performance,
        Self::Test,
        Self::Docs,
        Self::Style,
        Self::Build,
        Self::Ci,
        Self::Chore,
        Self::Revert,
        Self::Other,
    ];

    /// Its name in figures, e.g. `feature`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Feature => "feature",
            Self::Fix => "fix",
            Self::Refactor => "refactor",
            Self::Performance => "performance",
            Self::Test => "test",
            Self::Docs => "docs",
            Self::Style => "style",
            Self::Build => "build",
            Self::Ci => "ci",
            Self::Chore => "chore",
            Self::Revert => "revert",
            Self::Other => "other",
        }
    }

    /// The type in the [`flag::WORK_TYPE`] bits of `flags`.
    pub fn of_flags(flags: u16) -> Self {
        let number = (flags & flag::WORK_TYPE) >> flag::WORK_TYPE.trailing_zeros();
        Self::ALL
            .get(usize::from(number))
            .copied()
            .unwrap_or_default()
    }

    /// The [`flag::WORK_TYPE`] bits of this type.
    pub fn flags(self) -> u16 {
        u16::from(self as u8) << flag::WORK_TYPE.trailing_zeros()
    }

    /// The type that `summary` names: `word:`, `word(scope):` or `word!:` at its start, any case
    /// (Conventional Commits 1.0.0); git's own `Revert "…"` is a revert.
    pub fn of_summary(summary: &str) -> Self {
        if summary.starts_with("Revert \"") {
            return Self::Revert;
        }
        let Some((head, rest)) = summary.split_once(':') else {
            return Self::Unknown;
        };
        let (word, scope) = head.split_once('(').unwrap_or((head, ")"));
        let scope = scope.strip_suffix('!').unwrap_or(scope);
        let word = word.strip_suffix('!').unwrap_or(word);
        let named = !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphabetic());
        if !named || !scope.ends_with(')') || !rest.starts_with(' ') {
            return Self::Unknown;
        }
        match word.to_ascii_lowercase().as_str() {
            "feat" | "feature" => Self::Feature,
            "fix" | "bugfix" | "hotfix" => Self::Fix,
            "refactor" => Self::Refactor,
            "perf" => Self::Performance,
            "test" | "tests" => Self::Test,
            "docs" | "doc" => Self::Docs,
            "style" => Self::Style,
            "build" | "deps" => Self::Build,
            "ci" => Self::Ci,
            "chore" => Self::Chore,
            "revert" => Self::Revert,
            // Only with a scope: `mpv: fix a crash` names a part of the program, not a type.
            _ if head.contains('(') => Self::Other,
            _ => Self::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_names_its_type_in_front_of_the_colon() {
        for (summary, expected) in [
            ("feat: a thing", WorkType::Feature),
            ("Fix(ui)!: a crash", WorkType::Fix),
            ("perf!: faster", WorkType::Performance),
            ("docs(readme): words", WorkType::Docs),
            ("wip(x): words", WorkType::Other),
            ("Revert \"feat: a thing\"", WorkType::Revert),
            ("mpv: fix a crash", WorkType::Unknown),
            ("fix the build", WorkType::Unknown),
            ("fix:nothing", WorkType::Unknown),
            ("feat(open: x", WorkType::Unknown),
            ("", WorkType::Unknown),
        ] {
            assert_eq!(WorkType::of_summary(summary), expected, "{summary}");
        }
    }

    #[test]
    fn a_type_survives_the_way_into_the_flags_and_back() {
        for kind in WorkType::ALL {
            assert_eq!(WorkType::of_flags(kind.flags() | flag::TWIN), kind);
        }
    }
}
