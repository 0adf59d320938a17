//! An area as a summary, a branch or a folder names it: tokens that can be compared and rolled up,
//! with the spelling kept.

/// What a commit is about: `player/command`, `vo_opengl`, `cli git`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Area {
    /// As it is written; levels are parted by `/`.
    spelled: String,
    /// Its parts, the widest first; never empty.
    tokens: Vec<Token>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Token {
    /// For comparing: lower case, singular.
    key: String,
    /// Where the level that it belongs to begins in the spelling.
    level: usize,
    /// Where it ends there.
    end: usize,
}

impl Area {
    /// The area with these levels, the widest first; each is parted once more at `-`, `_` and
    /// spaces. `None` when nothing is left to compare.
    pub(super) fn new<'a>(levels: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        let mut out = Self {
            spelled: String::new(),
            tokens: Vec::new(),
        };
        for level in levels.into_iter().filter(|level| !level.is_empty()) {
            if !out.spelled.is_empty() {
                out.spelled.push('/');
            }
            let start = out.spelled.len();
            out.spelled.push_str(level);
            let mut from = 0;
            for part in level.split(['-', '_', ' ']) {
                out.push(part, start, start + from + part.len());
                from += part.len() + 1;
            }
        }
        (!out.tokens.is_empty()).then_some(out)
    }

    /// The area that is one word, never parted.
    pub(super) fn whole(word: &str) -> Option<Self> {
        let mut out = Self {
            spelled: word.to_owned(),
            tokens: Vec::new(),
        };
        out.push(word, 0, word.len());
        (!out.tokens.is_empty()).then_some(out)
    }

    fn push(&mut self, part: &str, level: usize, end: usize) {
        if part.chars().any(char::is_alphanumeric) {
            let key = key(part);
            self.tokens.push(Token { key, level, end });
        }
    }

    /// The keys of its parts, the widest first.
    pub(super) fn keys(&self) -> Vec<String> {
        self.tokens.iter().map(|token| token.key.clone()).collect()
    }

    /// How the first `depth` parts are written.
    pub(super) fn prefix(&self, depth: usize) -> &str {
        let end = match self.tokens.get(depth.wrapping_sub(1)) {
            Some(token) if depth < self.tokens.len() => token.end,
            _ => self.spelled.len(),
        };
        self.spelled.get(..end).unwrap_or_default()
    }

    /// Whether the first `depth` parts belong to what the first `depth - 1` name: a level does, a part
    /// of a name only where what it shares is a word (`magit-file`, but not `m_option`).
    pub(super) fn rolls_up(&self, depth: usize) -> bool {
        let Some([wider, last]) = depth
            .checked_sub(2)
            .and_then(|at| self.tokens.get(at..depth))
        else {
            return false;
        };
        wider.level != last.level || wider.key.chars().count() > 3
    }

    /// What is left to say where the first `depth` parts are said already: the levels behind them,
    /// a level that they end in with the rest; `None` when that is nothing.
    pub(super) fn rest(&self, depth: usize) -> Option<&str> {
        self.spelled.get(self.tokens.get(depth)?.level..)
    }
}

/// A word for comparing: lower case, singular, `docs` for its longer forms.
pub(super) fn key(word: &str) -> String {
    let lower = word.to_lowercase();
    match lower.as_str() {
        "documentation" | "docs" => return "doc".to_owned(),
        "testing" => return "test".to_owned(),
        _ => {}
    }
    let plural = lower.len() > 3 && !["ss", "us", "is"].iter().any(|end| lower.ends_with(end));
    match lower.strip_suffix('s') {
        Some(one) if plural => one.to_owned(),
        _ => lower,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(levels: &[&str]) -> Area {
        Area::new(levels.iter().copied()).unwrap()
    }

    #[test]
    fn case_and_plural_make_no_other_area() {
        assert_eq!(area(&["Tests"]).keys(), area(&["test"]).keys());
        assert_eq!(area(&["Documentation"]).keys(), area(&["doc"]).keys());
        assert_ne!(area(&["class"]).keys(), area(&["clas"]).keys());
    }

    #[test]
    fn a_level_is_said_whole_and_a_part_of_one_never_alone() {
        let path = area(&["player", "command"]);
        assert_eq!((path.prefix(1), path.rest(1)), ("player", Some("command")));
        let name = area(&["vo_opengl"]);
        assert_eq!((name.prefix(1), name.rest(1)), ("vo", Some("vo_opengl")));
        assert_eq!((name.prefix(2), name.rest(2)), ("vo_opengl", None));
    }

    #[test]
    fn signs_alone_are_no_area() {
        assert_eq!(Area::new(["-", "…"]), None);
        assert_eq!(area(&["magit-{un,}stage"]).keys(), ["magit", "{un,}stage"]);
    }
}
