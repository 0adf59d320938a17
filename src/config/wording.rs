//! The owner's wording templates: plain, capped text out of one folder beside the settings.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::Config;
use crate::model::draft::OwnTemplate;
use crate::model::text::Clean;

/// The largest template that is read, in bytes.
const FILE_BYTES: u64 = 64 << 10;

/// Files looked at in the folder; there are ten names.
const FILES: usize = 100;

impl Config {
    /// The folder of the owner's wording templates, beside the settings file, whether it exists or
    /// not; `None` without a home.
    pub fn wording_dir(&self) -> Option<PathBuf> {
        let folder = self.config_file.as_deref()?.parent()?;
        Some(folder.join("wording"))
    }

    /// The templates in that folder (`.md`), by name; none where there is no folder. To be
    /// called before the lock.
    pub fn wording_files(&self) -> Vec<OwnTemplate> {
        self.wording_dir().map_or_else(Vec::new, |dir| files(&dir))
    }
}

fn files(folder: &Path) -> Vec<OwnTemplate> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| is_template(path))
        .take(FILES)
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| OwnTemplate {
            file: shown_name(path),
            text: text(folder, path).map_err(|error| error.to_string()),
        })
        .collect()
}

fn is_template(path: &Path) -> bool {
    let hidden = shown_name(path).starts_with('.');
    let ending = path.extension().and_then(|ending| ending.to_str());
    !hidden && ending == Some("md")
}

fn shown_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Clean::label(name.as_bytes()).to_string()
}

/// The text of a regular file that lies in `folder`, whatever links lead to it.
fn text(folder: &Path, path: &Path) -> io::Result<String> {
    let real = path.canonicalize()?;
    if !real.starts_with(folder.canonicalize()?) {
        return Err(io::Error::other("a link that leads out of the folder"));
    }
    if !real.metadata()?.is_file() {
        return Err(io::Error::other("not a regular file"));
    }
    let mut bytes = Vec::new();
    File::open(&real)?
        .take(FILE_BYTES + 1)
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > FILE_BYTES {
        return Err(io::Error::other("larger than 64 KiB"));
    }
    String::from_utf8(bytes).map_err(|error| {
        let good = error
            .as_bytes()
            .iter()
            .take(error.utf8_error().valid_up_to());
        let line = 1 + good.filter(|byte| **byte == b'\n').count();
        io::Error::other(format!("line {line} is not UTF-8"))
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Env, Overrides, load};
    use super::*;

    fn config(home: &Path) -> Config {
        load(&Overrides::default(), &Env::new([], home)).unwrap()
    }

    fn folder(home: &Path) -> PathBuf {
        let folder = home.join(".config/inward/wording");
        std::fs::create_dir_all(&folder).unwrap();
        folder
    }

    #[test]
    fn without_the_folder_there_are_no_files() {
        let home = tempfile::tempdir().unwrap();
        let config = config(home.path());
        assert_eq!(
            config.wording_dir(),
            Some(home.path().join(".config/inward/wording"))
        );
        assert_eq!(config.wording_files(), []);
    }

    #[test]
    fn the_folder_lies_beside_the_settings_that_are_named() {
        let env = Env::new([("INWARD_CONFIG", "/etc/mine/c.toml")], Path::new("/h"));
        let config = load(&Overrides::default(), &env).unwrap();
        assert_eq!(
            config.wording_dir().unwrap(),
            Path::new("/etc/mine/wording")
        );
    }

    #[test]
    fn templates_are_read_by_name_and_other_files_left_alone() {
        let home = tempfile::tempdir().unwrap();
        let folder = folder(home.path());
        for name in [
            "week.txt",
            "week.md",
            "standup.md",
            "notes.org",
            ".standup.md",
            "week.md~",
        ] {
            std::fs::write(folder.join(name), name).unwrap();
        }
        let files = config(home.path()).wording_files();
        let read: Vec<_> = files
            .iter()
            .map(|file| (file.file.as_str(), file.text.as_deref()))
            .collect();
        assert_eq!(
            read,
            [("standup.md", Ok("standup.md")), ("week.md", Ok("week.md"))]
        );
    }

    #[test]
    fn a_file_that_is_no_small_text_is_named_with_the_cause() {
        let home = tempfile::tempdir().unwrap();
        let folder = folder(home.path());
        std::fs::write(folder.join("a.md"), vec![b'x'; 64 << 10]).unwrap();
        std::fs::write(folder.join("b.md"), vec![b'x'; (64 << 10) + 1]).unwrap();
        std::fs::write(folder.join("c.md"), b"one\n\xff").unwrap();
        std::fs::create_dir(folder.join("d.md")).unwrap();
        let texts: Vec<_> = config(home.path())
            .wording_files()
            .into_iter()
            .map(|file| file.text)
            .collect();
        assert!(texts[0].is_ok());
        let why = |text: &str| Err(text.to_owned());
        assert_eq!(
            texts[1..],
            [
                why("larger than 64 KiB"),
                why("line 2 is not UTF-8"),
                why("not a regular file")
            ]
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_link_out_of_the_folder_is_not_followed() {
        let home = tempfile::tempdir().unwrap();
        let folder = folder(home.path());
        std::fs::write(home.path().join("secret"), "x").unwrap();
        std::fs::write(folder.join("week.md"), "in").unwrap();
        std::os::unix::fs::symlink("week.md", folder.join("month.md")).unwrap();
        std::os::unix::fs::symlink("../../../secret", folder.join("standup.md")).unwrap();
        let files = config(home.path()).wording_files();
        let text = |name: &str| {
            files
                .iter()
                .find(|file| file.file == name)
                .unwrap()
                .text
                .clone()
        };
        assert_eq!(text("month.md"), Ok("in".to_owned()));
        assert_eq!(
            text("standup.md"),
            Err("a link that leads out of the folder".to_owned())
        );
    }
}
