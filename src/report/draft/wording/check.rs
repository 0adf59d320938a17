//! Trying the owner's templates before they are needed.

use std::fmt;

use super::super::{Draft, Kind, sample};
use super::{Form, Wording, WordingError, engine, templates};

/// What the check says of one file of the owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The file's name.
    pub file: String,
    /// What is wrong with it; `None` when it is fine.
    pub problem: Option<WordingError>,
}

impl fmt::Display for Checked {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.problem {
            None => write!(out, "{}: ok", self.file),
            Some(problem) => problem.fmt(out),
        }
    }
}

/// Every file of the owner, in the order of the built-in templates; unknown ones at the end.
pub(super) fn check(wording: &Wording) -> Vec<Checked> {
    let place = |file: &str| templates::names().position(|name| name == file);
    let mut own: Vec<_> = wording.own.iter().collect();
    own.sort_by_key(|own| (place(&own.file).unwrap_or(usize::MAX), own.file.clone()));
    own.iter()
        .map(|own| Checked {
            file: own.file.clone(),
            problem: match &own.text {
                Err(why) => Some(WordingError::unreadable(&own.file, why)),
                Ok(_) if place(&own.file).is_none() => Some(unknown(&own.file)),
                Ok(text) => problem(wording, &own.file, text),
            },
        })
        .collect()
}

fn unknown(file: &str) -> WordingError {
    let names: Vec<String> = templates::names().collect();
    WordingError {
        file: file.to_owned(),
        line: None,
        what: format!("no template is called so: {}", names.join(", ")),
    }
}

/// The first thing that is wrong with a template.
fn problem(wording: &Wording, file: &str, text: &str) -> Option<WordingError> {
    let kinds = Kind::ALL.into_iter();
    let pieces = file == templates::PIECES;
    let kinds = kinds.filter(|kind| pieces || file == templates::name(*kind));
    // A template is told of with the pieces in force, pieces with the built-in templates.
    let alone = Wording::new(
        wording
            .own
            .iter()
            .filter(|own| pieces && own.file == file)
            .cloned()
            .collect(),
    );
    let tried = if pieces { &alone } else { wording };
    for kind in kinds {
        for draft in drafts(kind) {
            if let Err(error) = tried.render(&draft, Form::Markdown) {
                return Some(error);
            }
        }
    }
    let names = engine::unknown_names(text, &sample::full(Kind::Week));
    names
        .first()
        .map(|name| WordingError::no_variable(file, text, name))
}

/// What a template is tried on.
fn drafts(kind: Kind) -> [Draft; 3] {
    let full = sample::full(kind);
    let bare = Draft {
        ids: false,
        ..full.clone()
    };
    [full, bare, sample::empty(kind)]
}
