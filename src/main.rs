//! The `inward` program: everything happens in [`inward::cli`].

fn main() {}
