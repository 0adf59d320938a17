//! Ctrl-C as a flag, for commands that end in good order.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A flag that the first Ctrl-C sets; the second one ends the process as usual.
///
/// # Errors
/// When the system refuses the handler.
pub fn flag() -> io::Result<Arc<AtomicBool>> {
    let raised = Arc::new(AtomicBool::new(false));
    #[cfg(unix)]
    {
        use signal_hook::consts::SIGINT;
        // In this order: the first signal finds the flag down.
        signal_hook::flag::register_conditional_default(SIGINT, Arc::clone(&raised))?;
        signal_hook::flag::register(SIGINT, Arc::clone(&raised))?;
    }
    Ok(raised)
}

/// Notes, as long as it lives, signals that would end the process; afterwards they do so again.
/// For a question during which the terminal is not as the shell left it.
#[derive(Debug, Default)]
pub struct Watch {
    raised: Arc<AtomicBool>,
    over: Arc<AtomicBool>,
}

/// Begins to note signals.
///
/// # Errors
/// When the system refuses the handler.
pub fn watch() -> io::Result<Watch> {
    let watch = Watch::default();
    #[cfg(unix)]
    for signal in [signal_hook::consts::SIGTERM, signal_hook::consts::SIGHUP] {
        signal_hook::flag::register_conditional_default(signal, Arc::clone(&watch.over))?;
        signal_hook::flag::register(signal, Arc::clone(&watch.raised))?;
    }
    Ok(watch)
}

impl Watch {
    /// Whether such a signal came.
    pub fn raised(&self) -> bool {
        self.raised.load(Ordering::Relaxed)
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::sync::atomic::Ordering;

    #[test]
    fn the_first_interruption_only_raises_the_flag() {
        let raised = super::flag().unwrap();
        assert!(!raised.load(Ordering::SeqCst));
        signal_hook::low_level::raise(signal_hook::consts::SIGINT).unwrap();
        assert!(raised.load(Ordering::SeqCst));
    }
}
