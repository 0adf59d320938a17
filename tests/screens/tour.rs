//! The paths of `docs/tour.md`, key by key.

use inward::app::explain::Face;
use inward::app::popup::Popup;
use inward::app::privacy::forget::{Step, Target};
use inward::app::state::Detail;
use inward::ui::graphics::Graphics;
use inward::ui::theme::{Level, Name, Theme};

use crate::ansi::{buffer, text};
use crate::keys::after;
use crate::world::World;

fn drawn(world: &World) -> String {
    text(&buffer(
        world,
        &Theme::new(Name::Default, Level::Sixteen, Graphics::Braille),
    ))
}

#[test]
fn the_first_line_of_flow_says_where_tasks_get_stuck() {
    assert!(drawn(&after("4")).contains("Tasks get stuck in review"));
    assert!(matches!(
        after("4<tab><tab><enter>").state.details.last(),
        Some(Detail::Figure(_))
    ));
}

#[test]
fn the_log_of_last_tuesday_is_one_dialog_away_and_the_palette_knows_it_too() {
    for keys in ["5tlast tuesday<enter>", "5:last tuesday<enter>"] {
        let world = after(keys);
        // The made-up now is a Thursday.
        let days = world.state.look.window.range.to_string();
        assert_eq!(days, "2026-11-17", "{keys}");
        assert!(drawn(&world).contains("Tue 17 Nov"), "{keys}");
    }
}

#[test]
fn a_repository_is_erased_from_its_row_after_the_word() {
    for keys in ["6jd", "6j<enter>d"] {
        let world = after(keys);
        let Some(Popup::Forget(Step::Word { target, .. })) = &world.state.popup else {
            panic!("no word asked for: {keys}");
        };
        assert!(matches!(target, Target::Repository(_)));
        let screen = drawn(&world);
        assert!(screen.contains("what trackers told"), "{screen}");
    }
    let world = after(":erase<enter>");
    assert!(matches!(world.state.popup, Some(Popup::Forget(_))));
}

#[test]
fn a_number_opens_its_rows_then_its_rule_then_its_parts() {
    let face = |keys: &str| match after(keys).state.details.pop() {
        Some(Detail::Figure(figure)) => figure.face,
        other => panic!("{keys}: {other:?}"),
    };
    assert_eq!(face("<shift-tab><enter>"), Face::Rows);
    assert_eq!(face("<shift-tab><enter><tab>"), Face::Rule);
    assert_eq!(face("<shift-tab><enter><tab><tab>"), Face::Parts);
}
