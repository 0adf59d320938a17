//! `inward forget`: gone from every byte of the data folder, said when it is not, and it stays gone.

use std::fs;
use std::path::Path;

use crate::cli::fields_at;
use crate::common::pty::Start;
use crate::home::{Home, Run};

const ADA: &str = "Ada <ada@example.org>";

/// A string that stands nowhere else.
fn canary(n: usize) -> String {
    format!("zqcanary{n:03}x")
}

/// How often a canary stands in the bytes of the data folder: in UTF-8 or UTF-16, in any case.
fn traces(home: &Home) -> usize {
    let utf8 = b"zqcanary".to_vec();
    let little: Vec<u8> = utf8.iter().flat_map(|byte| [*byte, 0]).collect();
    let big: Vec<u8> = utf8.iter().flat_map(|byte| [0, *byte]).collect();
    let mut found = 0;
    let mut open = vec![home.data()];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(&path).unwrap().map(|one| one.unwrap().path()));
            continue;
        }
        let bytes = fs::read(&path).unwrap().to_ascii_lowercase();
        for form in [&utf8, &little, &big] {
            found += bytes
                .windows(form.len())
                .filter(|part| part == form)
                .count();
        }
    }
    found
}

/// A repository with a hundred canaries (summaries, paths, branches, keys in messages), another one
/// without, and notes about both.
fn home() -> Home {
    let home = Home::new();
    home.identity("Ada", "ada@example.org");
    let repo = home.repo("zqcanary-repo");
    for n in 0..30 {
        if n % 10 == 0 {
            home.git(&repo, &["checkout", "-q", "-b", &canary(90 + n / 10)]);
        }
        let file = format!("src/{}/{}.rs", canary(30 + n), canary(60 + n));
        let date = format!("2026-01-{:02}T10:00:00+01:00", n + 1);
        home.commit(&repo, (&file, "one\ntwo\n"), ADA, &date);
        let message = format!("{} fixes ZQCANARY-{n}", canary(n));
        home.git(
            &repo,
            &[
                "commit",
                "-q",
                "--amend",
                "-m",
                &message,
                "--reset-author",
                "--date",
                &date,
            ],
        );
        home.git(&repo, &["tag", canary(95).get(..10).unwrap(), "-f"]);
    }
    let other = home.repo("garden");
    home.commit(&other, ("a.rs", "one\n"), ADA, "2026-01-05T10:00:00+01:00");
    for repo in ["zqcanary-repo", "garden"] {
        home.inward(&["add", home.path(repo).to_str().unwrap()])
            .expect(0);
    }
    home.inward(&["scan"]).expect(0);
    let text = canary(99);
    home.inward_fed(&["note", "--repo", "zqcanary-repo", "-"], &text)
        .expect(0);
    home.inward_fed(&["note", "-"], "a plain note").expect(0);
    home
}

fn forget(home: &Home, args: &[&str]) -> Run {
    home.inward(&[&["forget"], args].concat())
}

#[test]
fn a_hundred_canaries_of_a_forgotten_repository_are_in_no_byte_and_stay_away() {
    let home = home();
    assert!(traces(&home) > 100);
    let run = forget(&home, &["--repo", "zqcanary-repo", "--yes", "--json"]).expect(0);
    let said = run.json();
    assert_eq!(said["verified"], true, "{said}");
    assert!(said["read"]["sought"].as_u64().unwrap() > 100, "{said}");
    assert!(said["read"]["files"].as_u64().unwrap() > 1, "{said}");
    assert!(!run.stdout.contains("zqcanary"), "the report names nothing");
    assert_eq!(traces(&home), 0);
    home.inward(&["scan", "--full"]).expect(0);
    assert_eq!(traces(&home), 0, "a scan brought it back");
    let log = home.inward(&["log", "all", "--json"]).expect(0);
    assert!(log.stdout.contains("Change a.rs") && log.stdout.contains("a plain note"));
    // Only the owner's word brings it back.
    let path = home.path("zqcanary-repo");
    let path = path.to_str().unwrap();
    let refused = home.inward(&["add", path]).expect(2);
    assert!(
        refused.stderr.contains("was forgotten"),
        "{}",
        refused.stderr
    );
    assert_eq!(traces(&home), 0);
    home.inward(&["add", path, "--again"]).expect(0);
    home.inward(&["scan"]).expect(0);
    assert!(traces(&home) > 100);
}

#[test]
fn without_a_word_nothing_is_erased() {
    let home = home();
    let before = traces(&home);
    let run = forget(&home, &["--repo", "zqcanary-repo"]).expect(2);
    assert!(run.stderr.contains("--yes"), "{}", run.stderr);
    forget(&home, &["--repo", "nothing-so", "--yes"]).expect(1);
    forget(&home, &["--yes"]).expect(2);
    forget(&home, &["--text", "zqcanary", "--yes"]).expect(2);
    assert_eq!(traces(&home), before);
}

