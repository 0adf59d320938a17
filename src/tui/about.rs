//! What the store knows of a repository, for the command and for the page of a repository.

use std::path::Path;

use chrono::NaiveDate;

use crate::model::dataset::Dataset;
use crate::model::ids::RepoId;
use crate::model::text::Clean;
use crate::report::repository::{self, About};
use crate::store::{Repository, Store, StoreError};

/// All that is known of `row`; `found` says whether the start of the program found a clone with
/// this common folder.
///
/// # Errors
/// When the store cannot be read.
pub fn about(
    store: &Store,
    data: &Dataset,
    row: Repository,
    found: impl Fn(&Path) -> bool,
) -> Result<About, StoreError> {
    let read = |day| NaiveDate::from_epoch_days(day).unwrap_or_default();
    let mut notes: Vec<_> = store
        .notes(None)?
        .into_iter()
        .filter(|note| note.event.is_none() && note.about.repo.as_ref() == Some(&row.name))
        .map(|note| (note.days, Clean::label(note.text.as_str().as_bytes())))
        .collect();
    notes.reverse();
    // Where it lies on another machine says nothing of this one.
    let own = row.places.iter().any(|place| place.walked);
    let here = row
        .places
        .iter()
        .filter(|place| !own || place.walked || found(&place.common_dir));
    let places = here.map(|place| {
        let path = place.path.as_os_str().as_encoded_bytes();
        (Clean::label(path), found(&place.common_dir))
    });
    Ok(About {
        places: places.collect(),
        shallow: row.shallow,
        partial: row.partial,
        read: row.key.is_some(),
        days_read: (read(row.first_day), read(row.last_day)),
        own: repository::own(data, row.id),
        name: row.name,
        notes,
    })
}

/// The stored repository `repo`; `None` when it is not stored (any more).
///
/// # Errors
/// When the store cannot be read.
pub fn row(store: &Store, repo: RepoId) -> Result<Option<Repository>, StoreError> {
    let all = store.repositories()?;
    Ok(all.into_iter().find(|one| one.id == repo))
}
