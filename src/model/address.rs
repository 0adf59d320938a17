//! Addresses in the one form in which they are compared, and what an address says about its owner.

use super::text::Clean;

/// The longest pair of name and address, in characters: what is longer is nobody's.
const PAIR_CHARS: usize = 190;

/// Mailbox names that many people share: they say nothing about who writes.
const SHARED: [&str; 26] = [
    "admin",
    "administrator",
    "bot",
    "build",
    "ci",
    "contact",
    "dev",
    "devnull",
    "email",
    "git",
    "github",
    "gitlab",
    "hello",
    "info",
    "mail",
    "me",
    "noreply",
    "no-reply",
    "nobody",
    "office",
    "root",
    "support",
    "team",
    "ubuntu",
    "user",
    "vagrant",
];

/// An entry of "who is me" in the form in which entries are compared: an address (trimmed of
/// blanks, brackets, quotes and trailing dots, lower case, invalid UTF-8 replaced), or a pair
/// `name <address>` where an address alone would say too little. A pair ends in `>`, an address
/// never does.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
pub struct Address(String);

impl Address {
    /// The comparable form of the address in `bytes`; `None` when nothing is left of it.
    pub fn new(bytes: &[u8]) -> Option<Self> {
        let text = Clean::label(bytes).as_str().to_ascii_lowercase();
        let noise = |c: char| matches!(c, '<' | '>' | '"' | '\'' | ' ' | ',' | ';');
        let text = text.trim_matches(noise);
        let text = text.strip_prefix("mailto:").unwrap_or(text);
        let text = text.trim_matches(noise).trim_end_matches(['.', '>']);
        (!text.is_empty()).then(|| Self(text.to_owned()))
    }

    /// The pair of exactly this name and this address, case and blanks aside; the address may be
    /// empty. `None` when both are, or the pair is too long to be told from others.
    pub fn pair(name: &[u8], email: &[u8]) -> Option<Self> {
        let name = name_key(name);
        let email = Self::new(email)
            .map(|address| address.0)
            .unwrap_or_default();
        if name.is_empty() && email.is_empty() {
            return None;
        }
        let blank = if name.is_empty() { "" } else { " " };
        let text = format!("{name}{blank}<{email}>");
        (text.chars().count() <= PAIR_CHARS).then_some(Self(text))
    }

    /// The entry that stands for the author of a commit: the address where it says enough, else
    /// the pair with the name.
    pub fn of_author(name: &[u8], email: &[u8]) -> Option<Self> {
        match Self::new(email).filter(Self::is_full) {
            Some(address) => Some(address),
            None => Self::pair(name, email),
        }
    }

    /// What a person typed: `Name <address>` is the pair, anything else an address.
    pub fn typed(text: &[u8]) -> Option<Self> {
        let text = text.trim_ascii();
        match (first_bracket(text), text.strip_suffix(b">")) {
            (Some(open), Some(head)) if open > 0 => Self::pair(&text[..open], &head[open + 1..]),
            _ => Self::new(text),
        }
    }

    /// What the store wrote.
    pub fn stored(bytes: &[u8]) -> Option<Self> {
        let text = Clean::label(bytes);
        if text.as_str().ends_with('>') {
            return Some(Self(text.as_str().to_owned()));
        }
        Self::new(bytes)
    }

    /// The entry as text, safe to show.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is a pair of name and address.
    pub fn is_pair(&self) -> bool {
        self.0.ends_with('>')
    }

    /// The address in it; empty in the pair of a name and nothing.
    pub fn email(&self) -> &str {
        let pair = self.0.strip_suffix('>');
        let inside = pair.and_then(|pair| pair.rsplit_once('<'));
        inside.map_or(&self.0, |(_, email)| email)
    }

    /// Whether the address alone says whose it is: it has a name before and a host after the
    /// `@`, and the host is not every machine's own.
    pub fn is_full(&self) -> bool {
        self.split().is_some_and(|(local, host)| {
            !local.is_empty() && !host.is_empty() && host != "localhost" && !is_own(host)
        })
    }

