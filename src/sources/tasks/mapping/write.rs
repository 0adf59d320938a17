//! The text of a drafted mapping file.

use std::fmt::Write as _;

use super::draft::{Column, Draft, is_name};
use super::keys::{TASK, TASK_ROLES, TIME, TIME_ROLES};
use super::look::{is_bare, tick};
use super::names::{Role, roles};
use super::plain::INSTEAD;
use crate::model::stage::{Stage, StageWords, Status};
use crate::model::text::Clean;
use crate::sources::tasks::dates::{DayOrder, Survey};

/// A field, the role it goes by, and its column.
type Set<'c> = (&'static str, Role, &'c Column);
/// A field and a column that may be for it.
type Choice<'c> = (&'static str, &'c Column);

impl<'c> Draft<'c> {
    /// The whole file.
    pub(super) fn text(&self, file: &Clean) -> String {
        let mut out = String::new();
        let of = if file.is_empty() {
            "a table"
        } else {
            file.as_str()
        };
        let person = self.sure.contains_key(&Role::Person);
        let mine = if person {
            "# mine = true           # every row is mine, whoever stands there\n"
        } else {
            "mine = true             # no column says whose a row is: all are yours\n"
        };
        let lines = [
            format!("# Which column of {of} is what. Look it over, then:\n"),
            "#   inward import --map THIS-FILE TABLE\n".to_owned(),
            "# A line that begins with # is a choice left to you: take the # away to use it.\n\n"
                .to_owned(),
            "source = \"sheet\"        # what to call the tracker\n".to_owned(),
            "# project = \"…\"         # where rows name none\n".to_owned(),
            mine.to_owned(),
            self.order(),
            "# zone = \"Europe/Berlin\"  # of clocks without one, if not this machine's\n\n"
                .to_owned(),
            self.rows(),
            self.stages(),
            self.unused(),
            self.others(),
        ];
        out.extend(lines);
        out
    }

    /// How `3/4/2026` is read.
    fn order(&self) -> String {
        let mut all = Survey::default();
        for column in self.columns {
            all.join(&column.order);
        }
        let sample = all.sample().filter(|text| is_bare(text));
        let sample = sample.map(|text| Clean::label(text.as_bytes()));
        match all.decide(None) {
            Ok(Some(DayOrder::Dmy)) => "dates = \"dmy\"           # day first\n".to_owned(),
            Ok(Some(DayOrder::Mdy)) => "dates = \"mdy\"           # month first\n".to_owned(),
            Ok(None) => String::new(),
            Err(_) => format!(
                "# dates = \"dmy\"         # {} can be read as dmy or mdy: say which\n",
                sample.unwrap_or_default()
            ),
        }
    }

    /// What is set, and what is left to the owner.
    fn choices(&self) -> (Vec<Set<'c>>, Vec<Choice<'c>>) {
        let roles = if self.is_time { TIME_ROLES } else { TASK_ROLES };
        let mut set: Vec<Set<'c>> = Vec::new();
        let mut open = Vec::new();
        for (role, field) in roles {
            let Some(column) = self.sure.get(role).copied() else {
                continue;
            };
            let is_set = |field: &str| set.iter().any(|one| one.0 == field);
            // A clock beside a date is the date's.
            let clock = *role == Role::EndClock && is_set("end");
            let field = if clock { "end_clock" } else { *field };
            if is_set(field) {
                open.push((field, column));
            } else {
                set.push((field, *role, column));
            }
        }
        open.extend(self.unsure.iter().copied());
        (set, open)
    }

    fn rows(&self) -> String {
        let (head, fields) = if self.is_time {
            ("[time]\n", TIME)
        } else {
            ("[task]\n", TASK)
        };
        let (set, open) = self.choices();
        let mut out = head.to_owned();
        for field in fields {
            let mut said: Vec<String> = Vec::new();
            let set = set.iter().find(|one| one.0 == *field);
            if let Some((_, _, column)) = set {
                line(&mut out, "", field, column);
                said.push(column.name.to_lowercase());
            }
            for (_, column) in open.iter().filter(|one| one.0 == *field) {
                let name = column.name.to_lowercase();
                if said.contains(&name) {
                    continue;
                }
                let instead = format!("# {INSTEAD}");
                let hash = if said.is_empty() { "# " } else { &instead };
                line(&mut out, hash, field, column);
                said.push(name);
            }
            if let Some((_, role, column)) = set {
                detail(&mut out, *role, column);
            }
            if said.is_empty() && *field == "title" {
                out.push_str(
                    "# title = \"…\"           # needed: the column that says what is to be done\n",
                );
            }
        }
        out.push('\n');
        out
    }

