//! Which keys stand where in the beginning of a JSON file: enough to tell formats apart.

use std::collections::BTreeMap;

/// How deep and how many places are noted.
const DEPTH: usize = 5;
const PLACES: usize = 4_000;

/// The places in the beginning of a JSON file, each with its first scalar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    places: BTreeMap<String, Option<String>>,
}

impl Outline {
    /// Looks at `bytes`, which may break off anywhere.
    pub(super) fn new(bytes: &[u8]) -> Self {
        let mut outline = Self::default();
        outline.walk(bytes);
        outline
    }

    /// Whether a value stands at `place`, written as for `Elements`: `[].number`, `issues[].key`.
    /// A key that is asked for by `*` is any.
    pub fn has(&self, place: &str) -> bool {
        if place.contains('*') {
            return self.places.keys().any(|known| matches(known, place));
        }
        self.places.contains_key(place)
    }

    /// The first text, number or word at `place`, without quotes.
    pub fn first(&self, place: &str) -> Option<&str> {
        self.places.get(place)?.as_deref()
    }

    fn walk(&mut self, bytes: &[u8]) {
        let mut path: Vec<String> = Vec::new();
        let mut kinds: Vec<u8> = Vec::new();
        // Brackets open beyond what is noted: a file may hold millions of them.
        let mut deep = 0_u64;
        let mut pending: Option<String> = None;
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'{' | b'[' if path.len() > DEPTH => {
                    pending = None;
                    deep += 1;
                }
                b'}' | b']' if deep > 0 => {
                    pending = None;
                    deep -= 1;
                }
                b'{' | b'[' => {
                    let step = pending.take().unwrap_or_default();
                    self.note(&path, &step, None);
                    let step = if *byte == b'[' {
                        format!("{step}[]")
                    } else {
                        step
                    };
                    path.push(step);
                    kinds.push(*byte);
                }
                b'}' | b']' => {
                    path.pop();
                    kinds.pop();
                    pending = None;
                }
                b'"' => {
                    let end = string_end(bytes, at);
                    let text = bytes.get(at + 1..end.saturating_sub(1)).unwrap_or_default();
                    let text = String::from_utf8_lossy(&text[..text.len().min(200)]).into_owned();
                    let colon = bytes[end.min(bytes.len())..]
                        .iter()
                        .find(|b| !b.is_ascii_whitespace());
                    if kinds.last() == Some(&b'{') && pending.is_none() && colon == Some(&b':') {
                        pending = Some(text);
                    } else {
                        self.note(&path, &pending.take().unwrap_or_default(), Some(text));
                    }
                    at = end;
                    continue;
                }
                b':' | b',' => {}
                byte if byte.is_ascii_whitespace() => {}
                _ => {
                    let rest = &bytes[at..];
                    let stop = |b: &u8| b.is_ascii_whitespace() || b"{}[]:,\"".contains(b);
                    let n = rest.iter().position(stop).unwrap_or(rest.len());
                    if !path.is_empty() {
                        let text = String::from_utf8_lossy(&rest[..n.min(200)]).into_owned();
                        self.note(&path, &pending.take().unwrap_or_default(), Some(text));
                    }
                    at += n.max(1);
                    continue;
                }
            }
            at += 1;
        }
    }

    fn note(&mut self, path: &[String], step: &str, scalar: Option<String>) {
        if path.len() > DEPTH || self.places.len() >= PLACES {
            return;
        }
        let mut place = String::new();
        for part in path.iter().map(String::as_str).chain([step]) {
            if !place.is_empty() && !part.is_empty() && !part.starts_with('[') {
                place.push('.');
            }
            place.push_str(part);
        }
        let slot = self.places.entry(place).or_default();
        if slot.is_none() {
            *slot = scalar;
        }
    }
}

/// Where the string that begins at `from` ends: behind its closing quote.
fn string_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// Whether `known` is `asked`, where a `*` step is any key.
fn matches(known: &str, asked: &str) -> bool {
    let (mut known, mut asked) = (known.split('.'), asked.split('.'));
    loop {
        match (known.next(), asked.next()) {
            (None, None) => return true,
            (Some(found), Some(wanted)) => {
                let (head, tail) = wanted.split_at(wanted.find("[]").unwrap_or(wanted.len()));
                let any = head == "*" && found.ends_with(tail);
                if !any && found != wanted {
                    return false;
                }
            }
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_first_scalars_are_noted_even_when_the_text_breaks_off() {
        let outline = Outline::new(
            br#"{"total": 3, "issues":[{"fields":{"status":{"name":"x"}}, "key":"A-1"}, {"key":"B"#,
        );
        assert!(outline.has("issues[].fields.status"));
        assert_eq!(outline.first("issues[].key"), Some("A-1"));
        assert_eq!(outline.first("total"), Some("3"));
        assert!(!outline.has("issues[].number"));
    }

    #[test]
    fn an_array_of_objects_and_a_starred_key() {
        let outline = Outline::new(br#"[{"number":1}]"#);
        assert!(outline.has("[].number"));
        let buckets = Outline::new(br#"{"buckets":{"aw":{"events":[{"duration":1.5}]}}}"#);
        assert!(buckets.has("buckets.*.events[].duration"));
        assert!(buckets.has("buckets.aw.events[]") || buckets.has("buckets.aw.events"));
    }
}
