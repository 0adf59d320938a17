//! Real exports, read where they lie; without them the test says that it was skipped.

use std::path::{Path, PathBuf};

use inward::sources::tasks::dates::DayOrder;

use crate::bench::{How, import, store};

/// What one real export gives, worked out by other means than this program.
pub(crate) struct Expected {
    /// Below the folder of samples.
    pub(crate) path: &'static str,
    pub(crate) what: What,
}

/// How it ends.
pub(crate) enum What {
    /// Refused, with these words in the reason.
    Refused(&'static str),
    /// Read: format, then records, rejected ones, time entries, moves, finished tasks and pull
    /// requests, and given-up ones.
    Read(&'static str, [u64; 4]),
}
