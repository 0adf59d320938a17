use super::*;
use crate::sources::tasks::input::Input;

fn wrong(text: &str) -> String {
    Mapping::parse(text).unwrap_err().to_string()
}

#[test]
fn a_mapping_says_which_column_is_what() {
    let text = "source = \"sheet\"\nzone = \"Europe/Berlin\"\ndates = \"mdy\"\n\n[task]\ntitle = \" Task \"\n\
        assignee = \"Owner\"\ntags = [\"A\", \"B\"]\nunit = \"hours\"\n[stages]\n\"In Arbeit\" = \"in-progress\"\n";
    let mapping = Mapping::parse(text).unwrap();
    assert_eq!(mapping.columns(), ["task", "owner", "a", "b"]);
    assert_eq!(mapping.order, Some(DayOrder::Mdy));
    assert_eq!(mapping.zone, Some(Tz::Europe__Berlin));
    assert_eq!(mapping.stages.get("in arbeit"), Some(&Stage::InProgress));
    let RowKind::Task(task) = mapping.rows else {
        panic!("tasks");
    };
    assert_eq!((task.unit, task.separator.as_str()), (Unit::Hours, ","));
}

#[test]
fn every_mistake_is_told_with_its_line() {
    for (text, line, part) in [
        (
            "mine = true\n[task]\ntitle = \"a\"\ncolour = \"b\"\n",
            4,
            "colour",
        ),
        ("mine = true\nmin = 1\n[task]\ntitle = \"a\"\n", 2, "min"),
        ("mine = true\n[task]\nkey = \"a\"\n", 2, "title"),
        ("mine = true\n[task]\ntitle = 5\n", 3, "string"),
        ("mine = true\n[task]\ntitle = \" \"\n", 3, "needs a name"),
        (
            "mine = true\n[task]\ntitle = \"a\"\ntags = 5\n",
            4,
            "list of names",
        ),
        ("\n[task]\ntitle = \"a\"\n", 2, "mine = true"),
        (
            "mine = true\ndates = \"ymd\"\n[task]\ntitle = \"a\"\n",
            2,
            "mdy",
        ),
        (
            "mine = true\nzone = \"Mars/X\"\n[task]\ntitle = \"a\"\n",
            2,
            "Europe/Berlin",
        ),
        (
            "source = \"A b\"\nmine = true\n[task]\ntitle = \"a\"\n",
            1,
            "short name",
        ),
        (
            "mine = true\n[task]\ntitle = \"a\"\n[stages]\nx = \"y\"\n",
            5,
            "in-progress",
        ),
        (
            "mine = true\n[task]\ntitle = \"a\"\n[time]\nstart = \"b\"\nend = \"c\"\n",
            4,
            "not both",
        ),
        ("mine = true\n[time]\nstart = \"b\"\n", 2, "duration"),
        (
            "mine = true\n[time]\nstart = \"b\"\nduration = \"c\"\nunit = \"points\"\n",
            2,
            "hours",
        ),
        ("mine = true\n", 1, "[task]"),
        (
            "mine = true\n[task]\ntitle = \"a\"\n[stages]\nläuft = \"todo\"\n",
            5,
            "in quotes",
        ),
        ("mine = true\n[task\n", 2, ""),
    ] {
        let error = wrong(text);
        assert!(
            error.starts_with(&format!("line {line}: ")),
            "{text}: {error}"
        );
        assert!(error.contains(part), "{text}: {error}");
    }
}

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
    let draft = draft("Task,Done,Start date,Whenish\nx y z,yes,2026-01-02,2026-01-03\n");
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
