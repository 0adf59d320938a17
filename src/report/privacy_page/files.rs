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
        rows.push(say(
            Mark::Plain,
            "No file was written: all of it is in memory.",
        ));
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
    rows.extend(label.files.iter().map(file));
    rows
}

fn file(one: &FileState) -> Row {
    let path = one.path.as_str();
    let text = if one.open_to_others {
        format!("{path}, open to others")
    } else {
        path.to_owned()
    };
    Row {
        mark: if one.open_to_others {
            Mark::Worth
        } else {
            Mark::Plain
        },
        label: one.mode.clone(),
        amount: size(one.bytes),
        text,
    }
}

/// `740 bytes`, `2.1 KB`, `31 MB`.
pub(super) fn size(bytes: u64) -> String {
    if bytes < 1_000 {
        return words::counted(bytes, "byte", "bytes");
    }
    let (unit, name) = match bytes {
        ..=999_999 => (1_000, "KB"),
        1_000_000..=999_999_999 => (1_000_000, "MB"),
        _ => (1_000_000_000, "GB"),
    };
    let tenths = bytes.saturating_mul(10) / unit;
    if tenths >= 100 {
        return format!("{} {name}", tenths / 10);
    }
    format!("{}.{} {name}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_read_well() {
        for (bytes, text) in [
            (1, "1 byte"),
            (740, "740 bytes"),
            (2_100, "2.1 KB"),
            (31_400_000, "31 MB"),
            (2_000_000_000, "2.0 GB"),
        ] {
            assert_eq!(size(bytes), text);
        }
    }
}