    /// The mailbox: without a `+tag`, and `ada at example dot org` written properly. `None` where
    /// there is no host.
    pub fn mailbox(&self) -> Option<String> {
        // What stands before the plus in the address of a forge is the account's number.
        if self.noreply_user().is_some() {
            return Some(self.email().to_owned());
        }
        let mut written = self.email().to_owned();
        if !written.contains('@') {
            written = written.replace(" dot ", ".").replace("[dot]", ".");
            for at in [" at ", "[at]", "(at)", "_at_"] {
                written = written.replacen(at, "@", 1);
            }
        }
        let (local, host) = written.split_once('@')?;
        let local = local.split('+').next().unwrap_or(local).trim();
        let (local, host) = (local.trim_matches('"'), host.trim());
        (!local.is_empty() && !host.is_empty()).then(|| format!("{local}@{host}"))
    }

    /// The user name in a no-reply address of a forge: `12345+octocat@users.noreply.github.com`,
    /// `octocat@users.noreply.github.com`, `12345-octocat@users.noreply.gitlab.com`,
    /// `octocat@noreply.codeberg.org`.
    pub fn noreply_user(&self) -> Option<&str> {
        self.noreply().map(|(_, user)| user)
    }

    /// Host and account number in a no-reply address: they outlive a change of the user name.
    pub fn noreply_account(&self) -> Option<(&str, &str)> {
        let (number, _) = self.noreply()?;
        let (_, host) = self.split()?;
        Some((host, number?))
    }

    fn noreply(&self) -> Option<(Option<&str>, &str)> {
        let (local, host) = self.split()?;
        let forge = ["users.noreply.", "user.noreply.", "noreply."]
            .iter()
            .any(|start| host.starts_with(start));
        if !forge || local.is_empty() {
            return None;
        }
        let cut = local.find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
        let user = local
            .get(cut..)
            .and_then(|rest| rest.strip_prefix(['+', '-']));
        Some(match user.filter(|user| cut > 0 && !user.is_empty()) {
            Some(user) => (local.get(..cut), user),
            None => (None, local),
        })
    }

    /// The login that the address names: its noreply user, else what stands before the `@`
    /// without a `+tag`, else the whole of an address without a host. `None` for names that many
    /// share, like `root`.
    pub fn login(&self) -> Option<&str> {
        let login = match (self.noreply_user(), self.split()) {
            (Some(user), _) => user,
            (None, Some((local, _))) => local.split('+').next().unwrap_or(local),
            (None, None) => self.email(),
        };
        let said = login.len() > 1 && !login.contains(' ') && !SHARED.contains(&login);
        said.then_some(login)
    }

    /// Whether it is the form that git-svn and other old imports leave: no host at all, every
    /// machine's own host, or the id of a subversion repository for a host.
    pub fn is_import(&self) -> bool {
        match self.split() {
            None => true,
            Some((_, host)) => is_uuid(host) || !is_host(host),
        }
    }

    fn split(&self) -> Option<(&str, &str)> {
        self.email().rsplit_once('@')
    }
}

/// The first `<` of `text`.
fn first_bracket(text: &[u8]) -> Option<usize> {
    text.iter().position(|byte| *byte == b'<')
}

/// A host that exists outside one machine.
fn is_host(host: &str) -> bool {
    host.contains('.') && !is_own(host)
}

/// What machines without a name in the world call themselves.
fn is_own(host: &str) -> bool {
    ["(none)", ".localdomain", ".local"]
        .iter()
        .any(|own| host.ends_with(own))
}

fn is_uuid(host: &str) -> bool {
    let parts = host.split('-').map(str::len);
    parts.eq([8, 4, 4, 4, 12]) && host.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit())
}

/// A name in the form in which names are compared: lower case, single blanks.
pub fn name_key(name: &[u8]) -> String {
    Clean::label(name).as_str().to_lowercase()
}

