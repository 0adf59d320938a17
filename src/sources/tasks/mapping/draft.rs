//! Drafts a mapping file from a table's own header and first rows.
//!
//! What it is unsure of is commented out. Of the cells it shows dates, numbers and status words;
//! texts and people stay where they are.

use std::collections::BTreeMap;

use chrono_tz::Tz;

use super::Mapping;
use super::look::Look;
use super::names::{Role, roles};
use crate::model::text::Clean;
use crate::sources::tasks::ImportError;
use crate::sources::tasks::dates::Survey;
use crate::sources::tasks::input::Input;
use crate::sources::tasks::table::Table;

/// Rows looked at.
const ROWS: u32 = 500;

impl Mapping {
    /// The text of a mapping file for the table in `input`, for its owner to look over; an error
    /// when `input` is no table.
    pub fn draft(input: &Input) -> Result<String, ImportError> {
        let names = header(input)?;
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let groups: Vec<[&str; 1]> = names.iter().map(|name| [*name]).collect();
        let required: Vec<&[&str]> = groups.iter().map(<[&str; 1]>::as_slice).collect();
        let mut table = input.table(&required)?;
        let columns = look(&mut table)?;
        let draft = Draft::of(&columns);
        Ok(draft.text(input.name()))
    }
}

/// The names of the likeliest header: the reading whose columns are known, named and many.
fn header(input: &Input) -> Result<Vec<String>, ImportError> {
    let written = |names: &[String]| names.iter().filter(|name| is_name(name)).count();
    let known = |names: &[String]| names.iter().filter(|name| !roles(name).is_empty()).count();
    let best = input.head().tables().iter().max_by_key(|table| {
        let found = table.names();
        // Of two alike the first: a later one is a row.
        (
            known(found) * 10 + written(found).min(9),
            usize::MAX - table.skip(),
        )
    });
    let header = best.map(|table| table.names().to_vec()).unwrap_or_default();
    if header.len() < 2 || (known(&header) == 0 && written(&header) * 2 < header.len()) {
        return Err(ImportError::Refused(
            "is no table with a header row: a mapping names the columns of a CSV".to_owned(),
        ));
    }
    Ok(header.into_iter().filter(|name| !name.is_empty()).collect())
}

/// Whether this can name a column: not a number, a date or an address.
pub(super) fn is_name(name: &str) -> bool {
    name.chars().any(char::is_alphabetic)
        && !name.contains('@')
        && name.chars().count() <= 80
        && !is_date(name)
}

fn is_date(name: &str) -> bool {
    let mut look = Look::default();
    look.add(name, Tz::UTC);
    look.is_dates()
}

/// A column as it is named and what its first cells look like.
pub(super) struct Column {
    pub(super) name: String,
    pub(super) look: Look,
    pub(super) order: Survey,
}

fn look(table: &mut Table<'_>) -> Result<Vec<Column>, ImportError> {
    let column = |name: &String| Column {
        name: name.clone(),
        look: Look::default(),
        order: Survey::default(),
    };
    let mut columns: Vec<Column> = table.header().iter().map(column).collect();
    for _ in 0..ROWS {
        let Some(row) = table.next()? else {
            break;
        };
        for (at, column) in columns.iter_mut().enumerate() {
            let cell = row.get(Some(at));
            column.look.add(cell, Tz::UTC);
            column.order.add(row.line, cell);
        }
    }
    // A name that would not be found again as it is shown is not offered.
    columns.retain(|column| {
        !column.name.is_empty() && Clean::label(column.name.as_bytes()).as_str() == column.name
    });
    Ok(columns)
}

/// Which column has which role, and which may have.
pub(super) struct Draft<'c> {
    pub(super) columns: &'c [Column],
    pub(super) sure: BTreeMap<Role, &'c Column>,
    pub(super) unsure: Vec<(Role, &'c Column)>,
    pub(super) is_time: bool,
}

impl<'c> Draft<'c> {
    fn of(columns: &'c [Column]) -> Self {
        let mut draft = Self {
            columns,
            sure: BTreeMap::new(),
            unsure: Vec::new(),
            is_time: false,
        };
        for column in columns {
            let roles = roles(&column.name);
            let fitting = roles
                .iter()
                .find(|role| column.look.fits(**role) && !draft.sure.contains_key(role));
            match (fitting, roles.first()) {
                (Some(role), _) => {
                    draft.sure.insert(*role, column);
                }
                (None, Some(role)) => draft.unsure.push((*role, column)),
                (None, None) if column.look.is_dates() => {
                    draft.unsure.push((Role::Created, column));
                }
                (None, None) => {}
            }
        }
        draft.is_time = draft.is_time_sheet();
        draft.find_title();
        draft
    }

    /// A day and a length or an end, and nothing that only a task has.
    fn is_time_sheet(&self) -> bool {
        let has = |role| self.sure.contains_key(&role);
        let length = has(Role::Duration) || has(Role::EndClock) || has(Role::EndDate);
        let task = [
            Role::Status,
            Role::Created,
            Role::Done,
            Role::Due,
            Role::Estimate,
        ];
        has(Role::Date) && length && !task.into_iter().any(has)
    }

    /// Without a column named so, the longest texts may be the titles.
    fn find_title(&mut self) {
        if self.is_time || self.sure.contains_key(&Role::Title) {
            return;
        }
        if let Some(note) = self.sure.remove(&Role::Note) {
            self.sure.insert(Role::Title, note);
            return;
        }
        let free = self.columns.iter().filter(|column| {
            roles(&column.name).is_empty() && column.look.is_text() && column.look.length() > 8
        });
        let fullest = |column: &&Column| (column.look.filled, column.look.length());
        if let Some(column) = free.max_by_key(fullest) {
            self.unsure.push((Role::Title, column));
        }
    }
}
