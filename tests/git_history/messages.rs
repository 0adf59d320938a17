//! What messages say: reverts, co-authors, tasks, lists of squashed commits.

use inward::model::commit::mark;
use inward::model::history::Relation;
use inward::model::ids::Oid;

use super::support::{ADA, Lab, Told, me, read, read_with};
use super::{BOB, Desk};

fn reverts(told: &Told) -> Vec<(Oid, Oid)> {
    let pairs = told.relations.iter().filter_map(|relation| match relation {
        Relation::Reverts { commit, reverted } => Some((*commit, *reverted)),
        _ => None,
    });
    pairs.collect()
}

fn pairings(told: &Told) -> Vec<(Oid, &str)> {
    let pairs = told.relations.iter().filter_map(|relation| match relation {
        Relation::Pairing { oid, address, .. } => Some((*oid, address.as_str())),
        _ => None,
    });
    pairs.collect()
}

#[test]
fn a_revert_of_mine_is_tied_to_what_it_takes_back_and_one_of_somebody_elses_commit_is_not() {
    let desk = Desk::new();
    let mine = desk.commit("a", "Mine");
    let theirs = desk.commit_as(BOB, "b", "Theirs");
    desk.run(&["revert", "--no-edit", &mine.to_string()]);
    let first = desk.lab.head();
    desk.run(&["revert", "--no-edit", &theirs.to_string()]);
    let second = desk.lab.head();
    let short = format!("Take it back\n\nThis reverts commit {}.", first.short());
    let third = desk.commit("a", &short);
    let told = desk.read(false);
    assert_eq!(reverts(&told), [(third, first), (first, mine)]);
    for (oid, marks) in [(first, mark::REVERT), (second, mark::REVERT), (mine, 0)] {
        assert_eq!(told.commit(oid).marks, marks);
    }
}

#[test]
fn a_revert_finds_what_an_earlier_reading_stored() {
    let desk = Desk::new();
    let mine = desk.commit("a", "Mine");
    desk.commit("b", "More");
    let told = desk.read(false);
    desk.run(&["revert", "--no-edit", &mine.to_string()]);
    let next = desk.read_on(&[&told], false);
    assert_eq!(reverts(&next), [(desk.lab.head(), mine)]);
}

#[test]
fn somebody_elses_commit_that_names_me_is_a_pairing_and_no_commit_of_mine() {
    let desk = Desk::new();
    let trailer = "With me\n\nCo-Authored-By: Ada <ADA@example.org>\n";
    let one = desk.commit_as(BOB, "a", trailer);
    desk.commit_as(BOB, "a", "Without\n\nCo-authored-by: Zoe <zoe@x>\n");
    let mine = desk.commit("a", "Mine\n\nCo-authored-by: Ada <ada@example.org>\n");
    let bot = desk.commit_as("1+robot[bot]@users.noreply.github.com", "b", trailer);
    let told = desk.read(false);
    assert_eq!(pairings(&told).len(), 2);
    assert!(
        [one, bot]
            .iter()
            .all(|oid| pairings(&told).contains(&(*oid, ADA)))
    );
    assert_eq!(told.oids().len(), 2);
    assert!(told.oids().contains(&mine));
}

#[test]
fn a_pairing_under_an_old_address_is_found_through_the_mailmap() {
    let desk = Desk::new();
    desk.lab
        .write(".mailmap", "Ada <ada@example.org> <old@x>\n");
    desk.commit("b", "Map");
    let one = desk.commit_as(BOB, "a", "With me\n\nCo-authored-by: A <old@x>\n");
    assert_eq!(pairings(&desk.read(false)), [(one, ADA)]);
}

#[test]
fn since_holds_for_pairings_and_an_old_commit_of_mine_is_none() {
    let mut lab = Lab::new();
    lab.write("a", "1\n");
    lab.commit_as(ADA, "Mine\n\nCo-authored-by: Ada <ada@example.org>");
    lab.write("a", "2\n");
    lab.commit_as(BOB, "Theirs\n\nCo-authored-by: Ada <ada@example.org>");
    lab.mine("b");
    assert_eq!(read(&lab.place()).relations.len(), 1);
    let day = chrono::NaiveDate::from_ymd_opt(2030, 1, 1);
    let place = lab.place();
    let told = read_with(&place, &me(&[ADA]), |request| request.since = day).unwrap();
    assert_eq!((told.relations, told.commits), (vec![], vec![]));
}

#[test]
fn a_message_names_two_tasks_and_false_keys_name_none() {
    let desk = Desk::new();
    let two = desk.commit("a", "PAY-1: Do it\n\nRefs: PAY-2\n");
    let none = desk.commit("a", "Read UTF-8, hash by SHA-256\n");
    let told = desk.read(false);
    let named = |oid: Oid| -> Vec<String> {
        let mentions = told.commit(oid).mentions.iter();
        mentions.map(|one| one.token.as_str().to_owned()).collect()
    };
    assert_eq!(named(two), ["PAY-1", "PAY-2"]);
    assert_eq!(named(none), [""; 0]);
}
