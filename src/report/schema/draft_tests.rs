//! The tables say what a draft holds.

use std::collections::BTreeSet;

use serde_json::Value;

use super::*;
use crate::report::draft::Kind;
use crate::report::draft::sample::full;

/// Each object of `value` with its place: `loose[].pieces[]`.
fn objects(place: &str, value: &Value, out: &mut Vec<(String, BTreeSet<String>)>) {
    match value {
        Value::Object(fields) => {
            out.push((place.to_owned(), fields.keys().cloned().collect()));
            for (name, value) in fields {
                let dot = if place.is_empty() { "" } else { "." };
                objects(&format!("{place}{dot}{name}"), value, out);
            }
        }
        Value::Array(list) => {
            for value in list {
                objects(&format!("{place}[]"), value, out);
            }
        }
        _ => {}
    }
}

fn described(place: &str) -> Option<&'static ObjectDoc> {
    let wanted = match place.strip_suffix(".requests[]") {
        Some(_) => "requests[] of a task",
        None => place,
    };
    let objects = DRAFT.objects.iter();
    objects
        .clone()
        .find(|object| object.place.split(", ").any(|one| one == wanted))
}

#[test]
fn every_field_of_a_draft_is_described_and_nothing_else() {
    let mut met = BTreeSet::new();
    for kind in Kind::ALL {
        let mut found = Vec::new();
        objects("", &serde_json::to_value(full(kind)).unwrap(), &mut found);
        for (place, fields) in found {
            let object = described(&place).unwrap_or_else(|| panic!("{place} is not told"));
            let told: BTreeSet<String> = object
                .fields
                .iter()
                .map(|field| field.0.to_owned())
                .collect();
            assert_eq!(told, fields, "{place}");
            met.insert(object.place);
        }
    }
    assert_eq!(
        met.len(),
        DRAFT.objects.len(),
        "the sample leaves a list empty: {met:?}"
    );
}
