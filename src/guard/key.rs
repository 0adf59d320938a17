//! One key from the terminal, without waiting for Enter.

use std::io;

/// The next key as the terminal sends it; `None` at the end of the input. Ctrl-C is a key like the
/// others here (3), so that the terminal is always given back as it was.
///
/// # Errors
/// When standard input is no terminal, or cannot be read.
#[cfg(unix)]
pub fn one_key() -> io::Result<Option<u8>> {
    use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};

    let stdin = rustix::stdio::stdin();
    let before = tcgetattr(stdin)?;
    let mut raw = before.clone();
    raw.local_modes -= LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG;
    tcsetattr(stdin, OptionalActions::Now, &raw)?;
    let mut key = [0];
    let read = rustix::io::retry_on_intr(|| rustix::io::read(stdin, &mut key));
    tcsetattr(stdin, OptionalActions::Now, &before)?;
    Ok((read? == 1).then_some(key[0]))
}

/// An error: keys come with Enter here.
#[cfg(not(unix))]
pub fn one_key() -> io::Result<Option<u8>> {
    Err(io::ErrorKind::Unsupported.into())
}
