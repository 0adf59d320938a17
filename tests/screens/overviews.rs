//! What the Overview says of many years, and where there is little room.

use inward::ui::graphics::Graphics;
use inward::ui::theme::{Level, Name, Theme};

use crate::ansi::{buffer, text};
use crate::record::Amount;
use crate::world::World;

#[test]
fn a_long_range_at_the_smallest_size_still_begins_with_what_was_finished() {
    let mut world = World::new(Amount::Full, (50, 14));
    world.keys("t2024..2026<enter>");
    let look = Theme::new(Name::Default, Level::Sixteen, Graphics::Braille);
    let drawn = text(&buffer(&world, &look));
    let sentence = drawn.lines().nth(1).unwrap();
    assert!(sentence.contains("finished"), "{drawn}");
    world.state.size = (120, 36);
    world.keys("<esc>");
    let drawn = text(&buffer(&world, &look));
    assert!(drawn.contains("What is usual is told of weeks"), "{drawn}");
    assert!(!drawn.contains("too few whole weeks"), "{drawn}");
}
