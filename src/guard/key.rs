//! One key from the terminal, without waiting for Enter.

use std::io;

/// A terminal that hands out keys as they come; given back as it was when this is dropped.
#[cfg(unix)]
pub struct Keys {
    before: rustix::termios::Termios,
}

#[cfg(unix)]
impl Keys {
    /// Begins: before the question is shown, so that no key of a quick finger is taken otherwise.
    ///
    /// # Errors
    /// When standard input is no terminal.
    pub fn begin() -> io::Result<Self> {
        use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
        let stdin = rustix::stdio::stdin();
        let before = tcgetattr(stdin)?;
        let mut raw = before.clone();
        raw.local_modes -= LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG;
        tcsetattr(stdin, OptionalActions::Now, &raw)?;
        Ok(Self { before })
    }

    /// The next key as the terminal sends it; `None` at the end of the input. Ctrl-C is a key like
    /// the others here (3).
    ///
    /// # Errors
    /// When standard input cannot be read.
    pub fn take(&self) -> io::Result<Option<u8>> {
        let mut key = [0];
        let read = rustix::io::retry_on_intr(|| rustix::io::read(rustix::stdio::stdin(), &mut key));
        Ok((read? == 1).then_some(key[0]))
    }
}

#[cfg(unix)]
impl Drop for Keys {
    fn drop(&mut self) {
        use rustix::termios::{OptionalActions, tcsetattr};
        let stdin = rustix::stdio::stdin();
        // A terminal that is gone needs nothing given back.
        let _gone = tcsetattr(stdin, OptionalActions::Now, &self.before);
    }
}

/// No terminal hands out single keys here: they come with Enter.
#[cfg(not(unix))]
pub struct Keys;

#[cfg(not(unix))]
impl Keys {
    /// An error.
    pub fn begin() -> io::Result<Self> {
        Err(io::ErrorKind::Unsupported.into())
    }

    /// Never called.
    pub fn take(&self) -> io::Result<Option<u8>> {
        Ok(None)
    }
}
