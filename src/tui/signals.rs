//! Signals as messages.
//!
//! Each handler sets a flag and writes one byte into a plain pipe. signal-hook's own iterator
//! wakes its reader by `send` on a socket, which the lock-down refuses; `write` it allows, so
//! this works whether the lock comes before or after. For the same reason a new window size is
//! taken from here too, and not only from the terminal library.

use std::io::{self, Read};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use ratatui::crossterm::terminal::disable_raw_mode;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::{flag, low_level};

use super::run::{Incoming, Signal};
use crate::guard::process;

/// How long the main loop may take to end in good order.
const GRACE: Duration = Duration::from_secs(3);

const WATCHED: [(i32, Signal); 6] = [
    (SIGTERM, Signal::End(143)),
    (SIGHUP, Signal::End(129)),
    (SIGINT, Signal::End(130)),
    (SIGTSTP, Signal::Suspend),
    (SIGCONT, Signal::Continued),
    (SIGWINCH, Signal::Resized),
];

/// Set by every SIGCONT, for [`stop`].
static CONTINUED: OnceLock<Arc<AtomicBool>> = OnceLock::new();
/// A stop that is under way reaches every thread sooner than this.
const STOPPED_WITHIN: Duration = Duration::from_millis(200);
/// How often is looked whether it is over.
const LOOK: Duration = Duration::from_millis(5);

/// Handlers in place, and the pipe's reading end.
pub(super) struct Signals {
    flags: Vec<(Arc<AtomicBool>, Signal)>,
    woken: io::PipeReader,
}

impl Signals {
    /// Puts the handlers in place; signals are kept from now on.
    ///
    /// # Errors
    /// When the system refuses a pipe or a handler.
    pub(super) fn register() -> io::Result<Self> {
        let (woken, wake) = io::pipe()?;
        let mut flags = Vec::new();
        for (number, signal) in WATCHED {
            let raised = Arc::new(AtomicBool::new(false));
            // In this order: when the byte arrives, the flag is already set.
            flag::register(number, Arc::clone(&raised))?;
            low_level::pipe::register(number, wake.try_clone()?)?;
            flags.push((raised, signal));
        }
        flag::register(SIGCONT, Arc::clone(CONTINUED.get_or_init(Arc::default)))?;
        Ok(Self { flags, woken })
    }

    /// Starts the thread that turns signals into messages. After a signal that ends the program
    /// it waits for `over` to be hung up; when that takes longer than three seconds (the main
    /// loop hangs in a terminal that takes no bytes) it ends the process itself.
    ///
    /// # Errors
    /// When the system has no thread left.
    pub(super) fn listen<E: Send + 'static>(
        mut self,
        to: Sender<Incoming<E>>,
        over: Receiver<()>,
    ) -> io::Result<()> {
        thread::Builder::new()
            .name("signals".to_owned())
            .spawn(move || {
                let mut bytes = [0; 64];
                while self.woken.read(&mut bytes).is_ok_and(|n| n > 0) {
                    for (raised, signal) in &self.flags {
                        if raised.swap(false, Ordering::SeqCst) {
                            if to.send(Incoming::Signal(*signal)).is_err() {
                                return;
                            }
                            if let Signal::End(code) = *signal {
                                end_unless_over(&over, code);
                                return;
                            }
                        }
                    }
                }
            })
            .map(drop)
    }
}

fn end_unless_over(over: &Receiver<()>, code: i32) {
    if over.recv_timeout(GRACE) == Err(RecvTimeoutError::Timeout) {
        // The screen cannot be given back through a terminal that takes nothing; line mode can.
        disable_raw_mode().ok();
        #[expect(clippy::exit, reason = "the main loop hangs, nobody else can end it")]
        std::process::exit(code);
    }
}

/// Stops the program until it is continued. Give the terminal back first.
pub(super) fn stop() {
    let continued = CONTINUED.get_or_init(Arc::default);
    continued.store(false, Ordering::SeqCst);
    process::stop_group();
    // The kernel may stop another thread first: without this wait the terminal could be taken
    // again on the way into the stop.
    let started = Instant::now();
    while !continued.load(Ordering::SeqCst) && started.elapsed() < STOPPED_WITHIN {
        thread::sleep(LOOK);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    #[test]
    fn a_raised_signal_arrives_as_a_message() {
        let (to, from) = mpsc::channel::<Incoming<()>>();
        let (_running, over) = mpsc::channel();
        Signals::register().unwrap().listen(to, over).unwrap();
        low_level::raise(SIGCONT).unwrap();
        let got = from.recv_timeout(Duration::from_secs(10)).unwrap();
        assert!(matches!(got, Incoming::Signal(Signal::Continued)));
    }
}
