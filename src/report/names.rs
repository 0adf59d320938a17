//! Names for the ids in a figure.

use crate::model::dataset::{Dataset, Labels};
use crate::model::figure::Key;
use crate::model::forms;
use crate::model::ids::RepoId;

/// Labels together with the repositories whose positions they follow.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    repos: &'a [RepoId],
    labels: &'a Labels,
}

impl<'a> Names<'a> {
    /// The names for figures computed from `data`.
    pub fn new(data: &'a Dataset, labels: &'a Labels) -> Self {
        Self {
            repos: &data.repos,
            labels,
        }
    }

    /// What `key` is called; `None` for a key that only stands for its days.
    ///
    /// Two repositories of one name are told apart by a number: `api`, `api #2`.
    pub fn of(&self, key: Key) -> Option<String> {
        Some(match key {
            Key::Time => return None,
            Key::Repo(id) => self.repo(id),
            Key::Language(id) => self
                .labels
                .languages
                .get(usize::from(id.0))
                .map_or_else(|| format!("language {}", id.0), ToString::to_string),
            Key::Category(category) => category.name().to_owned(),
            Key::Hour(day, hour) => format!("{} {}", short_weekday(day), forms::short_hour(hour)),
            Key::Task(at) => self
                .labels
                .tasks
                .get(at as usize)
                .map_or_else(|| format!("task {at}"), ToString::to_string),
            Key::Project(at) => self
                .labels
                .projects
                .get(usize::from(at))
                .map_or_else(|| format!("project {at}"), ToString::to_string),
            Key::Name(name) => name.to_owned(),
        })
    }

    fn repo(&self, id: RepoId) -> String {
        let place = self.repos.iter().position(|other| *other == id);
        let Some((place, name)) = place.and_then(|at| Some((at, self.labels.repos.get(at)?)))
        else {
            return format!("repository {}", id.0);
        };
        let before = self.labels.repos.iter().take(place);
        match before.filter(|other| *other == name).count() {
            0 => name.to_string(),
            same => format!("{name} #{}", same + 1),
        }
    }

    /// How many repositories there are.
    pub fn repositories(&self) -> usize {
        self.repos.len()
    }
}

/// `Mon` to `Sun`.
pub(super) fn short_weekday(day: chrono::Weekday) -> &'static str {
    use chrono::Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    match day {
        Mon => "Mon",
        Tue => "Tue",
        Wed => "Wed",
        Thu => "Thu",
        Fri => "Fri",
        Sat => "Sat",
        Sun => "Sun",
    }
}
