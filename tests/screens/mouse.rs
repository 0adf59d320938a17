//! The mouse: a click is the key it stands for, and only where that key would do something.

use inward::app::message::Message;
use inward::app::page::Page;
use inward::app::popup::Popup;
use inward::input::action::Action;
use inward::ui;
use inward::ui::graphics::Graphics;
use inward::ui::hits::Hits;
use inward::ui::theme::{Level, Name, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::keys::{after, world};
use crate::world::World;

/// The screen as it is drawn now, and what can be clicked on it.
fn drawn(world: &World) -> (Buffer, Hits) {
    let (columns, rows) = world.state.size;
    let area = Rect::new(0, 0, columns, rows);
    let theme = Theme::new(Name::Default, Level::Sixteen, Graphics::Braille);
    let mut buf = Buffer::empty(area);
    let hits = ui::render(&mut buf, area, &world.state, &theme);
    (buf, hits)
}

/// Presses the left button in the middle of what `action` stands at.
fn click(world: &mut World, action: Action) {
    let (_, hits) = drawn(world);
    let (place, _) = hits.places().iter().find(|(_, at)| *at == action).unwrap();
    let found = hits.at(place.x + place.width / 2, place.y).unwrap();
    world.send(Message::Pointed(found));
}

/// What stands in `place`.
fn text(buf: &Buffer, place: Rect) -> String {
    let cells = place.positions().map(|at| buf[at].symbol());
    cells.collect()
}

#[test]
fn a_click_on_a_page_opens_it_at_every_size_that_shows_pages() {
    for size in [(200, 60), (120, 36), (80, 24), (50, 14)] {
        for card in &Page::ALL {
            let mut world = after("M");
            world.send(Message::Resize(size.0, size.1));
            click(&mut world, card.action);
            assert_eq!(world.state.page, card.page, "{size:?}");
        }
    }
}

#[test]
fn what_can_be_clicked_is_what_is_written_there() {
    for size in [(120, 36), (80, 24), (50, 14)] {
        let mut world = after("M3");
        world.send(Message::Resize(size.0, size.1));
        let (buf, hits) = drawn(&world);
        assert!(hits.places().len() >= Page::ALL.len());
        for (place, action) in hits.places() {
            let card = Page::ALL.iter().find(|card| card.action == *action);
            let card = card.unwrap();
            let said = text(&buf, *place);
            let said = said.trim();
            let number = card.number.to_string();
            assert!(
                said.is_empty() || said == number || said.ends_with(card.name),
                "{said} opens {}",
                card.name
            );
        }
        assert_eq!(hits.at(size.0 / 2, size.1 / 2), None, "the page itself");
    }
}

#[test]
fn the_wheel_moves_the_cursor_of_the_list_and_of_a_dialog() {
    let mut world = after("M5");
    world.send(Message::Pointed(Action::Down));
    world.send(Message::Pointed(Action::Down));
    world.send(Message::Pointed(Action::Up));
    assert_eq!(world.state.work.cursor, 1);
    world.keys("?");
    world.send(Message::Pointed(Action::Down));
    assert!(matches!(&world.state.popup, Some(Popup::Help(list)) if list.cursor == 1));
    assert_eq!(world.state.work.cursor, 1, "what lies below stands still");
}

#[test]
fn beside_a_dialog_and_under_the_cover_no_click_does_anything() {
    for over in ["?", ":", "R", "t", "p"] {
        let mut world = after(&format!("M{over}"));
        let (_, hits) = drawn(&world);
        assert_eq!(hits, Hits::default(), "{over}");
        let popup = world.state.popup.is_some();
        for card in &Page::ALL {
            world.send(Message::Pointed(card.action));
        }
        assert_eq!(world.state.page, Page::Overview, "{over}");
        assert_eq!(world.state.popup.is_some(), popup, "{over}");
    }
    let mut covered = after("M5p");
    covered.state.dirty = false;
    covered.send(Message::Pointed(Action::Down));
    assert_eq!((covered.state.work.cursor, covered.state.dirty), (0, false));
}

#[test]
fn the_mouse_is_off_until_asked_for_and_a_second_key_gives_it_back() {
    let mut world = world();
    assert!(!world.state.mouse);
    world.send(Message::Pointed(Action::Trends));
    assert_eq!(world.state.page, Page::Overview);
    world.keys("M");
    assert!(world.state.mouse);
    world.send(Message::Pointed(Action::Trends));
    assert_eq!(world.state.page, Page::Trends);
    world.keys("M");
    assert!(!world.state.mouse);
}
