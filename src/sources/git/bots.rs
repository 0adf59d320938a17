//! Authors that are programs which commit on their own: they are nobody's work.
//!
//! A bot is never me, not even where it commits under an address of mine, as workflows and
//! self-hosted updaters are often set up to do: the name says who did it. Assistants are no bots:
//! what one commits under my address is mine, with its help.

/// Names that only bots bear, in lower case; one that ends in `[bot]` is a bot's anyway.
const NAMES: [&str; 15] = [
    "allcontributors",
    "dependabot",
    "dependabot-preview",
    "github action",
    "github actions",
    "github-actions",
    "gitlab ci",
    "greenkeeper",
    "mend renovate",
    "pre-commit-ci",
    "renovate",
    "renovate bot",
    "semantic-release-bot",
    "snyk-bot",
    "pyup-bot",
];

/// Addresses that only bots have.
const ADDRESSES: [&str; 8] = [
    "action@github.com",
    "actions@github.com",
    "bot@renovateapp.com",
    "renovate@whitesourcesoftware.com",
    "semantic-release-bot@martynus.net",
    "snyk-bot@snyk.io",
    "support@dependabot.com",
    "support@greenkeeper.io",
];

/// Whether an author of this name and address is a bot.
pub(super) fn is_one(name: &[u8], email: &[u8]) -> bool {
    let (name, email) = (name.trim_ascii(), email.trim_ascii());
    let (name, email) = (name.to_ascii_lowercase(), email.to_ascii_lowercase());
    name.ends_with(b"[bot]")
        || memchr::memmem::find(&email, b"[bot]@").is_some()
        || NAMES.iter().any(|one| one.as_bytes() == name)
        || ADDRESSES.iter().any(|one| one.as_bytes() == email)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bots_are_known_by_name_or_address() {
        assert!(is_one(b"dependabot[bot]", b"support@github.com"));
        assert!(is_one(b"Some-App[bot]", b"ada@example.org"));
        let github = b"29139614+renovate[bot]@users.noreply.github.com";
        assert!(is_one(b"Renovate", github) && is_one(b"Ada", github));
        assert!(is_one(b"Renovate Bot", b"ada@example.org"));
        assert!(is_one(b"GitHub Actions", b"ada@example.org"));
        assert!(is_one(b"Build", b"actions@github.com"));
    }

    #[test]
    fn people_who_are_called_alike_are_people() {
        assert!(!is_one(b"Bot Smith", b"bot@example.org"));
        assert!(!is_one(b"Renovate Rossi", b"renovate@example.org"));
        assert!(!is_one(b"Robot", b"ada@example.org"));
        assert!(!is_one(b"", b""));
    }
}
