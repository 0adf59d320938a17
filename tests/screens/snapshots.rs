//! Every page at every tier over an empty, a thin and a full record; every detail and popup.

use std::fmt::Write as _;

use inward::app::message::{Message, ScanNews};
use inward::app::view::Kept;
use inward::model::around::Around;
use inward::model::keep::Kind;
use inward::ui::graphics::Graphics;
use inward::ui::theme::{Level, Name, Theme};

use crate::ansi::{buffer, text};
use crate::record::Amount;
use crate::world::{World, clean, others, people, scan_end};

const SIZES: [(u16, u16); 5] = [(44, 12), (50, 14), (80, 24), (120, 36), (200, 60)];

fn theme() -> Theme {
    Theme::new(Name::Default, Level::Sixteen, Graphics::Braille)
}

/// The same screen at several sizes, one below the other.
pub(crate) fn sheet(sizes: &[(u16, u16)], world: impl Fn((u16, u16)) -> World) -> String {
    let mut out = String::new();
    for size in sizes {
        writeln!(out, "=== {}x{}", size.0, size.1).unwrap();
        out.push_str(&text(&buffer(&world(*size), &theme())));
    }
    out
}

fn page(name: &str, keys: &str) {
    for amount in Amount::ALL {
        let drawn = sheet(&SIZES, |size| {
            let mut world = World::new(amount, size);
            world.keys(keys);
            world
        });
        insta::assert_snapshot!(format!("{name}-{}", amount.name()), drawn);
    }
}

/// A screen over the full record, at the three sizes that differ.
fn screen(name: &str, keys: &str) {
    let drawn = sheet(&SIZES[1..4], |size| {
        let mut world = World::new(Amount::Full, size);
        world.keys(keys);
        world
    });
    insta::assert_snapshot!(name, drawn);
}

#[test]
fn overview_says_what_changed() {
    page("overview", "");
}

#[test]
fn trends_show_one_measure_over_its_usual_range() {
    page("trends", "2");
}

#[test]
fn rhythm_shows_hours_and_days() {
    page("rhythm", "3");
}

#[test]
fn what_is_not_kept_says_so_with_its_switch() {
    let drawn = sheet(&SIZES[1..4], |size| {
        let mut world = World::bare(Amount::Full, size);
        world.altered().keep.set(Kind::Hours, false);
        let facts = world.facts();
        world.send(Message::Facts(Box::new(facts)));
        world.keys("3");
        world
    });
    assert!(drawn.contains("Not kept"), "{drawn}");
    insta::assert_snapshot!("rhythm-not-kept", drawn);
}

#[test]
fn flow_says_where_tasks_get_stuck() {
    page("flow", "4");
}

#[test]
fn work_lists_the_log() {
    page("work", "5");
}

#[test]
fn projects_show_where_the_work_went() {
    page("projects", "6");
}

#[test]
fn projects_in_plain_letters_and_without_colour() {
    let plain = Theme::new(Name::Mono, Level::None, Graphics::Ascii);
    for size in [(120, 36), (80, 24), (50, 14)] {
        let mut world = World::new(Amount::Full, size);
        world.keys("6<left><left>");
        let drawn = text(&buffer(&world, &plain));
        assert!(drawn.is_ascii(), "{drawn}");
        insta::assert_snapshot!(format!("projects-ascii-{}", size.0), drawn);
    }
}

#[test]
fn every_other_view_of_a_page_is_drawn() {
    screen("trends-lines", "2mj<enter>");
    screen("trends-commits-at-a-week", "2mG<enter><left><left>");
    screen("trends-a-year", "2--");
    screen("rhythm-an-hour", "3<right><down>");
    screen("rhythm-a-day", "3<tab><up><left>");
    screen("flow-a-dot", "4<left><left>");
    screen("flow-stages-as-shares", "4<tab><tab>m");
    screen("flow-a-week", "4<tab><tab><tab><tab><left>");
    screen("flow-reviews", "4<tab><tab><tab><tab><tab>j");
    screen("flow-ahead", "4<shift-tab>");
    screen("work-filtered", "5/the");
    screen("work-by-size", "5s");
    screen("work-filter-hides-all", "5/zzz<enter>");
    screen("projects-a-year", "6--");
    screen("projects-a-cell", "6j<left><left>");
    screen("projects-types", "6<tab>vvj");
    screen("projects-none-in-these-days", "6t2001<enter>");
    screen("overview-before-the-record", "t2001<enter>");
}

