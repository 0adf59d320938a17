//! A text broken for the screen: at words, further lines of an item set in. What is copied and
//! written is never broken.

use crate::model::forms;
use unicode_width::UnicodeWidthStr;

/// One line on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The text.
    pub text: String,
    /// It belongs to a heading.
    pub heading: bool,
}

/// `text` in lines of at most `room` columns; a word that is longer is broken.
pub fn lines(text: &str, room: usize) -> Vec<Line> {
    let mut out = Vec::new();
    if room == 0 {
        return out;
    }
    for line in text.lines() {
        let heading = line.starts_with('#');
        let broken = broken(line.trim_end(), room);
        out.extend(broken.into_iter().map(|text| Line { text, heading }));
    }
    out
}

/// A document in Markdown, as it is read: paragraphs made whole and folded to `room` columns, the
/// marks of headings and emphasis taken away.
pub fn document(text: &str, room: usize) -> Vec<Line> {
    let mut whole = String::new();
    for line in text.lines().map(str::trim_end) {
        let item = line.split_whitespace().next().is_some_and(is_marker);
        let open = !whole.is_empty() && !whole.ends_with('\n');
        let goes_on = open && !line.is_empty() && !item && !whole_heading(&whole);
        if goes_on {
            whole.push(' ');
            whole.push_str(line.trim_start());
        } else {
            if open {
                whole.push('\n');
            }
            whole.push_str(line);
            if line.is_empty() {
                whole.push('\n');
            }
        }
    }
    let mut out = lines(&whole.replace("**", ""), room);
    for line in out.iter_mut().filter(|line| line.heading) {
        line.text = line.text.trim_start_matches('#').trim_start().to_owned();
    }
    out
}

/// Whether the last line of `text` is a heading.
fn whole_heading(text: &str) -> bool {
    text.lines()
        .last()
        .is_some_and(|line| line.starts_with('#'))
}

fn broken(line: &str, room: usize) -> Vec<String> {
    if line.width() <= room {
        return vec![line.to_owned()];
    }
    let (indent, hang) = indents(line, room);
    let hang = " ".repeat(hang);
    let mut out = vec![" ".repeat(indent)];
    let mut empty = true;
    for word in forms::words(line) {
        for piece in pieces(word, room - hang.len()) {
            let last = out.last_mut();
            let Some(last) = last else { break };
            let gap = usize::from(!empty);
            if last.width() + gap + piece.width() <= room {
                if gap == 1 {
                    last.push(' ');
                }
                last.push_str(piece);
            } else if empty {
                last.push_str(piece);
            } else {
                out.push(format!("{hang}{piece}"));
            }
            empty = false;
        }
    }
    out
}

/// The columns before a line's words, and before those of the lines that go on with it.
fn indents(line: &str, room: usize) -> (usize, usize) {
    let words = line.trim_start();
    let most = room / 2;
    let indent = (line.len() - words.len()).min(most);
    let marker = match words.split_once(' ') {
        Some((first, _)) if is_marker(first) => first.len() + 1,
        _ => 0,
    };
    (indent, (indent + marker).min(most))
}

/// `-`, `*`, `##`, `>`, `12.`
fn is_marker(word: &str) -> bool {
    let number = word.strip_suffix('.').unwrap_or_default();
    let digits = !number.is_empty() && number.bytes().all(|c| c.is_ascii_digit());
    digits || matches!(word, "-" | "*" | ">") || word.bytes().all(|c| c == b'#')
}

/// `word` in pieces that fit.
fn pieces(word: &str, room: usize) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = word;
    while rest.width() > room {
        let mut used = 0;
        let cut = rest.char_indices().find(|(_, c)| {
            used += c.encode_utf8(&mut [0; 4]).width();
            used > room
        });
        // A character that is wider than the room has to stand somewhere.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let at = cut.map_or(rest.len(), |cut| cut.0.max(first));
        let (piece, more) = rest.split_at(at);
        out.push(piece);
        rest = more;
    }
    out.push(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(text: &str, room: usize) -> Vec<String> {
        lines(text, room)
            .into_iter()
            .map(|line| line.text)
            .collect()
    }

    #[test]
    fn an_item_goes_on_under_its_words() {
        let text = "## Shipped\n- **ING-7** retry the queue\n  - deep one here";
        let expected = [
            "## Shipped",
            "- **ING-7** retry",
            "  the queue",
            "  - deep one here",
        ];
        assert_eq!(texts(text, 17), expected);
    }

    #[test]
    fn what_fits_stays_as_it_is_and_free_lines_stay_free() {
        assert_eq!(texts("a  b\n\n  c", 9), ["a  b", "", "  c"]);
        assert!(lines("# A\nb", 9)[0].heading && !lines("# A\nb", 9)[1].heading);
    }

    #[test]
    fn a_document_is_folded_anew_and_loses_its_marks() {
        let text = "# If\nNot **so**\nfast.\n\n- one\n  more\n- two\n";
        let shown: Vec<_> = document(text, 20)
            .into_iter()
            .map(|line| (line.heading, line.text))
            .collect();
        let plain = |text: &str| (false, text.to_owned());
        let expected = [
            (true, "If".to_owned()),
            plain("Not so fast."),
            plain(""),
            plain("- one more"),
            plain("- two"),
        ];
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_word_longer_than_a_line_is_broken_and_nothing_of_it_is_lost() {
        assert_eq!(texts("- abcdefghij k", 6), ["- abcd", "  efgh", "  ij k"]);
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_its_room_and_no_word_is_lost(
            text in "[ a-zé日#*.-]{0,60}", room in 4_usize..30
        ) {
            let all = texts(&text, room);
            for line in &all {
                prop_assert!(line.width() <= room, "{line:?}");
            }
            let letters = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(letters(&all.concat()), letters(&text));
        }
    }
}
