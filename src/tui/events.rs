//! One thread that reads the keyboard and hands on what a page can use.

use std::io;
use std::sync::mpsc::Sender;
use std::thread;

use ratatui::crossterm::event::{self, Event, KeyEvent, MouseEvent};

use super::run::Incoming;

/// What the owner did at the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A key went down.
    Key(KeyEvent),
    /// The mouse, only while captured.
    Mouse(MouseEvent),
    /// A text was pasted, while the program asks for it to be marked.
    Paste(String),
    /// The window has another size.
    Resize,
}

/// Starts the reading thread. It ends when nobody listens any more, or with
/// [`Incoming::InputLost`] when the terminal is gone.
///
/// # Errors
/// When the system has no thread left.
pub(super) fn listen<E: Send + 'static>(to: Sender<Incoming<E>>) -> io::Result<()> {
    // Not joined: it sits in a read that only the terminal can end.
    thread::Builder::new()
        .name("input".to_owned())
        .spawn(move || {
            loop {
                // Why it failed does not matter: without input the program can only end.
                let read = event::read();
                let last = read.is_err();
                let incoming = match read.map(useful) {
                    Ok(None) => continue,
                    Ok(Some(input)) => Incoming::Input(input),
                    Err(_) => Incoming::InputLost,
                };
                if to.send(incoming).is_err() || last {
                    return;
                }
            }
        })
        .map(drop)
}

/// Key presses (not releases or repeats), mouse, paste and new sizes; nothing else.
fn useful(event: Event) -> Option<Input> {
    match event {
        Event::Key(key) if key.is_press() => Some(Input::Key(key)),
        Event::Mouse(mouse) => Some(Input::Mouse(mouse)),
        Event::Paste(text) => Some(Input::Paste(text)),
        Event::Resize(..) => Some(Input::Resize),
        Event::Key(_) | Event::FocusGained | Event::FocusLost => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::crossterm::event::{KeyCode, KeyEventKind, KeyModifiers};

    #[test]
    fn only_the_press_of_a_key_counts() {
        let key = |kind| {
            Event::Key(KeyEvent::new_with_kind(
                KeyCode::Char('q'),
                KeyModifiers::NONE,
                kind,
            ))
        };
        assert!(useful(key(KeyEventKind::Press)).is_some());
        assert!(useful(key(KeyEventKind::Release)).is_none());
        assert!(useful(key(KeyEventKind::Repeat)).is_none());
        assert!(useful(Event::FocusGained).is_none());
    }
}
