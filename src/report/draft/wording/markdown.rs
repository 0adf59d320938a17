//! Words from outside, written so that Markdown shows them as they are: with as few backslashes as
//! possible, because the text is read raw as well.
//!
//! What looks like a tag or calls somebody is put in backticks; what would begin a list, a heading,
//! a link or emphasis gets one backslash. Code in balanced backticks stays code.

use super::page::{Cell, Line, content_start};
use super::spans::{Place, begins_tag, places};

/// The lines of the page as Markdown.
pub(super) fn escaped(lines: &[Line]) -> Vec<String> {
    let mut out = Vec::with_capacity(lines.len());
    let mut rest = lines;
    while !rest.is_empty() {
        let (block, more) = rest.split_at(block_length(rest));
        out.extend(block_escaped(block));
        rest = more;
    }
    out
}

/// How many lines the first block has: emphasis and code end where a block ends.
fn block_length(lines: &[Line]) -> usize {
    let blank = |line: &Line| line.iter().all(|cell| cell.c.is_whitespace());
    let heading = |line: &Line| own_start(line).starts_with('#');
    if lines
        .first()
        .is_none_or(|line| blank(line) || heading(line))
    {
        return 1;
    }
    let more = lines.iter().skip(1);
    let same = more.take_while(|line| !blank(line) && own_start(line).is_empty());
    1 + same.count()
}

/// The markers that the template itself puts in front of a line.
fn own_start(line: &[Cell]) -> String {
    let start = line.iter().take(content_start(line)).map(|cell| cell.c);
    start.collect::<String>().trim().to_owned()
}

fn block_escaped(lines: &[Line]) -> Vec<String> {
    let mut cells = Vec::new();
    let mut starts = Vec::new();
    for line in lines {
        starts.push((cells.len(), cells.len() + content_start(line)));
        cells.extend_from_slice(line);
        cells.push(Cell { c: '\n', owner: 0 });
    }
    let places = places(&cells);
    let mut marked = vec![false; cells.len()];
    for (at, (from, content)) in starts.iter().enumerate() {
        let end = starts.get(at + 1).map_or(cells.len(), |next| next.0) - 1;
        line_start(&cells, &places, (*content, end), &mut marked);
        if cells[*from..*content].iter().any(|cell| cell.c == '#') {
            heading_end(&cells, &places, (*content, end), &mut marked);
        }
    }
    inline(&cells, &places, &mut marked);
    for mark in ['*', '_', '~'] {
        emphasis(&cells, &places, mark, &mut marked);
    }
    table(&cells, &mut marked);
    backslashes(&cells, &places, &mut marked);
    write(&cells, &places, &marked)
}

fn write(cells: &[Cell], places: &[Place], marked: &[bool]) -> Vec<String> {
    let mut out = vec![String::new()];
    for (at, ((cell, place), marked)) in cells.iter().zip(places).zip(marked).enumerate() {
        let Some(line) = out.last_mut() else { break };
        if cell.c == '\n' {
            out.push(String::new());
            continue;
        }
        if place.opens > 0 {
            // Beside backticks of the template two runs would become one.
            if line.ends_with('`') {
                line.push(' ');
            }
            line.push_str(&"`".repeat(place.opens));
            if place.padded {
                line.push(' ');
            }
        }
        if *marked {
            line.push('\\');
        }
        line.push(cell.c);
        if place.closes > 0 {
            if place.padded {
                line.push(' ');
            }
            line.push_str(&"`".repeat(place.closes));
            if cells.get(at + 1).is_some_and(|next| next.c == '`') {
                line.push(' ');
            }
        }
    }
    out.pop();
    out
}

/// Marks what would make a list, heading, quote, rule or fence of the words that begin a line.
fn line_start(cells: &[Cell], places: &[Place], (from, to): (usize, usize), marked: &mut [bool]) {
    let Some(first) = cells.get(from).filter(|cell| cell.outside() && from < to) else {
        return;
    };
    let line: Vec<char> = cells[from..to].iter().map(|cell| cell.c).collect();
    let run = |wanted: fn(&char) -> bool| line.iter().take_while(|c| wanted(c)).count();
    let spaced = |at: usize| line.get(at).is_none_or(|c| c.is_whitespace());
    let only = |c: char| line.iter().all(|other| *other == c || *other == ' ');
    let only_of = |wanted: &str| line.iter().all(|c| wanted.contains(*c));
    let digits = run(char::is_ascii_digit);
    let blocked = match first.c {
        '#' => spaced(run(|c| *c == '#')),
        '-' | '+' => spaced(1) || only_of(":-| "),
        '*' => spaced(1) || only('*'),
        '_' => only('_'),
        '=' => only('='),
        '~' => run(|c| *c == '~') > 2,
        '>' | '|' => true,
        ':' => only_of(":-| "),
        '[' => {
            let text: String = line.iter().collect();
            let task = ["[ ] ", "[x] ", "[X] "]
                .iter()
                .any(|box_| text.starts_with(box_));
            task || text.contains("]:")
        }
        _ => false,
    };
    if blocked && !places[from].code {
        // What is left of a run must not pair up with another one.
        let whole = if matches!(first.c, '*' | '_' | '~') {
            line.iter().take_while(|c| **c == first.c).count()
        } else {
            1
        };
        for at in (from..from + whole).filter(|at| cells[*at].outside()) {
            marked[at] = true;
        }
    }
    let point = from + digits;
    if digits > 0 && point < to && matches!(cells[point].c, '.' | ')') && spaced(digits + 1) {
        marked[point] = cells[point].outside();
    }
}

