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
            let name = format!("{}-{form:?}", kind.as_str()).to_lowercase();
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

fn own(file: &str, text: &str) -> OwnTemplate {
    OwnTemplate {
        file: file.to_owned(),
        text: Ok(text.to_owned()),
    }
}

/// What the check says of one template.
fn said_of(file: &str, text: &str) -> String {
    let checked = Wording::new(vec![own(file, text)]).check();
    assert_eq!(checked.len(), 1);
    checked[0].to_string()
}

#[test]
fn the_built_in_templates_pass_the_check_as_files_of_the_owner_do() {
    let files: Vec<_> = names()
        .map(|name| own(&name, templates::built_in(&name)))
        .collect();
    assert_eq!(files.len(), Kind::ALL.len() + 1);
    for checked in Wording::new(files).check() {
        assert_eq!(checked.problem, None);
        assert_eq!(checked.to_string(), format!("{}: ok", checked.file));
    }
}

#[test]
fn the_template_that_is_printed_to_begin_with_writes_the_built_in_text() {
    for kind in Kind::ALL {
        for form in Form::ALL {
            let file = templates::name(kind);
            let source = Wording::built_in().source(kind);
            assert!(source.contains("Variables:") && source.contains("by_then"));
            let own = Wording::new(vec![own(&file, &source)]);
            for draft in [sample::full(kind), sample::empty(kind)] {
                assert_eq!(own.render(&draft, form).unwrap(), text(&draft, form));
            }
        }
    }
}

#[test]
fn a_mistake_is_named_with_file_line_and_cause() {
    for (template, said) in [
        (
            "a\n{{ finishd }}\n",
            "standup.md:2: there is no `finishd`: docs/wording.md lists the variables",
        ),
        (
            "{% for item in finished %}\n\n{{ item.titel }}{% endfor %}",
            "standup.md:3: there is no `item.titel`: docs/wording.md lists the variables",
        ),
        (
            "{% for one in finishd %}{% endfor %}",
            "standup.md:1: there is no `finishd`: docs/wording.md lists the variables",
        ),
        (
            "{{ finished[0].comits | and_list }}",
            "standup.md:1: `and_list` is given a name that is not there: docs/wording.md lists the variables",
        ),
        (
            "{% if false %}\n{{ finishd }}{% endif %}",
            "standup.md:2: there is no `finishd`: docs/wording.md lists the variables",
        ),
        (
            "\n\n{% if ids %}",
            "standup.md:3: unexpected end of input, expected end of block",
        ),
        (
            "{{ finished }}",
            "standup.md:1: a sequence is no text: go over it with `for`, or join it with `and_list`",
        ),
        (
            "{{ days | shout }}",
            "standup.md:1: filter shout is unknown: docs/wording.md lists the filters",
        ),
        (
            "{% include \"/etc/passwd\" %}",
            "standup.md:1: tried to include non-existing template '/etc/passwd': only the templates of the drafts and their pieces are there",
        ),
    ] {
        assert_eq!(said_of("standup.md", template), said);
    }
    let other = said_of("standpu.md", "x");
    assert!(other.starts_with("standpu.md: no template is called so: standup.md, "));
}

#[test]
fn a_template_that_never_ends_is_stopped() {
    let long = "{% for a in [0] * 9999 %}{% for b in [0] * 9999 %}x{% endfor %}{% endfor %}";
    let said = said_of("week.md", long);
    assert!(said.starts_with("week.md:1: it takes too long"), "{said}");
    let large = "{% set s = namespace(t=\"xxxxxxxx\") %}{% for a in [0] * 60 %}{% set s.t = s.t ~ s.t %}{% endfor %}";
    let said = said_of("week.md", large);
    assert!(said.starts_with("week.md:1: it takes too long"), "{said}");
}

#[test]
fn where_an_own_template_fails_the_built_in_one_writes_the_draft() {
    let draft = sample::full(Kind::Week);
    let broken = Wording::new(vec![own("week.md", "{{ nothing }}")]);
    let written = broken.write(&draft, Form::Markdown).unwrap();
    assert_eq!(written.text, text(&draft, Form::Markdown));
    assert_eq!(written.problems.len(), 1);
    assert_eq!(
        (written.problems[0].file.as_str(), written.problems[0].line),
        ("week.md", Some(1))
    );
    let other = broken
        .write(&sample::full(Kind::Month), Form::Markdown)
        .unwrap();
    assert_eq!(other.problems, []);

    let unread = OwnTemplate {
        file: "pieces.md".to_owned(),
        text: Err("larger than 64 KiB".to_owned()),
    };
    let written = Wording::new(vec![unread])
        .write(&draft, Form::Markdown)
        .unwrap();
    assert_eq!(written.text, text(&draft, Form::Markdown));
    assert_eq!(
        written.problems[0].to_string(),
        "pieces.md: cannot be read: larger than 64 KiB"
    );
}

#[test]
fn an_empty_file_is_none_as_the_shell_makes_one_before_the_template_is_printed() {
    let wording = Wording::new(vec![own("standup.md", " \n")]);
    let built_in = Wording::built_in().source(Kind::Standup);
    assert_eq!(wording.source(Kind::Standup), built_in);
    assert_eq!(wording.check(), []);
}

