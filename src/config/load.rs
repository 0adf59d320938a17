//! Flags, environment and file to one [`Config`].

use std::fs::File;
use std::io::Read;
use std::ops::Deref;
use std::path::{Path, PathBuf};

use super::paths;
use super::read::{self, Parsed};
use super::space::{DEFAULT_SPACE, space_here, space_name};
use super::{ColorChoice, Env, Values};

/// What the command line says.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// `--data-dir`.
    pub data_dir: Option<PathBuf>,
    /// `--config`.
    pub config_file: Option<PathBuf>,
    /// `--space`.
    pub space: Option<String>,
    /// `--color`.
    pub color: Option<ColorChoice>,
    /// `--plain`: text, never the dashboard.
    pub plain: bool,
}

/// Everything the program needs to know about itself. [`Values`] are reached through it:
/// `config.week_start`.
#[derive(Clone, Debug)]
pub struct Config {
    /// The data folder of all spaces.
    pub base_dir: PathBuf,
    /// The data folder of this space; equals `base_dir` for the default space.
    pub data_dir: PathBuf,
    /// The store.
    pub store: PathBuf,
    /// The list of registered repositories and folders.
    pub roots: PathBuf,
    /// The settings file, whether it exists or not; `None` without a home.
    pub config_file: Option<PathBuf>,
    /// This space's name.
    pub space: String,
    /// `--color`, if given.
    pub color_flag: Option<ColorChoice>,
    /// `--plain`.
    pub plain: bool,
    /// The settings.
    pub values: Values,
    /// What was wrong, in the order of lines.
    pub warnings: Vec<ConfigWarning>,
}

impl Config {
    /// Lets everything that is kept lie below another data folder.
    pub fn move_to(&mut self, base_dir: PathBuf) {
        self.data_dir = paths::space_dir(&base_dir, &self.space);
        self.store = self.data_dir.join("inward.db");
        self.roots = self.data_dir.join("roots.toml");
        self.base_dir = base_dir;
    }
}

impl Deref for Config {
    type Target = Values;
    fn deref(&self) -> &Values {
        &self.values
    }
}

/// One thing in the settings file that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("settings{}: {what}", .line.map(|n| format!(", line {n}")).unwrap_or_default())]
pub struct ConfigWarning {
    /// The line, from 1; `None` when it is about the whole file.
    pub line: Option<usize>,
    /// What is wrong, what counts instead.
    pub what: String,
}

/// Why there is no configuration at all.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// Neither a home nor a named folder.
    #[error("no data folder: HOME is not set. Name one with --data-dir or INWARD_DATA_DIR")]
    NoHome,
    /// A name that cannot be a folder.
    #[error(
        "the space {0:?} is no fit name: use up to 40 letters, digits, - and _, starting with a letter or digit"
    )]
    SpaceName(String),
}

/// The configuration. A missing file means defaults; whatever cannot be taken is a warning.
pub fn load(overrides: &Overrides, env: &Env) -> Result<Config, ConfigError> {
    let config_file = paths::config_file(overrides, env);
    let text = config_file.as_deref().map_or(Text::Missing, text_of);
    let parsed = match text {
        Text::Missing => Parsed::default(),
        Text::Found(text) => read::parse(&text, env),
        Text::Unreadable(why) => Parsed::unreadable(&why),
    };
    let space = match &overrides.space {
        Some(name) => space_name(name).ok_or_else(|| ConfigError::SpaceName(name.clone()))?,
        None => space_here(&parsed.spaces, env).unwrap_or_else(|| DEFAULT_SPACE.to_owned()),
    };
    let base_dir = paths::base_dir(overrides, env).ok_or(ConfigError::NoHome)?;
    let data_dir = paths::space_dir(&base_dir, &space);
    Ok(Config {
        store: data_dir.join("inward.db"),
        roots: data_dir.join("roots.toml"),
        base_dir,
        data_dir,
        config_file,
        space,
        color_flag: overrides.color,
        plain: overrides.plain,
        values: parsed.values,
        warnings: parsed.warnings,
    })
}

