//! The chain against every change that somebody could make to the file.

use proptest::prelude::*;
use rusqlite::params;

use super::*;

const NOW: i64 = 1_790_000_000;

/// A log of so many entries of several kinds.
fn log(entries: u64) -> Store {
    let mut store = Store::memory(NOW).unwrap();
    let acts: Vec<Action> = Action::all().collect();
    for (n, act) in (0..entries).zip(acts.into_iter().cycle()) {
        let object = format!("repository {}", n % 3);
        store.audit(act, &object, n * 7).unwrap();
    }
    store
}

fn verdict(store: &Store, receipt: Option<&str>) -> AuditState {
    store.audit_verify(receipt).unwrap()
}

/// Changes the log behind the store's back.
fn edit(store: &Store, sql: &str) {
    assert!(store.conn.execute(sql, []).unwrap() > 0, "{sql}");
}

#[test]
fn an_edited_entry_is_named() {
    for what in [
        "n = 9",
        "n = -1",
        "day = day + 1",
        "day = day + 4294967296",
        "action = 'dump'",
        "action = action || char(7)",
        "object = object || char(8203)",
        "prev = zeroblob(32)",
        "mac = zeroblob(32)",
        "mac = x''",
    ] {
        let store = log(5);
        assert_eq!(verdict(&store, None), AuditState::Ok(5));
        edit(&store, &format!("UPDATE audit SET {what} WHERE seq = 3"));
        assert_eq!(verdict(&store, None), AuditState::Altered(3), "{what}");
    }
}

#[test]
fn a_missing_entry_is_a_gap_and_one_too_many_is_altered() {
    let store = log(5);
    edit(&store, "DELETE FROM audit WHERE seq = 2");
    assert_eq!(verdict(&store, None), AuditState::Gap(2));
    let store = log(5);
    edit(&store, "DELETE FROM audit WHERE seq = 1");
    assert_eq!(verdict(&store, None), AuditState::Gap(1));
    let store = log(5);
    edit(
        &store,
        "INSERT INTO audit SELECT 0, day, action, object, n, prev, mac FROM audit WHERE seq = 1",
    );
    assert_eq!(verdict(&store, None), AuditState::Altered(1));
    let store = log(5);
    edit(
        &store,
        "INSERT INTO audit SELECT 6, day, action, object, n, mac, mac FROM audit WHERE seq = 5",
    );
    assert_eq!(verdict(&store, None), AuditState::Altered(6));
}

#[test]
fn a_cut_end_is_seen_only_against_a_receipt() {
    let store = log(5);
    let receipt = store.audit_receipt().unwrap().unwrap();
    assert_eq!(receipt.len(), 16);
    assert_eq!(verdict(&store, Some(&receipt)), AuditState::Ok(5));
    edit(&store, "DELETE FROM audit WHERE seq = 5");
    // What the promise does not hold: nothing tells of it without the receipt.
    assert_eq!(verdict(&store, None), AuditState::Ok(4));
    let with = verdict(&store, Some(&receipt));
    assert_eq!(with, AuditState::ShorterThanReceipt);
}

#[test]
fn an_older_copy_that_went_on_is_shorter_than_the_receipt_too() {
    let mut store = log(5);
    let receipt = store.audit_receipt().unwrap().unwrap();
    edit(&store, "DELETE FROM audit WHERE seq = 5");
    for n in 0..4 {
        store.audit(Action::Scan, "repository 9", n).unwrap();
    }
    assert_eq!(verdict(&store, None), AuditState::Ok(8));
    let with = verdict(&store, Some(&receipt));
    assert_eq!(with, AuditState::ShorterThanReceipt);
}

#[test]
fn a_receipt_holds_while_the_log_grows_and_however_it_is_typed() {
    let mut store = log(5);
    let receipt = store.audit_receipt().unwrap().unwrap();
    store.audit(Action::Dump, "", 1).unwrap();
    let (first, second) = receipt.split_at(8);
    for typed in [
        receipt.clone(),
        receipt.to_uppercase(),
        format!(" {first} {second}\n"),
        format!("{first}-{second}"),
    ] {
        assert_eq!(verdict(&store, Some(&typed)), AuditState::Ok(6), "{typed}");
    }
}

