//! The Work page as one log: its kinds, what Enter opens of each, and the way back.

use std::fmt::Write as _;

use inward::app::effect::Effect;
use inward::app::exclude::Exclude;
use inward::app::kinds::{Kind, Kinds};
use inward::app::message::Message;
use inward::app::popup::Popup;
use inward::app::row::Row;
use inward::app::state::Detail;
use inward::model::chosen::Chosen;
use inward::ui::graphics::Graphics;
use inward::ui::theme::{Level, Name, Theme};

use crate::ansi::{buffer, text};
use crate::keys::after;
use crate::record::Amount;
use crate::world::World;

fn kind_of(row: &Row) -> Kind {
    match row {
        Row::Commit(_) => Kind::Commit,
        Row::Item(row) => row.kind,
    }
}

fn kinds_of(world: &World) -> Vec<Kind> {
    let rows = world.state.work.rows.value.as_ref().unwrap();
    let mut all: Vec<_> = rows.rows.iter().map(kind_of).collect();
    all.sort_unstable();
    all.dedup();
    all
}

#[test]
fn everything_stands_in_one_list_by_time() {
    let world = after("5");
    assert_eq!(kinds_of(&world), [Kind::Commit, Kind::Task, Kind::Session]);
    let drawn = text(&buffer(
        &world,
        &Theme::new(Name::Default, Level::Sixteen, Graphics::Braille),
    ));
    for word in ["commit ", "task ", "session "] {
        assert!(drawn.contains(word), "{word}: {drawn}");
    }
}

#[test]
fn m_chooses_the_kinds_and_everything_takes_it_back() {
    let mut world = after("5mjjjj<enter>");
    assert_eq!(world.state.work.kinds, Kinds::only(Kind::Commit));
    assert_eq!(kinds_of(&world), [Kind::Commit]);
    world.keys("mj<space>jj<space><enter>");
    assert!(world.state.work.kinds.has(Kind::Task));
    assert!(!world.state.work.kinds.has(Kind::Review));
    world.keys("mg<space><enter>");
    assert!(world.state.work.kinds.is_all());
    world.keys("mjj<esc>");
    assert!(world.state.popup.is_none() && world.state.work.kinds.is_all());
}

#[test]
fn enter_opens_what_each_kind_has_and_esc_comes_back_to_the_same_row() {
    let mut seen = Vec::new();
    let rows = after("5").state.work.rows.value.unwrap().rows;
    for kind in [Kind::Commit, Kind::Task, Kind::Session] {
        let at = rows.iter().position(|row| kind_of(row) == kind).unwrap();
        let mut world = after(&format!("5{}<enter>", "j".repeat(at)));
        seen.push(match world.state.details.last().unwrap() {
            Detail::Commit(_) => "commit",
            Detail::Task(_) => "task",
            Detail::Figure(figure) => figure.metric,
            other => panic!("{other:?}"),
        });
        world.keys("<esc>");
        assert_eq!(world.state.work.cursor, at);
    }
    assert_eq!(seen, ["commit", "task", "sessions"]);
}

#[test]
fn the_log_is_drawn_with_its_menu_and_in_plain_letters() {
    let theme = Theme::new(Name::Default, Level::Sixteen, Graphics::Braille);
    let mut out = String::new();
    for size in [(50, 14), (80, 24), (120, 36), (200, 60)] {
        for keys in ["5", "5mj", "5mj<enter>", "5mj<space>j<space><enter>S"] {
            let mut world = World::new(Amount::Full, size);
            world.keys(keys);
            assert!(keys != "5mj" || matches!(world.state.popup, Some(Popup::Kinds(_))));
            writeln!(out, "=== {}x{} {keys}", size.0, size.1).unwrap();
            out += &text(&buffer(&world, &theme));
        }
    }
    insta::assert_snapshot!("log", out);
    let plain = Theme::new(Name::Mono, Level::None, Graphics::Ascii);
    let drawn = text(&buffer(&after("5ms"), &plain));
    let strange: Vec<char> = drawn
        .chars()
        .filter(|c| !c.is_ascii() && !c.is_alphabetic())
        .collect();
    assert!(strange.is_empty(), "{strange:?}");
}

#[test]
fn x_leaves_a_row_out_of_every_figure_and_undo_takes_that_back_once() {
    let mut world = after("5mjjjj<enter>jx");
    let Some(Effect::Exclude(exclude)) = world.seen.last().cloned() else {
        panic!("nothing asked: {:?}", world.seen);
    };
    let row = world
        .state
        .work
        .selected()
        .unwrap()
        .commit()
        .unwrap()
        .clone();
    assert_eq!(
        (exclude.rows.as_slice(), exclude.out),
        ([Chosen::Commit(row.oid)].as_slice(), true)
    );
    world.send(Message::Excluded(exclude.clone()));
    let said = world.state.toasts.shown().unwrap().text.to_string();
    assert!(
        said.contains("counts in no figure") && said.contains('u'),
        "{said}"
    );
    world.keys("u");
    let back = Exclude {
        out: false,
        ..exclude
    };
    assert_eq!(world.seen.last(), Some(&Effect::Exclude(back)));
    let asked = world.seen.len();
    world.keys("u");
    assert_eq!(world.seen.len(), asked);
}

#[test]
fn what_cannot_be_left_out_by_a_key_says_why() {
    let rows = after("5").state.work.rows.value.unwrap().rows;
    let at = rows
        .iter()
        .position(|row| kind_of(row) == Kind::Session)
        .unwrap();
    let world = after(&format!("5{}x", "j".repeat(at)));
    assert_eq!(world.seen, []);
    let said = world.state.toasts.shown().unwrap().text.to_string();
    assert!(said.contains("take its commits out"), "{said}");
}

/// The log with so many copies among its rows, as text.
fn with_copies(n: usize, size: (u16, u16), theme: &Theme) -> String {
    let mut world = World::new(Amount::Full, size);
    world.keys("5");
    world.state.work.rows.value.as_mut().unwrap().copies = n;
    text(&buffer(&world, theme))
}

#[test]
fn the_heading_says_how_many_rows_are_copies_at_every_size() {
    let theme = Theme::new(Name::Default, Level::Sixteen, Graphics::Braille);
    for size in [(120, 36), (80, 24), (50, 14)] {
        let said = |n| with_copies(n, size, &theme);
        assert!(said(5).contains("5 are copies"), "{}", said(5));
        assert!(said(1).contains("1 is a copy"), "{}", said(1));
        assert!(!said(0).contains("cop"), "{}", said(0));
    }
    let plain = Theme::new(Name::Mono, Level::None, Graphics::Ascii);
    assert!(with_copies(5, (80, 24), &plain).contains("5 are copies"));
}