/// Marks the hashes at the end of a heading, which would vanish.
fn heading_end(cells: &[Cell], places: &[Place], (from, to): (usize, usize), marked: &mut [bool]) {
    let line = &cells[from..to];
    let hashes = line.iter().rev().take_while(|cell| cell.c == '#').count();
    let first = to - hashes;
    if hashes > 0 && cells[first].outside() && !places[first].code {
        marked[first] = true;
    }
}

/// Marks what is special wherever it stands: tags, links, entities, single backticks.
fn inline(cells: &[Cell], places: &[Place], marked: &mut [bool]) {
    for (at, cell) in cells.iter().enumerate() {
        if !cell.outside() || places[at].code {
            continue;
        }
        let next = cells.get(at + 1).map(|cell| cell.c);
        marked[at] |= match cell.c {
            '`' => true,
            '<' => begins_tag(cells, at),
            ']' => matches!(next, Some('(' | '[')),
            '&' => entity(&cells[at + 1..]),
            _ => false,
        };
    }
}

/// Whether the text behind an ampersand makes a character of it: `amp;`, `#64;`.
fn entity(rest: &[Cell]) -> bool {
    let hash = usize::from(rest.first().is_some_and(|cell| cell.c == '#'));
    let name = rest.iter().skip(hash);
    let length = name
        .take_while(|cell| cell.c.is_ascii_alphanumeric())
        .count();
    length > 0 && rest.get(hash + length).is_some_and(|cell| cell.c == ';')
}

/// Marks every `mark` that could pair up with another one of the block.
fn emphasis(cells: &[Cell], places: &[Place], mark: char, marked: &mut [bool]) {
    let mut able = Vec::new();
    let mut at = 0;
    while at < cells.len() {
        if cells[at].c != mark || places[at].code {
            at += 1;
            continue;
        }
        let from = at;
        while at < cells.len() && cells[at].c == mark && cells[at].owner == cells[from].owner {
            at += 1;
        }
        let before = from.checked_sub(1).map(|before| cells[before].c);
        let after = cells.get(at).map(|cell| cell.c);
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let solid = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
        // Inside of a word an underscore is a letter.
        let inside = mark == '_' && word(before) && word(after);
        let (opens, closes) = (solid(after) && !inside, solid(before) && !inside);
        if opens || closes {
            able.push((from, at, opens, closes));
        }
    }
    let paired = able.iter().enumerate().any(|(first, opener)| {
        let mut later = able.iter().skip(first + 1);
        opener.2 && later.any(|closer| closer.3)
    });
    for (from, to, ..) in able.into_iter().filter(|_| paired) {
        for at in (from..to).filter(|at| cells[*at].outside()) {
            marked[at] = true;
        }
    }
}

/// Marks bars where the template draws a table.
fn table(cells: &[Cell], marked: &mut [bool]) {
    if cells.iter().any(|cell| cell.c == '|' && !cell.outside()) {
        for (at, cell) in cells.iter().enumerate() {
            marked[at] |= cell.c == '|' && cell.outside();
        }
    }
}

/// Marks backslashes that would vanish: those in front of a mark, and at a line's end.
fn backslashes(cells: &[Cell], places: &[Place], marked: &mut [bool]) {
    for (at, cell) in cells.iter().enumerate() {
        if cell.c == '\\' && cell.outside() && !places[at].code {
            let next = cells.get(at + 1).map_or('\n', |next| next.c);
            let opens = places.get(at + 1).is_some_and(|place| place.opens > 0);
            marked[at] |= opens || next == '\n' || next.is_ascii_punctuation();
        }
    }
}

#[cfg(test)]
#[path = "markdown_tests.rs"]
mod tests;
