//! Figures and their texts, from rows to words.

#![expect(
    clippy::unwrap_used,
    clippy::float_cmp,
    clippy::string_slice,
    reason = "test code: a panic is the report, and these floats are counts"
)]

mod cases;
mod docs;
mod generate;
mod outputs;
mod properties;
mod texts;
mod words;

use chrono::{DateTime, NaiveDate};
use inward::metrics::by_id;
use inward::model::calendar::Calendar;
use inward::model::dataset::{Dataset, Labels};
use inward::model::figure::Figure;
use inward::model::period::{Bucket, Range};
use inward::model::selection::{By, Selection};
use inward::model::text::Clean;

const WEEK: By = By::Time(Bucket::Week);

fn calendar() -> Calendar {
    Calendar::new(
        DateTime::from_timestamp(generate::NOW, 0).unwrap(),
        chrono_tz::Tz::UTC,
    )
}

fn range(text: &str) -> Range {
    Range::parse(text, &calendar(), None).unwrap()
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn select(range: Range, by: By) -> Selection {
    Selection {
        by,
        ..Selection::weekly(range)
    }
}

fn ask(id: &str, data: &Dataset, selection: &Selection) -> Figure {
    by_id(id).unwrap().compute(data, selection, &calendar())
}

fn left_out(figure: &Figure, reason: &str) -> u64 {
    let entry = figure.left_out.iter().find(|e| e.reason == reason);
    entry.map_or(0, |entry| entry.n)
}

fn labels() -> Labels {
    let clean = |names: &[&str]| names.iter().map(|n| Clean::label(n.as_bytes())).collect();
    Labels {
        repos: clean(&["api", "web", "naïve site", "api"]),
        languages: clean(&["other", "Rust", "Python", "TypeScript", "Markdown", "Shell"]),
        ..Labels::default()
    }
}
