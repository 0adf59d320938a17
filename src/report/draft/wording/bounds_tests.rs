//! Templates that would take the stack, the terminal or the time.

use super::*;
use crate::report::draft::wording::{Form, OwnTemplate, Wording, templates};
use crate::report::draft::{Kind, sample};

/// What `--check` says of a template, in a thread with the stack of any thread.
fn said_of(text: &str) -> String {
    let own = OwnTemplate {
        file: "standup.md".to_owned(),
        text: Ok(text.to_owned()),
    };
    let checked = std::thread::Builder::new()
        .stack_size(2 << 20)
        .spawn(move || Wording::new(vec![own]).check())
        .unwrap();
    checked.join().unwrap()[0].to_string()
}

#[test]
fn a_long_expression_is_refused_with_its_line_and_does_not_take_the_stack() {
    let raw = format!(
        "{{% raw %}}{{{{ ' {{% endraw %}}{{{{ '}}}}' ~ {}1 }}}}",
        "1+".repeat(9_999)
    );
    for (text, line) in [
        (format!("\n{{{{ {}1 }}}}", "1+".repeat(30_000)), 2),
        (format!("{{{{ {}1 }}}}", "-".repeat(30_000)), 1),
        (format!("{{{{ 1{} }}}}", "~1".repeat(30_000)), 1),
        (format!("{{{{ '}}}}' ~ 1{} }}}}", "~1".repeat(9_000)), 1),
        (format!("{{{{ {{'a': 1}} ~ 1{} }}}}", "~1".repeat(9_000)), 1),
        (
            format!("{{% if 1{} %}}{{% endif %}}", "~1".repeat(9_000)),
            1,
        ),
        (format!("a\nb\n{{# {{{{ #}}{{{{ 1{}", "~1".repeat(9_000)), 3),
        (raw, 1),
    ] {
        let said = said_of(&text);
        let wanted =
            format!("standup.md:{line}: a tag is longer than 1000 bytes: take it apart with `set`");
        assert_eq!(said, wanted);
    }
}

#[test]
fn blocks_in_blocks_are_refused_beyond_a_depth() {
    let wanted = "standup.md:1: more than 60 blocks stand in one another";
    for text in [
        format!(
            "{}{}",
            "{% if ids %}".repeat(2_000),
            "{% endif %}".repeat(2_000)
        ),
        format!(
            "{{% if ids %}}{}{{% endif %}}",
            "{% elif ids %}".repeat(4_000)
        ),
        "{% for a in days %}".repeat(3_000),
        format!(
            "{}{}",
            "{% set a %}".repeat(999),
            "{% endset %}".repeat(999)
        ),
    ] {
        assert_eq!(said_of(&text), wanted);
    }
}

#[test]
fn what_is_just_allowed_does_not_take_the_stack() {
    let fill = |unit: &str| unit.repeat((LONGEST_TAG - 12) / unit.len());
    let deep = |inner: &str| {
        let (opens, ends) = ("{% if ids %}".repeat(60), "{% endif %}".repeat(60));
        format!("{opens}{inner}{ends}")
    };
    for expression in [
        format!("{{{{ {}1 }}}}", fill("1+")),
        format!("{{{{ {}1 }}}}", fill("-")),
        format!("{{{{ 1{} }}}}", fill("~1")),
        format!("{{{{ {}1 }}}}", fill("not ")),
        format!("{{{{ {}1 }}}}", fill("2**")),
        format!("{{{{ 1{} }}}}", fill("|e")),
        format!("{{{{ 1{} }}}}", fill(" if 1")),
        format!("{{{{ {}1 }}}}", fill("1 if 0 else ")),
        format!("{{{{ ids{} }}}}", fill(".a")),
        format!("{{{{ 1{} }}}}", fill("<1")),
        format!("{{{{ {} }}}}", fill("(")),
        format!("{{{{ {} }}}}", fill("[")),
        format!("{{{{ ids{} }}}}", fill("()")),
        format!("{{{{ {}1 }}}}", fill("ids and ")),
    ] {
        let said = said_of(&expression);
        assert!(!said.contains("longer than"), "{said}");
        let said = said_of(&deep(&expression));
        assert!(!said.contains("more than"), "{said}");
    }
    let said = said_of("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}");
    assert!(said.starts_with("standup.md:1: "), "{said}");
    let said = said_of("{% include 'standup.md' %}");
    assert!(said.starts_with("standup.md:1: "), "{said}");
}

#[test]
fn raw_text_comments_and_long_texts_are_no_tags() {
    let long = "word ".repeat(1_000);
    for text in [
        long.clone(),
        format!("{{# {long} #}}"),
        format!("{{% raw %}}{{{{ {long} {{% endraw %}}"),
    ] {
        assert_eq!(said_of(&text), "standup.md: ok");
    }
    for name in templates::names() {
        assert_eq!(refused(&name, templates::built_in(&name)), None);
    }
}

#[test]
fn control_and_turning_characters_of_a_template_reach_no_terminal() {
    let text =
        "a\u{1b}]0;x\u{7}\u{202e}\r\n\tb {{ '\\u001b[31m\\u202e' }}{{ '\\u001b' | safe }}c\n";
    let own = OwnTemplate {
        file: "standup.md".to_owned(),
        text: Ok(text.to_owned()),
    };
    let wording = Wording::new(vec![own]);
    let draft = sample::full(Kind::Standup);
    for form in Form::ALL {
        let text = wording.render(&draft, form).unwrap();
        assert!(text.starts_with("a]0;x\n\tb "), "{text:?}");
        assert!(!text.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{text:?}");
    }
    assert!(
        !wording
            .source(Kind::Standup)
            .contains(['\u{1b}', '\u{202e}'])
    );
    let said = said_of("{% include 'a\\u001b[31m\\nb\\u202e' %}");
    assert!(said.starts_with("standup.md:1: "), "{said:?}");
    assert!(!said.contains(['\u{1b}', '\n', '\u{202e}']), "{said:?}");
}
