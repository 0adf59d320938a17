//! The bytes of a summary: the preview and the file are both what stands here.

use super::json;
use super::line::LineId;
use super::summary::Summary;

/// How a summary is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// Markdown.
    #[default]
    Markdown,
    /// JSON in plain ASCII.
    Json,
}

/// What stands under every summary, whatever it says: one text for both profiles.
pub const NOTE: &str = "Self-reported: chosen line by line and editable by its author, incomplete, and \
not evidence of performance. A line that is missing was left out or has no data; which of the two, \
nobody can tell from here. This format never holds commits, changed lines, active days, hours, time of \
day, breaks, focus, estimated or recorded time, rework, use of assistants, ranks, comparisons, or the \
names of repositories and languages, except in words that its author typed.";

impl Form {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Markdown, Self::Json];

    /// How the name of such a file ends.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Json => "json",
        }
    }
}

/// The exact bytes of `summary`: the same for the same summary, here and everywhere.
pub fn render(summary: &Summary, form: Form) -> Vec<u8> {
    match form {
        Form::Markdown => markdown(summary).into_bytes(),
        Form::Json => json::render(summary).into_bytes(),
    }
}

fn markdown(summary: &Summary) -> String {
    let mut out = format!("# Summary of {}\n\n", summary.window);
    let mut line = |text: String| {
        out.push_str("- ");
        out.push_str(&text);
        out.push('\n');
    };
    for id in LineId::BANDED {
        if let Some(word) = summary.word(id) {
            line(format!("{}: {word}", id.title()));
        }
    }
    for outcome in &summary.outcomes {
        line(format!("{}: {outcome}", LineId::Outcome(0).title()));
    }
    for words in &summary.own_words {
        line(words.to_string());
    }
    if summary.is_empty() {
        line("Nothing was chosen.".to_owned());
    }
    out.push('\n');
    out.push_str(NOTE);
    out.push('\n');
    out
}
