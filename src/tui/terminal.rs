//! The terminal guard: whatever way the program ends, cursor, main screen and line mode come back.

use std::io::{self, IsTerminal, Stdout, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::cursor::{Hide, Show};
use ratatui::crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use ratatui::crossterm::terminal::{
    Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode, size as terminal_size,
};
use ratatui::crossterm::{execute, queue, style};
use ratatui::{Frame, Terminal};

use super::clipboard;
use super::output::{Canvas, Output};
use super::panics;

/// Whether the terminal is ours at the moment.
static UP: AtomicBool = AtomicBool::new(false);

/// Whether a dashboard can be drawn at all: a terminal on both ends, one that understands cursor
/// movement, and no wish for plain text. Otherwise the page is printed as text.
///
/// `term` is the environment's `TERM`.
pub fn can_draw(plain: bool, term: Option<&str>) -> bool {
    understands(plain, term) && io::stdin().is_terminal() && io::stdout().is_terminal()
}

fn understands(plain: bool, term: Option<&str>) -> bool {
    !plain && term.is_some_and(|name| !name.is_empty() && name != "dumb")
}

/// Columns of the terminal that stdout is; `None` when it is none.
pub fn columns() -> Option<usize> {
    // Asked only of a terminal: for anything else crossterm would try to start a program.
    let size = io::stdout().is_terminal().then(terminal_size)?;
    size.ok().map(|(columns, _)| usize::from(columns))
}

/// Whether the terminal is in the dashboard's hands (raw mode, alternate screen).
pub(super) fn is_up() -> bool {
    UP.load(Ordering::SeqCst)
}

fn enter(modes: Modes) -> io::Result<()> {
    enable_raw_mode()?;
    UP.store(true, Ordering::SeqCst);
    let mut out = io::stdout();
    queue!(out, EnterAlternateScreen, Hide)?;
    if modes.mouse {
        queue!(out, EnableMouseCapture)?;
    }
    if modes.paste {
        queue!(out, EnableBracketedPaste)?;
    }
    out.flush()
}

/// Gives the terminal back as it was. Safe to call at any time and twice.
pub fn leave() {
    if UP.swap(false, Ordering::SeqCst) {
        // Both go on after an error: half a terminal given back is better than none.
        execute!(
            io::stdout(),
            EndSynchronizedUpdate,
            DisableMouseCapture,
            DisableBracketedPaste,
            LeaveAlternateScreen,
            Show
        )
        .ok();
        disable_raw_mode().ok();
    }
}

/// Input modes that are on only while the page asks for them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Modes {
    /// Clicks and the wheel come as events (and the terminal's own selection is gone).
    pub mouse: bool,
    /// A pasted text comes as one event and not as keys.
    pub paste: bool,
}

/// The terminal while the dashboard owns it; dropping it gives the terminal back.
pub struct Tui {
    terminal: Terminal<CrosstermBackend<Canvas>>,
    output: Output<Stdout>,
    modes: Modes,
    wipe: bool,
}

impl Tui {
    /// Takes the terminal over.
    ///
    /// # Errors
    /// When stdin or stdout is no terminal, or it refuses raw mode. Nothing is left changed then.
    pub fn new() -> io::Result<Self> {
        panics::this_thread_draws();
        // crossterm would turn every colour into a bare reset under NO_COLOR, which also resets
        // bold and reverse. The theme decides on colour, not the backend.
        style::force_color_output(true);
        let output = Output::new(io::stdout());
        let terminal = Terminal::new(CrosstermBackend::new(output.canvas()))?;
        let tui = Self {
            terminal,
            output,
            modes: Modes::default(),
            wipe: false,
        };
        // From here on the drop gives back what was taken.
        enter(tui.modes)?;
        Ok(tui)
    }

    /// Draws one frame: one write call.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn draw(&mut self, draw: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        self.output.begin();
        if std::mem::take(&mut self.wipe) {
            queue!(self.output.canvas(), Clear(ClearType::All))?;
            // Not `clear()`: that asks the terminal where its cursor is and waits for the
            // answer, which the input thread takes.
            self.terminal.swap_buffers();
        }
        let drawn = self.terminal.draw(draw).map(drop);
        // The frame is closed even after an error, or the terminal would go on holding back.
        drawn.and(self.output.finish())
    }

    /// Columns and rows.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn size(&self) -> io::Result<(u16, u16)> {
        self.terminal.size().map(|size| (size.width, size.height))
    }

    /// Puts `text` on the clipboard of the terminal, as far as it lets programs do that.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        let mut out = io::stdout();
        out.write_all(&clipboard::sequence(text))?;
        out.flush()
    }

    /// Makes the next frame draw every cell anew.
    pub fn wipe(&mut self) {
        self.wipe = true;
    }

    /// Turns mouse capture and bracketed paste on or off; asks the terminal only on a change.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn set_modes(&mut self, modes: Modes) -> io::Result<()> {
        let mut out = io::stdout();
        if modes.mouse != self.modes.mouse {
            if modes.mouse {
                execute!(out, EnableMouseCapture)?;
            } else {
                execute!(out, DisableMouseCapture)?;
            }
        }
        if modes.paste != self.modes.paste {
            if modes.paste {
                execute!(out, EnableBracketedPaste)?;
            } else {
                execute!(out, DisableBracketedPaste)?;
            }
        }
        self.modes = modes;
        Ok(())
    }

    /// Stops the program the way Ctrl-Z does in a shell and comes back when it is continued.
    ///
    /// # Errors
    /// When the terminal does not come back.
    #[cfg(unix)]
    pub fn suspend(&mut self) -> io::Result<()> {
        leave();
        super::signals::stop();
        self.take_back()
    }

    /// There is no stopping here.
    ///
    /// # Errors
    /// Never.
    #[cfg(not(unix))]
    pub fn suspend(&mut self) -> io::Result<()> {
        Ok(())
    }

    /// Sets every mode again, after the program was stopped by others and continued: the shell
    /// had the terminal in between.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn take_back(&mut self) -> io::Result<()> {
        // Raw mode is believed to be on; only turning it off first sets it for real.
        disable_raw_mode()?;
        enter(self.modes)?;
        self.wipe();
        Ok(())
    }
}

impl Drop for Tui {
    fn drop(&mut self) {
        leave();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dumb_terminal_or_none_or_the_plain_switch_gets_text() {
        assert!(understands(false, Some("xterm")));
        assert!(!understands(false, Some("dumb")));
        assert!(!understands(false, Some("")));
        assert!(!understands(false, None));
        assert!(!understands(true, Some("xterm")));
    }

    #[test]
    fn giving_back_what_was_never_taken_does_nothing() {
        leave();
        leave();
        assert!(!is_up());
    }
}
