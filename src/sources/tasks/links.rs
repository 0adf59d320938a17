//! Aliases of tasks of other trackers that a task was copied from: a copy and its original count
//! once.

/// The alias of the task that stands at this address; `None` when no known tracker's task does.
pub(super) fn of_url(url: &str) -> Option<String> {
    let rest = url.trim().split_once("://")?.1;
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let place = place.split('#').next().unwrap_or(place);
    let (host, path) = place.split_once('/')?;
    let host = host.to_lowercase();
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    match (host.as_str(), parts.as_slice()) {
        ("github.com" | "www.github.com", [owner, name, "issues" | "pull", number, ..]) => {
            let number = digits(number)?;
            Some(format!("github:{owner}/{name}#{number}").to_lowercase())
        }
        ("trello.com", ["c", short, ..]) => Some(format!("trello:{short}")),
        ("linear.app", [_, "issue", key, ..]) => Some(format!("linear:{}", key.to_uppercase())),
        (_, [.., "browse", key]) => jira(key),
        (_, [.., "_workitems", "edit", id]) => Some(format!("azure:{}", digits(id)?)),
        (_, [.., "show_bug.cgi"]) => {
            let id = query.split('&').find_map(|pair| pair.strip_prefix("id="))?;
            Some(format!("bugzilla:{}", digits(id)?))
        }
        _ => gitlab(&host, &parts),
    }
}

/// The alias of a Jira key; `None` when it is none.
pub(super) fn jira(key: &str) -> Option<String> {
    let (project, number) = key.trim().rsplit_once('-')?;
    let fits = project.starts_with(|c: char| c.is_alphabetic());
    digits(number).filter(|_| fits)?;
    Some(format!("jira:{}", key.trim().to_uppercase()))
}

/// Issues and merge requests of any GitLab, with the `-` of newer addresses or without.
pub(super) fn gitlab(host: &str, parts: &[&str]) -> Option<String> {
    let [group @ .., kind, number] = parts else {
        return None;
    };
    let sign = match *kind {
        "issues" | "work_items" => '#',
        "merge_requests" => '!',
        _ => return None,
    };
    let new = group.last() == Some(&"-");
    let group = if new {
        &group[..group.len() - 1]
    } else {
        group
    };
    // Without the dash many programs have such addresses: only a host that says its name counts.
    if group.len() < 2 || !(new || host.contains("gitlab")) {
        return None;
    }
    let (group, number) = (group.join("/"), digits(number)?);
    Some(format!("gitlab:{host}/{group}{sign}{number}").to_lowercase())
}

fn digits(text: &str) -> Option<&str> {
    let fits = (1..=18).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    fits.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_tasks_become_the_aliases_of_their_trackers() {
        for (url, alias) in [
            (
                "https://github.com/Example/App/issues/42",
                "github:example/app#42",
            ),
            (
                "https://github.com/example/app/pull/7#issuecomment-1",
                "github:example/app#7",
            ),
            (
                "https://gitlab.com/a/b/c/-/issues/3",
                "gitlab:gitlab.com/a/b/c#3",
            ),
            (
                "https://git.example.org/a/b/-/merge_requests/9",
                "gitlab:git.example.org/a/b!9",
            ),
            (
                "https://gitlab.example.org/a/b/issues/3",
                "gitlab:gitlab.example.org/a/b#3",
            ),
            ("https://x.atlassian.net/browse/ING-207", "jira:ING-207"),
            (
                "https://linear.app/acme/issue/ENG-5/some-title",
                "linear:ENG-5",
            ),
            ("https://trello.com/c/AbCd1234/5-title", "trello:AbCd1234"),
            (
                "https://bugs.example.org/show_bug.cgi?ctype=x&id=77",
                "bugzilla:77",
            ),
        ] {
            assert_eq!(of_url(url).as_deref(), Some(alias), "{url}");
        }
        for url in [
            "",
            "https://github.com/example/app",
            "https://github.com/example/app/issues/new",
            "https://example.com/a/b/issues/3",
            "https://example.com/browse/readme",
            "no address",
        ] {
            assert_eq!(of_url(url), None, "{url}");
        }
    }
}
