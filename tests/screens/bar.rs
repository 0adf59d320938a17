//! The first line: the days that are looked at stand in it on every page, at every size.

use inward::app::page::Page;
use inward::ui::graphics::Graphics;
use inward::ui::theme::{Level, Name, Theme};
use inward::ui::words;

use crate::ansi::{buffer, text};
use crate::record::Amount;
use crate::world::World;

/// Days as they are typed, the longest words among them.
const DAYS: [&str; 9] = [
    "today",
    "last tuesday",
    "last-week",
    "last-quarter",
    "2025",
    "2026-04-03..2026-06-17",
    "2024-07-01..2025-06-30",
    "2024-12-30..2025-01-05",
    "all",
];

#[test]
fn every_page_says_which_days_are_looked_at_at_every_size() {
    let theme = Theme::new(Name::Default, Level::Sixteen, Graphics::Braille);
    for size in [(50, 14), (80, 24), (120, 36)] {
        for narrow in ["", "R<space><enter>", "R<space><enter>Fjj<space><enter>"] {
            let mut world = World::new(Amount::Full, size);
            world.keys(narrow);
            for typed in DAYS {
                world.keys(&format!("t{typed}<enter>"));
                let (window, calendar) = (&world.state.look.window, &world.state.calendar);
                let days = [
                    words::window(window, calendar),
                    words::span(window, calendar),
                    words::brief(window, calendar),
                ];
                for card in &Page::ALL {
                    world.keys(&card.number.to_string());
                    let drawn = text(&buffer(&world, &theme));
                    let bar: String = drawn.lines().take(2).collect();
                    assert!(
                        days.iter().any(|days| bar.contains(days)),
                        "{size:?} {typed} {narrow}\n{drawn}"
                    );
                    assert!(bar.contains(card.name), "{bar}");
                }
            }
        }
    }
}
