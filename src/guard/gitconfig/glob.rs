//! Git's path patterns. Every position is followed at once, so no pattern takes longer than
//! its length times the text's.

/// Longest pattern and text, in bytes.
const LONGEST: usize = 4096;

enum Token {
    Byte(u8),
    /// `?` and `[…]`: one byte of the set, never a slash.
    OneOf(Box<[bool; 256]>),
    /// `*`: anything within one part.
    Part,
    /// `**` at the end of a path: anything.
    Rest,
    /// `**/`: nothing, or whole parts.
    Parts,
}

/// Whether `pattern` matches the whole of `text`. With `any_case`, ASCII letters are alike.
pub(super) fn matches(pattern: &[u8], text: &[u8], any_case: bool) -> bool {
    if pattern.len() > LONGEST || text.len() > LONGEST {
        return false;
    }
    let fold = |bytes: &[u8]| {
        if any_case {
            bytes.to_ascii_lowercase()
        } else {
            bytes.to_vec()
        }
    };
    let (pattern, text) = (fold(pattern), fold(text));
    let Some(tokens) = tokens(&pattern) else {
        return false;
    };
    // reached[i]: the tokens so far match the first i bytes.
    let mut reached = vec![false; text.len() + 1];
    reached[0] = true;
    for token in &tokens {
        reached = step(token, &reached, &text);
    }
    reached[text.len()]
}

fn step(token: &Token, reached: &[bool], text: &[u8]) -> Vec<bool> {
    let mut next = vec![false; reached.len()];
    let mut before = false;
    for at in 0..reached.len() {
        let last = at.checked_sub(1).map(|at| text[at]);
        next[at] = match (token, last) {
            (Token::Byte(byte), Some(last)) => reached[at - 1] && last == *byte,
            (Token::OneOf(set), Some(last)) => reached[at - 1] && set[usize::from(last)],
            (Token::Byte(_) | Token::OneOf(_), None) => false,
            (Token::Part, Some(last)) => reached[at] || (next[at - 1] && last != b'/'),
            (Token::Rest, Some(_)) => reached[at] || next[at - 1],
            (Token::Parts, Some(last)) => reached[at] || (before && last == b'/'),
            (_, None) => reached[at],
        };
        before |= reached[at];
    }
    next
}

fn tokens(pattern: &[u8]) -> Option<Vec<Token>> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(byte) = pattern.get(at) {
        at += 1;
        match byte {
            b'*' => {
                let start = at - 1;
                while pattern.get(at) == Some(&b'*') {
                    at += 1;
                }
                let opens = start == 0 || pattern.get(start - 1) == Some(&b'/');
                let several = at - start > 1 && opens;
                out.push(match pattern.get(at) {
                    None if several => Token::Rest,
                    Some(b'/') if several => {
                        at += 1;
                        Token::Parts
                    }
                    _ => Token::Part,
                });
            }
            b'?' => {
                let mut set = Box::new([true; 256]);
                set[usize::from(b'/')] = false;
                out.push(Token::OneOf(set));
            }
            b'[' => out.push(Token::OneOf(class(pattern, &mut at)?)),
            b'\\' => {
                out.push(Token::Byte(*pattern.get(at)?));
                at += 1;
            }
            byte => out.push(Token::Byte(*byte)),
        }
    }
    Some(out)
}

/// The set between brackets, `at` standing after the first one; `None` when it never closes.
fn class(pattern: &[u8], at: &mut usize) -> Option<Box<[bool; 256]>> {
    let mut set = Box::new([false; 256]);
    let negated = matches!(pattern.get(*at), Some(b'!' | b'^'));
    *at += usize::from(negated);
    let start = *at;
    loop {
        let mut byte = *pattern.get(*at)?;
        *at += 1;
        if byte == b']' && *at - 1 > start {
            break;
        }
        if byte == b'[' && pattern.get(*at) == Some(&b':') {
            named_class(pattern, at, &mut set)?;
            continue;
        }
        if byte == b'\\' {
            byte = *pattern.get(*at)?;
            *at += 1;
        }
        let range =
            pattern.get(*at) == Some(&b'-') && pattern.get(*at + 1).is_some_and(|b| *b != b']');
        let last = if range {
            *at += 2;
            *pattern.get(*at - 1)?
        } else {
            byte
        };
        for member in byte..=last {
            set[usize::from(member)] = true;
        }
    }
    if negated {
        set.iter_mut().for_each(|member| *member = !*member);
    }
    set[usize::from(b'/')] = false;
    Some(set)
}

/// `[:alpha:]` and its like, `at` standing on the first colon.
fn named_class(pattern: &[u8], at: &mut usize, set: &mut [bool; 256]) -> Option<()> {
    let rest = pattern.get(*at + 1..)?;
    let end = rest.windows(2).position(|pair| pair == b":]")?;
    let test: fn(&u8) -> bool = match rest.get(..end)? {
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
    for byte in 0..=u8::MAX {
        set[usize::from(byte)] |= test(&byte);
    }
    *at += end + 3;
    Some(())
}

#[cfg(test)]
mod tests {
    use super::matches;

    fn yes(pattern: &str, text: &str) -> bool {
        matches(pattern.as_bytes(), text.as_bytes(), false)
    }

    #[test]
    fn stars_stay_within_a_part_and_double_stars_do_not() {
        assert!(yes("/a/*/c", "/a/b/c") && !yes("/a/*/c", "/a/b/b/c"));
        assert!(yes("/a/**/c", "/a/c") && yes("/a/**/c", "/a/b/b/c"));
        assert!(yes("**/code/**", "/home/ada/code/api/.git"));
        assert!(!yes("**/code/**", "/home/ada/encode/api/.git"));
        assert!(yes("/a/**", "/a/b/.git") && !yes("/a/**", "/ab/.git"));
        assert!(yes("a**b", "axxb") && !yes("a**b", "ax/b"));
    }

    #[test]
    fn one_byte_sets_and_escapes() {
        assert!(yes("a?c", "abc") && !yes("a?c", "a/c"));
        assert!(yes("[a-c]x[!0-9]", "bxy") && !yes("[a-c]x[^0-9]", "bx3"));
        assert!(yes("[]x]", "]") && yes("\\*", "*") && !yes("\\*", "a"));
        assert!(yes("[[:digit:]_]", "7") && !yes("[[:nonsense:]]", "7"));
        assert!(!yes("[abc", "a") && !yes("a\\", "a"));
    }

    #[test]
    fn case_is_ignored_only_when_asked() {
        assert!(matches(b"/Code/**", b"/code/x", true));
        assert!(!matches(b"/Code/**", b"/code/x", false));
    }

    #[test]
    fn a_pattern_made_to_be_slow_is_not() {
        let pattern = "*a".repeat(1500);
        let text = "a".repeat(4000) + "b";
        assert!(!matches(pattern.as_bytes(), text.as_bytes(), false));
    }
}
