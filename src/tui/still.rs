//! One frame of the dashboard without a terminal: the same state, the same worker, the same
//! drawing, only that nobody presses a key and time stands.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::clock::Clock;
use super::dashboard::Dashboard;
use super::run::Program as _;
use super::worker::still::Still;
use super::worker::{Event, Setting};
use super::{Start, TuiError};
use crate::app::look::Window;
use crate::app::message::Message;
use crate::app::page::Page;
use crate::app::state::State;
use crate::model::forms;
use crate::store::Store;
use crate::ui;
use crate::ui::picture::Picture;

/// What is to be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The page.
    pub page: Page,
    /// Its days; those of a fresh dashboard where nothing is said.
    pub window: Option<Window>,
    /// Columns and rows.
    pub size: (u16, u16),
    /// Names and figures are covered.
    pub covered: bool,
}

/// Draws the frame; the picture, and the store that `start` brought.
///
/// # Errors
/// When the store cannot be read.
pub fn still(start: Start, frame: &Frame) -> Result<(Picture, Store), TuiError> {
    forms::during(start.forms, || drawn(start, frame))
}

fn drawn(start: Start, frame: &Frame) -> Result<(Picture, Store), TuiError> {
    let clock = Clock::standing(&start.calendar);
    let mut state = State::new(start.calendar.clone(), start.keymap.clone());
    state.page = frame.page;
    state.blurred = frame.covered;
    // Somebody is there, and asked for this page: nothing else opens by itself.
    state.touched = true;
    state.keep_asked = true;
    if let Some(window) = &frame.window {
        state.look.window = window.clone();
    }
    let theme = start.theme;
    // Nothing is read but the store.
    let (mut still, worker) = Still::new(Setting::of(start, clock, Arc::from([])));
    let mut dashboard = Dashboard {
        state,
        theme,
        worker,
        clock,
        copy: None,
        wish: None,
    };
    dashboard.resize(frame.size.0, frame.size.1);
    still.open()?;
    while let Some(event) = still.next() {
        if let Event::Message(message) = event {
            failed(&message)?;
            // A picture is of what is asked for, however the dashboard was left.
            if matches!(message, Message::Recall(_)) {
                continue;
            }
            dashboard.take(message);
        }
    }
    let area = Rect::new(0, 0, frame.size.0, frame.size.1);
    let mut buffer = Buffer::empty(area);
    ui::render(&mut buffer, area, &dashboard.state, &dashboard.theme);
    let title = format!("inward: {}", frame.page.card().name);
    let picture = Picture::of(&buffer, &title);
    drop(dashboard);
    Ok((picture, still.into_store()))
}

/// A picture of what went wrong helps nobody.
fn failed(message: &Message) -> Result<(), TuiError> {
    match message {
        Message::AskFailed { why, .. } | Message::Failed(why) => {
            Err(TuiError::Figures(why.as_str().to_owned()))
        }
        _ => Ok(()),
    }
}
