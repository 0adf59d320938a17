//! What real exports hold, worked out by other means than this program.

pub(crate) mod boards;
pub(crate) mod personal;
pub(crate) mod tables;
pub(crate) mod trackers;
