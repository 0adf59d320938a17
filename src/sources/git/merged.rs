//! The branches that a merge brought in, from the subject of its message.

use super::message;

/// The short names of the branches that a merge with this `message` brought in, the first for
/// its second parent and so on; `None` where the subject names a tag, a commit or nothing.
pub(super) fn branches(message: &[u8]) -> Vec<Option<&[u8]>> {
    let subject = message::subject(message);
    if let Some(rest) = subject.strip_prefix(b"Merge pull request #") {
        return vec![of_request(rest)];
    }
    if let Some(rest) = subject.strip_prefix(b"Merged in ") {
        return vec![word(rest)];
    }
    let Some(rest) = subject.strip_prefix(b"Merge ") else {
        return vec![None];
    };
    let mut found = Vec::new();
    // `remote-tracking branches 'o/a' and 'o/b'`, or several kinds one after the other.
    let mut is_branch = false;
    let mut is_remote = false;
    let mut left = rest;
    while let Some(open) = memchr::memchr(b'\'', left) {
        let before = &left[..open];
        if memchr::memmem::find(before, b" into ").is_some() {
            break;
        }
        for kind in [&b"branch"[..], b"tag", b"commit"] {
            if memchr::memmem::find(before, kind).is_some() {
                is_branch = kind == b"branch";
                is_remote = memchr::memmem::find(before, b"remote-tracking").is_some();
            }
        }
        let rest = &left[open + 1..];
        let Some(close) = memchr::memchr(b'\'', rest) else {
            break;
        };
        let name = Some(&rest[..close]).filter(|name| is_branch && !name.is_empty());
        found.push(name.and_then(|name| {
            if is_remote {
                behind_slash(name)
            } else {
                Some(name)
            }
        }));
        left = &rest[close + 1..];
    }
    if found.is_empty() {
        found.push(None);
    }
    found
}

/// `12 from owner/branch`, and `12 in PROJECT/repo from branch to main`.
fn of_request(rest: &[u8]) -> Option<&[u8]> {
    let at = memchr::memmem::find(rest, b" from ")?;
    let name = word(&rest[at + 6..])?;
    if memchr::memmem::find(&rest[..at], b" in ").is_some() {
        return Some(name);
    }
    behind_slash(name)
}

fn word(text: &[u8]) -> Option<&[u8]> {
    text.split(u8::is_ascii_whitespace)
        .next()
        .filter(|word| !word.is_empty())
}

fn behind_slash(name: &[u8]) -> Option<&[u8]> {
    let at = memchr::memchr(b'/', name)?;
    Some(&name[at + 1..]).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn names(subject: &str) -> Vec<&str> {
        branches(subject.as_bytes())
            .into_iter()
            .map(|name| name.map_or("-", |name| std::str::from_utf8(name).unwrap()))
            .collect()
    }

    #[test]
    fn the_usual_subjects_name_their_branches() {
        assert_eq!(names("Merge branch 'x'"), ["x"]);
        assert_eq!(names("Merge branch 'x' into y"), ["x"]);
        assert_eq!(names("Merge branch 'a/x' into 'main'\n\nSee it"), ["a/x"]);
        assert_eq!(names("Merge branch 'x' of github.com:o/r"), ["x"]);
        assert_eq!(names("Merge remote-tracking branch 'o/f/x'"), ["f/x"]);
        assert_eq!(names("Merge pull request #7 from owner/f/x"), ["f/x"]);
        assert_eq!(
            names("Merge pull request #7 in P/r from f/x to main"),
            ["f/x"]
        );
        assert_eq!(names("Merged in f/x (pull request #5)"), ["f/x"]);
        assert_eq!(names("Merge branches 'a' and 'b'"), ["a", "b"]);
        assert_eq!(
            names("Merge branches 'a', 'b' and 'c' into d"),
            ["a", "b", "c"]
        );
        assert_eq!(names("Merge branch 'a'; tag 'v1'"), ["a", "-"]);
        assert_eq!(
            names("Merge remote-tracking branches 'o/a' and 'o/b'"),
            ["a", "b"]
        );
    }

    #[test]
    fn tags_commits_and_own_words_name_none() {
        for none in [
            "Merge tag 'v1'",
            "Merge commit '1234567'",
            "Bring x in",
            "",
            "Merge branch '",
            "Merge pull request #1 from owner/",
        ] {
            assert_eq!(names(none), ["-"], "{none}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_whatever_panic(tail in prop::collection::vec(any::<u8>(), 0..100), words in "(Merge|Merged in|Merge pull request #1|) ?[a-z' /]{0,30}") {
            prop_assert!(!branches(words.as_bytes()).is_empty());
            prop_assert!(!branches(&tail).is_empty());
        }
    }
}
