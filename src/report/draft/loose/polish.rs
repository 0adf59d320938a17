//! A summary's words as a line of a report.

use unicode_width::UnicodeWidthStr;

/// The widest line, in columns.
const COLUMNS: usize = 100;

/// `words` as a line: what is left of their area in front, a capital letter unless they begin with
/// code, no full stop, [`COLUMNS`] at most. `is_name` tells a word that names a part of the program.
pub(super) fn line(front: Option<&str>, words: &str, is_name: &dyn Fn(&str) -> bool) -> String {
    let words = without_stop(words.trim());
    match front {
        Some(front) => capped(&format!("{front}: {words}")),
        None => capped(&capital(words, is_name)),
    }
}

fn without_stop(text: &str) -> &str {
    match text.strip_suffix('.') {
        Some(rest) if !rest.ends_with('.') && !rest.ends_with("etc") => rest,
        _ => text,
    }
}

fn capital(text: &str, is_name: &dyn Fn(&str) -> bool) -> String {
    let first = text.split(' ').next().unwrap_or_default();
    if is_code(first) || is_name(first.trim_end_matches(':')) {
        return text.to_owned();
    }
    let mut chars = text.chars();
    let Some(start) = chars.next() else {
        return String::new();
    };
    start.to_uppercase().chain(chars).collect()
}

/// Whether a word is written as code is: `sub_tree`, `--flag`, `a.b`, `camelCase`, `x86`.
fn is_code(word: &str) -> bool {
    let word = word.trim_end_matches([',', ':', ';']);
    let signs = word
        .chars()
        .any(|c| !c.is_alphabetic() && !"-'/".contains(c));
    signs
        || word.starts_with('-')
        || word.contains("--")
        || word.chars().skip(1).any(char::is_uppercase)
}

/// At most [`COLUMNS`], cut between words where there are any.
fn capped(text: &str) -> String {
    if text.width() <= COLUMNS {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        kept.push(c);
        if kept.width() >= COLUMNS {
            kept.pop();
            break;
        }
    }
    let whole = kept
        .rfind(' ')
        .filter(|at| *at > kept.len() / 2)
        .and_then(|at| kept.get(..at));
    let cut = whole
        .unwrap_or(&kept)
        .trim_end_matches([' ', ',', ';', ':', '…']);
    format!("{cut}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(words: &str) -> String {
        line(None, words, &|word| word == "mpv")
    }

    #[test]
    fn a_line_begins_with_a_capital_unless_it_begins_with_code_or_a_name() {
        assert_eq!(plain("add a thing."), "Add a thing");
        assert_eq!(plain("re-enable it"), "Re-enable it");
        assert_eq!(plain("sub_tree() is public"), "sub_tree() is public");
        assert_eq!(plain("--flag does nothing"), "--flag does nothing");
        assert_eq!(plain("iOS builds again"), "iOS builds again");
        assert_eq!(plain("mpv starts"), "mpv starts");
        assert_eq!(plain("wait, then see..."), "Wait, then see...");
        assert_eq!(
            line(Some("vo_x11"), "fix it.", &|_| false),
            "vo_x11: fix it"
        );
    }

    #[test]
    fn a_long_line_ends_between_two_words() {
        let text = plain(&"word ".repeat(40));
        assert!(text.ends_with("word…"), "{text}");
        assert!(text.width() <= COLUMNS && text.width() > 90);
        assert!(plain(&"x".repeat(300)).width() <= COLUMNS);
        assert!(plain(&"語".repeat(300)).width() <= COLUMNS);
    }
}
