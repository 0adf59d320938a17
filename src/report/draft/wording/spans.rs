//! Where a block of Markdown holds code: what stands between backticks already, and words that are
//! put between some because they would not be read as words (`@name`, `Vec<T>`).

use super::page::Cell;

/// What a cell of a block is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// Inside of code, its backticks included.
    pub(super) code: bool,
    /// Backticks to be put in front.
    pub(super) opens: usize,
    /// Backticks to be put behind.
    pub(super) closes: usize,
    /// A space keeps the backticks that are put from those of the words.
    pub(super) padded: bool,
}

/// The longest stretch that is put between backticks for a tag, in characters.
const LONGEST: usize = 80;

/// A place for every cell.
pub(super) fn places(cells: &[Cell]) -> Vec<Place> {
    let mut places = vec![Place::default(); cells.len()];
    written_code(cells, &mut places);
    let mut at = 0;
    while at < cells.len() {
        if !cells[at].outside() || cells[at].c.is_whitespace() {
            at += 1;
            continue;
        }
        let end = word(cells, &places, at);
        let (from, to) = trimmed(cells, at, end);
        if needs_code(cells, &places, from, to) {
            put(cells, &mut places, from, to);
        }
        at = end.max(at + 1);
    }
    places
}

/// Where the word ends that begins at `from`: a tag and code in it may hold spaces.
fn word(cells: &[Cell], places: &[Place], from: usize) -> usize {
    let mut at = from;
    while let Some(cell) = cells.get(at).filter(|cell| cell.outside()) {
        if cell.c == '\n' || (cell.c.is_whitespace() && !places[at].code) {
            break;
        }
        at = match tag(cells, places, at) {
            Some(end) if cell.c == '<' && !places[at].code => end,
            _ => at + 1,
        };
    }
    at
}

/// The word without the stops, quotes and brackets around it.
fn trimmed(cells: &[Cell], from: usize, end: usize) -> (usize, usize) {
    let (mut from, mut to) = (from, end);
    let holds = |from: usize, to: usize, c: char| cells[from..to].iter().any(|cell| cell.c == c);
    while from < to {
        let (first, last) = (cells[from].c, cells[to - 1].c);
        if matches!(last, '.' | ',' | ';' | ':' | '!' | '?')
            || (matches!(last, '"' | '\'') && (first == last || !holds(from, to - 1, last)))
            || (last == ')' && !holds(from, to, '('))
        {
            to -= 1;
        } else if matches!(first, '"' | '\'')
            || (first == '(' && (last == ')' || !holds(from, to, ')')))
        {
            from += 1;
            if first == '(' && last == ')' && !holds(from, to, '(') {
                to -= 1;
            }
        } else {
            break;
        }
    }
    (from, to.max(from))
}

/// Whether a renderer would take something of the word for its own, or somebody would be called.
fn needs_code(cells: &[Cell], places: &[Place], from: usize, to: usize) -> bool {
    let url = is_url(cells, from, to);
    let dunder = cells[from..to].iter().take_while(|cell| cell.c == '_');
    let dunder = dunder.count();
    let named = cells[from..to].iter().any(|cell| cell.c.is_alphanumeric());
    let mut open = (from..to).filter(|at| !places[*at].code);
    (dunder > 1 && named)
        || open.any(|at| match cells[at].c {
            '@' => !url && calls(cells, at),
            '<' => tag(cells, places, at).is_some(),
            _ => false,
        })
}

/// Whether the word is an address with a host and a path, of which a renderer makes a link.
fn is_url(cells: &[Cell], from: usize, to: usize) -> bool {
    let word: String = cells[from..to].iter().map(|cell| cell.c).collect();
    let rest = word.strip_prefix("https://");
    let rest = rest.or_else(|| word.strip_prefix("http://"));
    let Some((host, path)) = rest.and_then(|rest| rest.split_once('/')) else {
        return false;
    };
    let before = from.checked_sub(1).map(|before| cells[before].c);
    let plain = |c: char| c.is_ascii_alphanumeric() || "/-._~:?#@!$&+,;=%".contains(c);
    before.is_none_or(|c| c.is_whitespace() || c == '(')
        && host.contains('.')
        && host
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))
        && path.chars().all(plain)
}

/// Whether the `@` at `at` calls somebody: it is not inside of an address of mail.
fn calls(cells: &[Cell], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| cells[before].c);
    let after = cells.get(at + 1).map(|cell| cell.c);
    !before.is_some_and(|c| c.is_ascii_alphanumeric())
        && after.is_some_and(|c| c.is_alphanumeric() || c == '_')
}

/// Puts a word between more backticks than it holds in a row.
fn put(cells: &[Cell], places: &mut [Place], from: usize, to: usize) {
    let (mut longest, mut run) = (0, 0);
    for cell in &cells[from..to] {
        run = if cell.c == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let padded = cells[from].c == '`' || cells[to - 1].c == '`';
    for place in &mut places[from..to] {
        *place = Place {
            code: true,
            padded,
            ..Place::default()
        };
    }
    places[from].opens = longest + 1;
    places[to - 1].closes = longest + 1;
}

/// Marks what balanced runs of backticks of one text enclose.
fn written_code(cells: &[Cell], places: &mut [Place]) {
    let runs = runs(cells);
    let mut next = 0;
    while let Some((from, to)) = runs.get(next).copied() {
        let matching = runs.iter().skip(next + 1).position(|(start, end)| {
            end - start == to - from
                && cells[*start].owner == cells[from].owner
                // A line of a note can begin a list, which ends the code.
                && (!cells[from].outside() || cells[from..*start].iter().all(|cell| cell.c != '\n'))
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

/// Where a renderer would take a tag to end that begins at `at`: `<T>`, `</div>`.
fn tag(cells: &[Cell], places: &[Place], at: usize) -> Option<usize> {
    if cells[at].c != '<' || !begins_tag(cells, at) {
        return None;
    }
    let (mut end, mut open) = (at, 0_usize);
    while end < cells.len() && end - at < LONGEST && same(cells, places, at, end) {
        match cells[end].c {
            '<' => open += 1,
            '>' => open -= 1,
            _ => {}
        }
        end += 1;
        if open == 0 {
            return Some(end);
        }
    }
    None
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
