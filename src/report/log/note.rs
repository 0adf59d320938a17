//! Notes and events as rows.

use chrono::NaiveDate;
use serde::Serialize;

use super::Line;
use crate::model::away::EventKind;
use crate::model::note::Note;
use crate::model::text::Clean;

/// A note or event, on one of its days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteRow {
    /// The day it stands on: its first one within the days that are listed.
    pub day: NaiveDate,
    /// As it is kept.
    pub note: Note,
}

impl NoteRow {
    pub(super) fn line(&self) -> Line<'_> {
        let note = &self.note;
        let kind = note.event.map_or("note", EventKind::as_str);
        let mut lines = note.text.as_str().lines();
        let head = lines.next().unwrap_or_default();
        let more = if lines.next().is_some() { " …" } else { "" };
        let until = (note.days.to > self.day).then(|| format!("to {}", note.days.to));
        let impact = note.impact.then(|| "impact".to_owned());
        let task = note.about.task.as_ref().map(Clean::to_string);
        Line {
            at: None,
            key: format!("{kind} {}", note.id),
            place: note.about.repo.as_ref().map_or("", Clean::as_str),
            text: format!("{head}{more}").into(),
            tail: [until, impact, task].into_iter().flatten().collect(),
        }
    }
}

#[derive(Debug, Serialize)]
pub(super) struct RowJson<'a> {
    kind: &'static str,
    day: NaiveDate,
    note: u64,
    event: Option<EventKind>,
    from: NaiveDate,
    to: NaiveDate,
    text: &'a Clean,
    impact: bool,
    task: Option<&'a Clean>,
    repo: Option<&'a Clean>,
}

impl<'a> RowJson<'a> {
    pub(super) fn new(row: &'a NoteRow) -> Self {
        let note = &row.note;
        Self {
            kind: "note",
            day: row.day,
            note: note.id,
            event: note.event,
            from: note.days.from,
            to: note.days.to,
            text: &note.text,
            impact: note.impact,
            task: note.about.task.as_ref(),
            repo: note.about.repo.as_ref(),
        }
    }
}
