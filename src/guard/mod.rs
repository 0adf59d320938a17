//! Lock-down, paths to allow, file permissions, environment checks. Runs before the first untrusted byte.