/// Whether a name in the form of [`name_key`] tells its bearer from others: one word is shared by
/// too many people.
pub fn is_full_name(key: &str) -> bool {
    key.contains(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Address {
        Address::new(text.as_bytes()).unwrap()
    }

    #[test]
    fn spelling_does_not_make_a_second_address() {
        for text in [
            " Ada@Example.ORG ",
            "<ada@example.org>",
            "\"ada@example.org\"",
            "'ada@example.org'",
            "ada@example.org.",
            "mailto:ada@example.org",
            "<<ada@example.org",
        ] {
            assert_eq!(of(text).as_str(), "ada@example.org", "{text}");
        }
        assert_eq!(Address::new(b" <> "), None);
        assert_eq!(Address::new(b"\"\""), None);
    }

    #[test]
    fn an_address_that_many_machines_have_needs_the_name_beside_it() {
        let author = |name: &str, email: &str| {
            Address::of_author(name.as_bytes(), email.as_bytes()).map(|one| one.as_str().to_owned())
        };
        assert_eq!(author("Ada", "a@x").as_deref(), Some("a@x"));
        for (email, pair) in [
            ("", "ada l <>"),
            ("Ada", "ada l <ada>"),
            ("ada@localhost", "ada l <ada@localhost>"),
            ("ada@pc.(none)", "ada l <ada@pc.(none)>"),
            ("ada@pc.local", "ada l <ada@pc.local>"),
            ("@example.org", "ada l <@example.org>"),
        ] {
            assert_eq!(author("Ada  L", email).as_deref(), Some(pair));
        }
        assert_eq!(author("", ""), None);
        assert_eq!(author("", "root").as_deref(), Some("<root>"));
        assert_eq!(author(&"x".repeat(195), ""), None, "told from no other");
    }

    #[test]
    fn no_address_of_a_commit_reads_as_a_pair() {
        for bytes in [&b"ada <ada@x>"[..], b"a <b>.", b"ada <x>>", b"<a <b>\""] {
            assert!(!Address::new(bytes).unwrap().is_pair());
        }
        let pair = Address::pair(b"Eve <root>", b"x").unwrap();
        assert_eq!(pair.email(), "x");
        assert_eq!(Address::stored(pair.as_str().as_bytes()), Some(pair));
    }

    #[test]
    fn what_is_typed_with_a_name_is_the_pair() {
        let typed = |text: &str| Address::typed(text.as_bytes()).unwrap();
        assert_eq!(typed("Ada L <ADA>").as_str(), "ada l <ada>");
        assert_eq!(typed(" <ada@x> ").as_str(), "ada@x");
        assert_eq!(typed("Ada <>").email(), "");
    }

    #[test]
    fn the_forms_of_the_forges_name_their_user_and_account() {
        let user = |text: &str| of(text).noreply_user().map(str::to_owned);
        for text in [
            "123+octo@users.noreply.github.com",
            "octo@users.noreply.github.com",
            "123-octo@users.noreply.gitlab.com",
            "octo@users.noreply.gitlab.com",
            "octo@noreply.codeberg.org",
            "123+octo@user.noreply.gitee.com",
        ] {
            assert_eq!(user(text).as_deref(), Some("octo"), "{text}");
        }
        assert_eq!(
            user("oc-to+x@users.noreply.github.com").as_deref(),
            Some("oc-to+x")
        );
        assert_eq!(user("octo@example.com"), None);
        assert_eq!(user("noreply@github.com"), None);
        let renamed = of("123+new@users.noreply.github.com");
        let account = Some(("users.noreply.github.com", "123"));
        assert_eq!(renamed.noreply_account(), account);
        assert_eq!(of("octo@users.noreply.github.com").noreply_account(), None);
    }

    #[test]
    fn a_mailbox_is_the_same_with_a_tag_and_when_it_is_spelled_out() {
        for text in [
            "ada+git@example.org",
            "ada at example dot org",
            "ada[at]example.org",
            "ada_at_example.org",
        ] {
            assert_eq!(
                of(text).mailbox().as_deref(),
                Some("ada@example.org"),
                "{text}"
            );
        }
        assert_eq!(of("ada").mailbox(), None);
        assert_eq!(
            of("sad_at_home@example.org").mailbox().as_deref(),
            Some("sad_at_home@example.org")
        );
    }

    #[test]
    fn a_login_is_said_by_an_import_and_never_by_a_shared_name() {
        assert_eq!(
            of("ada@6f1c9e2a-0b1d-4c3e-8f5a-001122334455").login(),
            Some("ada")
        );
        assert!(of("ada@6f1c9e2a-0b1d-4c3e-8f5a-001122334455").is_import());
        assert!(of("ada").is_import() && of("ada@pc").is_import());
        assert!(!of("ada@example.org").is_import());
        assert_eq!(of("root@example.org").login(), None);
        assert_eq!(of("1+ada@users.noreply.github.com").login(), Some("ada"));
    }
}
