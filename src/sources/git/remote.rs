//! The address of `origin` in one form, without anything secret.

use crate::model::text::Clean;

/// `host/path` of a remote URL: no scheme, user, password, port, query or trailing `.git`, the
/// host in lower case. A path on this machine, and what cannot be made out, is `None`: it says
/// nothing to another clone.
pub(super) fn normalised(url: &[u8]) -> Option<Clean> {
    let text = String::from_utf8_lossy(url);
    let text = text.trim();
    let (host, path) = match text.split_once("://") {
        Some((scheme, rest)) => {
            if scheme.eq_ignore_ascii_case("file") {
                return None;
            }
            // What stands before the last @ of the authority may be a password.
            let (authority, path) = rest.split_once('/')?;
            (after_user(authority), path)
        }
        None => scp_like(text)?,
    };
    let host = without_port(host).to_ascii_lowercase();
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let path = path.trim_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path).trim_matches('/');
    if host.is_empty() || path.is_empty() {
        return None;
    }
    Some(Clean::label(format!("{host}/{path}").as_bytes()))
}

/// `user@host:path`, the short form of ssh.
fn scp_like(text: &str) -> Option<(&str, &str)> {
    let colon = match text.find('[') {
        // An address in brackets holds colons of its own.
        Some(open) => open + text.get(open..)?.find("]:")? + 1,
        None => text.find(':')?,
    };
    let (host, path) = (text.get(..colon)?, text.get(colon + 1..)?);
    // A slash before the colon, or a drive letter: a path on this machine.
    if host.contains(['/', '\\']) || host.len() < 2 {
        return None;
    }
    Some((after_user(host), path))
}

fn after_user(authority: &str) -> &str {
    authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host)
}

fn without_port(host: &str) -> &str {
    if let Some(rest) = host.strip_prefix('[') {
        return rest.split_once(']').map_or(rest, |(inside, _)| inside);
    }
    host.split_once(':').map_or(host, |(host, _)| host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(url: &str) -> Option<String> {
        normalised(url.as_bytes()).map(|clean| clean.as_str().to_owned())
    }

    #[test]
    fn every_way_to_write_one_remote_gives_one_form() {
        for url in [
            "https://GitHub.com/o/R.git",
            "https://user:pa/ss@github.com/o/R"
                .replace("pa/ss", "secret")
                .as_str(),
            "git@github.com:o/R.git",
            "ssh://git@github.com:22/o/R.git/",
            "git://github.com/o/R",
            "github.com:o/R",
            "https://x-token:s@cret@github.com/o/R.git?token=1",
        ] {
            assert_eq!(read(url).as_deref(), Some("github.com/o/R"), "{url}");
        }
    }

    #[test]
    fn paths_on_this_machine_and_nonsense_say_nothing() {
        for url in [
            "/srv/git/r.git",
            "../r",
            "C:\\r",
            "file:///srv/r",
            "",
            "https://",
            "host:",
        ] {
            assert_eq!(read(url), None, "{url}");
        }
        assert_eq!(read("git@[::1]:o/r").as_deref(), Some("::1/o/r"));
    }
}
