//! `docs/reports.md` shows drafts of the demo year; this test makes them anew and holds them equal.

use std::fmt::Write as _;
use std::path::Path;

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
    draft::compose(&asked, store.material(range).unwrap(), Some(&data))
}

/// What is asked, the draft, and what a reader is told of it.
fn examples() -> [(&'static str, Kind, Option<&'static str>, &'static str); 4] {
    [
        (
            "inward standup",
            Kind::Standup,
            None,
            "On a Monday: Friday's work and the weekend's, then what is in hand.",
        ),
        (
            "inward week last-week",
            Kind::Week,
            Some("last-week"),
            "Without a range: the running week; on its first workday the week before.",
        ),
        (
            "inward month 2026-10",
            Kind::Month,
            Some("2026-10"),
            "Without a range: the running month; on its first workday the month before.",
        ),
        (
            "inward review 2026-H2",
            Kind::Review,
            Some("2026-07-01..2026-12-31"),
            "Without a range: the running half-year; in its first month the one before. The blanks \
             are yours: nothing here knows why your work mattered.",
        ),
    ]
}

const HEAD: &str = "\
# Drafts

Made from demo data (`INWARD_BLESS=1 cargo test --test drafts` writes it anew).

Four drafts for people, written on your machine from what is stored: no network, no model. The same
store, day and range give the same bytes, in any terminal.

| Command | Tells |
|---|---|
| `inward standup` | since the last workday: weekends, leave and holidays are stepped over |
| `inward week [RANGE]` | a week; a day stands for the week that holds it |
| `inward month [RANGE]` | a month |
| `inward review [RANGE]` | a self-review of any range, e.g. `2026-H1`, `last-quarter`, `2026` |

Markdown unless told otherwise; `--plain` for plain text, `--json` for every fact behind it
([json.md](json.md)), `--no-ids` without the ids of the evidence. In the dashboard they have a page of
their own, from where they can be copied or written into the outbox. Every word can be replaced:
[wording.md](wording.md).

## What stands in them

- Finished and merged first; commits last. A pull request is told with the task whose commits it
  holds or whose key it names.
- *Waiting*: in review by its tracker's stage or its open pull request, or held up by its tracker's own
  word (blocked, waiting, on hold, stalled, paused, impeded, needs info). Never for whom.
- *Not moving*: in progress without a move, a pull request or a commit for five workdays. After a
  tracker's newest export nothing is called so, and the draft says how old that export is. What nobody
  touched for 60 workdays is only counted.
- *Without a ticket*, *worked on*: commits that belong to no task, gathered by what their messages or
  folders say they are about; releases first, then what is new or mended.
- *Not on a default branch yet*: of a month and a review, what has not landed. In a stand-up and a week
  it stands with the rest: there, what is begun is the news. A squash stands for the commits it holds.
- A number of a tracker is written as `name#12`, since a bare `#12` means something else elsewhere.
- *Reviews*: number and times of those that you gave. Whose work it was is not stored.
- *What changed*: a week outside its usual range over half a year, or a median whose 95 % interval
  leaves out that of half a year. The rest is called noise. When you work is nobody else's business: it
  stands in a draft only where you set yourself a limit on it.
- Lists are cut: the tasks with the most commits and pull requests stay, then the longest. What is left
  out is counted. `--json` has everything.
- Why you were on leave is in no draft; that you were is.
";

/// The page as it should be.
fn page() -> String {
    let calendar = calendar();
    let store = sync::demo::year(&calendar).unwrap();
    let away = store.away().unwrap();
    let mut out = HEAD.to_owned();
    for (command, kind, range, about) in examples() {
        let range = range.map_or_else(
            || Range::new(draft::since(&calendar, &away).day, calendar.today()),
            |range| Range::parse(range, &calendar, None).unwrap(),
        );
        let text = markdown(&made(&store, kind, range, &calendar));
        write!(
            out,
            "\n## {command}\n\n{about}\n\n````markdown\n{text}````\n"
        )
        .unwrap();
    }
    out
}

#[test]
fn the_examples_in_the_docs_are_what_the_demo_year_gives() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reports.md");
    let made = page();
    assert!(made.len() > 4_000, "the demo year has things to tell");
    if std::env::var_os("INWARD_BLESS").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        written, made,
        "INWARD_BLESS=1 cargo test --test drafts writes it anew"
    );
}
