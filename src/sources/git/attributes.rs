//! The linguist marks of one `.gitattributes` file, as gitattributes(5) and linguist document
//! them.

use rustc_hash::FxHashMap;

use super::files;
use super::languages::{self, Known};
use super::pattern::Pattern;

/// git itself ignores lines longer than this.
const LINE_BYTES: usize = 2048;

/// What `.gitattributes` says about one path. `None` = nothing, or taken back by `!`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    /// `linguist-generated`.
    pub(super) generated: Option<bool>,
    /// `linguist-vendored`.
    pub(super) vendored: Option<bool>,
    /// `linguist-documentation`.
    pub(super) documentation: Option<bool>,
    /// `linguist-detectable`.
    pub(super) detectable: Option<bool>,
    /// `linguist-language`, when the name is known.
    pub(super) language: Option<Known>,
}

/// One assignment of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    Generated(Option<bool>),
    Vendored(Option<bool>),
    Documentation(Option<bool>),
    Detectable(Option<bool>),
    Language(Option<Known>),
}

impl Said {
    fn apply(self, marks: &mut Marks) {
        match self {
            Self::Generated(value) => marks.generated = value,
            Self::Vendored(value) => marks.vendored = value,
            Self::Documentation(value) => marks.documentation = value,
            Self::Detectable(value) => marks.detectable = value,
            Self::Language(value) => marks.language = value,
        }
    }
}

/// Groups of attributes by name, which only the root's file may define.
pub(super) type Macros = FxHashMap<Vec<u8>, Box<[u8]>>;

/// The rules of one file, in its order; later ones win.
#[derive(Debug, Default)]
pub(super) struct Rules {
    rules: Vec<(Pattern, Box<[Said]>)>,
}

impl Rules {
    /// The rules in `bytes` that say something of linguist's. Macros are defined when `is_root`.
    pub(super) fn parse(bytes: &[u8], macros: &mut Macros, is_root: bool) -> Self {
        let mut rules = Vec::new();
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        for line in files::lines(bytes) {
            let line = line.trim_ascii();
            if line.is_empty() || line[0] == b'#' || line.len() > LINE_BYTES {
                continue;
            }
            if let Some(definition) = line.strip_prefix(b"[attr]") {
                let (name, attributes) = word(definition);
                if is_root {
                    macros.insert(name.to_vec(), attributes.into());
                }
                continue;
            }
            let (pattern, attributes) = pattern_and_rest(line);
            let mut said = Vec::new();
            say(attributes, macros, 0, &mut said);
            if !said.is_empty() {
                rules.extend(Pattern::new(&pattern).map(|p| (p, said.into())));
            }
        }
        Self { rules }
    }

    /// Whether no rule says anything.
    pub(super) fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// Adds to `marks` what is said about `path`, relative to the folder of the file.
    pub(super) fn apply(&self, path: &[u8], marks: &mut Marks) {
        for (pattern, said) in &self.rules {
            if pattern.matches(path) {
                said.iter().for_each(|one| one.apply(marks));
            }
        }
    }
}

/// The first word of `text` and what follows.
fn word(text: &[u8]) -> (&[u8], &[u8]) {
    let text = text.trim_ascii_start();
    let end = text
        .iter()
        .position(u8::is_ascii_whitespace)
        .unwrap_or(text.len());
    text.split_at(end)
}

/// The pattern of a line, unquoted, and its attributes.
fn pattern_and_rest(line: &[u8]) -> (Vec<u8>, &[u8]) {
    if line[0] != b'"' {
        let (pattern, rest) = word(line);
        return (pattern.to_vec(), rest);
    }
    let mut out = Vec::new();
    let mut at = 1;
    while let Some(c) = line.get(at) {
        at += 1;
        match c {
            b'"' => return (out, &line[at..]),
            b'\\' => {
                let (byte, width) = escape(&line[at..]);
                out.extend(byte);
                at += width;
            }
            c => out.push(*c),
        }
    }
    // The quote never ends: no pattern.
    (Vec::new(), &[])
}