#[test]
fn a_terminal_is_told_what_would_go_and_asked_for_the_word() {
    let home = home();
    let start = || {
        Start::inward(&home.path("home"))
            .env("INWARD_DATA_DIR", home.data().to_str().unwrap())
            .cwd(&home.path("home"))
            .args(&["forget", "--repo", "zqcanary-repo"])
            .spawn()
    };
    let mut session = start();
    session.until_text("Type `forget`");
    let screen = session.screen().contents();
    assert!(
        screen.contains("30 would go") && screen.contains("1 would stay"),
        "{screen}"
    );
    session.keys("yes\r");
    assert!(!session.end().success());
    assert!(traces(&home) > 100);
    let mut session = start();
    session.until_text("Type `forget`");
    session.keys("forget\r");
    session.until_text("VERIFIED: 0 of");
    assert!(session.end().success());
    assert_eq!(traces(&home), 0);
}

#[test]
fn a_second_process_that_holds_the_store_makes_it_exit_6_and_then_it_is_done() {
    let home = home();
    let store = home.data().join("inward.db");
    let reader = rusqlite::Connection::open(&store).unwrap();
    reader.execute_batch("BEGIN").unwrap();
    let count = "SELECT count(*) FROM commits";
    let n: i64 = reader.query_row(count, [], |row| row.get(0)).unwrap();
    assert_eq!(n, 31);
    let run = forget(&home, &["--repo", "zqcanary-repo", "--yes"]).expect(6);
    assert!(run.stderr.contains("another program"), "{}", run.stderr);
    assert!(
        run.stderr.contains("next: close every other inward"),
        "{}",
        run.stderr
    );
    reader.execute_batch("COMMIT").unwrap();
    forget(&home, &["--repo", "zqcanary-repo", "--yes"]).expect(0);
    assert_eq!(traces(&home), 0);
}

#[test]
fn another_name_of_the_file_on_the_disk_is_said_by_forget_and_doctor() {
    let home = home();
    let said = home.inward(&["doctor"]).expect(0).stdout;
    assert!(!said.contains("hard link"), "{said}");
    fs::hard_link(home.data().join("inward.db"), home.path("elsewhere")).unwrap();
    let said = home.inward(&["doctor"]).expect(0).stdout;
    assert!(
        said.contains("another name on this disk (a hard link)"),
        "{said}"
    );
    let run = forget(&home, &["--repo", "zqcanary-repo", "--yes"]).expect(0);
    assert!(
        run.stderr.contains("1 other name on this disk"),
        "{}",
        run.stderr
    );
    let run = forget(&home, &["--before", "2026-01-03", "--yes", "--json"]).expect(0);
    assert!(run.stderr.contains("-inum "), "{}", run.stderr);
}

#[test]
fn a_file_that_still_holds_it_is_named_and_is_exit_6() {
    let home = home();
    let copy = home.data().join("copied-by-hand.db");
    fs::copy(home.data().join("inward.db"), &copy).unwrap();
    fs::copy(&copy, home.data().join("inward.db.new")).unwrap();
    let run = forget(&home, &["--repo", "zqcanary-repo", "--yes"]).expect(6);
    assert!(run.stdout.contains("NOT DONE"), "{}", run.stdout);
    assert!(run.stdout.contains("copied-by-hand.db"), "{}", run.stdout);
    assert!(
        !run.stdout.contains("inward.db.new"),
        "its own drafts go: {}",
        run.stdout
    );
    fs::remove_file(copy).unwrap();
    assert_eq!(traces(&home), 0);
}

#[test]
fn what_was_written_for_the_owner_is_named_and_left_alone() {
    let home = home();
    let outbox = home.data().join("outbox");
    fs::create_dir(&outbox).unwrap();
    let written = format!("- {} fixes ZQCANARY-3\n", canary(3));
    fs::write(outbox.join("week.md"), written).unwrap();
    let out = home.data().join("dumped");
    let run = home.inward(&["dump", "-o", out.to_str().unwrap()]);
    let dumped = run.code == 0;
    let run = forget(&home, &["--repo", "zqcanary-repo", "--yes"]).expect(0);
    assert!(run.stdout.contains("week.md"), "{}", run.stdout);
    assert!(
        !dumped || run.stdout.contains("yours to remove"),
        "{}",
        run.stdout
    );
    assert!(outbox.join("week.md").is_file());
}

#[test]
fn forgetting_all_leaves_no_file_of_inwards() {
    let home = home();
    let run = forget(&home, &["--all", "--yes"]).expect(0);
    assert!(run.stdout.contains("VERIFIED: 0 of"), "{}", run.stdout);
    assert!(
        run.stdout.contains("The data folder is empty"),
        "{}",
        run.stdout
    );
    assert_eq!(traces(&home), 0);
    assert_eq!(fs::read_dir(home.data()).unwrap().count(), 0);
    home.inward(&["log"]).expect(1);
}

