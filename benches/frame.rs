//! Time of one frame, built and compared with the one before: `cargo bench --bench frame`.
//! The goal is a median under 5 ms at 200x60.

#![expect(clippy::unwrap_used, reason = "the made-up record is test code")]
#![expect(
    dead_code,
    reason = "the tests use more of the made-up record than this"
)]

#[path = "../tests/screens/items.rs"]
mod items;
#[path = "../tests/screens/made_up.rs"]
mod made_up;
#[path = "../tests/screens/made_up_label.rs"]
mod made_up_label;
#[path = "../tests/screens/made_up_repository.rs"]
mod made_up_repository;
#[path = "../tests/screens/once.rs"]
mod once;
#[path = "../tests/screens/record.rs"]
mod record;
#[path = "../tests/screens/worker.rs"]
mod worker;
#[path = "../tests/screens/world.rs"]
mod world;

use divan::{Bencher, black_box};
use inward::ui::graphics::Graphics;
use inward::ui::theme::{Level, Name, Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use record::Amount;
use world::World;

fn main() {
    divan::main();
}

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 36), (200, 60)];

/// Draws the page that `key` opens, turn about with the next one, so that cells change.
fn frames(bencher: Bencher<'_, '_>, key: &str, size: (u16, u16)) {
    let theme = Theme::new(Name::Dark, Level::True, Graphics::Braille);
    let mut page = World::new(Amount::Full, size);
    page.keys(key);
    let mut other = World::new(Amount::Full, size);
    other.keys(if key == "1" { "5" } else { "1" });
    let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).unwrap();
    bencher.bench_local(|| {
        for world in [&other, &page] {
            let drawn = terminal.draw(|frame| inward::ui::draw(frame, &world.state, &theme));
            black_box(drawn.unwrap().count);
        }
    });
}

#[divan::bench(args = SIZES)]
fn two_frames_overview(bencher: Bencher<'_, '_>, size: (u16, u16)) {
    frames(bencher, "1", size);
}

#[divan::bench(args = SIZES)]
fn two_frames_trends(bencher: Bencher<'_, '_>, size: (u16, u16)) {
    frames(bencher, "2", size);
}

#[divan::bench(args = SIZES)]
fn two_frames_rhythm(bencher: Bencher<'_, '_>, size: (u16, u16)) {
    frames(bencher, "3", size);
}

#[divan::bench(args = SIZES)]
fn two_frames_work(bencher: Bencher<'_, '_>, size: (u16, u16)) {
    frames(bencher, "5", size);
}
