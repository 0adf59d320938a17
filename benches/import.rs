//! Time of importing a Jira CSV of 100,000 rows with every field, one row in forty mine and all of
//! it mine, beside reading the same file into strings with the `csv` crate:
//! `cargo bench --bench import`.

#![expect(clippy::unwrap_used, reason = "the generator is test code")]

use std::fmt::Write as _;
use std::fs::File;
use std::path::PathBuf;
use std::sync::LazyLock;

use chrono::DateTime;
use chrono_tz::Tz;
use divan::{Bencher, black_box};
use inward::model::stage::StageWords;
use inward::model::text::Clean;
use inward::sources::tasks::{Input, MAX_SIZE, Origin};
use inward::store::Store;
use inward::sync::{ImportOptions, Outcome, import};
use tempfile::TempDir;

fn main() {
    divan::main();
}

const ROWS: u32 = 100_000;
const NOW: i64 = 1_790_000_000;
/// Columns that nothing is read of: custom fields, comments, attachments.
const OTHERS: u32 = 120;

struct Export {
    _folder: TempDir,
    path: PathBuf,
}

static EXPORT: LazyLock<Export> = LazyLock::new(|| {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("Jira.csv");
    std::fs::write(&path, table()).unwrap();
    Export {
        _folder: folder,
        path,
    }
});

fn table() -> String {
    let mut out = String::from(
        "Summary,Issue key,Issue id,Issue Type,Status,Project key,Project name,Priority,Resolution,\
         Assignee,Assignee Id,Created,Updated,Resolved,Due date,Labels,Labels,Description",
    );
    for n in 0..OTHERS {
        write!(out, ",Custom field (Field {n})").unwrap();
    }
    out.push_str(",Status Category\n");
    for n in 0..ROWS {
        let (day, hour) = (n % 28 + 1, n % 12 + 1);
        let (status, resolved) = match n % 3 {
            0 => ("To Do", String::new()),
            1 => ("In Progress", String::new()),
            _ => ("Done", format!("{day}/Mar/26 {hour}:30 PM")),
        };
        write!(
            out,
            "\"Fix the {n}th thing, soon\",SHIP-{n},{id},Story,{status},SHIP,Ship,Medium,,\
             Person {who},id-{who},{day}/Jan/26 {hour}:04 AM,{day}/Mar/26 {hour}:31 PM,{resolved},,\
             red,blue,\"A description\nof some lines, with a comma and {n} \"\"quotes\"\"\"",
            id = 10_000 + n,
            who = n % 40,
        )
        .unwrap();
        for field in 0..OTHERS {
            let _ = if field % 5 == 0 {
                write!(out, ",value {n}")
            } else {
                write!(out, ",")
            };
        }
        writeln!(out, ",{status}").unwrap();
    }
    out
}

#[divan::bench(sample_count = 5)]
fn csv_crate_into_strings(bencher: Bencher<'_, '_>) {
    let export = &*EXPORT;
    bencher.bench(|| {
        let mut reader = csv::Reader::from_path(&export.path).unwrap();
        let mut record = csv::StringRecord::new();
        let mut n = 0;
        while reader.read_record(&mut record).unwrap() {
            let cells: Vec<String> = record.iter().map(str::to_owned).collect();
            n += black_box(cells).len();
        }
        n
    });
}

#[divan::bench(args = ["id-7", "*"], sample_count = 5)]
fn jira_csv(bencher: Bencher<'_, '_>, mine: &str) {
    let export = &*EXPORT;
    let folder = TempDir::new().unwrap();
    let mut n = 0;
    bencher.bench_local(|| {
        n += 1;
        let mut store = Store::open(&folder.path().join(format!("{n}.db")), NOW).unwrap();
        run(&mut store, export, mine)
    });
}

fn run(store: &mut Store, export: &Export, mine: &str) -> u64 {
    let origin = Origin::File(File::open(&export.path).unwrap());
    let input = Input::open(origin, Clean::label(b"Jira.csv"), MAX_SIZE).unwrap();
    let words = StageWords::default();
    let names = [mine.to_owned()];
    let options = ImportOptions {
        format: None,
        mine: &names,
        all_mine: mine == "*",
        zone: Tz::Europe__Berlin,
        zone_known: true,
        day_order: None,
        mapping: None,
        max_records: 1_000_000,
        keep: true,
        now: DateTime::from_timestamp(NOW, 0).unwrap(),
        modified: None,
        words: &words,
    };
    match import(store, ("Jira.csv", &input), &options, &mut |_, _| true).unwrap() {
        Outcome::Done(report) => report.added,
        other => panic!("{other:?}"),
    }
}
