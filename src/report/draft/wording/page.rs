//! From what a template wrote to the page: words from outside are told from the template's own by
//! marks, kept inside their list item, escaped, and blank space is tidied.

use std::fmt::{self, Write};

use super::{Form, markdown};
use crate::model::text::is_shown;

/// Marks around a text of the draft: noncharacters, which no text can hold.
const OPEN: char = '\u{fdd0}';
const CLOSE: char = '\u{fdd1}';

/// A character of the page, and which text of the draft it belongs to; `0` for the template's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) c: char,
    pub(super) owner: usize,
}

impl Cell {
    /// It is a word from outside.
    pub(super) fn outside(self) -> bool {
        self.owner > 0
    }
}

/// A line of the page, without its end.
pub(super) type Line = Vec<Cell>;

/// `text` without characters that could pass for a mark.
pub(super) fn without_marks(text: &str) -> String {
    text.chars().filter(|c| !is_mark(*c)).collect()
}

/// Whether `c` can be written as it is: no control character but newline and tab, nothing that turns
/// the direction of a line.
pub(super) fn is_readable(c: char) -> bool {
    c == '\t' || is_shown(c.encode_utf8(&mut [0; 4]))
}

/// Whether `c` marks a text of the draft.
pub(super) fn is_mark(c: char) -> bool {
    c == OPEN || c == CLOSE
}

/// Writes a text of the draft between marks.
pub(super) fn write_marked(out: &mut impl Write, text: &str) -> fmt::Result {
    write!(out, "{OPEN}{}{CLOSE}", without_marks(text))
}

/// The page: no space at a line's end, no two blank lines in a row, a newline at the end. Empty
/// when nothing was written.
pub(super) fn finish(text: &str, form: Form) -> String {
    let lines = lines(text);
    let lines = match form {
        Form::Markdown => markdown::escaped(&lines),
        Form::Plain => lines.iter().map(|line| plain(line)).collect(),
    };
    let mut out = String::new();
    let mut blank = true;
    for line in lines {
        let line = line.trim_end();
        if line.is_empty() && blank {
            continue;
        }
        blank = line.is_empty();
        out.push_str(line);
        out.push('\n');
    }
    if blank && !out.is_empty() {
        out.pop();
    }
    out
}

/// The line without the template's own marks: `#` in front of a heading, `**` and backticks.
fn plain(line: &[Cell]) -> String {
    let own = |at: usize, c: char| {
        line.get(at)
            .is_some_and(|cell| cell.c == c && !cell.outside())
    };
    let hashes = (0..line.len()).take_while(|at| own(*at, '#')).count();
    let heading = (1..=6).contains(&hashes) && own(hashes, ' ');
    let mut at = if heading { hashes + 1 } else { 0 };
    let mut out = String::new();
    while let Some(cell) = line.get(at) {
        if own(at, '*') && own(at + 1, '*') {
            at += 2;
            continue;
        }
        if !own(at, '`') {
            out.push(cell.c);
        }
        at += 1;
    }
    out
}

/// The lines. A text of several lines goes on below its own beginning, under the same list item.
fn lines(text: &str) -> Vec<Line> {
    let (mut done, mut line) = (Vec::new(), Line::new());
    let (mut owner, mut texts) = (0, 0);
    for c in text.chars() {
        match c {
            OPEN => {
                texts += 1;
                owner = texts;
            }
            CLOSE => owner = 0,
            '\n' if owner == 0 => done.push(std::mem::take(&mut line)),
            '\n' => {
                let indent = vec![Cell { c: ' ', owner: 0 }; content_start(&line)];
                // A blank line inside would end the item.
                if line.iter().any(|cell| !cell.c.is_whitespace()) {
                    done.push(std::mem::take(&mut line));
                }
                line = indent;
            }
            // A template can name one by its number.
            c if !is_readable(c) => {}
            ' ' if owner > 0 && line.iter().all(|cell| cell.c == ' ') => {}
            c => line.push(Cell { c, owner }),
        }
    }
    done.push(line);
    done
}

/// Where the template's indentation, list markers, quote marks and heading marks end, in cells.
pub(super) fn content_start(line: &[Cell]) -> usize {
    let own = line.iter().take_while(|cell| !cell.outside());
    let own: Vec<char> = own.map(|cell| cell.c).collect();
    let mut at = 0;
    loop {
        at += own.iter().skip(at).take_while(|c| **c == ' ').count();
        let Some(end) = marker(own.get(at..).unwrap_or_default()) else {
            return at;
        };
        at += end;
    }
}

/// The length of the marker that `text` begins with: `- `, `12. `, `> `, `## `.
fn marker(text: &[char]) -> Option<usize> {
    let digits = text.iter().take_while(|c| c.is_ascii_digit()).count();
    let hashes = text.iter().take_while(|c| **c == '#').count();
    let end = match text.first()? {
        '-' | '*' | '+' | '>' => 1,
        '#' if hashes <= 6 => hashes,
        _ if digits > 0 && matches!(text.get(digits), Some('.' | ')')) => digits + 1,
        _ => return None,
    };
    (text.get(end) == Some(&' ')).then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str) -> String {
        let marked = text.replace('{', "\u{fdd0}").replace('}', "\u{fdd1}");
        finish(&marked, Form::Plain)
    }

    #[test]
    fn blank_space_is_tidied() {
        assert_eq!(page("\n\na  \n \n\n\nb\n\n\n"), "a\n\nb\n");
        assert_eq!(page("\n  \n"), "");
        assert_eq!(page("a"), "a\n");
    }

    #[test]
    fn a_text_of_several_lines_stays_in_its_list_item() {
        assert_eq!(
            page("- {one\n two\n\nthree} (x)\n- b"),
            "- one\n  two\n  three (x)\n- b\n"
        );
        assert_eq!(page("  12. {one\ntwo}"), "  12. one\n      two\n");
    }

    #[test]
    fn no_text_can_hold_a_mark() {
        let mut out = String::new();
        write_marked(&mut out, "a\u{fdd1}b\u{fdd0}").unwrap();
        assert_eq!(out, "\u{fdd0}ab\u{fdd1}");
    }
}
