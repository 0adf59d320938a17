use super::*;
use crate::model::moment::Moment;
use crate::model::stage::Stage;
use crate::model::stage::StageWords;
use crate::model::task::{Estimate, TaskKind, When};
use crate::model::text::Clean;
use crate::sources::tasks::dates::DayOrder;
use crate::sources::tasks::found::{Person, Whose};
use crate::sources::tasks::testing::{Seen, ordered, read, read_with};

const HEADER: &str = "Summary,Issue key,Issue id,Issue Type,Status,Project key,Resolution,\
    Assignee,Assignee Id,Created,Updated,Resolved,Due date,Labels,Labels,Log Work,\
    Custom field (Story Points),Original estimate,Parent key,Status Category,Status Category Changed";

fn rows(lines: &str) -> Seen {
    read(&FORMAT, format!("{HEADER}\n{lines}\n"), "Jira.csv").unwrap()
}

fn wall(text: &str) -> When {
    let at = chrono::DateTime::parse_from_rfc3339(text).unwrap();
    let offset = at.offset().local_minus_utc() / 60;
    When::Wall(Moment::new(at.timestamp(), offset))
}

#[test]
fn an_issue_says_everything_its_columns_hold() {
    let seen = rows(
        "\"Read, \"\"parse\"\"\",ING-7,10007,Story,QA,ING,,Ada L,712020:a,22/Sep/25 9:26 AM,\
         23/Sep/25 12:05 PM,,30/Sep/25 12:00 AM,rust,io,a; b;23/Sep/25 1:00 PM;712020:a;5400,\
         2.5,28800,ING-1,In Progress,23/Sep/25 8:00 AM",
    );
    let found = seen.tasks()[0];
    let task = &found.task;
    assert_eq!(
        (task.key.as_str(), task.title.as_str()),
        ("ING-7", "Read, \"parse\"")
    );
    assert_eq!(task.kind, TaskKind::Story);
    assert_eq!(task.created, Some(wall("2025-09-22T09:26:00+02:00")));
    assert_eq!(task.updated, Some(wall("2025-09-23T12:05:00+02:00")));
    assert_eq!((task.started, task.done), (None, None));
    assert_eq!(
        task.due,
        chrono::NaiveDate::from_ymd_opt(2025, 9, 30).map(When::Day)
    );
    assert_eq!(task.estimate, Some(Estimate::Points(2_500)));
    assert_eq!(task.tags.len(), 2);
    assert_eq!(task.parent.as_ref().map(Clean::as_str), Some("ING-1"));
    assert_eq!(
        StageWords::default().stage(&task.status),
        Some(Stage::InReview)
    );
    assert_eq!(task.aliases, ["jira:ING-7", "jira:10007@29308766"]);
    let ada = Person::with_name("Ada L").id("712020:a");
    assert_eq!(found.whose, Whose::People(vec![ada]));
    let (by, entry) = &found.work[0];
    assert_eq!(by, &Person::with_id("712020:a"));
    assert_eq!(entry.seconds, Some(5_400));
    assert_eq!(entry.note.as_ref().map(Clean::as_str), Some("a; b"));
}

#[test]
fn done_is_the_date_of_resolution_else_the_last_change_of_a_done_category() {
    let seen = rows(
        "a,A-1,,Task,Released,A,Done,,,1/Jan/25 1:00 PM,,2/Jan/25 1:00 PM,,,,,,,,Done,3/Jan/25 1:00 PM\n\
         b,A-2,,Task,Released,A,,,,1/Jan/25 1:00 PM,,,,,,,,,,Done,3/Jan/25 1:00 PM\n\
         c,A-3,,Task,Doing,A,,,,1/Jan/25 1:00 PM,,,,,,,,,,In Progress,3/Jan/25 1:00 PM\n\
         d,A-4,,Task,Reopened,A,Won't Do,,,1/Jan/25 1:00 PM,,2/Jan/25 1:00 PM,,,,,,,,To Do,\n\
         e,A-5,,Task,Closed,A,Won't Do,,,1/Jan/25 1:00 PM,,2/Jan/25 1:00 PM,,,,,,,,Fertig,",
    );
    let stages: Vec<_> = seen
        .tasks()
        .iter()
        .map(|one| {
            let done = one.task.done.and_then(When::day).map(|day| day.to_string());
            (StageWords::default().stage(&one.task.status).unwrap(), done)
        })
        .collect();
    assert_eq!(
        stages,
        [
            (Stage::Done, Some("2025-01-02".to_owned())),
            (Stage::Done, Some("2025-01-03".to_owned())),
            (Stage::InProgress, None),
            (Stage::Todo, None),
            (Stage::Cancelled, Some("2025-01-02".to_owned())),
        ]
    );
}

