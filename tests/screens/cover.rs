//! The cover over the whole screen: what it hides, what uncovers it, and when it comes by itself.

use chrono::Duration;
use inward::app::cover::Cover;
use inward::app::effect::Effect;
use inward::app::message::Message;
use inward::app::page::Page;
use inward::app::view::NoteMark;
use inward::model::period::Range;

use crate::ansi::{buffer, text};
use crate::keys::after;
use crate::privacy::{screen, theme};
use crate::record::{Amount, REPOS};
use crate::world::{World, clean, now, others, people, scan_end};

/// Every page, detail and popup there is.
const PLACES: [&str; 26] = [
    "",
    "2",
    "3",
    "5",
    "5/the",
    "5<enter>",
    "<tab><enter>",
    "<tab><enter><tab>",
    ":explaincycle<enter>",
    "e",
    "eo",
    "8",
    "8<enter>",
    "8d",
    "8d<enter>forget",
    "8dG<enter>2026",
    "?",
    ":",
    ":someone<enter>",
    "R",
    "t2026",
    "a/home/ada/src",
    "nhelped ada",
    "rp",
    "2[",
    "i",
];

/// A world with a toast, an opened place and names wherever names can be.
fn place(keys: &str, size: (u16, u16)) -> World {
    let mut world = World::new(Amount::Full, size);
    let mut facts = world.facts();
    facts.notes = vec![NoteMark {
        days: Range::new(now().date_naive(), now().date_naive()),
        task: None,
        repo: None,
        text: clean("canary note"),
    }];
    world.send(Message::Facts(Box::new(facts)));
    let all = others();
    world.send(Message::Proposals { all, news: false });
    world.send(scan_end());
    world.keys(keys);
    world
}

#[test]
fn covered_every_place_is_the_same_screen() {
    let cover = |world: &mut World| world.keys("<ctrl-x>");
    for size in [(20, 3), (44, 12), (50, 14), (80, 24), (120, 36), (200, 60)] {
        let mut bare = World::bare(Amount::Empty, size);
        cover(&mut bare);
        let expected = buffer(&bare, &theme());
        let words = text(&expected);
        for canary in REPOS.iter().copied().chain(["ada", "OFFLINE", "commit"]) {
            assert!(!words.contains(canary), "{canary}:\n{words}");
        }
        assert!(!words.contains(|c: char| c.is_ascii_digit()), "{words}");
        assert!(words.contains("uncovers"), "{words}");
        for keys in PLACES {
            let mut world = place(keys, size);
            world.state.cover = Cover::new(None, now());
            let open = text(&buffer(&world, &theme()));
            cover(&mut world);
            assert_eq!(buffer(&world, &theme()), expected, "{keys} at {size:?}");
            world.keys("<esc>");
            assert_eq!(text(&buffer(&world, &theme())), open, "{keys} at {size:?}");
        }
        let mut chooser = World::new(Amount::Empty, size);
        chooser.send(Message::People(people()));
        cover(&mut chooser);
        assert_eq!(buffer(&chooser, &theme()), expected);
    }
}

#[test]
fn under_the_cover_only_its_keys_and_ctrl_c_do_anything() {
    let mut world = after("8d<enter>forgetp<ctrl-x>");
    let before = format!("{:?}", world.state.popup);
    world.keys("<enter>q?:8r1<tab>jd<space>y<backspace>");
    world.send(Message::Paste("forget".to_owned()));
    assert_eq!(format!("{:?}", world.state.popup), before);
    assert_eq!((world.seen.len(), world.state.page), (0, Page::Privacy));
    assert!(world.state.cover.is_on() && !world.state.is_typing());
    world.keys("p");
    assert!(!world.state.cover.is_on());
    world.keys("<ctrl-x><esc>");
    assert!(!world.state.cover.is_on() && world.state.popup.is_some());
    world.keys("<ctrl-x><ctrl-c>");
    assert_eq!(world.seen, [Effect::Quit(130)]);
}

#[test]
fn one_key_covers_pages_and_boxes_without_a_field() {
    for keys in [
        "p",
        "8p",
        "5<enter>p",
        "?p",
        "Rp",
        "8dp",
        ":someone<enter>p",
        "ip",
    ] {
        assert!(place(keys, (80, 24)).state.cover.is_on(), "{keys}");
    }
    // In a field it is a letter.
    let world = after("5/p");
    assert!(!world.state.cover.is_on());
    assert_eq!(world.state.work.filter, "p");
}

/// A world that covers itself after five minutes.
fn five_minutes() -> World {
    let mut world = World::new(Amount::Full, (80, 24));
    let five = std::time::Duration::from_secs(300);
    world.state.cover = Cover::new(Some(five), now());
    world
}

#[test]
fn five_idle_minutes_cover_in_one_frame_and_then_nothing_wakes_the_loop() {
    let mut world = five_minutes();
    world.send(Message::Tick(now() + Duration::seconds(250)));
    assert_eq!(
        world.state.tick_after(),
        Some(std::time::Duration::from_secs(50))
    );
    world.state.dirty = false;
    world.send(Message::Tick(now() + Duration::seconds(300)));
    assert!(world.state.dirty && world.state.cover.is_on());
    assert_eq!(world.state.tick_after(), None);
    world.state.dirty = false;
    for seconds in [310, 400, 90_000] {
        world.send(Message::Tick(now() + Duration::seconds(seconds)));
        world.send(Message::Done(clean("a scan ended")));
        world.send(scan_end());
        assert!(!world.state.dirty, "nothing is drawn under the cover");
    }
    world.send(Message::Resize(100, 30));
    assert!(world.state.dirty && world.state.cover.is_on());
    world.keys("<esc>");
    assert!(world.state.dirty && !world.state.cover.is_on());
}

#[test]
fn keys_put_the_cover_off_and_one_that_comes_too_late_only_meets_it() {
    let mut world = five_minutes();
    for minute in 1..20 {
        world.send(Message::Tick(now() + Duration::minutes(minute * 4)));
        world.keys("j");
        assert!(!world.state.cover.is_on(), "{minute}");
    }
    // As after a lid was closed: the tick before the key finds the time over.
    world.send(Message::Tick(now() + Duration::minutes(19 * 4 + 5)));
    world.keys("q");
    assert_eq!(world.seen, []);
    assert!(world.state.cover.is_on());
}

#[test]
fn the_cover_is_drawn() {
    screen("covered", "8p");
}
