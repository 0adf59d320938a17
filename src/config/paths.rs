//! Where everything lies.

use std::path::{Path, PathBuf};

use super::space::DEFAULT_SPACE;
use super::{Env, Overrides};

/// The settings file: `--config`, `INWARD_CONFIG`, else the standard folder's.
pub(super) fn config_file(overrides: &Overrides, env: &Env) -> Option<PathBuf> {
    overrides
        .config_file
        .clone()
        .or_else(|| env.path("INWARD_CONFIG"))
        .map(|file| env.absolute(&file))
        .or_else(|| env.config_dir().map(|dir| dir.join("config.toml")))
}

/// The data folder of all spaces: `--data-dir`, `INWARD_DATA_DIR`, else the standard one.
pub(super) fn base_dir(overrides: &Overrides, env: &Env) -> Option<PathBuf> {
    overrides
        .data_dir
        .clone()
        .or_else(|| env.path("INWARD_DATA_DIR"))
        .map(|dir| env.absolute(&dir))
        .or_else(|| env.data_dir().map(Path::to_owned))
}

/// The data folder of one space: the base itself, or `spaces/NAME` below it.
pub(super) fn space_dir(base: &Path, space: &str) -> PathBuf {
    if space == DEFAULT_SPACE {
        base.to_owned()
    } else {
        base.join("spaces").join(space)
    }
}
