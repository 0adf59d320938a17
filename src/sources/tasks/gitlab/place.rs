//! Where a GitLab issue or merge request is, by its address.

use super::super::words;
use crate::model::text::Clean;

/// The project and number in an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    host: String,
    /// Group, subgroups, project.
    path: String,
    number: u64,
    /// Whether it is a merge request.
    pub(super) merge: bool,
}

impl Place {
    /// Takes `https://host/group/project/-/issues/1` apart, the old form without `/-/` too;
    /// `work_items` are issues.
    pub(super) fn parse(url: &str) -> Option<Self> {
        let (_, rest) = url.trim().split_once("://")?;
        let rest = rest.split(['?', '#']).next()?;
        let (host, path) = rest.split_once('/')?;
        let parts: Vec<&str> = path.split('/').take(40).collect();
        let at = (1..parts.len()).rev().find(|at| {
            matches!(
                parts.get(*at),
                Some(&("issues" | "work_items" | "merge_requests"))
            )
        })?;
        let after = parts.get(at + 1..)?;
        let number = after.iter().find(|part| **part != "incident")?;
        let project = parts.get(..at)?;
        let project = project.strip_suffix(&["-"]).unwrap_or(project);
        let project = project.strip_prefix(&["groups"]).unwrap_or(project);
        let fits = !host.is_empty() && !project.is_empty() && !project.contains(&"");
        Some(Self {
            host: host.to_lowercase(),
            path: project.join("/"),
            number: number.parse().ok()?,
            merge: *parts.get(at)? == "merge_requests",
        })
        .filter(|_| fits)
    }

    fn mark(&self) -> char {
        if self.merge { '!' } else { '#' }
    }

    /// `group/project#12`, of a merge request `group/project!12`.
    pub(super) fn key(&self) -> Clean {
        Clean::label(format!("{}{}{}", self.path, self.mark(), self.number).as_bytes())
    }

    /// `group/project`.
    pub(super) fn project(&self) -> Option<Clean> {
        words::label(&self.path)
    }

    /// What names it in the whole world: its address, and its number on that server, which
    /// survives a new name of the project. Issues and merge requests are numbered apart.
    pub(super) fn aliases(&self, id: Option<&str>) -> Vec<String> {
        let (host, path) = (&self.host, self.path.to_lowercase());
        let mut out = vec![format!(
            "gitlab:{host}/{path}{}{}",
            self.mark(),
            self.number
        )];
        let id = id.filter(|id| id.parse::<u64>().is_ok());
        let kind = if self.merge { "mr" } else { "id" };
        out.extend(id.map(|id| format!("gitlab:{host}:{kind}:{id}")));
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_issue_has_one_alias_whatever_address_leads_to_it() {
        for url in [
            "https://gitlab.com/Group/sub/App/-/issues/12",
            "https://gitlab.com/group/sub/app/issues/12#note_3",
            "https://gitlab.com/group/sub/app/-/work_items/12",
            "https://gitlab.com/group/sub/app/-/issues/incident/12?x=1",
        ] {
            let place = Place::parse(url).unwrap();
            let wanted = [
                "gitlab:gitlab.com/group/sub/app#12",
                "gitlab:gitlab.com:id:7",
            ];
            assert_eq!(place.aliases(Some("7")), wanted, "{url}");
        }
        let merge = Place::parse("https://git.corp/g/a/-/merge_requests/3").unwrap();
        assert_eq!(merge.key().as_str(), "g/a!3");
        assert_eq!(merge.aliases(None), ["gitlab:git.corp/g/a!3"]);
    }

    #[test]
    fn what_leads_to_no_issue_is_no_place() {
        for url in [
            "https://gitlab.com/groups/g/-/milestones/12",
            "https://gitlab.com/issues/12",
            "https://gitlab.com/groups/-/work_items/12",
            "https://gitlab.com//-/issues/12",
            "https://gitlab.com/g/a/-/issues/new",
            "https://gitlab.com/g/a/-/issues",
            "g/a#12",
        ] {
            assert_eq!(Place::parse(url), None, "{url}");
        }
    }
}