#[test]
fn a_receipt_of_another_store_or_a_mistyped_one_is_not_on_this_chain() {
    let (store, other) = (log(5), log(9));
    let receipt = store.audit_receipt().unwrap().unwrap();
    let foreign = other.audit_receipt().unwrap().unwrap();
    let last = if receipt.ends_with('0') { '1' } else { '0' };
    let mistyped = format!("{}{last}", &receipt.chars().take(15).collect::<String>());
    let short: String = receipt.chars().take(12).collect();
    for given in [foreign, mistyped, short, String::new(), "what".to_owned()] {
        let with = verdict(&store, Some(&given));
        assert_eq!(with, AuditState::NotOnThisChain, "{given}");
    }
}

#[test]
fn an_empty_log_is_fine_and_has_no_receipt() {
    let store = log(0);
    assert_eq!(verdict(&store, None), AuditState::Ok(0));
    assert_eq!(store.audit_receipt().unwrap(), None);
    assert_eq!(store.last_check().unwrap(), None);
    let state = store.log_state(3).unwrap();
    assert_eq!((state.entries, state.verdict.as_str()), (0, "empty"));
}

#[test]
fn a_word_of_another_version_is_shown_and_is_no_damage() {
    let mut store = log(2);
    // As an older version wrote it: the same chain, a word that is none of today's.
    let (key, prev) = (
        store.key.clone(),
        chain::last(&store.conn).unwrap().unwrap().1,
    );
    let (day, n) = (store.today, 4_u64);
    let parts: [&[u8]; 5] = [
        &3_u64.to_le_bytes(),
        &day.to_le_bytes(),
        b"reflog-on",
        b"reflog",
        &n.to_le_bytes(),
    ];
    let mac = key.audit(&prev, &parts);
    let insert = "INSERT INTO audit VALUES (3, ?1, 'reflog-on', 'reflog', 4, ?2, ?3)";
    store.conn.execute(insert, params![day, prev, mac]).unwrap();
    store.audit(Action::Scan, "repository 1", 1).unwrap();
    assert_eq!(verdict(&store, None), AuditState::Ok(4));
    let state = store.log_state(2).unwrap();
    assert_eq!(state.newest[1].action.as_str(), "reflog-on");
    assert_eq!(state.newest[1].says(), "4");
    assert_eq!(state.newest[0].says(), "1 commit added");
}

#[test]
fn the_lock_level_is_written_when_it_is_another_one() {
    let mut store = Store::memory(NOW).unwrap();
    assert!(store.note_lock_level("enforced", 6).unwrap());
    assert!(!store.note_lock_level("enforced", 6).unwrap());
    store.audit(Action::Scan, "repository 1", 1).unwrap();
    assert!(!store.note_lock_level("enforced", 6).unwrap());
    assert!(store.note_lock_level("by-build", 2).unwrap());
    assert!(store.note_lock_level("enforced", 6).unwrap());
    assert_eq!(store.audit_rows().unwrap().len(), 4);
}

#[test]
fn the_state_counts_shares_and_knows_the_last_self_test() {
    let mut store = Store::memory(NOW - 40 * 86_400).unwrap();
    store.audit(Action::SelfTest, "held", 20).unwrap();
    let tested = store.last_check().unwrap().unwrap();
    assert_eq!(tested.to_string(), "2026-08-12");
    store.today += 40;
    store.audit(Action::Share, "handover", 900).unwrap();
    let state = store.log_state(1).unwrap();
    assert_eq!((state.entries, state.shares), (2, 1));
    assert_eq!(state.newest.len(), 1);
    assert_eq!(state.newest[0].day.to_string(), "2026-09-21");
    assert_eq!(store.last_check().unwrap(), Some(tested));
}

/// One change of the file that is not the cutting of its end.
#[derive(Clone, Debug)]
enum Change {
    /// A byte of a column becomes another one.
    Byte {
        row: usize,
        column: usize,
        at: usize,
        by: u8,
    },
    /// A row goes.
    Row(usize),
    /// Two rows change places.
    Swap(usize, usize),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        (any::<usize>(), 0..7_usize, any::<usize>(), 1..=255_u8).prop_map(
            |(row, column, at, by)| Change::Byte {
                row,
                column,
                at,
                by
            }
        ),
        any::<usize>().prop_map(Change::Row),
        (any::<usize>(), 1..usize::MAX).prop_map(|(one, way)| Change::Swap(one, way)),
    ]
}

