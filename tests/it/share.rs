//! `inward share` from end to end: asked line by line on a terminal, the preview byte for byte the file,
//! and nothing written without the typed word.

use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use crate::common::pty::{Session, Start};
use crate::home::Home;

/// A home with a repository of 21 people, twelve finished tasks in the second quarter of 2026, and a goal.
struct Stage {
    home: Home,
    repo: PathBuf,
}

impl Stage {
    fn new() -> Self {
        let home = Home::new();
        home.identity("Ada", "ada@example.org");
        let repo = home.repo("garden");
        for person in 0..20 {
            let author = format!("P{person} <p{person}@example.org>");
            let change = format!("{person}\n");
            home.commit(
                &repo,
                ("a.txt", &change),
                &author,
                "2026-05-04T10:00:00+00:00",
            );
        }
        let ada = "Ada <ada@example.org>";
        home.commit(&repo, ("a.txt", "mine\n"), ada, "2026-05-05T10:00:00+00:00");
        home.inward_in(&repo, &["scan"]).expect(0);
        let stage = Self { home, repo };
        stage.import(12);
        stage
    }

    /// Imports so many tasks that ended in May, and one of August: the quarter is told to its end.
    fn import(&self, finished: usize) {
        let mut rows = String::from("[\n");
        for n in 0..finished {
            let day = 1 + n % 27;
            writeln!(
                rows,
                r#"{{"id":0,"description":"Task {n}","entry":"20260501T080000Z","start":"20260501T090000Z","modified":"202605{day:02}T160000Z","status":"completed","uuid":"c0ffee01-1111-4222-8333-{n:012}","end":"202605{day:02}T160000Z","project":"boats"}},"#
            )
            .unwrap();
        }
        rows.push_str(
            r#"{"id":1,"description":"Open","entry":"20260801T080000Z","modified":"20260802T080000Z","status":"pending","uuid":"c0ffee02-1111-4222-8333-000000000002","project":"boats"}
]"#,
        );
        let file = self.home.path(&format!("tasks-{finished}.json"));
        fs::write(&file, rows).unwrap();
        let file = file.to_str().unwrap();
        self.home.inward(&["import", file, "--mine", "*"]).expect(0);
    }

    fn start(&self, args: &[&str]) -> Session {
        let data = self.home.data();
        Start::inward(&self.home.path("home"))
            .env("INWARD_DATA_DIR", data.to_str().unwrap())
            .args(args)
            .cwd(&self.repo)
            .size(100, 60)
            .spawn()
    }

    fn shares(&self) -> Vec<serde_json::Value> {
        let ledger = self.home.inward(&["share", "--ledger", "--json"]).expect(0);
        ledger.json()["shares"].as_array().unwrap().clone()
    }

    fn outbox(&self) -> Vec<PathBuf> {
        files(&self.home.data().join("outbox"))
    }

    /// Everything below the home that is called like a share.
    fn written(&self) -> Vec<PathBuf> {
        let mut out = Vec::new();
        walk(&self.home.path(""), &mut out);
        out.retain(|path| {
            path.file_name()
                .unwrap()
                .to_string_lossy()
                .starts_with("share-")
        });
        out
    }
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).map(|all| all.map(|one| one.unwrap().path()).collect());
    entries.unwrap_or_default()
}

fn walk(dir: &Path, out: &mut Vec<PathBuf>) {
    for path in files(dir) {
        if path.is_dir() {
            walk(&path, out);
        } else {
            out.push(path);
        }
    }
}

