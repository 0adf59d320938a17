use super::super::dates::DayOrder;
use super::{Mapping, RowKind, Unit};
use crate::model::stage::Stage;
use crate::sources::tasks::input::Input;

fn draft(text: &str) -> String {
    let input = Input::from_bytes(text, "sheet.csv").unwrap();
    Mapping::draft(&input).unwrap()
}

#[test]
fn a_draft_of_a_german_sheet_reads_it_and_names_nobody() {
    let text = "Plan 2026\n\nNr;Aufgabe;Status;Bearbeiter;Erstellt am;Fällig;Aufwand (Std);Etiketten;Farbe\n\
        1;Parser schreiben;In Arbeit;Ada Lovelace;3.1.2026;9.1.2026;1,5;a;rot\n\
        2;Tests schreiben;Wartet auf Godot;Bo Mustermann;4.1.2026;;8;a,b;blau\n";
    let draft = draft(text);
    let mapping = Mapping::parse(&draft).unwrap();
    let RowKind::Task(task) = &mapping.rows else {
        panic!("tasks: {draft}");
    };
    assert_eq!(
        (task.title.as_str(), task.key.as_deref()),
        ("aufgabe", Some("nr"))
    );
    assert_eq!(
        (task.status.as_deref(), task.created.as_deref()),
        (Some("status"), Some("erstellt am"))
    );
    assert_eq!(
        (task.due.as_deref(), task.estimate.as_deref()),
        (Some("fällig"), Some("aufwand (std)"))
    );
    assert_eq!(
        (task.assignee.clone(), task.unit),
        (vec!["bearbeiter".to_owned()], Unit::Hours)
    );
    assert_eq!(mapping.order, Some(DayOrder::Dmy));
    assert_eq!(mapping.stages.get("in arbeit"), Some(&Stage::InProgress));
    assert!(draft.contains("# \"Wartet auf Godot\" = "), "{draft}");
    assert!(draft.contains("# Not used: \"Farbe\""), "{draft}");
    for name in ["Ada", "Mustermann", "Parser", "rot"] {
        assert!(!draft.contains(name), "{name} in {draft}");
    }
}

#[test]
fn a_draft_of_a_time_sheet_is_one_of_time_and_asks_for_the_order_of_dates() {
    let draft =
        draft("Date,From,To,Hours,Project,Notes\n3/4/2026,9:00,10:30,1.5,X,private words\n");
    let mapping = Mapping::parse(&draft).unwrap();
    let RowKind::Time(time) = &mapping.rows else {
        panic!("time: {draft}");
    };
    assert_eq!(
        (time.start.as_str(), time.start_clock.as_deref()),
        ("date", Some("from"))
    );
    assert_eq!(
        (time.end.as_deref(), time.duration.as_deref()),
        (Some("to"), Some("hours"))
    );
    assert_eq!((time.note.as_deref(), mapping.mine), (Some("notes"), true));
    assert_eq!(mapping.order, None);
    assert!(draft.contains("3/4/2026 can be read"), "{draft}");
    assert!(!draft.contains("private"), "{draft}");
}

#[test]
fn what_is_unsure_is_commented_out() {
    let draft = draft("Task,Done,Start date,Whenish\nx y z,last week,2026-01-02,2026-01-03\n");
    assert!(
        draft.contains("# done = \"Done\""),
        "words are no dates: {draft}"
    );
    assert!(
        draft.contains("# started = \"Start date\""),
        "it may be a plan: {draft}"
    );
    assert!(draft.contains("# created = \"Whenish\""), "{draft}");
    assert!(Mapping::parse(&draft).is_ok(), "{draft}");
}

#[test]
fn what_is_no_table_has_no_draft() {
    for text in ["{\"a\": 1}", "just words\nand more\n", "1,2\n3,4\n"] {
        let input = Input::from_bytes(text, "x").unwrap();
        assert!(Mapping::draft(&input).is_err(), "{text}");
    }
}

#[test]
fn a_date_cell_that_names_somebody_is_not_shown() {
    let draft = draft("Task,Created,Start\nwrite it,3 Jan 2025 Ada,5 January 2025\n");
    assert!(draft.contains("created = \"Created\""), "{draft}");
    assert!(
        !draft.contains("Ada") && draft.contains("e.g. 5 January 2025"),
        "{draft}"
    );
}

#[test]
fn ticked_boxes_are_nobody_and_a_clock_beside_a_date_is_its_clock() {
    let draft = draft(
        "Start date,Start time,End date,End time,Employee?,First name,Hours\n\
         2026-01-02,9:00,2026-01-02,10:00,Yes,Ada,1\n",
    );
    let mapping = Mapping::parse(&draft).unwrap();
    let RowKind::Time(time) = &mapping.rows else {
        panic!("time: {draft}");
    };
    assert_eq!(
        (time.end.as_deref(), time.end_clock.as_deref()),
        (Some("end date"), Some("end time"))
    );
    assert_eq!(
        (time.person.clone(), mapping.mine),
        (vec!["first name".to_owned()], false)
    );
}

