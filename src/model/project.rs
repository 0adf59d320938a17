//! The owner's own projects: folders of a repository, whole repositories, or projects of trackers
//! under one name.

use super::task::last_part;
use super::text::Clean;

/// One `[[project]]` of the settings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ProjectRule {
    /// What the owner calls it.
    pub name: Clean,
    /// The repository it lies in; `None` = any.
    pub repo: Option<String>,
    /// Folders of it, from the top of the repository; empty = all of the repository named.
    pub paths: Vec<String>,
    /// What trackers call it.
    pub trackers: Vec<String>,
}

/// All of them, in the order of the settings. Position 0 of every list of projects is "none", so
/// that the first name has position 1.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Projects {
    rules: Vec<ProjectRule>,
    names: Vec<Clean>,
}

impl Projects {
    /// The projects of these rules; rules of one name are one project.
    pub fn new(rules: Vec<ProjectRule>) -> Self {
        let mut names: Vec<Clean> = Vec::new();
        for rule in &rules {
            if !names.contains(&rule.name) {
                names.push(rule.name.clone());
            }
        }
        Self { rules, names }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// Their names; the first has position 1.
    pub fn names(&self) -> &[Clean] {
        &self.names
    }

    /// The project of a file: the rule with the longest folder wins, the first of equals. 0 = none.
    pub fn of_path(&self, repo: &str, path: &[u8]) -> u16 {
        let fits = |rule: &&ProjectRule| {
            let here = rule.repo.as_ref();
            here.is_none_or(|name| name.eq_ignore_ascii_case(repo))
        };
        let length = |rule: &ProjectRule| {
            let held = rule.paths.iter().filter(|folder| holds(folder, path));
            let longest = held.map(|folder| folder.len() + 1).max();
            let whole = rule.paths.is_empty() && rule.repo.is_some();
            longest.or(whole.then_some(0))
        };
        let mut best: Option<(usize, &ProjectRule)> = None;
        for rule in self.rules.iter().filter(fits) {
            if let Some(length) = length(rule)
                && best.is_none_or(|(most, _)| length > most)
            {
                best = Some((length, rule));
            }
        }
        best.map_or(0, |(_, rule)| self.position(&rule.name))
    }

    /// The name of the project at this position; `None` for 0 and beyond the last one.
    pub fn name(&self, position: u16) -> Option<&Clean> {
        self.names.get(usize::from(position).checked_sub(1)?)
    }

    /// The project that a tracker's `name` stands for, else the one that the last part of it
    /// (`owner/name`) stands for; `None` when no rule names either.
    pub fn of_tracker(&self, name: &str) -> Option<u16> {
        self.named(name).or_else(|| self.named(last_part(name)))
    }

    fn named(&self, name: &str) -> Option<u16> {
        let named = |rule: &&ProjectRule| {
            let mut trackers = rule.trackers.iter();
            trackers.any(|one| one.eq_ignore_ascii_case(name))
                || rule.name.as_str().eq_ignore_ascii_case(name)
        };
        let rule = self.rules.iter().find(named)?;
        Some(self.position(&rule.name))
    }

    fn position(&self, name: &Clean) -> u16 {
        let at = self.names.iter().position(|known| known == name);
        at.and_then(|at| u16::try_from(at + 1).ok()).unwrap_or(0)
    }
}

/// Whether the file at `path` lies in `folder`, or is it.
fn holds(folder: &str, path: &[u8]) -> bool {
    let folder = folder.trim_matches('/').as_bytes();
    path.strip_prefix(folder)
        .is_some_and(|rest| folder.is_empty() || rest.is_empty() || rest[0] == b'/')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(name: &str, repo: Option<&str>, paths: &[&str]) -> ProjectRule {
        ProjectRule {
            name: Clean::label(name.as_bytes()),
            repo: repo.map(str::to_owned),
            paths: paths.iter().map(|path| (*path).to_owned()).collect(),
            trackers: Vec::new(),
        }
    }

    #[test]
    fn the_deepest_folder_names_the_project() {
        let projects = Projects::new(vec![
            rule("all", Some("mono"), &[]),
            rule("web", Some("Mono"), &["apps/web/"]),
            rule("shop", None, &["apps/web/shop", "lib/shop"]),
            rule("web", Some("site"), &[]),
        ]);
        assert_eq!(projects.names().len(), 3);
        for (repo, path, expected) in [
            ("mono", "README.md", 1),
            ("mono", "apps/web/index.html", 2),
            ("mono", "apps/website/index.html", 1),
            ("mono", "apps/web/shop/cart.rs", 3),
            ("other", "lib/shop", 3),
            ("other", "README.md", 0),
            ("site", "README.md", 2),
        ] {
            let found = projects.of_path(repo, path.as_bytes());
            assert_eq!(found, expected, "{repo}/{path}");
        }
        assert_eq!(projects.of_tracker("SHOP"), Some(3));
        assert_eq!(projects.of_tracker("hr"), None);
    }
}
