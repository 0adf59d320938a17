//! The owner's settings: file and environment to plain values.
