//! Drafts a mapping file from a table's own header and first rows.
//!
//! What it is unsure of is commented out. Of the cells it shows dates, numbers and status words;
//! texts and people stay where they are.

use std::collections::BTreeMap;

use chrono_tz::Tz;

use super::Mapping;
use super::keys::field;
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
        let (columns, rows) = look(&mut table)?;
        let draft = Draft::of(&columns);
        let dated = columns.iter().any(|column| column.look.is_dates());
        // Prose has commas too, but not as many in every line, and few words that name a column.
        let is_even = rows.even * 2 > rows.all;
        let is_headed = rows.all == 0 && draft.sure_or_not() > 1 || draft.sure.len() > 2;
        let is_table = is_even || is_headed;
        let has_something = draft.sure_or_not() > 0 || dated;
        if is_table && has_something {
            return Ok(draft.text(input.name()));
        }
        Err(no_table())
    }
}

/// The names of the likeliest header: the reading whose columns are known, named and many.
fn header(input: &Input) -> Result<Vec<String>, ImportError> {
    if is_binary(input) {
        return Err(ImportError::Refused(
            "is no text: a mapping names the columns of a CSV".to_owned(),
        ));
    }
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
        return Err(no_table());
    }
    Ok(header.into_iter().filter(|name| !name.is_empty()).collect())
}

fn no_table() -> ImportError {
    ImportError::Refused(
        "is no table with a header row of which a column says what, when or whose: a mapping names the columns of a CSV".to_owned(),
    )
}

/// Whether a file with this beginning is none of text: pictures have zero bytes.
fn is_binary(input: &Input) -> bool {
    let is_odd = |c: char| c == '\u{fffd}' || c.is_control() && !c.is_whitespace();
    let odd = input.head().text().chars().filter(|c| is_odd(*c)).count();
    odd * 100 > input.head().text().chars().count()
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

/// How many rows were looked at.
#[derive(Default)]
struct Seen {
    all: u32,
    /// With as many cells as the header.
    even: u32,
}

fn look(table: &mut Table<'_>) -> Result<(Vec<Column>, Seen), ImportError> {
    let column = |name: &String| Column {
        name: name.clone(),
        look: Look::default(),
        order: Survey::default(),
    };
    let mut columns: Vec<Column> = table.header().iter().map(column).collect();
    let mut rows = Seen::default();
    for _ in 0..ROWS {
        let Some(row) = table.next()? else {
            break;
        };
        rows.all += 1;
        rows.even += u32::from(row.len() == columns.len());
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
    Ok((columns, rows))
}

/// Which column has which role, and which may fill which field.
pub(super) struct Draft<'c> {
    pub(super) columns: &'c [Column],
    pub(super) sure: BTreeMap<Role, &'c Column>,
    pub(super) unsure: Vec<(&'static str, &'c Column)>,
    pub(super) is_time: bool,
}

impl<'c> Draft<'c> {
    fn of(columns: &'c [Column]) -> Self {
        let mut time = Self::read_as(columns, true);
        let mut task = Self::read_as(columns, false);
        if time.is_time_sheet(&task) {
            time.find("note", &[Role::Note, Role::Title]);
            return time;
        }
        task.take_ticks();
        if !task.sure.contains_key(&Role::Title)
            && let Some(note) = task.sure.remove(&Role::Note)
        {
            task.sure.insert(Role::Title, note);
        }
        task.sure.remove(&Role::Note);
        task.find("title", &[Role::Title]);
        task
    }

    /// The columns as those of a table of that kind.
    fn read_as(columns: &'c [Column], is_time: bool) -> Self {
        let mut draft = Self {
            columns,
            sure: BTreeMap::new(),
            unsure: Vec::new(),
            is_time,
        };
        for column in columns {
            let roles = roles(&column.name);
            let fitting = roles.iter().find(|role| {
                (field(**role, is_time).is_some() || **role == Role::Note)
                    && column.look.fits(**role)
                    && !draft.sure.contains_key(role)
            });
            if let Some(role) = fitting {
                draft.sure.insert(*role, column);
                continue;
            }
            let offered = roles
                .iter()
                .find_map(|role| offered(*role, column, is_time));
            let dated = column.look.is_dates() && roles.is_empty() && !is_time;
            let offered = offered.or(dated.then_some("created"));
            draft.unsure.extend(offered.map(|field| (field, column)));
        }
        draft
    }

    /// A day and a length or an end, and nothing that only a task has.
    fn is_time_sheet(&self, task: &Self) -> bool {
        let has = |role| self.sure.contains_key(&role);
        let length = has(Role::Duration) || has(Role::EndClock) || has(Role::EndDate);
        let tasks_only = [
            Role::Status,
            Role::Created,
            Role::Done,
            Role::Due,
            Role::Estimate,
        ];
        let is_task = tasks_only.iter().any(|role| task.sure.contains_key(role));
        has(Role::Date) && length && !is_task
    }

    /// A column of ticks, such as `done?`, says where a task stands, not when it was done.
    fn take_ticks(&mut self) {
        for column in self.columns {
            if !column.look.is_yes_or_no() || !roles(&column.name).contains(&Role::Done) {
                continue;
            }
            self.unsure.retain(|one| one.1.name != column.name);
            let status = *self.sure.entry(Role::Status).or_insert(column);
            if status.name != column.name {
                self.unsure.push(("status", column));
            }
        }
    }

    /// Without a column named so, the longest texts may be those of `field`.
    fn find(&mut self, field: &'static str, filled_by: &[Role]) {
        if filled_by.iter().any(|role| self.sure.contains_key(role)) {
            return;
        }
        let free = self.columns.iter().filter(|column| {
            roles(&column.name).is_empty() && column.look.is_text() && column.look.length() > 8
        });
        let fullest = |column: &&Column| (column.look.filled, column.look.length());
        if let Some(column) = free.max_by_key(fullest) {
            self.unsure.push((field, column));
        }
    }

    /// How many columns it has a use for.
    fn sure_or_not(&self) -> usize {
        self.sure.len() + self.unsure.iter().filter(|one| one.0 != "title").count()
    }
}

/// The field that a column may be for, left to the owner to say.
fn offered(role: Role, column: &Column, is_time: bool) -> Option<&'static str> {
    if is_time {
        return field(role, true);
    }
    match role {
        // A date to begin on can be a plan, which is no start.
        Role::Date if is_start(&column.name) => Some("started"),
        Role::Date => Some("created"),
        Role::EndDate | Role::EndClock if column.look.is_dates() => Some("done"),
        role => field(role, false),
    }
}

fn is_start(name: &str) -> bool {
    let name = name.to_lowercase();
    let words = ["start", "begin", "inici", "iníci", "début", "inizi"];
    words.iter().any(|word| name.contains(word))
}
