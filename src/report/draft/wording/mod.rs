//! A [`Draft`] in words: Markdown, or plain text without marks.
//!
//! One template a kind (`assets/wording/`), each of which a file of the owner can stand in for. Plain
//! text is what it writes without its own marks. A template sees the draft and nothing else, is stopped when it runs too long, and what it
//! writes is tidied (`page.rs`): words from outside stay words, whatever they look like
//! (`markdown.rs`).

mod bounds;
mod check;
mod engine;
mod error;
mod filters;
mod manual;
mod markdown;
mod page;
mod spans;
mod templates;

pub use check::Checked;
pub use error::WordingError;
pub use manual::wording_markdown;
pub use templates::names;

pub use crate::model::draft::{Form, OwnTemplate};

use super::{Draft, Kind};

/// The templates in force.
#[derive(Clone, Debug, Default)]
pub struct Wording {
    own: Vec<OwnTemplate>,
}

/// A text, and what stood in the way of the owner's own templates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The text, with a newline at its end.
    pub text: String,
    /// Templates of the owner that were not used, and why.
    pub problems: Vec<WordingError>,
}

impl Wording {
    /// The built-in templates.
    pub fn built_in() -> Self {
        Self::default()
    }

    /// The built-in templates, and instead of them those of `own` that have the same names. An empty
    /// one is none: a shell makes the file before `--wording` writes into it. Characters that act on
    /// a terminal are left out.
    pub fn new(mut own: Vec<OwnTemplate>) -> Self {
        own.retain(|template| {
            let text = template.text.as_deref();
            text.map_or(true, |text| !text.trim().is_empty())
        });
        for template in &mut own {
            if let Ok(text) = &mut template.text {
                text.retain(page::is_readable);
            }
        }
        Self { own }
    }

    /// `draft` in words, by the templates in force. The error names the template, its line and the
    /// cause.
    pub fn render(&self, draft: &Draft, form: Form) -> Result<String, WordingError> {
        engine::render(&self.sources(), draft, form)
    }

    /// `draft` in words; where a template of the owner fails, by the built-in ones.
    pub fn write(&self, draft: &Draft, form: Form) -> Result<Written, WordingError> {
        let mut problems = self.unreadable(draft.kind);
        let text = match self.render(draft, form) {
            Err(error) if !self.own.is_empty() => {
                problems.push(error);
                Self::built_in().render(draft, form)?
            }
            result => result?,
        };
        Ok(Written { text, problems })
    }

    /// The template in force, with a head that lists its variables, for the owner to begin with.
    pub fn source(&self, kind: Kind) -> String {
        manual::with_head(&self.text(&templates::name(kind)), kind)
    }

    /// Every template of the owner, tried on a draft with every list filled and on an empty one.
    pub fn check(&self) -> Vec<Checked> {
        check::check(self)
    }

    /// The template `name`: the owner's if it could be read.
    fn text(&self, name: &str) -> String {
        let own = self.own.iter().find(|template| template.file == name);
        match own.map(|template| &template.text) {
            Some(Ok(text)) => text.clone(),
            _ => templates::built_in(name).to_owned(),
        }
    }

    /// Name and text of every template.
    fn sources(&self) -> Vec<(String, String)> {
        templates::names()
            .map(|name| (name.clone(), self.text(&name)))
            .collect()
    }

    /// Of the templates that a draft of `kind` needs, those that could not be read.
    fn unreadable(&self, kind: Kind) -> Vec<WordingError> {
        let needed = [templates::name(kind), templates::PIECES.to_owned()];
        let own = self.own.iter().filter(|own| needed.contains(&own.file));
        own.filter_map(|own| {
            let why = own.text.as_ref().err()?;
            Some(WordingError::unreadable(&own.file, why))
        })
        .collect()
    }
}

#[cfg(test)]
mod tests;
