//! The exact bytes. A field that is added, a word that changes, a key that goes fails here.

use std::collections::BTreeSet;

use inward::model::text::Clean;
use inward::share::{
    Fact, Facts, Form, Known, LineId, NOTE, OWN_CHARS, OWN_LINES, Profile, Summary, SummaryError,
    Window, lines, render,
};

pub(crate) fn window() -> Window {
    Window::quarter(2026, 1).unwrap()
}

pub(crate) fn facts() -> Facts {
    Facts {
        stories: Fact::Known(12),
        bugs: Fact::Known(0),
        tasks: Fact::Known(100),
        finished: Fact::Known(112),
        cycle_days: Fact::Known(9),
        reviews: Fact::Known(31),
        outcomes: Vec::new(),
    }
    .with_outcomes([Clean::label(b"The new importer is in use")])
}

pub(crate) fn summary(profile: Profile, facts: &Facts, chosen: &[LineId], own: &[&str]) -> Summary {
    let chosen: BTreeSet<LineId> = chosen.iter().copied().collect();
    let own: Vec<Clean> = own.iter().map(|line| Clean::note(line)).collect();
    let known = Known::default();
    Summary::of((profile, window()), facts, &chosen, (&own, &known)).unwrap()
}

fn all(profile: Profile) -> Vec<LineId> {
    lines(profile, &facts())
        .into_iter()
        .map(|line| line.id)
        .collect()
}

fn text(summary: &Summary, form: Form) -> String {
    String::from_utf8(render(summary, form)).unwrap()
}

#[test]
fn a_whole_handover_is_exactly_this() {
    let own = "Waited \"long\" for decisions — mostly";
    let whole = summary(Profile::Handover, &facts(), &all(Profile::Handover), &[own]);
    let markdown = format!(
        "# Summary of 2026-Q1\n\n\
         - Stories and epics finished: 10 to 29\n\
         - Bugs finished: fewer than 10\n\
         - Other tasks finished: 100 or more\n\
         - Half of the finished tasks took: one to two weeks\n\
         - Reviewed the work of others: very often\n\
         - Reached: The new importer is in use\n\
         - Waited \"long\" for decisions — mostly\n\n{NOTE}\n"
    );
    assert_eq!(text(&whole, Form::Markdown), markdown);
    let json = format!(
        r#"{{
  "profile": "handover",
  "window": "2026-Q1",
  "stories": "10 to 29",
  "bugs": "fewer than 10",
  "tasks": "100 or more",
  "cycle_time": "one to two weeks",
  "reviews": "very often",
  "outcomes": ["The new importer is in use"],
  "finished": null,
  "own_words": ["Waited \"long\" for decisions \u2014 mostly"],
  "note": "{NOTE}"
}}
"#
    );
    assert_eq!(text(&whole, Form::Json), json);
}

#[test]
fn a_whole_pooled_summary_has_one_band_and_own_words() {
    let whole = summary(
        Profile::Pooled,
        &facts(),
        &all(Profile::Pooled),
        &["Much waiting"],
    );
    let markdown =
        format!("# Summary of 2026-Q1\n\n- Tasks finished: 10 or more\n- Much waiting\n\n{NOTE}\n");
    assert_eq!(text(&whole, Form::Markdown), markdown);
    assert_eq!(whole.given().len(), 1);
}

#[test]
fn a_summary_has_ten_fields_and_a_note_whatever_it_says() {
    let keys = |summary: &Summary| -> Vec<String> {
        let json: serde_json::Value = serde_json::from_slice(&render(summary, Form::Json)).unwrap();
        json.as_object().unwrap().keys().cloned().collect()
    };
    let empty = summary(Profile::Pooled, &facts(), &[], &[]);
    let whole = summary(Profile::Handover, &facts(), &all(Profile::Handover), &["x"]);
    assert_eq!(keys(&empty).len(), 11);
    assert_eq!(keys(&empty), keys(&whole));
    assert!(empty.is_empty() && !whole.is_empty());
}

