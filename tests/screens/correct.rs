//! The dialog that corrects facts of a task.

use inward::app::correct::Correct;
use inward::app::effect::Effect;
use inward::app::message::Message;
use inward::app::popup::Popup;
use inward::app::state::Detail;
use inward::model::choice::{Correction, Fact};
use inward::model::task::TaskKind;

use crate::keys::after;
use crate::record::Amount;
use crate::snapshots::sheet;
use crate::world::{World, clean};

fn asked(world: &World) -> Option<&Correct> {
    match world.seen.last() {
        Some(Effect::Correct(correct)) => Some(correct),
        _ => None,
    }
}

fn problem(world: &World) -> Option<String> {
    match &world.state.popup {
        Some(Popup::Correct(dialog)) => dialog.problem.clone(),
        _ => None,
    }
}

/// The log of tasks alone, wherever the kind stands in the menu.
fn tasks(keys: &str) -> World {
    for down in 1..9 {
        let mut world = after(&format!("5m{}<enter>", "j".repeat(down)));
        let first = world.state.work.row(0);
        let is_task = first.is_some_and(|row| row.commit().is_none() && row.chosen().is_some());
        if is_task {
            world.keys(keys);
            return world;
        }
    }
    panic!("no kind lists tasks");
}

#[test]
fn a_fact_typed_over_a_row_becomes_the_task_s_and_undo_takes_it_back() {
    let mut world = tasks("C");
    assert!(matches!(world.state.details.last(), Some(Detail::Task(_))));
    world.keys("jjj<enter><ctrl-u>story<enter>");
    let first = asked(&world).unwrap().clone();
    world.send(Message::Corrected(first.clone()));
    assert_eq!(first.fact, Fact::Kind);
    assert_eq!(first.to, Some(Correction::Kind(TaskKind::Story)));
    assert_eq!(first.before, None);
    let said = world.state.toasts.shown().unwrap().text.to_string();
    assert!(said.contains("kind: story"), "{said}");
    // The dialog stays for the next fact.
    assert!(matches!(world.state.popup, Some(Popup::Correct(_))));
    world.keys("<esc>u");
    let back = asked(&world).unwrap();
    assert_eq!(
        (back.to.as_ref(), back.before.as_ref()),
        (None, first.to.as_ref())
    );
}

#[test]
fn what_is_no_value_says_what_would_be_one_and_nothing_is_asked() {
    for (keys, says) in [
        ("<enter><ctrl-u>soon<enter>", "2026-03-05"),
        ("<enter><ctrl-u>2126-03-05<enter>", "after today"),
        ("jjj<enter><ctrl-u>saga<enter>", "story"),
    ] {
        let world = tasks(&format!("C{keys}"));
        assert!(asked(&world).is_none(), "{keys}");
        let said = problem(&world).unwrap();
        assert!(said.contains(says), "{keys}: {said}");
    }
    let world = tasks("C<enter><ctrl-u>soon<enter><backspace>");
    assert_eq!(problem(&world), None);
}

#[test]
fn nothing_typed_takes_a_correction_back_and_what_holds_already_asks_for_nothing() {
    let mut world = tasks("Cj<enter><ctrl-u><enter>");
    let back = asked(&world).unwrap();
    assert_eq!((back.fact, back.to.as_ref()), (Fact::Started, None));
    assert!(back.before.is_some());
    let before = world.seen.len();
    world.keys("jjj<enter><ctrl-u>Harbour<enter>");
    assert_eq!(world.seen.len(), before);
    world.keys("<enter><ctrl-u>Quay<enter>");
    let to = asked(&world).unwrap().to.clone();
    assert_eq!(to, Some(Correction::Project(Some(clean("Quay")))));
}

#[test]
fn rows_that_are_no_tasks_say_what_can_be_done_instead() {
    let world = after("5mjjjj<enter>C");
    let said = world.state.toasts.shown().unwrap().text.to_string();
    assert!(said.contains("left out"), "{said}");
    assert!(world.state.popup.is_none() && world.state.details.is_empty());
}

#[test]
fn the_dialog_shows_what_holds_and_what_the_export_says() {
    let drawn = |keys: &str, blurred: bool| {
        sheet(&[(120, 36), (80, 24), (50, 14)], |size| {
            let mut world = World::new(Amount::Full, size);
            world.keys("4<tab><enter>C");
            world.state.blurred = blurred;
            world.keys(keys);
            world
        })
    };
    insta::assert_snapshot!("correct", drawn("j", false));
    insta::assert_snapshot!("correct-typing", drawn("<enter><ctrl-u>soon<enter>", false));
    insta::assert_snapshot!("correct-blurred", drawn("j", true));
}
