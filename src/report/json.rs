//! The JSON of `stats`: exactly the contract of the command line, pure ASCII, the same bytes for
//! the same store. What its fields mean stands in [`super::schema`], from which `docs/json.md`
//! is made.

use std::io;

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use super::names::Names;
use crate::model::figure::{Figure, Key, LeftOut, Of, Point, Previous, Rest, Trend, Unit, Verdict};
use crate::model::period::Range;

/// The name and version of the `stats` document.
pub const STATS_SCHEMA: &str = "inward.stats.v1";

/// The `stats` document.
#[derive(Debug, Serialize)]
pub struct Document<'a> {
    schema: &'static str,
    figures: Vec<FigureJson<'a>>,
}

#[derive(Debug, Serialize)]
pub(super) struct FigureJson<'a> {
    metric: &'static str,
    unit: Unit,
    range: Range,
    n: u64,
    value: Option<Number>,
    left_out: &'a [LeftOut],
    points: Vec<PointJson>,
    interval: Option<[Number; 2]>,
    usual_range: Option<[Number; 2]>,
    verdict: Option<&'static str>,
    of: Of,
    known_to: Option<NaiveDate>,
    previous: Option<PreviousJson>,
    trend: Option<&'static str>,
    trend_per_week: Option<Number>,
    rests_on: &'a [Rest],
}

#[derive(Debug, Serialize)]
struct PreviousJson {
    range: Range,
    value: Option<Number>,
    n: u64,
}

fn previous(before: Previous) -> PreviousJson {
    PreviousJson {
        range: before.range,
        value: before.value.map(Number),
        n: before.n,
    }
}

#[derive(Debug, Serialize)]
pub(super) struct PointJson {
    from: NaiveDate,
    to: NaiveDate,
    key: Option<String>,
    value: Option<Number>,
    n: u64,
    complete: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<Unit>,
    #[serde(skip_serializing_if = "Option::is_none")]
    interval: Option<[Number; 2]>,
}

impl<'a> Document<'a> {
    /// The document of `figures`, in their order.
    pub fn new(figures: &'a [Figure], names: Names<'_>) -> Self {
        Self {
            schema: STATS_SCHEMA,
            figures: figures.iter().map(|f| figure(f, names)).collect(),
        }
    }
}

pub(super) fn figure<'a>(figure: &'a Figure, names: Names<'_>) -> FigureJson<'a> {
    let pair = |ends: (f64, f64)| [Number(ends.0), Number(ends.1)];
    FigureJson {
        metric: figure.metric,
        unit: figure.unit,
        range: figure.range,
        n: figure.n,
        value: figure.value.map(Number),
        left_out: &figure.left_out,
        points: figure.points.iter().map(|p| point(p, names)).collect(),
        interval: figure.interval.map(pair),
        usual_range: figure.usual.map(pair),
        verdict: verdict(&figure.verdict),
        of: figure.of,
        known_to: figure.known_to,
        previous: figure.previous.map(previous),
        trend: trend(figure.trend),
        trend_per_week: slope(figure.trend).map(Number),
        rests_on: &figure.rests_on,
    }
}

fn point(point: &Point, names: Names<'_>) -> PointJson {
    PointJson {
        from: point.from,
        to: point.to,
        key: key(point.key, names),
        value: point.value.map(Number),
        n: point.n,
        complete: point.complete,
        unit: point.unit,
        interval: point.interval.map(|ends| [Number(ends.0), Number(ends.1)]),
    }
}

/// A point's key for scripts: as on screen, hours as `mon-09`.
pub(super) fn key(key: Key, names: Names<'_>) -> Option<String> {
    let name = names.of(key)?;
    Some(match key {
        Key::Hour(..) => name.to_lowercase().replace(' ', "-"),
        _ => name,
    })
}

/// The verdict in a few stable words; `None` when the statistics make no claim.
pub fn verdict(verdict: &Verdict) -> Option<&'static str> {
    match verdict {
        Verdict::None => None,
        Verdict::NotKept(_) => Some("not kept"),
        Verdict::TooFew { .. } | Verdict::TooFewWeeks { .. } => Some("too few to tell"),
        Verdict::WithinUsual => Some("within usual range"),
        Verdict::Outside(_) => Some("outside usual range"),
        Verdict::Shift { up: true, .. } => Some("shift up"),
        Verdict::Shift { up: false, .. } => Some("shift down"),
    }
}

/// What the test for a trend says; `None` when the metric makes no such claim.
fn trend(trend: Trend) -> Option<&'static str> {
    match trend {
        Trend::None => None,
        Trend::TooFew { .. } => Some("too few weeks"),
        Trend::NoChange => Some("no change that can be told from noise"),
        Trend::Rising(_) => Some("rising"),
        Trend::Falling(_) => Some("falling"),
    }
}

fn slope(trend: Trend) -> Option<f64> {
    match trend {
        Trend::Rising(slope) | Trend::Falling(slope) => Some(slope),
        Trend::None | Trend::TooFew { .. } | Trend::NoChange => None,
    }
}

/// A number as people write it: whole ones without a point, others with at most six decimals,
/// `null` when it is none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number(pub f64);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !self.0.is_finite() {
            return serializer.serialize_none();
        }
        if self.0.fract() == 0.0 && self.0.abs() < 9.0e15 {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "whole and far below the largest i64"
            )]
            return serializer.serialize_i64(self.0 as i64);
        }
        let rounded = (self.0 * 1e6).round() / 1e6;
        serializer.serialize_f64(if rounded.is_finite() { rounded } else { self.0 })
    }
}

/// `value` as one line of pure ASCII: every other character is written `\uXXXX`. Fails only when
/// `value` refuses to be serialised.
pub fn ascii<T: Serialize + ?Sized>(value: &T) -> Result<String, serde_json::Error> {
    let mut out = Vec::with_capacity(256);
    let mut serializer = serde_json::Serializer::with_formatter(&mut out, Ascii);
    value.serialize(&mut serializer)?;
    String::from_utf8(out).map_err(|error| serde::ser::Error::custom(error.to_string()))
}

/// Compact JSON without a byte above 0x7e.
struct Ascii;

impl serde_json::ser::Formatter for Ascii {
    fn write_string_fragment<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let plain = |c: char| c.is_ascii() && c != '\u{7f}';
        let mut rest = fragment;
        while let Some((at, c)) = rest.char_indices().find(|(_, c)| !plain(*c)) {
            let (before, after) = rest.split_at(at);
            writer.write_all(before.as_bytes())?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = after.get(c.len_utf8()..).unwrap_or_default();
        }
        writer.write_all(rest.as_bytes())
    }
}
