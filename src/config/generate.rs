//! Documentation and the commented file, both made from [`settings()`].

use std::fmt::Write as _;

use super::settings;

const SPACES: &str = "\
Spaces are separate stores that are never joined. The space is the one `--space` names, else the
one whose folder holds the working folder (the deepest wins), else `default`.";

const KEYS: &str = "\
Keys of the dashboard: the name of an action and the keys that run it instead of the built-in
ones. `inward` shows every action with its name behind `?`.";

/// `docs/config.md`.
pub fn settings_markdown() -> String {
    let mut out = String::from(
        "# Settings\n\n\
         One optional TOML file; `inward paths` shows where it is looked for, `--config FILE` or\n\
         `INWARD_CONFIG` names another. What cannot be read becomes its default, with a warning\n\
         that names the line. [`assets/config.toml`](../assets/config.toml) holds everything\n\
         commented out. This page is made from the table in `src/config/settings.rs`.\n\n\
         | Setting | Default | Can be | Does |\n|---|---|---|---|\n",
    );
    for setting in settings() {
        // Writing to a String cannot fail.
        let _ = writeln!(
            out,
            "| `{}` | `{}` | {} | {} |",
            setting.name, setting.default, setting.values, setting.about
        );
    }
    let _ = write!(
        out,
        "\n## Spaces\n\n{SPACES}\n\n```toml\n{SPACE_EXAMPLE}```\n\n## Projects\n\n{PROJECTS}\n\n```toml\n{PROJECT_EXAMPLE}```\n\n## Keys\n\n{KEYS}\n\n```toml\n{KEYS_EXAMPLE}```\n"
    );
    out
}

const PROJECTS: &str = "\
Projects of your own, for `--by project`: folders of a repository, whole repositories, and what
trackers call them. A file belongs to the project with the deepest folder that holds it.";

const SPACE_EXAMPLE: &str = "[[space]]\nname = \"work\"\nfolders = [\"~/work\"]\n";
const PROJECT_EXAMPLE: &str = "\
[[project]]
name = \"shop\"
repo = \"mono\"
paths = [\"apps/shop/\", \"lib/cart/\"]
trackers = [\"SHOP\"]
";
const KEYS_EXAMPLE: &str = "[keys]\nrescan = [\"r\", \"f5\"]\n";

/// `assets/config.toml`: every setting with its default, commented out.
pub fn settings_toml() -> String {
    let mut out =
        String::from("# Settings of inward. Every line is optional; these are the defaults.\n");
    for setting in settings() {
        let _ = write!(
            out,
            "\n# {}\n# Can be: {}.\n# {} = {}\n",
            setting.about, setting.values, setting.name, setting.default
        );
    }
    for (words, example) in [
        (SPACES, SPACE_EXAMPLE),
        (PROJECTS, PROJECT_EXAMPLE),
        (KEYS, KEYS_EXAMPLE),
    ] {
        out.push('\n');
        for line in words.lines().chain(example.lines()) {
            let _ = writeln!(out, "# {line}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::path::Path;

    /// Set `INWARD_BLESS=1` to write the files instead of comparing them.
    fn held(name: &str, made: &str) {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        if std::env::var_os("INWARD_BLESS").is_some() {
            fs::write(&file, made).unwrap();
        }
        let found = fs::read_to_string(&file).unwrap_or_default();
        assert!(
            found == made,
            "{name} is not what the settings say: run INWARD_BLESS=1 cargo test --lib config::"
        );
    }

    #[test]
    fn the_documentation_says_what_the_settings_are() {
        held("docs/config.md", &settings_markdown());
    }

    #[test]
    fn the_commented_file_says_what_the_settings_are() {
        held("assets/config.toml", &settings_toml());
    }
}
