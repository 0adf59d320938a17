//! Short words at the edge of the screen: what happened, why, which key helps.

use chrono::{DateTime, Duration, Utc};

use crate::model::text::Clean;

/// One thing said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    /// The words.
    pub text: Clean,
    /// Something failed.
    pub failed: bool,
    /// When it was said.
    pub at: DateTime<Utc>,
}

/// What is being said, and all that was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Toasts {
    shown: Option<Toast>,
    log: Vec<Toast>,
}

/// How long good news stays.
const SECONDS: i64 = 6;
/// How much is remembered.
const LOG: usize = 200;

impl Toasts {
    /// The one on the screen.
    pub fn shown(&self) -> Option<&Toast> {
        self.shown.as_ref()
    }

    /// Everything said since the start, the newest last.
    pub fn log(&self) -> &[Toast] {
        &self.log
    }

    /// Says `text`. Bad news is not pushed away by good news; it stays until it is dismissed.
    pub(super) fn say(&mut self, text: Clean, failed: bool, at: DateTime<Utc>) {
        let toast = Toast { text, failed, at };
        if self.log.len() == LOG {
            self.log.remove(0);
        }
        self.log.push(toast.clone());
        if failed || !self.shown.as_ref().is_some_and(|t| t.failed) {
            self.shown = Some(toast);
        }
    }

    /// Takes `text` off the screen if it is still there; it stays among the messages.
    pub(super) fn retract(&mut self, text: &str) {
        self.shown.take_if(|toast| toast.text.as_str() == text);
    }

    /// Whether something goes away by itself.
    pub(super) fn expires(&self) -> bool {
        self.shown.as_ref().is_some_and(|toast| !toast.failed)
    }

    /// Takes good news away when its time is over; true when something went.
    pub(super) fn tick(&mut self, now: DateTime<Utc>) -> bool {
        let over = |toast: &Toast| !toast.failed && now - toast.at >= Duration::seconds(SECONDS);
        self.shown.take_if(|toast| over(toast)).is_some()
    }

    /// Takes good news away at once, because it was seen; true when there was any.
    pub(super) fn seen(&mut self) -> bool {
        self.shown.take_if(|toast| !toast.failed).is_some()
    }

    /// Takes bad news away; true when there was any.
    pub(super) fn dismiss(&mut self) -> bool {
        self.shown.take_if(|toast| toast.failed).is_some()
    }
}
