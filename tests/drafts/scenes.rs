//! The cases of the issue.
