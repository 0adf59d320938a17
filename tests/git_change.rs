//! What kind of change a commit is: the same one again, a mass reformatting, a move, one that
//! the repository itself says to look through. Made by real `git`.

#![cfg(unix)]
#![cfg(test)]

mod support;

use std::fmt::Write as _;

use inward::model::commit::{Category, FileChange, mark};
use inward::model::ids::Oid;
use support::{ADA, Lab, Told, me, read, read_with, sorted};

fn numbered(from: u32, to: u32) -> String {
    (from..to).fold(String::new(), |text, n| text + &format!("let line_{n};\n"))
}

/// A file of forty lines on `main`, and a branch `topic` with `n` commits of mine, each of which
/// changes one line in its middle and adds a file.
fn with_topic(lab: &mut Lab, n: u32) -> Vec<Oid> {
    lab.write("a.rs", numbered(0, 40));
    lab.commit_as(ADA, "Base");
    lab.git(&["switch", "-q", "-c", "topic"]);
    let mut text = numbered(0, 40);
    let mut made = Vec::new();
    for at in 0..n {
        text = text.replace(&format!("line_{};", 10 + 3 * at), &format!("changed_{at};"));
        lab.write("a.rs", &text);
        lab.write(format!("new{at}.rs"), format!("fn new_{at}() {{}}\n"));
        made.push(lab.commit_as(ADA, &format!("Step {at}")));
    }
    lab.git(&["switch", "-q", "main"]);
    made
}

fn patch(told: &Told, oid: Oid) -> u64 {
    told.commit(oid)
        .patch
        .expect("the commit changes something")
}

#[test]
fn a_rebased_commit_is_the_same_change_wherever_it_lands() {
    let mut lab = Lab::new();
    let before = with_topic(&mut lab, 3);
    lab.write("a.rs", format!("// a head\n{}// a tail\n", numbered(0, 40)));
    lab.commit_as("bob@example.org", "Around it");
    lab.git(&["branch", "kept", "topic"]);
    lab.git(&["rebase", "-q", "main", "topic"]);
    let after = lab.git(&["rev-list", "--reverse", "main..topic"]);
    let after: Vec<Oid> = after.lines().map(|line| line.parse().unwrap()).collect();
    assert_eq!(after.len(), 3);
    let told = read(&lab.place());
    assert_eq!((told.oids().len(), told.warnings().as_str()), (7, ""));
    for (old, new) in before.iter().zip(&after) {
        assert_ne!(old, new);
        assert_eq!(patch(&told, *old), patch(&told, *new));
    }
    let mut all: Vec<u64> = before.iter().map(|oid| patch(&told, *oid)).collect();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 3, "three changes are three");
}

#[test]
fn a_cherry_picked_commit_is_the_same_change_and_its_revert_is_another() {
    let mut lab = Lab::new();
    let made = with_topic(&mut lab, 2);
    lab.git(&["cherry-pick", &made[0].to_string()]);
    let picked = lab.head();
    lab.git(&["revert", "--no-edit", "HEAD"]);
    let reverted = lab.head();
    let told = read(&lab.place());
    assert_eq!(patch(&told, picked), patch(&told, made[0]));
    assert_eq!(patch(&told, picked).wrapping_neg(), patch(&told, reverted));
    assert_ne!(patch(&told, picked), patch(&told, reverted));
}

#[test]
fn a_squash_of_four_is_the_sum_of_the_four() {
    let mut lab = Lab::new();
    let made = with_topic(&mut lab, 4);
    lab.write("other.rs", "fn other() {}\n");
    lab.commit_as("bob@example.org", "Meanwhile");
    lab.git(&["merge", "-q", "--squash", "topic"]);
    let squash = lab.commit_as(ADA, "All of it");
    let told = read(&lab.place());
    let sum = made
        .iter()
        .fold(0_u64, |sum, oid| sum.wrapping_add(patch(&told, *oid)));
    assert_eq!(patch(&told, squash), sum);
    assert!(made.iter().all(|oid| patch(&told, *oid) != sum));
}

