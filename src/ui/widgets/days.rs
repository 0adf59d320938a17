//! Where the owner's marked days lie on a line of time that is cut into buckets.

use super::axes::Mark;
use crate::model::away::Away;
use crate::model::figure::Point;
use crate::ui::words;

/// The marks of `away` under the buckets `points`; `column` tells where a bucket's part (0 = its
/// first day, 1 = over) stands, of `room` columns. Stretches of one kind that touch are one.
pub fn marks(
    points: &[Point],
    away: &[Away],
    (column, room): (impl Fn(usize, f64) -> u16, u16),
) -> Vec<Mark> {
    let first = points.first().map(|point| point.from.to_epoch_days());
    let last = points.last().map(|point| point.to.to_epoch_days());
    let (Some(first), Some(last)) = (first, last) else {
        return Vec::new();
    };
    let place = |day| {
        let (at, part) = bucket(points, day);
        column(at, part).min(room.saturating_sub(1))
    };
    let mut marks: Vec<Mark> = Vec::new();
    let seen = |one: &&Away| one.from <= last && one.to >= first;
    for one in away.iter().filter(seen) {
        let from = place(one.from.max(first));
        // The day after the last one is not marked, unless nothing would be left.
        let to = place(one.to.min(last) + 1).saturating_sub(1).max(from);
        let word = words::event(one.kind);
        match marks.last_mut() {
            Some(before) if before.word == word && before.to + 1 >= from => {
                before.to = before.to.max(to);
            }
            _ => marks.push(Mark { from, to, word }),
        }
    }
    marks
}

/// The bucket of a day, and how much of it lies before; a day behind all is the end of the last.
fn bucket(points: &[Point], day: i32) -> (usize, f64) {
    let within = |point: &Point| {
        let (from, to) = (point.from.to_epoch_days(), point.to.to_epoch_days());
        (day <= to).then(|| f64::from((day - from).max(0)) / f64::from(to - from + 1))
    };
    let mut all = points.iter().enumerate();
    let found = all.find_map(|(at, point)| Some((at, within(point)?)));
    found.unwrap_or((points.len().saturating_sub(1), 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::away::EventKind;
    use crate::model::figure::Key;
    use chrono::{Days, NaiveDate};

    fn weeks(count: u64) -> Vec<Point> {
        let first = NaiveDate::from_ymd_opt(2026, 8, 3).unwrap();
        let week = |at| {
            let from = first.checked_add_days(Days::new(at * 7)).unwrap();
            Point {
                from,
                to: from.checked_add_days(Days::new(6)).unwrap(),
                key: Key::Time,
                value: Some(1.0),
                unit: None,
                interval: None,
                n: 1,
                complete: true,
            }
        };
        (0..count).map(week).collect()
    }

    fn away(from: &str, to: &str, kind: EventKind) -> Away {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap().to_epoch_days();
        Away {
            from: day(from),
            to: day(to),
            kind,
        }
    }

    /// Ten columns a week.
    fn marked(away: &[Away]) -> Vec<(u16, u16, &'static str)> {
        let column =
            |at: usize, part: f64| crate::ui::text::cells(at) * 10 + u16::from(part > 0.5) * 5;
        let marks = marks(&weeks(4), away, (column, 40));
        marks.iter().map(|m| (m.from, m.to, m.word)).collect()
    }

    #[test]
    fn a_week_of_leave_lies_under_its_week() {
        let leave = away("2026-08-10", "2026-08-16", EventKind::Leave);
        assert_eq!(marked(&[leave]), [(10, 19, "leave")]);
    }

    #[test]
    fn days_outside_are_cut_and_days_that_touch_are_one() {
        let before = away("2026-07-01", "2026-08-09", EventKind::Oncall);
        let next = away("2026-08-10", "2026-08-16", EventKind::Oncall);
        assert_eq!(marked(&[before, next]), [(0, 19, "on call")]);
        assert!(marked(&[away("2025-08-10", "2025-08-16", EventKind::Leave)]).is_empty());
        let long = away("2026-08-24", "2027-08-16", EventKind::Launch);
        assert_eq!(marked(&[long]), [(30, 34, "launch")]);
    }
}
