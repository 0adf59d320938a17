//! Whole calendars.

use super::super::testing::{Seen, context, read as read_as, read_with};
use super::*;
use crate::model::stage::StageWords;
use crate::model::task::LooseEntry;

fn calendar(inner: &str) -> String {
    format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{}END:VCALENDAR\r\n",
        inner.replace('\n', "\r\n")
    )
}

fn todos(inner: &str) -> Seen {
    read_as(&FORMAT, calendar(inner), "todos.ics").unwrap()
}

fn busy(inner: &str) -> (Vec<LooseEntry>, Seen) {
    let input = Input::from_bytes(calendar(inner), "work.ics").unwrap();
    let seen = read_with(&EVENTS, &input, &context()).unwrap();
    let all = seen.items.iter().filter_map(|item| item.entry());
    (all.cloned().collect(), seen)
}

fn todo(lines: &str) -> String {
    format!("BEGIN:VTODO\n{lines}END:VTODO\n")
}

fn event(lines: &str) -> String {
    format!("BEGIN:VEVENT\n{lines}END:VEVENT\n")
}

#[test]
fn a_to_do_is_a_task_with_its_own_words() {
    let text = todo(
        "UID:a@x\nSUMMARY:Write parser\\; handle commas\\, and\n  folds\nSTATUS:COMPLETED\nCREATED:20251001T070000Z\nCOMPLETED:20251005T080000Z\nLAST-MODIFIED:20251005T080001Z\nDTSTART;VALUE=DATE:20251003\nDUE;VALUE=DATE:20251010\nCATEGORIES:a\\, b,c\nBEGIN:VALARM\nUID:other\nSUMMARY:other\nEND:VALARM\n",
    );
    let seen = todos(&text);
    let task = &seen.tasks()[0].task;
    assert_eq!(
        task.title.as_str(),
        "Write parser; handle commas, and folds"
    );
    assert_eq!(task.aliases, ["ical:a@x"]);
    assert_eq!((task.tags.len(), task.started), (2, None));
    assert!(matches!(task.due, Some(When::Day(_))));
    assert_eq!(task.done.unwrap().order(), 1_759_651_200);
}

#[test]
fn states_with_and_without_a_word() {
    let stage = |lines: &str| {
        let seen = todos(&todo(&format!("UID:a\n{lines}")));
        StageWords::default().stage(&seen.tasks()[0].task.status)
    };
    for (lines, wanted) in [
        ("STATUS:NEEDS-ACTION\n", Stage::Todo),
        ("STATUS:IN-PROCESS\n", Stage::InProgress),
        ("STATUS:CANCELLED\n", Stage::Cancelled),
        ("COMPLETED:20251005T080000Z\n", Stage::Done),
        ("PERCENT-COMPLETE:100\n", Stage::Done),
        ("PERCENT-COMPLETE:40\n", Stage::InProgress),
        ("", Stage::Todo),
    ] {
        assert_eq!(stage(lines), Some(wanted), "{lines}");
    }
}

#[test]
fn parents_are_called_by_title_and_instances_are_tasks_of_their_own() {
    let text = [
        todo("UID:b\nSUMMARY:Part\nRELATED-TO;RELTYPE=PARENT:a\n"),
        todo("UID:a\nSUMMARY:Whole\n"),
        todo("UID:a\nRECURRENCE-ID:20251001T070000Z\nSUMMARY:Whole\n"),
        todo("DESCRIPTION:nothing\n"),
    ];
    let seen = todos(&text.concat());
    let tasks = seen.tasks();
    assert_eq!(
        tasks[0].task.parent.as_ref().map(Clean::as_str),
        Some("Whole")
    );
    assert_ne!(tasks[1].task.aliases, tasks[2].task.aliases);
    assert_eq!(seen.rejected.len(), 1);
}

#[test]
fn events_are_left_out_and_it_is_said_how_to_take_them() {
    let text = event("UID:e\nDTSTART:20251001T070000Z\n") + &todo("UID:a\nDUE:soon\n");
    let seen = todos(&text);
    assert_eq!((seen.items.len(), seen.warnings.len()), (1, 2));
    assert!(
        seen.warnings
            .iter()
            .any(|text| text.contains("1 events") && text.contains("--format calendar"))
    );
    assert!(seen.warnings.iter().any(|text| text.starts_with("DUE: 1 ")));
}

