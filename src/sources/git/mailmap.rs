//! `.mailmap`: which name and address an author goes by, as gitmailmap(5) documents it.

use rustc_hash::FxHashMap;

use super::files;
use crate::model::identity::Me;

/// The most bytes of a `.mailmap` that are read.
pub(super) const MAILMAP_BYTES: usize = 4 << 20;

/// A parsed `.mailmap`.
#[derive(Debug, Default)]
pub(super) struct Mailmap {
    /// By address in lower case.
    entries: FxHashMap<Vec<u8>, Entry>,
}

/// What is known of one address.
#[derive(Debug, Default)]
struct Entry {
    /// For everyone who uses the address.
    anyone: Proper,
    /// For those of a certain name, in lower case.
    named: FxHashMap<Vec<u8>, Proper>,
}

#[derive(Clone, Debug, Default)]
struct Proper {
    name: Option<Vec<u8>>,
    email: Option<Vec<u8>>,
}

/// `Name <address>`: one half of a line.
struct Half<'a> {
    name: &'a [u8],
    email: &'a [u8],
}

impl Mailmap {
    /// The mapping that `bytes` describe; a line that makes no sense is passed over.
    pub(super) fn parse(bytes: &[u8]) -> Self {
        let mut map = Self::default();
        for line in files::lines(bytes) {
            if line.starts_with(b"#") {
                continue;
            }
            let Some((proper, rest)) = half(line) else {
                continue;
            };
            let commit = half(rest).map(|(commit, _)| commit);
            map.add(&proper, commit.as_ref());
        }
        map
    }

    fn add(&mut self, proper: &Half<'_>, commit: Option<&Half<'_>>) {
        let key = commit.map_or(proper.email, |half| half.email);
        let entry = self.entries.entry(key.to_ascii_lowercase()).or_default();
        let slot = match commit.map(|half| half.name) {
            Some(name) if !name.is_empty() => {
                entry.named.entry(name.to_ascii_lowercase()).or_default()
            }
            _ => &mut entry.anyone,
        };
        // A later line overrides only what it says.
        if !proper.name.is_empty() {
            slot.name = Some(proper.name.to_vec());
        }
        if commit.is_some() {
            slot.email = Some(proper.email.to_vec());
        }
    }

    /// Whose commits the mailmap gives to `me`: an address and, if it matters, a name each,
    /// sorted.
    pub(super) fn claims(&self, me: &Me) -> Vec<Vec<u8>> {
        let is_mine = |proper: &Proper| proper.email.as_ref().is_some_and(|email| me.knows(email));
        let mut claims = Vec::new();
        for (address, entry) in &self.entries {
            if is_mine(&entry.anyone) {
                claims.push([address.as_slice(), b"\n"].concat());
            }
            let named = entry.named.iter().filter(|(_, proper)| is_mine(proper));
            claims.extend(named.map(|(name, _)| [address, &b">"[..], name, b"\n"].concat()));
        }
        claims.sort_unstable();
        claims
    }

    /// Whether it tells people apart who share `email`: then no line speaks of all of them.
    pub(super) fn tells_apart(&self, email: &[u8]) -> bool {
        let entry = self.entries.get(&email.to_ascii_lowercase());
        entry.is_some_and(|entry| !entry.named.is_empty())
    }

    /// The proper name and address of `name` and `email`; each unchanged when nothing is said.
    pub(super) fn map<'a>(&'a self, name: &'a [u8], email: &'a [u8]) -> (&'a [u8], &'a [u8]) {
        if self.entries.is_empty() {
            return (name, email);
        }
        let Some(entry) = self.entries.get(&email.to_ascii_lowercase()) else {
            return (name, email);
        };
        let proper = entry
            .named
            .get(&name.to_ascii_lowercase())
            .unwrap_or(&entry.anyone);
        (
            proper.name.as_deref().unwrap_or(name),
            proper.email.as_deref().unwrap_or(email),
        )
    }
}

/// The first `Name <address>` of `line`, and what follows it.
fn half(line: &[u8]) -> Option<(Half<'_>, &[u8])> {
    let open = memchr::memchr(b'<', line)?;
    let close = open + memchr::memchr(b'>', &line[open..])?;
    let name = line[..open].trim_ascii();
    // A comment may follow an address.
    if name.starts_with(b"#") {
        return None;
    }
    let email = line[open + 1..close].trim_ascii();
    Some((Half { name, email }, &line[close + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mapped(map: &str, name: &str, email: &str) -> String {
        let map = Mailmap::parse(map.as_bytes());
        let (name, email) = map.map(name.as_bytes(), email.as_bytes());
        format!(
            "{} <{}>",
            String::from_utf8_lossy(name),
            String::from_utf8_lossy(email)
        )
    }

    #[test]
    fn the_four_documented_forms_map_as_documented() {
        let map = "# people\nProper A <a@x>\n<b@new> <b@old>\nProper C <c@new> <c@old>  # moved\nProper D <d@new> Nick <shared@x>\n";
        assert_eq!(mapped(map, "a", "A@X"), "Proper A <A@X>");
        assert_eq!(mapped(map, "b", "b@old"), "b <b@new>");
        assert_eq!(mapped(map, "c", "C@Old"), "Proper C <c@new>");
        assert_eq!(mapped(map, "nick", "shared@x"), "Proper D <d@new>");
        assert_eq!(mapped(map, "Other", "shared@x"), "Other <shared@x>");
        assert_eq!(mapped(map, "e", "e@x"), "e <e@x>");
    }

    #[test]
    fn later_lines_win_and_nonsense_is_passed_over() {
        let map = "One <a@x>\nTwo <a@x>\n<\n<>\nno address\n \u{ff}\n";
        assert_eq!(mapped(map, "a", "a@x"), "Two <a@x>");
        assert_eq!(mapped("<new@x> <>", "root", ""), "root <new@x>");
    }

    #[test]
    fn a_name_without_its_own_line_falls_back_to_the_address() {
        let map = "Boss <boss@x> <team@x>\nAda <ada@x> Ada <team@x>\n";
        assert_eq!(mapped(map, "ADA", "team@x"), "Ada <ada@x>");
        assert_eq!(mapped(map, "Zoe", "team@x"), "Boss <boss@x>");
        let map = Mailmap::parse(map.as_bytes());
        assert!(map.tells_apart(b"Team@x") && !map.tells_apart(b"ada@x"));
    }
}
