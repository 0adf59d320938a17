//! A path as people give it to a program: typed, pasted, or dropped on a terminal.

use std::path::PathBuf;

use super::Env;

impl Env {
    /// The path that `text` means: without quotes around it, of a `file://` address the path, with
    /// escaped characters plain, and absolute. Text that is a path as it stands is left alone.
    pub fn typed_path(&self, text: &str) -> PathBuf {
        let text = text.lines().next().unwrap_or_default().trim();
        let as_is = self.absolute(&PathBuf::from(text));
        if as_is.exists() {
            return as_is;
        }
        let quoted = ['\'', '"'].into_iter().find_map(|quote| {
            let inner = text.strip_prefix(quote)?;
            inner.strip_suffix(quote)
        });
        let text = quoted.unwrap_or(text);
        let plain = match address(text) {
            Some(path) => path,
            None if quoted.is_none() && cfg!(unix) => unescaped(text),
            None => text.to_owned(),
        };
        self.absolute(&PathBuf::from(plain))
    }

    /// Where exports usually arrive: the folders for downloads and of the desktop, the home, and
    /// the folder one stands in.
    pub fn usual_folders(&self) -> Vec<PathBuf> {
        let Some(home) = self.home() else {
            return vec![self.cwd().to_owned()];
        };
        let user = directories::UserDirs::new().filter(|user| user.home_dir() == home);
        let named = |path: Option<&std::path::Path>, usual: &str| {
            path.map_or_else(|| home.join(usual), ToOwned::to_owned)
        };
        vec![
            named(
                user.as_ref().and_then(|one| one.download_dir()),
                "Downloads",
            ),
            named(user.as_ref().and_then(|one| one.desktop_dir()), "Desktop"),
            home.to_owned(),
            self.cwd().to_owned(),
        ]
    }
}

/// The path of a `file://` address of this machine.
fn address(text: &str) -> Option<String> {
    let rest = text.strip_prefix("file://")?;
    let path = rest.strip_prefix("localhost").unwrap_or(rest);
    if !path.starts_with('/') {
        return None;
    }
    let mut bytes = Vec::with_capacity(path.len());
    let mut from = path.bytes();
    while let Some(byte) = from.next() {
        let mut ahead = from.clone();
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
        let decoded = match (byte, digit(ahead.next()), digit(ahead.next())) {
            (b'%', Some(high), Some(low)) => u8::try_from(high * 16 + low).ok(),
            _ => None,
        };
        if decoded.is_some() {
            from = ahead;
        }
        bytes.push(decoded.unwrap_or(byte));
    }
    String::from_utf8(bytes).ok()
}

/// `text` with every escaped character plain.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = text.chars();
    while let Some(c) = from.next() {
        match c {
            '\\' => out.extend(from.next()),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn a_path_is_understood_as_terminals_and_file_managers_give_it() {
        let env = Env::new([], Path::new("/home/ada")).in_folder(Path::new("/code"));
        let means = |text: &str, path: &str| {
            assert_eq!(env.typed_path(text), Path::new(path), "{text}");
        };
        means(" /a/b.csv\n", "/a/b.csv");
        means("'/a/b c.csv'", "/a/b c.csv");
        means("\"/a/b c.csv\" ", "/a/b c.csv");
        means("~/Downloads/x.json", "/home/ada/Downloads/x.json");
        means("'~/x.json'", "/home/ada/x.json");
        means("file:///a/b%20c%C3%A9.csv", "/a/b cé.csv");
        means("file://localhost/a/100%.csv", "/a/100%.csv");
        means("x.csv", "/code/x.csv");
        means("/one.csv\n/two.csv", "/one.csv");
        if cfg!(unix) {
            means("/a/b\\ c\\(1\\).csv", "/a/b c(1).csv");
        }
    }

    #[test]
    fn a_name_with_odd_characters_that_is_there_is_taken_as_it_stands() {
        let home = tempfile::tempdir().unwrap();
        let env = Env::new([], home.path());
        for name in ["it's 'quoted'", "'whole'", "a%20b"] {
            std::fs::write(home.path().join(name), "x").unwrap();
            assert_eq!(env.typed_path(name), home.path().join(name));
        }
    }

    #[test]
    fn the_usual_folders_lie_below_the_home_and_where_one_stands() {
        let env = Env::new([], Path::new("/home/nobody-here")).in_folder(Path::new("/code"));
        let folders = env.usual_folders();
        assert_eq!(folders[0], Path::new("/home/nobody-here/Downloads"));
        assert_eq!(folders[3], Path::new("/code"));
    }
}
