//! What the drafts say.

use super::*;
use crate::report::draft::sample;

fn text(draft: &Draft, form: Form) -> String {
    Wording::built_in().render(draft, form).unwrap()
}

#[test]
fn each_draft_in_both_forms_with_every_list_filled_and_with_none() {
    for kind in Kind::ALL {
        for form in Form::ALL {
            let name = format!("{}-{}", kind.as_str(), form.ending());
            insta::assert_snapshot!(format!("{name}-full"), text(&sample::full(kind), form));
            insta::assert_snapshot!(format!("{name}-empty"), text(&sample::empty(kind), form));
        }
    }
}

#[test]
fn without_ids_no_id_of_evidence_is_left() {
    for kind in Kind::ALL {
        for form in Form::ALL {
            let mut draft = sample::full(kind);
            draft.ids = false;
            let text = text(&draft, form);
            for id in [
                "ING-",
                "WEB-",
                "#2",
                "(note",
                "(goal",
                "a1f3c9e0b2",
                "d00dfeed01",
            ] {
                assert!(!text.contains(id), "{id} in\n{text}");
            }
            assert!(text.contains("Import files that were cut short"));
        }
    }
}

/// The words of a text without its marks, the blank lines and markers of lists and headings.
fn words(text: &str) -> Vec<&str> {
    let words = text.split_whitespace();
    words
        .filter(|word| !word.chars().all(|c| c == '#'))
        .collect()
}

#[test]
fn plain_text_says_the_same_words_as_markdown() {
    for kind in Kind::ALL {
        for draft in [sample::full(kind), sample::empty(kind)] {
            let (marked, plain) = (text(&draft, Form::Markdown), text(&draft, Form::Plain));
            assert!(marked.contains("**") || marked.contains("# "));
            assert!(!plain.contains("**") && !plain.contains("# ") && !plain.contains('`'));
            let plain: Vec<_> = words(&plain);
            assert_eq!(words(&marked.replace("**", "").replace('`', "")), plain);
        }
    }
}
