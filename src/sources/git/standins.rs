//! Commits that the repository shows otherwise than they were written: grafts give them other
//! parents, replacements another object.
//!
//! The originals are read all the same: that is what was committed. What stood before them is
//! what git and the original disagree on, so their lines are unknown.

use std::fs;
use std::path::Path;

use rustc_hash::FxHashSet;

use super::error::GitError;
use super::files;
use crate::model::ids::Oid;
use crate::model::place::Place;

/// The most bytes of `info/grafts` that are read, and of `packed-refs`.
const GRAFTS_BYTES: u64 = 16 << 20;
const PACKED_BYTES: u64 = 512 << 20;

/// The objects that `info/grafts` and `refs/replace` name. The error says that one of the files
/// cannot be read.
pub(super) fn read(place: &Place) -> Result<FxHashSet<Oid>, GitError> {
    let common = &place.common_dir;
    let unreadable = |what: &'static str| {
        move |error: std::io::Error| GitError::unreadable(&place.path, what, error)
    };
    let file = |name: &'static str, limit| {
        files::read_up_to(&common.join(name), limit)
            .map(Option::unwrap_or_default)
            .map_err(unreadable(name))
    };
    let mut named = grafted(&file("info/grafts", GRAFTS_BYTES)?);
    named.extend(loose(&common.join("refs/replace")).map_err(unreadable("refs/replace"))?);
    named.extend(packed(&file("packed-refs", PACKED_BYTES)?));
    Ok(named)
}

/// `commit parent parent …` a line, with comments.
fn grafted(bytes: &[u8]) -> FxHashSet<Oid> {
    files::lines(bytes)
        .filter_map(|line| Oid::from_hex(line.get(..40)?))
        .collect()
}

/// Replacement refs are called after what they replace.
fn loose(folder: &Path) -> std::io::Result<Vec<Oid>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if files::is_absent(&error) => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut found = Vec::new();
    for entry in entries {
        found.extend(Oid::from_hex(entry?.file_name().as_encoded_bytes()));
    }
    Ok(found)
}

fn packed(bytes: &[u8]) -> impl Iterator<Item = Oid> {
    // Most repositories have none: one search says so.
    let any = memchr::memmem::find(bytes, b" refs/replace/").is_some();
    let bytes = if any { bytes } else { &[] };
    files::lines(bytes)
        .filter_map(|line| Oid::from_hex(line.get(40..)?.strip_prefix(b" refs/replace/")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grafts_and_packed_replacements_are_told_from_comments_and_other_refs() {
        let (one, two) = (Oid([1; 20]), Oid([2; 20]));
        let text = format!("# a comment\n{one}\n{two} {one}\r\nnonsense\n");
        assert_eq!(grafted(text.as_bytes()), [one, two].into_iter().collect());
        let text =
            format!("{two} refs/heads/main\n{two} refs/replace/{one}\n{one} refs/replace/x\n");
        assert_eq!(packed(text.as_bytes()).collect::<Vec<_>>(), [one]);
    }
}
