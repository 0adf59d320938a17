//! Git's configuration format, as `git help config` describes it.

/// One variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::guard) struct Entry {
    /// The section, lower case.
    pub(in crate::guard) section: String,
    /// The subsection, exact.
    pub(in crate::guard) subsection: Option<Vec<u8>>,
    /// The variable, lower case.
    pub(in crate::guard) key: String,
    /// The value; `None` for a variable without `=`, which means true.
    pub(in crate::guard) value: Option<Vec<u8>>,
}

impl Entry {
    /// Whether this is `section.key` without a subsection.
    pub(in crate::guard) fn is(&self, section: &str, key: &str) -> bool {
        self.subsection.is_none() && self.section == section && self.key == key
    }

    /// The value as git reads a yes or no; `None` when it is neither.
    pub(in crate::guard) fn truth(&self) -> Option<bool> {
        let Some(value) = &self.value else {
            return Some(true);
        };
        match value.to_ascii_lowercase().as_slice() {
            b"true" | b"yes" | b"on" => Some(true),
            b"false" | b"no" | b"off" | b"" => Some(false),
            digits => std::str::from_utf8(digits)
                .ok()?
                .parse::<i64>()
                .ok()
                .map(|n| n != 0),
        }
    }
}

/// How many variables one file may hold.
const ENTRIES: usize = 20_000;

/// The variables in `bytes`, up to the first thing that is not git's format.
pub(in crate::guard) fn parse(bytes: &[u8]) -> Vec<Entry> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut reader = Reader { bytes, at: 0 };
    let mut entries = Vec::new();
    // Ends at the file's end, or where git itself would give up.
    while reader.section_or_entry(&mut entries).is_some() && entries.len() < ENTRIES {}
    entries
        .into_iter()
        .filter_map(|line| match line {
            Line::Entry(entry) => Some(entry),
            Line::Section(..) => None,
        })
        .collect()
}

