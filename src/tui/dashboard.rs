//! The dashboard as a program of the loop: messages into the state, effects out to the worker.

use std::mem;
use std::time::Duration;

use ratatui::Frame;
use ratatui::crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Rect;

use super::Input;
use super::clock::Clock;
use super::run::{After, Program};
use super::terminal::Modes;
use super::worker::{Event, Handle, Job, Wish};
use crate::app::effect::Effect;
use crate::app::message::Message;
use crate::app::state::State;
use crate::app::update;
use crate::input::action::Action;
use crate::input::key::Key;
use crate::ui;
use crate::ui::theme::Theme;

/// State, theme and the way to the worker.
pub(super) struct Dashboard {
    pub(super) state: State,
    pub(super) theme: Theme,
    pub(super) worker: Handle,
    pub(super) clock: Clock,
    pub(super) copy: Option<String>,
    /// What takes a fresh start of the program.
    pub(super) wish: Option<Wish>,
}

impl Dashboard {
    /// Carries `message` into the state and does what follows from it.
    pub(super) fn take(&mut self, message: Message) -> After {
        // First the time: what is said now is said now.
        let mut effects = update(&mut self.state, Message::Tick(self.clock.now()));
        effects.extend(update(&mut self.state, message));
        self.perform(effects)
    }

    fn perform(&mut self, effects: Vec<Effect>) -> After {
        let mut after = After::NOTHING;
        for effect in effects {
            let job = match effect {
                Effect::Suspend => {
                    after.suspend = true;
                    continue;
                }
                Effect::Redraw => {
                    after.wipe = true;
                    continue;
                }
                Effect::Quit(code) => {
                    after.end = after.end.or(Some(code));
                    continue;
                }
                Effect::Copy(text) => {
                    self.copy = Some(text.as_str().to_owned());
                    continue;
                }
                Effect::CopyText(text) => {
                    self.copy = Some((*text).to_owned());
                    continue;
                }
                Effect::Compute(ask) => Job::Figures(ask),
                Effect::Rows(ask) => Job::Rows(ask),
                Effect::Commit(ask) => Job::Commit(ask),
                Effect::Task(ask) => Job::Task(ask),
                Effect::FindTasks { id, text } => Job::FindTasks(id, text),
                Effect::Repository(ask) => Job::Repository(ask),
                Effect::Draft(ask) => Job::Draft(ask),
                Effect::Privacy(ask) => Job::Privacy(ask),
                Effect::SelfTest => Job::SelfTest,
                Effect::WouldForget(target) => Job::WouldForget(target),
                Effect::Forget(target) => Job::Forget(target),
                Effect::ShareLines {
                    id,
                    profile,
                    window,
                } => Job::ShareLines(id, profile, window),
                Effect::ShareWeigh(ask) => Job::ShareWeigh(ask),
                Effect::ShareWrite(id) => Job::ShareWrite(id),
                Effect::Offer(name) => Job::Offer(name),
                Effect::WriteFile { name, text } => Job::WriteFile { name, text },
                Effect::AddNote {
                    about,
                    text,
                    impact,
                } => Job::AddNote {
                    about,
                    text,
                    impact,
                },
                Effect::Goals(ask) => Job::Goals(ask),
                Effect::AddGoal(aim) => Job::AddGoal(aim),
                Effect::SetGoal(id, state) => Job::SetGoal(id, state),
                Effect::RemoveNote(number) => Job::RemoveNote(number),
                Effect::Scan { full } => Job::Scan { full },
                Effect::StopScan => Job::StopScan,
                Effect::ThisIsMe(addresses) => Job::ThisIsMe(addresses),
                Effect::People => Job::People,
                Effect::Proposals => Job::Proposals,
                Effect::Answer { yes, no } => Job::Answer { yes, no },
                Effect::Keep { reflog, measure } => Job::Keep { reflog, measure },
                Effect::Find(text) => Job::Find(text),
                Effect::Exclude(exclude) => Job::Exclude(exclude),
                Effect::Correct(correct) => Job::Correct(Box::new(correct)),
                Effect::Remember(view) => Job::Remember(view, None),
                Effect::Add(path) => Job::Add(path),
            };
            self.worker.tell(job);
        }
        after.draw = mem::take(&mut self.state.dirty);
        after
    }

    /// What a click or the wheel asks for; `None` when nothing stands there.
    fn pointed(&self, event: MouseEvent) -> Option<Message> {
        let (columns, rows) = self.state.size;
        let area = Rect::new(0, 0, columns, rows);
        let hits = || ui::hits(area, &self.state, &self.theme);
        let wheel = |action| Message::Wheel {
            panel: hits().panel_at(event.column, event.row),
            action,
        };
        match event.kind {
            MouseEventKind::ScrollUp => Some(wheel(Action::Up)),
            MouseEventKind::ScrollDown => Some(wheel(Action::Down)),
            MouseEventKind::Down(MouseButton::Left) => {
                let target = hits().at(event.column, event.row)?;
                Some(Message::Clicked(target))
            }
            _ => None,
        }
    }
}

impl Program for Dashboard {
    type Event = Event;

    fn resize(&mut self, columns: u16, rows: u16) -> After {
        self.take(Message::Resize(columns, rows))
    }

    fn input(&mut self, input: Input) -> After {
        match input {
            Input::Key(event) => match Key::from_event(&event) {
                Some(key) => self.take(Message::Key(key)),
                None => After::NOTHING,
            },
            Input::Paste(text) => self.take(Message::Paste(text)),
            Input::Mouse(event) => match self.pointed(event) {
                Some(message) => self.take(message),
                None => After::NOTHING,
            },
            // A new size comes through `resize`.
            Input::Resize => After::NOTHING,
        }
    }

    fn event(&mut self, event: Event) -> After {
        match event {
            Event::Message(message) => self.take(message),
            Event::Leave(wish) => {
                self.wish = Some(wish);
                After {
                    end: Some(0),
                    ..After::NOTHING
                }
            }
        }
    }

    fn tick(&mut self) -> After {
        let effects = update(&mut self.state, Message::Tick(self.clock.now()));
        self.perform(effects)
    }

    fn wait(&self) -> Option<Duration> {
        self.state.tick_after()
    }

    fn is_ready(&self) -> bool {
        self.state
            .facts
            .as_ref()
            .is_some_and(|facts| facts.commits == 0)
            || self.state.view().is_some()
            || self.state.privacy.view.value.is_some()
    }

    fn take_copy(&mut self) -> Option<String> {
        self.copy.take()
    }

    fn modes(&self) -> Modes {
        Modes {
            // Under the cover nothing can be clicked, and the terminal has its mouse back.
            mouse: self.state.mouse && !self.state.cover.is_on(),
            // Unmarked, a pasted text would be keys: on a page, and under the cover.
            paste: true,
        }
    }

    fn draw(&self, frame: &mut Frame<'_>) {
        ui::draw(frame, &self.state, &self.theme);
    }
}
