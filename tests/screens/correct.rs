//! The dialog that corrects facts of a task.

use inward::app::correct::Correct;
use inward::app::effect::Effect;
use inward::app::message::Message;
use inward::app::popup::Popup;
use inward::app::row::Row;
use inward::app::state::Detail;
use inward::model::choice::{Correction, Fact};
use inward::model::task::TaskKind;

use inward::ui::graphics::Graphics;
use inward::ui::theme::{Level, Name, Theme};

use crate::ansi::{buffer, text};
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

#[test]
fn what_is_typed_is_checked_letter_by_letter() {
    let mut world = tasks("C<enter><ctrl-u>");
    assert_eq!(problem(&world), None, "nothing typed is no mistake");
    world.keys("2026-03-0");
    assert!(problem(&world).unwrap().contains("2026-03-05"));
    world.keys("5");
    assert_eq!(problem(&world), None);
    world.keys("<backspace>");
    assert!(problem(&world).is_some());
    assert!(asked(&world).is_none());
    world.keys("<esc>");
    assert_eq!(problem(&world), None);
}

#[test]
fn a_reason_goes_with_the_correction_and_undo_brings_the_one_before_back() {
    let mut world = tasks("Cjjj<enter><ctrl-u>story<down>agreed late<enter>");
    let first = asked(&world).unwrap().clone();
    assert_eq!(first.to, Some(Correction::Kind(TaskKind::Story)));
    assert_eq!(first.reason, Some(clean("agreed late")));
    assert_eq!(first.reason_before, None);
    world.send(Message::Corrected(first.clone()));
    world.keys("<esc>u");
    let back = asked(&world).unwrap();
    assert_eq!((&back.reason, &back.reason_before), (&None, &first.reason));
    // Up goes back to the value, and Enter takes both from either.
    let mut world = tasks("Cjjj<enter><down>why<up><ctrl-u>epic<enter>");
    let both = asked(&world).unwrap();
    assert_eq!(both.to, Some(Correction::Kind(TaskKind::Epic)));
    assert_eq!(both.reason, Some(clean("why")));
    // A reason alone is none: there is nothing that it would be of.
    let seen = world.seen.len();
    world.keys("jjj<enter><down>because<enter>");
    assert_eq!(world.seen.len(), seen);
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
    insta::assert_snapshot!("correct-reason", drawn("j<enter><down>agreed late", false));
}

#[test]
fn what_was_typed_is_covered_with_the_names_once_the_focus_left_it() {
    let plain = Theme::new(Name::Mono, Level::None, Graphics::Ascii);
    for keys in ["jjjj<enter><ctrl-u>Quay<down>", "jjjj<enter><down>Quay<up>"] {
        let mut world = World::new(Amount::Full, (80, 24));
        world.keys(&format!("4<tab><enter>C{keys}"));
        let drawn = |world: &World| text(&buffer(world, &plain));
        assert!(drawn(&world).contains("Quay"), "{keys}");
        world.state.blurred = true;
        assert!(!drawn(&world).contains("Quay"), "{keys}: {}", drawn(&world));
    }
}

#[test]
fn a_row_says_that_it_was_corrected_in_the_log_and_behind_a_figure() {
    let plain = Theme::new(Name::Mono, Level::None, Graphics::Ascii);
    for size in [(120, 36), (80, 24), (50, 14)] {
        for keys in ["5mj<enter>", "<enter>"] {
            let mut world = World::new(Amount::Full, size);
            world.keys(keys);
            let list = match world.state.details.last_mut() {
                Some(Detail::Figure(detail)) => &mut detail.list,
                _ => &mut world.state.work,
            };
            let rows = &mut list.rows.value.as_mut().unwrap().rows;
            let first = rows.iter_mut().find_map(|row| match row {
                Row::Item(row) => Some(row),
                Row::Commit(_) => None,
            });
            first.unwrap().corrected = true;
            let drawn = text(&buffer(&world, &plain));
            assert_eq!(
                drawn.matches("[corrected]").count(),
                1,
                "{size:?} {keys}: {drawn}"
            );
        }
    }
}