#[test]
fn merges_empty_commits_and_white_space_have_no_identity_and_excluded_files_have() {
    let mut lab = Lab::new();
    lab.write("a.rs", "one\ntwo\n");
    let base = lab.commit_as(ADA, "Base");
    let empty = lab.commit_as(ADA, "Empty");
    lab.write("a.rs", "\tone\n\n\ttwo\n");
    let spaces = lab.commit_as(ADA, "Indent");
    lab.git(&["switch", "-q", "-c", "side", &base.to_string()]);
    lab.write("vendor/b.rs", "three\n");
    let vendored = lab.commit_as(ADA, "Side");
    lab.git(&["merge", "-q", "-m", "Merge", "main"]);
    let merge = lab.head();
    let exclude = ["vendor".to_owned()];
    let told = read_with(&lab.place(), &me(&[ADA]), |r| r.exclude = &exclude).unwrap();
    for oid in [empty, spaces, merge] {
        assert_eq!(told.commit(oid).patch, None);
    }
    assert!(told.commit(vendored).files.is_empty());
    assert!(told.commit(vendored).patch.is_some());
}

/// A module as somebody writes it who has no formatter: `n` makes it another one.
fn unformatted(n: u32) -> String {
    let mut text = format!("const util{n} = require(\"util{n}\")\n\n");
    for at in 0..12 {
        write!(
            text,
            "function handle{at}(request, reply) {{\n        const answer = {{ id: {at}, name: \"n{n}\", tags: [\"a\", \"b\"] }}\n        if (request.id == answer.id) {{ reply.send(answer, {{ status: {at}00 }}) }}\n        return answer\n}}\n\n"
        )
        .unwrap();
    }
    text
}

/// The same module as a formatter leaves it.
fn formatted(n: u32) -> String {
    let mut text = format!("const util{n} = require('util{n}');\n\n");
    for at in 0..12 {
        write!(
            text,
            "function handle{at}(request, reply) {{\n  const answer = {{\n    id: {at},\n    name: 'n{n}',\n    tags: ['a', 'b'],\n  }};\n  if (request.id == answer.id) {{\n    reply.send(answer, {{ status: {at}00 }});\n  }}\n  return answer;\n}}\n\n"
        )
        .unwrap();
    }
    text
}

fn write_all(lab: &Lab, text: impl Fn(u32) -> String) {
    for n in 0..8 {
        lab.write(format!("src/m{n}.js"), text(n));
    }
}

fn is_reformatting(told: &Told, oid: Oid) -> bool {
    told.commit(oid).marks & mark::REFORMAT != 0
}

#[test]
fn a_formatters_mass_commit_is_recognised_by_its_content() {
    let mut lab = Lab::new();
    write_all(&lab, unformatted);
    let written = lab.commit_as(ADA, "Write it");
    write_all(&lab, formatted);
    let mass = lab.commit_as(ADA, "Tidy up");
    lab.write("src/m0.js", unformatted(0));
    let small = lab.commit_as(ADA, "Prettier");
    write_all(&lab, |n| {
        formatted(n).replace("  ", "\t").replace('\n', "\r\n")
    });
    let tabs = lab.commit_as(ADA, "Tabs and line ends");
    let told = read(&lab.place());
    assert!(is_reformatting(&told, mass) && is_reformatting(&told, tabs));
    assert!(
        !is_reformatting(&told, written),
        "new files say something new"
    );
    assert!(
        !is_reformatting(&told, small),
        "one file is no mass, whatever it is called"
    );
}

#[test]
fn a_commit_that_reformats_and_changes_much_is_not_a_reformatting() {
    let mut lab = Lab::new();
    write_all(&lab, unformatted);
    lab.commit_as(ADA, "Write it");
    write_all(&lab, |n| {
        let text = formatted(n);
        if n < 2 {
            text.replace("answer", "result")
        } else {
            text
        }
    });
    let mixed = lab.commit_as(ADA, "Prettier and a new name");
    write_all(&lab, |n| formatted(n).replace("request", "asked"));
    let renamed = lab.commit_as(ADA, "Another name everywhere");
    write_all(&lab, |n| formatted(n).replace("00 }", "01 }"));
    let numbers = lab.commit_as(ADA, "Other numbers");
    let told = read(&lab.place());
    for oid in [mixed, renamed, numbers] {
        assert!(
            !is_reformatting(&told, oid),
            "{:?}",
            told.commit(oid).summary
        );
    }
}

