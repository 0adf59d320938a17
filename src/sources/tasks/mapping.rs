//! A mapping file for a table that no importer knows: which column is what.

/// Which column of a CSV is what; see [`Mapping::parse`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {}
