//! What every page gets: the state to read, the styles, and covers for names and figures.

use std::cell::RefCell;

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::hits::Hits;
use super::text::Span;
use super::theme::{Role, Theme};
use super::words;
use crate::app::pointer::Target;
use crate::app::size::Tier;
use crate::app::state::State;
use crate::input::action::Action;
use crate::input::keymap::Context;
use crate::model::dataset::Labels;
use crate::model::figure::{Figure, Key, Unit};
use crate::model::ids::RepoId;

/// One drawing.
#[derive(Clone, Copy)]
pub struct Screen<'a> {
    /// What to draw.
    pub state: &'a State,
    /// How it looks.
    pub theme: &'a Theme,
    /// How much fits.
    pub tier: Tier,
    /// Where it is noted what the mouse can mean; `None` for a frame that is only drawn.
    pub hits: Option<&'a RefCell<Hits>>,
}

/// How wide a covered name is: the same for all, so that its length tells nothing.
const NAME: usize = 8;
/// How wide a covered figure is.
const FIGURE: usize = 2;

impl Screen<'_> {
    /// A click within `place` runs `action`.
    pub fn runs(&self, place: Rect, action: Action) {
        self.note_hit(place, Target::Action(action));
    }

    /// `place` is the row at `position` of a list whose cursor stands at `cursor`, in panel number
    /// `panel` of the page where it has several.
    pub fn row_at(&self, place: Rect, panel: Option<usize>, (position, cursor): (usize, usize)) {
        let target = Target::Row {
            panel,
            down: position.cast_signed() - cursor.cast_signed(),
            right: 0,
        };
        self.note_hit(place, target);
    }

    /// The same of a list whose rows stand beside each other.
    pub fn cell_at(&self, place: Rect, panel: Option<usize>, (position, cursor): (usize, usize)) {
        let target = Target::Row {
            panel,
            down: 0,
            right: position.cast_signed() - cursor.cast_signed(),
        };
        self.note_hit(place, target);
    }

    /// `place` is panel number `panel` of the page.
    pub fn panel_at(&self, place: Rect, panel: usize) {
        if let Some(hits) = self.hits {
            hits.borrow_mut().add_panel(place, panel);
        }
    }

    fn note_hit(&self, place: Rect, target: Target) {
        if let Some(hits) = self.hits {
            hits.borrow_mut().add(place, target);
        }
    }

    /// The style of `role`.
    pub fn style(&self, role: Role) -> Style {
        self.theme.style(role)
    }

    /// A name, or its cover.
    pub fn name(&self, text: &str) -> String {
        if self.state.blurred {
            self.theme.glyphs.cover.repeat(NAME)
        } else {
            text.to_owned()
        }
    }

    /// A number in words, or its cover.
    pub fn number(&self, text: impl Into<String>) -> String {
        if self.state.blurred {
            self.theme.glyphs.cover.repeat(FIGURE)
        } else {
            text.into()
        }
    }

    /// A clause that holds figures: under the cover it is gone.
    pub fn clause(&self, text: impl Into<String>) -> String {
        if self.state.blurred {
            String::new()
        } else {
            text.into()
        }
    }

    /// `value` in `unit`, or its cover.
    pub fn value(&self, value: f64, unit: Unit) -> String {
        self.number(words::value(value, unit))
    }

    /// The headline number of a figure, or its cover; `–` when the data cannot carry one.
    pub fn headline(&self, figure: &Figure) -> String {
        match figure.value {
            Some(value) => self.value(value, figure.unit),
            None => "-".to_owned(),
        }
    }

    /// What a part of a figure is called.
    pub fn part(&self, key: Key, labels: &Labels) -> String {
        match key {
            Key::Repo(id) => self.repo(id),
            Key::Language(id) => labels
                .languages
                .get(usize::from(id.0))
                .map_or_else(|| "other".to_owned(), |name| name.as_str().to_owned()),
            Key::Category(category) => category.name().to_owned(),
            Key::Task(at) => labels
                .tasks
                .get(at as usize)
                .map_or_else(String::new, |key| self.name(key.as_str())),
            Key::Project(at) => labels
                .projects
                .get(usize::from(at))
                .map_or_else(String::new, |name| self.name(name.as_str())),
            Key::Name(name) => name.replace('_', " "),
            Key::Time | Key::Hour(..) => String::new(),
        }
    }

    /// The name of a repository, or its cover.
    pub fn repo(&self, id: RepoId) -> String {
        let known = self.state.facts.as_ref().and_then(|facts| {
            let line = facts.repos.iter().find(|repo| repo.id == id)?;
            Some(line.name.as_str().to_owned())
        });
        self.name(&known.unwrap_or_else(|| format!("repository {}", id.0)))
    }

    /// What is said instead of a sentence with figures.
    pub fn covered(&self) -> String {
        let contexts = [Context::Page];
        let key = self.state.keymap.label(&contexts, Action::Blur);
        format!("Hidden. {key} shows names and figures.")
    }

    /// Quiet words for the title line of a panel.
    pub fn note(&self, text: &str) -> Vec<Span> {
        if text.is_empty() {
            return Vec::new();
        }
        vec![Span::new(text, self.style(Role::Muted))]
    }

    /// ` · ` in the glyphs of the theme.
    pub fn dot(&self) -> String {
        format!(" {} ", self.theme.glyphs.dot)
    }
}
