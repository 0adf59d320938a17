//! Who "me" is: addresses and names, and whether a commit's author is one of them.

use std::collections::BTreeSet;

use super::text::Clean;

/// An author as the commit or the mailmap writes it, bytes unchanged.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Signature {
    /// The name, any encoding.
    pub name: Vec<u8>,
    /// What stands between `<` and `>`.
    pub email: Vec<u8>,
}

/// An address in the form in which addresses are compared: trimmed, ASCII lower case,
/// invalid UTF-8 replaced.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
pub struct Address(String);

impl Address {
    /// The comparable form of `bytes`; `None` when nothing is left of it.
    pub fn new(bytes: &[u8]) -> Option<Self> {
        let label = Clean::label(bytes);
        let text = label
            .as_str()
            .trim_matches(['<', '>', ' '])
            .to_ascii_lowercase();
        (!text.is_empty()).then_some(Self(text))
    }

    /// The address as text, safe to show.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The user name in a GitHub or GitLab no-reply address: `12345+octocat@users.noreply.…`.
    pub fn noreply_user(&self) -> Option<&str> {
        let (local, domain) = self.0.split_once('@')?;
        domain
            .starts_with("users.noreply.")
            .then(|| local.split_once('+').map_or(local, |p| p.1))
    }
}

/// Every address the owner confirmed; empty means nobody is "me" yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Me {
    addresses: BTreeSet<Address>,
}

impl Me {
    /// The owner of exactly these addresses.
    pub fn new(addresses: impl IntoIterator<Item = Address>) -> Self {
        Self {
            addresses: addresses.into_iter().collect(),
        }
    }

    /// Whether `email` (already mapped by the mailmap) is one of mine.
    pub fn is_me(&self, email: &[u8]) -> bool {
        Address::new(email).is_some_and(|address| self.addresses.contains(&address))
    }

    /// Whether no address is confirmed.
    pub fn is_empty(&self) -> bool {
        self.addresses.is_empty()
    }

    /// My addresses, sorted.
    pub fn addresses(&self) -> impl Iterator<Item = &Address> {
        self.addresses.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_spaces_do_not_make_a_second_person() {
        let me = Me::new(Address::new(b"Ada@Example.org"));
        assert!(me.is_me(b" ada@example.ORG "));
        assert!(!me.is_me(b"ada@example.com"));
        assert!(!me.is_me(b""));
    }

    #[test]
    fn a_noreply_address_names_its_user() {
        let user = |text: &str| {
            Address::new(text.as_bytes())
                .unwrap()
                .noreply_user()
                .map(str::to_owned)
        };
        assert_eq!(
            user("123+octo@users.noreply.github.com").as_deref(),
            Some("octo")
        );
        assert_eq!(
            user("octo@users.noreply.gitlab.com").as_deref(),
            Some("octo")
        );
        assert_eq!(user("octo@example.com"), None);
    }
}
