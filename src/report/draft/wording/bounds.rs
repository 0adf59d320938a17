//! What is refused of a template before the engine reads it: long expressions and deep nesting, for
//! which the engine would need more stack than a thread has.

use super::WordingError;

/// The longest tag (`{{ … }}`, `{% … %}`), in bytes; each operator in one is a call in the engine.
const LONGEST_TAG: usize = 1_000;

/// How deep blocks can stand in one another; an `elif` counts as one.
const DEEPEST: usize = 60;

/// Why the template `text` of the name `file` is refused, if it is.
pub(super) fn refused(file: &str, text: &str) -> Option<WordingError> {
    // What `elif`s add to the depth, for every open block.
    let mut open: Vec<usize> = Vec::new();
    let mut at = 0;
    while let Some(tag) = next_tag(text.as_bytes(), at) {
        at = tag.end;
        let error = |what: String| {
            let before = text.as_bytes().iter().take(tag.start);
            Some(WordingError {
                file: file.to_owned(),
                line: Some(1 + before.filter(|byte| **byte == b'\n').count()),
                what,
            })
        };
        if tag.end - tag.start > LONGEST_TAG {
            return error(format!(
                "a tag is longer than {LONGEST_TAG} bytes: take it apart with `set`"
            ));
        }
        match tag.word(text) {
            "if" | "for" | "macro" | "call" | "filter" | "with" | "block" | "autoescape"
            | "set" => {
                open.push(1);
            }
            "elif" | "else" => {
                if let Some(last) = open.last_mut() {
                    *last += 1;
                }
            }
            word if word.starts_with("end") => {
                open.pop();
            }
            _ => {}
        }
        if open.iter().sum::<usize>() > DEEPEST {
            return error(format!("more than {DEEPEST} blocks stand in one another"));
        }
    }
    None
}

/// A tag of a template, with its braces.
struct Found {
    start: usize,
    end: usize,
}

impl Found {
    /// The word that begins a block; empty for an expression, and for a `set` that is none.
    fn word<'t>(&self, text: &'t str) -> &'t str {
        let tag = text.get(self.start..self.end).unwrap_or_default();
        let inner = tag.strip_prefix("{%").unwrap_or_default();
        let inner = inner.trim_start_matches(['-', '+']).trim_start();
        let length = inner.find(|c: char| !c.is_ascii_alphabetic());
        let word = inner.get(..length.unwrap_or(inner.len()));
        match word.unwrap_or_default() {
            "set" if inner.contains('=') => "",
            word => word,
        }
    }
}

/// The first tag at or behind `from`; comments and raw text hold none.
fn next_tag(text: &[u8], from: usize) -> Option<Found> {
    let mut at = from;
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with(b"{#") {
            at += 2 + find(&rest[2..], b"#}")? + 2;
        } else if let Some(length) = raw(rest) {
            at += length;
        } else if rest.starts_with(b"{{") || rest.starts_with(b"{%") {
            let end = tag_end(rest, if rest[1] == b'{' { b"}}" } else { b"%}" });
            return Some(Found {
                start: at,
                end: at + end,
            });
        } else {
            at += 1;
        }
    }
    None
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len())
        .position(|window| window == wanted)
}

/// The length of the tag that `text` begins with: quotes and brackets may hold its ending.
fn tag_end(text: &[u8], ending: &[u8]) -> usize {
    let (mut at, mut depth) = (2, 0_isize);
    while at < text.len() {
        if depth == 0 && text[at..].starts_with(ending) {
            return at + 2;
        }
        match text[at] {
            quote @ (b'"' | b'\'') => {
                at += 1;
                while at < text.len() && text[at] != quote {
                    at += if text[at] == b'\\' { 2 } else { 1 };
                }
            }
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth -= 1,
            _ => {}
        }
        at += 1;
    }
    text.len()
}

/// The length of the raw text that `text` begins with, up to behind its end.
fn raw(text: &[u8]) -> Option<usize> {
    let start = basic_tag(text, b"raw")?;
    let mut at = start;
    loop {
        at += find(&text[at..], b"{%")?;
        if let Some(length) = basic_tag(&text[at..], b"endraw") {
            return Some(at + length);
        }
        at += 2;
    }
}

/// The length of `{% word %}`.
fn basic_tag(text: &[u8], word: &[u8]) -> Option<usize> {
    let rest = text.strip_prefix(b"{%")?;
    let rest = rest.strip_prefix(b"-").unwrap_or(rest);
    let rest = rest.strip_prefix(b"+").unwrap_or(rest);
    let rest = rest.trim_ascii_start().strip_prefix(word)?;
    let rest = rest.trim_ascii_start();
    let rest = rest.strip_prefix(b"-").unwrap_or(rest);
    let rest = rest.strip_prefix(b"+").unwrap_or(rest);
    Some(text.len() - rest.strip_prefix(b"%}")?.len())
}

#[cfg(test)]
#[path = "bounds_tests.rs"]
mod tests;