/// Makes the change in a log of `len` entries, as whoever can write the file would.
fn make(store: &Store, len: u64, change: &Change) {
    let len = usize::try_from(len).unwrap();
    let conn = &store.conn;
    match *change {
        Change::Byte {
            row,
            column,
            at,
            by,
        } => {
            let seq = row % len + 1;
            let column = ["seq", "day", "action", "object", "n", "prev", "mac"][column];
            let sql = format!("SELECT {column} FROM audit WHERE seq = ?1");
            let number = conn.query_row(&sql, [seq], |row| row.get::<_, i64>(0));
            if let Ok(number) = number {
                let changed = number ^ (i64::from(by) << (8 * (at % 8)));
                let sql = format!("UPDATE audit SET {column} = ?2 WHERE seq = ?1");
                // A number that is taken is none that a row could be given.
                let done = conn.execute(&sql, params![seq, changed]);
                or_else_the_number(done.is_ok(), store, seq);
                return;
            }
            let bytes = |row: &rusqlite::Row<'_>| Ok(row.get_ref(0)?.as_bytes()?.to_vec());
            let mut bytes: Vec<u8> = conn.query_row(&sql, [seq], bytes).unwrap();
            if bytes.is_empty() {
                bytes.push(by);
            } else {
                let at = at % bytes.len();
                bytes[at] ^= by;
            }
            let cast = if matches!(column, "prev" | "mac") {
                "?2"
            } else {
                "CAST(?2 AS TEXT)"
            };
            let sql = format!("UPDATE audit SET {column} = {cast} WHERE seq = ?1");
            conn.execute(&sql, params![seq, bytes]).unwrap();
        }
        // Not the last one: that is a cut end.
        Change::Row(row) => {
            let seq = row % (len - 1) + 1;
            conn.execute("DELETE FROM audit WHERE seq = ?1", [seq])
                .unwrap();
        }
        Change::Swap(one, way) => {
            let one = one % len;
            let other = (one + 1 + way % (len - 1)) % len;
            assert_ne!(one, other);
            for (from, to) in [
                (one + 1, 1_000_000),
                (other + 1, one + 1),
                (1_000_000, other + 1),
            ] {
                let sql = "UPDATE audit SET seq = ?2 WHERE seq = ?1";
                assert_eq!(conn.execute(sql, params![from, to]).unwrap(), 1);
            }
        }
    }
}

/// Where that number was taken, the entry counts one more instead.
fn or_else_the_number(done: bool, store: &Store, seq: usize) {
    if !done {
        let sql = "UPDATE audit SET n = n + 1 WHERE seq = ?1";
        store.conn.execute(sql, [seq]).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_byte_row_or_order_that_changed_is_seen(len in 2..12_u64, change in change()) {
        let store = log(len);
        prop_assert_eq!(verdict(&store, None), AuditState::Ok(len));
        make(&store, len, &change);
        prop_assert!(!verdict(&store, None).is_ok(), "{:?}", change);
    }

    #[test]
    fn any_cut_is_shorter_than_the_receipt_and_no_other_store_holds_it(
        len in 1..12_u64, cut in any::<u64>(),
    ) {
        let store = log(len);
        let receipt = store.audit_receipt().unwrap().unwrap();
        let from = cut % len + 1;
        store.conn.execute("DELETE FROM audit WHERE seq >= ?1", [from]).unwrap();
        prop_assert_eq!(verdict(&store, None), AuditState::Ok(from - 1));
        prop_assert_eq!(verdict(&store, Some(&receipt)), AuditState::ShorterThanReceipt);
        let other = verdict(&log(len), Some(&receipt));
        // That it is not on this chain says a test of its own: of so many random keys, one may give
        // the same four digits.
        prop_assert!(!other.is_ok());
    }
}

#[test]
fn an_entry_planted_at_the_greatest_number_is_damage_and_no_error_of_the_database() {
    let mut store = log(3);
    edit(
        &store,
        "INSERT INTO audit SELECT 9223372036854775807, day, action, object, n, prev, mac
         FROM audit WHERE seq = 3",
    );
    assert_eq!(verdict(&store, None), AuditState::Gap(4));
    let error = store.audit(Action::Scan, "repository 1", 1).unwrap_err();
    assert_eq!(error.exit_code(), 4, "{error}");
    assert!(error.to_string().contains("planted"), "{error}");
}
