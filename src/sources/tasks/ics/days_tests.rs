use super::*;
use crate::sources::tasks::testing::context;

/// The days of a calendar with these events, read in Berlin in November 2026: `from..to title`.
fn read(events: &[&str]) -> (Vec<String>, Days) {
    let events: Vec<String> = events
        .iter()
        .map(|lines| format!("BEGIN:VEVENT\n{lines}END:VEVENT\n"))
        .collect();
    let text = format!("BEGIN:VCALENDAR\n{}END:VCALENDAR\n", events.concat());
    let input = Input::from_bytes(text.replace('\n', "\r\n"), "days.ics").unwrap();
    let read = all_days(&input, context().zone, context().now).unwrap();
    let told = read
        .days
        .iter()
        .map(|one| format!("{} {}", one.days, one.title));
    (told.collect(), read)
}

#[test]
fn an_end_is_the_day_after_and_a_missing_one_is_the_same_day() {
    let (told, _) = read(&[
        "UID:a\nDTSTART;VALUE=DATE:20261225\nDTEND;VALUE=DATE:20261227\nSUMMARY:Christmas\n",
        "UID:b\nDTSTART;VALUE=DATE:20261003\nSUMMARY:Unity\n",
        "UID:c\nDTSTART;VALUE=DATE:20261101\nDTEND;VALUE=DATE:20261101\nSUMMARY:Saints\n",
        "UID:d\nDTSTART;VALUE=DATE:20261020\nDURATION:P3D\nSUMMARY:Autumn\n",
    ]);
    assert_eq!(
        told,
        [
            "2026-10-03 Unity",
            "2026-10-20..2026-10-22 Autumn",
            "2026-11-01 Saints",
            "2026-12-25..2026-12-26 Christmas",
        ]
    );
}

#[test]
fn a_yearly_one_recurs_until_next_year_but_for_its_exceptions_and_moves() {
    let (told, read) = read(&[
        "UID:y\nDTSTART;VALUE=DATE:20230501\nRRULE:FREQ=YEARLY\nEXDATE;VALUE=DATE:20240501\nSUMMARY:May Day\n",
        "UID:y\nRECURRENCE-ID;VALUE=DATE:20250501\nDTSTART;VALUE=DATE:20250502\nSUMMARY:May Day (moved)\n",
    ]);
    assert_eq!(
        told,
        [
            "2023-05-01 May Day",
            "2025-05-02 May Day (moved)",
            "2026-05-01 May Day",
            "2027-05-01 May Day",
        ]
    );
    let names: BTreeSet<&str> = read.days.iter().map(|one| one.uid.as_str()).collect();
    assert_eq!(names.len(), 4, "each time has a name of its own: {names:?}");
}

#[test]
fn from_midnight_to_midnight_is_a_day_in_whatever_zone_and_over_a_change_of_the_clock() {
    let (told, read) = read(&[
        // The clocks of Auckland go forward on 27 September 2026: that day has 23 hours.
        "UID:z\nDTSTART;TZID=Pacific/Auckland:20260927T000000\nDTEND;TZID=Pacific/Auckland:20260928T000000\nSUMMARY:Far\n",
        "UID:u\nDTSTART:20260601T000000Z\nDTEND:20260603T000000Z\nSUMMARY:Utc\n",
        "UID:m\nDTSTART:20260601T090000Z\nDTEND:20260601T100000Z\nSUMMARY:Meeting\n",
        "UID:n\nDTSTART:20260601T000000Z\nDTEND:20260601T003000Z\nSUMMARY:Deploy\n",
    ]);
    assert_eq!(told, ["2026-06-01..2026-06-02 Utc", "2026-09-27 Far"]);
    assert_eq!(read.left_out, [("with a time of day", 2)]);
}

#[test]
fn what_is_no_holiday_is_left_out_with_the_reason() {
    let (told, read) = read(&[
        "UID:a\nSTATUS:CANCELLED\nDTSTART;VALUE=DATE:20261225\nSUMMARY:a\n",
        "UID:b\nSUMMARY:b\n",
        "UID:c\nDTSTART;VALUE=DATE:20261225\nDTEND;VALUE=DATE:20261224\nSUMMARY:c\n",
        "UID:d\nDTSTART;VALUE=DATE:20200101\nDTEND;VALUE=DATE:20300101\nSUMMARY:d\n",
        "UID:e\nDTSTART;VALUE=DATE:20400101\nSUMMARY:e\n",
        "UID:f\nDTSTART;VALUE=DATE:19800101\nSUMMARY:f\n",
        // Calendars of holidays show them as free time.
        "UID:g\nTRANSP:TRANSPARENT\nDTSTART;VALUE=DATE:20261226\nSUMMARY:g\n",
    ]);
    assert_eq!(told, ["2026-12-26 g"]);
    assert_eq!(
        read.left_out,
        [
            ("before 1990 or after next year", 2),
            ("cancelled", 1),
            ("longer than a year", 1),
            ("with an end before its start", 1),
            ("without a start", 1),
        ]
    );
}

#[test]
fn events_that_share_a_name_or_have_none_stay_apart_and_the_same_twice_is_one() {
    let (told, read) = read(&[
        "UID:x\nDTSTART;VALUE=DATE:20260101\nSUMMARY:One\n",
        "UID:x\nDTSTART;VALUE=DATE:20260106\nSUMMARY:Two\n",
        "DTSTART;VALUE=DATE:20260403\nSUMMARY:Three\n",
        "UID:other\nDTSTART;VALUE=DATE:20260403\nSUMMARY:Three\n",
    ]);
    assert_eq!(
        told,
        ["2026-01-01 One", "2026-01-06 Two", "2026-04-03 Three"]
    );
    let names: BTreeSet<&str> = read.days.iter().map(|one| one.uid.as_str()).collect();
    assert_eq!(names.len(), 3);
}

#[test]
fn a_title_is_safe_to_show() {
    let (told, _) =
        read(&["UID:a\nDTSTART;VALUE=DATE:20260101\nSUMMARY:New\\, \u{202e}Year\u{1b}[31m\\nx\n"]);
    assert_eq!(told, ["2026-01-01 New, Year x"]);
}

#[test]
fn what_is_no_calendar_is_refused() {
    let input = Input::from_bytes("a,b\n1,2\n", "x.csv").unwrap();
    let refused = all_days(&input, context().zone, context().now);
    assert!(refused.unwrap_err().to_string().contains("is no calendar"));
}
