//! Table `notes`: the owner's own words on days, tasks and repositories, and events.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::error::unfit;
use super::rows::{self, Keys};
use super::{Store, StoreError, audit, keep};
use crate::model::away::{Away, EventKind};
use crate::model::ids::RepoId;
use crate::model::keep::{Kind, not_kept};
use crate::model::note::{About, NewNote, Note};
use crate::model::period::Range;
use crate::model::text::Clean;

/// A day or stretch of days of a calendar file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarDay {
    /// What tells it apart in its file; kept as a keyed hash only.
    pub uid: String,
    /// Its days.
    pub days: Range,
    /// Its title.
    pub title: Clean,
}

/// What reading a calendar file changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CalendarRead {
    /// Events that were not there before.
    pub added: u64,
    /// Events that lie on other days now, or are called otherwise.
    pub changed: u64,
    /// Events that are as before.
    pub unchanged: u64,
    /// Events of an earlier reading of the file that are no longer in it.
    pub gone: u64,
}

impl Store {
    /// Keeps a note or an event; its number.
    pub fn add_note(&mut self, note: &NewNote) -> Result<u64, StoreError> {
        let (key, today) = (self.key.clone(), self.today);
        let words = self.keep()?.notes;
        if !words && note.event.is_none() {
            return Err(StoreError::NotKept {
                what: "notes",
                setting: Kind::Notes.setting(),
            });
        }
        let wordless = Clean::default();
        let text = if words { &note.text } else { &wordless };
        self.write("keeping a note", |conn| {
            let task = note.task.map(|task| rows::aliases_of(conn, task));
            let id = next(conn, "notes", "note-add")?;
            let (from, to) = ends(note.days);
            conn.execute(
                "INSERT INTO notes (id, kind, from_day, to_day, text, impact, written, task,
                   repository) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                params![
                    id,
                    number(note.event),
                    from,
                    to,
                    text,
                    note.impact,
                    today,
                    task.transpose()?,
                    note.repo
                ],
            )?;
            audit::note(
                conn,
                &key,
                today,
                (audit::Action::NoteAdd, &format!("note {id}"), 1),
            )?;
            Ok(id)
        })
    }

    /// Notes and events that touch a day of `range`, all of them for `None`; by first day, then by
    /// number.
    pub fn notes(&self, range: Option<Range>) -> Result<Vec<Note>, StoreError> {
        self.read("reading notes", |conn| list(conn, range))
    }

    /// Removes a note or event; false when there is none of this number.
    pub fn remove_note(&mut self, id: u64) -> Result<bool, StoreError> {
        let (key, today) = (self.key.clone(), self.today);
        self.write("removing a note", |conn| {
            let gone = conn.execute("DELETE FROM notes WHERE id = ?1", [id])? == 1;
            if gone {
                audit::note(
                    conn,
                    &key,
                    today,
                    (audit::Action::NoteRemove, &format!("note {id}"), 1),
                )?;
            }
            Ok(gone)
        })
    }

    /// Keeps the days of a calendar file as holidays. `name` is the file's: what an earlier file of
    /// that name had and this one has not is taken back; an event that is there changes nothing.
    /// Without `keep`, nothing is written, and the answer is what would happen.
    pub fn read_calendar(
        &mut self,
        name: &Clean,
        days: &[CalendarDay],
        keep: bool,
    ) -> Result<CalendarRead, StoreError> {
        let (key, today) = (self.key.clone(), self.today);
        let mut out = CalendarRead::default();
        let run = |conn: &Connection| {
            let calendar = key.calendar(name.as_str());
            for other in key.others() {
                // Events that came with another store are this calendar's from now on.
                let sql = "UPDATE notes SET calendar = ?2 WHERE calendar = ?1";
                conn.execute(sql, (other.calendar(name.as_str()), calendar))?;
                for day in days {
                    let sql = "UPDATE OR IGNORE notes SET uid = ?2 WHERE uid = ?1";
                    conn.prepare_cached(sql)?
                        .execute((other.event(&day.uid), key.event(&day.uid)))?;
                }
            }
            let mut id = next(conn, "notes", "note-add")?;
            let first = id;
            let mut held = Vec::new();
            let titles = keep::load(conn)?.titles;
            for day in days {
                let mut day = day.clone();
                if !titles {
                    day.title = not_kept();
                }
                let uid = key.event(&day.uid);
                held.push(uid);
                id += put(conn, (id, today), (&calendar, &uid), &day, &mut out)?;
            }
            out.gone = take_back(conn, &calendar, &held)?;
            let last = format!("note {}", id.max(first + 1) - 1);
            if id > first {
                audit::note(
                    conn,
                    &key,
                    today,
                    (audit::Action::NoteAdd, &last, id - first),
                )?;
            }
            if out.changed > 0 {
                audit::note(
                    conn,
                    &key,
                    today,
                    (audit::Action::NoteChange, "calendar", out.changed),
                )?;
            }
            if out.gone > 0 {
                audit::note(
                    conn,
                    &key,
                    today,
                    (audit::Action::NoteRemove, "calendar", out.gone),
                )?;
            }
            Ok(())
        };
        self.write_or_try("reading a calendar", keep, run)?;
        Ok(out)
    }
}

/// The number of the next row of `table`: never one that was given before, as the log tells under
/// `action` (its objects end in the number).
pub(super) fn next(conn: &Connection, table: &str, action: &str) -> rusqlite::Result<u64> {
    // The names are ours, not input.
    let sql = format!(
        "SELECT 1 + max(coalesce((SELECT max(id) FROM {table}), 0), coalesce((SELECT
           max(CAST(substr(object, instr(object, ' ') + 1) AS INTEGER)) FROM audit
           WHERE action = ?1), 0))"
    );
    conn.query_row(&sql, [action], |row| row.get(0))
}

