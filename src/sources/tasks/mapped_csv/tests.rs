use super::*;
use crate::model::stage::{Stage, StageWords};
use crate::model::task::{Estimate, When};
use crate::sources::tasks::testing::{Seen, context, read_with};

fn read(mapping: &str, text: &str) -> Result<Seen, ImportError> {
    let mapping = Mapping::parse(mapping).unwrap();
    let input = Input::from_bytes(text, "sheet.csv").unwrap();
    let context = Context {
        mapping: Some(&mapping),
        ..context()
    };
    read_with(&FORMAT, &input, &context)
}

#[test]
fn a_sheet_becomes_tasks_of_the_people_it_names() {
    let mapping = "source = \"sheet\"\nproject = \"P\"\n[task]\ntitle = \"Was\"\nstatus = \"Stand\"\nassignee = \"Wer\"\n\
        created = \"Seit\"\ndone = \"Fertig\"\nestimate = \"Std\"\nunit = \"hours\"\ntags = [\"T1\", \"T2\"]\n\
        [stages]\n\"läuft\" = \"in-progress\"\n\"Prüfung\" = \"in-progress\"\n";
    let text = "Plan\n\nWas;Stand;Wer;Seit;Fertig;Std;T1;T2\n\
        a;läuft;Ada L;1.2.2026;;1,5;x,y;z\nA ;Prüfung;;1.2.2026;;;;\nc;weg;bo@x.org;2.2.2026;5.2.2026;;;\n;;;1.2.2026\n";
    let seen = read(mapping, text).unwrap();
    let tasks = seen.tasks();
    let words = StageWords::default();
    let stages: Vec<_> = tasks
        .iter()
        .map(|one| words.stage(&one.task.status))
        .collect();
    assert_eq!(
        stages,
        [
            Some(Stage::InProgress),
            Some(Stage::InProgress),
            Some(Stage::Done)
        ]
    );
    assert_eq!(tasks[0].task.estimate, Some(Estimate::Seconds(5_400)));
    assert_eq!(tasks[0].task.tags.len(), 3);
    assert_eq!(
        tasks[0].whose,
        Whose::People(vec![Person::with_name("Ada L")])
    );
    let aliases: Vec<_> = tasks
        .iter()
        .map(|one| one.task.aliases[0].as_str())
        .collect();
    assert_eq!(
        aliases,
        [
            "sheet:P\u{1f}a\u{1f}2026-02-01",
            "sheet:P\u{1f}a\u{1f}2026-02-01\u{1f}2",
            "sheet:P\u{1f}c\u{1f}2026-02-02"
        ]
    );
    assert_eq!(seen.rejected[0].line, 7);
}

#[test]
fn a_personal_sheet_of_hours_with_clocks_of_one_day() {
    let mapping = "mine = true\ndates = \"mdy\"\nzone = \"UTC\"\n[time]\nstart = \"Day\"\nstart_clock = \"From\"\nend = \"To\"\n\
        duration = \"Min\"\nunit = \"minutes\"\nnote = \"What\"\n";
    let text = "Day,From,To,Min,What\n3/4/2026,9:00,10:30,,ING-7\n3/4/2026,,,45,x\n";
    let seen = read(mapping, text).unwrap();
    let entries: Vec<_> = seen.items.iter().filter_map(|item| item.entry()).collect();
    assert_eq!(entries[0].entry.seconds, Some(5_400));
    assert_eq!(entries[0].entry.start.order(), 1_772_614_800);
    assert_eq!(entries[1].entry.seconds, Some(2_700));
    assert!(matches!(entries[1].entry.start, When::Day(_)));
}

#[test]
fn a_column_that_is_not_there_and_a_missing_mapping_are_errors() {
    let error = read("mine = true\n[task]\ntitle = \"X\"\n", "Y,Z\n1,2\n").unwrap_err();
    assert!(error.to_string().contains("no column x"), "{error}");
    let input = Input::from_bytes("Y,Z\n1,2\n", "s.csv").unwrap();
    let error = read_with(&FORMAT, &input, &context()).unwrap_err();
    assert!(error.to_string().contains("--map-template"), "{error}");
}

#[test]
fn a_day_without_a_clock_is_no_start_to_measure_from_and_the_duration_is_taken() {
    let mapping = "mine = true\nzone = \"UTC\"\n[time]\nstart = \"Day\"\nend = \"To\"\nduration = \"Hours\"\n";
    let text = "Day,From,To,Hours\n2026-03-04,9:00,10:30,1.5\n2026-03-05,9:00,9:30,\n2026-03-06,9:00,2026-03-06,2\n";
    let seen = read(mapping, text).unwrap();
    let entries: Vec<_> = seen.items.iter().filter_map(|item| item.entry()).collect();
    let seconds: Vec<_> = entries.iter().map(|one| one.entry.seconds).collect();
    assert_eq!(seconds, [Some(5_400), Some(7_200)]);
    assert!(entries.iter().all(|one| one.entry.end.is_none()));
    assert_eq!(seen.warnings.len(), 1, "{:?}", seen.warnings);
    let told = "start has a day but no clock: name start_clock in the mapping";
    assert!(seen.warnings[0].starts_with(told), "{:?}", seen.warnings);
    let rejected: Vec<_> = seen.rejected.iter().map(|one| one.line).collect();
    assert_eq!(rejected, [3]);
    let named = mapping.replace("end =", "start_clock = \"From\"\nend =");
    let seen = read(&named, text).unwrap();
    assert_eq!((seen.warnings.len(), seen.items.len()), (0, 3));
}

#[test]
fn a_start_clock_that_is_empty_in_a_row_is_not_asked_for_again() {
    let mapping = "mine = true\n[time]\nstart = \"Day\"\nstart_clock = \"From\"\nend = \"To\"\nduration = \"Hours\"\n";
    let seen = read(mapping, "Day,From,To,Hours\n2026-03-04,,10:30,1.5\n").unwrap();
    assert!(
        seen.warnings[0].contains("is empty there"),
        "{:?}",
        seen.warnings
    );
}

#[test]
fn the_how_lists_every_field() {
    use crate::sources::tasks::mapping::keys::{TASK, TIME};
    for (table, fields) in [("[task]", TASK), ("[time]", TIME)] {
        let step = HOW.steps.iter().find(|step| step.contains(table)).unwrap();
        let words: Vec<&str> = step
            .split(|c: char| !c.is_alphabetic() && c != '_')
            .collect();
        for field in fields {
            assert!(words.contains(field), "{field} in {step}");
        }
    }
}
