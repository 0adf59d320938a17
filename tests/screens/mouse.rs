//! The mouse: a click is the key it stands for, and only where that key would do something.

use inward::app::hints;
use inward::app::message::Message;
use inward::app::page::Page;
use inward::app::pointer::Target;
use inward::app::popup::Popup;
use inward::app::state::Detail;
use inward::input::action::Action;
use inward::ui;
use inward::ui::graphics::Graphics;
use inward::ui::hits::Hits;
use inward::ui::theme::{Level, Name, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::ansi::buffer;
use crate::goals::goals;
use crate::keys::{after, world};
use crate::record::Amount;
use crate::world::World;

const SIZES: [(u16, u16); 4] = [(200, 60), (120, 36), (80, 24), (50, 14)];

fn theme() -> Theme {
    Theme::new(Name::Default, Level::Sixteen, Graphics::Braille)
}

/// The screen as it is drawn now, and what can be clicked on it.
fn drawn(world: &World) -> (Buffer, Hits) {
    let (columns, rows) = world.state.size;
    let area = Rect::new(0, 0, columns, rows);
    let theme = theme();
    (buffer(world, &theme), ui::hits(area, &world.state, &theme))
}

/// With the mouse on, after these keys, on a screen of this size.
fn shown(size: (u16, u16), keys: &str) -> World {
    let mut world = World::new(Amount::Full, size);
    world.goals = goals(&world);
    world.keys("M");
    world.keys(keys);
    world
}

/// Presses the left button in the middle of `place`.
fn press(world: &mut World, place: Rect) {
    let (_, hits) = drawn(world);
    let found = hits.at(place.x + place.width / 2, place.y).unwrap();
    world.send(Message::Clicked(found));
}

/// Presses the left button on what runs `action`.
fn click(world: &mut World, action: Action) {
    let (_, hits) = drawn(world);
    let wanted = Target::Action(action);
    let (place, _) = hits.places().iter().find(|(_, at)| *at == wanted).unwrap();
    press(world, *place);
}

/// The rows that can be clicked, each with its place, as far as they are one row below the cursor.
fn row(world: &World, in_panel: Option<usize>, by: isize) -> Option<Rect> {
    let (_, hits) = drawn(world);
    let wanted = |target: &Target| matches!(target, Target::Row { panel, down, .. } if *panel == in_panel && *down == by);
    let found = hits.places().iter().find(|(_, target)| wanted(target));
    found.map(|(place, _)| *place)
}

/// What stands in `place`.
fn text(buf: &Buffer, place: Rect) -> String {
    let cells = place.positions().map(|at| buf[at].symbol());
    cells.collect()
}

#[test]
fn a_click_on_a_page_opens_it_at_every_size_that_shows_pages() {
    for size in SIZES {
        for card in &Page::ALL {
            let mut world = shown(size, "");
            click(&mut world, card.action);
            assert_eq!(world.state.page, card.page, "{size:?}");
        }
    }
}

#[test]
fn what_runs_a_key_is_what_is_written_there() {
    for size in SIZES {
        for card in &Page::ALL {
            let world = shown(size, &card.number.to_string());
            let (buf, hits) = drawn(&world);
            let footer = hints::footer(&world.state);
            for (place, target) in hits.places() {
                let Target::Action(action) = target else {
                    continue;
                };
                let said = text(&buf, *place);
                let said = said.trim();
                let page = Page::ALL.iter().find(|card| card.action == *action);
                if let Some(page) = page.filter(|_| place.y == 0) {
                    let number = page.number.to_string();
                    assert!(
                        said.is_empty() || said == number || said.ends_with(page.name),
                        "{said} opens {}",
                        page.name
                    );
                    continue;
                }
                assert_eq!(place.y, size.1 - 1, "{said}");
                let its = footer.iter().find_map(|hint| {
                    let key = hint.keys.iter().find(|(one, _)| one == action)?;
                    Some((&key.1, hint.word))
                });
                let (label, meaning) = its.unwrap();
                assert!(
                    said == label || said == meaning,
                    "{said} is neither {label} nor {meaning}"
                );
            }
        }
    }
}

#[test]
fn a_click_on_a_hint_of_the_last_line_runs_its_key() {
    let mut world = shown((120, 36), "");
    click(&mut world, Action::Help);
    assert!(matches!(world.state.popup, Some(Popup::Help(_))));
    // Over a dialog the last line has the keys of the dialog.
    click(&mut world, Action::Close);
    assert!(world.state.popup.is_none());
    click(&mut world, Action::PeriodBack);
    assert!(!world.state.look.window.live);
    click(&mut world, Action::ZoomReset);
    assert!(world.state.look.window.live);
}

/// Keys to every list: of a page, of what was opened, of a dialog.
const LISTS: [(&str, Option<usize>); 20] = [
    ("5", None),
    ("2<tab><enter>", None),
    (":explaincycle<enter><tab>", None),
    ("7", None),
    ("6", Some(0)),
    ("4<tab>", Some(1)),
    ("4<tab><tab>", Some(2)),
    ("8", Some(0)),
    ("2<tab>", Some(1)),
    ("<tab><tab>", Some(2)),
    ("4<tab><enter>", None),
    ("5mjjjj<enter><enter>", None),
    ("6<enter>", Some(0)),
    ("?", None),
    (":", None),
    ("R", None),
    ("F", None),
    ("2m", None),
    ("5m", None),
    ("d", None),
];

#[test]
fn a_click_on_a_row_of_any_list_moves_the_cursor_there() {
    for (keys, panel) in LISTS {
        let mut world = shown((120, 36), keys);
        let Some(place) = row(&world, panel, 1) else {
            panic!("{keys}: no row below the cursor");
        };
        let mut by_key = shown((120, 36), keys);
        by_key.keys("<down>");
        press(&mut world, place);
        let (clicked, moved) = (drawn(&world), drawn(&by_key));
        assert!(clicked.0 == moved.0, "{keys}");
        let again = row(&world, panel, 0);
        assert_eq!(again.map(|at| at.y), Some(place.y), "{keys}");
    }
}

#[test]
fn a_click_on_the_row_under_the_cursor_opens_it() {
    for (keys, panel) in [
        ("5", None),
        ("6", Some(0)),
        ("4<tab>", Some(1)),
        (":", None),
    ] {
        let mut world = shown((120, 36), keys);
        let place = row(&world, panel, 0).unwrap();
        let mut by_key = shown((120, 36), keys);
        by_key.keys("<enter>");
        press(&mut world, place);
        assert!(drawn(&world).0 == drawn(&by_key).0, "{keys}");
    }
    // Of another panel a first click only leads there.
    let mut world = shown((120, 36), "4");
    let place = row(&world, Some(1), 0).unwrap();
    press(&mut world, place);
    assert_eq!((world.state.focus(), world.state.details.len()), (1, 0));
    press(&mut world, place);
    assert!(matches!(world.state.details.last(), Some(Detail::Task(_))));
}

#[test]
fn the_wheel_scrolls_what_it_is_over_and_a_dialog_wherever_it_is() {
    let wheel = |world: &mut World, (column, row): (u16, u16), action| {
        let panel = drawn(world).1.panel_at(column, row);
        world.send(Message::Wheel { panel, action });
    };
    let mut world = shown((120, 36), "5");
    for action in [Action::Down, Action::Down, Action::Up] {
        wheel(&mut world, (60, 18), action);
    }
    assert_eq!(world.state.work.cursor, 1);
    world.keys("?");
    wheel(&mut world, (1, 1), Action::Down);
    assert!(matches!(&world.state.popup, Some(Popup::Help(list)) if list.cursor == 1));
    assert_eq!(world.state.work.cursor, 1, "what lies below stands still");
    // Over the ages beside the scatter it is the ages that move.
    let mut world = shown((120, 36), "4");
    let place = row(&world, Some(1), 1).unwrap();
    wheel(&mut world, (place.x + 3, place.y), Action::Down);
    assert_eq!(world.state.focus(), 1);
    assert_eq!(row(&world, Some(1), 0).map(|at| at.y), Some(place.y));
}

#[test]
fn beside_a_dialog_and_under_the_cover_no_click_reaches_what_lies_below() {
    for over in ["?", ":", "R", "t", "p"] {
        let mut world = after(&format!("M{over}"));
        let (_, hits) = drawn(&world);
        // Beside the dialog and its keys there is nothing to click.
        assert_eq!(hits.at(0, 0), None, "{over}");
        assert_eq!(hits.at(1, 20), None, "{over}");
        let popup = world.state.popup.is_some();
        for card in &Page::ALL {
            world.send(Message::Clicked(Target::Action(card.action)));
        }
        assert_eq!(world.state.page, Page::Overview, "{over}");
        assert_eq!(world.state.popup.is_some(), popup, "{over}");
    }
    let mut covered = after("M5p");
    assert_eq!(drawn(&covered).1, Hits::default());
    covered.state.dirty = false;
    let (panel, action) = (None, Action::Down);
    covered.send(Message::Wheel { panel, action });
    assert_eq!((covered.state.work.cursor, covered.state.dirty), (0, false));
}

#[test]
fn the_mouse_is_off_until_asked_for_and_a_second_key_gives_it_back() {
    let mut world = world();
    assert!(!world.state.mouse);
    world.send(Message::Clicked(Target::Action(Action::Trends)));
    assert_eq!(world.state.page, Page::Overview);
    world.keys("M");
    assert!(world.state.mouse);
    world.send(Message::Clicked(Target::Action(Action::Trends)));
    assert_eq!(world.state.page, Page::Trends);
    world.keys("M");
    assert!(!world.state.mouse);
}
