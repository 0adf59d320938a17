//! What is registered, as rows of a dump: the one list that lies beside the store.

use std::path::PathBuf;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::model::place::Root;

/// One registered repository or folder.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct Registered {
    path: PathBuf,
    since: Option<NaiveDate>,
    exclude: Vec<String>,
    trusted: bool,
}

impl From<&Root> for Registered {
    fn from(root: &Root) -> Self {
        Self {
            path: root.path.clone(),
            since: root.since,
            exclude: root.exclude.clone(),
            trusted: root.trusted,
        }
    }
}

impl Registered {
    /// The root, and whether the owner had accepted that it belongs to another user: that is not
    /// taken from a file.
    pub(in super::super) fn root(self) -> (Root, bool) {
        let root = Root {
            path: self.path,
            trusted: false,
            since: self.since,
            exclude: self.exclude,
        };
        (root, self.trusted)
    }
}
