//! Enter on any cell, bar, point or row opens what is behind it, and Esc comes back to the very same
//! screen.

use inward::app::effect::Slot;
use inward::app::page::Page;
use inward::app::state::{Detail, FigureDetail};
use inward::model::figure::{Figure, Key};
use inward::model::selection::Only;
use inward::ui::graphics::Graphics;
use inward::ui::theme::{Level, Name, Theme};
use ratatui::buffer::Buffer;

use crate::ansi;
use crate::keys::after;
use crate::record::Amount;
use crate::world::World;

fn screen(world: &World) -> Buffer {
    let theme = Theme::new(Name::Default, Level::Sixteen, Graphics::Braille);
    ansi::buffer(world, &theme)
}

fn text(world: &World) -> String {
    ansi::text(&screen(world))
}

fn opened(world: &World) -> &FigureDetail {
    match world.state.details.last() {
        Some(Detail::Figure(detail)) => detail,
        other => panic!("no figure but {other:?}"),
    }
}

fn figure(world: &World, slot: Slot) -> Figure {
    world.state.view().unwrap().figure(slot).unwrap().clone()
}

#[test]
fn enter_and_esc_come_back_to_the_same_screen_from_every_place_of_every_page() {
    let mut opens = 0;
    for narrowed in ["", "F/rust<enter><enter>"] {
        for size in [(120, 36), (80, 24), (50, 14)] {
            for card in &Page::ALL {
                for panel in 0..card.panels {
                    // As it is first, on its first row or cell, and farther in.
                    for moved in ["", "<down>", "<right>", "<down><down><right><right>", "G"] {
                        let mut world = World::new(Amount::Full, size);
                        let tabs = "<tab>".repeat(panel);
                        world.keys(&format!("{narrowed}{}{tabs}{moved}", card.number));
                        let before = screen(&world);
                        world.keys("<enter>");
                        let was = format!("{narrowed} {size:?} {} {panel} {moved}", card.name);
                        if world.state.details.is_empty() && world.state.popup.is_none() {
                            world.keys("<esc>");
                            assert_eq!(screen(&world), before, "{was}: nothing opened");
                            continue;
                        }
                        opens += 1;
                        assert_ne!(screen(&world), before, "{was}");
                        world.keys("<esc>");
                        assert!(screen(&world) == before, "{was}\n{}", text(&world));
                    }
                }
            }
        }
    }
    assert!(opens > 500, "{opens}");
}

#[test]
fn every_panel_that_shows_something_of_mine_opens_it() {
    for card in &Page::ALL {
        // Goals of this record are none; the log and the label open rows of their own.
        if matches!(card.page, Page::Goals | Page::Privacy) {
            continue;
        }
        for panel in 0..card.panels {
            let tabs = "<tab>".repeat(panel);
            let world = after(&format!("{}{tabs}<enter>", card.number));
            let empty = card.page == Page::Overview && matches!(panel, 2 | 3);
            let open = !world.state.details.is_empty();
            assert!(open || empty, "{} {panel}", card.name);
        }
    }
}

#[test]
fn a_cell_of_the_hours_opens_the_commits_of_that_hour_as_many_as_it_says() {
    let mut cells = 0;
    for moves in ["", "<right>", "<right><down>", "<down><down><right><right>"] {
        let world = after(&format!("3<down>{moves}"));
        let (hour, row) = world.state.cursors.hour.unwrap();
        let weekday = (0..row).fold(world.state.calendar.week_start, |day, _| day.succ());
        let hour = u8::try_from(hour).unwrap();
        let cell = figure(&world, Slot::Hours);
        let cell = cell
            .points
            .iter()
            .find(|one| one.key == Key::Hour(weekday, hour))
            .unwrap()
            .n;
        let mut world = world;
        world.keys("<enter>");
        let detail = opened(&world);
        assert_eq!(detail.selection.only, Some(Only::Hour(weekday, hour)));
        assert_eq!(detail.list.total() as u64, cell);
        assert!(
            text(&world).contains(&format!("{weekday} {hour:02}:00")),
            "{}",
            text(&world)
        );
        cells += cell;
    }
    assert!(cells > 0);
}

#[test]
fn a_row_of_a_mix_opens_the_commits_behind_it_as_many_as_it_says() {
    // Languages, kinds of files, types of work.
    for (turns, words) in [
        ("", "lines_changed"),
        ("v", "lines_changed"),
        ("vv", "commits"),
    ] {
        for row in 0..3 {
            let down = "<down>".repeat(row);
            let mut world = after(&format!("6<tab>{turns}{down}"));
            let mix = figure(&world, Slot::OtherSplit);
            let part = mix
                .points
                .iter()
                .filter(|one| one.key != Key::Time)
                .nth(row)
                .copied();
            let Some(part) = part else { continue };
            world.keys("<enter>");
            let detail = opened(&world);
            assert_eq!(detail.metric, words);
            assert_eq!(detail.list.total() as u64, part.n, "{:?}", part.key);
            let lines = detail
                .figure
                .value
                .as_ref()
                .unwrap()
                .figure(Slot::Main)
                .unwrap();
            assert_eq!(lines.value, part.value, "{:?}", part.key);
        }
    }
}

#[test]
fn a_share_of_trends_opens_its_lines_by_repository_and_by_language() {
    for turn in ["", "v"] {
        let mut world = after(&format!("2<tab>{turn}<down>"));
        let part = figure(&world, Slot::Split).points[1];
        world.keys("<enter>");
        let detail = opened(&world);
        assert_eq!(detail.list.total() as u64, part.n);
        let lines = detail
            .figure
            .value
            .as_ref()
            .unwrap()
            .figure(Slot::Main)
            .unwrap();
        assert_eq!(lines.value, part.value);
    }
}

#[test]
fn space_narrows_every_page_to_the_row_and_takes_it_back() {
    for script in ["2<tab>v", "6<tab>"] {
        let mut world = after(script);
        assert!(text(&world).contains("only this"), "{}", text(&world));
        world.keys("<down><space>");
        assert_eq!(
            world.state.look.languages.as_ref().unwrap().len(),
            1,
            "{script}"
        );
        assert!(text(&world).contains("all languages"));
        world.keys("<space>");
        assert!(!world.state.look.is_narrowed(), "{script}");
    }
    let mut world = after("2<tab><down><space>");
    assert_eq!(world.state.look.repos.as_ref().unwrap().len(), 1);
    world.keys("6<space>");
    assert!(!world.state.look.is_narrowed());
    // What no page can be narrowed to is left alone.
    assert!(!after("6<tab>v<space>").state.look.is_narrowed());
}

#[test]
fn what_is_opened_stays_within_what_every_page_is_narrowed_to() {
    let world = after("F/rust<enter><enter>3<down><right><enter>");
    let detail = opened(&world);
    assert_eq!(detail.selection.languages, world.state.look.languages);
    assert!(detail.selection.only.is_some());
}
