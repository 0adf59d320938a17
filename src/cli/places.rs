//! From the list of roots to the repositories on this machine, by plain readers, before the lock.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::guard::discover::{self, PlaceError};
use crate::guard::gitconfig::{self, GitIdentity};
pub(super) use crate::model::amount::counted;
use crate::model::around::Around;
use crate::model::identity::Address;
use crate::model::place::{Place, Root};
use crate::model::text::Clean;

use super::error::{CliError, Code};
use super::session::{Session, shown};

/// What the roots lead to.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// Repositories to read, each once, with the root that led to it.
    pub targets: Vec<(Place, Root)>,
    /// Roots and folders that could not be read: what, why, next step.
    pub problems: Vec<String>,
}

impl Places {
    /// The repositories of every registered root.
    pub(super) fn registered(session: &Session) -> Self {
        let mut places = Self::default();
        for root in &session.roots {
            places.add(root);
        }
        places
    }

    /// Adds the repositories that `root` leads to, itself or all below it; how many are new.
    pub(super) fn add(&mut self, root: &Root) -> usize {
        let before = self.targets.len();
        let found = discover::at_root(root, discover::Limits::default());
        if found.cut_short {
            self.problems.push(format!(
                "{} holds more than can be searched: register folders below it one by one",
                shown(&root.path)
            ));
        }
        let nothing = found.places.is_empty() && found.problems.is_empty();
        if nothing {
            self.problems.push(format!(
                "{}: no git repository here or below",
                shown(&root.path)
            ));
        }
        self.problems.extend(
            found
                .problems
                .iter()
                .map(|problem| problem.error.to_string()),
        );
        for place in found.places {
            self.push(place, root);
        }
        self.targets.len() - before
    }

    /// A clone and its worktrees are one repository.
    fn push(&mut self, mut place: Place, root: &Root) {
        place.trusted |= root.trusted;
        if !self
            .targets
            .iter()
            .any(|(known, _)| known.common_dir == place.common_dir)
        {
            self.targets.push((place, root.clone()));
        }
    }

    /// Every folder the lock must leave readable.
    pub(super) fn folders(&self) -> Vec<PathBuf> {
        let all: BTreeSet<PathBuf> = self
            .targets
            .iter()
            .flat_map(|(place, _)| place.folders().cloned())
            .collect();
        all.into_iter().collect()
    }

    /// Who git's own settings say the owner is, over all these repositories.
    pub(super) fn configured(&self, session: &Session) -> Configured {
        let mut all = Configured::default();
        all.take(gitconfig::user_identity(&session.env));
        for (place, _) in &self.targets {
            all.take(gitconfig::identity_for(&session.env, place));
        }
        all
    }
}

/// Addresses and names that git's settings give the owner.
#[derive(Debug, Default)]
pub(super) struct Configured {
    /// Addresses; where one says too little, the pair with the name beside it.
    pub addresses: BTreeSet<Address>,
    /// Names.
    pub names: BTreeSet<Clean>,
}

impl Configured {
    fn take(&mut self, identity: GitIdentity) {
        for email in identity.emails {
            if email.is_full() {
                self.addresses.insert(email);
                continue;
            }
            let pair =
                |name: &Clean| Address::pair(name.as_str().as_bytes(), email.as_str().as_bytes());
            self.addresses
                .extend(identity.names.iter().filter_map(pair));
        }
        self.names.extend(identity.names);
    }
}

/// The repository around the working folder, `None` where there is none. One that may not be
/// read (foreign-owned, dangling, …) is an error, unless it was trusted.
pub(super) fn here(session: &Session) -> Result<Option<Place>, CliError> {
    let found = match discover::enclosing(session.env.cwd()) {
        Some(Err(PlaceError::ForeignOwner { path, .. })) if is_trusted(session, &path) => {
            Some(discover::trusted_place_at(&path))
        }
        found => found,
    };
    found
        .transpose()
        .map_err(|error| CliError::caused(Code::Failed, &error))
}

/// The repositories near `folder`, which is in none itself: a short look by names.
pub(super) fn around(folder: &Path) -> Around {
    let near = discover::Limits {
        depth: 3,
        entries: 5_000,
    };
    let found = discover::find(folder, near);
    let mut common: Option<PathBuf> = None;
    for place in &found.places {
        let path = place.path.as_path();
        common = Some(match common {
            // Of one repository the folder is its own.
            None => path.to_owned(),
            Some(known) => {
                let both = known.ancestors().find(|above| path.starts_with(above));
                both.unwrap_or(folder).to_owned()
            }
        });
    }
    let names = found
        .places
        .iter()
        .filter_map(|place| place.path.file_name());
    Around {
        folder: common
            .and_then(|path| path.into_os_string().into_string().ok())
            .unwrap_or_default(),
        names: names
            .map(|name| Clean::label(name.as_encoded_bytes()))
            .collect(),
        more: found.cut_short,
    }
}

fn is_trusted(session: &Session, path: &Path) -> bool {
    session
        .roots
        .iter()
        .any(|root| root.trusted && path.starts_with(&root.path))
}

/// The real path of what the owner typed, or why there is none, in words.
pub(super) fn real_path(session: &Session, typed: &Path) -> Result<PathBuf, String> {
    let path = session.env.absolute(typed);
    path.canonicalize().map_err(|error| {
        let path = path.clone();
        match error.kind() {
            std::io::ErrorKind::NotFound => PlaceError::Missing(path).to_string(),
            _ => PlaceError::Io(path, error).to_string(),
        }
    })
}

/// A root for `path` with nothing special about it.
pub(super) fn plain_root(path: &Path) -> Root {
    Root {
        path: path.to_owned(),
        trusted: false,
        since: None,
        exclude: Vec::new(),
    }
}
