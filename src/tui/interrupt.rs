//! Ctrl-C as a flag, for commands that end in good order.

use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

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
