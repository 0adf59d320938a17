//! What somebody with the right to write beside a sealed store can do, and what a cut-off sealing
//! or unsealing leaves.

use std::fs;
use std::path::PathBuf;

use inward::store::sealed::{DataKey, Door, Glimpse, Passphrase, is_sealed, witnesses};
use inward::store::{Store, StoreError};
use zeroize::Zeroizing;

use crate::git::NOW;
use crate::own::note;
use crate::sealed::{CHEAP, Sealed, passphrase};

/// A plain store as somebody else would make it, as bytes.
fn planted() -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("inward.db");
    let mut store = Store::open(&path, NOW).unwrap();
    store.add_note(&note("planted")).unwrap();
    drop(store);
    fs::read(&path).unwrap()
}

impl Sealed {
    fn beside(&self, end: &str) -> PathBuf {
        self.folder.path().join(format!("inward.db{end}"))
    }
}

#[test]
fn a_plain_file_in_the_place_of_a_sealed_store_is_exit_4_whichever_witness_is_left() {
    for gone in [&[".previous"][..], &[".lock"], &[]] {
        let sealed = Sealed::new();
        sealed.open().add_note(&note("mine")).unwrap();
        let whole = fs::read(sealed.file()).unwrap();
        let plain = planted();
        fs::write(sealed.file(), &plain).unwrap();
        for end in gone {
            fs::remove_file(sealed.beside(end)).unwrap();
        }
        for opened in [
            Store::open(&sealed.file(), NOW),
            Store::open_reading(&sealed.file(), NOW),
            sealed.door().open(NOW),
            sealed.door().open_reading(NOW),
        ] {
            let error = opened.unwrap_err();
            assert!(matches!(error, StoreError::Replaced { .. }), "{error}");
            assert_eq!(error.exit_code(), 4);
            assert!(
                error
                    .to_string()
                    .contains("a plain file lies where a sealed store was")
            );
        }
        assert_eq!(fs::read(sealed.file()).unwrap(), plain, "left as it is");
        fs::write(sealed.file(), &whole).unwrap();
        assert_eq!(sealed.texts(), ["mine"]);
    }
}

#[test]
fn with_the_key_at_hand_a_plain_file_is_no_store_even_without_a_witness() {
    let sealed = Sealed::new();
    fs::write(sealed.file(), planted()).unwrap();
    fs::remove_file(sealed.beside(".lock")).unwrap();
    let error = sealed.door().open(NOW).unwrap_err();
    assert!(matches!(error, StoreError::Changed { .. }), "{error}");
}

#[test]
fn a_store_that_was_unsealed_opens_and_has_no_witness() {
    let sealed = Sealed::new();
    sealed.open().add_note(&note("mine")).unwrap();
    assert_eq!(witnesses(&sealed.file(), None).len(), 2);
    Store::decrypt(&sealed.file(), &sealed.key, NOW).unwrap();
    assert!(witnesses(&sealed.file(), None).is_empty());
    let store = Store::open(&sealed.file(), NOW).unwrap();
    assert_eq!(store.notes(None).unwrap().len(), 1);
}

#[test]
fn sealing_and_unsealing_cut_short_before_the_swap_leave_what_opens() {
    // Unsealing takes the mark back first: what is left is a sealed store without it.
    let sealed = Sealed::new();
    fs::write(sealed.beside(".lock"), "").unwrap();
    fs::write(sealed.beside(".saving"), planted()).unwrap();
    sealed.open().add_note(&note("mine")).unwrap();
    assert_eq!(sealed.texts(), ["mine"]);
    assert!(witnesses(&sealed.file(), None).contains(&sealed.beside(".lock")));
    Store::decrypt(&sealed.file(), &sealed.key, NOW).unwrap();
    // Sealing marks last: what is left is a plain store without it.
    fs::write(sealed.beside(".saving"), "half of a sealed file").unwrap();
    assert_eq!(
        Store::open(&sealed.file(), NOW)
            .unwrap()
            .notes(None)
            .unwrap()
            .len(),
        1
    );
    let how = (&passphrase("again"), CHEAP);
    Store::encrypt(&sealed.file(), &sealed.key, how, NOW).unwrap();
    assert!(is_sealed(&sealed.file()));
}

