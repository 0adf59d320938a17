use super::*;

fn dates(order: Option<DayOrder>) -> Dates {
    let zone = chrono_tz::Europe::Berlin;
    Dates { zone, order }
}

fn said(text: &str) -> Option<String> {
    let when = dates(Some(DayOrder::Dmy)).when(text)?;
    Some(match when {
        When::At(at) => format!("at {}", at.rfc3339().unwrap()),
        When::Wall(at) => format!("wall {}", at.rfc3339().unwrap()),
        When::Day(day) => format!("day {day}"),
    })
}

#[test]
fn instants_of_every_tracker() {
    for (text, wanted) in [
        ("2025-10-11T10:00:52Z", "at 2025-10-11T12:00:52+02:00"),
        (
            "2021-09-06T04:34:26.239+0000",
            "at 2021-09-06T06:34:26+02:00",
        ),
        (
            "2021-09-06T04:34:26.239-0330",
            "at 2021-09-06T04:34:26-03:30",
        ),
        ("2026-01-02T09:05:10.123Z", "at 2026-01-02T10:05:10+01:00"),
        (
            "Tue May 14 2024 08:53:33 GMT+0000 (GMT)",
            "at 2024-05-14T10:53:33+02:00",
        ),
        (
            "Tue May 14 2024 08:53:33 GMT+0000 (GMT+00:00)",
            "at 2024-05-14T10:53:33+02:00",
        ),
        (
            "2025-08-07 21:47:56 +0000 UTC",
            "at 2025-08-07T23:47:56+02:00",
        ),
        ("20250905T141500Z", "at 2025-09-05T16:15:00+02:00"),
        ("2025-11-05T16:30:00+01:00", "at 2025-11-05T16:30:00+01:00"),
    ] {
        assert_eq!(said(text).as_deref(), Some(wanted), "{text}");
    }
}

#[test]
fn clocks_without_a_zone_are_read_in_the_files_zone() {
    for (text, wanted) in [
        ("2/Jan/06 3:04 PM", "wall 2006-01-02T15:04:00+01:00"),
        ("12/Jul/2026 12:04 AM", "wall 2026-07-12T00:04:00+02:00"),
        ("2/Jan/06 15:04", "wall 2006-01-02T15:04:00+01:00"),
        ("Jan/2/06 3:04 PM", "wall 2006-01-02T15:04:00+01:00"),
        ("2006-01-02 15:04", "wall 2006-01-02T15:04:00+01:00"),
        ("12-12-2024 14:42", "wall 2024-12-12T14:42:00+01:00"),
        ("7.6.2025 14:59:28", "wall 2025-06-07T14:59:28+02:00"),
        ("March 1, 2026 3:04 PM", "wall 2026-03-01T15:04:00+01:00"),
        ("3/ene/26 9:15", "wall 2026-01-03T09:15:00+01:00"),
        ("20250102T030405", "wall 2025-01-02T03:04:05+01:00"),
        ("2026-03-29 02:30", "wall 2026-03-29T03:30:00+02:00"),
        ("2026-10-25 02:30", "wall 2026-10-25T02:30:00+02:00"),
    ] {
        assert_eq!(said(text).as_deref(), Some(wanted), "{text}");
    }
}

#[test]
fn plain_days_stay_days() {
    for (text, wanted) in [
        ("2026-01-09", "day 2026-01-09"),
        ("May 2, 2023", "day 2023-05-02"),
        ("5 Jan 2026", "day 2026-01-05"),
        ("03/04/2024", "day 2024-04-03"),
        ("20260109", "day 2026-01-09"),
        ("1.2.69", "day 1969-02-01"),
        ("1.2.68", "day 2068-02-01"),
    ] {
        assert_eq!(said(text).as_deref(), Some(wanted), "{text}");
    }
}

#[test]
fn marks_for_none_and_texts_are_no_dates() {
    for text in [
        "",
        "-",
        "null",
        "0001-01-01T00:00:00Z",
        "99991230T000000Z",
        "9999-12-30",
        "soon",
        "every monday",
        "2025-02-30",
        "13/13/2024",
        "40/1/2024",
        "2025-01-02T25:00:00Z",
        "1.2.3",
        "ING-2025-01-02x: y",
    ] {
        assert_eq!(said(text), None, "{text}");
    }
}

#[test]
fn a_file_decides_its_order_or_asks() {
    let decide = |texts: &[&str], said| {
        let mut survey = Survey::default();
        for (line, text) in texts.iter().enumerate() {
            survey.add(line as u64 + 2, text);
        }
        survey.decide(said)
    };
    assert_eq!(
        decide(&["1/5/2026", "7/15/2026"], None).unwrap(),
        Some(DayOrder::Mdy)
    );
    assert_eq!(
        decide(&["1.5.2026 9:00", "15.7.2026"], None).unwrap(),
        Some(DayOrder::Dmy)
    );
    assert_eq!(
        decide(&["1.5.2026 9:00"], None).unwrap(),
        Some(DayOrder::Dmy)
    );
    assert_eq!(decide(&["2026-05-01", "x"], None).unwrap(), None);
    let open = decide(&["1/5/2026", "2/6/2026"], None)
        .unwrap_err()
        .to_string();
    assert!(open.starts_with("line 2: 1/5/2026"), "{open}");
    let torn = decide(&["13/5/2026", "2/16/2026"], None);
    assert!(torn.is_err(), "both orders in one file");
    assert_eq!(
        decide(&["1/5/2026"], Some(DayOrder::Dmy)).unwrap(),
        Some(DayOrder::Dmy)
    );
    assert_eq!(dates(None).when("1/5/2026"), None, "never guessed");
}

#[test]
fn what_has_happened_is_not_in_the_future_and_one_cell_of_it_decides() {
    let now = DateTime::from_timestamp(1_781_000_000, 0).unwrap(); // 9 June 2026
    let decide = |text| {
        let mut survey = Survey::default();
        survey.add(2, text);
        survey.past(text, now);
        survey.decide(None)
    };
    assert_eq!(decide("5/12/2026").unwrap(), Some(DayOrder::Mdy));
    assert_eq!(decide("12/5/2026").unwrap(), Some(DayOrder::Dmy));
    assert!(decide("5/4/2026").is_err(), "both have been");
    assert!(decide("11/12/2026").is_err(), "neither has been");
}

#[test]
fn two_rows_whose_dates_follow_each_other_decide_unless_one_differs() {
    let decide = |rows: &[(&str, &str)]| {
        let mut survey = Survey::default();
        for (earlier, later) in rows {
            survey.add(2, earlier);
            survey.add(2, later);
            survey.in_order(earlier, later);
        }
        survey.decide(None)
    };
    let (dmy, mdy) = (("9/1/2026", "3/2/2026"), ("1/9/2026", "2/3/2026"));
    assert_eq!(decide(&[dmy, dmy]).unwrap(), Some(DayOrder::Dmy));
    assert_eq!(decide(&[mdy, mdy]).unwrap(), Some(DayOrder::Mdy));
    assert!(decide(&[dmy]).is_err(), "one row may be a date typed in");
    assert!(decide(&[dmy, dmy, mdy]).is_err());
}