#[test]
fn a_text_from_standard_input_is_in_no_byte_and_where_it_stays_is_said() {
    let home = home();
    let run = home
        .inward_fed(&["forget", "--text", "-", "--yes"], "zqcanary")
        .expect(0);
    // The repository is called so, which another command forgets.
    assert!(run.stdout.contains("repositories"), "{}", run.stdout);
    let log = home.inward(&["log", "all"]).expect(0);
    assert!(log.stdout.contains("Change a.rs") && !log.stdout.contains("zqcanary0"));
    let run = home
        .inward_fed(&["forget", "--text", "-", "--yes"], "ab")
        .expect(2);
    assert!(run.stderr.contains("three characters"), "{}", run.stderr);
}

#[test]
fn rules_of_ageing_are_asked_for_listed_and_kept() {
    let home = home();
    let listed = home.inward(&["retain", "--json"]).expect(0).json();
    assert_eq!(listed["kinds"].as_array().unwrap().len(), 6, "{listed}");
    home.inward(&["retain", "nothing", "90d"]).expect(2);
    home.inward(&["retain", "commits", "soon"]).expect(2);
    // The commits of this home are of January 2026: with a clock after that they are older.
    let refused = home.inward(&["retain", "commits", "7d"]).expect(2);
    assert!(
        refused.stderr.contains("31 rows are older"),
        "{}",
        refused.stderr
    );
    let run = home.inward(&["retain", "commits", "7d", "--yes"]).expect(0);
    assert!(run.stdout.contains("rows went now"), "{}", run.stdout);
    let log = home.inward(&["log", "all"]).expect(0);
    assert!(!log.stdout.contains("fixes") && !log.stdout.contains("Change a.rs"));
    home.inward(&["retain", "commits", "never"]).expect(0);
    let listed = home.inward(&["retain", "--json"]).expect(0).json();
    assert!(listed["kinds"][1]["after_days"].is_null(), "{listed}");
}

#[test]
fn every_documented_field_is_written_and_no_other() {
    let home = home();
    for document in inward::cli::forget::document::DOCUMENTS {
        let command = document.command.replace("NAME", "zqcanary-repo");
        let args: Vec<&str> = command.split(' ').skip(1).collect();
        let written = home.inward(&args).expect(0).json();
        assert_eq!(written["schema"], document.schema);
        for object in document.objects {
            let mut found = fields_at(&written, object.place).unwrap();
            let mut told: Vec<String> = object.fields.iter().map(|one| one.0.to_owned()).collect();
            found.sort();
            told.sort();
            assert_eq!(found, told, "{} {}", document.command, object.place);
        }
    }
}

/// A small disk of its own, as the kernel lets users make one.
#[cfg(target_os = "linux")]
#[test]
fn forgetting_works_on_a_full_disk() {
    let home = home();
    let disk = home.path("disk");
    fs::create_dir(&disk).unwrap();
    let script = "set -e
        mount -t tmpfs -o size=12m tmpfs \"$DISK\" 2>/dev/null || exit 77
        cp -a \"$DATA/.\" \"$DISK\"
        export INWARD_DATA_DIR=\"$DISK\"
        chmod 700 \"$DISK\"
        \"$INWARD\" scan >/dev/null
        dd if=/dev/zero of=\"$DISK/filler\" bs=4096 2>/dev/null || true
        if \"$INWARD\" scan 2>/dev/null; then exit 78; fi
        \"$INWARD\" forget --repo zqcanary-repo --yes
        rm \"$DISK/filler\"
        if grep -rqaF zqcanary \"$DISK\"; then exit 79; fi
        test -f \"$DISK/ballast\" || \"$INWARD\" scan >/dev/null
        test -f \"$DISK/ballast\"";
    let inward = env!("CARGO_BIN_EXE_inward");
    let out = home
        .command("unshare", Path::new("/"))
        .args(["-rm", "sh", "-c", script])
        .env("DISK", &disk)
        .env("DATA", home.data())
        .env("INWARD", inward)
        .output();
    let Ok(out) = out else {
        eprintln!("SKIPPED: there is no unshare here, so no full disk was tried");
        return;
    };
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&out.stdout),
        String::from_utf8_lossy(&out.stderr)
    );
    if out.status.code() == Some(77) || said.contains("unshare failed") {
        eprintln!("SKIPPED: no file system may be mounted here, so no full disk was tried: {said}");
        return;
    }
    assert!(out.status.success(), "{:?} {said}", out.status.code());
    assert!(said.contains("VERIFIED: 0 of"), "{said}");
}
