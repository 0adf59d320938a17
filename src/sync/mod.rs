//! Joins sources and store: incremental, idempotent, reports progress and skipped rows.
