//! Refs that hold work of their own: branches here and on other machines, and requests.

use crate::model::ids::Oid;
use crate::model::text::Clean;

/// A ref beside the default branch that work was done on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Branch {
    /// What it points to.
    pub(super) tip: Oid,
    /// Its short name; `None` for the head of a pull or merge request.
    pub(super) name: Option<Clean>,
    /// It is a copy of another machine's.
    pub(super) is_remote: bool,
}

impl Branch {
    /// The branch that the ref `name` is; `None` for tags and the like, and for the branch
    /// called `default`, here and elsewhere.
    pub(super) fn of(name: &[u8], tip: Oid, default: Option<&[u8]>) -> Option<Self> {
        let short = short(name)?;
        let (short, is_remote) = match short {
            Short::Local(short) => (Some(short), false),
            Short::Remote(short) => (Some(short), true),
            Short::Request => (None, true),
        };
        (short.is_none() || short != default).then(|| Self {
            tip,
            name: short.map(Clean::label),
            is_remote,
        })
    }
}

enum Short<'a> {
    Local(&'a [u8]),
    Remote(&'a [u8]),
    Request,
}

fn short(name: &[u8]) -> Option<Short<'_>> {
    if let Some(short) = name.strip_prefix(b"refs/heads/") {
        return Some(Short::Local(short));
    }
    if let Some(rest) = name.strip_prefix(b"refs/remotes/") {
        let at = memchr::memchr(b'/', rest)?;
        let short = &rest[at + 1..];
        return (short != b"HEAD").then_some(Short::Remote(short));
    }
    let number = name
        .strip_prefix(b"refs/pull/")
        .or_else(|| name.strip_prefix(b"refs/merge-requests/"))?
        .strip_suffix(b"/head")?;
    number
        .iter()
        .all(u8::is_ascii_digit)
        .then_some(Short::Request)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn branches_and_requests_are_told_from_tags_and_the_default_branch() {
        let of = |name: &str| {
            let found = Branch::of(name.as_bytes(), Oid([1; 20]), Some(b"main"))?;
            let name = found.name.map(|name| name.as_str().to_owned());
            Some((name.unwrap_or_default(), found.is_remote))
        };
        assert_eq!(of("refs/heads/f/x"), Some(("f/x".to_owned(), false)));
        assert_eq!(of("refs/remotes/o/f/x"), Some(("f/x".to_owned(), true)));
        assert_eq!(of("refs/pull/12/head"), Some((String::new(), true)));
        assert_eq!(
            of("refs/merge-requests/3/head"),
            Some((String::new(), true))
        );
        for none in [
            "refs/heads/main",
            "refs/remotes/o/main",
            "refs/remotes/o/HEAD",
            "refs/remotes/o",
            "refs/tags/v1",
            "refs/pull/12/merge",
            "refs/pull/x/head",
        ] {
            assert_eq!(of(none), None, "{none}");
        }
    }
}