/// The largest settings file that is read, in bytes.
const FILE_BYTES: u64 = 1 << 20;

enum Text {
    Missing,
    Found(String),
    Unreadable(String),
}

fn text_of(file: &Path) -> Text {
    let read = || -> std::io::Result<String> {
        if !std::fs::metadata(file)?.is_file() {
            return Err(std::io::Error::other("not a file"));
        }
        let mut text = String::new();
        File::open(file)?
            .take(FILE_BYTES + 1)
            .read_to_string(&mut text)?;
        if text.len() as u64 > FILE_BYTES {
            return Err(std::io::Error::other("larger than 1 MiB"));
        }
        Ok(text)
    };
    match read() {
        Ok(text) => Text::Found(text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Text::Missing,
        Err(error) => Text::Unreadable(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_file_means_defaults_and_standard_folders() {
        let home = tempfile::tempdir().unwrap();
        let env = Env::new([], home.path());
        let config = load(&Overrides::default(), &env).unwrap();
        assert_eq!(config.values, Values::default());
        assert!(config.warnings.is_empty());
        assert_eq!(
            config.store,
            home.path().join(".local/share/inward/inward.db")
        );
        assert_eq!(config.space, "default");
    }

    #[test]
    fn the_flag_beats_the_variable_which_beats_the_standard_folder() {
        let env = Env::new(
            [("INWARD_DATA_DIR", "/v"), ("INWARD_CONFIG", "/c.toml")],
            Path::new("/h"),
        );
        let mut overrides = Overrides::default();
        assert_eq!(load(&overrides, &env).unwrap().data_dir, Path::new("/v"));
        overrides.data_dir = Some("d".into());
        let config = load(&overrides, &env).unwrap();
        assert_eq!(config.data_dir, Path::new("/h/d"));
        assert_eq!(config.config_file.as_deref(), Some(Path::new("/c.toml")));
    }

    #[test]
    fn a_space_is_another_folder_and_a_bad_name_is_refused() {
        let env = Env::new([("INWARD_DATA_DIR", "/v")], Path::new("/h"));
        let space = |name: &str| {
            let overrides = Overrides {
                space: Some(name.to_owned()),
                ..Overrides::default()
            };
            load(&overrides, &env)
        };
        assert_eq!(
            space("Office").unwrap().store,
            Path::new("/v/spaces/office/inward.db")
        );
        assert_eq!(space("default").unwrap().data_dir, Path::new("/v"));
        assert!(matches!(space("../x"), Err(ConfigError::SpaceName(_))));
    }

    #[test]
    fn a_folder_rule_names_the_space_and_the_flag_beats_it() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("c.toml");
        std::fs::write(&file, "[[space]]\nname = \"work\"\nfolders = [\"~/job\"]\n").unwrap();
        let job = home.path().join("job/api");
        std::fs::create_dir_all(&job).unwrap();
        let env = Env::new([], home.path()).in_folder(&job);
        let mut overrides = Overrides {
            config_file: Some(file),
            ..Overrides::default()
        };
        assert_eq!(load(&overrides, &env).unwrap().space, "work");
        overrides.space = Some("default".into());
        assert_eq!(load(&overrides, &env).unwrap().space, "default");
    }

    #[test]
    fn without_a_home_a_data_folder_must_be_named() {
        let nobody = Env::default();
        assert_eq!(
            load(&Overrides::default(), &nobody).unwrap_err(),
            ConfigError::NoHome
        );
    }

    #[test]
    fn a_folder_in_place_of_the_file_is_a_warning_and_the_defaults() {
        let home = tempfile::tempdir().unwrap();
        let overrides = Overrides {
            config_file: Some(home.path().to_owned()),
            ..Overrides::default()
        };
        let config = load(&overrides, &Env::new([], home.path())).unwrap();
        assert_eq!(config.values, Values::default());
        assert_eq!(config.warnings.len(), 1);
    }
}
