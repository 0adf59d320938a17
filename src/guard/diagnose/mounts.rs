//! The mount a path lies on, from the kernel's list.

use std::path::{Path, PathBuf};

use crate::guard::plain;

/// One line of the list of mounts, as far as needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mount {
    /// Where it is mounted.
    pub(super) at: PathBuf,
    /// The file system's name, such as `ext4` or `fuse.sshfs`.
    pub(super) kind: String,
    /// What is mounted, such as `/dev/mapper/home`.
    pub(super) source: PathBuf,
}

/// The mount that holds `path`; `None` where there is no such list.
pub(super) fn mount_of(path: &Path) -> Option<Mount> {
    // Files of /proc are regular files without a size.
    let bytes = plain::read(Path::new("/proc/self/mountinfo"), 4 << 20).ok()?;
    holding(&bytes, path)
}

/// The deepest mount above `path`; of two at one place, the later one hides the earlier.
fn holding(list: &[u8], path: &Path) -> Option<Mount> {
    list.split(|byte| *byte == b'\n')
        .filter_map(parse)
        .filter(|mount| path.starts_with(&mount.at))
        .max_by_key(|mount| mount.at.components().count())
}

/// `36 35 98:0 /root /at options tags… - kind source more`.
fn parse(line: &[u8]) -> Option<Mount> {
    let mut words = line.split(|byte| *byte == b' ');
    let at = words.nth(4)?;
    let mut rest = words.skip_while(|word| *word != b"-").skip(1);
    Some(Mount {
        at: plain::path_of(&unescaped(at)),
        kind: String::from_utf8_lossy(rest.next()?).into_owned(),
        source: plain::path_of(&unescaped(rest.next()?)),
    })
}

/// Spaces and the like stand as three octal digits after a backslash.
fn unescaped(word: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(word.len());
    let mut rest = word;
    while let Some((byte, tail)) = rest.split_first() {
        let octal = tail.get(..3).and_then(|digits| {
            let text = std::str::from_utf8(digits).ok()?;
            u8::from_str_radix(text, 8).ok()
        });
        if let (b'\\', Some(value)) = (byte, octal) {
            out.push(value);
            rest = tail.get(3..).unwrap_or_default();
        } else {
            out.push(*byte);
            rest = tail;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &[u8] = b"21 1 8:1 / / rw - ext4 /dev/sda1 rw\n\
        22 21 0:44 / /home/ada/My\\040Files rw shared:3 master:1 - fuse.sshfs host:/x rw\n\
        23 21 253:0 / /home rw - ext4 /dev/mapper/home rw\n";

    #[test]
    fn the_deepest_mount_holds_the_path() {
        let kind = |path: &str| holding(LIST, Path::new(path)).unwrap().kind;
        assert_eq!(kind("/etc"), "ext4");
        assert_eq!(kind("/home/ada/My Files/x"), "fuse.sshfs");
        let home = holding(LIST, Path::new("/home/ada")).unwrap();
        assert_eq!(home.source, Path::new("/dev/mapper/home"));
    }

    #[test]
    fn a_torn_line_is_skipped() {
        assert_eq!(
            holding(b"1 2 3\n\n36 35 98:0 / /a rw\n", Path::new("/a")),
            None
        );
    }
}
