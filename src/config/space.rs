//! Spaces: which store is meant, by name or by the folder one stands in.

use std::fs;
use std::path::{Path, PathBuf};

use super::Env;

/// The space of an owner who never named one.
pub const DEFAULT_SPACE: &str = "default";

/// A name's longest length, in bytes.
const NAME_BYTES: usize = 40;

/// `[[space]]` of the settings file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SpaceRule {
    pub(super) name: String,
    pub(super) folders: Vec<PathBuf>,
}

/// `name` in the form used for folders: lower case letters, digits, `-` and `_` only,
/// starting with a letter or digit. `None` for anything else.
pub(super) fn space_name(name: &str) -> Option<String> {
    let name = name.trim().to_ascii_lowercase();
    let fine = name.len() <= NAME_BYTES
        && name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    fine.then_some(name)
}

/// The space whose folder holds the working folder; the deepest folder wins.
pub(super) fn space_here(rules: &[SpaceRule], env: &Env) -> Option<String> {
    let here = real(env.cwd());
    rules
        .iter()
        .flat_map(|rule| rule.folders.iter().map(move |folder| (rule, real(folder))))
        .filter(|(_, folder)| here.starts_with(folder))
        .max_by_key(|(_, folder)| folder.components().count())
        .map(|(rule, _)| rule.name.clone())
}

/// The folder without links, as far as it exists.
fn real(folder: &Path) -> PathBuf {
    fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_leave_its_folder() {
        for bad in [
            "",
            "..",
            "a/b",
            "-x",
            ".hidden",
            "a b",
            "ä",
            &"x".repeat(41),
        ] {
            assert_eq!(space_name(bad), None, "{bad}");
        }
        assert_eq!(space_name("Work-2").as_deref(), Some("work-2"));
    }

    #[test]
    fn the_deepest_folder_names_the_space() {
        let rule = |name: &str, folder: &str| SpaceRule {
            name: name.to_owned(),
            folders: vec![PathBuf::from(folder)],
        };
        let rules = [rule("all", "/nowhere"), rule("office", "/nowhere/office")];
        let env = |cwd: &str| Env::default().in_folder(Path::new(cwd));
        assert_eq!(
            space_here(&rules, &env("/nowhere/office/x")).as_deref(),
            Some("office")
        );
        assert_eq!(
            space_here(&rules, &env("/nowhere/officers")).as_deref(),
            Some("all")
        );
        assert_eq!(space_here(&rules, &env("/elsewhere")), None);
    }
}
