//! The fields in a checkbox's text: emoji of the Tasks plugin, `[key:: value]` of Dataview, tags.

use crate::model::text::Clean;

/// What a field says; `Other` ones are known and not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Created,
    Start,
    Scheduled,
    Due,
    Done,
    Cancelled,
    Repeats,
    Id,
    Estimate,
    Other,
}

/// The signs of the Tasks plugin, those it reads though it does not write them too.
const SIGNS: [(char, Key); 20] = [
    ('➕', Key::Created),
    ('🛫', Key::Start),
    ('⏳', Key::Scheduled),
    ('⌛', Key::Scheduled),
    ('📅', Key::Due),
    ('📆', Key::Due),
    ('🗓', Key::Due),
    ('✅', Key::Done),
    ('❌', Key::Cancelled),
    ('🔁', Key::Repeats),
    ('🆔', Key::Id),
    ('⛔', Key::Other),
    ('🏁', Key::Other),
    ('🔺', Key::Other),
    ('⏫', Key::Other),
    ('🔼', Key::Other),
    ('🔽', Key::Other),
    ('⏬', Key::Other),
    ('⏱', Key::Estimate),
    ('\u{fe0f}', Key::Other),
];

/// A text taken apart.
#[derive(Debug, Default)]
pub(super) struct Fields<'t> {
    values: Vec<(Key, &'t str)>,
    tags: Vec<&'t str>,
    title: String,
}

impl<'t> Fields<'t> {
    /// Takes a text apart: a sign's value goes up to the next sign, tag or bracket, and what is no
    /// value of it stays text.
    pub(super) fn of(text: &'t str) -> Self {
        let mut fields = Self::default();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            if let Some((key, value, behind)) = signed(rest).or_else(|| bracketed(rest)) {
                fields.values.push((key, value));
                fields.title.push(' ');
                rest = behind;
                continue;
            }
            let begins = fields.title.is_empty() || fields.title.ends_with(char::is_whitespace);
            if let Some((tag, behind)) = tag(rest).filter(|_| begins) {
                fields.tags.push(tag);
                rest = behind;
                continue;
            }
            fields.title.push(c);
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
        }
        fields
    }

    /// The first value of a field.
    pub(super) fn get(&self, key: Key) -> Option<&'t str> {
        let found = self.values.iter().find(|(known, _)| *known == key);
        found.map(|(_, value)| *value)
    }

    /// Whether the field stands there.
    pub(super) fn has(&self, key: Key) -> bool {
        self.get(key).is_some()
    }

    /// Tags without their `#`.
    pub(super) fn tags(&self) -> impl Iterator<Item = &'t str> {
        self.tags.iter().copied()
    }

    /// What is left.
    pub(super) fn title(&self) -> Clean {
        Clean::label(self.title.as_bytes())
    }
}

/// A sign at the beginning of `text`, its value and the text behind.
fn signed(text: &str) -> Option<(Key, &str, &str)> {
    let sign = text.chars().next()?;
    let (_, key) = SIGNS.iter().find(|(known, _)| *known == sign)?;
    let behind = text.get(sign.len_utf8()..)?;
    let start = behind.trim_start_matches(['\u{fe0f}', ' ', '\t']);
    let len = match key {
        Key::Created | Key::Start | Key::Scheduled | Key::Due | Key::Done | Key::Cancelled => start
            .find(|c: char| !(c.is_ascii_digit() || c == '-'))
            .unwrap_or(start.len()),
        Key::Id | Key::Estimate => start.find(char::is_whitespace).unwrap_or(start.len()),
        // A rule is words: it goes up to whatever comes next.
        Key::Repeats => start.find(is_stop).unwrap_or(start.len()),
        Key::Other if matches!(sign, '⛔' | '🏁') => {
            start.find(char::is_whitespace).unwrap_or(start.len())
        }
        Key::Other => 0,
    };
    let (value, behind) = start.split_at_checked(len)?;
    Some((*key, value.trim(), behind))
}

fn is_stop(c: char) -> bool {
    c == '#' || c == '[' || c == '(' || SIGNS.iter().any(|(sign, _)| *sign == c)
}

/// `[key:: value]` or `(key:: value)` at the beginning of `text`, and the text behind.
fn bracketed(text: &str) -> Option<(Key, &str, &str)> {
    let close = match text.chars().next()? {
        '[' => b']',
        '(' => b')',
        _ => return None,
    };
    // No field is longer: a line of nothing but brackets is not searched again for each of them.
    let rest = text.get(1..)?;
    let end = rest.bytes().take(300).position(|byte| byte == close)?;
    let (inner, behind) = (rest.get(..end)?, rest.get(end + 1..)?);
    let (key, value) = inner.split_once("::")?;
    let key = match key.trim().to_lowercase().as_str() {
        "created" => Key::Created,
        "start" => Key::Start,
        "scheduled" => Key::Scheduled,
        "due" => Key::Due,
        "completion" | "completed" | "done" => Key::Done,
        "cancelled" | "canceled" => Key::Cancelled,
        "repeat" => Key::Repeats,
        "id" => Key::Id,
        "estimate" | "effort" => Key::Estimate,
        key if !key.is_empty() && key.len() < 40 => Key::Other,
        _ => return None,
    };
    Some((key, value.trim(), behind))
}

/// A tag at the beginning of `text` without its `#`, and the text behind; `#42` is a number.
fn tag(text: &str) -> Option<(&str, &str)> {
    let name = text.strip_prefix('#')?;
    let end = |c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '/'));
    let (name, behind) = name.split_at_checked(name.find(end).unwrap_or(name.len()))?;
    let named = name.chars().any(|c| !c.is_ascii_digit());
    named.then_some((name, behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_brackets_and_tags_leave_the_title() {
        let fields = Fields::of(
            "Fix #42 in C# #work/x 🗓️ 2026-01-31 🔁 every day when done ➕2026-01-01 [[ING-42]] (see [x](y)) ⛔ a,b ⏫",
        );
        assert_eq!(
            fields.title().as_str(),
            "Fix #42 in C# [[ING-42]] (see [x](y))"
        );
        assert_eq!(fields.get(Key::Due), Some("2026-01-31"));
        assert_eq!(fields.get(Key::Repeats), Some("every day when done"));
        assert_eq!(fields.get(Key::Created), Some("2026-01-01"));
        assert_eq!(fields.tags().collect::<Vec<_>>(), ["work/x"]);
    }

    #[test]
    fn what_is_no_field_stays_text() {
        for text in ["a [b](c) (d)", "a::b", "[broken:: x", "#1 thing"] {
            assert_eq!(Fields::of(text).title().as_str(), text);
        }
        let sign = Fields::of("a ✅ today");
        assert_eq!(
            (sign.get(Key::Done), sign.title().as_str()),
            (Some(""), "a today")
        );
    }
}
