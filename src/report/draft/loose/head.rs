//! What stands in front of a summary's words.

/// What stands in front of a colon or in brackets.
pub(super) struct Head<'a> {
    /// The word, or several.
    pub(super) word: &'a str,
    /// What stands in brackets behind it.
    pub(super) scope: Option<&'a str>,
}

impl Head<'_> {
    /// Whether it names a part of the program rather than begins a sentence.
    pub(super) fn is_area(&self, within: bool, known: &dyn Fn(&str) -> bool) -> bool {
        let word = self.word;
        let written = |c: char| c.is_alphanumeric() || " -_./+,{}*&#<>~$".contains(c);
        let words = word.split(' ').count();
        let fits = word.chars().count() <= 40 && word.chars().all(written);
        let short = match words {
            1 => true,
            2 | 3 => !within && (known(word) || word.contains(", ")),
            _ => false,
        };
        fits && short && word.chars().any(char::is_alphabetic)
    }
}

/// `word: rest`, `word(scope)!: rest`, `[word] rest`.
pub(super) fn head(text: &str) -> Option<(Head<'_>, &str)> {
    if let Some((word, rest)) = text.strip_prefix('[').and_then(|text| text.split_once(']')) {
        let rest = rest.strip_prefix(':').unwrap_or(rest).trim_start();
        let head = Head {
            word: word.trim(),
            scope: None,
        };
        return (!rest.is_empty() && !head.word.is_empty()).then_some((head, rest));
    }
    let (front, rest) = text.split_once(": ")?;
    let front = front.trim().trim_end_matches('!');
    let rest = rest.trim_start();
    let (word, scope) = match front.split_once('(') {
        Some((word, scope)) => (word.trim(), Some(scope.strip_suffix(')')?.trim())),
        None => (front, None),
    };
    let whole = !word.is_empty() && !rest.is_empty();
    let head = Head {
        word,
        scope: scope.filter(|scope| !scope.is_empty()),
    };
    whole.then_some((head, rest))
}

/// The first of several areas: `input` of `input, lua`. Commas in braces part nothing.
pub(super) fn first_of(word: &str) -> &str {
    let mut depth = 0_i32;
    for (at, c) in word.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' | '&' | '+' if depth == 0 && at > 0 => {
                return word.get(..at).unwrap_or(word).trim();
            }
            _ => {}
        }
    }
    word
}
