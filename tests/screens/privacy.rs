//! The Privacy page and what opens from it: what keys do there, and how it looks.

use std::fmt::Write as _;

use chrono::NaiveDate;
use inward::app::effect::Effect;
use inward::app::message::Message;
use inward::app::popup::Popup;
use inward::app::privacy::forget::{Outcome, Step, Target};
use inward::app::privacy::{self, Met, Section, SelfTest, Tried};
use inward::app::state::Detail;
use inward::app::view::{Kept, Offline};
use inward::model::ids::RepoId;
use inward::ui::graphics::Graphics;
use inward::ui::theme::{Level, Name, Theme};

use crate::ansi::{buffer, text};
use crate::keys::after;
use crate::record::Amount;
use crate::world::{Answers, World, clean};

const SIZES: [(u16, u16); 3] = [(50, 14), (80, 24), (120, 36)];

pub(crate) fn theme() -> Theme {
    Theme::new(Name::Default, Level::Sixteen, Graphics::Braille)
}

fn drawn(world: &World) -> String {
    text(&buffer(world, &theme()))
}

fn sheet(name: &str, world: impl Fn((u16, u16)) -> World) {
    let mut out = String::new();
    for size in SIZES {
        writeln!(out, "=== {}x{}", size.0, size.1).unwrap();
        out.push_str(&drawn(&world(size)));
    }
    insta::assert_snapshot!(name, out);
}

pub(crate) fn screen(name: &str, keys: &str) {
    sheet(name, |size| {
        let mut world = World::new(Amount::Full, size);
        world.keys(keys);
        world
    });
}

fn in_memory(size: (u16, u16)) -> World {
    let mut world = World::bare(Amount::Full, size);
    let mut facts = world.facts();
    facts.kept = Kept::Memory;
    world.send(Message::Facts(Box::new(facts)));
    world.keys("n");
    world
}

fn tested(reached: bool) -> SelfTest {
    let one = |name: &str, passes| Tried {
        name: name.to_owned(),
        met: if passes { Met::Refusal } else { Met::Nothing },
        outcome: if passes { "refused (EPERM)" } else { "REACHED" }.to_owned(),
    };
    SelfTest {
        tried: vec![
            one("TCP, outgoing", true),
            one("UDP", true),
            one("io_uring", !reached),
            one("starting a program", true),
            Tried {
                name: "socket pair, stream".to_owned(),
                met: Met::Aside,
                outcome: "allowed, it leads back into inward only".to_owned(),
            },
        ],
        badge: if reached {
            "OFFLINE: by build only (the self-test got through: io_uring)"
        } else {
            "OFFLINE: enforced by kernel"
        }
        .to_owned(),
    }
}

#[test]
fn every_section_is_drawn_open() {
    screen("privacy", "8");
    screen("privacy-lock", "8<tab>");
    screen("privacy-files", "8<tab><tab>");
    screen("privacy-log", "8<tab><tab><tab>");
    screen("privacy-seized", "8<shift-tab><shift-tab>");
    screen("privacy-what-one-can-do", "8<shift-tab>");
    screen("privacy-blurred", "8P");
}

#[test]
fn nothing_kept_loading_and_failed_are_drawn() {
    sheet("privacy-nothing-kept", |size| {
        let mut world = in_memory(size);
        world.keys("8");
        world
    });
    let waiting = |size| {
        let mut world = World::new(Amount::Full, size);
        world.answers = Answers::None;
        world.keys("8");
        world
    };
    sheet("privacy-loading", waiting);
    sheet("privacy-failed", |size| {
        let mut world = waiting(size);
        let id = world.state.privacy.view.waiting.unwrap();
        let why = clean("the store cannot be read: disk I/O error");
        world.send(Message::AskFailed { id, why });
        world
    });
}

#[test]
fn a_table_opens_with_its_columns_and_esc_leads_back_to_its_row() {
    screen("privacy-columns", "8jj<enter>");
    let mut world = after("8jj<enter>");
    let Some(Detail::Table(detail)) = world.state.details.last() else {
        panic!("no table opened");
    };
    assert_eq!(detail.table.name, "commits");
    world.keys("<esc>");
    assert!(world.state.details.is_empty());
    assert_eq!(world.state.privacy.at[Section::Kept.number()], 2);
    // A switch is no table.
    assert!(after("8G<enter>").state.details.is_empty());
}

#[test]
fn tab_goes_through_every_section_and_each_scrolls_to_its_end_and_no_farther() {
    for size in SIZES {
        let mut world = World::new(Amount::Full, size);
        world.keys("8");
        for section in Section::ALL {
            assert_eq!(privacy::focus(&world.state), section);
            world.keys("G");
            let end = drawn(&world);
            world.keys("jj<page-down>");
            assert_eq!(drawn(&world), end, "{section:?} at {size:?}");
            world.keys("k");
            let at = world.state.privacy.at[section.number()];
            world.keys("j");
            let last = world.state.privacy.at[section.number()];
            assert!(last == 0 || last == at + 1, "{section:?} at {size:?}");
            world.keys("<tab>");
        }
        assert_eq!(privacy::focus(&world.state), Section::Kept);
    }
}

#[test]
fn an_old_self_test_is_told_by_its_days_and_a_missing_one_as_never() {
    let world = after("8");
    assert!(drawn(&world).contains("34 days ago"));
    let mut world = in_memory((120, 36));
    world.keys("8");
    assert!(drawn(&world).contains("never"));
}

