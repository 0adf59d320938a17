//! Recorded time added up: what overlaps counts once.

use super::task::Entry;

/// What several entries come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recorded {
    /// Seconds, each second that several entries cover counted once.
    pub seconds: i64,
    /// Seconds as the entries say, added up one by one.
    pub said: i64,
    /// How many of them overlap another.
    pub overlapping: u64,
    /// How many still run: they have no length yet.
    pub running: u64,
}

/// Adds entries up. One with both ends is a stretch of time, at most as long as it says; one
/// without an end is a bare sum, which overlaps nothing because nobody knows where it lies.
pub fn recorded<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Recorded {
    let mut out = Recorded::default();
    let mut stretches = Vec::new();
    for entry in entries {
        match stretch(entry) {
            Some(stretch) => stretches.push(stretch),
            None => add(&mut out, entry),
        }
    }
    stretches.sort_unstable();
    let mut until = i64::MIN;
    for (at, (start, end)) in stretches.iter().enumerate() {
        out.said = out.said.saturating_add(end - start);
        let next = stretches.get(at + 1);
        let overlaps = *start < until || next.is_some_and(|next| next.0 < *end);
        out.overlapping += u64::from(overlaps);
        let new = (*end).saturating_sub((*start).max(until)).max(0);
        out.seconds = out.seconds.saturating_add(new);
        until = until.max(*end);
    }
    out
}

/// Where an entry lies, UTC seconds; `None` when that is not known or it has no length.
fn stretch(entry: &Entry) -> Option<(i64, i64)> {
    let start = entry.start.moment()?.utc;
    let span = entry.end?.moment()?.utc.checked_sub(start)?;
    let length = entry.seconds.unwrap_or(span).min(span);
    (length > 0).then(|| (start, start + length))
}

/// Adds an entry that lies nowhere.
fn add(out: &mut Recorded, entry: &Entry) {
    let seconds = match (entry.end, entry.seconds) {
        (None, None) => {
            out.running += 1;
            0
        }
        // Both ends at one instant, or a plain date: only the sum is known.
        (_, seconds) => seconds.unwrap_or(0).max(0),
    };
    out.said = out.said.saturating_add(seconds);
    out.seconds = out.seconds.saturating_add(seconds);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::moment::Moment;
    use crate::model::task::When;
    use chrono::NaiveDate;
    use proptest::prelude::*;

    fn from_to(start: i64, end: i64) -> Entry {
        let at = |utc| When::At(Moment::new(utc, 60));
        Entry {
            id: None,
            start: at(start),
            end: Some(at(end)),
            seconds: Some(end - start),
            note: None,
        }
    }

    fn bare(seconds: i64) -> Entry {
        Entry {
            start: When::Day(NaiveDate::default()),
            end: None,
            seconds: Some(seconds),
            ..from_to(0, 0)
        }
    }

    #[test]
    fn an_hour_in_two_trackers_is_one_hour() {
        let entries = [from_to(0, 3_600), from_to(0, 3_600), from_to(1_800, 5_400)];
        let sum = recorded(&entries);
        assert_eq!((sum.seconds, sum.said, sum.overlapping), (5_400, 10_800, 3));
    }

    #[test]
    fn entries_that_only_touch_do_not_overlap_and_one_within_another_does() {
        let touching = recorded(&[from_to(0, 60), from_to(60, 120)]);
        assert_eq!((touching.seconds, touching.overlapping), (120, 0));
        let within = [from_to(0, 600), from_to(60, 120), from_to(300, 360)];
        let sum = recorded(&within);
        assert_eq!((sum.seconds, sum.said, sum.overlapping), (600, 720, 3));
    }

    #[test]
    fn bare_sums_are_added_and_running_ones_have_no_length() {
        let running = Entry {
            end: None,
            seconds: None,
            ..from_to(0, 0)
        };
        let sum = recorded(&[bare(600), bare(600), running, bare(-5)]);
        assert_eq!((sum.seconds, sum.overlapping, sum.running), (1_200, 0, 1));
    }

    #[test]
    fn a_pause_is_not_counted_and_no_entry_is_longer_than_its_ends() {
        let paused = Entry {
            seconds: Some(600),
            ..from_to(0, 3_600)
        };
        let rounded_up = Entry {
            seconds: Some(900),
            ..from_to(10_000, 10_600)
        };
        assert_eq!(recorded([&paused]).seconds, 600);
        assert_eq!(recorded([&rounded_up]).seconds, 600);
    }

    proptest! {
        #[test]
        fn each_covered_second_counts_once_in_any_order(
            spans in prop::collection::vec((0_i64..200, 0_i64..50), 0..20),
            sums in prop::collection::vec(0_i64..100, 0..4),
        ) {
            let mut entries: Vec<Entry> = spans.iter().map(|(at, n)| from_to(*at, at + n)).collect();
            let covered = (0..250_i64)
                .filter(|t| spans.iter().any(|(at, n)| (*at..at + n).contains(t)))
                .count();
            entries.extend(sums.iter().map(|n| bare(*n)));
            let sum = recorded(&entries);
            let bare_sum: i64 = sums.iter().sum();
            prop_assert_eq!(sum.seconds, i64::try_from(covered).unwrap() + bare_sum);
            prop_assert_eq!(sum.said, spans.iter().map(|span| span.1).sum::<i64>() + bare_sum);
            prop_assert_eq!(sum.said > sum.seconds, sum.overlapping > 0);
            entries.reverse();
            prop_assert_eq!(recorded(&entries), sum);
        }

        #[test]
        fn no_time_makes_it_panic(start: i64, end: i64, seconds: Option<i64>) {
            let at = |utc| When::Wall(Moment::new(utc, 0));
            let one = Entry { start: at(start), end: Some(at(end)), seconds, ..from_to(0, 0) };
            prop_assert!(recorded([&one, &one]).seconds >= 0);
        }
    }
}