/// The draft with every choice taken that is one by taking the # away.
fn with_choices(draft: &str) -> String {
    let lines = draft.lines().map(|line| {
        let bare = line.strip_prefix("# ").unwrap_or(line);
        let key = bare.split(" = ").next().unwrap_or_default();
        let is_one = key.starts_with('"') || !key.contains(' ');
        if is_one && bare.contains(" = ") {
            bare
        } else {
            line
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn taking_every_hash_away_names_nothing_twice() {
    for text in [
        "Task,Created,Added,Began,Start,Done?,Finished,Closed,Owner,Assignee\n\
         write it,2026-01-02,2026-01-02,2026-01-03,2026-01-04,yes,2026-01-05,2026-01-05,A,B\n",
        "Was,Erstellt,Start,Beginn,Datum,Ende,Erledigt\nlang und breit,2.1.2026,3.1.2026,3.1.2026,4.1.2026,5.1.2026,ja\n",
        "Date,Start,End,Stop,Hours,Dauer,What I did,Task,Notes\n2026-01-02,9:00,10:00,10:00,1,1,some long words,x,y\n",
    ] {
        let draft = draft(text);
        assert!(draft.contains("# in place of the line above: "), "{draft}");
        let taken = with_choices(&draft);
        assert!(taken.lines().count() == draft.lines().count() && taken != draft);
        assert!(
            Mapping::parse(&taken).is_ok(),
            "{:?} {taken}",
            Mapping::parse(&taken)
        );
    }
}

#[test]
fn what_began_is_a_start_wherever_its_column_stands() {
    for name in [
        "began",
        "Begin",
        "begonnen",
        "Start",
        "started",
        "Angefangen am",
    ] {
        for head in [
            format!("{name},Date,Task,Created"),
            format!("Created,Task,Date,{name}"),
        ] {
            let cells = |one: &str| {
                if one == "Task" {
                    "write it"
                } else {
                    "2026-01-02"
                }
            };
            let row: Vec<&str> = head.split(',').map(cells).collect();
            let draft = draft(&format!("{head}\n{}\n", row.join(",")));
            let set = format!("\nstarted = \"{name}\"");
            assert!(draft.contains(&set), "{head}: {draft}");
            assert!(
                draft.contains("# in place of the line above: created = \"Date\""),
                "{draft}"
            );
        }
    }
}

#[test]
fn a_column_of_ticks_says_where_a_task_stands() {
    let ticked =
        draft("Task,done?,Created\na b,yes,2026-01-02\nc,no,2026-01-02\nd,n/a,2026-01-02\n");
    let mapping = Mapping::parse(&ticked).unwrap();
    let RowKind::Task(task) = &mapping.rows else {
        panic!("tasks: {ticked}");
    };
    assert_eq!((task.status.as_deref(), &task.done), (Some("done?"), &None));
    let stages: Vec<_> = mapping
        .stages
        .iter()
        .map(|(word, stage)| (word.as_str(), *stage))
        .collect();
    assert_eq!(stages, [("no", Stage::Todo), ("yes", Stage::Done)]);
    let beside = draft("Task,done?,Status,Closed\na b,x,open,2026-01-02\n");
    assert!(
        beside.contains("status = \"Status\"\n# in place of the line above: status = \"done?\"\n"),
        "{beside}"
    );
    assert!(beside.contains("\ndone = \"Closed\""), "{beside}");
}

#[test]
fn a_draft_lists_the_fields_it_says_nothing_of() {
    let sheet = draft("Day,From,To,What I did\n2026-01-02,9:00,10:00,some longer words\n");
    assert!(sheet.contains("# note = \"What I did\""), "{sheet}");
    assert!(
        sheet.contains(
            "# Could also be named below [time]: end_clock, duration, person, project, task, tags\n"
        ),
        "{sheet}"
    );
    let tasks = draft("Task,Status\na b,open\n");
    assert!(
        tasks.contains("# Could also be named below [task]: key, assignee, created, updated, started, done, due, estimate, tags, kind, project, parent\n"),
        "{tasks}"
    );
}

#[test]
fn prose_and_pictures_are_refused_with_a_reason() {
    let picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0,a,b\n\0\xff\xd8;x,y\n".as_slice();
    let prose = "Dear all, this is what I did, and why.\nIt went well.\nNo, not at all, done, in a way, and so on.\nMore.\n";
    let even = "Well, this is it\nNothing, to see here\n";
    for text in [
        picture,
        prose.as_bytes(),
        even.as_bytes(),
        b"Notes\nfirst, a thing\nsecond\nthird\n",
    ] {
        match Input::from_bytes(text, "x") {
            Ok(input) => {
                let error = Mapping::draft(&input).unwrap_err().to_string();
                assert!(error.starts_with("is no t"), "{error}");
            }
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
}

#[test]
fn a_table_whose_rows_are_shorter_than_its_header_is_one_all_the_same() {
    let draft =
        draft("Title,Status,Created,Owner,More\na b,open,2026-01-02,Ada\nc d,open,2026-01-02,Bo\n");
    assert!(draft.contains("status = \"Status\""), "{draft}");
}