/// Says yes to the lines that hold one of `yes`, no to all others, types `own` and ends the lines.
fn answer(session: &mut Session, yes: &[&str], own: &str) {
    loop {
        session.until("a question", |screen| {
            let text = screen.contents();
            let last = text
                .trim_end()
                .lines()
                .last()
                .unwrap_or_default()
                .to_owned();
            last.ends_with("[y/N]") || last.trim() == ">"
        });
        let text = session.screen().contents();
        let last = text
            .trim_end()
            .lines()
            .last()
            .unwrap_or_default()
            .to_owned();
        if last.trim() == ">" {
            break;
        }
        let said = yes.iter().any(|part| last.contains(part));
        session.keys(if said { "y\r" } else { "\r" });
        session.until("the next question", |screen| {
            screen.contents().trim_end().lines().last() != Some(last.as_str())
        });
    }
    if !own.is_empty() {
        session.keys(&format!("{own}\r"));
    }
    session.keys("\r");
}

#[test]
fn without_a_terminal_nothing_is_asked_and_nothing_is_written() {
    let stage = Stage::new();
    for args in [
        &["share"][..],
        &["share", "2026-Q2", "--profile", "pooled"],
        &["share", "2026-Q2", "--profile", "handover", "-o", "x.md"],
        &["share", "--forget-ledger"],
    ] {
        let run = stage
            .home
            .inward_fed(args, "y\ny\ny\ny\nshare\nforget\n")
            .expect(2);
        assert!(run.stdout.is_empty(), "{args:?}");
    }
    assert_eq!((stage.shares().len(), stage.written()), (0, Vec::new()));
}

#[test]
fn the_file_is_the_preview_byte_for_byte_and_only_after_the_typed_word() {
    let stage = Stage::new();
    let mut session = stage.start(&["share", "2026-Q2", "--profile", "handover"]);
    answer(&mut session, &["Other tasks"], "The winch turns again");
    session.until_text("Type `share` to write it");
    session.keys("yes\r");
    assert_eq!(session.end().exit_code(), 2);
    assert_eq!((stage.shares().len(), stage.written()), (0, Vec::new()));

    let mut session = stage.start(&["share", "2026-Q2", "--profile", "handover"]);
    answer(&mut session, &["Other tasks"], "The winch turns again");
    session.until_text("Type `share` to write it");
    let shown = session.screen().contents();
    session.keys("share\r");
    session.until_text("holds these");
    assert_eq!(session.end().exit_code(), 0);
    let [file] = &stage.written()[..] else {
        panic!("not one file: {:?}", stage.written());
    };
    let bytes = fs::read_to_string(file).unwrap();
    // What stands between the rules, folded by nobody: long lines wrap at the edge of the screen.
    let rule = "-".repeat(100);
    let preview = shown.split(&rule).nth(1).unwrap();
    assert_eq!(unfolded(preview), unfolded(&bytes));
    assert!(bytes.contains("- The winch turns again\n"), "{bytes}");
    assert!(bytes.contains("Other tasks finished: "), "{bytes}");
    assert!(!bytes.contains("Half of the finished"), "declined: {bytes}");
    assert!(shown.contains(&format!("{} bytes exactly", bytes.len())));

    let meta = fs::metadata(file).unwrap();
    assert_eq!(meta.permissions().mode() & 0o777, 0o600);
    // Noon of the last day of June: not when it was written.
    assert_eq!(meta.mtime(), 1_782_820_800);
    assert!(stage.outbox().is_empty() || stage.outbox() == [file.clone()]);
    let [share] = &stage.shares()[..] else {
        panic!("not one entry");
    };
    assert_eq!(share["window"], "2026-Q2");
    assert_eq!(share["profile"], "handover");
    assert_eq!(share["given"].as_array().unwrap().len(), 1);
    assert_eq!(share["bytes"], bytes.len());
    assert_eq!(
        share["blake3"],
        blake3::hash(bytes.as_bytes()).to_hex().to_string()
    );
    let log = stage.home.inward(&["audit", "--json"]).expect(0).json();
    let logged = log["entries"].as_array().unwrap();
    assert!(logged.iter().any(|row| row["action"] == "share"), "{log}");
}

