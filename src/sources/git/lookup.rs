//! One entry of a tree, for the few files of `HEAD` that are read by name.

use super::objects::{Kind, Objects};
use crate::model::ids::Oid;

/// An entry of a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// What it points to.
    pub(super) oid: Oid,
    /// It is a folder.
    pub(super) is_tree: bool,
    /// It is a regular file (no link, no submodule).
    pub(super) is_file: bool,
}

/// The entry `name` of the tree `tree`; `None` when it is not there or cannot be read.
pub(super) fn entry(objects: &mut Objects<'_>, tree: Oid, name: &[u8]) -> Option<Entry> {
    let bytes = objects.read(tree, Kind::Tree).ok()?;
    find(&bytes, name)
}

/// The content of the regular file `name` in the tree `tree`, if it has at most `limit` bytes.
pub(super) fn file(
    objects: &mut Objects<'_>,
    tree: Oid,
    name: &[u8],
    limit: usize,
) -> Option<super::objects::Bytes> {
    let entry = entry(objects, tree, name).filter(|entry| entry.is_file)?;
    objects.read_up_to(entry.oid, Kind::Blob, limit).ok()
}

/// Entries are `mode name NUL id`, one behind the other.
fn find(mut bytes: &[u8], name: &[u8]) -> Option<Entry> {
    while !bytes.is_empty() {
        let space = memchr::memchr(b' ', bytes)?;
        let end = memchr::memchr(0, bytes)?;
        let oid = Oid::from_bytes(bytes.get(end + 1..end + 21)?)?;
        if bytes.get(space + 1..end)? == name {
            let mode = &bytes[..space];
            return Some(Entry {
                oid,
                is_tree: matches!(mode, b"40000" | b"040000"),
                is_file: mode.starts_with(b"100"),
            });
        }
        bytes = bytes.get(end + 21..)?;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_found_by_its_whole_name_and_torn_trees_have_none() {
        let mut tree = Vec::new();
        for (mode, name, id) in [("100644", "ab", 1), ("40000", "a", 2), ("120000", "l", 3)] {
            tree.extend(format!("{mode} {name}\0").bytes());
            tree.extend([id; 20]);
        }
        let found = find(&tree, b"a").unwrap();
        assert_eq!((found.oid, found.is_tree), (Oid([2; 20]), true));
        assert!(!find(&tree, b"l").unwrap().is_file);
        assert_eq!(find(&tree, b"b"), None);
        assert_eq!(find(&tree[..30], b"a"), None);
        assert_eq!(find(b"nonsense", b"a"), None);
    }
}
