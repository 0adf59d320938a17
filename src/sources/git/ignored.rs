//! Commits of which the repository itself says that they change no meaning: the lists that
//! `git blame` is told to look through.

use super::files;
use super::lookup;
use super::objects::{Kind, Objects};
use super::open::Database;
use crate::model::ids::Oid;

/// Where such a list lies by custom.
const CUSTOMARY: &[u8] = b".git-blame-ignore-revs";

/// The most bytes of one list, and commits of all lists, that are taken.
const LIST_BYTES: usize = 4 << 20;
const MOST: usize = 100_000;

/// Folders above a list; the path of a deeper one is no list's.
const DEEPEST: usize = 32;

/// The commits named by the customary list in `tree` and by the ones at `paths` in it, sorted,
/// each once. A list that is not there or cannot be read names none.
pub(super) fn list(repo: &Database, tree: Option<Oid>, paths: &[Vec<u8>]) -> Vec<Oid> {
    let (Some(tree), Ok(mut objects)) = (tree, Objects::new(repo)) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for path in std::iter::once(CUSTOMARY).chain(paths.iter().map(Vec::as_slice)) {
        let bytes = file(&mut objects, tree, path).unwrap_or_default();
        all.extend(named(&bytes).take(MOST));
    }
    all.sort_unstable();
    all.dedup();
    all.truncate(MOST);
    all
}

/// The content of the file at `path`, which leads down from `tree` and nowhere else.
fn file(objects: &mut Objects<'_>, tree: Oid, path: &[u8]) -> Option<Vec<u8>> {
    let parts = path.split(|c| *c == b'/').filter(|part| *part != b".");
    let parts: Vec<&[u8]> = parts.take(DEEPEST).collect();
    let (name, folders) = parts.split_last()?;
    let mut tree = tree;
    for folder in folders {
        let entry = lookup::entry(objects, tree, folder)?;
        tree = entry.is_tree.then_some(entry.oid)?;
    }
    let entry = lookup::entry(objects, tree, name).filter(|entry| entry.is_file)?;
    let bytes = objects.read_up_to(entry.oid, Kind::Blob, LIST_BYTES).ok()?;
    Some(bytes.to_vec())
}

/// A whole id a line; a number sign starts a comment.
fn named(bytes: &[u8]) -> impl Iterator<Item = Oid> {
    files::lines(bytes).filter_map(|line| {
        let end = memchr::memchr(b'#', line).unwrap_or(line.len());
        Oid::from_hex(line[..end].trim_ascii())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_ids_are_named_and_comments_and_short_ones_are_not() {
        let (one, two) = (Oid([0xa1; 20]), Oid([2; 20]));
        let text = format!("# Prettier\n{one}\n\n  {two} # black\r\na1a1a1\n# {two}\n{one}x\n");
        assert_eq!(named(text.as_bytes()).collect::<Vec<_>>(), [one, two]);
    }
}
