//! A draft in words.

use inward::report::draft::Draft;
use inward::report::draft::wording::{Form, Wording};

/// As Markdown, by the built-in templates.
pub(crate) fn markdown(draft: &Draft) -> String {
    Wording::built_in().render(draft, Form::Markdown).unwrap()
}

/// Holds both forms of `draft` against what was looked at.
pub(crate) fn all_forms(name: &str, draft: &Draft) {
    let plain = Wording::built_in().render(draft, Form::Plain).unwrap();
    insta::assert_snapshot!(format!("{name}_md"), markdown(draft));
    insta::assert_snapshot!(format!("{name}_txt"), plain);
    assert_eq!(markdown(draft), markdown(&draft.clone()), "the same bytes");
}
