use super::super::testing::{Seen, read};
use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn seen(text: &str, name: &str) -> Seen {
    read(&FORMAT, text, name).unwrap()
}

fn one(text: &str) -> TaskFacts {
    seen(text, "todo.txt").tasks()[0].task.clone()
}

#[test]
fn lines_are_taken_apart() {
    for (line, all_done, done, completed, created, text) in [
        (
            "(A) 2025-10-01 a b",
            false,
            false,
            None,
            Some(day("2025-10-01")),
            "a b",
        ),
        (
            "2025-10-20 2025-10-01 a",
            false,
            false,
            None,
            Some(day("2025-10-20")),
            "2025-10-01 a",
        ),
        (
            "x 2025-10-03 2025-10-01 a",
            false,
            true,
            Some(day("2025-10-03")),
            Some(day("2025-10-01")),
            "a",
        ),
        (
            "x (B) 2025-10-03 2025-10-01 a",
            false,
            true,
            Some(day("2025-10-03")),
            Some(day("2025-10-01")),
            "a",
        ),
        (
            "2025-10-03 (C) 2025-10-01 a",
            true,
            true,
            Some(day("2025-10-03")),
            Some(day("2025-10-01")),
            "a",
        ),
        ("x a", false, true, None, None, "a"),
        ("a", true, true, None, None, "a"),
        ("X a", false, false, None, None, "X a"),
        ("xylophone", false, false, None, None, "xylophone"),
        ("2025-02-30 a", false, false, None, None, "2025-02-30 a"),
        ("(AA) a", false, false, None, None, "(AA) a"),
    ] {
        let wanted = Parts {
            done,
            completed,
            created,
            text,
        };
        assert_eq!(Parts::of(line, all_done), wanted, "{line}");
    }
}

#[test]
fn projects_contexts_and_pairs_are_told_from_what_looks_like_them() {
    let task = one(
        "(A) 2025-10-01 mail a@b.example on C++ and +1 see http://x.example/?a=b:c +Family @phone due:2025-10-09 rec:1m est:3h pri:B\n",
    );
    assert_eq!(
        task.title.as_str(),
        "mail a@b.example on C++ and +1 see http://x.example/?a=b:c"
    );
    assert_eq!(task.project.as_ref().map(Clean::as_str), Some("Family"));
    assert_eq!(task.tags.len(), 1);
    assert_eq!(task.estimate, Some(Estimate::Seconds(10_800)));
    assert!(matches!(task.due, Some(When::Day(_))));
    assert_eq!(task.started, None);
}

#[test]
fn a_task_open_in_one_file_and_done_in_the_other_bears_one_name() {
    let open = one("(A) 2025-10-01 Call Mom +Family due:2025-10-05\n");
    let done = seen(
        "x 2025-10-03 2025-10-01 Call Mom +Family due:2025-10-07 pri:A\n",
        "done.txt",
    );
    assert_eq!(open.aliases, done.tasks()[0].task.aliases);
    let again = one("(A) 2025-10-01 Call Mom +Family rec:1w due:2025-10-05\n");
    let next = one("(A) 2025-10-01 Call Mom +Family rec:1w due:2025-10-12\n");
    assert_ne!(again.aliases, next.aliases, "each time of a repeating task");
}

#[test]
fn in_done_txt_every_line_is_done_and_missing_dates_are_counted() {
    let seen = seen(
        "2014-09-29 (A) one\nthree +todo\nx 2014-10-01 four\n",
        "done.txt",
    );
    let done = |found: &&Found| found.task.status.fixed == Some(Stage::Done);
    assert_eq!(seen.tasks().iter().filter(|found| done(found)).count(), 3);
    assert!(
        seen.warnings[0].starts_with("1 of 3"),
        "{:?}",
        seen.warnings
    );
}

#[test]
fn a_pipe_is_known_by_its_lines_and_other_texts_are_not() {
    assert_eq!(
        seen("x 2025-10-03 2025-10-01 a\n(B) b\n", "").tasks().len(),
        2
    );
    for other in [
        "2025-10-01 10:00:00 INFO started\n2025-10-01 10:00:01 INFO done\n",
        "- [ ] (A) x\n- [x] b\n",
        "id,start\n1,2025-10-01 x\n",
        "A letter\n\n(A) is a point of it\nand so on\nand on\n",
    ] {
        let input = Input::from_bytes(other, "").unwrap();
        assert!(!fits(input.head()), "{other}");
    }
}

#[test]
fn an_impossible_due_date_leaves_the_field_empty_and_is_said() {
    let seen = seen("a due:2025-02-30\nb due:2025-02-20\n", "todo.txt");
    assert_eq!(seen.tasks()[0].task.due, None);
    assert!(seen.warnings[0].contains("on line 1"));
}
