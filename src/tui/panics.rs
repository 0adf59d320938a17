//! What happens when the program itself is wrong: the terminal comes back, and the message says
//! where, never what. A panic's payload may quote a path, a title or an address.

use std::cell::RefCell;
use std::io::Write;
use std::panic::{self, AssertUnwindSafe};
use std::sync::OnceLock;
use std::thread::{self, ThreadId};

use super::terminal;

thread_local! {
    static WHERE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// The thread that draws: only it may give the terminal back.
static DRAWING: OnceLock<ThreadId> = OnceLock::new();

/// Puts the hook in place; to be called once, first thing in the program.
///
/// On the thread that draws, and on any thread while nothing is drawn, the terminal is restored
/// and one line with the place in the source goes to stderr. On a background thread the place is
/// only kept, for `guarded` to hand on.
pub fn install() {
    panic::set_hook(Box::new(|info| {
        let place = info
            .location()
            .map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
        let here = thread::current().id();
        let behind = terminal::is_up() && DRAWING.get().is_some_and(|id| *id != here);
        if behind {
            WHERE.with(|slot| *slot.borrow_mut() = Some(place));
            return;
        }
        terminal::leave();
        // A closed stderr is no reason to panic again.
        writeln!(
            std::io::stderr(),
            "inward: internal error at {place}; nothing that was stored is lost. Start it again; \
             if it happens again, report this line."
        )
        .ok();
    }));
}

/// Marks the calling thread as the one that draws.
pub(super) fn this_thread_draws() {
    // A second dashboard in one process (tests) draws on the thread of the first.
    DRAWING.set(thread::current().id()).ok();
}

/// Runs `work`; a panic inside becomes `Err` with its place in the source (file, line, column).
pub(super) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|payload| {
        // The payload is dropped unread: it may quote what it was working on.
        drop(payload);
        WHERE
            .with(|slot| slot.borrow_mut().take())
            .unwrap_or_else(|| "an unknown place".to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_that_panics_is_an_error_and_its_words_are_gone() {
        let outcome = guarded(|| -> u8 { panic!("the secret title") });
        assert!(!outcome.unwrap_err().contains("secret"));
        assert_eq!(guarded(|| 7), Ok(7));
    }
}
