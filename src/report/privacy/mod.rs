//! The label as text: what matters most comes first, every column last.

mod columns;
mod para;

use chrono::NaiveDate;

use super::words::{count, counted};
use crate::model::privacy::{Ageing, Label, LayerState, LogState, Place, TableLabel};
use para::Page;

/// A self-test older than this is said in days.
const OLD_DAYS: i64 = 30;

/// How the label is written.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Columns of the terminal; `None`: whole lines, for a file or another program.
    pub width: Option<usize>,
    /// Column by column too.
    pub columns: bool,
    /// Today, for how long ago the last self-test was.
    pub today: NaiveDate,
}

/// The label with a line break at its end; with the rows of a self-test, where one was run.
pub fn privacy_text(label: &Label, tested: Option<&[LayerState]>, style: Style) -> String {
    let mut page = Page::new(style.width);
    page.head(&label.offline);
    layers(&mut page, &label.layers);
    file(&mut page, label);
    kept(&mut page, &label.tables);
    switches(&mut page, label);
    page.section("NEVER KEPT");
    page.line(&label.never_kept);
    page.section("WHAT A SEIZED FILE WOULD TELL");
    for sentence in &label.seized {
        page.item("-", 2, sentence);
    }
    ageing(&mut page, &label.ageing);
    log(&mut page, &label.log);
    page.section(&last_check(label.last_check, style.today));
    if style.columns {
        columns::tell(&mut page, &label.tables);
    }
    if let Some(rows) = tested {
        page.section("SELF-TEST, tried from inside");
        layers(&mut page, rows);
    }
    page.text()
}

fn layers(page: &mut Page, rows: &[LayerState]) {
    for row in rows {
        let mark = if row.holds { "+" } else { "-" };
        page.item(&format!("{mark} {}", row.name), 24, &row.detail);
    }
}

fn file(page: &mut Page, label: &Label) {
    let place = &label.place;
    page.section(&format!("FILE: {}", place.file));
    if place.bytes > 0 {
        page.line(&format!("{}, {}", place.store, size(place.bytes)));
    } else {
        page.line(place.store.as_str());
    }
    page.line(&at_rest(place));
    if let Some(away) = &place.leaves_the_machine {
        page.line(&format!(
            "the folder lies in {away}: its files may leave this machine"
        ));
        if place.override_given {
            page.line("you said to keep it there all the same");
        }
    }
    let mut open = label.files.iter().filter(|file| file.open_to_others);
    let first = open.next();
    if first.is_none() {
        page.line("readable by you only");
    }
    for file in first.into_iter().chain(open) {
        page.line(&format!(
            "readable by others: {} ({})",
            file.path, file.mode
        ));
    }
    for file in &label.files {
        let path = file.path.as_str();
        let name = path.rsplit('/').next().unwrap_or(path);
        let size = if file.path == place.data_dir {
            "folder".to_owned()
        } else {
            size(file.bytes)
        };
        page.item(name, 24, &format!("{}, {size}", file.mode));
    }
}

fn at_rest(place: &Place) -> String {
    let disk = &place.disk_encryption;
    match place.file {
        "sealed" => format!("encrypted by inward while it is closed; disk encryption: {disk}"),
        _ => format!("not encrypted by inward; disk encryption: {disk}"),
    }
}

fn kept(page: &mut Page, tables: &[TableLabel]) {
    if tables.is_empty() {
        return;
    }
    let rows: u64 = tables.iter().map(|table| table.rows).sum();
    let (full, empty): (Vec<_>, Vec<_>) = tables.iter().partition(|table| table.rows > 0);
    page.section(&format!(
        "KEPT: {} in {}",
        counted(rows, "row", "rows"),
        counted(full.len() as u64, "table", "tables")
    ));
    for table in full {
        let text = match table.days {
            Some((from, to)) if from == to => format!("{}; {from}", table.holds),
            Some((from, to)) => format!("{}; {from} to {to}", table.holds),
            None => table.holds.to_owned(),
        };
        let head = format!("{:<14}{:>9}", table.table, count(table.rows));
        page.item(&head, 25, &text);
    }
    if !empty.is_empty() {
        let names: Vec<_> = empty.iter().map(|table| table.table).collect();
        page.item("empty", 25, &names.join(", "));
    }
}

fn switches(page: &mut Page, label: &Label) {
    if label.keep.is_empty() {
        return;
    }
    page.section(
        "SWITCHES: [keep] in the settings; what is off is not stored, and erased where it was",
    );
    for switch in &label.keep {
        let state = if switch.on { "on " } else { "off" };
        page.item(&format!("{state} {}", switch.name), 16, switch.about);
    }
}

fn ageing(page: &mut Page, rules: &[Ageing]) {
    if rules.is_empty() {
        return;
    }
    page.section("AGEING: what goes by itself");
    for rule in rules {
        let after = match rule.after_days {
            Some(days) => format!("after {}", counted(u64::from(days), "day", "days")),
            None => "never by itself".to_owned(),
        };
        let next = match rule.next {
            Some(day) => format!("; next on {day}: {}", counted(rule.rows, "row", "rows")),
            None => String::new(),
        };
        page.item(rule.what, 24, &format!("{after}{next}"));
    }
}

fn log(page: &mut Page, log: &LogState) {
    let checked = match log.entries {
        0 => String::new(),
        _ => format!(", check: {}", log.verdict),
    };
    page.section(&format!(
        "LOG: {}{checked}; {}",
        counted(log.entries, "entry", "entries"),
        counted(log.shares, "file shared", "files shared")
    ));
    for entry in &log.newest {
        let on = [entry.action.as_str(), entry.object.as_str()].join(" ");
        let text = format!("{}: {}", on.trim_end(), entry.says());
        page.item(&entry.day.to_string(), 12, &text);
    }
}

/// The last self-test; one of long ago in days.
fn last_check(day: Option<NaiveDate>, today: NaiveDate) -> String {
    let again = "`inward privacy --self-test` tries every forbidden thing";
    let Some(day) = day else {
        return format!("LAST SELF-TEST: none yet; {again}");
    };
    match today.signed_duration_since(day).num_days() {
        days if days > OLD_DAYS => {
            format!("LAST SELF-TEST: {days} days ago, on {day}; {again} again")
        }
        0 => format!("LAST SELF-TEST: today, {day}"),
        _ => format!("LAST SELF-TEST: {day}"),
    }
}

/// `812 bytes`, `12.3 kB`, `4.0 MB`.
fn size(bytes: u64) -> String {
    let tenth = |unit: u64| {
        let tenths = bytes.saturating_mul(10).saturating_add(unit / 2) / unit;
        format!("{}.{}", count(tenths / 10), tenths % 10)
    };
    match bytes {
        0..1_000 => counted(bytes, "byte", "bytes"),
        1_000..999_950 => format!("{} kB", tenth(1_000)),
        999_950..999_950_000 => format!("{} MB", tenth(1_000_000)),
        _ => format!("{} GB", tenth(1_000_000_000)),
    }
}

#[cfg(test)]
mod tests;
