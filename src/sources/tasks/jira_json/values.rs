//! Values of which only a part can be of use: the rest is passed over without being kept.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// A short text; a long one, such as a description that was changed, is not kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Short(Option<Box<str>>);

impl Short {
    /// The text, if there is one.
    pub(super) fn get(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

/// The value of a field of the site's own, as far as it can be of use.
#[derive(Debug, PartialEq)]
pub(super) enum Custom {
    /// A number: points, perhaps.
    Number(f64),
    /// The key of an issue: the epic, perhaps.
    Key(String),
    /// Anything else, not read.
    Other,
}

/// Whether a text is an issue's key: letters, digits and `_`, a dash, a number.
pub(super) fn is_key(text: &str) -> bool {
    text.rsplit_once('-').is_some_and(|(project, number)| {
        (1..=255).contains(&project.len())
            && project.starts_with(char::is_alphabetic)
            && project.chars().all(|c| c.is_alphanumeric() || c == '_')
            && (1..=12).contains(&number.len())
            && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// Takes one value of any kind; what is no scalar is passed over.
struct Scalar<T>(fn(Any<'_>) -> T);

enum Any<'t> {
    Text(&'t str),
    Number(f64),
    Other,
}

impl<'de, T> Visitor<'de> for Scalar<T> {
    type Value = T;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a value")
    }

    fn visit_str<E>(self, text: &str) -> Result<T, E> {
        Ok(self.0(Any::Text(text)))
    }

    fn visit_u64<E>(self, number: u64) -> Result<T, E> {
        Ok(self.0(Any::Number(number as f64)))
    }

    fn visit_i64<E>(self, number: i64) -> Result<T, E> {
        Ok(self.0(Any::Number(number as f64)))
    }

    fn visit_f64<E>(self, number: f64) -> Result<T, E> {
        Ok(self.0(Any::Number(number)))
    }

    fn visit_bool<E>(self, _: bool) -> Result<T, E> {
        Ok(self.0(Any::Other))
    }

    fn visit_unit<E>(self) -> Result<T, E> {
        Ok(self.0(Any::Other))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(self.0(Any::Other))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<T, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(self.0(Any::Other))
    }
}

impl<'de> Deserialize<'de> for Custom {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Scalar(|value| match value {
            Any::Number(number) => Self::Number(number),
            Any::Text(text) if is_key(text) => Self::Key(text.to_owned()),
            _ => Self::Other,
        }))
    }
}

impl<'de> Deserialize<'de> for Short {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        const LONGEST: usize = 255;
        from.deserialize_any(Scalar(|value| match value {
            Any::Text(text) if text.len() <= LONGEST => Self(Some(text.into())),
            Any::Number(number) => Self(Some(number.to_string().into())),
            _ => Self(None),
        }))
    }
}
