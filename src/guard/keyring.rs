//! The kernel's keyring: keeps a store's key for the login, in memory that no file holds.
//!
//! Read and written before the lock, which refuses the calls. Where there is no keyring, or the
//! system forbids it, nothing is kept and the passphrase is asked each time.

use std::path::Path;

use zeroize::Zeroizing;

/// How long a key is kept, in seconds.
pub const SECONDS: usize = 8 * 60 * 60;

/// What happened to a key that was to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is kept for [`SECONDS`], or until it is revoked.
    ForTheLogin,
    /// There is no keyring that takes it.
    Nowhere,
}

/// What the key of the store at `path` is called there: nothing of the path can be read from it.
fn name(path: &Path) -> String {
    let mut hash = blake3::Hasher::new_derive_key("inward keyring: name of a store's key v1");
    hash.update(&super::plain::bytes_of(path));
    let mut name = "inward:".to_owned();
    name.extend(hash.finalize().to_hex().chars().take(32));
    name
}

/// The key kept for the store at `path` (its real path), if there is one.
pub fn get(path: &Path) -> Option<Zeroizing<Vec<u8>>> {
    imp::get(&name(path))
}

/// Keeps `key` for the store at `path` (its real path), in the place of an earlier one.
pub fn put(path: &Path, key: &[u8]) -> Kept {
    if imp::put(&name(path), key) {
        Kept::ForTheLogin
    } else {
        Kept::Nowhere
    }
}

/// Revokes the key kept for the store at `path` (its real path): true when there was one.
pub fn revoke(path: &Path) -> bool {
    imp::revoke(&name(path))
}

#[cfg(target_os = "linux")]
mod imp {
    use linux_keyutils::{Key, KeyPermissionsBuilder, KeyRing, KeyRingIdentifier, Permission};
    use zeroize::Zeroizing;

    /// The rings of this login. Not created on access: that would make one of this process alone,
    /// which the next process does not see.
    fn rings() -> impl Iterator<Item = KeyRing> {
        let rings = [
            KeyRingIdentifier::Session,
            KeyRingIdentifier::UserSession,
            KeyRingIdentifier::User,
        ];
        rings
            .into_iter()
            .filter_map(|ring| KeyRing::from_special_id(ring, false).ok())
    }

    fn find(name: &str) -> Option<Key> {
        rings().find_map(|ring| ring.search(name).ok())
    }

    pub(super) fn get(name: &str) -> Option<Zeroizing<Vec<u8>>> {
        let found = |ring: KeyRing| ring.search(name).ok()?.read_to_vec().ok();
        rings().find_map(found).map(Zeroizing::new)
    }

    pub(super) fn put(name: &str, secret: &[u8]) -> bool {
        revoke(name);
        rings().any(|ring| {
            let Ok(key) = ring.add_key(name, secret) else {
                return false;
            };
            // The next process of the same user has to find it; nobody else may.
            let perms = KeyPermissionsBuilder::builder()
                .posessor(Permission::ALL)
                .user(Permission::ALL)
                .build();
            let kept = key.set_perms(perms).is_ok()
                && key.set_timeout(super::SECONDS).is_ok()
                && get(name).is_some_and(|read| *read == secret);
            if !kept {
                let _ = key.revoke();
            }
            kept
        })
    }

    pub(super) fn revoke(name: &str) -> bool {
        let mut any = false;
        // One may be found behind another.
        while let Some(key) = find(name) {
            if key.revoke().is_err() {
                break;
            }
            any = true;
        }
        any
    }
}

#[cfg(not(target_os = "linux"))]
mod imp {
    use zeroize::Zeroizing;

    pub(super) fn get(_name: &str) -> Option<Zeroizing<Vec<u8>>> {
        None
    }

    pub(super) fn put(_name: &str, _key: &[u8]) -> bool {
        false
    }

    pub(super) fn revoke(_name: &str) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_key_is_found_by_its_path_alone_and_gone_once_revoked() {
        let temp = tempfile::tempdir().unwrap();
        let path = temp.path().join("inward.db");
        assert!(get(&path).is_none());
        if put(&path, &[7; 32]) == Kept::Nowhere {
            eprintln!("skipped: this system keeps no keys");
            return;
        }
        assert_eq!(get(&path).unwrap().as_slice(), [7; 32]);
        assert_eq!(put(&path, &[8; 32]), Kept::ForTheLogin);
        assert_eq!(get(&path).unwrap().as_slice(), [8; 32]);
        assert!(get(&temp.path().join("other.db")).is_none());
        assert!(revoke(&path));
        assert!(get(&path).is_none() && !revoke(&path));
    }

    #[test]
    fn the_name_of_a_kept_key_tells_nothing_of_the_path() {
        let name = name(Path::new("/home/ada/secret-client/inward.db"));
        assert!(!name.contains("secret") && !name.contains("ada"), "{name}");
        assert_eq!(name.len(), "inward:".len() + 32);
    }
}
