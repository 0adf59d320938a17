//! Several commits that landed as one.

use inward::model::history::Relation;
use inward::model::ids::Oid;

use super::support::{ADA, Told, sorted};
use super::{BOB, Desk, replaced};

/// The squash, whether it is mine, and how many commits of mine it swallowed: by the squash.
fn squashes(told: &Told) -> Vec<(Oid, bool, Vec<Oid>)> {
    let found = told.relations.iter().filter_map(|relation| match relation {
        Relation::Squash {
            squash,
            mine,
            members,
            ..
        } => Some((*squash, *mine, members.clone())),
        _ => None,
    });
    let mut found: Vec<_> = found.collect();
    found.sort();
    found.dedup();
    found
}

impl Desk {
    /// `n` commits of mine on a new branch `name`; `main` is checked out afterwards.
    fn branch(&self, name: &str, n: usize) -> Vec<Oid> {
        self.run(&["checkout", "-q", "-b", name, "main"]);
        let made = (0..n).map(|n| self.commit(&format!("{name}{}", n % 2), &format!("Step {n}")));
        let made = made.collect();
        self.run(&["checkout", "-q", "main"]);
        made
    }

    /// Lands `branch` on `main` in one commit of `email`.
    fn land(&self, email: &str, branch: &str, message: &str) -> Oid {
        self.run_as(email, &["merge", "-q", "--squash", branch]);
        self.run_as(email, &["commit", "-q", "-m", message]);
        self.lab.head()
    }
}

#[test]
fn four_commits_that_i_landed_as_one_are_its_members() {
    let desk = Desk::new();
    let members = desk.branch("topic", 4);
    let squash = desk.land(ADA, "topic", "Add it (#3)");
    let told = desk.read(false);
    assert_eq!(squashes(&told), [(squash, true, sorted(members))]);
    assert_eq!((told.oids().len(), told.reading.pending.len()), (6, 0));
}

#[test]
fn a_colleague_lands_mine_on_a_moved_base() {
    let desk = Desk::new();
    let mut members = desk.branch("topic", 3);
    desk.run(&["checkout", "-q", "topic"]);
    desk.commit_as(BOB, "topic0", "Theirs, in between");
    members.push(desk.commit("base", "Edit what was there"));
    desk.run(&["checkout", "-q", "main"]);
    let text = std::fs::read_to_string(desk.lab.repo().join("base")).unwrap();
    desk.lab
        .write("base", format!("on top\n1\n2\n3\n4\n5\n6\n{text}"));
    desk.commit_as(BOB, "other", "Move on");
    let squash = desk.land(BOB, "topic", "Land Ada's");
    desk.commit_as(BOB, "other", "Move on further");
    let told = desk.read(false);
    assert_eq!(squashes(&told), [(squash, false, sorted(members))]);
    assert_eq!(told.reading.pending, []);
}

#[test]
fn a_branch_that_goes_on_after_its_squash_lands_again() {
    let desk = Desk::new();
    let first = desk.branch("topic", 4);
    let one = desk.land(BOB, "topic", "Land it");
    desk.run(&["checkout", "-q", "topic"]);
    let mut second = vec![
        desk.commit("topic0", "More"),
        desk.commit("topic5", "Even more"),
    ];
    let told = desk.read(false);
    let tip = desk.lab.head();
    assert_eq!(squashes(&told), [(one, false, sorted(first.clone()))]);
    assert_eq!(told.reading.pending, [(tip, first[3])]);
    // Brought up to date, and on it goes.
    desk.run(&["merge", "-q", "--no-edit", "-X", "ours", "main"]);
    second.push(desk.commit("topic1", "Last"));
    desk.run(&["checkout", "-q", "main"]);
    let two = desk.land(BOB, "topic", "Land the rest");
    let told = desk.read(false);
    let mut found = vec![
        (one, false, sorted(first)),
        (two, false, sorted(second.clone())),
    ];
    found.sort();
    assert_eq!(squashes(&told), found);
}

#[test]
fn a_deleted_branch_is_found_by_the_reflog_alone() {
    let desk = Desk::new();
    let members = desk.branch("topic", 4);
    let squash = desk.land(ADA, "topic", "Add it");
    desk.run(&["branch", "-q", "-D", "topic"]);
    let told = desk.read(true);
    assert_eq!(squashes(&told), [(squash, true, sorted(members))]);
    let told = desk.read(false);
    assert_eq!((squashes(&told), told.oids().len()), (vec![], 2));
}

#[test]
fn the_head_of_a_request_is_enough() {
    let desk = Desk::new();
    let members = desk.branch("topic", 2);
    let squash = desk.land(BOB, "topic", "Add it");
    desk.run(&["update-ref", "refs/pull/7/head", "topic"]);
    desk.run(&["branch", "-q", "-D", "topic"]);
    assert_eq!(
        squashes(&desk.read(false)),
        [(squash, false, sorted(members))]
    );
}

