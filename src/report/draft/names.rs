//! What things of a draft are called.

use crate::model::task::{TaskFacts, last_part, short_key};

/// What people call a task: `ING-7`; `name#12` where only a number tells, since a bare `#12` means
/// something else wherever the draft is pasted. Empty where the key is the title again, or nothing
/// that anybody says (a hash, a long number).
pub(super) fn key(facts: &TaskFacts) -> String {
    let key = short_key(&facts.key, facts.project.as_ref());
    if key == facts.title.as_str() || !is_said(&key) {
        return String::new();
    }
    if !key.starts_with(['#', '!']) {
        return key;
    }
    let project = facts.project.as_ref();
    let project = project.map_or("", |name| last_part(name.as_str()));
    format!("{project}{key}")
}

/// Whether a key is one that people say: short, or made of a name and a number.
fn is_said(key: &str) -> bool {
    let is_hash = key.len() >= 20 && key.bytes().all(|c| c.is_ascii_hexdigit() || c == b'-');
    if is_hash {
        return false;
    }
    let parts = key.split(|c: char| !c.is_alphanumeric());
    let mut long = parts.filter(|part| part.chars().count() >= 8);
    long.all(|part| {
        let digits = part.trim_start_matches(|c: char| c.is_alphabetic());
        let name_and_number =
            digits.len() < part.len() && digits.bytes().all(|c| c.is_ascii_digit());
        name_and_number || !part.contains(|c: char| c.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::text::Clean;

    fn called(name: &str, title: &str, project: Option<&str>) -> String {
        let clean = |text: &str| Clean::label(text.as_bytes());
        key(&TaskFacts {
            key: clean(name),
            title: clean(title),
            project: project.map(clean),
            ..TaskFacts::default()
        })
    }

    #[test]
    fn a_key_is_what_people_say() {
        for (name, project, expected) in [
            ("ING-7", None, "ING-7"),
            ("acme/importer#12", Some("acme/importer"), "importer#12"),
            ("group/app!3", Some("group/app"), "app!3"),
            ("TICKET12345", None, "TICKET12345"),
            ("1201000000000002", None, ""),
            ("136aef30", None, ""),
            ("ywa3z69V", None, ""),
            ("deadbeef-1234-5678-9abc-def012345678", None, ""),
        ] {
            assert_eq!(called(name, "A title", project), expected, "{name}");
        }
        assert_eq!(called("Call the bank", "Call the bank", None), "");
    }
}
