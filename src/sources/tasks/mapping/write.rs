//! The text of a drafted mapping file.

use std::fmt::Write as _;

use super::draft::{Column, Draft, is_name};
use super::look::is_bare;
use super::names::Role;
use crate::model::stage::{StageWords, Status};
use crate::model::text::Clean;
use crate::sources::tasks::dates::{DayOrder, Survey};

/// The keys of a table of tasks, in the order in which they are written.
const TASK: &[(Role, &str)] = &[
    (Role::Title, "title"),
    (Role::Key, "key"),
    (Role::Status, "status"),
    (Role::Person, "assignee"),
    (Role::Created, "created"),
    (Role::Updated, "updated"),
    (Role::Started, "started"),
    (Role::Done, "done"),
    (Role::Due, "due"),
    (Role::Estimate, "estimate"),
    (Role::Tags, "tags"),
    (Role::Kind, "kind"),
    (Role::Project, "project"),
    (Role::Parent, "parent"),
];
/// The keys of a table of time entries.
const TIME: &[(Role, &str)] = &[
    (Role::Date, "start"),
    (Role::StartClock, "start_clock"),
    (Role::EndDate, "end"),
    (Role::EndClock, "end"),
    (Role::Duration, "duration"),
    (Role::Person, "person"),
    (Role::Note, "note"),
    (Role::Title, "note"),
    (Role::Project, "project"),
    (Role::Key, "task"),
    (Role::Tags, "tags"),
];

impl Draft<'_> {
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

    fn rows(&self) -> String {
        let (head, keys) = if self.is_time {
            ("[time]\n", TIME)
        } else {
            ("[task]\n", TASK)
        };
        let mut out = head.to_owned();
        let mut said: Vec<&str> = Vec::new();
        for (role, key) in keys {
            if let Some(column) = self.sure.get(role) {
                // A clock beside a date is the date's.
                let clock = *role == Role::EndClock && said.contains(&"end");
                let key = if clock { "end_clock" } else { key };
                let hash = if said.contains(&key) { "# " } else { "" };
                line(&mut out, hash, key, column);
                said.push(key);
                detail(&mut out, *role, column);
            }
        }
        self.choices(&mut out, keys);
        out.push('\n');
        out
    }

    /// What is left to the owner.
    fn choices(&self, out: &mut String, keys: &[(Role, &str)]) {
        let titled = |role: &Role| *role == Role::Title;
        let unsure = |one: &(Role, &Column)| titled(&one.0);
        if !self.is_time && !self.sure.keys().any(titled) && !self.unsure.iter().any(unsure) {
            out.push_str(
                "# title = \"…\"           # needed: the column that says what is to be done\n",
            );
        }
        for (role, column) in &self.unsure {
            if let Some((_, key)) = keys.iter().find(|(known, _)| known == role) {
                line(out, "# ", key, column);
            }
        }
        // A date to begin on can be a plan, which is no start.
        if let Some(column) = self.sure.get(&Role::Date).filter(|_| !self.is_time) {
            line(out, "# ", "started", column);
        }
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
            match words.stage(&Status::word(word)) {
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
        let unsure = self.unsure.iter().map(|one| one.1);
        let used = self.sure.values().copied().chain(unsure);
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
    let comment = sample
        .map(|text| format!("e.g. {text}"))
        .unwrap_or_default();
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
