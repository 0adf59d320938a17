//! The newest commits alone: the prompt's line says what the whole record says.

use std::collections::BTreeMap;

use chrono::{TimeZone, Utc, Weekday};
use inward::model::calendar::Calendar;
use inward::model::choice::Out;
use inward::report::status::{since, status_line};
use inward::store::{Choice, Store};

use crate::fake::{Fake, fill, record};
use crate::git::NOW;

const DAY: i64 = 86_400;

/// When the last of so many made-up commits was made, UTC seconds.
fn last_of(commits: u32) -> i64 {
    record(commits - 1, 0).authored.utc
}

/// The line from the newest columns and from all of them, and how many commits each loaded.
fn both(store: &Store, calendar: &Calendar) -> [(String, usize); 2] {
    let now = calendar.now.timestamp();
    let recent = store.recent(now, since(calendar)).unwrap();
    let (whole, _) = store.dataset(now).unwrap();
    [recent, whole].map(|data| (status_line(&data, calendar), data.commits.id.len()))
}

#[test]
fn the_line_of_the_prompt_is_that_of_the_whole_record_on_any_day() {
    let mut store = Store::memory(NOW).unwrap();
    // Two blocks of columns.
    let fake = Fake {
        commits: 9_000,
        files: 1,
    };
    fill(&mut store, &fake);
    let (mut lines, mut spared) = (BTreeMap::new(), 0);
    for day in (-310..20).step_by(7) {
        let now = Utc.timestamp_opt(last_of(9_000) + day * DAY + 4_000 * day.rem_euclid(20), 0);
        let mut calendar = Calendar::new(now.unwrap(), chrono_tz::Pacific::Auckland);
        if day % 2 == 0 {
            calendar.week_start = Weekday::Sun;
        }
        let [(recent, few), (whole, all)] = both(&store, &calendar);
        assert_eq!(recent, whole, "{day} days from now");
        spared += usize::from(few < all);
        *lines.entry(whole).or_insert(0) += 1;
    }
    assert!(lines.len() > 3, "only {lines:?}");
    assert!(spared > 2, "{spared} days were spared older commits");
}

#[test]
fn a_commit_left_out_is_left_out_of_the_line() {
    let mut store = Store::memory(NOW).unwrap();
    let fake = Fake {
        commits: 40,
        files: 1,
    };
    fill(&mut store, &fake);
    let now = last_of(40);
    let calendar = Calendar::new(Utc.timestamp_opt(now, 0).unwrap(), chrono_tz::UTC);
    let before = both(&store, &calendar);
    assert_eq!(before[0].0, before[1].0);
    let (data, _) = store.dataset(now).unwrap();
    let newest = data.commits.id.last().copied().unwrap();
    let oid = store.commit_rows(&[newest]).unwrap()[0].oid;
    let row = store.rows_named(&oid.to_string()).unwrap().remove(0);
    store
        .choose(&row, &Choice::Out(Out::Excluded), None)
        .unwrap();
    let after = both(&store, &calendar);
    assert_eq!(after[0].0, after[1].0);
    assert_ne!(after[0].0, before[0].0);
}

#[test]
fn a_store_without_commits_says_so() {
    let store = Store::memory(NOW).unwrap();
    let now = Utc.timestamp_opt(NOW, 0).unwrap();
    let line = status_line(
        &store.recent(NOW, 0).unwrap(),
        &Calendar::new(now, chrono_tz::UTC),
    );
    assert_eq!(line, "no commits recorded");
}
