//! `Figure` to text, JSON and CSV. Pure.