enum Line {
    Section(String, Option<Vec<u8>>),
    Entry(Entry),
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// The next byte; a line's end of two bytes is one.
    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        if byte == b'\r' && self.peek() == Some(b'\n') {
            self.at += 1;
            return Some(b'\n');
        }
        Some(byte)
    }

    fn skip_line(&mut self) {
        while self.next().is_some_and(|byte| byte != b'\n') {}
    }

    fn skip_blanks(&mut self) {
        while self
            .peek()
            .is_some_and(|byte| byte == b' ' || byte == b'\t')
        {
            self.at += 1;
        }
    }

    /// Reads one thing; `None` ends the file.
    fn section_or_entry(&mut self, lines: &mut Vec<Line>) -> Option<()> {
        match self.peek()? {
            b'#' | b';' => self.skip_line(),
            byte if byte.is_ascii_whitespace() => self.at += 1,
            b'[' => {
                self.at += 1;
                let (section, subsection) = self.header()?;
                lines.push(Line::Section(section, subsection));
            }
            _ => {
                let latest = lines.iter().rev().find_map(|line| match line {
                    Line::Section(section, subsection) => Some((section, subsection)),
                    Line::Entry(_) => None,
                });
                let (section, subsection) = latest?;
                let (section, subsection) = (section.clone(), subsection.clone());
                let key = self.key()?;
                let value = self.value_if_any()?;
                lines.push(Line::Entry(Entry {
                    section,
                    subsection,
                    key,
                    value,
                }));
            }
        }
        Some(())
    }

    /// `section]`, `section "sub"]` or the old `section.sub]`, after the bracket.
    fn header(&mut self) -> Option<(String, Option<Vec<u8>>)> {
        let start = self.at;
        while self
            .peek()
            .is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.')
        {
            self.at += 1;
        }
        let name = self.bytes.get(start..self.at)?.to_ascii_lowercase();
        let name = String::from_utf8(name).ok()?;
        self.skip_blanks();
        match self.next()? {
            b']' => Some(match name.split_once('.') {
                Some((section, sub)) => (section.to_owned(), Some(sub.as_bytes().to_vec())),
                None => (name, None),
            }),
            b'"' => {
                let sub = self.subsection()?;
                (self.next()? == b']').then_some((name, Some(sub)))
            }
            _ => None,
        }
    }

    fn subsection(&mut self) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        loop {
            match self.next()? {
                b'"' => return Some(out),
                b'\n' => return None,
                b'\\' => match self.next()? {
                    b'\n' => return None,
                    escaped => out.push(escaped),
                },
                byte => out.push(byte),
            }
        }
    }

    fn key(&mut self) -> Option<String> {
        let start = self.at;
        if !self.peek()?.is_ascii_alphabetic() {
            return None;
        }
        while self
            .peek()
            .is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        {
            self.at += 1;
        }
        let key = self.bytes.get(start..self.at)?.to_ascii_lowercase();
        String::from_utf8(key).ok()
    }

    /// The value after the key; the outer `None` is a broken line.
    #[expect(
        clippy::option_option,
        reason = "outer: broken; inner: no value, which means true"
    )]
    fn value_if_any(&mut self) -> Option<Option<Vec<u8>>> {
        self.skip_blanks();
        match self.next() {
            None | Some(b'\n') => Some(None),
            Some(b'#' | b';') => {
                self.skip_line();
                Some(None)
            }
            Some(b'=') => self.value().map(Some),
            Some(_) => None,
        }
    }

    fn value(&mut self) -> Option<Vec<u8>> {
        self.skip_blanks();
        let mut out = Vec::new();
        // Blanks outside quotes count only when something follows.
        let mut kept = 0;
        let mut quoted = false;
        loop {
            match self.next() {
                None | Some(b'\n') if quoted => return None,
                None | Some(b'\n') => break,
                Some(b'#' | b';') if !quoted => {
                    self.skip_line();
                    break;
                }
                Some(b'"') => quoted = !quoted,
                Some(b'\\') => match self.next()? {
                    b'\n' => continue,
                    b'n' => out.push(b'\n'),
                    b't' => out.push(b'\t'),
                    b'b' => out.push(0x08),
                    same @ (b'"' | b'\\') => out.push(same),
                    _ => return None,
                },
                Some(blank @ (b' ' | b'\t')) if !quoted => {
                    out.push(blank);
                    continue;
                }
                Some(byte) => out.push(byte),
            }
            kept = out.len();
        }
        out.truncate(kept);
        Some(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        parse(text.as_bytes())
            .into_iter()
            .map(|e| {
                let sub = e.subsection.map(|s| format!("{}.", s.escape_ascii()));
                let value = e.value.map(|v| format!("={}", v.escape_ascii()));
                let (sub, value) = (sub.unwrap_or_default(), value.unwrap_or_default());
                format!("{}.{sub}{}{value}", e.section, e.key)
            })
            .collect()
    }

    #[test]
    fn sections_subsections_and_comments() {
        let text = "# c\n[User]\n\tEmail = a@b ; home\n[remote \"My \\\"O\\\\\"] url=x#y\n[Branch.Main]x=1\n";
        assert_eq!(
            read(text),
            [
                "user.email=a@b",
                "remote.My \\\"O\\\\.url=x",
                "branch.main.x=1"
            ]
        );
    }

    #[test]
    fn quotes_escapes_blanks_and_continued_lines() {
        let text = "[a]\nx = \" b  \" c  \ny = a\\\n  b\nz = \"a;b\\\"\\t\"#c\nv =\nw\n";
        assert_eq!(
            read(text),
            ["a.x= b   c", "a.y=a  b", "a.z=a;b\\\"\\t", "a.v=", "a.w"]
        );
    }

    #[test]
    fn line_ends_of_two_bytes_and_a_byte_order_mark() {
        assert_eq!(
            read("\u{feff}[a]\r\nx = 1\r\ny = a\\\r\nb\r\n"),
            ["a.x=1", "a.y=ab"]
        );
    }

    #[test]
    fn what_git_refuses_ends_the_file_and_keeps_what_stood_before() {
        for broken in [
            "1x = 2",
            "x 2",
            "[a",
            "[a \"b",
            "x = \"open",
            "x = \\q",
            "[a \"b\"x]",
            "[\u{e4}]",
        ] {
            assert_eq!(
                read(&format!("[a]\nok = 1\n{broken}\nlater = 2\n")),
                ["a.ok=1"],
                "{broken}"
            );
        }
        assert!(read("x = 1").is_empty());
    }

    #[test]
    fn truth_is_what_git_calls_it() {
        let truth = |text: &str| parse(format!("[a]\nx{text}").as_bytes())[0].truth();
        for yes in ["", " = yes", " = ON", " = 1", " = -2"] {
            assert_eq!(truth(yes), Some(true), "{yes}");
        }
        for no in [" =", " = off", " = 0"] {
            assert_eq!(truth(no), Some(false), "{no}");
        }
        assert_eq!(truth(" = maybe"), None);
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_whatever_break_the_reader(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..400)) {
            parse(&bytes);
        }
    }
}
