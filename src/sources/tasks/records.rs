//! Where the records of a JSON export stand: alone, one a line, in an array, in pages of arrays.

use super::head::Head;

/// The places that records can have in what trackers' interfaces answer, the commonest first.
const PLACES: [&str; 5] = ["[]", "", "[][]", "items[]", "[].items[]"];

/// The place of the records that have all these keys; `None` when there are none such.
pub(super) fn place(head: &Head, keys: &[&str]) -> Option<&'static str> {
    PLACES
        .into_iter()
        .find(|place| keys.iter().all(|key| has(head, place, key)))
}

/// Whether a record at `place` has `key`, e.g. `author.login`.
pub(super) fn has(head: &Head, place: &str, key: &str) -> bool {
    head.has_json(&[&at(place, key)])
}

/// The first text, number or word that a record at `place` has as `key`.
pub(super) fn first<'h>(head: &'h Head, place: &str, key: &str) -> Option<&'h str> {
    head.json()?.first(&at(place, key))
}

fn at(place: &str, key: &str) -> String {
    if place.is_empty() {
        key.to_owned()
    } else {
        format!("{place}.{key}")
    }
}

#[cfg(test)]
mod tests {
    use super::super::input::Input;
    use super::*;

    fn found(text: &str) -> Option<&'static str> {
        let input = Input::from_bytes(text, "x.json").unwrap();
        place(input.head(), &["a", "b.c"])
    }

    #[test]
    fn records_are_found_alone_in_arrays_and_in_pages() {
        let one = r#"{"a":1,"b":{"c":2}}"#;
        for (text, wanted) in [
            (one.to_owned(), ""),
            (format!("{one}\n{one}"), ""),
            (format!("[{one}]"), "[]"),
            (format!("[{one}][{one}]"), "[]"),
            (format!("[[{one}],[{one}]]"), "[][]"),
            (format!("{{\"total\":1,\"items\":[{one}]}}"), "items[]"),
            (format!("[{{\"items\":[{one}]}}]"), "[].items[]"),
        ] {
            assert_eq!(found(&text), Some(wanted), "{text}");
        }
        assert_eq!(found(r#"[{"a":1}]"#), None);
    }
}
