//! What a list's filter looks for: words, and days written as dates.

use crate::app::row::ItemRow;
use crate::model::dataset::UNDATED;
use crate::model::period::Range;
use crate::model::task::When;
use crate::store::{Store, StoreError};

use super::Known;

/// The words of a filter. Each has to stand somewhere in a row; one that is a date stands also in
/// the rows of its days.
pub(super) struct Sought {
    /// Words that are no dates, with a space between them.
    plain: String,
    /// Dates as typed, and the days that they mean.
    dates: Vec<(String, Range)>,
}

impl Sought {
    /// What `text` looks for, in any case.
    pub(super) fn new(text: &str) -> Self {
        let mut plain = Vec::new();
        let mut dates = Vec::new();
        for word in text.split_whitespace() {
            match Range::written(&word.to_uppercase()) {
                Some(days) => dates.push((word.to_lowercase(), days)),
                None => plain.push(word.to_lowercase()),
            }
        }
        Self {
            plain: plain.join(" "),
            dates,
        }
    }

    /// What `text` looks for where days are chosen by other means: a date is a word like any other.
    pub(super) fn words(text: &str) -> Self {
        let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        Self {
            plain: words.join(" "),
            dates: Vec::new(),
        }
    }

    /// Keeps the commits (indexes into the columns) that hold every word.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(super) fn commits(
        &self,
        store: &Store,
        known: &Known,
        rows: &mut Vec<u32>,
    ) -> Result<(), StoreError> {
        let columns = &known.data.commits;
        if !self.plain.is_empty() {
            let found = store.find(&self.plain)?;
            rows.retain(|at| found.contains(&columns.id[*at as usize]));
        }
        for (word, days) in &self.dates {
            let found = store.find(word)?;
            let (from, to) = (days.from.to_epoch_days(), days.to.to_epoch_days());
            rows.retain(|at| {
                let at = *at as usize;
                let day = columns.day[at];
                let then = day != UNDATED && (from..=to).contains(&day);
                then || found.contains(&columns.id[at])
            });
        }
        Ok(())
    }

    /// Keeps the rows that hold every word.
    pub(super) fn items(&self, rows: &mut Vec<ItemRow>) {
        rows.retain(|row| {
            let all = format!("{} {} {} {}", row.key, row.title, row.place, row.said);
            let all = all.to_lowercase();
            let mut words = self.plain.split(' ');
            let mut dates = self.dates.iter();
            words.all(|word| all.contains(word))
                && dates.all(|(word, days)| touches(row, *days) || all.contains(word))
        });
    }
}

/// Whether the row stands on one of `days`, or lasts over one.
fn touches(row: &ItemRow, days: Range) -> bool {
    let stands = row.at.and_then(When::day);
    stands.is_some_and(|day| days.contains(day))
        || row
            .days
            .is_some_and(|own| own.from <= days.to && days.from <= own.to)
}

#[cfg(test)]
mod tests {
    use super::super::items::tests::row;
    use super::*;
    use crate::model::text::Clean;
    use chrono::NaiveDate;

    /// The numbers of the rows that a filter keeps: 7 stands on 1970-01-02 in `harbour`, 8 on no day in
    /// `quay`, 9 is a note of two days whose words name another one.
    fn kept(text: &str) -> Vec<i64> {
        let day = |day| NaiveDate::from_ymd_opt(1970, 1, day).unwrap();
        let note = ItemRow {
            title: Clean::label(b"Away since 1970-03-04"),
            days: Some(Range::new(day(1), day(2))),
            ..row(9, Some(0), None, "")
        };
        let mut rows = vec![
            row(7, Some(1), None, "harbour"),
            row(8, None, None, "quay"),
            note,
        ];
        Sought::new(text).items(&mut rows);
        rows.iter().map(|row| row.id.0).collect()
    }

    #[test]
    fn each_word_of_a_filter_has_to_stand_somewhere() {
        assert_eq!(kept("RETRY finished"), [7, 8]);
        assert_eq!(kept("queue harb"), [7]);
        assert_eq!(kept("ing-8"), [8]);
        assert!(kept("queue nowhere").is_empty());
        assert_eq!(kept("  "), [7, 8, 9]);
    }

    #[test]
    fn a_date_finds_what_stands_on_its_days_and_what_names_it() {
        assert_eq!(kept("1970-01-02"), [7, 9]);
        assert_eq!(kept("1970-01-01"), [9]);
        assert_eq!(kept("1970-01"), [7, 9]);
        assert_eq!(kept("1970-w01 harb"), [7]);
        assert_eq!(kept("1970-03-04"), [9]);
        assert!(kept("1970-01-03").is_empty());
    }

    #[test]
    fn what_is_no_date_is_a_word() {
        for text in ["1970", "1970-13", "1970-01-99", "01-02", "ing-7"] {
            assert!(Sought::new(text).dates.is_empty(), "{text}");
        }
    }
}