#[test]
fn a_reformatting_of_what_is_not_counted_is_none() {
    let mut lab = Lab::new();
    for folder in ["vendor", "node_modules/x"] {
        for n in 0..8 {
            lab.write(format!("{folder}/m{n}.js"), unformatted(n));
        }
    }
    lab.write("src/own.js", "let a = 1\n");
    lab.commit_as(ADA, "Drop it in");
    for folder in ["vendor", "node_modules/x"] {
        for n in 0..8 {
            lab.write(format!("{folder}/m{n}.js"), formatted(n));
        }
    }
    lab.write("src/own.js", "let a = 2\n");
    let update = lab.commit_as(ADA, "Format what is not ours");
    assert!(!is_reformatting(&read(&lab.place()), update));
}

fn ignored(told: &Told) -> Vec<Oid> {
    told.ignored
        .clone()
        .expect("the list is told, though it be empty")
}

#[test]
fn the_lists_that_blame_looks_through_are_told_in_every_reading() {
    let mut lab = Lab::new();
    let commits: Vec<Oid> = (0..4).map(|_| lab.mine("a.rs")).collect();
    assert_eq!(ignored(&read(&lab.place())), []);
    let [a, b, c, d] = commits[..] else { panic!() };
    let short = a.short();
    lab.write(
        ".git-blame-ignore-revs",
        format!("# Prettier\n{a}\n\n{b} # black\n{short}\n"),
    );
    lab.write("tools/more-revs", format!("{c}\n{a}\n"));
    lab.commit_as(ADA, "Lists");
    // Only what is committed counts, as the list is part of what the repository says.
    lab.write(".git-blame-ignore-revs", format!("{d}\n"));
    let told = read(&lab.place());
    assert_eq!(ignored(&told), sorted(vec![a, b]));

    lab.git(&["config", "blame.ignoreRevsFile", "tools/more-revs"]);
    lab.git(&["config", "--add", "blame.ignoreRevsFile", "../outside"]);
    std::fs::write(lab.path("outside"), format!("{d}\n")).unwrap();
    let tips = told.reading.tips;
    let again = read_with(&lab.place(), &me(&[ADA]), |r| r.frontier = &tips).unwrap();
    assert_eq!(again.reading.walked, 0);
    assert_eq!(ignored(&again), sorted(vec![a, b, c]));
}

#[test]
fn a_move_is_told_apart_from_a_rename_with_edits() {
    let mut lab = Lab::new();
    lab.write("a.rs", numbered(0, 30));
    lab.write("b.rs", numbered(50, 80));
    lab.commit_as(ADA, "Base");
    lab.git(&["mv", "a.rs", "moved.rs"]);
    lab.git(&["mv", "b.rs", "edited.rs"]);
    lab.write("edited.rs", numbered(50, 82));
    let told = {
        let oid = lab.commit_as(ADA, "Move");
        let told = read(&lab.place());
        told.commit(oid).clone()
    };
    let moves: Vec<_> = told.files.iter().map(FileChange::is_move).collect();
    let lines: Vec<_> = told.files.iter().map(|file| file.lines.unwrap()).collect();
    assert_eq!(moves, [false, true]);
    assert!(told.files.iter().all(|file| file.old_path.is_some()));
    assert_eq!((lines[0].added, lines[1].added), (2, 0));
}

#[test]
fn what_the_owner_says_of_files_on_this_machine_has_the_last_word() {
    let mut lab = Lab::new();
    lab.write(".gitattributes", "*.rs linguist-generated\n");
    lab.write("sub/.gitattributes", "*.rs linguist-vendored\n");
    lab.write("sub/a.rs", "a\n");
    lab.write("sub/b.rs", "b\n");
    lab.commit_as(ADA, "All of it");
    let info = lab.repo().join(".git/info");
    std::fs::create_dir_all(&info).unwrap();
    std::fs::write(
        info.join("attributes"),
        "sub/b.rs -linguist-vendored -linguist-generated\n",
    )
    .unwrap();
    let told = read(&lab.place());
    let of = |path: &str| {
        let mut files = told.commits[0].files.iter();
        let file = files.find(|f| f.path.as_bytes() == path.as_bytes());
        file.unwrap().category
    };
    assert_eq!(of("sub/a.rs"), Category::Vendored);
    assert_eq!(of("sub/b.rs"), Category::Source);
}
