//! `inward doctor`: what is not right or not known, and what to do about it.

mod imports;
mod quality;

use std::fmt::Write as _;

use serde::{Serialize, Serializer};

use crate::model::ids::Oid;
use crate::model::moment::Moment;
use crate::model::text::Clean;

pub use imports::{LooseWord, OverlapDay, UndatedTask, overlaps};
pub use quality::{Around, Remark, remarks};

/// The name and version of the document.
pub const DOCTOR_SCHEMA: &str = "inward.doctor.v1";

/// Of a longer list, so many rows are shown as text; JSON has all.
const SHOWN: usize = 20;

/// Everything found.
#[derive(Clone, Debug, Serialize)]
pub struct Findings {
    /// [`DOCTOR_SCHEMA`].
    pub schema: &'static str,
    /// What is wrong with places and repositories.
    pub repositories: Vec<Trouble>,
    /// Commits on no day.
    pub undated: Vec<Patient>,
    /// Commits whose lines are not known.
    pub lines_unknown: Vec<Patient>,
    /// Commits left out of lines as reformatting.
    pub reformatting: Vec<Patient>,
    /// What is to be said of imports.
    #[serde(flatten)]
    pub imports: Imports,
    /// What is worth knowing of the record as a whole.
    pub worth_knowing: Vec<Remark>,
    /// The file.
    pub store: StoreHealth,
}

/// What is not right or not known about imports.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Imports {
    /// Words of trackers that mean no stage, the most frequent first.
    pub words_without_stage: Vec<LooseWord>,
    /// Tasks on no day.
    pub tasks_undated: Vec<UndatedTask>,
    /// Days on which recorded time overlaps.
    pub time_overlapping: Vec<OverlapDay>,
}

/// One thing that is wrong with a place.
#[derive(Clone, Debug, Serialize)]
pub struct Trouble {
    /// Where it lies; null for what says so itself.
    pub path: Option<Clean>,
    /// `gone`, `unreadable`, `shallow`, `replaced` or `partial`.
    pub problem: &'static str,
    /// What it is and what to do, in words.
    pub says: String,
}

/// A commit about which something is not known.
#[derive(Clone, Debug, Serialize)]
pub struct Patient {
    /// Author date; null when no calendar holds it.
    pub time: Option<String>,
    /// The same as git has it: seconds since 1970 and offset.
    pub written: String,
    /// The object id.
    #[serde(serialize_with = "hex")]
    pub oid: Oid,
    /// The repository that brought it first.
    pub repo: Clean,
    /// First line of the message.
    pub summary: Clean,
    /// Why it stands in this list.
    pub reason: &'static str,
    /// What to do.
    #[serde(rename = "do")]
    pub next: &'static str,
}

/// What is to be said of the file.
#[derive(Clone, Debug, Serialize)]
pub struct StoreHealth {
    /// Where it is.
    pub path: Clean,
    /// Its size; null when nothing is kept.
    pub bytes: Option<u64>,
    /// How the second place of the owner's own words stands, in words; null when nothing is kept, or what is
    /// there was not looked at.
    pub second_place: Option<String>,
    /// Files and folders of inward's that other users may read.
    pub open_to_others: Vec<Clean>,
    /// Folders above in which somebody else could put another one in the place of the one below.
    pub could_be_swapped: Vec<Clean>,
    /// Files that have another name on the disk.
    pub named_twice: Vec<Clean>,
    /// The network file system or synchronised folder it lies in.
    pub leaves_the_machine: Option<String>,
    /// The owner said to keep it there all the same.
    pub override_given: bool,
    /// The folder that was named, when this one is used instead of it because it leaves the machine.
    pub instead_of: Option<Clean>,
    /// What the kernel enforces.
    pub offline: String,
}

fn hex<S: Serializer>(oid: &Oid, out: S) -> Result<S::Ok, S::Error> {
    out.collect_str(oid)
}

impl Patient {
    /// The fields that say when.
    pub fn when(at: Moment) -> (Option<String>, String) {
        let minutes = at.offset_min.unsigned_abs();
        let sign = if at.offset_min < 0 { '-' } else { '+' };
        let written = format!("{} {sign}{:02}{:02}", at.utc, minutes / 60, minutes % 60);
        (at.rfc3339(), written)
    }
}

impl Findings {
    /// The document as text: a paragraph a list, empty lists left out; remarks fill `width` columns.
    pub fn text(&self, width: usize) -> String {
        let mut out = String::new();
        if !self.repositories.is_empty() {
            out.push_str("REPOSITORIES\n");
            for trouble in &self.repositories {
                out.extend(["  ", &trouble.says, "\n"]);
            }
            out.push('\n');
        }
        list(&mut out, "UNDATED", &self.undated);
        list(&mut out, "LINES UNKNOWN", &self.lines_unknown);
        list(
            &mut out,
            "REFORMATTING, left out of lines",
            &self.reformatting,
        );
        imports::add_words(&mut out, &self.imports.words_without_stage);
        imports::add_undated(&mut out, &self.imports.tasks_undated);
        imports::add_overlaps(&mut out, &self.imports.time_overlapping);
        quality::add(&mut out, &self.worth_knowing, width.clamp(40, 200));
        if out.is_empty() {
            out.push_str("Nothing is wrong, and nothing is unknown, as far as can be seen.\n\n");
        }
        self.store.add_to(&mut out);
        out
    }
}

