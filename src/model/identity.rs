//! Who "me" is: addresses and names, and whether a commit's author is one of them.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

pub use super::address::Address;
use super::address::{is_full_name, name_key};

/// Every address the owner confirmed, and the names they go by; no address means nobody is "me"
/// yet. A name makes no commit mine: it is evidence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Me {
    addresses: BTreeSet<Address>,
    names: BTreeSet<String>,
    refused: Refused,
}

/// What the owner said is not theirs: asked one by one, because only keyed hashes are kept.
#[derive(Clone, Default)]
struct Refused(Option<Arc<Asks>>);

type Asks = dyn Fn(&Address) -> bool + Send + Sync;

impl Me {
    /// The owner of exactly these addresses.
    pub fn new(addresses: impl IntoIterator<Item = Address>) -> Self {
        Self {
            addresses: addresses.into_iter().collect(),
            ..Self::default()
        }
    }

    /// The same owner, who goes by these names too.
    #[must_use]
    pub fn named<N: AsRef<[u8]>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        let keys = names.into_iter().map(|name| name_key(name.as_ref()));
        self.names.extend(keys.filter(|key| !key.is_empty()));
        self
    }

    /// The same owner, who refused what `refused` says.
    #[must_use]
    pub fn refusing(mut self, refused: impl Fn(&Address) -> bool + Send + Sync + 'static) -> Self {
        self.refused = Refused(Some(Arc::new(refused)));
        self
    }

    /// The same owner with one address more.
    pub fn add(&mut self, address: Address) {
        self.addresses.insert(address);
    }

    /// Whether `email` alone is one of mine.
    pub fn is_me(&self, email: &[u8]) -> bool {
        Address::new(email).is_some_and(|address| self.addresses.contains(&address))
    }

    /// Whether an entry of mine has this address, be it alone or with a name.
    pub fn knows(&self, email: &[u8]) -> bool {
        let email = Address::new(email);
        let email = email.as_ref().map_or("", Address::as_str);
        self.addresses.iter().any(|entry| entry.email() == email)
    }

    /// Which of my entries the author `name <email>` is: the address, else the pair of both;
    /// `None` for anybody else.
    pub fn who(&self, name: &[u8], email: &[u8]) -> Option<Address> {
        let address = Address::new(email).filter(|address| self.addresses.contains(address));
        address.or_else(|| Address::pair(name, email).filter(|pair| self.addresses.contains(pair)))
    }

    /// Whether this entry is one of mine.
    pub fn holds(&self, entry: &Address) -> bool {
        self.addresses.contains(entry)
    }

    /// Whether the owner said that this is not theirs.
    pub fn refuses(&self, entry: &Address) -> bool {
        self.refused
            .0
            .as_ref()
            .is_some_and(|refused| refused(entry))
    }

    /// What ties the author `name <email>`, whom a mailmap gives to me, to me beside that line:
    /// the entry that is then mine. `None` when nothing does, or the owner refused it.
    ///
    /// The address tells of its user: then all of it is mine, unless several people are known to
    /// share it (`shared`). A name tells only of itself: then only the pair of both is.
    pub fn tied(&self, name: &[u8], email: &[u8], shared: bool) -> Option<Address> {
        let address = Address::new(email).filter(Address::is_full);
        if address
            .as_ref()
            .is_some_and(|address| self.refuses(address))
        {
            return None;
        }
        let pair = Address::pair(name, email);
        [address.filter(|_| !shared), pair]
            .into_iter()
            .flatten()
            .find(|entry| self.ties(entry) && !self.refuses(entry))
    }

    /// Whether `entry` by itself is tied to me: by its mailbox, account or login, or the full
    /// name of a pair.
    pub fn ties(&self, entry: &Address) -> bool {
        let (name, _) = entry.as_str().split_once('<').unwrap_or_default();
        self.shares_user(entry) || (entry.is_pair() && self.has_name(name.as_bytes()))
    }

    /// Whether this is a full name of mine, or one the owner goes by.
    pub fn has_name(&self, name: &[u8]) -> bool {
        let key = name_key(name);
        is_full_name(&key) && self.names.contains(&key)
    }

    /// Whether `address` is the mailbox, the account or the login of one of mine.
    fn shares_user(&self, address: &Address) -> bool {
        self.addresses.iter().any(|mine| {
            let same = |a: Option<&str>, b: Option<&str>| a.is_some() && a == b;
            same(mine.login(), address.login())
                || same(mine.mailbox().as_deref(), address.mailbox().as_deref())
                || (mine.noreply_account().is_some()
                    && mine.noreply_account() == address.noreply_account())
        })
    }

    /// Whether no address is confirmed.
    pub fn is_empty(&self) -> bool {
        self.addresses.is_empty()
    }

    /// My addresses, sorted.
    pub fn addresses(&self) -> impl Iterator<Item = &Address> {
        self.addresses.iter()
    }

    /// My names in lower case, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }
}

impl fmt::Debug for Refused {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Refused")
    }
}

/// Two owners are the same whatever they refused.
impl PartialEq for Refused {
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}

impl Eq for Refused {}

#[cfg(test)]
mod tests {
    use super::*;

    fn me() -> Me {
        let pair = Address::pair(b"Ada", b"ada@localhost");
        Me::new(Address::new(b"Ada@Example.org").into_iter().chain(pair)).named(["Ada Lovelace"])
    }

    #[test]
    fn case_and_spaces_do_not_make_a_second_person() {
        assert!(me().is_me(b" ada@example.ORG "));
        assert!(!me().is_me(b"ada@example.com"));
        assert!(!me().is_me(b""));
    }

    #[test]
    fn an_address_is_mine_under_any_name_and_a_pair_only_as_it_is() {
        let who = |name: &str, email: &str| me().who(name.as_bytes(), email.as_bytes());
        assert_eq!(
            who("X", "ada@example.org").unwrap().as_str(),
            "ada@example.org"
        );
        assert_eq!(
            who("ADA ", "ada@localhost").unwrap().as_str(),
            "ada <ada@localhost>"
        );
        assert_eq!(who("Bob", "ada@localhost"), None);
        assert_eq!(who("Ada", ""), None);
    }

    #[test]
    fn a_mailmap_needs_something_beside_it() {
        let tied = |name: &str, email: &str| {
            let tied = me().tied(name.as_bytes(), email.as_bytes(), false);
            tied.map(|one| one.as_str().to_owned())
        };
        assert_eq!(
            tied("x", "ada@old.example").as_deref(),
            Some("ada@old.example")
        );
        assert_eq!(
            tied("ada lovelace", "al@old.example").as_deref(),
            Some("ada lovelace <al@old.example>")
        );
        assert_eq!(tied("Ada Lovelace", "").as_deref(), Some("ada lovelace <>"));
        assert_eq!(tied("Bob", "bob@example.org"), None);
        assert_eq!(
            tied("Ada", "a@old.example"),
            None,
            "one word is no full name"
        );
        let named = me().tied(b"Ada", b"ada@old.example", true).unwrap();
        assert_eq!(named.as_str(), "ada <ada@old.example>");
        let refusing = me().refusing(|one| one.email() == "ada@old.example");
        assert_eq!(
            refusing.tied(b"Ada Lovelace", b"ada@old.example", false),
            None
        );
    }
}
