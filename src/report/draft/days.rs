//! Days of a draft: its workdays, how they are written, and since when a stand-up tells.

use chrono::{Datelike, Days, NaiveDate};

use super::{Asked, Kind, Since};
use crate::model::away::{Away, EventKind};
use crate::model::calendar::Calendar;
use crate::model::period::Range;
use crate::report::words;

/// How far back the last workday is looked for: a long leave.
const FARTHEST: u64 = 400;

/// The owner's workdays: days of the work week without leave and holidays. On call and launches
/// are work.
#[derive(Clone, Copy, Debug)]
pub(super) struct Workdays<'a> {
    pub(super) calendar: &'a Calendar,
    pub(super) away: &'a [Away],
}

impl Workdays<'_> {
    /// Why `day` is no workday: the strongest cause, or `None`.
    fn free(self, day: NaiveDate) -> Option<&'static str> {
        let number = day.to_epoch_days();
        let marked = |kind: EventKind| {
            let mut away = self.away.iter();
            away.any(|one| one.kind == kind && (one.from..=one.to).contains(&number))
        };
        if marked(EventKind::Leave) {
            return Some("leave");
        }
        if !self.calendar.work_week.is_workday(day) {
            return Some("weekend");
        }
        marked(EventKind::Holiday).then_some("holiday")
    }

    /// Workdays from `from` to `to`, both counted.
    pub(super) fn between(self, from: NaiveDate, to: NaiveDate) -> u64 {
        let days = from.iter_days().take_while(|day| *day <= to);
        days.filter(|day| self.free(*day).is_none()).count() as u64
    }

    /// Workdays after `day` up to `to`.
    pub(super) fn after(self, day: NaiveDate, to: NaiveDate) -> u64 {
        day.succ_opt().map_or(0, |next| self.between(next, to))
    }
}

/// The last workday before today, and why it is not yesterday. Yesterday where no workday is found.
pub fn since(calendar: &Calendar, away: &[Away]) -> Since {
    let workdays = Workdays { calendar, away };
    let today = calendar.today();
    let yesterday = today.pred_opt().unwrap_or(today);
    let mut because = Vec::new();
    let mut day = yesterday;
    for back in 0..FARTHEST {
        let candidate = yesterday.checked_sub_days(Days::new(back));
        let Some(candidate) = candidate else { break };
        match workdays.free(candidate) {
            None => {
                day = candidate;
                break;
            }
            Some(why) if !because.contains(&why) => because.push(why),
            Some(_) => {}
        }
    }
    // A weekend inside a leave is no reason of its own.
    if because.contains(&"leave") {
        because.retain(|why| *why != "weekend");
    }
    because.reverse();
    let back = today.signed_duration_since(day).num_days();
    let words = match back {
        1 => "yesterday".to_owned(),
        2..=6 => day.format("%A").to_string(),
        _ => words::weekday_and_day(day, today),
    };
    Since {
        day,
        words,
        because,
    }
}

/// `Fri 20 Nov 2026`, `Mon 16 to Sun 22 Nov 2026`, `November 2026`, `1 Jan to 30 Jun 2026`: with the
/// year, because drafts are read later and elsewhere.
pub(super) fn in_words(range: Range) -> String {
    let (from, to) = (range.from, range.to);
    if from == to {
        return to.format("%a %-d %b %Y").to_string();
    }
    let next = to.succ_opt().unwrap_or(to);
    let same_month = (from.year(), from.month()) == (to.year(), to.month());
    if same_month && from.day() == 1 && next.day() == 1 {
        return to.format("%B %Y").to_string();
    }
    if from.ordinal() == 1 && next.ordinal() == 1 && from.year() == to.year() {
        return to.year().to_string();
    }
    let short = range.days() <= 14;
    let end = to.format(if short { "%a %-d %b %Y" } else { "%-d %b %Y" });
    let form = match (short, same_month, from.year() == to.year()) {
        (true, true, _) => "%a %-d",
        (true, false, true) => "%a %-d %b",
        (true, false, false) => "%a %-d %b %Y",
        (false, _, true) => "%-d %b",
        (false, _, false) => "%-d %b %Y",
    };
    format!("{} to {end}", from.format(form))
}

/// The day of an item: `Fri 20 Nov` in a stand-up and a week, `20 Nov` in what is longer. The year
/// is that of the draft unless it is said.
pub(super) fn of_item(day: NaiveDate, asked: &Asked<'_>) -> String {
    match asked.kind {
        Kind::Standup | Kind::Week => words::weekday_and_day(day, asked.range.to),
        Kind::Month | Kind::Review if day.year() == asked.range.to.year() => {
            day.format("%-d %b").to_string()
        }
        Kind::Month | Kind::Review => day.format("%-d %b %Y").to_string(),
    }
}

/// A stretch inside a draft: `Fri 20 Nov`, `16 to 20 Nov`, `3 Mar to 5 Jun`.
pub(super) fn stretch(from: NaiveDate, to: NaiveDate, today: NaiveDate) -> String {
    if from == to {
        return words::weekday_and_day(from, today);
    }
    joined(from, to, to.year() != today.year())
}

/// The same of days that nobody asks for one by one: `3 Jul`, `3 to 7 Jul`; both years where they
/// differ.
pub(super) fn span(from: NaiveDate, to: NaiveDate, today: NaiveDate) -> String {
    joined(
        from,
        to,
        to.year() != today.year() || from.year() != to.year(),
    )
}