#[test]
fn own_pieces_are_used_by_built_in_templates_and_checked_with_them() {
    let pieces =
        templates::built_in("pieces.md").replace("Waiting for review", "Wartet auf Review");
    let wording = Wording::new(vec![own("pieces.md", &pieces)]);
    let text = wording
        .render(&sample::full(Kind::Standup), Form::Markdown)
        .unwrap();
    assert!(text.contains("- Wartet auf Review: ING-11"));
    let broken = pieces.replace("item.waited", "item.wated");
    let said = said_of("pieces.md", &broken);
    assert!(
        said.starts_with("pieces.md:") && said.contains("`item.wated`"),
        "{said}"
    );
    let said = said_of("pieces.md", "{# nothing #}");
    assert!(said.starts_with("standup.md:"), "{said}");
}

#[test]
fn the_manuals_example_in_another_language_gives_a_stand_up() {
    let wording = Wording::new(vec![own("standup.md", manual::EXAMPLE)]);
    assert_eq!(wording.check()[0].problem, None);
    let text = wording
        .render(&sample::full(Kind::Standup), Form::Markdown)
        .unwrap();
    insta::assert_snapshot!(text);
}

#[test]
fn words_from_outside_cannot_become_a_templates_marks() {
    let mut draft = sample::full(Kind::Standup);
    draft.finished[0].title =
        crate::model::text::Clean::label(b"{{ days }} {% raw %} <b>x</b> @joe");
    let text = text(&draft, Form::Markdown);
    assert!(
        text.contains("- Finished: ING-7 {{ days }} {% raw %} `<b>x</b>` `@joe` (#212)"),
        "{text}"
    );
}

/// A draft with 500 finished tasks in 20 projects, all of them told.
fn large(kind: Kind) -> Draft {
    let mut draft = sample::full(kind);
    let (project, task) = (draft.projects[0].clone(), draft.finished[0].clone());
    draft.projects.clear();
    draft.finished.clear();
    for at in 0..500 {
        let name = format!("project {}", at % 20);
        if at < 20 {
            draft.projects.push(crate::report::draft::Project {
                name: name.clone(),
                ..project.clone()
            });
        }
        draft.finished.push(crate::report::draft::Item {
            key: format!("BIG-{at}"),
            project: name,
            ..task.clone()
        });
    }
    draft
}

#[test]
fn five_hundred_tasks_are_far_from_the_limit() {
    for kind in Kind::ALL {
        let draft = large(kind);
        let text = text(&draft, Form::Markdown);
        assert!(text.contains("BIG-7") && text.contains("project 19"));
        let used = engine::fuel_used(&Wording::built_in().sources(), &draft);
        assert!(used.unwrap() < 200_000, "{kind:?}: {used:?}");
    }
}

/// A draft that knows nothing but what `fill` puts into it, in one project.
fn only(kind: Kind, fill: impl Fn(&mut Draft, Draft)) -> String {
    let sample = sample::full(kind);
    let mut draft = sample::empty(kind);
    draft.since.clone_from(&sample.since);
    draft.projects = vec![crate::report::draft::Project {
        kinds: Vec::new(),
        more: 0,
        ..sample.projects[0].clone()
    }];
    fill(&mut draft, sample);
    text(&draft, Form::Markdown)
}

#[test]
fn a_stand_up_of_reviews_alone_tells_them() {
    let said = only(Kind::Standup, |draft, full| {
        draft.reviews = full.reviews[..1].to_vec();
    });
    insta::assert_snapshot!("said-1", said);
}

#[test]
fn where_nothing_is_known_of_tickets_no_line_misses_one() {
    let fill = |draft: &mut Draft, full: Draft| {
        draft.loose = full.loose;
        draft.code = crate::report::draft::Code {
            commits: 9,
            without_task: 0,
            unlanded: 0,
            repositories: 1,
            days: 3,
        };
    };
    insta::assert_snapshot!("ticketless-standup", only(Kind::Standup, fill));
    insta::assert_snapshot!("ticketless-week", only(Kind::Week, fill));
    insta::assert_snapshot!("ticketless-review", only(Kind::Review, fill));
}

#[test]
fn what_has_no_title_is_called_by_its_key() {
    let said = only(Kind::Standup, |draft, full| {
        draft.ids = false;
        draft.in_progress = full.in_progress[..1].to_vec();
        draft.in_progress[0].title = crate::model::text::Clean::default();
    });
    insta::assert_snapshot!("said-2", said);
}

#[test]
fn a_stand_up_of_one_project_is_one_list_and_names_no_project() {
    let said = only(Kind::Standup, |draft, full| {
        draft.since = full.since;
        if let Some(since) = &mut draft.since {
            since.words = "yesterday".to_owned();
            since.because.clear();
        }
        draft.finished = full.finished[..2].to_vec();
        draft.helped = full.helped;
        draft.notes = full.notes[..1].to_vec();
        draft.waiting = full.waiting;
    });
    insta::assert_snapshot!("said-3", said);
}
