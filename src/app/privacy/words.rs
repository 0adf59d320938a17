//! What the page says of its own keys, and of a self-test.

use super::{Met, SelfTest};
use crate::app::keys::page_key;
use crate::app::state::State;
use crate::input::action::Action;
use crate::model::privacy_page::{Mark, Row};

/// The deeds that have a key here.
pub(super) fn keys(state: &State) -> Vec<Row> {
    let row = |action, text: &str| Row {
        mark: Mark::Key,
        label: page_key(state, action),
        amount: String::new(),
        text: text.to_owned(),
    };
    let palette = page_key(state, Action::Palette);
    let mut rows = vec![
        row(Action::SelfTest, "self-test: try what the lock refuses"),
        row(Action::Forget, "forget a repository, or all before a day"),
        Row {
            mark: Mark::Key,
            label: palette,
            text: "someone asks: what to know then".to_owned(),
            ..Row::default()
        },
    ];
    if state.is_unkept() {
        rows.insert(0, row(Action::Keep, "keep what is in memory"));
    }
    rows
}

/// `all 36 attempts were refused`; what is allowed or was not tried is no attempt.
pub(super) fn self_test(result: &SelfTest) -> String {
    let count = |met| result.tried.iter().filter(|one| one.met == met).count();
    let (refused, reached) = (count(Met::Refusal), count(Met::Nothing));
    let of = refused + reached;
    match (of, reached) {
        (0, _) => "this system has no lock to test".to_owned(),
        (of, 0) => format!("all {of} attempts were refused"),
        (of, reached) => format!("{reached} of {of} attempts got through"),
    }
}
