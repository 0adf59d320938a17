//! Asking for a passphrase on the terminal itself, without showing it.
//!
//! The terminal is read key by key, so that Ctrl-C comes as a key and echo is given back on every
//! path; a signal from outside ends the question through `stop`.

use std::io;

use zeroize::Zeroizing;

/// The longest passphrase, in bytes.
const LONGEST: usize = 1024;

/// Why there is no passphrase.
#[derive(Debug, thiserror::Error)]
pub enum NotAsked {
    /// Nobody sits there.
    #[error("a passphrase is asked on a terminal only")]
    NoTerminal,
    /// Ctrl-C, Ctrl-D on an empty line, or a signal.
    #[error("interrupted")]
    Interrupted,
    /// The system refused.
    #[error("the terminal cannot be read: {0}")]
    Io(#[from] io::Error),
}

/// The owner's terminal, silent as long as this lives: what is typed early is not shown either.
#[derive(Debug)]
pub struct Asking {
    #[cfg(unix)]
    tty: std::fs::File,
    #[cfg(unix)]
    _quiet: unix::Quiet,
}

#[cfg(unix)]
impl Asking {
    /// Begins to ask. Keys typed before are thrown away.
    ///
    /// # Errors
    /// [`NotAsked::NoTerminal`] unless standard input is a terminal.
    pub fn begin() -> Result<Self, NotAsked> {
        use io::IsTerminal as _;

        if !io::stdin().is_terminal() {
            return Err(NotAsked::NoTerminal);
        }
        let mut both = std::fs::File::options();
        let tty = both.read(true).write(true).open("/dev/tty");
        let tty = tty.map_err(|_none| NotAsked::NoTerminal)?;
        let quiet = unix::Quiet::on(&tty)?;
        Ok(Self { tty, _quiet: quiet })
    }

    /// Asks `question` and reads one line unseen; `stop` is looked at ten times a second.
    ///
    /// # Errors
    /// When it is interrupted, or the terminal is gone.
    pub fn ask(
        &mut self,
        question: &str,
        stop: &dyn Fn() -> bool,
    ) -> Result<Zeroizing<Vec<u8>>, NotAsked> {
        use io::{Read as _, Write as _};

        self.tty.write_all(question.as_bytes())?;
        // Made once: a vector that grew would leave what it held behind.
        let mut line = Zeroizing::new(Vec::with_capacity(LONGEST));
        let mut byte = Zeroizing::new([0]);
        let end = loop {
            if stop() {
                break Err(NotAsked::Interrupted);
            }
            match self.tty.read(byte.as_mut_slice()) {
                Ok(0) => {}
                Ok(_) => match take(&mut line, byte[0]) {
                    Some(Key::End) => break Ok(()),
                    Some(Key::Stop) => break Err(NotAsked::Interrupted),
                    None => {}
                },
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => break Err(error.into()),
            }
        };
        self.tty.write_all(b"\n")?;
        end.map(|()| line)
    }
}

#[cfg(not(unix))]
impl Asking {
    /// Refuses: there is no such terminal here.
    ///
    /// # Errors
    /// Always.
    pub fn begin() -> Result<Self, NotAsked> {
        Err(NotAsked::NoTerminal)
    }

    /// Refuses.
    ///
    /// # Errors
    /// Always.
    pub fn ask(
        &mut self,
        _question: &str,
        _stop: &dyn Fn() -> bool,
    ) -> Result<Zeroizing<Vec<u8>>, NotAsked> {
        Err(NotAsked::NoTerminal)
    }
}

/// What a key means beside a letter.
#[cfg(any(unix, test))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    End,
    Stop,
}

/// Takes one byte from the terminal into the line.
#[cfg(any(unix, test))]
fn take(line: &mut Vec<u8>, byte: u8) -> Option<Key> {
    match byte {
        // Ctrl-C, Ctrl-\, Ctrl-Z.
        0x03 | 0x1c | 0x1a => return Some(Key::Stop),
        0x04 if line.is_empty() => return Some(Key::Stop),
        0x04 | b'\n' | b'\r' => return Some(Key::End),
        // Backspace takes a whole character.
        0x08 | 0x7f => while line.pop().is_some_and(|gone| gone & 0xc0 == 0x80) {},
        // Ctrl-U begins anew.
        0x15 => line.clear(),
        _ if line.len() < LONGEST => line.push(byte),
        _ => {}
    }
    None
}

#[cfg(unix)]
mod unix {
    use std::fs::File;
    use std::io;

    use rustix::termios::{
        LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr,
    };

    /// The terminal without echo, as long as it lives.
    #[derive(Debug)]
    pub(super) struct Quiet {
        tty: File,
        before: Termios,
    }

    impl Quiet {
        pub(super) fn on(tty: &File) -> io::Result<Self> {
            let before = tcgetattr(tty)?;
            let mut quiet = before.clone();
            quiet.local_modes.remove(
                LocalModes::ECHO | LocalModes::ECHONL | LocalModes::ICANON | LocalModes::ISIG,
            );
            // A read comes back after a tenth of a second without a key.
            quiet.special_codes[SpecialCodeIndex::VMIN] = 0;
            quiet.special_codes[SpecialCodeIndex::VTIME] = 1;
            let tty = tty.try_clone()?;
            tcsetattr(&tty, OptionalActions::Flush, &quiet)?;
            Ok(Self { tty, before })
        }
    }

    impl Drop for Quiet {
        fn drop(&mut self) {
            // What was typed after the line belongs to whoever reads next.
            let _ = tcsetattr(&self.tty, OptionalActions::Now, &self.before);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(keys: &[u8]) -> (Vec<u8>, Option<Key>) {
        let mut line = Vec::new();
        let end = keys.iter().find_map(|key| take(&mut line, *key));
        (line, end)
    }

    #[test]
    fn a_line_is_mended_as_on_a_terminal() {
        assert_eq!(typed(b"abc\x7fd\r"), (b"abd".to_vec(), Some(Key::End)));
        let umlaut = "a\u{fc}\u{7f}b\n";
        assert_eq!(typed(umlaut.as_bytes()), (b"ab".to_vec(), Some(Key::End)));
        assert_eq!(typed(b"wrong\x15right\n").0, b"right");
        assert_eq!(typed(b"\x7fa\n").0, b"a");
    }

    #[test]
    fn ctrl_c_and_the_end_of_input_stop_it() {
        assert_eq!(typed(b"abc\x03").1, Some(Key::Stop));
        assert_eq!(typed(b"\x04").1, Some(Key::Stop));
        assert_eq!(typed(b"a\x04").1, Some(Key::End));
    }

    #[test]
    fn a_line_never_grows_past_its_room() {
        let mut line = Vec::with_capacity(LONGEST);
        for _ in 0..2 * LONGEST {
            assert_eq!(take(&mut line, b'x'), None);
        }
        assert_eq!((line.len(), line.capacity()), (LONGEST, LONGEST));
    }
}
