//! Who wrote the commits of several repositories: looked at to find who else is me, kept nowhere.

use std::sync::atomic::AtomicBool;

use crate::model::person::Person;
use crate::model::place::Place;
use crate::model::text::Clean;
use crate::sources::git::{self, GitError};
use crate::store::{Store, StoreError};

/// The names of these repositories on screen: the stored one, else that of the folder.
pub fn names<'a>(
    store: Option<&Store>,
    places: impl IntoIterator<Item = &'a Place>,
) -> Result<Vec<Clean>, StoreError> {
    let known = store
        .map(Store::repositories)
        .transpose()?
        .unwrap_or_default();
    let name = |place: &Place| {
        let stored = known.iter().find(|repo| {
            repo.places
                .iter()
                .any(|at| at.common_dir == place.common_dir)
        });
        let folder = || place.path.file_name().unwrap_or(place.path.as_os_str());
        stored.map_or_else(
            || Clean::label(folder().as_encoded_bytes()),
            |repo| repo.name.clone(),
        )
    };
    Ok(places.into_iter().map(name).collect())
}

/// The authors of each repository by its name; one that cannot be read is told to `problem` and
/// left out.
pub fn census<'a>(
    repos: impl IntoIterator<Item = (Clean, &'a Place)>,
    stop: &AtomicBool,
    problem: &mut dyn FnMut(GitError),
) -> Vec<(Clean, Vec<Person>)> {
    let mut all = Vec::new();
    for (name, place) in repos {
        match git::people(place, stop) {
            Ok(people) => all.push((name, people)),
            Err(error) => problem(error),
        }
    }
    all
}