#[test]
fn a_second_share_that_tells_the_difference_is_refused() {
    let stage = Stage::new();
    let mut session = stage.start(&["share", "2026-Q2", "--profile", "handover"]);
    answer(&mut session, &["Other tasks"], "");
    session.until_text("Type `share`");
    session.keys("share\r");
    assert_eq!(session.end().exit_code(), 0);
    // A newer export knows of forty: another band for the same quarter.
    stage.import(40);
    let mut session = stage.start(&["share", "2026-Q2", "--profile", "handover"]);
    answer(&mut session, &["Other tasks"], "");
    session.until_text("another band");
    assert_eq!(session.end().exit_code(), 1);
    // A month within it would tell the rest by its difference.
    let mut session = stage.start(&["share", "2026-05", "--profile", "handover"]);
    answer(&mut session, &["Other tasks"], "");
    session.until_text("overlaps this window");
    assert_eq!(session.end().exit_code(), 1);
    assert_eq!((stage.shares().len(), stage.written().len()), (1, 1));
    // The ledger can be erased, after a typed word; then the new one is weighed alone.
    let mut session = stage.start(&["share", "--forget-ledger"]);
    session.until_text("Type `forget`");
    session.keys("forget\r");
    assert_eq!(session.end().exit_code(), 0);
    assert!(stage.shares().is_empty());
}

#[test]
fn a_pooled_share_weighs_the_clones_and_takes_no_line_that_names_anything() {
    let stage = Stage::new();
    let file = stage.home.path("pooled.json");
    let output = file.to_str().unwrap();
    let mut session = stage.start(&["share", "2026-Q2", "--profile", "pooled", "-o", output]);
    answer(
        &mut session,
        &["Tasks finished"],
        "Everything in garden is new",
    );
    session.until_text("not taken: it names a repository");
    session.until_text("look-alikes in the clones you have");
    session.until_text("Type `share`");
    session.keys("share\r");
    assert_eq!(session.end().exit_code(), 0);
    let document: serde_json::Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    assert!(document.is_object());
    let text = fs::read_to_string(&file).unwrap();
    assert!(!text.contains("garden") && !text.contains("Ada"), "{text}");
    // Nothing is written over.
    let again = stage
        .start(&["share", "2026-Q1", "--profile", "pooled", "-o", output])
        .end();
    assert_eq!(again.exit_code(), 2);
    // In the first quarter nobody was active.
    let mut session = stage.start(&["share", "2026-Q1", "--profile", "pooled"]);
    answer(&mut session, &[], "A quiet time");
    session.until_text("this is not written");
    assert_eq!(session.end().exit_code(), 1);
    assert_eq!(stage.shares().len(), 1);
}

#[test]
fn a_quarter_that_is_not_over_is_refused_before_any_question() {
    let stage = Stage::new();
    let mut session = stage.start(&["share", "quarter", "--profile", "handover"]);
    session.until_text("is not over yet");
    assert_eq!(session.end().exit_code(), 2);
}

#[test]
fn a_share_whose_file_cannot_be_written_leaves_no_entry_in_the_ledger() {
    let stage = Stage::new();
    let dir = stage.home.path("gone");
    fs::create_dir(&dir).unwrap();
    fs::set_permissions(&dir, fs::Permissions::from_mode(0o700)).unwrap();
    let output = dir.join("share.md");
    let mut session = stage.start(&[
        "share",
        "2026-Q2",
        "--profile",
        "handover",
        "-o",
        output.to_str().unwrap(),
    ]);
    answer(&mut session, &["Other tasks"], "");
    session.until_text("Type `share`");
    fs::write(&output, "somebody else's").unwrap();
    session.keys("share\r");
    session.until_text("is there already");
    assert_eq!(session.end().exit_code(), 1);
    assert_eq!(fs::read_to_string(&output).unwrap(), "somebody else's");
    assert!(stage.shares().is_empty());
}

/// The quarter that the dialog is about.
fn quarter(screen: &str) -> String {
    let line = screen.lines().find(|line| line.contains("Quarter "));
    let words = line.unwrap_or_default().split_whitespace();
    words
        .skip_while(|word| *word != "Quarter")
        .nth(1)
        .unwrap_or_default()
        .to_owned()
}

