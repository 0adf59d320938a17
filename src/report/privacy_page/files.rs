//! Where the store lies, and who can read it.

use super::say;
use crate::model::privacy::{FileState, Label};
use crate::model::privacy_page::{Mark, Row};
use crate::report::words;

/// The summary and the rows.
pub(super) fn part(label: &Label) -> (Vec<String>, Vec<Row>) {
    let open = label.files.iter().filter(|one| one.open_to_others).count();
    let place = &label.place;
    let mut summary = vec![format!("FILE: {}", place.file)];
    if place.file == "nothing kept" {
        summary.clear();
        summary.push("no file of yours".to_owned());
    } else if open == 0 {
        summary.push("readable by you only".to_owned());
    } else {
        summary.push(format!("{open} open to others"));
    }
    if place.leaves_the_machine.is_some() {
        summary.push("may leave this machine".to_owned());
    }
    (summary, rows(label))
}

fn rows(label: &Label) -> Vec<Row> {
    let place = &label.place;
    let mut rows = Vec::new();
    if place.file == "nothing kept" {
        rows.push(say(Mark::Plain, "No file was written."));
    } else {
        let how = match place.file {
            "sealed" => "sealed by inward".to_owned(),
            _ => "not encrypted by inward".to_owned(),
        };
        let disk = &place.disk_encryption;
        rows.push(say(Mark::Heading, format!("FILE: {}", place.file)));
        rows.push(say(Mark::Plain, format!("{how}; disk encryption: {disk}")));
    }
    if let Some(carrier) = &place.leaves_the_machine {
        let after = if place.override_given {
            "; kept there because you said so"
        } else {
            ""
        };
        let text =
            format!("The folder lies in {carrier}: its files may leave this machine{after}.");
        rows.push(say(Mark::Worth, text));
    }
    // The folder once; the files in it by their names.
    let folder = place.data_dir.as_str();
    rows.extend(label.files.iter().map(|one| file(one, folder)));
    rows
}

/// A file of `folder`, by its name; the folder itself, and what lies elsewhere, by its path.
fn file(one: &FileState, folder: &str) -> Row {
    let path = one.path.as_str();
    let name = path.strip_prefix(folder);
    let name = name.and_then(|rest| rest.strip_prefix('/')).unwrap_or(path);
    let text = if one.open_to_others {
        format!("{name}, open to others")
    } else {
        name.to_owned()
    };
    Row {
        mark: if one.open_to_others {
            Mark::Worth
        } else {
            Mark::Plain
        },
        label: one.mode.clone(),
        amount: if path == folder {
            "folder".to_owned()
        } else {
            words::size(one.bytes)
        },
        text,
    }
}