#[test]
fn what_was_pending_is_found_when_it_lands_later() {
    let desk = Desk::new();
    let mut members = desk.branch("topic", 2);
    let waiting = desk.branch("waiting", 2);
    let first = desk.read(false);
    let base = desk.lab.head();
    assert_eq!(
        first.reading.pending,
        [(waiting[1], base), (members[1], base)]
    );
    // The branch goes on: the longer group takes the place of the shorter one.
    desk.run(&["checkout", "-q", "topic"]);
    members.push(desk.commit("topic0", "More"));
    desk.run(&["checkout", "-q", "main"]);
    let second = desk.read_on(&[&first], false);
    assert_eq!(
        second.reading.pending,
        [(members[2], base), (waiting[1], base)]
    );
    let squash = desk.land(BOB, "topic", "Land it");
    desk.run(&["branch", "-q", "-D", "topic"]);
    let third = desk.read_on(&[&first, &second], false);
    assert_eq!(squashes(&third), [(squash, false, sorted(members))]);
    assert_eq!(third.reading.pending, [(waiting[1], base)]);
    assert_eq!(third.oids(), []);
}

#[test]
fn what_was_pending_and_is_merged_as_it_is_waits_no_longer() {
    let desk = Desk::new();
    desk.branch("topic", 2);
    let first = desk.read(false);
    assert_eq!(first.reading.pending.len(), 1);
    desk.run(&["merge", "-q", "--no-ff", "--no-edit", "topic"]);
    let next = desk.read_on(&[&first], false);
    assert_eq!((squashes(&next), next.reading.pending), (vec![], vec![]));
}

#[test]
fn the_list_that_git_writes_is_believed_whatever_was_edited_on_the_way() {
    let desk = Desk::new();
    let members = desk.branch("topic", 2);
    desk.run(&["merge", "-q", "--squash", "topic"]);
    desk.add_line("topic0");
    desk.add_line("topic1");
    desk.run(&["add", "-A"]);
    desk.run(&["commit", "-q", "--no-edit"]);
    let squash = desk.lab.head();
    let told = desk.read(false);
    assert_eq!(squashes(&told), [(squash, true, sorted(members))]);
}

#[test]
fn a_servers_list_of_subjects_is_believed_when_it_names_me_and_touches_the_same() {
    let desk = Desk::new();
    let members = desk.branch("topic", 2);
    desk.run(&["merge", "-q", "--squash", "topic"]);
    desk.add_line("topic0");
    desk.run(&["add", "-A"]);
    let body = "Add it (#3)\n\n* Step 0\n\nwhy\n\n* Step 1\n\n---------\n\n";
    let named = format!("{body}Co-authored-by: Ada <{ADA}>\n");
    desk.run_as(BOB, &["commit", "-q", "-m", &named]);
    let squash = desk.lab.head();
    desk.commit_as(BOB, "elsewhere", &named);
    desk.commit_as(BOB, "topic0", body);
    let told = desk.read(false);
    assert_eq!(squashes(&told), [(squash, false, sorted(members))]);
}

#[test]
fn one_commit_that_landed_alone_is_no_squash_and_neither_is_one_among_nothings() {
    let desk = Desk::new();
    desk.branch("single", 1);
    desk.land(BOB, "single", "Land it");
    desk.branch("padded", 1);
    desk.run(&["checkout", "-q", "padded"]);
    desk.run(&["commit", "-q", "--allow-empty", "-m", "Run the checks"]);
    desk.run(&["checkout", "-q", "main"]);
    desk.land(BOB, "padded", "Land that");
    assert_eq!(squashes(&desk.read(false)), []);
}

#[test]
fn somebody_elses_group_is_nobodys_business() {
    let desk = Desk::new();
    desk.run(&["checkout", "-q", "-b", "theirs"]);
    desk.commit_as(BOB, "a", "One");
    desk.commit_as(BOB, "a", "Two");
    desk.run(&["checkout", "-q", "main"]);
    desk.land(BOB, "theirs", "Land it");
    let told = desk.read(false);
    assert_eq!((told.relations, told.reading.pending), (vec![], vec![]));
}

#[test]
fn a_commit_fixed_up_twice_is_the_squash_of_all_three() {
    let desk = Desk::new();
    desk.run(&["checkout", "-q", "-b", "topic"]);
    let members = vec![
        desk.commit("a", "First"),
        desk.commit("a", "fixup! First"),
        desk.commit("b", "fixup! First"),
    ];
    desk.run(&["rebase", "-q", "-i", "--autosquash", "main"]);
    let squash = desk.lab.head();
    let told = desk.read(true);
    assert_eq!(squashes(&told), [(squash, true, sorted(members))]);
    assert!(replaced(&told).iter().all(|(_, new)| *new != squash));
}

#[test]
fn a_branch_that_landed_commit_by_commit_neither_is_a_squash_nor_waits() {
    let desk = Desk::new();
    desk.branch("topic", 3);
    desk.commit_as(BOB, "other", "Move on");
    desk.run_as(BOB, &["cherry-pick", "main..topic"]);
    let told = desk.read(false);
    assert_eq!(told.oids().len(), 7);
    assert_eq!((told.relations, told.reading.pending), (vec![], vec![]));
}