/// `3 to 7 Jul`, with the year behind the last day or without.
fn joined(from: NaiveDate, to: NaiveDate, with_year: bool) -> String {
    let end = to.format(if with_year { "%-d %b %Y" } else { "%-d %b" });
    if from == to {
        return end.to_string();
    }
    let form = match (from.year() == to.year(), from.month() == to.month()) {
        (true, true) => "%-d",
        (true, false) => "%-d %b",
        (false, _) => "%-d %b %Y",
    };
    format!("{} to {end}", from.format(form))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn on(now: &str) -> Calendar {
        let now = DateTime::parse_from_rfc3339(now).unwrap();
        Calendar::new(now.into(), chrono_tz::Europe::Berlin)
    }

    fn leave(from: &str, to: &str, kind: EventKind) -> Away {
        Away {
            from: day(from).to_epoch_days(),
            to: day(to).to_epoch_days(),
            kind,
        }
    }

    fn told(now: &str, away: &[Away]) -> (String, String, Vec<&'static str>) {
        let since = since(&on(now), away);
        (since.day.to_string(), since.words, since.because)
    }

    #[test]
    fn a_stand_up_tells_since_the_last_workday() {
        let friday = ("2026-11-20".into(), "Friday".into(), vec!["weekend"]);
        assert_eq!(told("2026-11-23T08:00:00Z", &[]), friday);
        let yesterday = ("2026-11-23".into(), "yesterday".into(), vec![]);
        assert_eq!(told("2026-11-24T08:00:00Z", &[]), yesterday);
    }

    #[test]
    fn two_weeks_of_leave_are_stepped_over_and_named() {
        let away = [leave("2026-11-09", "2026-11-20", EventKind::Leave)];
        let before = ("2026-11-06".into(), "Fri 6 Nov".into(), vec!["leave"]);
        assert_eq!(told("2026-11-23T08:00:00Z", &away), before);
    }

    #[test]
    fn a_holiday_next_to_a_weekend_names_both_and_days_on_call_are_work() {
        let away = [
            leave("2026-11-20", "2026-11-20", EventKind::Holiday),
            leave("2026-11-19", "2026-11-19", EventKind::Oncall),
        ];
        let thursday = (
            "2026-11-19".into(),
            "Thursday".into(),
            vec!["holiday", "weekend"],
        );
        assert_eq!(told("2026-11-23T08:00:00Z", &away), thursday);
    }

    #[test]
    fn workdays_leave_out_weekends_leave_and_holidays() {
        let calendar = on("2026-11-23T08:00:00Z");
        let away = [leave("2026-11-18", "2026-11-18", EventKind::Holiday)];
        let workdays = Workdays {
            calendar: &calendar,
            away: &away,
        };
        let (monday, sunday) = (day("2026-11-16"), day("2026-11-22"));
        assert_eq!(workdays.between(monday, sunday), 4);
        assert_eq!(workdays.after(monday, sunday), 3);
        assert_eq!(workdays.after(sunday, sunday), 0);
        assert_eq!(workdays.between(sunday, monday), 0);
    }

    #[test]
    fn days_are_written_with_their_year_and_no_more_than_needed() {
        for (from, to, expected) in [
            ("2026-11-20", "2026-11-20", "Fri 20 Nov 2026"),
            ("2026-11-16", "2026-11-22", "Mon 16 to Sun 22 Nov 2026"),
            ("2026-10-26", "2026-11-01", "Mon 26 Oct to Sun 1 Nov 2026"),
            (
                "2025-12-29",
                "2026-01-04",
                "Mon 29 Dec 2025 to Sun 4 Jan 2026",
            ),
            ("2026-11-01", "2026-11-30", "November 2026"),
            ("2026-01-01", "2026-06-30", "1 Jan to 30 Jun 2026"),
            ("2025-07-01", "2026-06-30", "1 Jul 2025 to 30 Jun 2026"),
            ("2025-01-01", "2025-12-31", "2025"),
        ] {
            assert_eq!(in_words(Range::new(day(from), day(to))), expected);
        }
        let today = day("2026-11-23");
        assert_eq!(
            stretch(day("2026-11-16"), day("2026-11-20"), today),
            "16 to 20 Nov"
        );
        assert_eq!(
            stretch(day("2026-03-03"), day("2026-06-05"), today),
            "3 Mar to 5 Jun"
        );
        assert_eq!(
            stretch(day("2025-11-20"), day("2026-01-02"), today),
            "20 Nov 2025 to 2 Jan"
        );
        assert_eq!(stretch(today, today, today), "Mon 23 Nov");
    }

    #[test]
    fn a_span_says_month_and_year_once_where_once_is_enough() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        let today = day(2026, 8, 16);
        for (first, last, words) in [
            (day(2026, 7, 3), day(2026, 7, 3), "3 Jul"),
            (day(2026, 7, 3), day(2026, 7, 7), "3 to 7 Jul"),
            (day(2026, 6, 28), day(2026, 7, 3), "28 Jun to 3 Jul"),
            (day(2025, 7, 3), day(2025, 7, 3), "3 Jul 2025"),
            (day(2025, 7, 3), day(2025, 7, 9), "3 to 9 Jul 2025"),
            (day(2025, 7, 3), day(2025, 12, 31), "3 Jul to 31 Dec 2025"),
            (
                day(2025, 12, 28),
                day(2026, 1, 3),
                "28 Dec 2025 to 3 Jan 2026",
            ),
        ] {
            assert_eq!(span(first, last, today), words);
        }
    }
}