#[test]
fn every_detail_is_drawn() {
    screen("figure", "<tab><enter>j");
    screen("figure-of-a-mix", "2<tab><enter>");
    screen("figure-rule", "<tab><enter><tab>");
    screen("figure-parts", "<tab><enter><tab><tab>jj");
    screen("figure-of-tasks", ":explaincycle<enter><shift-tab>jj");
    screen("figure-of-tasks-rule", ":explaincycle<enter>");
    screen("figure-of-tasks-rule-scrolled", ":explaincycle<enter>G");
    screen("figure-of-tasks-parts", ":explaincycle<enter><tab>j");
    screen("figure-of-tasks-longest", ":explainlead<enter>sjj");
    screen("figure-of-tasks-filtered", ":explaincycle<enter>/harbour");
    screen("figure-of-lines-parts", ":explainlineschanged<enter><tab>");
    screen(
        "figure-of-few-tasks",
        "t2026-11-16..2026-11-19<enter>:explaincycle<enter><tab>",
    );
    screen("commit", "5<enter>jj");
    screen("task", "4<tab><enter>jjj");
}

#[test]
fn every_popup_is_drawn() {
    screen("help", "?");
    screen("help-filtered", "?/week");
    screen("palette", ":wee");
    screen("palette-explain", ":cycle time");
    screen("range", "t2026-Q9<enter>");
    screen("repositories", "Rj<space>");
    screen("add", "a/home/ada/src");
}

#[test]
fn the_first_run_is_drawn() {
    let sizes = &SIZES[1..4];
    let chooser = sheet(sizes, |size| {
        let mut world = World::new(Amount::Empty, size);
        world.send(Message::People(people()));
        world.keys("<space>");
        world
    });
    insta::assert_snapshot!("chooser", chooser);
    let sentence = sheet(sizes, |size| {
        let mut world = World::new(Amount::Empty, size);
        world.send(Message::People(people()));
        world.keys("<space><space><enter>this is you<enter>");
        world
    });
    insta::assert_snapshot!("sentence", sentence);
    let welcome = sheet(sizes, |size| {
        let mut world = World::bare(Amount::Empty, size);
        let mut facts = world.facts();
        facts.repos.clear();
        world.send(Message::Facts(Box::new(facts)));
        world
    });
    insta::assert_snapshot!("welcome", welcome);
    let near = sheet(sizes, |size| {
        let mut world = World::bare(Amount::Empty, size);
        let mut facts = world.facts();
        facts.repos.clear();
        facts.kept = Kept::Memory;
        world.state.around = Some(Around {
            folder: "/home/ada/code".to_owned(),
            names: ["api", "docs", "notes", "scratch", "web"]
                .map(clean)
                .to_vec(),
            more: false,
        });
        world.send(Message::Facts(Box::new(facts)));
        world
    });
    insta::assert_snapshot!("welcome-near", near);
    let keep = sheet(sizes, |size| {
        let mut world = World::bare(Amount::Full, size);
        let mut facts = world.facts();
        facts.kept = Kept::Memory;
        world.send(Message::Facts(Box::new(facts)));
        world
    });
    insta::assert_snapshot!("keep", keep);
    let days = sheet(sizes, |size| {
        let mut world = World::bare(Amount::Full, size);
        let mut facts = world.facts();
        facts.kept = Kept::Memory;
        world.send(Message::Facts(Box::new(facts)));
        world.keys("3");
        world
    });
    insta::assert_snapshot!("keep-days", days);
}

#[test]
fn those_who_could_be_me_are_drawn() {
    let list = |keys: &str| {
        sheet(&SIZES[1..4], |size| {
            let mut world = World::new(Amount::Full, size);
            let all = others();
            world.send(Message::Proposals { all, news: false });
            world.keys(keys);
            world
        })
    };
    insta::assert_snapshot!("proposals", list("iy"));
    insta::assert_snapshot!("proposals-answered", list("iynyn"));
    insta::assert_snapshot!("proposals-blurred", list("Pi"));
}

#[test]
fn a_scan_and_what_it_said_are_drawn() {
    let sizes = &SIZES[1..4];
    let scanning = |amount| {
        sheet(sizes, |size| {
            let mut world = World::new(amount, size);
            world.send(Message::Scan(ScanNews::Repository {
                index: 3,
                of: 6,
                name: clean("api"),
            }));
            world.send(Message::Scan(ScanNews::Walked(1_204)));
            world
        })
    };
    insta::assert_snapshot!("scanning", scanning(Amount::Full));
    insta::assert_snapshot!("scanning-for-the-first-time", scanning(Amount::Empty));
    let ended = sheet(sizes, |size| {
        let mut world = World::new(Amount::Full, size);
        world.send(scan_end());
        world
    });
    insta::assert_snapshot!("scan-with-a-problem", ended);
}
