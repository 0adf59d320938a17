//! `inward encrypt`, `decrypt` and `lock`: a store sealed with a passphrase.

pub mod args;
mod rest;
mod unlock;

use std::io::{BufRead as _, Read as _};
use std::path::{Path, PathBuf};

use zeroize::{Zeroize as _, Zeroizing};

use crate::guard::keyring::{self, Kept};
use crate::guard::roots;
use crate::store::Store;
use crate::store::sealed::{Cost, DataKey, Passphrase, is_parcel};

use super::args::Command;
use super::error::{CliError, Code};
use super::session::{Session, nothing_kept, shown, store_error};
use args::{DecryptArgs, EncryptArgs};
use unlock::Questions;

/// Said before a passphrase is asked for.
const BEFORE: &str = "A forgotten passphrase cannot be replaced, by nobody: what git and exports hold can be read again, \
notes and goals are lost. It does not help against someone who can make you type it.";

/// The longest first line of standard input, in bytes.
const LONGEST: u64 = 1024;

/// Whether a command reads or writes the list of roots; only then may a sealed one be opened,
/// which can ask for the passphrase.
pub(super) fn needs_roots(command: Option<&Command>) -> bool {
    match command {
        Some(Command::Import(args)) => args.how.is_none() && args.map_template.is_none(),
        Some(
            Command::Demo
            | Command::Paths
            | Command::Privacy(_)
            | Command::Doctor { .. }
            | Command::Explain { .. }
            | Command::Completions { .. }
            | Command::Man
            | Command::Lock
            | Command::Encrypt(_)
            | Command::Decrypt(_)
            // It reads the list itself: the store beside it may be damaged.
            | Command::Rebuild { .. },
        ) => false,
        _ => true,
    }
}

/// Where the list of roots waits while the passphrase is changed.
fn next_roots(roots: &Path) -> PathBuf {
    roots.with_extension("toml.next")
}

/// Seals the store, or gives a sealed one another passphrase.
pub(super) fn encrypt(session: &mut Session, args: &EncryptArgs) -> Result<(), CliError> {
    session.refuse_lookalike()?;
    if !session.has_store() {
        return Err(nothing_kept());
    }
    session.look_at_folder()?;
    session.reserve()?;
    match (session.is_sealed(), args.change) {
        (true, true) => change(session, args),
        (false, true) => Err(
            CliError::usage("the store is not sealed, so it has no passphrase")
                .hint("`inward encrypt` seals it"),
        ),
        // An earlier run may have been cut short between the store and the list.
        (true, false)
            if !is_parcel(&session.config.roots) && !next_roots(&session.config.roots).exists() =>
        {
            session.unlock()?;
            session.take_plain_roots()?;
            rest::seal_roots(session)?;
            tell(
                session,
                "the store was sealed before, and keeps its passphrase; the list beside it is sealed now",
            )?;
            rest::say_roots(session)
        }
        (true, false) => Err(CliError::usage("the store is sealed already")
            .hint("`inward encrypt --change` gives it another passphrase")),
        (false, false) => seal(session, args),
    }
}

fn seal(session: &mut Session, args: &EncryptArgs) -> Result<(), CliError> {
    let passphrase = new_passphrase(session, args)?;
    let key = DataKey::random()?;
    // Waiting, until a command finds the store sealed: what is cut short here leaves a plain one.
    let waiting = Zeroizing::new([&key.as_bytes()[..], &[unlock::WAITING]].concat());
    let kept = keyring::put(&session.real_store(), &waiting);
    session.lock(Vec::new(), Vec::new());
    let how = (&passphrase, Cost::NEW);
    Store::encrypt(&session.config.store, &key, how, session.now_utc()).map_err(store_error)?;
    session.key = Some(key);
    rest::seal_roots(session)?;
    rest::forget_lookalikes(session)?;
    bring_second_place(session);
    tell(session, "the store is sealed")?;
    say_kept(session, kept)?;
    rest::say_what_is_out_of_reach(session)
}

fn change(session: &mut Session, args: &EncryptArgs) -> Result<(), CliError> {
    session.confirm(args.from.is_some())?;
    session.list_roots()?;
    let passphrase = new_passphrase(session, args)?;
    let key = DataKey::random()?;
    let path = session.real_store();
    let mut store = session
        .door()
        .open(session.now_utc())
        .map_err(store_error)?;
    let old = session.key.replace(key.clone());
    // The list first, under another name: whatever ends this, one of the two opens.
    let next = next_roots(&session.config.roots);
    let there = session.config.roots.exists();
    if there {
        session.write_roots_to(&next)?;
    }
    if let Err(error) = store.change_key(&key, (&passphrase, Cost::NEW)) {
        session.key = old;
        drop(std::fs::remove_file(&next));
        return Err(store_error(error));
    }
    if there {
        std::fs::rename(&next, &session.config.roots)?;
    }
    let kept = keyring::put(&path, key.as_bytes());
    session.lock(Vec::new(), Vec::new());
    tell(session, "the passphrase and the key were changed")?;
    writeln!(
        session.say.out(),
        "  Copies of the file made before, in backups too, still open with the earlier passphrase."
    )?;
    say_kept(session, kept)
}