/// One paragraph: rows by reason, and after each reason what to do.
fn list(out: &mut String, title: &str, patients: &[Patient]) {
    if patients.is_empty() {
        return;
    }
    out.extend([title, "\n"]);
    let mut reasons: Vec<_> = patients.iter().map(|one| (one.reason, one.next)).collect();
    reasons.sort_unstable();
    reasons.dedup();
    for (reason, next) in reasons {
        let rows: Vec<_> = patients.iter().filter(|one| one.reason == reason).collect();
        let n = rows.len();
        let word = if n == 1 { "commit" } else { "commits" };
        // Writing to a string cannot fail.
        let _ = writeln!(out, "  {n} {word}: {reason}; {next}");
        for row in rows.iter().take(SHOWN) {
            let time = row.time.as_deref().unwrap_or(&row.written);
            let (oid, repo, summary) = (row.oid.short(), &row.repo, &row.summary);
            let _ = writeln!(out, "    {time}  {oid}  {repo}  {summary}");
        }
        if n > SHOWN {
            let _ = writeln!(out, "    and {} more: --json lists all", n - SHOWN);
        }
    }
    out.push('\n');
}

impl StoreHealth {
    fn add_to(&self, out: &mut String) {
        out.push_str("FILE\n");
        let _ = match self.bytes {
            Some(bytes) => writeln!(out, "  {} holds {}", self.path, super::words::size(bytes)),
            None => writeln!(out, "  nothing is kept yet: `inward scan`"),
        };
        if let Some(second) = &self.second_place {
            let _ = writeln!(out, "  second place of your own words: {second}");
        }
        match self.open_to_others.as_slice() {
            [] => out.push_str("  readable by you only\n"),
            open => {
                for path in open {
                    let _ = writeln!(out, "  readable by others: {path}: `chmod go= {path}`");
                }
            }
        }
        for path in &self.could_be_swapped {
            let _ = writeln!(
                out,
                "  others may write into {path}, far above it, and could put another folder in its way: `chmod o-w {path}`, or `--data-dir`"
            );
        }
        for path in &self.named_twice {
            let _ = writeln!(
                out,
                "  {path} has another name on this disk (a hard link): who has that one has the file; `find / -xdev -samefile {path}` shows it"
            );
        }
        if let Some(place) = &self.leaves_the_machine {
            let what = if self.override_given {
                "it is kept there by your word (delete the file `kept-here` to be asked again)"
            } else {
                "`--data-dir` puts it elsewhere"
            };
            let _ = writeln!(
                out,
                "  it lies in {place} and may leave this machine: {what}"
            );
        }
        if let Some(named) = &self.instead_of {
            let _ = writeln!(
                out,
                "  it is used instead of {named}, which leaves this machine (`instead-of` beside it remembers that)"
            );
        }
        let _ = writeln!(out, "  {}", self.offline);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patient(n: u8, reason: &'static str) -> Patient {
        let (time, written) = Patient::when(Moment::new(i64::MAX, -90));
        Patient {
            time,
            written,
            oid: Oid([n; 20]),
            repo: Clean::label(b"repo"),
            summary: Clean::label(b"Fix"),
            reason,
            next: "wait",
        }
    }

    fn findings(undated: Vec<Patient>) -> Findings {
        Findings {
            schema: DOCTOR_SCHEMA,
            repositories: Vec::new(),
            undated,
            lines_unknown: Vec::new(),
            reformatting: Vec::new(),
            imports: Imports::default(),
            worth_knowing: Vec::new(),
            store: StoreHealth {
                path: Clean::label(b"/s"),
                bytes: Some(7),
                second_place: None,
                open_to_others: Vec::new(),
                could_be_swapped: Vec::new(),
                named_twice: Vec::new(),
                leaves_the_machine: None,
                override_given: false,
                instead_of: None,
                offline: "OFFLINE".to_owned(),
            },
        }
    }

    #[test]
    fn a_date_beyond_every_calendar_is_shown_as_it_was_written() {
        let one = patient(1, "r");
        assert_eq!(one.time, None);
        assert_eq!(one.written, "9223372036854775807 -0130");
        let text = findings(vec![one]).text(80);
        assert!(
            text.contains("1 commit: r; wait\n    9223372036854775807 -0130  0101010101"),
            "{text}"
        );
    }

    #[test]
    fn a_long_list_is_cut_and_says_so_and_an_empty_report_says_that_too() {
        let many = (0..23).map(|n| patient(n, "r")).collect();
        let text = findings(many).text(80);
        assert!(
            text.contains("23 commits: r; wait") && text.contains("and 3 more"),
            "{text}"
        );
        assert!(
            findings(Vec::new())
                .text(80)
                .starts_with("Nothing is wrong")
        );
    }
}
