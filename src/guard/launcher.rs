//! A small parent that only waits, so that a locked dashboard can be started anew.
//!
//! Behind the lock no new path can be opened. When the owner adds one, the dashboard ([`Child`])
//! writes what it wants into a piece of shared memory and exits with [`AGAIN`]; the parent, which
//! reads nothing untrusted and never draws, lets its caller do it and starts the dashboard again with
//! the longer list. Of the lock it has the call filter, without what it needs to start programs. Where there is no lock ([`AVAILABLE`] is false), run the
//! dashboard directly.
//!
//! ```no_run
//! use inward::guard::launcher;
//! # fn dashboard(_: Option<launcher::Child>) -> i32 { 0 }
//! # fn register(_: launcher::Ask) -> Result<Option<std::path::PathBuf>, String> { Ok(None) }
//! // After `early()`, before any thread, lock or untrusted byte:
//! let code = match launcher::child() {
//!     None if launcher::AVAILABLE => launcher::run(&launcher::Hidden::default(), &mut register).map(launcher::Ended::finish),
//!     child => Ok(dashboard(child)),
//! };
//! ```

use std::path::PathBuf;

use zeroize::Zeroizing;

/// Whether this system has a launcher (it has one where it has a lock).
pub const AVAILABLE: bool = cfg!(target_os = "linux");

/// The exit code of a child that asks to be started again; never seen outside.
pub const AGAIN: i32 = 113;

/// What the dashboard wants done outside the lock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Register this path and allow it from the next start on; a file is opened by it.
    Add(PathBuf),
    /// Prepare the data folder and write this image of the in-memory store into it.
    Keep(Vec<u8>),
}

/// Does what the dashboard asks for; returns a file for the next start to open before its lock.
pub type Answer<'a> = dyn FnMut(Ask) -> Result<Option<PathBuf>, String> + 'a;

/// A key on its way to the dashboard: wiped when it is dropped, and never shown.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Hidden(Zeroizing<Vec<u8>>);

impl Hidden {
    /// Hides `bytes`.
    pub fn new(bytes: &[u8]) -> Self {
        Self(Zeroizing::new(bytes.to_vec()))
    }

    /// The key's bytes; none where there is no key.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl std::fmt::Debug for Hidden {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Hidden(..)")
    }
}

/// How the dashboard ended for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// By itself, with this code.
    Code(i32),
    /// By this signal.
    Signal(i32),
}

/// What goes from one start to the next.
#[cfg(any(target_os = "linux", test))]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Letter {
    pub(super) asks: Vec<Ask>,
    pub(super) state: Vec<u8>,
    pub(super) notice: String,
    /// Files that the next start opens before its lock.
    pub(super) files: Vec<PathBuf>,
    /// What opens the store; the dashboard need not ask again.
    pub(super) key: Hidden,
}

#[cfg(any(target_os = "linux", test))]
impl Letter {
    /// Records of `name length`, a line's end, and that many bytes.
    fn write(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let mut record = |name: &str, bytes: &[u8]| {
            out.extend_from_slice(format!("{name} {}\n", bytes.len()).as_bytes());
            out.extend_from_slice(bytes);
        };
        record("state", &self.state);
        record("notice", self.notice.as_bytes());
        record("key", self.key.bytes());
        for file in &self.files {
            record("file", &super::plain::bytes_of(file));
        }
        for ask in &self.asks {
            match ask {
                Ask::Add(path) => record("add", &super::plain::bytes_of(path)),
                Ask::Keep(image) => record("keep", image),
            }
        }
        out
    }

    /// What [`Letter::write`] wrote; `None` for anything else.
    fn read(mut bytes: &[u8]) -> Option<Self> {
        let mut letter = Self::default();
        while !bytes.is_empty() {
            let end = bytes.iter().take(40).position(|byte| *byte == b'\n')?;
            let head = std::str::from_utf8(bytes.get(..end)?).ok()?;
            let (name, length) = head.split_once(' ')?;
            let body = bytes.get(end + 1..)?;
            let (value, rest) = body.split_at_checked(length.parse().ok()?)?;
            match name {
                "state" => letter.state = value.to_vec(),
                "notice" => letter.notice = String::from_utf8(value.to_vec()).ok()?,
                "key" => letter.key = Hidden::new(value),
                "file" => letter.files.push(super::plain::path_of(value)),
                "add" => letter.asks.push(Ask::Add(super::plain::path_of(value))),
                "keep" => letter.asks.push(Ask::Keep(value.to_vec())),
                _ => return None,
            }
            bytes = rest;
        }
        Some(letter)
    }
}

#[cfg(target_os = "linux")]
#[path = "launcher_linux.rs"]
mod linux;
#[cfg(target_os = "linux")]
pub(super) use linux::inherited;
#[cfg(target_os = "linux")]
pub use linux::{Child, child, run};

#[cfg(not(target_os = "linux"))]
pub use elsewhere::{Child, child, run};

/// The same names where there is no launcher, so that callers need no conditions.
#[cfg(not(target_os = "linux"))]
mod elsewhere {
    use super::{Ask, Ended, PathBuf};
    use std::io;

    /// Never made on this system.
    #[derive(Debug)]
    pub enum Child {}

    impl Child {
        /// Unreachable: there is no child on this system.
        pub fn state(&self) -> &[u8] {
            match *self {}
        }
        /// Unreachable: there is no child on this system.
        pub fn notice(&self) -> Option<&str> {
            match *self {}
        }
        /// Unreachable: there is no child on this system.
        pub fn key(&self) -> &[u8] {
            match *self {}
        }
        /// Unreachable: there is no child on this system.
        pub fn files(&self) -> &[PathBuf] {
            match *self {}
        }
        /// Unreachable: there is no child on this system.
        pub fn ask(&mut self, _asks: Vec<Ask>, _state: &[u8]) -> io::Result<i32> {
            match *self {}
        }
    }

    /// `None`: no process is a child of a launcher here.
    pub fn child() -> Option<Child> {
        None
    }

    /// An error: run the dashboard directly.
    pub fn run(_key: &super::Hidden, _answer: &mut super::Answer<'_>) -> io::Result<Ended> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

#[cfg(not(target_os = "linux"))]
impl Ended {
    /// The exit code.
    pub fn finish(self) -> i32 {
        match self {
            Self::Code(code) => code,
            Self::Signal(signal) => 128 + signal,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_survives_the_way_whatever_it_holds() {
        let letter = Letter {
            asks: vec![
                Ask::Add("/a\nb 3\n".into()),
                Ask::Keep(vec![0, 10, 255]),
                Ask::Keep(vec![]),
            ],
            state: b"state 3\nxyz".to_vec(),
            notice: "not a folder".into(),
            files: vec!["/tmp/a b.csv".into()],
            key: Hidden::new(&[0, 10, 255]),
        };
        assert_eq!(Letter::read(&letter.write()), Some(letter));
        assert_eq!(Letter::read(b""), Some(Letter::default()));
    }

    #[test]
    fn a_torn_or_foreign_letter_is_none() {
        for bad in [
            &b"add 5\nabc"[..],
            b"run 1\nx",
            b"add\n",
            b"state 99999999999999999999\n",
            b"x",
        ] {
            assert_eq!(Letter::read(bad), None, "{}", bad.escape_ascii());
        }
    }
}
