//! The template engine, bounded: the draft is all there is to read, a misspelt name is an error,
//! work and output are limited.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, ValueKind};
use minijinja::{AutoEscape, Environment, ErrorKind, Output, State, UndefinedBehavior, Value};

use super::{Form, WordingError, bounds, filters, page, templates};
use crate::report::draft::Draft;

/// Steps of a template; each 64 bytes of text count as one too. A quarter with 500 tasks takes a
/// hundredth of it.
const FUEL: u64 = 5_000_000;

/// The longest text, in bytes.
const LONGEST: usize = 4 << 20;

/// `draft` by the template of its kind among `sources` (name and text).
pub(super) fn render(
    sources: &[(String, String)],
    draft: &Draft,
    form: Form,
) -> Result<String, WordingError> {
    let name = templates::name(draft.kind);
    let mut engine = engine(draft);
    let needed = [name.as_str(), templates::PIECES];
    for (other, text) in sources {
        if let Some(error) = bounds::refused(other, text) {
            if needed.contains(&other.as_str()) {
                return Err(error);
            }
            continue;
        }
        let added = engine.add_template_owned(other.clone(), page::without_marks(text));
        // A broken template that this draft does not use is told by the check.
        if let Err(error) = added
            && needed.contains(&other.as_str())
        {
            return Err(WordingError::of(&error, other));
        }
    }
    let template = engine.get_template(&name);
    let text = template
        .and_then(|template| template.render(()))
        .map_err(|error| WordingError::of(&error, &name))?;
    if text.len() > LONGEST {
        return Err(WordingError {
            file: name,
            line: None,
            what: "its text is longer than 4 MiB".to_owned(),
        });
    }
    Ok(page::finish(&text, form))
}

/// Steps that the template of `draft` takes.
#[cfg(test)]
pub(super) fn fuel_used(sources: &[(String, String)], draft: &Draft) -> Option<u64> {
    let mut engine = engine(draft);
    for (name, text) in sources {
        engine.add_template_owned(name.clone(), text.clone()).ok()?;
    }
    let template = engine.get_template(&templates::name(draft.kind)).ok()?;
    let done = template.render_captured(()).ok()?;
    done.state().fuel_levels().map(|(used, _)| used)
}

/// The names in `text` that are neither variables of a draft nor set in it, in its order.
pub(super) fn unknown_names(text: &str, draft: &Draft) -> Vec<String> {
    let engine = engine(draft);
    let text = page::without_marks(text);
    let Ok(template) = engine.template_from_named_str("check", &text) else {
        return Vec::new();
    };
    let known: Vec<&str> = engine.globals().map(|(name, _)| name).collect();
    let mut names: Vec<String> = template
        .undeclared_variables(false)
        .into_iter()
        .filter(|name| !known.contains(&name.as_str()))
        // A macro may call one that follows.
        .filter(|name| !text.contains(&format!("macro {name}(")))
        .collect();
    names.sort_unstable();
    names
}

/// An engine that knows the variables of `draft`, in pieces too.
fn engine(draft: &Draft) -> Environment<'static> {
    let mut engine = Environment::new();
    engine.set_undefined_behavior(UndefinedBehavior::Strict);
    engine.set_fuel(Some(FUEL));
    engine.set_debug(true);
    let lines = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .build();
    engine.set_syntax(lines.unwrap_or_default());
    // Not `None`: only then are macros' texts told from words of the draft.
    engine.set_auto_escape_callback(|_| AutoEscape::Custom("words".into()));
    engine.set_formatter(write_value);
    filters::add(&mut engine, draft.ids);
    let all = Value::from(Serde(draft));
    for name in all.try_iter().into_iter().flatten() {
        if let (Some(name), Ok(value)) = (name.as_str(), all.get_item(&name)) {
            engine.add_global(name.to_owned(), value);
        }
    }
    engine
}

/// Writes a value: texts between marks, so that the page knows which words are not the template's.
fn write_value(
    out: &mut Output<'_>,
    _: &mut State<'_, '_>,
    value: &Value,
) -> Result<(), minijinja::Error> {
    match value.kind() {
        // What is misspelt has been refused before; this is an `if` without an `else`.
        ValueKind::None | ValueKind::Undefined => {}
        ValueKind::String if value.is_safe() => {
            out.write_str(value.as_str().unwrap_or_default())?;
        }
        ValueKind::String => page::write_marked(out, value.as_str().unwrap_or_default())?,
        ValueKind::Number | ValueKind::Bool => write!(out, "{value}")?,
        kind => {
            return Err(minijinja::Error::new(
                ErrorKind::InvalidOperation,
                format!("a {kind} is no text: go over it with `for`, or join it with `and_list`"),
            ));
        }
    }
    Ok(())
}
