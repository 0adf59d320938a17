//! The loop: wait, take all that has come, draw once if something changed, wait again.

use std::io;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use ratatui::Frame;

use super::events::Input;
use super::terminal::{Modes, Tui};

/// How long the first frame may wait for its figures.
const FIRST_FRAME: Duration = Duration::from_millis(120);

/// Everything that can wake the loop.
#[derive(Debug)]
pub enum Incoming<E> {
    /// The owner did something.
    Input(Input),
    /// The system did.
    Signal(Signal),
    /// A background thread has an answer.
    Event(E),
    /// The terminal cannot be read any more.
    InputLost,
}

/// Signals the loop knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// End with this exit code.
    End(i32),
    /// Stop until continued.
    Suspend,
    /// The program was stopped and goes on.
    Continued,
    /// The window has another size.
    Resized,
}

/// What the loop is to do after an update.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct After {
    /// Something on the screen changed.
    pub draw: bool,
    /// Draw every cell anew.
    pub wipe: bool,
    /// Stop until continued.
    pub suspend: bool,
    /// End with this exit code.
    pub end: Option<i32>,
}

impl After {
    /// Nothing changed.
    pub const NOTHING: Self = Self {
        draw: false,
        wipe: false,
        suspend: false,
        end: None,
    };
    /// The screen changed.
    pub const DRAW: Self = Self {
        draw: true,
        ..Self::NOTHING
    };

    fn and(self, later: Self) -> Self {
        Self {
            draw: self.draw || later.draw,
            wipe: self.wipe || later.wipe,
            suspend: self.suspend || later.suspend,
            end: self.end.or(later.end),
        }
    }
}

/// What runs in the loop.
pub trait Program {
    /// Answers of its background threads.
    type Event;
    /// The terminal has this many columns and rows; called before the first frame too.
    fn resize(&mut self, columns: u16, rows: u16) -> After;
    /// The owner did something.
    fn input(&mut self, input: Input) -> After;
    /// A background thread answered.
    fn event(&mut self, event: Self::Event) -> After;
    /// The time asked for by [`Program::wait`] is over.
    fn tick(&mut self) -> After;
    /// How long until something on the screen changes by time alone; `None` while nothing does.
    fn wait(&self) -> Option<Duration>;
    /// Whether the first frame is worth drawing. The loop waits a moment for the answers that
    /// make it so, and draws what there is when they do not come.
    fn is_ready(&self) -> bool {
        true
    }
    /// What is to go to the clipboard, once.
    fn take_copy(&mut self) -> Option<String> {
        None
    }
    /// Mouse and paste, as the page wants them now.
    fn modes(&self) -> Modes;
    /// Draws the whole screen.
    fn draw(&self, frame: &mut Frame<'_>);
}

/// Takes the terminal, runs the program that `make` builds until it ends, and gives the terminal
/// back; the exit code it ended with. `make` receives the way back for its background threads.
///
/// # Errors
/// When there is no terminal, or it goes away.
pub fn serve<P: Program>(
    make: impl FnOnce(&Sender<Incoming<P::Event>>) -> io::Result<P>,
) -> io::Result<(i32, P)>
where
    P::Event: Send + 'static,
{
    let (to, inbox) = mpsc::channel();
    // Hung up when this function ends, whichever way: the signal thread waits for that.
    #[cfg(unix)]
    let (_running, over) = mpsc::channel();
    #[cfg(unix)]
    super::signals::Signals::register()?.listen(to.clone(), over)?;
    let mut program = make(&to)?;
    let mut tui = Tui::new()?;
    // Before the first byte is read: what is pasted that early is no key either.
    tui.set_modes(program.modes())?;
    super::events::listen(to)?;
    let code = drive(&mut tui, &mut program, &inbox)?;
    drop(tui);
    Ok((code, program))
}

fn drive<P: Program>(
    tui: &mut Tui,
    program: &mut P,
    inbox: &Receiver<Incoming<P::Event>>,
) -> io::Result<i32> {
    let mut after = resized(tui, program)?.and(first_answers(tui, program, inbox)?);
    loop {
        // What has come meanwhile first: a hundred queued keys are one frame.
        while after.end.is_none() && !after.suspend {
            let Ok(incoming) = inbox.try_recv() else {
                break;
            };
            after = after.and(handle(tui, program, incoming)?);
        }
        if let Some(code) = after.end {
            return Ok(code);
        }
        if after.suspend {
            tui.suspend()?;
            after = resized(tui, program)?;
            continue;
        }
        if after.wipe {
            tui.wipe();
        }
        if let Some(text) = program.take_copy() {
            tui.copy(&text)?;
        }
        if after.draw || after.wipe {
            tui.set_modes(program.modes())?;
            tui.draw(|frame| program.draw(frame))?;
        }
        after = match receive(inbox, program.wait())? {
            Some(incoming) => handle(tui, program, incoming)?,
            None => program.tick(),
        };
    }
}

/// What comes within [`FIRST_FRAME`], so that the first frame has its figures and the screen
/// does not flash an empty page.
fn first_answers<P: Program>(
    tui: &mut Tui,
    program: &mut P,
    inbox: &Receiver<Incoming<P::Event>>,
) -> io::Result<After> {
    let until = Instant::now() + FIRST_FRAME;
    let mut after = After::DRAW;
    while !program.is_ready() && after.end.is_none() && !after.suspend {
        let left = until.saturating_duration_since(Instant::now());
        let Some(incoming) = receive(inbox, Some(left))? else {
            break;
        };
        after = after.and(handle(tui, program, incoming)?);
    }
    Ok(after)
}

fn resized<P: Program>(tui: &Tui, program: &mut P) -> io::Result<After> {
    let (columns, rows) = tui.size()?;
    Ok(program.resize(columns, rows).and(After::DRAW))
}

fn receive<E>(
    inbox: &Receiver<Incoming<E>>,
    wait: Option<Duration>,
) -> io::Result<Option<Incoming<E>>> {
    let received = match wait {
        None => inbox.recv().map_err(RecvTimeoutError::from),
        Some(wait) => inbox.recv_timeout(wait),
    };
    match received {
        Ok(incoming) => Ok(Some(incoming)),
        Err(RecvTimeoutError::Timeout) => Ok(None),
        Err(RecvTimeoutError::Disconnected) => Err(io::Error::other(
            "every thread that could wake the dashboard has ended",
        )),
    }
}

fn handle<P: Program>(
    tui: &mut Tui,
    program: &mut P,
    incoming: Incoming<P::Event>,
) -> io::Result<After> {
    Ok(match incoming {
        Incoming::Input(Input::Resize) | Incoming::Signal(Signal::Resized) => {
            resized(tui, program)?
        }
        Incoming::Input(input) => program.input(input),
        Incoming::Event(event) => program.event(event),
        Incoming::Signal(Signal::End(code)) => After {
            end: Some(code),
            ..After::NOTHING
        },
        Incoming::Signal(Signal::Suspend) => After {
            suspend: true,
            ..After::NOTHING
        },
        Incoming::Signal(Signal::Continued) => {
            tui.take_back()?;
            resized(tui, program)?
        }
        Incoming::InputLost => {
            return Err(io::Error::new(
                io::ErrorKind::UnexpectedEof,
                "the terminal cannot be read any more",
            ));
        }
    })
}