/// Writes one day of a calendar; 1 when it took a new number.
fn put(
    conn: &Connection,
    (id, today): (u64, i32),
    (calendar, uid): (&[u8; 16], &[u8; 16]),
    day: &CalendarDay,
    out: &mut CalendarRead,
) -> rusqlite::Result<u64> {
    let (from, to) = ends(day.days);
    let known: Option<(u64, i32, i32, String)> = conn
        .prepare_cached("SELECT id, from_day, to_day, text FROM notes WHERE uid = ?1")?
        .query_row([uid], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
        .optional()?;
    if let Some((id, old_from, old_to, text)) = known {
        conn.prepare_cached(
            "UPDATE notes SET from_day = ?2, to_day = ?3, text = ?4, calendar = ?5 WHERE id = ?1",
        )?
        .execute(params![id, from, to, day.title, calendar])?;
        if (old_from, old_to, text.as_str()) == (from, to, day.title.as_str()) {
            out.unchanged += 1;
        } else {
            out.changed += 1;
        }
        return Ok(0);
    }
    conn.prepare_cached(
        "INSERT INTO notes (id, kind, from_day, to_day, text, impact, written, calendar, uid)
         VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6, ?7, ?8)",
    )?
    .execute(params![
        id,
        EventKind::Holiday as u8,
        from,
        to,
        day.title,
        today,
        calendar,
        uid
    ])?;
    out.added += 1;
    Ok(1)
}

/// Removes the events of a calendar that are not among `held`; how many there were.
fn take_back(conn: &Connection, calendar: &[u8; 16], held: &[[u8; 16]]) -> rusqlite::Result<u64> {
    let held: std::collections::HashSet<&[u8; 16]> = held.iter().collect();
    let mut query = conn.prepare("SELECT id, uid FROM notes WHERE calendar = ?1")?;
    let rows = query.query_map([calendar], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let rows = rows.collect::<rusqlite::Result<Vec<(u64, [u8; 16])>>>()?;
    let mut gone = 0;
    for (id, _) in rows.iter().filter(|(_, uid)| !held.contains(uid)) {
        conn.execute("DELETE FROM notes WHERE id = ?1", [id])?;
        gone += 1;
    }
    Ok(gone)
}

/// The days of every event, sorted.
pub(super) fn away(conn: &Connection) -> rusqlite::Result<Vec<Away>> {
    let mut query =
        conn.prepare_cached("SELECT kind, from_day, to_day FROM notes WHERE kind <> 0")?;
    let rows = query.query_map([], |row| {
        Ok(Away {
            from: row.get(1)?,
            to: row.get(2)?,
            kind: event(row.get(0)?)?.ok_or_else(|| unfit("a note among events"))?,
        })
    })?;
    let mut away = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    away.sort_unstable();
    Ok(away)
}

pub(super) fn list(conn: &Connection, range: Option<Range>) -> rusqlite::Result<Vec<Note>> {
    let (from, to) = range.map_or((i32::MIN, i32::MAX), ends);
    let keys = Keys::new(conn);
    let mut query = conn.prepare(
        "SELECT n.id, n.kind, n.from_day, n.to_day, n.text, n.impact, n.written, n.task, r.name,
           n.uid IS NOT NULL
         FROM notes n LEFT JOIN repositories r ON r.id = n.repository
         WHERE n.from_day <= ?2 AND n.to_day >= ?1 ORDER BY n.from_day, n.id",
    )?;
    let mut rows = query.query([from, to])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        out.push(note(row, &keys)?);
    }
    Ok(out)
}

fn note(row: &Row<'_>, keys: &Keys<'_>) -> rusqlite::Result<Note> {
    let task = row.get_ref(7)?.as_blob_or_null()?;
    Ok(Note {
        id: row.get(0)?,
        event: event(row.get(1)?)?,
        days: Range::new(date(row.get(2)?)?, date(row.get(3)?)?),
        text: words(row, 4)?,
        impact: row.get(5)?,
        written: row.get(6)?,
        about: About {
            has_task: task.is_some(),
            task: task.map(|task| keys.of(task)).transpose()?.flatten(),
            repo: row.get(8)?,
        },
        from_file: row.get(9)?,
    })
}

/// Gives the notes about one repository to another: the two were found to be one.
pub(super) fn carry(conn: &Connection, (from, to): (RepoId, RepoId)) -> rusqlite::Result<()> {
    conn.execute(
        "UPDATE notes SET repository = ?2 WHERE repository = ?1",
        [from, to],
    )?;
    Ok(())
}

/// The owner's own words in a column, at full length.
pub(super) fn words(row: &Row<'_>, column: usize) -> rusqlite::Result<Clean> {
    let text = String::from_utf8_lossy(row.get_ref(column)?.as_bytes()?).into_owned();
    Ok(Clean::note(&text))
}

fn number(event: Option<EventKind>) -> u8 {
    event.map_or(0, |event| event as u8)
}

fn event(number: u8) -> rusqlite::Result<Option<EventKind>> {
    match (number, EventKind::from_number(number)) {
        (0, _) => Ok(None),
        (_, None) => Err(unfit(format!("kind {number} of an event"))),
        (_, kind) => Ok(kind),
    }
}

fn ends(days: Range) -> (i32, i32) {
    (days.from.to_epoch_days(), days.to.to_epoch_days())
}

fn date(day: i32) -> rusqlite::Result<NaiveDate> {
    NaiveDate::from_epoch_days(day).ok_or_else(|| unfit("a day that no calendar holds"))
}
