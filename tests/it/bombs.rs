//! Files made to take memory or time from whoever reads them: each ends soon, within a bound that the
//! system enforces, by a message that names the file.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::home::Home;

/// What the program may have of address space, in KiB: what it maps and never touches counts too.
const MOST_KIB: u32 = 500_000;
/// Longer than any of these takes here in a debug build, many times over.
const PATIENCE: Duration = Duration::from_secs(120);

/// `inward import` of `file` within the bound; what it said.
#[track_caller]
fn import(home: &Home, file: &Path, more: &[&str]) -> String {
    let mut command = home.command("/bin/sh", &home.path("home"));
    let bound = format!("ulimit -v {MOST_KIB}; exec \"$0\" \"$@\"");
    command.args([
        "-c",
        &bound,
        env!("CARGO_BIN_EXE_inward"),
        "import",
        "--mine",
        "Ada",
    ]);
    command.args(more).arg(file).stdin(Stdio::null());
    let began = Instant::now();
    let out = command.output().unwrap();
    let took = began.elapsed();
    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    let said = String::from_utf8_lossy(&[out.stdout, out.stderr].concat()).into_owned();
    // A failed allocation ends a program by a signal, a panic with 101.
    let code = out.status.code();
    assert!(
        code.is_some_and(|code| code < 100),
        "{name}: {:?}: {said}",
        out.status
    );
    assert!(took < PATIENCE, "{name} took {took:?}");
    assert!(said.contains(&name), "{name}: {said}");
    let bad = |c: char| c.is_control() && c != '\n';
    assert!(
        !said.contains(bad) && said.len() < 4_000,
        "{name}: {said:?}"
    );
    said
}

fn home() -> Home {
    let home = Home::new();
    home.identity("Ada", "ada@example.org");
    home
}

/// A file of `head`, `times` times `part`, and `tail`.
fn written(
    home: &Home,
    name: &str,
    head: &str,
    part: (&str, usize),
    tail: &str,
) -> std::path::PathBuf {
    let path = home.path(name);
    let mut to = BufWriter::with_capacity(1 << 20, File::create(&path).unwrap());
    to.write_all(head.as_bytes()).unwrap();
    for _ in 0..part.1 {
        to.write_all(part.0.as_bytes()).unwrap();
    }
    to.write_all(tail.as_bytes()).unwrap();
    to.flush().unwrap();
    path
}

#[test]
fn depth_without_end_is_refused() {
    let home = home();
    for (name, part) in [
        ("lists.json", "["),
        ("objects.json", "{\"a\":"),
        ("both.json", "[{\"items\":"),
    ] {
        let file = written(&home, name, "", (part, 5_000_000), "");
        import(&home, &file, &[]);
    }
    // Where a format is known: its own records are the deep ones.
    let open = "[{\"number\":1,\"title\":\"x\",\"url\":\"https://github.com/o/n/issues/1\",\"state\":\"OPEN\",\"createdAt\":\"2026-02-01T09:00:00Z\",\"assignees\":";
    let file = written(&home, "known.json", open, ("[", 2_000_000), "");
    import(&home, &file, &["--format", "github-gh-json"]);
    let folded = written(
        &home,
        "folded.ics",
        "BEGIN:VCALENDAR\r\n",
        ("BEGIN:VTODO\r\n", 500_000),
        "",
    );
    import(&home, &folded, &[]);
    let below = written(&home, "below.md", "- [ ] a\n", (" ", 500_000), "- [ ] b\n");
    import(&home, &below, &["--format", "markdown-tasks"]);
    let stars = written(
        &home,
        "stars.org",
        "* TODO a\n",
        ("*", 1_000_000),
        " TODO b\n",
    );
    import(&home, &stars, &[]);
}

#[test]
fn a_million_columns_are_no_table() {
    let home = home();
    let names = written(
        &home,
        "names.csv",
        "Summary,Issue key,Status",
        (",c", 1_000_000),
        "\na,b\n",
    );
    import(&home, &names, &[]);
    let empty = written(
        &home,
        "empty.csv",
        "Summary,Issue key,Status\n",
        (",", 2_000_000),
        "\n",
    );
    import(&home, &empty, &[]);
    let many = written(&home, "rows.csv", "", (",,,,,,,,\n", 400_000), "");
    import(&home, &many, &[]);
}

#[test]
fn one_line_as_large_as_a_file_may_be_is_not_brought_into_memory() {
    let home = home();
    let line = home.path("line.csv");
    // Of zeros, and on no disk.
    File::create(&line).unwrap().set_len(70 << 20).unwrap();
    import(&home, &line, &[]);
    for format in ["jira-csv", "todo-txt", "ics"] {
        import(&home, &line, &["--format", format]);
    }
    let long = home.path("long.csv");
    File::create(&long).unwrap().set_len((1 << 30) + 1).unwrap();
    let began = Instant::now();
    let said = import(&home, &long, &[]);
    assert!(said.contains("--max-size"), "{said}");
    assert!(
        began.elapsed() < Duration::from_secs(5),
        "it was read to be refused"
    );
}

#[test]
fn a_quote_that_is_never_closed_and_a_text_without_end_are_refused_or_cut() {
    let home = home();
    let head = "Summary,Issue key,Status,Assignee,Created\nParser,ING-207,Done,\"Ada";
    let quote = written(
        &home,
        "quote.csv",
        head,
        (",a line of words and more of them\n", 3_000_000),
        "",
    );
    import(&home, &quote, &[]);
    let open = "[{\"number\":1,\"title\":\"";
    let rest = "\",\"url\":\"https://github.com/o/n/issues/1\",\"id\":\"I_1\",\"state\":\"OPEN\",\"createdAt\":\"2026-02-01T09:00:00Z\",\"updatedAt\":\"2026-02-03T10:00:00Z\",\"author\":{\"login\":\"Ada\"},\"assignees\":[{\"login\":\"Ada\"}],\"labels\":[]}]";
    let title = written(&home, "title.json", open, ("words ", 8_000_000), rest);
    import(&home, &title, &["--format", "github-gh-json"]);
    let file = home.path("tasks.json");
    fs::write(&file, format!("{open}x{rest}")).unwrap();
    let said = import(&home, &file, &["--format", "github-gh-json"]);
    assert!(said.contains('1'), "the shape itself is taken: {said}");
}

#[test]
fn a_rule_that_repeats_without_end_ends() {
    let home = home();
    let event = |rule: &str, start: &str| {
        format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:x\r\nDTSTART:{start}\r\n\
             DTEND:99991231T235959Z\r\nRRULE:{rule}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        )
    };
    for (at, (rule, start)) in [
        ("FREQ=SECONDLY", "19700101T000000Z"),
        ("FREQ=SECONDLY;COUNT=2147483647", "19700101T000000Z"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "00010101T000000Z"),
        ("FREQ=DAILY;INTERVAL=0", "20260101T000000Z"),
        (
            "FREQ=MINUTELY;BYHOUR=25;UNTIL=99991231T000000Z",
            "20260101T000000Z",
        ),
        (
            "FREQ=MONTHLY;BYSETPOS=400;BYDAY=MO,TU,WE,TH,FR,SA,SU",
            "19700101",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let file = home.path(&format!("rule{at}.ics"));
        fs::write(&file, event(rule, start)).unwrap();
        import(&home, &file, &[]);
        import(&home, &file, &["--format", "calendar"]);
    }
}
