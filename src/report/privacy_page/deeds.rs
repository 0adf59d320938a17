//! What can be done: here by a key, and elsewhere by the exact command to type.

use crate::model::privacy::Label;
use crate::model::privacy_page::{Mark, Row};

/// The summary and the rows. What is done by a key is not among them: the screen says its keys.
pub(super) fn part(label: &Label) -> (Vec<String>, Vec<Row>) {
    let command = |label: &str, text: &str| Row {
        mark: Mark::Command,
        label: label.to_owned(),
        amount: String::new(),
        text: text.to_owned(),
    };
    let mut rows = Vec::new();
    match label.place.file {
        "nothing kept" => {}
        "sealed" => {
            rows.push(command("open the seal", "inward decrypt"));
            rows.push(command("another passphrase", "inward encrypt --change"));
            rows.push(command("drop the key", "inward lock"));
        }
        _ => rows.push(command("seal the file", "inward encrypt")),
    }
    if label.place.file != "nothing kept" {
        rows.push(command("forget all of it", "inward forget --all"));
        rows.push(command("let rows age", "inward retain"));
        rows.push(command("check the log", "inward audit --verify"));
        rows.push(command("take all of it", "inward dump -o FOLDER"));
    }
    rows.push(command("check the lock", "inward privacy --self-test"));
    let summary = ["keys here", "commands for a shell"].map(str::to_owned);
    (summary.into(), rows)
}