#[test]
fn a_recurring_event_happens_without_exceptions_and_where_it_was_moved_to() {
    let text = [
        event(
            "UID:s\nDTSTART;TZID=Europe/Zurich:20251020T091500\nDTEND;TZID=Europe/Zurich:20251020T093000\nRRULE:FREQ=WEEKLY;BYDAY=MO,TU;UNTIL=20251103T225959Z\nEXDATE;TZID=Europe/Zurich:20251021T091500\nSUMMARY:Stand-up ING-7\n",
        ),
        event(
            "UID:s\nRECURRENCE-ID;TZID=Europe/Zurich:20251027T091500\nDTSTART;TZID=Europe/Zurich:20251027T100000\nDTEND;TZID=Europe/Zurich:20251027T101500\nSUMMARY:moved\n",
        ),
    ];
    let (entries, seen) = busy(&text.concat());
    let starts: Vec<String> = entries
        .iter()
        .map(|one| one.entry.start.moment().unwrap().rfc3339().unwrap())
        .collect();
    assert_eq!(
        starts,
        [
            "2025-10-20T09:15:00+02:00",
            "2025-10-28T09:15:00+01:00",
            "2025-11-03T09:15:00+01:00",
            "2025-10-27T10:00:00+01:00"
        ]
    );
    assert!(
        entries
            .iter()
            .all(|one| one.busy && one.entry.seconds == Some(900))
    );
    assert_eq!(entries[0].task.as_ref().map(Clean::as_str), Some("ING-7"));
    let mut ids: Vec<_> = entries.iter().map(|one| one.entry.id.clone()).collect();
    ids.dedup();
    assert_eq!((ids.len(), seen.rejected.len()), (4, 0));
}

#[test]
fn cancelled_free_and_future_events_are_left_out_and_counted() {
    let text = [
        event("UID:1\nDTSTART:20251001T070000Z\nSTATUS:CANCELLED\n"),
        event("UID:2\nDTSTART;VALUE=DATE:20251225\nTRANSP:TRANSPARENT\n"),
        event("UID:3\nDTSTART:20990101T070000Z\nRRULE:FREQ=DAILY\n"),
        event("UID:4\nDTSTART;VALUE=DATE:20251224\nDTEND;VALUE=DATE:20251227\n"),
        event("UID:5\nDTSTART:20251001T070000\nDURATION:PT1H30M\n"),
        event("UID:6\nDTSTART:INVALID\n"),
        event("UID:7\nDTSTART:20251001T070000Z\nDTEND:20251001T060000Z\n"),
    ];
    let (entries, seen) = busy(&text.concat());
    assert_eq!(entries.len(), 2);
    let last = chrono::NaiveDate::from_ymd_opt(2025, 12, 26).unwrap();
    assert_eq!(
        (entries[0].entry.end, entries[0].entry.seconds),
        (Some(When::Day(last)), None)
    );
    assert!(matches!(entries[1].entry.start, When::Wall(_)));
    assert_eq!(entries[1].entry.seconds, Some(5_400));
    assert_eq!(
        seen.warnings[0],
        "events left out: 1 cancelled, 1 shown as free, 1 in the future"
    );
    assert_eq!(seen.rejected.len(), 2);
}

#[test]
fn of_a_rule_that_is_not_followed_the_first_time_is_taken_and_that_is_said() {
    let text = event(
        "UID:1\nDTSTART:20251001T070000Z\nRRULE:FREQ=HOURLY\nRDATE;VALUE=PERIOD:20251002T070000Z/PT2H,x\n",
    );
    let (entries, seen) = busy(&text);
    let spans: Vec<_> = entries.iter().map(|one| one.entry.seconds).collect();
    assert_eq!(spans, [Some(0), Some(7_200)]);
    assert!(
        seen.warnings
            .iter()
            .any(|text| text.contains("not followed"))
    );
    assert!(
        seen.warnings
            .iter()
            .any(|text| text.starts_with("1 additional"))
    );
}

#[test]
fn an_empty_calendar_says_so() {
    assert_eq!(todos("").warnings, ["no to-do stands in it"]);
}
