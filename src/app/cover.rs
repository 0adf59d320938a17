//! The cover over the whole screen: by one key, or after some minutes without one.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::effect::Effect;
use super::state::State;
use crate::input::action::Action;

/// Whether the screen is covered, and when it will be by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cover {
    on: bool,
    after: Option<TimeDelta>,
    /// When the owner last did something.
    touched: DateTime<Utc>,
}

impl Cover {
    /// No cover yet; one comes when nothing was pressed for `after`, counted from `now`. `None`
    /// and zero: never by itself.
    pub fn new(after: Option<Duration>, now: DateTime<Utc>) -> Self {
        let after = after.and_then(|after| TimeDelta::from_std(after).ok());
        Self {
            on: false,
            after: after.filter(|after| *after > TimeDelta::zero()),
            touched: now,
        }
    }

    /// Whether the screen is covered.
    pub fn is_on(&self) -> bool {
        self.on
    }

    /// The owner did something at `now`.
    pub(super) fn touch(&mut self, now: DateTime<Utc>) {
        self.touched = now;
    }

    /// Covers when the time is over; true when it does so now.
    pub(super) fn tick(&mut self, now: DateTime<Utc>) -> bool {
        // A clock that was put back must not put the cover off.
        self.touched = self.touched.min(now);
        let over = self.after.is_some_and(|after| now - self.touched >= after);
        over && !std::mem::replace(&mut self.on, true)
    }

    /// How long until the cover comes by itself; `None` when it is there or never does.
    pub(super) fn left(&self, now: DateTime<Utc>) -> Option<Duration> {
        let after = self.after.filter(|_| !self.on)?;
        Some((self.touched + after - now).to_std().unwrap_or_default())
    }
}

/// What an action does to the cover, or under it; `None` when it is for somebody else. Under the
/// cover nothing is done that its owner cannot see.
pub(super) fn act(state: &mut State, action: Action) -> Option<Vec<Effect>> {
    let toggles = matches!(action, Action::Cover | Action::CoverAnywhere);
    if state.cover.on {
        return match action {
            Action::Back => {
                state.cover.on = false;
                Some(Vec::new())
            }
            _ if toggles => {
                state.cover.on = false;
                Some(Vec::new())
            }
            Action::Leave | Action::Suspend | Action::Redraw => None,
            _ => Some(Vec::new()),
        };
    }
    toggles.then(|| {
        state.cover.on = true;
        Vec::new()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap()
    }

    fn five_minutes() -> Cover {
        Cover::new(Some(Duration::from_secs(300)), at(0))
    }

    #[test]
    fn it_comes_once_after_its_minutes_and_a_key_puts_it_off() {
        let mut cover = five_minutes();
        assert!(!cover.tick(at(299)));
        assert_eq!(cover.left(at(299)), Some(Duration::from_secs(1)));
        cover.touch(at(299));
        assert!(!cover.tick(at(598)) && cover.tick(at(599)));
        assert!(cover.is_on() && !cover.tick(at(900)), "once");
        assert_eq!(cover.left(at(900)), None);
    }

    #[test]
    fn without_minutes_it_never_comes() {
        for never in [None, Some(Duration::ZERO)] {
            let mut cover = Cover::new(never, at(0));
            assert!(!cover.tick(at(1_000_000)) && cover.left(at(0)).is_none());
        }
    }

    #[test]
    fn a_clock_put_back_does_not_put_it_off() {
        let mut cover = five_minutes();
        assert!(!cover.tick(at(-7_200)));
        assert!(cover.tick(at(-6_900)));
    }
}
