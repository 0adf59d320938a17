//! Where a block of Markdown holds code: what stands between backticks already, and words that are
//! put between some because they would not be read as words (`@name`, `Vec<T>`).

use super::page::Cell;

/// What a cell of a block is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// Inside of code, its backticks included.
    pub(super) code: bool,
    /// A backtick is to be put in front.
    pub(super) opens: bool,
    /// A backtick is to be put behind.
    pub(super) closes: bool,
}

/// The longest stretch that is put between backticks, in characters.
const LONGEST: usize = 80;

/// A place for every cell.
pub(super) fn places(cells: &[Cell]) -> Vec<Place> {
    let mut places = vec![Place::default(); cells.len()];
    written_code(cells, &mut places);
    let mut at = 0;
    while at < cells.len() {
        let end = match cells[at] {
            cell if !cell.outside() || places[at].code => None,
            Cell { c: '@', .. } => mention(cells, &places, at),
            Cell { c: '<', .. } => tag(cells, &places, at),
            _ => None,
        };
        match end {
            Some((from, to)) if free(cells, &places, from, to) => {
                places[from].opens = true;
                places[to - 1].closes = true;
                places[from..to]
                    .iter_mut()
                    .for_each(|place| place.code = true);
                at = to;
            }
            _ => at += 1,
        }
    }
    places
}

/// Marks what balanced runs of backticks of one text enclose.
fn written_code(cells: &[Cell], places: &mut [Place]) {
    let runs = runs(cells);
    let mut next = 0;
    while let Some((from, to)) = runs.get(next).copied() {
        let matching = runs.iter().skip(next + 1).position(|(start, end)| {
            end - start == to - from && cells[*start].owner == cells[from].owner
        });
        match matching {
            Some(skipped) => {
                next += skipped + 1;
                let (_, end) = runs[next];
                places[from..end]
                    .iter_mut()
                    .for_each(|place| place.code = true);
                next += 1;
            }
            None => next += 1,
        }
    }
}

/// The runs of backticks, each of one owner.
fn runs(cells: &[Cell]) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (at, cell) in cells.iter().enumerate().filter(|(_, cell)| cell.c == '`') {
        match out.last_mut() {
            Some((_, end)) if *end == at && cells[at - 1].owner == cell.owner => *end += 1,
            _ => out.push((at, at + 1)),
        }
    }
    out
}

/// The name behind an `@` that would call somebody.
fn mention(cells: &[Cell], places: &[Place], at: usize) -> Option<(usize, usize)> {
    let before = at.checked_sub(1).map(|before| cells[before].c);
    if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
        return None;
    }
    let named = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/');
    let mut end = at + 1;
    while end < cells.len() && same(cells, places, at, end) && named(cells[end].c) {
        end += 1;
    }
    while matches!(cells[end - 1].c, '.' | '/' | '-') {
        end -= 1;
    }
    (end > at + 1).then_some((at, end))
}

/// What a renderer would take for a tag, with the word it belongs to: `Vec<T>`, `</div>`.
fn tag(cells: &[Cell], places: &[Place], at: usize) -> Option<(usize, usize)> {
    if !begins_tag(cells, at) {
        return None;
    }
    let mut from = at;
    let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':' | '&' | '.');
    while from > 0 && same(cells, places, at, from - 1) && word(cells[from - 1].c) {
        from -= 1;
    }
    let (mut end, mut open) = (at, 0_usize);
    while end < cells.len() && end - from < LONGEST && same(cells, places, at, end) {
        match cells[end].c {
            '<' => open += 1,
            '>' => open -= 1,
            _ => {}
        }
        end += 1;
        if open == 0 {
            return Some((from, word_end(cells, places, at, end)));
        }
    }
    None
}

/// Where the word ends that goes on at `from`, without the stop behind it.
fn word_end(cells: &[Cell], places: &[Place], at: usize, from: usize) -> usize {
    let mut end = from;
    while end < cells.len() && same(cells, places, at, end) && !cells[end].c.is_whitespace() {
        end += 1;
    }
    let stop = |c: char| {
        matches!(
            c,
            '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '"' | '\'' | '\\'
        )
    };
    let opened = cells[from..end].iter().any(|cell| cell.c == '(');
    while end > from && stop(cells[end - 1].c) && !(opened && cells[end - 1].c == ')') {
        end -= 1;
    }
    end
}

/// Whether the `<` at `at` could begin a tag, a comment or a link.
pub(super) fn begins_tag(cells: &[Cell], at: usize) -> bool {
    let next = cells.get(at + 1).map(|cell| cell.c);
    next.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'))
}

/// Whether `other` belongs to the text of `at`, on its line and outside of code.
fn same(cells: &[Cell], places: &[Place], at: usize, other: usize) -> bool {
    let cell = cells[other];
    cell.owner == cells[at].owner && !places[other].code && cell.c != '`' && cell.c != '\n'
}

/// Whether no backtick stands beside: two runs would become one.
fn free(cells: &[Cell], places: &[Place], from: usize, to: usize) -> bool {
    let tick = |at: usize| cells.get(at).is_some_and(|cell| cell.c == '`');
    let put = from > 0 && places[from - 1].closes;
    !put && !tick(to) && (from == 0 || !tick(from - 1))
}