    /// The fields of which nothing is said.
    fn others(&self) -> String {
        let (set, open) = self.choices();
        let said = set
            .iter()
            .map(|one| one.0)
            .chain(open.iter().map(|one| one.0));
        let mut said: Vec<&str> = said.collect();
        // These go with another field.
        said.extend(["unit", "separator", "title"]);
        let (table, fields) = if self.is_time {
            ("[time]", TIME)
        } else {
            ("[task]", TASK)
        };
        let left = fields.iter().copied().filter(|field| !said.contains(field));
        let left: Vec<&str> = left.collect();
        if left.is_empty() {
            return String::new();
        }
        format!("# Could also be named below {table}: {}\n", left.join(", "))
    }

    /// The words of the status column, and what they seem to mean.
    fn stages(&self) -> String {
        let Some(column) = self.sure.get(&Role::Status).filter(|_| !self.is_time) else {
            return String::new();
        };
        let words = StageWords::default();
        let mut out =
            "# backlog, todo, in-progress, in-review, done or cancelled\n[stages]\n".to_owned();
        for word in &column.look.words {
            let label = Clean::label(word.as_bytes());
            // A header that stands in the table again, or a word that cannot be shown as it is.
            if *word == column.name || label.as_str() != word {
                continue;
            }
            let ticked = column.look.is_yes_or_no().then(|| tick(word)).flatten();
            let ticked = ticked.map(|yes| if yes { Stage::Done } else { Stage::Todo });
            match ticked.or_else(|| words.stage(&Status::word(word))) {
                Some(stage) => pair(&mut out, "", &quoted(label.as_str()), stage.as_str(), ""),
                None => pair(
                    &mut out,
                    "# ",
                    &quoted(label.as_str()),
                    "todo",
                    "not known: say what it means",
                ),
            }
        }
        out.push('\n');
        out
    }

    fn unused(&self) -> String {
        let (set, open) = self.choices();
        let used = set
            .iter()
            .map(|one| one.2)
            .chain(open.iter().map(|one| one.1));
        let mut said: Vec<&str> = used.map(|one| one.name.as_str()).collect();
        let mut names = Vec::new();
        for column in self.columns.iter().filter(|column| is_name(&column.name)) {
            if !said.contains(&column.name.as_str()) {
                names.push(quoted(&column.name));
                said.push(&column.name);
            }
        }
        if names.is_empty() {
            return String::new();
        }
        format!("# Not used: {}\n", names.join(", "))
    }
}

/// What goes with a column: the unit of its numbers, the separator of its tags.
fn detail(out: &mut String, role: Role, column: &Column) {
    let name = column.name.to_lowercase();
    let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    let unit = if has(&["min"]) {
        "minutes"
    } else if has(&["sec", "sek", "seg"]) {
        "seconds"
    } else if has(&["hour", "stund", "std", "hora", "heure"]) || role == Role::Duration {
        "hours"
    } else if has(&["day", "tage", "días", "jours"]) {
        "days"
    } else {
        "points"
    };
    match role {
        Role::Estimate | Role::Duration => {
            pair(
                out,
                "",
                "unit",
                unit,
                "points, hours, minutes, seconds or days",
            );
        }
        Role::Tags => {
            let separator = [";", "|", ","]
                .into_iter()
                .find(|one| column.look.words.iter().any(|cell| cell.contains(one)));
            pair(
                out,
                "",
                "separator",
                separator.unwrap_or(","),
                "between two tags of one cell",
            );
        }
        _ => {}
    }
}

fn line(out: &mut String, hash: &str, key: &str, column: &Column) {
    let sample = column
        .look
        .sample()
        .map(|text| Clean::label(text.as_bytes()));
    let mut comment = sample
        .map(|text| format!("e.g. {text}"))
        .unwrap_or_default();
    if key == "started" && hash.is_empty() && roles(&column.name).contains(&Role::Date) {
        comment.push_str("; a plan is no start: then put a # before this line");
    }
    pair(out, hash, key, &column.name, &comment);
}

fn pair(out: &mut String, hash: &str, key: &str, value: &str, comment: &str) {
    let line = format!("{hash}{key} = {}", quoted(value));
    let written = if comment.is_empty() {
        writeln!(out, "{line}")
    } else {
        writeln!(out, "{line:<23} # {comment}")
    };
    // Writing to a String cannot fail.
    debug_assert!(written.is_ok());
}

/// As TOML writes a text.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