#[test]
fn a_branch_lands_twice_between_readings() {
    let desk = Desk::new();
    let first = desk.branch("topic", 2);
    let mut past = vec![desk.read(false)];
    let read_on = |past: &mut Vec<Told>| {
        let all: Vec<&Told> = past.iter().collect();
        let told = desk.read_on(&all, false);
        past.push(told);
        squashes(&past[past.len() - 1])
    };
    let one = desk.land(ADA, "topic", "Land it (#1)");
    assert_eq!(read_on(&mut past), [(one, true, sorted(first.clone()))]);
    desk.run(&["checkout", "-q", "topic"]);
    let second = vec![desk.commit("topic0", "More"), desk.commit("new", "Last")];
    desk.run(&["checkout", "-q", "main"]);
    assert_eq!(read_on(&mut past), []);
    assert_eq!(past[2].reading.pending, [(second[1], first[1])]);
    // What a squash holds of the branch is not part of its next one.
    desk.run(&["merge", "-q", "--squash", "-X", "theirs", "topic"]);
    desk.run(&["commit", "-q", "-m", "Land the rest (#2)"]);
    let two = desk.lab.head();
    assert_eq!(read_on(&mut past), [(two, true, sorted(second.clone()))]);
    assert_eq!(past[3].reading.pending, []);
    let mut both = vec![(one, true, sorted(first)), (two, true, sorted(second))];
    both.sort();
    assert_eq!(squashes(&desk.read(false)), both);
}

#[test]
fn a_colleagues_commit_on_top_of_mine_does_not_hide_them() {
    let desk = Desk::new();
    let members = desk.branch("topic", 2);
    let first = desk.read(false);
    desk.run(&["checkout", "-q", "topic"]);
    let theirs = desk.commit_as(BOB, "topic0", "Theirs, on top");
    desk.run(&["checkout", "-q", "main"]);
    let second = desk.read_on(&[&first], false);
    let base = desk.lab.head();
    assert_eq!(second.reading.pending, [(theirs, base)]);
    let squash = desk.land(ADA, "topic", "Land it");
    let third = desk.read_on(&[&first, &second], false);
    assert_eq!(squashes(&third), [(squash, true, sorted(members.clone()))]);
    assert_eq!(third.reading.pending, []);
    // Both at once.
    let next = desk.read_on(&[&first], false);
    assert_eq!(squashes(&next), [(squash, true, sorted(members))]);
}

#[test]
fn a_list_of_subjects_over_less_than_half_of_the_files_is_not_believed() {
    for (touched, believed) in [(1, false), (2, true)] {
        let desk = Desk::new();
        desk.run(&["checkout", "-q", "-b", "topic"]);
        let members = vec![desk.commit("a", "Step 0"), {
            desk.add_line("b");
            desk.commit("c", "Step 1")
        }];
        desk.run(&["checkout", "-q", "main"]);
        for file in &["a", "b", "c"][..touched] {
            desk.add_line(file);
        }
        let message = "Tidy up\n\n* Step 0\n\n* Step 1\n";
        let squash = desk.commit("elsewhere", message);
        let found = squashes(&desk.read(false));
        let expected = [(squash, true, sorted(members))];
        assert_eq!(found, &expected[..usize::from(believed)], "{touched}");
    }
}

#[test]
fn a_squash_that_was_merged_back_into_its_branch_is_found_under_what_came_after() {
    let desk = Desk::new();
    let members = desk.branch("topic", 2);
    let squash = desk.land(BOB, "topic", "Land it (#3)");
    desk.run(&["checkout", "-q", "topic"]);
    desk.run(&["merge", "-q", "--no-edit", "main"]);
    desk.commit("after", "Go on");
    let told = desk.read(false);
    assert_eq!(squashes(&told), [(squash, false, sorted(members))]);
    let tip = desk.lab.head();
    assert_eq!(told.reading.pending, [(tip, squash)]);
}

#[test]
fn work_after_a_squash_that_came_to_nothing_is_not_part_of_it() {
    let desk = Desk::new();
    let members = desk.branch("topic", 2);
    let squash = desk.land(ADA, "topic", "Land it");
    desk.run(&["checkout", "-q", "topic"]);
    desk.commit("topic0", "Try");
    desk.run(&["revert", "--no-edit", "HEAD"]);
    let told = desk.read(false);
    assert_eq!(squashes(&told), [(squash, true, sorted(members))]);
}

#[test]
fn a_squash_by_a_clock_that_is_behind_is_found_all_the_same() {
    let desk = Desk::new();
    desk.commit_as(BOB, "other", "Move on");
    let members = desk.branch("topic", 2);
    desk.move_clock(-3_600);
    let squash = desk.land(BOB, "topic", "Land it");
    let told = desk.read(false);
    assert_eq!(squashes(&told), [(squash, false, sorted(members))]);
}