#[test]
fn rows_without_a_key_are_listed_and_bad_dates_left_out() {
    let seen = rows(
        "a,,,Task,Open,A\nb,oops,,Task,Open,A\n\
         c,A-3,,Task,Open,A,,,,soon,,,,,,,,,,,\n\
         d,A-4,,Task,Open,A,,,,,,,,x,y,z,,,,,,,\n",
    );
    let lines: Vec<u64> = seen.rejected.iter().map(|one| one.line).collect();
    assert_eq!((lines, seen.tasks().len()), (vec![2, 3], 2));
    assert!(
        seen.warnings
            .iter()
            .any(|text| text.contains("Created: 1 cell"))
    );
    assert!(
        seen.warnings
            .iter()
            .any(|text| text.contains("line 5 has more"))
    );
    let shifted = rows("a,A-1,,Task,Open,A,,,,,,,,,,,,,,,,,,,x");
    let reason = &shifted.rejected[0].reason;
    assert!(
        reason.as_str().contains("more cells than the header"),
        "{reason}"
    );
}

#[test]
fn numeric_dates_are_decided_by_the_whole_file_or_asked() {
    let file = |second: &str| {
        let head = "Issue key,Summary,Status,Created,Updated\n";
        format!(
            "{head}A-1,a,Open,02/03/25 9:00,\nA-2,b,Open,{second},\nA-1,c,Open,1/Jan/25 1:00 AM,"
        )
    };
    let days = |seen: &Seen| -> Vec<String> {
        let tasks = seen.tasks();
        let days = tasks.iter().filter_map(|one| one.task.created?.day());
        days.map(|day| day.to_string()).collect()
    };
    let seen = read(&FORMAT, file("13/03/25 9:00"), "j.csv").unwrap();
    assert_eq!(days(&seen), ["2025-03-02", "2025-03-13", "2025-01-01"]);
    let seen = read(&FORMAT, file("03/13/25 9:00"), "j.csv").unwrap();
    assert_eq!(days(&seen), ["2025-02-03", "2025-03-13", "2025-01-01"]);
    let error = read(&FORMAT, file("03/04/25 9:00"), "j.csv").unwrap_err();
    assert!(
        matches!(error, ImportError::DayOrder { line: 2, .. }),
        "{error}"
    );
    let input = Input::from_bytes(file("03/04/25 9:00"), "j.csv").unwrap();
    let seen = read_with(&FORMAT, &input, &ordered(DayOrder::Dmy)).unwrap();
    assert_eq!(days(&seen), ["2025-03-02", "2025-04-03", "2025-01-01"]);
}

#[test]
fn a_numeric_date_far_down_hands_out_no_row_twice() {
    let row = |n| {
        let date = if n < 40 {
            "1/Jan/25 1:00 AM"
        } else {
            "1/25/25 1:00"
        };
        format!("A-{n},t,Open,{date}\n")
    };
    let rows: String = (1..=50).map(row).collect();
    let text = format!("Issue key,Summary,Status,Created\n{rows}");
    let seen = read(&FORMAT, text, "j.csv").unwrap();
    let keys: std::collections::BTreeSet<_> = seen
        .tasks()
        .iter()
        .map(|one| one.task.key.clone())
        .collect();
    assert_eq!((seen.items.len(), keys.len()), (50, 50));
}

#[test]
fn headers_of_other_languages_are_the_same_columns() {
    for header in [
        "Resumen,Clave de incidencia,Tipo de Incidencia,Estado,Persona asignada,Creada,Resuelta",
        "Zusammenfassung,Vorgangsschlüssel,Vorgangstyp,Status,Zugewiesene Person,Erstellt,Erledigt",
        "Résumé,Clé de ticket,Type de ticket,État,Personne assignée,Création,Résolue",
        "Resumo,Chave da item,Tipo de item,Status,Responsável,Criado,Resolvido",
    ] {
        let row = "t,A-1,Bug,Erledigt,Ada L,05/Mai/25 9:05,06/ago/25 9:05";
        let seen = read(&FORMAT, format!("{header}\n{row}\n"), "j.csv").unwrap();
        let found = seen.tasks()[0];
        assert_eq!(found.task.kind, TaskKind::Bug, "{header}");
        assert_eq!(
            found.task.created,
            Some(wall("2025-05-05T09:05:00+02:00")),
            "{header}"
        );
        assert_eq!(
            found.task.done,
            Some(wall("2025-08-06T09:05:00+02:00")),
            "{header}"
        );
        assert_eq!(found.whose, Whose::People(vec![Person::with_name("Ada L")]));
    }
}

#[test]
fn a_parent_named_by_its_number_is_found_wherever_it_stands() {
    let text = "Issue key,Issue id,Parent id,Summary,Status,Assignee,Custom field (Epic Link)\n\
        A-3,3,2,t,Open,ada,A-1\nA-2,2,,t,Open,ada,A-1\nA-1,1,,t,Open,,\n";
    let seen = read(&FORMAT, text, "j.csv").unwrap();
    let tasks = seen.tasks();
    let parent = |at: usize| tasks[at].task.parent.as_ref().map(Clean::as_str);
    assert_eq!(
        (parent(0), parent(1), parent(2)),
        (Some("A-2"), Some("A-1"), None)
    );
    assert_eq!(
        tasks[0].whose,
        Whose::People(vec![Person::with_login("ada")])
    );
    assert_eq!(tasks[2].whose, Whose::People(Vec::new()));
}