#[test]
fn the_self_test_shows_what_was_tried_and_reads_the_page_again() {
    let mut world = after("8T");
    assert_eq!(world.seen, [Effect::SelfTest]);
    let before = world.state.privacy.view.value.as_ref().unwrap().id;
    world.send(Message::SelfTested(tested(false)));
    assert!(drawn(&world).contains("all 4 attempts were refused"));
    assert!(world.state.privacy.view.value.as_ref().unwrap().id > before);
    world.keys("<enter>");
    assert!(world.state.popup.is_none());
    for (name, reached) in [("self-test", false), ("self-test-got-through", true)] {
        sheet(name, |size| {
            let mut world = World::new(Amount::Full, size);
            world.keys("8");
            world.send(Message::SelfTested(tested(reached)));
            world
        });
    }
}

#[test]
fn the_badge_follows_what_the_self_test_found() {
    let mut world = after("8T");
    let mut facts = world.facts();
    facts.offline = Offline::BuildOnly(clean("the self-test got through: io_uring"));
    world.send(Message::Facts(Box::new(facts)));
    world.send(Message::SelfTested(tested(true)));
    let shown = drawn(&world);
    assert!(shown.contains("1 of 4 attempts got through") && shown.contains("io_uring"));
    assert!(!shown.contains("OFFLINE by kernel"));
}

#[test]
fn forgetting_takes_a_choice_the_count_and_the_typed_word() {
    let mut world = after("8dj<enter>");
    let target = Target::Repository(RepoId(2));
    assert!(drawn(&world).contains("212 commits"));
    world.keys("yes<enter>");
    assert_eq!(world.seen, [], "not the word");
    world.keys("<ctrl-u>forget<enter>");
    assert_eq!(world.seen, [Effect::Forget(target)]);
    assert!(matches!(world.state.popup, Some(Popup::Forget(Step::Busy))));
    world.send(Message::Forgot(Outcome::Erased {
        commits: 212,
        sought: 341,
    }));
    let shown = drawn(&world);
    assert!(shown.contains("341 strings") && shown.contains("not git, backups"));
    world.keys("<enter>");
    assert!(world.state.popup.is_none());
}

#[test]
fn what_is_before_a_day_is_forgotten_by_that_day_and_nonsense_is_refused() {
    let mut world = after("8dG<enter>yesterday<enter>");
    let Some(Popup::Forget(Step::Day(entry))) = &world.state.popup else {
        panic!("the field is gone");
    };
    assert!(entry.problem.is_some());
    world.keys("<ctrl-u>2026-03-01<enter>forget<enter>");
    let day = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
    assert_eq!(world.seen, [Effect::Forget(Target::Before(day))]);
}

#[test]
fn leaving_the_box_forgets_nothing_at_any_step() {
    for leave in ["8d<esc>", "8dq", "8d<enter><esc>", "8dG<enter><esc>"] {
        let world = after(leave);
        assert!(world.state.popup.is_none(), "{leave}");
        assert_eq!(world.seen, [], "{leave}");
    }
}

#[test]
fn every_step_of_forgetting_is_drawn() {
    screen("forget", "8dj");
    screen("forget-word", "8d<enter>forg");
    screen("forget-day", "8dG<enter>2026-03");
    let done = |outcome: Outcome| {
        move |size| {
            let mut world = World::new(Amount::Full, size);
            world.keys("8");
            world.send(Message::Forgot(outcome.clone()));
            world
        }
    };
    sheet(
        "forget-done",
        done(Outcome::Erased {
            commits: 212,
            sought: 341,
        }),
    );
    let why = "inward.db: another program holds it; close it and forget again";
    sheet("forget-not-done", done(Outcome::Failed(clean(why))));
}

#[test]
fn a_failure_to_forget_says_so_and_nothing_of_erased() {
    let mut world = after("8d<enter>forget<enter>");
    world.send(Message::Forgot(Outcome::Failed(clean("held by another"))));
    let shown = drawn(&world);
    assert!(shown.contains("Not done: held by another") && !shown.contains("Erased"));
}

#[test]
fn generated_data_and_a_running_scan_are_not_forgotten_from() {
    let mut world = World::bare(Amount::Full, (120, 36));
    let mut facts = world.facts();
    facts.demo = true;
    world.send(Message::Facts(Box::new(facts)));
    world.keys("8d");
    assert!(world.state.popup.is_none());
    let world = after("8rd");
    assert!(world.state.popup.is_none());
}

#[test]
fn someone_asks_opens_from_any_page_and_scrolls_to_its_end() {
    screen("someone-asks", ":someone asks<enter>");
    for page in ["1", "2", "3", "5<enter>", "8", "8jj<enter>", "e"] {
        let mut world = after(&format!("{page}:someone<enter>"));
        assert!(matches!(world.state.popup, Some(Popup::Pressure(0))));
        assert!(drawn(&world).contains("You may say no"), "{page}");
        world.keys("q");
        assert!(world.state.popup.is_none());
    }
    let mut world = World::new(Amount::Full, (50, 14));
    world.keys(":someone<enter>G");
    let end = drawn(&world);
    assert!(
        end.contains("for you to weigh") && end.contains("the end"),
        "{end}"
    );
    world.keys("jj");
    assert_eq!(drawn(&world), end);
}
