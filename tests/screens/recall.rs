//! The screen begins where it was left.

use inward::app::effect::{Effect, SortBy};
use inward::app::look::{Look, Measure, Mix, Split};
use inward::app::message::Message;
use inward::app::page::Page;
use inward::app::{recall, update};
use inward::model::remembered::Remembered;

use crate::keys::{after, world};
use crate::record::Amount;
use crate::world::{World, calendar, now};

/// A screen that was left like this, with what is stored known.
fn opened(left: Remembered) -> World {
    let mut world = World::bare(Amount::Full, (120, 36));
    world.send(Message::Recall(left));
    let facts = world.facts();
    world.send(Message::Facts(Box::new(facts)));
    world
}

#[test]
fn what_was_looked_at_is_there_again_and_asked_for_once() {
    for script in [
        "2m<down><enter>vc[-",
        "6vwj<space>3",
        "5sS8",
        "5ss",
        "5mj<space><enter>",
        "5mjj<space>jj<space><enter>",
        "tlast-quarter<enter>4",
        "t2026-01-05..2026-03-02<enter>7",
        "tall<enter>",
        "+",
        "",
    ] {
        let left = after(script);
        let view = recall::of(&left.state).unwrap();
        let mut again = World::bare(Amount::Full, (120, 36));
        again.send(Message::Recall(view.clone()));
        let facts = Message::Facts(Box::new(again.facts()));
        let effects = update(&mut again.state, facts);
        let asked = left.state.look == again.state.look && left.state.page == again.state.page;
        assert!(asked, "{script}: {view:?}");
        assert_eq!(again.state.work.sort, left.state.work.sort, "{script}");
        assert_eq!(again.state.work.kinds, left.state.work.kinds, "{script}");
        assert_eq!(effects.len(), 1, "{script}: one round of asking");
        assert_eq!(recall::of(&again.state), Some(view), "{script}");
    }
}

#[test]
fn a_window_that_moves_with_the_days_still_does_and_one_of_its_own_stays() {
    let live = opened(recall::of(&after("-").state).unwrap());
    assert!(live.state.look.window.live && live.state.look.window.weeks == Some(26));
    let stays = opened(recall::of(&after("[").state).unwrap());
    assert!(!stays.state.look.window.live && stays.state.look.window.weeks == Some(12));
}

#[test]
fn what_is_not_understood_is_as_at_first() {
    let world = opened(Remembered {
        words: "page Nowhere\nwindow soon\nwindow 2026-01-01..2026-02-01 many\nmeasure luck\n\
                split x\nmix y\nsort z\nkinds a\tb\nfuture thing\nnothing\n\n"
            .to_owned(),
        repos: Some([inward::model::ids::RepoId(99)].into()),
    });
    let state = &world.state;
    assert_eq!(state.look, Look::new(&calendar()));
    assert_eq!(
        (state.page, state.work.sort.by),
        (Page::Overview, SortBy::Time)
    );
    assert!(state.work.kinds.is_all());
    let first = (Measure::default(), Split::default(), Mix::default());
    assert_eq!(
        (state.look.measure, state.look.split, state.look.mix),
        first
    );
}

#[test]
fn a_key_pressed_before_it_is_known_what_is_stored_keeps_its_page() {
    let mut world = World::bare(Amount::Full, (120, 36));
    world.keys("4");
    world.send(Message::Recall(recall::of(&after("2-").state).unwrap()));
    let facts = world.facts();
    world.send(Message::Facts(Box::new(facts)));
    assert_eq!(world.state.page, Page::Flow);
    assert_eq!(world.state.look.window.weeks, Some(26));
}

#[test]
fn nothing_typed_is_kept_and_nothing_of_generated_data() {
    let world = after("5/retry<enter>");
    assert_eq!(recall::of(&world.state).unwrap().words, "page Work\n");
    let mut demo = World::bare(Amount::Full, (120, 36));
    assert_eq!(recall::of(&demo.state), None, "nothing is known yet");
    let mut facts = demo.facts();
    facts.demo = true;
    demo.send(Message::Facts(Box::new(facts)));
    demo.keys("2-");
    assert_eq!(recall::of(&demo.state), None);
}

#[test]
fn another_look_is_noted_with_the_next_minute_and_once() {
    let mut world = world();
    world.keys("2");
    let minute = |n| Message::Tick(now() + chrono::Duration::minutes(n));
    let noted = update(&mut world.state, minute(1));
    assert!(matches!(noted.as_slice(), [Effect::Remember(view)] if view.words == "page Trends\n"));
    assert_eq!(update(&mut world.state, minute(2)), []);
}
