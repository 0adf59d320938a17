//! Marks on rows: one key is then about all of them.

use inward::app::effect::Effect;
use inward::app::exclude::Exclude;
use inward::app::message::Message;
use inward::app::state::Detail;
use inward::ui::graphics::Graphics;
use inward::ui::theme::{Level, Name, Theme};

use crate::ansi::{buffer, text};
use crate::keys::after;
use crate::record::Amount;
use crate::snapshots::sheet;
use crate::world::World;

/// What the last effect takes out or brings back.
fn asked(world: &World) -> &Exclude {
    match world.seen.last() {
        Some(Effect::Exclude(exclude)) => exclude,
        other => panic!("{other:?}"),
    }
}

/// The commits alone, the first three of them marked.
const THREE: &str = "5mjjjj<enter><space><space><space>";

#[test]
fn marked_rows_go_out_together_and_one_key_takes_all_back() {
    let mut world = after(THREE);
    assert_eq!(world.state.work.marked.len(), 3);
    assert_eq!(world.state.work.cursor, 3);
    let marked: Vec<_> = world.state.work.marked.iter().map(|one| one.row).collect();
    world.keys("x");
    let exclude = asked(&world).clone();
    assert_eq!((&exclude.rows, exclude.out), (&marked, true));
    world.send(Message::Excluded(exclude));
    let said = world.state.toasts.shown().unwrap().text.to_string();
    assert!(said.starts_with("3 rows count in no figure"), "{said}");
    assert!(world.state.work.marked.is_empty());
    world.keys("u");
    assert_eq!((&asked(&world).rows, asked(&world).out), (&marked, false));
}

#[test]
fn a_mark_stays_with_its_row_in_another_order_and_goes_with_another_question() {
    let mut world = after(THREE);
    let marked = world.state.work.marked.clone();
    world.keys("sSg<space>");
    assert_eq!(world.state.work.marked.len(), 4);
    assert_eq!(world.state.work.marked[..3], marked);
    for other in ["[", "/a<enter>", "mg<space><enter>", "w"] {
        let mut world = after(THREE);
        world.keys(other);
        assert!(world.state.work.marked.is_empty(), "{other}");
    }
}

#[test]
fn a_second_press_and_escape_take_marks_before_anything_else() {
    let mut world = after(THREE);
    world.keys("k<space>");
    assert_eq!(world.state.work.marked.len(), 2);
    world.keys("<esc>");
    assert!(world.state.work.marked.is_empty());
    let mut behind = after("<shift-tab><enter><space>");
    let marked = |world: &World| world.state.list().unwrap().marked.len();
    assert_eq!(marked(&behind), 1);
    behind.keys("<esc>");
    assert!(matches!(
        behind.state.details.last(),
        Some(Detail::Figure(_))
    ));
    assert_eq!(marked(&behind), 0);
}

#[test]
fn a_session_takes_no_mark_and_says_why() {
    let rows = after("5").state.work.rows.value.unwrap().rows;
    let at = rows.iter().position(|row| row.chosen().is_none()).unwrap();
    let world = after(&format!("5{}<space>", "j".repeat(at)));
    assert!(world.state.work.marked.is_empty());
    let said = world.state.toasts.shown().unwrap().text.to_string();
    assert!(said.contains("take its commits out"), "{said}");
}

#[test]
fn marks_are_seen_at_every_size() {
    let opened = |size| {
        let mut world = World::new(Amount::Full, size);
        world.keys("5<space>jj<space>");
        world
    };
    insta::assert_snapshot!("marks", sheet(&[(120, 36), (80, 24), (50, 14)], opened));
    let ascii = Theme::new(Name::Default, Level::None, Graphics::Ascii);
    insta::assert_snapshot!("marks-ascii", text(&buffer(&opened((80, 24)), &ascii)));
}
