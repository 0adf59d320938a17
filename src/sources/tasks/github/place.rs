//! Where an issue or pull request is, by its address.

use super::super::words;
use crate::model::text::Clean;

/// The repository and number in an address of the site or of its API.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    host: String,
    owner: String,
    name: String,
    number: u64,
    /// Whether the address says that it is a pull request.
    pub(super) pull: bool,
}

impl Place {
    /// Takes `https://github.com/o/n/issues/1`, `…/pull/2/files#…` and
    /// `https://api.github.com/repos/o/n/pulls/2` apart.
    pub(super) fn parse(url: &str) -> Option<Self> {
        let (_, rest) = url.trim().split_once("://")?;
        let rest = rest.split(['?', '#']).next()?;
        let parts: Vec<&str> = rest.split('/').take(12).collect();
        let at = (3..parts.len()).rev().find(|at| {
            let number = parts.get(at + 1).is_some_and(|text| is_number(text));
            number && matches!(parts.get(*at), Some(&("issues" | "pull" | "pulls")))
        })?;
        let part = |at: usize| parts.get(at).copied().filter(|part| !part.is_empty());
        let host = part(0)?.to_lowercase();
        Some(Self {
            host: host.strip_prefix("api.").unwrap_or(&host).to_owned(),
            owner: part(at - 2)?.to_owned(),
            name: part(at - 1)?.to_owned(),
            number: part(at + 1)?.parse().ok()?,
            pull: part(at)? != "issues",
        })
    }

    /// `owner/name#12`.
    pub(super) fn key(&self) -> Clean {
        let text = format!("{}/{}#{}", self.owner, self.name, self.number);
        Clean::label(text.as_bytes())
    }

    /// `owner/name`.
    pub(super) fn project(&self) -> Option<Clean> {
        words::label(&format!("{}/{}", self.owner, self.name))
    }

    /// What names it in the whole world. Issues and pull requests share their numbers; a server of
    /// one's own has its name in it.
    pub(super) fn alias(&self) -> String {
        let path = format!("{}/{}#{}", self.owner, self.name, self.number).to_lowercase();
        if self.host == "github.com" || self.host == "www.github.com" {
            format!("github:{path}")
        } else {
            format!("github:{}/{path}", self.host)
        }
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The login at the end of an address such as `https://github.com/octo-dev`.
pub(super) fn login(url: &str) -> &str {
    url.trim_end_matches('/')
        .rsplit('/')
        .next()
        .unwrap_or_default()
}

/// The name of a label at the end of its address, `%20` and the like undone.
pub(super) fn label(url: &str) -> Option<Clean> {
    let (_, name) = url.rsplit_once("/labels/")?;
    words::label(&unescape(name))
}

fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let code = tail.get(..2).filter(|_| *first == b'%');
        let code = code.and_then(|hex| std::str::from_utf8(hex).ok());
        if let Some(byte) = code.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            bytes.push(byte);
            rest = tail.get(2..).unwrap_or_default();
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_issue_has_one_alias_whatever_address_leads_to_it() {
        for url in [
            "https://github.com/Ada/Engine/issues/12",
            "https://github.com/ada/engine/pull/12/files#pullrequestreview-3",
            "https://api.github.com/repos/ada/engine/issues/12",
            "https://api.github.com/repos/ada/engine/pulls/12?x=1",
        ] {
            let place = Place::parse(url).unwrap();
            assert_eq!(place.alias(), "github:ada/engine#12", "{url}");
        }
        let own = Place::parse("https://git.corp/api/v3/repos/ada/engine/issues/12").unwrap();
        assert_eq!(own.alias(), "github:git.corp/ada/engine#12");
    }

    #[test]
    fn what_leads_to_no_issue_is_no_place() {
        for url in [
            "",
            "github.com/a/b/issues/1",
            "https://github.com/a/b/issues",
            "https://github.com/a/b/milestone/3",
            "https://github.com/issues/3",
            "https://github.com//b/issues/3",
            "https://github.com/a/b/issues/99999999999999999999999",
        ] {
            assert_eq!(Place::parse(url), None, "{url}");
        }
    }

    #[test]
    fn logins_and_labels_stand_at_the_end_of_their_addresses() {
        assert_eq!(login("https://github.com/octo-dev"), "octo-dev");
        let name = label("https://github.com/a/b/labels/good%20first%2").unwrap();
        assert_eq!(name.as_str(), "good first%2");
    }
}
