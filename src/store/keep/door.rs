//! The door of a scan: takes out of commits and of what was done to refs what is not kept.

use std::borrow::Cow;

use crate::model::commit::{CommitRecord, FileChange, mark};
use crate::model::history::{RefEvent, Relation};
use crate::model::keep::{Keep, NOT_KEPT, not_kept};
use crate::model::moment::Moment;
use crate::model::text::RawPath;
use crate::model::work_type::WorkType;

/// Seconds of a day.
const DAY: i64 = 86_400;

/// The civil day of a moment in its own offset, as a moment: its first second, in UTC.
pub(in crate::store) fn day_of(at: Moment) -> Moment {
    let local = at.utc.saturating_add(i64::from(at.offset_min) * 60);
    Moment {
        utc: floor(local),
        offset_min: 0,
    }
}

/// The first second of the day in UTC.
pub(in crate::store) fn floor(utc: i64) -> i64 {
    utc.div_euclid(DAY).saturating_mul(DAY)
}

/// The commit without what is not kept. The type of work that its summary names stays, as a mark.
pub(in crate::store) fn commit<'a>(keep: &Keep, record: &'a CommitRecord) -> Cow<'a, CommitRecord> {
    if keep.hours && keep.summaries && keep.paths && keep.assistance {
        return Cow::Borrowed(record);
    }
    let mut out = record.clone();
    if !keep.hours {
        let committed = Moment {
            utc: record.committed_utc,
            ..record.authored
        };
        out.committed_utc = day_of(committed).utc;
        out.authored = day_of(record.authored);
    }
    if !keep.summaries {
        out.marks |= mark::of_work_type(WorkType::of_summary(record.summary.as_str()));
        out.summary = not_kept();
    }
    if !keep.paths {
        out.files = (1_u32..).zip(&record.files).map(nameless).collect();
    }
    if !keep.assistance {
        out.assisted = false;
    }
    Cow::Owned(out)
}

/// A changed file by its number in the commit: how many there are, their languages, categories
/// and lines stay.
fn nameless((nth, file): (u32, &FileChange)) -> FileChange {
    FileChange {
        path: RawPath::new(path_name(nth).as_bytes()),
        old_path: None,
        ..file.clone()
    }
}

/// What stands for the `nth` path of a commit: `(not kept)`, `(not kept) 2`, …
pub(super) fn path_name(nth: u32) -> String {
    match nth {
        0 | 1 => NOT_KEPT.to_owned(),
        _ => format!("{NOT_KEPT} {nth}"),
    }
}

/// What a walk told, without what is not kept.
pub(in crate::store) fn relation(keep: &Keep, told: Relation) -> Relation {
    let day = |at: Moment| if keep.hours { at } else { day_of(at) };
    match told {
        Relation::Squash {
            squash,
            at,
            mine,
            members,
        } => Relation::Squash {
            squash,
            at: day(at),
            mine,
            members,
        },
        Relation::Pairing { oid, at, address } => Relation::Pairing {
            oid,
            at: day(at),
            address,
        },
        Relation::RefEvent(event) => Relation::RefEvent(RefEvent {
            at: day(event.at),
            branch: event.branch.filter(|_| keep.branches),
            ..event
        }),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_the_civil_day_of_the_own_offset() {
        let late = Moment::new(1_700_000_000, -8 * 60);
        assert_eq!(day_of(late).day(), late.day());
        let before = Moment::new(-1, 0);
        assert_eq!(day_of(before), Moment::new(-DAY, 0));
    }
}