/// A C escape behind its backslash: the byte, and how many characters it took.
fn escape(text: &[u8]) -> (Option<u8>, usize) {
    let octal = text.iter().take(3).all(|c| (b'0'..=b'7').contains(c));
    match text.first() {
        Some(b'n') => (Some(b'\n'), 1),
        Some(b't') => (Some(b'\t'), 1),
        Some(b'r') => (Some(b'\r'), 1),
        Some(b'a') => (Some(7), 1),
        Some(b'b') => (Some(8), 1),
        Some(b'f') => (Some(12), 1),
        Some(b'v') => (Some(11), 1),
        Some(_) if octal && text.len() >= 3 => {
            let value = text[..3]
                .iter()
                .fold(0_u32, |sum, c| sum * 8 + u32::from(c - b'0'));
            (u8::try_from(value).ok(), 3)
        }
        Some(other) => (Some(*other), 1),
        None => (None, 0),
    }
}

/// Adds what the attributes say, macros resolved.
fn say(attributes: &[u8], macros: &Macros, depth: u8, said: &mut Vec<Said>) {
    let mut rest = attributes;
    loop {
        let (attribute, after) = word(rest);
        if attribute.is_empty() || said.len() > LINE_BYTES {
            return;
        }
        rest = after;
        let (name, value) = match attribute {
            [b'-', name @ ..] => (name, Value::No),
            [b'!', name @ ..] => (name, Value::TakenBack),
            _ => match memchr::memchr(b'=', attribute) {
                Some(at) => (&attribute[..at], Value::Text(&attribute[at + 1..])),
                None => (attribute, Value::Yes),
            },
        };
        match (name, macros.get(name)) {
            // A macro that names itself ends here.
            (_, Some(meant)) if depth < 4 => {
                if matches!(value, Value::Yes) {
                    say(meant, macros, depth + 1, said);
                }
            }
            _ => said.extend(one(name, &value)),
        }
    }
}

enum Value<'a> {
    Yes,
    No,
    TakenBack,
    Text(&'a [u8]),
}

impl Value<'_> {
    fn truth(&self) -> Option<bool> {
        match self {
            Self::Yes => Some(true),
            Self::No => Some(false),
            Self::TakenBack => None,
            Self::Text(text) => Some(!matches!(
                text.to_ascii_lowercase().as_slice(),
                b"false" | b"0" | b"no" | b"off" | b""
            )),
        }
    }
}

fn one(name: &[u8], value: &Value<'_>) -> Option<Said> {
    match name {
        b"linguist-generated" => Some(Said::Generated(value.truth())),
        b"linguist-vendored" => Some(Said::Vendored(value.truth())),
        b"linguist-documentation" => Some(Said::Documentation(value.truth())),
        b"linguist-detectable" => Some(Said::Detectable(value.truth())),
        b"linguist-language" => Some(Said::Language(match value {
            Value::Text(text) => languages::by_name(&String::from_utf8_lossy(text)),
            _ => None,
        })),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(file: &str, path: &str) -> Marks {
        let mut marks = Marks::default();
        Rules::parse(file.as_bytes(), &mut Macros::default(), true)
            .apply(path.as_bytes(), &mut marks);
        marks
    }

    #[test]
    fn later_lines_win_and_an_exclamation_mark_takes_back() {
        let file =
            "*.c linguist-generated\nsrc/*.c -linguist-generated\nsrc/x.c !linguist-generated\n";
        assert_eq!(marks(file, "a.c").generated, Some(true));
        assert_eq!(marks(file, "src/a.c").generated, Some(false));
        assert_eq!(marks(file, "src/x.c").generated, None);
    }

    #[test]
    fn values_quotes_and_macros_are_understood() {
        let file = "[attr]made linguist-generated linguist-language=Rust\n\"a b/*.x\" made\n*.y linguist-vendored=false linguist-documentation=true\n# c linguist-vendored\n";
        let made = marks(file, "a b/c.x");
        assert_eq!(made.generated, Some(true));
        assert_eq!(made.language.map(|k| k.name), Some("Rust"));
        let other = marks(file, "d/e.y");
        assert_eq!(
            (other.vendored, other.documentation),
            (Some(false), Some(true))
        );
        assert_eq!(marks(file, "c"), Marks::default());
    }

    #[test]
    fn a_macro_that_names_itself_ends() {
        assert_eq!(
            marks("[attr]a a linguist-vendored\n* a\n", "x").vendored,
            Some(true)
        );
    }

    #[test]
    fn broken_files_say_nothing() {
        for file in [
            "\"never ends",
            "\\",
            "\u{feff}",
            "[attr]",
            "x linguist-language=",
            "* a=b=c",
        ] {
            assert_eq!(marks(file, "x"), Marks::default(), "{file:?}");
        }
    }
}
