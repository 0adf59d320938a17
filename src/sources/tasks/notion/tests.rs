use super::super::testing::read;
use super::*;

const FILE: &str = "Tasks 0123456789abcdef0123456789abcdef_all.csv";

fn stages(seen: &super::super::testing::Seen) -> Vec<Option<Stage>> {
    let words = StageWords::default();
    seen.tasks()
        .iter()
        .map(|one| words.stage(&one.task.status))
        .collect()
}

#[test]
fn columns_by_name_with_ranges_relations_and_people() {
    let text = "\u{feff}Task name,Status,Assignee,Dates,Tags,Project,Parent-task,Completed on,Created time,Story points
Land,Done,Ada L,\"March 2, 2026 → March 9, 2026\",\"a, b\",Moon (Home%200123456789abcdef0123456789abcdef/Moon%200123456789abcdef0123456789abcdee.md),,\"March 6, 2026\",\"March 1, 2026 3:04 PM\",3
Orbit,In Progress,\"Ada L, Bob\",\"March 9, 2026\",,,Land (x%200123456789abcdef0123456789abcdea.md),\"March 8, 2026\",,
Orbit,Frobnicating,,,,,,\"March 8, 2026\",,
,Done,,,,,,,,
";
    let seen = read(&FORMAT, text, FILE).unwrap();
    let tasks = seen.tasks();
    assert_eq!((tasks.len(), seen.rejected.len()), (3, 1));
    assert_eq!(
        stages(&seen),
        [Some(Stage::Done), Some(Stage::InProgress), None]
    );
    let one = &tasks[0].task;
    let day = |at: Option<When>| at.and_then(When::day).map(|day| day.to_string());
    assert_eq!(day(one.due).as_deref(), Some("2026-03-09"));
    assert_eq!(day(one.done).as_deref(), Some("2026-03-06"));
    assert!(matches!(one.created, Some(When::Wall(_))) && one.started.is_none());
    assert_eq!(one.project.as_ref().map(Clean::as_str), Some("Moon"));
    assert_eq!(
        (one.tags.len(), one.estimate),
        (2, Some(Estimate::Points(3_000)))
    );
    // The status is believed, not the date; a word that means nothing yet keeps the date.
    assert!(tasks[1].task.done.is_none() && tasks[2].task.done.is_some());
    assert_eq!(
        tasks[1].task.parent.as_ref().map(Clean::as_str),
        Some("Land")
    );
    assert_eq!(
        tasks[1].task.project.as_ref().map(Clean::as_str),
        Some("Tasks")
    );
    assert!(matches!(&tasks[1].whose, Whose::People(people) if people.len() == 2));
    assert_ne!(tasks[1].task.aliases, tasks[2].task.aliases);
    assert!(seen.warnings.is_empty(), "{:?}", seen.warnings);
}

#[test]
fn a_status_is_known_by_what_it_holds_and_a_view_is_called_one() {
    let text =
        "Name,Wo steht es,Priority\nLand,Done,High\nOrbit,In progress,Low\nDust,Not started,Low\n";
    let seen = read(
        &FORMAT,
        text,
        "Tasks 0123456789abcdef0123456789abcdef (1).csv",
    )
    .unwrap();
    assert_eq!(
        stages(&seen),
        [
            Some(Stage::Done),
            Some(Stage::InProgress),
            Some(Stage::Todo)
        ]
    );
    assert!(seen.tasks().iter().all(|one| one.whose == Whose::Mine));
    assert!(
        seen.warnings.iter().any(|text| text.contains("_all.csv")),
        "{:?}",
        seen.warnings
    );
    // The same database by any of its files: the same task.
    let all = read(&FORMAT, text, FILE).unwrap();
    assert_eq!(seen.tasks()[0].task.aliases, all.tasks()[0].task.aliases);
}

#[test]
fn a_ticked_box_or_a_date_of_completion_is_enough() {
    let boxed = "Name,Done,Due\nLand,Yes,\"March 9, 2026\"\nOrbit,No,\n";
    let seen = read(&FORMAT, boxed, FILE).unwrap();
    assert_eq!(stages(&seen), [Some(Stage::Done), Some(Stage::Todo)]);
    let dated = "Name,Done on,Note\nLand,\"March 9, 2026\",x\nOrbit,,y\n";
    let seen = read(&FORMAT, dated, FILE).unwrap();
    assert_eq!(stages(&seen), [Some(Stage::Done), Some(Stage::Todo)]);
    assert!(seen.tasks()[0].task.done.is_some());
}

#[test]
fn a_table_that_says_nothing_of_tasks_asks_for_a_mapping() {
    let text = "Name,Author,Pages\nDune,Herbert,412\nEmma,Austen,474\n";
    let error = read(&FORMAT, text, FILE).unwrap_err().to_string();
    assert!(error.contains("--map"), "{error}");
}