#[test]
fn a_declined_line_and_a_line_without_data_are_the_same_bytes() {
    for profile in Profile::ALL {
        let all = all(profile);
        for (at, line) in all.iter().enumerate() {
            if matches!(line, LineId::Outcome(_)) {
                continue;
            }
            let mut blank = facts();
            let unknown = Fact::Unknown("nothing is known");
            match line {
                LineId::Stories => blank.stories = unknown,
                LineId::Bugs => blank.bugs = unknown,
                LineId::Tasks => blank.tasks = unknown,
                LineId::CycleTime => blank.cycle_days = unknown,
                LineId::Reviews => blank.reviews = unknown,
                LineId::Finished | LineId::Outcome(_) => blank.finished = unknown,
            }
            let mut others = all.clone();
            others.remove(at);
            for form in Form::ALL {
                let declined = render(&summary(profile, &facts(), &others, &[]), form);
                let without = render(&summary(profile, &blank, &all, &[]), form);
                assert_eq!(declined, without, "{line:?}");
                let given = render(&summary(profile, &facts(), &all, &[]), form);
                assert_ne!(declined, given, "{line:?} says nothing");
            }
        }
    }
}

#[test]
fn every_line_is_offered_in_the_words_of_the_file() {
    for profile in Profile::ALL {
        for line in lines(profile, &facts()) {
            let file = text(&summary(profile, &facts(), &[line.id], &[]), Form::Markdown);
            assert!(file.contains(&format!("\n- {}\n", line.text)), "{file}");
            assert_eq!(line.why_not, None);
        }
    }
}

#[test]
fn an_outcome_of_several_lines_is_one_line_of_the_file_and_the_first_twenty_are_offered() {
    let many = (0..30).map(|n| Clean::note(&format!("Outcome\n# {n}")));
    let facts = facts().with_outcomes(many);
    let offered = lines(Profile::Handover, &facts);
    let words = offered
        .iter()
        .filter(|line| matches!(line.id, LineId::Outcome(_)));
    assert_eq!(words.count(), 20);
    let one = summary(Profile::Handover, &facts, &[LineId::Outcome(7)], &[]);
    let file = text(&one, Form::Markdown);
    assert!(file.contains("\n- Reached: Outcome # 7\n"), "{file}");
    assert_eq!(file.matches("Reached").count(), 1);
}

#[test]
fn a_line_of_the_other_profile_or_a_telling_own_line_is_refused() {
    let known = Known {
        repositories: vec![Clean::label(b"lighthouse")],
        ..Known::default()
    };
    let make = |profile, line: LineId, own: &str| {
        let own = [Clean::note(own)];
        let chosen = BTreeSet::from([line]);
        Summary::of((profile, window()), &facts(), &chosen, (&own, &known))
    };
    let other = make(Profile::Pooled, LineId::Stories, "x");
    assert_eq!(
        other,
        Err(SummaryError::NotHere(LineId::Stories, Profile::Pooled))
    );
    for told in [
        "Moved lighthouse",
        "Closed OPS-7",
        "write to a@b.example",
        "forty or 40",
    ] {
        let refused = make(Profile::Pooled, LineId::Finished, told);
        assert!(
            matches!(refused, Err(SummaryError::Telling { number: 1, .. })),
            "{told}"
        );
        assert!(
            make(Profile::Handover, LineId::Bugs, told).is_ok(),
            "{told}"
        );
    }
    for bad in ["", "  ", "two\nlines", &"x".repeat(OWN_CHARS + 1)] {
        let refused = make(Profile::Handover, LineId::Bugs, bad);
        assert_eq!(refused, Err(SummaryError::BadLine(1)), "{bad:?}");
    }
    let many = vec![Clean::note("x"); OWN_LINES + 1];
    let none = BTreeSet::new();
    let refused = Summary::of(
        (Profile::Handover, window()),
        &facts(),
        &none,
        (&many, &known),
    );
    assert_eq!(refused, Err(SummaryError::TooMany));
}
