//! JSON values whose type varies from tracker to tracker and from version to version.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// A text, number or truth value as text; `None` for null and for what is none of these (which is
/// not read).
///
/// Ids of 16 digits and more never pass through a float.
pub(super) fn text_or_number<'de, D>(from: D) -> Result<Option<String>, D::Error>
where
    D: Deserializer<'de>,
{
    from.deserialize_any(Scalar)
}

/// The elements of an array; null is an empty one.
pub(super) fn list<'de, D, T>(from: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Ok(Option::deserialize(from)?.unwrap_or_default())
}

struct Scalar;

impl<'de> Visitor<'de> for Scalar {
    type Value = Option<String>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a text or a number")
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(text.to_owned()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Self::Value, E> {
        Ok(Some(truth.to_string()))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        use serde::de::IgnoredAny;
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<serde::de::IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    #[derive(Deserialize)]
    struct One {
        #[serde(default, deserialize_with = "super::text_or_number")]
        id: Option<String>,
        #[serde(default, deserialize_with = "super::list")]
        tags: Vec<String>,
    }

    fn id(json: &str) -> Option<String> {
        serde_json::from_str::<One>(json).unwrap().id
    }

    #[test]
    fn ids_are_texts_whether_quoted_or_not_and_keep_every_digit() {
        assert_eq!(id(r#"{"id":"a1"}"#).as_deref(), Some("a1"));
        let long = id(r#"{"id":1201000000000001234}"#);
        assert_eq!(long.as_deref(), Some("1201000000000001234"));
        for none in [
            r#"{"id":null}"#,
            "{}",
            r#"{"id":{"x":[1]}}"#,
            r#"{"id":[1,{}]}"#,
        ] {
            assert_eq!(id(none), None, "{none}");
        }
    }

    #[test]
    fn a_null_is_an_empty_list() {
        let tags = |json| serde_json::from_str::<One>(json).unwrap().tags.len();
        assert_eq!(
            (tags(r#"{"tags":null}"#), tags(r#"{"tags":["x"]}"#)),
            (0, 1)
        );
    }
}