#[test]
fn no_new_store_is_written_where_a_sealed_one_is_gone() {
    let sealed = Sealed::new();
    fs::remove_file(sealed.file()).unwrap();
    let error = Store::write_new(&sealed.file(), &planted()).unwrap_err();
    assert!(matches!(error, StoreError::Lost { .. }), "{error}");
    assert!(error.to_string().contains("inward.db.lock"), "{error}");
    assert!(!sealed.file().exists());
    // As the message says.
    fs::remove_file(sealed.beside(".lock")).unwrap();
    Store::write_new(&sealed.file(), &planted()).unwrap();
}

fn flipped(sealed: &Sealed, at: usize) {
    let mut bytes = fs::read(sealed.file()).unwrap();
    bytes[at] ^= 1;
    fs::write(sealed.file(), bytes).unwrap();
}

#[test]
fn damage_names_the_earlier_generation_and_what_it_lacks() {
    let sealed = Sealed::new();
    for text in ["first", "second"] {
        sealed.open().add_note(&note(text)).unwrap();
    }
    flipped(&sealed, 5_000);
    let said = sealed.door().open(NOW).unwrap_err();
    assert_eq!(said.exit_code(), 4);
    let said = said.to_string();
    assert!(
        said.contains("inward.db.previous is whole, and lacks only what the last save held"),
        "{said}"
    );
    assert!(!said.contains("scan"), "{said}");
    // As it says.
    fs::copy(sealed.beside(".previous"), sealed.file()).unwrap();
    assert_eq!(sealed.texts(), ["first"]);
    let damaged = fs::read(sealed.file()).unwrap();
    fs::write(sealed.beside(".previous"), &damaged[..damaged.len() - 1]).unwrap();
    flipped(&sealed, 5_000);
    let said = sealed.door().open(NOW).unwrap_err().to_string();
    assert!(said.contains("does not open either"), "{said}");
    fs::remove_file(sealed.beside(".previous")).unwrap();
    let said = sealed.door().open(NOW).unwrap_err().to_string();
    assert!(said.contains("no earlier generation"), "{said}");
}

#[test]
fn an_altered_name_of_the_key_is_damage_to_whoever_has_the_key() {
    let sealed = Sealed::new();
    for at in [136, 143, 151] {
        flipped(&sealed, at);
        let glimpse = Glimpse::of(&sealed.file()).unwrap().unwrap();
        assert_eq!(glimpse.judge(&sealed.key).unwrap_err().exit_code(), 4);
        assert_eq!(sealed.door().open(NOW).unwrap_err().exit_code(), 4, "{at}");
        let typed = glimpse.unlock(&passphrase("the passphrase")).unwrap_err();
        assert_eq!(typed.exit_code(), 4, "{at}");
        flipped(&sealed, at);
    }
    let glimpse = Glimpse::of(&sealed.file()).unwrap().unwrap();
    assert!(glimpse.judge(&sealed.key).unwrap());
    assert!(!glimpse.judge(&DataKey::random().unwrap()).unwrap());
}

#[test]
fn a_passphrase_that_does_not_fit_may_be_a_damaged_beginning_and_both_are_said() {
    let sealed = Sealed::new();
    sealed.open().add_note(&note("kept")).unwrap();
    flipped(&sealed, 40);
    let glimpse = Glimpse::of(&sealed.file()).unwrap().unwrap();
    let said = glimpse.unlock(&passphrase("the passphrase")).unwrap_err();
    assert_eq!(said.exit_code(), 3);
    let said = said.to_string();
    for part in ["another one", "damaged", "inward.db.previous"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    // With a key that the login kept it is damage.
    assert_eq!(sealed.door().open(NOW).unwrap_err().exit_code(), 4);
    let door = Door::new(&sealed.beside(".previous"), Some(sealed.key.clone()));
    assert!(door.open_reading(NOW).is_ok());
}

#[test]
fn blank_passphrases_and_bytes_that_are_no_text_are_not_fit_to_seal() {
    let of = |bytes: &[u8]| {
        Passphrase::new(Zeroizing::new(bytes.to_vec()))
            .unwrap()
            .unfit()
    };
    assert!(of(b"  \t").unwrap().contains("blank"));
    assert!(of("\u{a0}\u{3000}".as_bytes()).unwrap().contains("blank"));
    assert!(of(b"gr\xfc\xdfe").unwrap().contains("UTF-8"));
    assert_eq!(of(b" a "), None);
    assert_eq!(of("grüße".as_bytes()), None);
}
