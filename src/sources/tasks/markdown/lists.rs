//! Which lines of a Markdown text are checkboxes: code is none, quotes and callouts may hold some.

/// A checkbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Box<'t> {
    /// How far it stands from the left within its quote, a tab as four.
    pub(super) indent: usize,
    /// What stands in the box.
    pub(super) mark: char,
    /// The text behind it.
    pub(super) text: &'t str,
}

/// Follows a text line by line.
#[derive(Debug, Default)]
pub(super) struct Boxes {
    /// The fence of open code: its sign, its length, the depth of quotes it stands in.
    fence: Option<(char, usize, usize)>,
    /// A comment (`<!--` or `%%`) that is open.
    comment: Option<&'static str>,
    in_list: bool,
    /// The depth of quotes of the line before.
    depth: usize,
}

impl Boxes {
    /// The checkbox on the next line, if it is one.
    pub(super) fn next<'t>(&mut self, line: &'t str) -> Option<Box<'t>> {
        let (depth, line) = unquoted(line);
        let text = line.trim_start();
        let indent = line
            .chars()
            .take_while(|c| c.is_whitespace())
            .map(|c| if c == '\t' { 4 } else { 1 })
            .sum();
        // A list ends with its quote, and before code that stands at the left.
        self.in_list &= depth == std::mem::replace(&mut self.depth, depth);
        if self.in_code(depth, text) || self.in_comment(text) {
            self.in_list &= indent > 1;
            return None;
        }
        if text.is_empty() {
            return None;
        }
        // Outside a list so far to the right is code.
        if indent >= 4 && !self.in_list {
            return None;
        }
        let item = item(text);
        self.in_list = item.is_some() || (self.in_list && indent > 1);
        let (mark, text) = boxed(item?)?;
        Some(Box { indent, mark, text })
    }

    /// Whether the line opens, closes or is within fenced code.
    fn in_code(&mut self, depth: usize, text: &str) -> bool {
        let sign = text.chars().next().filter(|c| matches!(c, '`' | '~'));
        let length = sign.map_or(0, |sign| text.chars().take_while(|c| *c == sign).count());
        match self.fence {
            // A quote that ends takes its code with it.
            Some((_, _, within)) if depth < within => {
                self.fence = None;
                self.in_code(depth, text)
            }
            Some((open, least, _)) => {
                if sign == Some(open) && length >= least && text.trim_end().len() == length {
                    self.fence = None;
                }
                true
            }
            None => {
                let Some(sign) = sign.filter(|_| length >= 3) else {
                    return false;
                };
                // Backticks behind backticks are code within a line.
                let rest = text.get(length..).unwrap_or_default();
                if sign == '`' && rest.contains('`') {
                    return false;
                }
                self.fence = Some((sign, length, depth));
                true
            }
        }
    }

    /// Whether the line is within a comment over several lines.
    fn in_comment(&mut self, text: &str) -> bool {
        if let Some(end) = self.comment {
            if text.contains(end) {
                self.comment = None;
            }
            return true;
        }
        if text.starts_with("<!--") && !text.contains("-->") {
            self.comment = Some("-->");
        } else if text.starts_with("%%") && text.matches("%%").count() == 1 {
            self.comment = Some("%%");
        }
        self.comment.is_some()
    }
}

/// The depth of quotes, and the line without their marks.
fn unquoted(line: &str) -> (usize, &str) {
    let (mut depth, mut rest) = (0, line);
    while let Some(inner) = rest.trim_start().strip_prefix('>') {
        let before = rest.len() - rest.trim_start().len();
        if before > 3 {
            break;
        }
        depth += 1;
        rest = inner.strip_prefix(' ').unwrap_or(inner);
    }
    (depth, rest)
}

/// The text of a list item: behind `- `, `* `, `+ `, `1. ` or `1) `.
fn item(text: &str) -> Option<&str> {
    let numbered = || {
        let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
        let digits = text.len() - rest.len();
        rest.strip_prefix(['.', ')'])
            .filter(|_| (1..10).contains(&digits))
    };
    let rest = text.strip_prefix(['-', '*', '+']).or_else(numbered)?;
    rest.strip_prefix([' ', '\t']).map(str::trim_start)
}

/// The sign in `[x] text` and the text.
fn boxed(text: &str) -> Option<(char, &str)> {
    let mut chars = text.strip_prefix('[')?.chars();
    let mark = chars.next().filter(|c| *c != ']')?;
    let rest = chars.as_str().strip_prefix(']')?;
    let text = rest
        .strip_prefix([' ', '\t'])
        .or_else(|| rest.is_empty().then_some(rest))?;
    Some((mark, text.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        let mut boxes = Boxes::default();
        let all = text.lines().filter_map(|line| boxes.next(line));
        all.map(|one| one.text).collect()
    }

    #[test]
    fn every_kind_of_list_and_what_only_looks_like_a_box() {
        let text = "- [ ] a\n* [x] b\n+ [X] c\n12. [ ] d\n3) [!] e\n- [] no\n- [ ]no\nx - [ ] no\n-[ ] no\n- [link](x)\n";
        assert_eq!(texts(text), ["a", "b", "c", "d", "e"]);
    }

    #[test]
    fn code_and_comments_hold_no_tasks_and_quotes_do() {
        let text = "```md\n- [ ] no\n~~~\n```\n> - [ ] a\n> > [!NOTE]\n> > - [ ] b\n> ```\n> - [ ] no\n- [ ] c\n<!--\n- [ ] no\n-->\n%% a comment %%\n- [ ] d\n``` one line ```\n- [ ] e\n";
        assert_eq!(texts(text), ["a", "b", "c", "d", "e"]);
    }

    #[test]
    fn so_far_to_the_right_is_code_unless_a_list_is_open() {
        assert_eq!(
            texts(
                "text\n\n    - [ ] no\n\n- [ ] a\n    - [ ] b\n\n      more\n    - [ ] c\n\ntext\n\n\t- [ ] no\n"
            ),
            ["a", "b", "c"]
        );
    }
}