/// Makes the sealed store a plain file again.
pub(super) fn decrypt(session: &mut Session, args: &DecryptArgs) -> Result<(), CliError> {
    session.refuse_lookalike()?;
    if !session.has_store() {
        return Err(nothing_kept());
    }
    session.look_at_folder()?;
    if !session.is_sealed() {
        return Err(CliError::usage(
            "the store is not sealed; nothing was changed",
        ));
    }
    session.confirm(args.from.is_some())?;
    if is_parcel(&session.config.roots) || next_roots(&session.config.roots).exists() {
        session.list_roots()?;
    } else {
        // An earlier run was cut short between the list and the store.
        session.take_plain_roots()?;
        session.say.note(
            "the list of repositories was plain already: `inward repos` shows what stands in it",
        );
    }
    session.reserve()?;
    keyring::revoke(&session.real_store());
    session.lock(Vec::new(), Vec::new());
    let key = session.key.take().ok_or_else(nothing_kept)?;
    // The list first: cut short here, a plain one beside a sealed store can still be read.
    if session.config.roots.exists() {
        roots::write(&session.config.roots, &session.roots)
            .map_err(|error| CliError::caused(Code::Refused, &error))?;
    }
    Store::decrypt(&session.config.store, &key, session.now_utc()).map_err(store_error)?;
    bring_second_place(session);
    tell(
        session,
        "the store is a plain file again, not encrypted by inward",
    )
}

/// Opening the store writes the second place of the owner's own words in its new form; should it fail, the
/// next opening does.
fn bring_second_place(session: &Session) {
    drop(session.door().open(session.now_utc()));
}

/// Revokes the key that the login keeps.
pub(super) fn lock(session: &mut Session) -> Result<(), CliError> {
    let revoked = keyring::revoke(&session.real_store());
    let held = session.is_sealed() && session.is_held_elsewhere();
    session.lock(Vec::new(), Vec::new());
    let said = match (session.is_sealed(), revoked) {
        (_, true) => "locked: the next command asks for the passphrase",
        (true, false) => "locked already: no key was kept",
        (false, false) => "the store is not sealed; nothing was changed",
    };
    writeln!(session.say.out(), "{said}")?;
    if held {
        session.tell(
            "  another inward (an open dashboard, say) still holds the key, until it ends\n",
        )?;
    }
    Ok(())
}

fn tell(session: &mut Session, what: &str) -> Result<(), CliError> {
    let path = shown(&session.config.store);
    writeln!(session.say.out(), "{what}: {path}")?;
    Ok(())
}

fn say_kept(session: &mut Session, kept: Kept) -> Result<(), CliError> {
    let said = match kept {
        Kept::ForTheLogin => {
            "The key is kept for this login, eight hours at most; `inward lock` forgets it now."
        }
        Kept::Nowhere => "This system keeps no keys: every command asks for the passphrase.",
    };
    session.tell(&format!("  {said}\n"))
}

/// The new passphrase: the first line of standard input with `-`, else typed twice.
fn new_passphrase(session: &mut Session, args: &EncryptArgs) -> Result<Passphrase, CliError> {
    session.say.note(BEFORE);
    let empty = || CliError::usage("an empty passphrase seals nothing; nothing was changed");
    let passphrase = if args.from.is_some() {
        Passphrase::new(first_line()?).ok_or_else(empty)?
    } else {
        let mut questions =
            Questions::begin(&session.config.store).map_err(|error| match error.code {
                Code::Sealed => CliError::usage("a new passphrase is asked on a terminal only")
                    .hint("`inward encrypt -` reads it from the first line of standard input"),
                _ => error,
            })?;
        let first = questions.ask("New passphrase: ")?.ok_or_else(empty)?;
        let again = questions.ask("The same again: ")?;
        if again.as_ref() != Some(&first) {
            return Err(CliError::usage(
                "the two are not the same; nothing was changed",
            ));
        }
        first
    };
    if let Some(why) = passphrase.unfit() {
        return Err(CliError::usage(format!(
            "this passphrase is not taken: {why}; nothing was changed"
        )));
    }
    if passphrase.is_short() {
        let least = Passphrase::SHORT;
        session.say.note(&format!(
            "this passphrase has fewer than {least} characters: whoever has the file may find it by trying"
        ));
    }
    Ok(passphrase)
}

/// The first line of standard input, without its end.
fn first_line() -> Result<Zeroizing<Vec<u8>>, CliError> {
    let mut line = Zeroizing::new(Vec::with_capacity(
        usize::try_from(LONGEST).unwrap_or(0) + 1,
    ));
    let mut input = std::io::stdin().lock().take(LONGEST + 1);
    input.read_until(b'\n', &mut line)?;
    while line
        .last()
        .is_some_and(|byte| matches!(byte, b'\n' | b'\r'))
    {
        line.pop();
    }
    if line.len() as u64 > LONGEST {
        line.zeroize();
        return Err(CliError::usage("the passphrase is longer than 1024 bytes"));
    }
    Ok(line)
}
