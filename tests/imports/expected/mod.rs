//! What real exports hold, worked out by other means than this program.

pub mod boards;
pub mod personal;
pub mod tables;
pub mod trackers;
