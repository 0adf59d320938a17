//! Object folders that a repository borrows from, all levels, as `info/alternates` names them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::guard::plain;

/// How deep borrowing goes, as in git; how many folders in all; the largest list, in bytes.
const DEPTH: usize = 5;
const FOLDERS: usize = 64;
const FILE_BYTES: u64 = 256 << 10;

/// Real paths of every object folder borrowed from, without `objects` itself. One that is gone
/// or does not look like an object folder is left out: these paths become readable behind the
/// lock, so a list must not be able to name just any folder.
pub(super) fn alternates(objects: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let own = fs::canonicalize(objects).unwrap_or_else(|_| objects.to_owned());
    let mut level = vec![own.clone()];
    for _ in 0..DEPTH {
        let named: Vec<_> = level.iter().flat_map(|folder| listed(folder)).collect();
        level.clear();
        for folder in named {
            if folder != own && !found.contains(&folder) && found.len() < FOLDERS {
                found.push(folder.clone());
                level.push(folder);
            }
        }
    }
    found
}

fn listed(objects: &Path) -> Vec<PathBuf> {
    let list = plain::read(&objects.join("info/alternates"), FILE_BYTES).unwrap_or_default();
    list.split(|byte| *byte == b'\n')
        .map(|line| line.strip_suffix(b"\r").unwrap_or(line))
        .filter(|line| !line.is_empty() && !line.starts_with(b"#"))
        .filter_map(unquoted)
        // A relative path is relative to the object folder that names it.
        .filter_map(|path| fs::canonicalize(objects.join(plain::path_of(&path))).ok())
        .filter(|path| is_object_folder(path))
        .take(FOLDERS)
        .collect()
}

fn is_object_folder(folder: &Path) -> bool {
    let two_digits = |name: &[u8]| name.len() == 2 && name.iter().all(u8::is_ascii_hexdigit);
    let mut named = fs::read_dir(folder).into_iter().flatten().flatten();
    folder.is_dir()
        && (folder.ends_with("objects")
            || folder.join("pack").is_dir()
            || named.any(|entry| two_digits(&plain::bytes_of(Path::new(&entry.file_name())))))
}

/// A path that starts with a double quote is written as in C.
fn unquoted(line: &[u8]) -> Option<Vec<u8>> {
    let Some(mut rest) = line.strip_prefix(b"\"") else {
        return Some(line.to_vec());
    };
    let mut out = Vec::new();
    loop {
        let (byte, tail) = rest.split_first()?;
        rest = tail;
        match byte {
            b'"' => return Some(out),
            b'\\' => {
                let (escape, tail) = rest.split_first()?;
                rest = tail;
                out.push(match escape {
                    b'a' => 7,
                    b'b' => 8,
                    b'f' => 12,
                    b'n' => b'\n',
                    b'r' => b'\r',
                    b't' => b'\t',
                    b'v' => 11,
                    b'0'..=b'3' => {
                        let (more, tail) = rest.split_at_checked(2)?;
                        rest = tail;
                        let digits = [*escape, more[0], more[1]];
                        u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 8).ok()?
                    }
                    same => *same,
                });
            }
            byte => out.push(*byte),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store(top: &Path, name: &str, borrows: &str) -> PathBuf {
        let folder = top.join(name);
        fs::create_dir_all(folder.join("info")).unwrap();
        fs::create_dir_all(folder.join("pack")).unwrap();
        fs::write(folder.join("info/alternates"), borrows).unwrap();
        folder
    }

    #[test]
    fn all_levels_are_found_relative_ones_and_circles_too() {
        let temp = tempfile::tempdir().unwrap();
        let top = fs::canonicalize(temp.path()).unwrap();
        let c = store(&top, "c odd", "../a\n");
        let b = store(&top, "b", &format!("\"{}/c\\040odd\"\n", top.display()));
        let a = store(&top, "a", "# note\n../b\r\n\n../gone\n");
        assert_eq!(alternates(&a), [b, c]);
    }

    #[test]
    fn a_list_cannot_open_just_any_folder() {
        let temp = tempfile::tempdir().unwrap();
        let top = fs::canonicalize(temp.path()).unwrap();
        fs::create_dir_all(top.join("secret/letters")).unwrap();
        let a = store(&top, "a", "../secret\n/\n..\n");
        assert!(alternates(&a).is_empty());
    }

    #[test]
    fn a_long_chain_and_a_long_list_end() {
        let temp = tempfile::tempdir().unwrap();
        let top = fs::canonicalize(temp.path()).unwrap();
        for n in 0..10 {
            store(&top, &n.to_string(), &format!("../{}\n", n + 1));
        }
        assert_eq!(alternates(&top.join("0")).len(), DEPTH);
        let many: Vec<_> = (100..300).map(|n| format!("../{n}")).collect();
        let many: String = many.join("\n");
        for n in 100..300 {
            store(&top, &n.to_string(), "");
        }
        assert_eq!(alternates(&store(&top, "wide", &many)).len(), FOLDERS);
    }
}
