//! Drafts of the demo year, from a store: the examples of `docs/reports.md`.

use chrono::{TimeZone, Utc};
use inward::model::calendar::Calendar;
use inward::model::period::Range;
use inward::report::draft::{self, Asked, Draft, Kind};
use inward::store::Store;
use inward::sync;

use crate::told::markdown;

/// Monday 23 November 2026, 08:30 UTC.
fn calendar() -> Calendar {
    let now = Utc.with_ymd_and_hms(2026, 11, 23, 8, 30, 0).unwrap();
    Calendar::new(now, chrono_tz::UTC)
}

fn made(store: &Store, kind: Kind, range: Range, calendar: &Calendar) -> Draft {
    let (data, _) = store.dataset(calendar.now.timestamp()).unwrap();
    let asked = Asked {
        kind,
        range,
        calendar,
        away: &data.away,
        ids: true,
    };
    draft::compose(&asked, &store.material(range).unwrap(), Some(&data))
}

#[test]
fn the_demo_year_tells() {
    let calendar = calendar();
    let store = sync::demo::year(&calendar).unwrap();
    let away = store.away().unwrap();
    let since = draft::since(&calendar, &away);
    let range = |text: &str| Range::parse(text, &calendar, None).unwrap();
    for (kind, range) in [
        (Kind::Standup, Range::new(since.day, calendar.today())),
        (Kind::Week, range("last-week")),
        (Kind::Month, range("2026-10")),
        (Kind::Review, range("2026-07-01..2026-12-31")),
    ] {
        println!("{}", markdown(&made(&store, kind, range, &calendar)));
    }
}