/// Text without its blanks and line ends.
fn unfolded(text: &str) -> String {
    text.split_whitespace().collect()
}

/// What stands in the innermost box of a screen.
fn within(screen: &str) -> String {
    let lines = screen
        .lines()
        .skip_while(|line| !line.contains("The file, nothing else"));
    let inside = lines.skip(1).take_while(|line| !line.contains('╰'));
    inside
        .filter_map(|line| line.split('│').nth(1))
        .fold(String::new(), |all, line| all + line + "\n")
}

#[test]
fn the_dashboard_refuses_a_pooled_line_that_names_anything_while_it_is_typed() {
    let stage = Stage::new();
    let mut session = stage.start(&[]);
    session.until_text("No commits of yours");
    session.settle(std::time::Duration::from_millis(400));
    session.keys("E");
    session.until_text("Weigh it and show the file");
    // The quarter that runs cannot be told of, and why is said.
    session.keys("jl");
    session.until_text("is not over yet");
    session.keys("k ");
    session.until_text("pooled");
    session.keys("Gk\r");
    session.until_text("A line of your own");
    session.keys("The garden is new\r");
    session.until_text("not taken: it names a repository");
    session.keys("\u{15}A quiet time\r");
    session.until_text("[x] A quiet time");
    session.keys("G\r");
    // Nobody else was active in that quarter: refused, with what would change it.
    session.until_text("Nothing was written");
    session.until_text("fewer than 5");
    session.keys("\u{3}");
    session.end();
    assert_eq!((stage.shares().len(), stage.written()), (0, Vec::new()));
}

#[test]
fn the_dashboard_writes_what_it_showed_after_the_word_and_nothing_when_left() {
    let stage = Stage::new();
    let mut session = stage.start(&[]);
    session.until_text("No commits of yours");
    session.settle(std::time::Duration::from_millis(400));
    // Left in the middle: nothing.
    session.keys("E");
    session.until_text("Weigh it and show the file");
    session.keys("q");
    session.until_text("nothing was written");
    assert!(stage.shares().is_empty() && stage.written().is_empty());
    // The second quarter, its tasks.
    session.keys("E");
    session.until_text("Weigh it and show the file");
    session.keys("j");
    // The newest finished quarter stands there first: back to the second of 2026.
    let mut shown = quarter(&session.screen().contents());
    while shown != "2026-Q2" {
        session.keys("h");
        session.until("another quarter", |screen| {
            quarter(&screen.contents()) != shown
        });
        shown = quarter(&session.screen().contents());
    }
    session.until_text("[ ] ");
    session.keys("jjjj ");
    session.until_text("[x] ");
    // An own line of what can be looked up is taken, and its row says so.
    session.keys("G");
    session.keys("k\rClosed OPS-7");
    session.until_text("It names a task, has a number.");
    session.keys("\r");
    session.until_text("(names a task");
    session.keys("G\r");
    session.until_text("The file, nothing else");
    let preview = session.screen().contents();
    session.keys("\r");
    session.until_text("Write it?");
    session.keys("yes\r");
    session.until_text("type share, or leave");
    assert!(stage.written().is_empty());
    session.keys("\u{15}share\r");
    session.until_text("Written:");
    session.keys("\u{3}");
    session.end();
    let (files, shares) = (stage.written(), stage.shares());
    assert_eq!((files.len(), shares.len()), (1, 1));
    let bytes = fs::read(&files[0]).unwrap();
    assert_eq!(shares[0]["bytes"], bytes.len());
    assert_eq!(shares[0]["blake3"], blake3::hash(&bytes).to_hex().as_str());
    // What stood in the box, folded by nobody, is the file.
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(unfolded(&within(&preview)), unfolded(&text));
    assert!(text.contains("- Closed OPS-7\n"), "{text}");
    assert_eq!(fs::metadata(&files[0]).unwrap().mode() & 0o777, 0o600);
}
