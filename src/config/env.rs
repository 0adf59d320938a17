//! The environment, read once. Everything that depends on a variable gets it from here.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// What the process was started with: variables, home, working folder, standard folders.
#[derive(Clone, Debug, Default)]
pub struct Env {
    vars: BTreeMap<String, OsString>,
    home: Option<PathBuf>,
    cwd: PathBuf,
    config_dir: Option<PathBuf>,
    data_dir: Option<PathBuf>,
}

impl Env {
    /// The real environment. The one place in the house that reads it.
    ///
    /// Without `HOME` there is no home: asking the user database could open a socket.
    pub fn capture() -> Self {
        let vars: BTreeMap<String, OsString> = std::env::vars_os()
            .filter_map(|(name, value)| name.into_string().ok().map(|name| (name, value)))
            .collect();
        let cwd = std::env::current_dir().unwrap_or_default();
        let named_home = cfg!(windows) || vars.get("HOME").is_some_and(|home| !home.is_empty());
        let base = directories::BaseDirs::new().filter(|_| named_home);
        let project = directories::ProjectDirs::from("", "", "inward").filter(|_| named_home);
        Self {
            vars,
            home: base.map(|dirs| dirs.home_dir().to_owned()),
            cwd,
            config_dir: project.as_ref().map(|dirs| dirs.config_dir().to_owned()),
            // Local, never roaming: a roaming profile is copied to the employer's server.
            data_dir: project.map(|dirs| dirs.data_local_dir().to_owned()),
        }
    }

    /// An environment made of exactly these parts, with XDG's default folders below `home`.
    pub fn new<'a>(vars: impl IntoIterator<Item = (&'a str, &'a str)>, home: &Path) -> Self {
        Self {
            vars: vars
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value.into()))
                .collect(),
            home: Some(home.to_owned()),
            cwd: home.to_owned(),
            config_dir: Some(home.join(".config/inward")),
            data_dir: Some(home.join(".local/share/inward")),
        }
    }

    /// The same environment in another working folder.
    #[must_use]
    pub fn in_folder(mut self, cwd: &Path) -> Self {
        cwd.clone_into(&mut self.cwd);
        self
    }

    /// The variable's value; `None` when unset or not UTF-8.
    pub fn var(&self, name: &str) -> Option<&str> {
        self.vars.get(name).and_then(|value| value.to_str())
    }

    /// The variable's exact value.
    pub fn var_os(&self, name: &str) -> Option<&OsStr> {
        self.vars.get(name).map(OsString::as_os_str)
    }

    /// The variable as a path; `None` when unset or empty.
    pub fn path(&self, name: &str) -> Option<PathBuf> {
        self.var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    }

    /// The home folder, if there is one.
    pub fn home(&self) -> Option<&Path> {
        self.home.as_deref()
    }

    /// The working folder; empty when it is gone.
    pub fn cwd(&self) -> &Path {
        &self.cwd
    }

    /// Where settings lie unless told otherwise.
    pub(crate) fn config_dir(&self) -> Option<&Path> {
        self.config_dir.as_deref()
    }

    /// Where data lies unless told otherwise.
    pub(crate) fn data_dir(&self) -> Option<&Path> {
        self.data_dir.as_deref()
    }

    /// `path` made absolute: `~/` is the home, anything relative lies in the working folder.
    pub fn absolute(&self, path: &Path) -> PathBuf {
        match (path.strip_prefix("~"), self.home()) {
            (Ok(rest), Some(home)) => home.join(rest),
            _ => self.cwd.join(path),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tilde_is_the_home_and_a_relative_path_lies_here() {
        let env = Env::new([], Path::new("/home/ada")).in_folder(Path::new("/code"));
        assert_eq!(env.absolute(Path::new("~/x")), Path::new("/home/ada/x"));
        assert_eq!(env.absolute(Path::new("x")), Path::new("/code/x"));
        assert_eq!(env.absolute(Path::new("/x")), Path::new("/x"));
    }

    #[test]
    fn an_empty_variable_is_no_path() {
        let env = Env::new([("A", ""), ("B", "/b")], Path::new("/h"));
        assert_eq!(env.path("A"), None);
        assert_eq!(env.path("B"), Some(PathBuf::from("/b")));
    }
}
