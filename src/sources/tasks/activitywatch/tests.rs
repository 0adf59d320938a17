use super::super::testing::read;
use super::*;

/// A minute of an hour of 6 March 2026, UTC.
fn event(clock: &str, minutes: u32, data: &str) -> String {
    let seconds = minutes * 60;
    format!(
        r#"{{"timestamp":"2026-03-06T{clock}:00.000000+00:00","duration":{seconds}.0,"data":{data}}}"#
    )
}

fn export(buckets: &[(&str, Vec<String>)]) -> String {
    let buckets: Vec<String> = buckets
        .iter()
        .map(|(kind, events)| {
            let events = events.join(",");
            // The events stand before the type, and the key has dots.
            format!(r#""{kind}_adas.home":{{"id":"x","client":"c","hostname":"adas.home","events":[{events}],"type":"{kind}"}}"#)
        })
        .collect();
    format!(r#"{{"buckets":{{{}}}}}"#, buckets.join(","))
}

const EDITOR: &str =
    r#"{"file":"/home/ada/moon/secret.rs","project":"/home/ada/moon","branch":"feature/MOON-7"}"#;
const WINDOW: &str = r#"{"app":"Code","title":"secret"}"#;

fn sums(text: &str) -> Vec<(String, Option<String>, Option<String>, i64)> {
    let seen = read(&FORMAT, text, "aw.json").unwrap();
    assert!(!format!("{seen:?}").contains("secret") && !format!("{seen:?}").contains("adas"));
    let entries = seen.items.iter().filter_map(|item| item.entry());
    let text = |part: &Option<Clean>| part.as_ref().map(|part| part.as_str().to_owned());
    entries
        .map(|one| {
            let day = one.entry.start.day().unwrap().to_string();
            (
                day,
                text(&one.project),
                text(&one.task),
                one.entry.seconds.unwrap() / 60,
            )
        })
        .collect()
}

#[test]
fn a_moment_counts_once_and_only_while_i_am_there() {
    let windows = vec![event("09:00", 120, WINDOW), event("08:00", 61, WINDOW)];
    let presence = vec![
        event("10:30", 60, r#"{"status":"afk"}"#),
        event("08:30", 120, r#"{"status":"not-afk"}"#),
    ];
    let editors = vec![event("10:20", 30, EDITOR), event("08:40", 20, EDITOR)];
    let moon = || (Some("moon".to_owned()), Some("MOON-7".to_owned()));
    let day = || "2026-03-06".to_owned();
    let only_windows = export(&[
        ("currentwindow", windows.clone()),
        ("afkstatus", presence.clone()),
    ]);
    assert_eq!(sums(&only_windows), [(day(), None, None, 120)]);
    let all = export(&[
        ("currentwindow", windows),
        ("afkstatus", presence),
        ("app.editor.activity", editors),
    ]);
    // 20 minutes of the editor, 10 more until I left; the rest of 120 without a project.
    assert_eq!(
        sums(&all),
        [(day(), moon().0, moon().1, 30), (day(), None, None, 90)]
    );
}

#[test]
fn days_end_at_midnight_of_the_home_zone() {
    // 22:30 to 00:00 UTC is 23:30 to 01:00 in Berlin.
    let text = export(&[
        ("currentwindow", vec![event("22:30", 90, WINDOW)]),
        (
            "afkstatus",
            vec![event("22:00", 180, r#"{"status":"not-afk"}"#)],
        ),
    ]);
    let days: Vec<_> = sums(&text).into_iter().map(|one| (one.0, one.3)).collect();
    assert_eq!(
        days,
        [("2026-03-06".to_owned(), 30), ("2026-03-07".to_owned(), 60)]
    );
}

#[test]
fn a_stopwatch_is_an_entry_and_its_time_is_not_counted_twice() {
    let text = export(&[
        ("currentwindow", vec![event("09:00", 60, WINDOW)]),
        (
            "afkstatus",
            vec![event("09:00", 60, r#"{"status":"not-afk"}"#)],
        ),
        (
            "general.stopwatch",
            vec![event(
                "09:30",
                60,
                r#"{"label":"MOON-7 call","running":false}"#,
            )],
        ),
    ]);
    let all = sums(&text);
    let minutes: Vec<_> = all.iter().map(|one| (one.2.is_some(), one.3)).collect();
    assert_eq!(minutes, [(true, 60), (false, 30)]);
}

#[test]
fn without_presence_nothing_is_counted_and_odd_events_are_rejected() {
    let odd = r#"{"timestamp":"2026-03-06T09:00:00Z","duration":1e300,"data":{}}"#.to_owned();
    let text = export(&[(
        "currentwindow",
        vec![event("09:00", 60, WINDOW), odd, "7".to_owned()],
    )]);
    let seen = read(&FORMAT, text, "aw.json").unwrap();
    assert!(seen.items.is_empty());
    assert_eq!((seen.rejected.len(), seen.warnings.len()), (2, 1));
}
