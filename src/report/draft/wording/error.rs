//! What went wrong in a template, in words that say where and what to do.

use minijinja::ErrorKind;

use super::page;

/// Why a template gives no text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}{}: {what}", .line.map(|line| format!(":{line}")).unwrap_or_default())]
pub struct WordingError {
    /// The template's name: `standup.md`.
    pub file: String,
    /// The line, from 1, where one is to blame.
    pub line: Option<usize>,
    /// The cause, and what to do.
    pub what: String,
}

impl WordingError {
    /// A file that is there and cannot be read.
    pub(super) fn unreadable(file: &str, why: &str) -> Self {
        Self {
            file: file.to_owned(),
            line: None,
            what: format!("cannot be read: {why}"),
        }
    }

    /// A name that stands nowhere in a draft, in a part of a template that was not reached.
    pub(super) fn no_variable(file: &str, text: &str, name: &str) -> Self {
        let line = text.lines().position(|line| line.contains(name));
        Self {
            file: file.to_owned(),
            line: line.map(|line| line + 1),
            what: no_such(name),
        }
    }

    /// The engine's error, told of the innermost template that is to blame.
    pub(super) fn of(error: &minijinja::Error, file: &str) -> Self {
        let mut inner = error;
        while let Some(next) = std::error::Error::source(inner)
            .and_then(|source| source.downcast_ref::<minijinja::Error>())
        {
            inner = next;
        }
        Self {
            file: inner.name().unwrap_or(file).to_owned(),
            line: inner.line(),
            what: on_one_line(&words(inner)),
        }
    }
}

/// The engine tells texts of the template as they are.
fn on_one_line(text: &str) -> String {
    let text = text.replace(['\n', '\t'], " ");
    text.chars().filter(|c| page::is_readable(*c)).collect()
}

/// What a filter says that was given a misspelt name.
pub(super) const NOTHING_GIVEN: &str = "nothing given";

/// The cause and the next step.
fn words(error: &minijinja::Error) -> String {
    let detail = error.detail().unwrap_or_default();
    match error.kind() {
        ErrorKind::UndefinedError if detail == NOTHING_GIVEN => {
            let filter = written(error).unwrap_or_default();
            format!(
                "`{filter}` is given a name that is not there: docs/wording.md lists the variables"
            )
        }
        ErrorKind::UndefinedError => {
            let name = named(detail).or_else(|| written(error));
            no_such(&name.unwrap_or_else(|| detail.to_owned()))
        }
        ErrorKind::UnknownFilter => format!("{detail}: docs/wording.md lists the filters"),
        ErrorKind::TemplateNotFound => {
            format!("{detail}: only the templates of the drafts and their pieces are there")
        }
        ErrorKind::OutOfFuel => {
            "it takes too long: a loop in a loop may go over a whole list each time".to_owned()
        }
        _ if detail.is_empty() => error.kind().to_string(),
        _ => detail.to_owned(),
    }
}

fn no_such(name: &str) -> String {
    format!("there is no `{name}`: docs/wording.md lists the variables")
}

/// The name that the engine gives: "`item.titel` is undefined".
fn named(detail: &str) -> Option<String> {
    let before = detail.split("` is undefined").next()?;
    let name = before.rsplit('`').next().filter(|_| before != detail)?;
    (!name.contains("(...)")).then(|| name.to_owned())
}

/// The expression to blame, as the template writes it.
fn written(error: &minijinja::Error) -> Option<String> {
    let text = error.template_source()?.get(error.range()?)?.trim();
    let fits = !text.is_empty() && text.len() <= 80 && !text.contains('\n');
    fits.then(|| text.to_owned())
}
