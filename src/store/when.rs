//! How the times and statuses of exports stand in SQLite.
//!
//! A time is one number that sorts by its instant: UTC seconds, twelve bits of offset in minutes,
//! and two bits of how exact it is.

use chrono::NaiveDate;
use rusqlite::Row;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

use super::error::unfit;
use crate::model::moment::Moment;
use crate::model::stage::{Stage, Status};
use crate::model::task::When;
use crate::model::text::Clean;

const AT: i64 = 0;
const WALL: i64 = 1;
const DAY: i64 = 2;
/// Added to an offset so that it is never negative.
const OFFSET: i64 = 2_048;
/// The most seconds that fit, far beyond any calendar.
const MOST: i64 = 1 << 48;

/// The number that stands for `when`.
pub(super) fn pack(when: When) -> i64 {
    let (kind, offset) = match when {
        When::At(at) => (AT, at.offset_min),
        When::Wall(at) => (WALL, at.offset_min),
        When::Day(_) => (DAY, 0),
    };
    let utc = when.order().clamp(-MOST, MOST);
    utc << 14 | (i64::from(offset).clamp(-OFFSET, OFFSET - 1) + OFFSET) << 2 | kind
}

/// The time that `number` stands for; `None` when it stands for none.
pub(super) fn unpack(number: i64) -> Option<When> {
    let utc = number >> 14;
    let offset = i16::try_from((number >> 2 & 0xfff) - OFFSET).ok()?;
    let moment = Moment {
        utc,
        offset_min: offset,
    };
    match number & 3 {
        _ if offset.abs() > 18 * 60 => None,
        AT => Some(When::At(moment)),
        WALL => Some(When::Wall(moment)),
        DAY => {
            let day = i32::try_from(utc.div_euclid(86_400)).ok()?;
            NaiveDate::from_epoch_days(day).map(When::Day)
        }
        _ => None,
    }
}

impl ToSql for When {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(pack(*self).into())
    }
}

impl FromSql for When {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let number = value.as_i64()?;
        unpack(number).ok_or(FromSqlError::OutOfRange(number))
    }
}

impl ToSql for Stage {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(i64::from(*self as u8).into())
    }
}

impl FromSql for Stage {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let number = u8::column_result(value)?;
        Self::from_number(number).ok_or(FromSqlError::OutOfRange(i64::from(number)))
    }
}

/// The status in three columns from `first` on; `None` when all are empty.
pub(super) fn status(row: &Row<'_>, first: usize) -> rusqlite::Result<Option<Status>> {
    let status = Status {
        word: row.get(first)?,
        category: row.get(first + 1)?,
        fixed: row.get(first + 2)?,
    };
    Ok((status != Status::default()).then_some(status))
}

/// Times one after another, 8 bytes each.
pub(super) fn join(times: &[When]) -> Vec<u8> {
    times
        .iter()
        .flat_map(|at| pack(*at).to_le_bytes())
        .collect()
}

/// The times in `bytes`.
pub(super) fn split(bytes: &[u8]) -> rusqlite::Result<Vec<When>> {
    let (chunks, rest) = bytes.as_chunks::<8>();
    let times = chunks
        .iter()
        .map(|chunk| unpack(i64::from_le_bytes(*chunk)));
    let times: Option<Vec<When>> = times.collect();
    times
        .filter(|_| rest.is_empty())
        .ok_or_else(|| unfit("times of a review"))
}

/// Labels as they are stored: JSON, or nothing.
pub(super) fn tags_text(tags: &[Clean]) -> rusqlite::Result<Option<String>> {
    if tags.is_empty() {
        return Ok(None);
    }
    let text = serde_json::to_string(tags).map_err(|error| unfit(error.to_string()))?;
    Ok(Some(text))
}

/// The labels in a stored text.
pub(super) fn tags(text: Option<&str>) -> rusqlite::Result<Vec<Clean>> {
    let parse = |text| {
        serde_json::from_str(text).map_err(|error| unfit(format!("labels of a task: {error}")))
    };
    text.map_or(Ok(Vec::new()), parse)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_time_survives_the_way_to_a_number_and_back_in_order(
            a in -100_000_000_000_i64..100_000_000_000, b in -100_000_000_000_i64..100_000_000_000,
            offset in -1080_i32..=1080, kind in 0..3,
        ) {
            let when = |utc: i64| match kind {
                0 => When::At(Moment::new(utc, offset)),
                1 => When::Wall(Moment::new(utc, offset)),
                _ => When::Day(Moment::new(utc, 0).day().unwrap()),
            };
            prop_assert_eq!(unpack(pack(when(a))), Some(when(a)));
            let sorts = pack(when(a)).cmp(&pack(when(b)));
            prop_assert_eq!(sorts, when(a).order().cmp(&when(b).order()));
        }

        #[test]
        fn any_number_is_a_time_or_none(number: i64) {
            if let Some(when) = unpack(number) {
                prop_assert!(unpack(pack(when)).is_some());
            }
        }
    }
}
