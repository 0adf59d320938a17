//! Path patterns as gitattributes(5) and gitignore(5) document them.

/// One pattern and where it applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern {
    text: Box<[u8]>,
    /// Without a slash: the file name alone is compared.
    name_only: bool,
    /// No wildcard in it: compared as it is.
    literal: bool,
}

/// Steps one comparison may take: a hostile pattern ends as "no match", not as a hang.
const STEPS: u32 = 20_000;

impl Pattern {
    /// The pattern that `text` describes; `None` for one that matches no file: an empty one, a
    /// negative one, or one for folders alone.
    pub(super) fn new(text: &[u8]) -> Option<Self> {
        if text.is_empty() || text[0] == b'!' || text.ends_with(b"/") {
            return None;
        }
        let name_only = !text.contains(&b'/');
        let text = text.strip_prefix(b"/").unwrap_or(text);
        Some(Self {
            text: text.into(),
            name_only,
            literal: !text.iter().any(|c| b"*?[\\".contains(c)),
        })
    }

    /// Whether the pattern means `path`, which is relative to the folder of the pattern's file.
    pub(super) fn matches(&self, path: &[u8]) -> bool {
        let subject = if self.name_only {
            let from = memchr::memrchr(b'/', path).map_or(0, |at| at + 1);
            &path[from..]
        } else {
            path
        };
        if self.literal {
            return *self.text == *subject;
        }
        let mut steps = STEPS;
        wild(&self.text, subject, &mut steps)
    }
}

/// Whether `pattern` covers all of `text`; `*`, `?` and `[…]` never cover a slash.
fn wild(pattern: &[u8], text: &[u8], steps: &mut u32) -> bool {
    let (mut p, mut t) = (0, 0);
    // Where to go on when a single star has to cover one character more.
    let mut star: Option<(usize, usize)> = None;
    loop {
        match steps.checked_sub(1) {
            Some(left) => *steps = left,
            None => return false,
        }
        if pattern[p..].starts_with(b"**") && is_own_part(pattern, p) {
            return folders(&pattern[p + 2..], &text[t..], steps);
        }
        match pattern.get(p) {
            None if t == text.len() => return true,
            Some(b'*') => {
                while pattern.get(p) == Some(&b'*') {
                    p += 1;
                }
                star = Some((p, t));
                continue;
            }
            Some(_) if t < text.len() => {
                if let Some(width) = one(&pattern[p..], text[t]) {
                    p += width;
                    t += 1;
                    continue;
                }
            }
            _ => {}
        }
        match star {
            Some((after, from)) if from < text.len() && text[from] != b'/' => {
                p = after;
                t = from + 1;
                star = Some((after, t));
            }
            _ => return false,
        }
    }
}

/// Whether the two stars at `at` stand alone between slashes.
fn is_own_part(pattern: &[u8], at: usize) -> bool {
    (at == 0 || pattern[at - 1] == b'/') && matches!(pattern.get(at + 2), None | Some(b'/'))
}

/// What follows a `**`: nothing (all below), or a slash and the rest at any depth.
fn folders(after: &[u8], text: &[u8], steps: &mut u32) -> bool {
    let Some(rest) = after.strip_prefix(b"/") else {
        return !text.is_empty();
    };
    let mut from = 0;
    loop {
        if wild(rest, &text[from..], steps) {
            return true;
        }
        match memchr::memchr(b'/', &text[from..]) {
            Some(at) if *steps > 0 => from += at + 1,
            _ => return false,
        }
    }
}

/// How many bytes of `pattern` stand for the one character `c`; `None` when they do not match.
fn one(pattern: &[u8], c: u8) -> Option<usize> {
    match pattern[0] {
        b'?' => (c != b'/').then_some(1),
        b'\\' => (pattern.get(1) == Some(&c)).then_some(2),
        b'[' => class(pattern, c).filter(|_| c != b'/'),
        literal => (literal == c).then_some(1),
    }
}

/// A bracket expression: its width if `c` is in it.
fn class(pattern: &[u8], c: u8) -> Option<usize> {
    let mut at = 1;
    let negated = matches!(pattern.get(at), Some(b'!' | b'^'));
    at += usize::from(negated);
    let first = at;
    let mut found = false;
    loop {
        let low = *pattern.get(at)?;
        if low == b']' && at > first {
            return (found != negated).then_some(at + 1);
        }
        if let Some((members, width)) = named_class(&pattern[at..]) {
            found |= members(&c);
            at += width;
            continue;
        }
        let low = if low == b'\\' {
            at += 1;
            *pattern.get(at)?
        } else {
            low
        };
        at += 1;
        let range = pattern.get(at) == Some(&b'-') && pattern.get(at + 1) != Some(&b']');
        let high = if range {
            let high = *pattern.get(at + 1)?;
            at += 2;
            high
        } else {
            low
        };
        found |= (low..=high).contains(&c);
    }
}

type Members = fn(&u8) -> bool;

/// `[:digit:]` and the like inside brackets.
fn named_class(pattern: &[u8]) -> Option<(Members, usize)> {
    let rest = pattern.strip_prefix(b"[:")?;
    let end = memchr::memmem::find(rest, b":]")?;
    let members: Members = match &rest[..end] {
        b"alpha" => u8::is_ascii_alphabetic,
        b"digit" => u8::is_ascii_digit,
        b"alnum" => u8::is_ascii_alphanumeric,
        b"lower" => u8::is_ascii_lowercase,
        b"upper" => u8::is_ascii_uppercase,
        b"space" => u8::is_ascii_whitespace,
        b"punct" => u8::is_ascii_punctuation,
        b"xdigit" => u8::is_ascii_hexdigit,
        _ => return None,
    };
    Some((members, end + 4))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hit(pattern: &str, path: &str) -> bool {
        Pattern::new(pattern.as_bytes()).is_some_and(|p| p.matches(path.as_bytes()))
    }

    #[test]
    fn patterns_match_as_documented() {
        for (pattern, path) in [
            ("*.rs", "a/b/c.rs"),
            ("name", "deep/name"),
            ("/name", "name"),
            ("a/*.c", "a/x.c"),
            ("a/**", "a/b/c"),
            ("**/gen/*.go", "x/y/gen/z.go"),
            ("**/gen/*.go", "gen/z.go"),
            ("a/**/z", "a/z"),
            ("a/**/z", "a/b/c/z"),
            ("a[0-9]?", "a7x"),
            ("[!a]", "b"),
            ("[[:digit:]]", "7"),
            ("[]]", "]"),
            ("\\*", "*"),
            ("a*b*c", "aXbYbZc"),
            ("**", "x/y"),
        ] {
            assert!(hit(pattern, path), "{pattern} {path}");
        }
    }

    #[test]
    fn patterns_that_do_not_mean_a_path_do_not_match_it() {
        for (pattern, path) in [
            ("a/*.c", "a/b/x.c"),
            ("/name", "deep/name"),
            ("dir/", "dir/file"),
            ("dir", "dir/file"),
            ("a/**", "a"),
            ("*.rs", "a.rsx"),
            ("a?b", "a/b"),
            ("[a", "[a"),
            ("!x", "x"),
            ("\\", "\\"),
            ("", ""),
        ] {
            assert!(!hit(pattern, path), "{pattern} {path}");
        }
    }

    #[test]
    fn a_hostile_pattern_ends() {
        let pattern = "**/a*".repeat(40) + "b";
        let path = "a/".repeat(2_000);
        assert!(!hit(&pattern, &path));
        assert!(!hit(&("a*".repeat(500) + "b"), &"a".repeat(5_000)));
    }
}
