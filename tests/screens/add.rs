//! The dialog that adds: typed, pasted, chosen, asked for again.

use inward::app::add;
use inward::app::effect::Effect;
use inward::app::message::Message;
use inward::app::popup::Popup;
use inward::model::around::Around;
use inward::model::seen_file::SeenFile;
use inward::ui::graphics::Graphics;
use inward::ui::theme::{Level, Name, Theme};

use crate::ansi::{buffer, text};
use crate::record::Amount;
use crate::snapshots::sheet;
use crate::world::{World, clean, now};

const SIZES: [(u16, u16); 3] = [(120, 36), (80, 24), (50, 14)];

/// Three names seen before the lock.
fn seen(size: (u16, u16)) -> World {
    let mut world = World::new(Amount::Full, size);
    let file = |folder: &str, name: &str, size, days| SeenFile {
        path: format!("/home/ada/{name}"),
        name: clean(name),
        folder: clean(folder),
        size,
        modified: (now() - chrono::Duration::days(days)).timestamp(),
    };
    world.state.seen_files = [
        file("~/Downloads", "Jira export (2).csv", 1_240_000, 0),
        file("~/Downloads", "issues.json", 48_120, 3),
        file("~", "clockify-2026.csv", 912, 40),
    ]
    .into();
    world
}

fn after(keys: &str) -> World {
    let mut world = seen(SIZES[0]);
    world.keys(keys);
    world
}

#[test]
fn the_dialog_lists_names_and_says_where_they_were_seen() {
    let drawn = |keys: &str| {
        sheet(&SIZES, |size| {
            let mut world = seen(size);
            world.keys(keys);
            world
        })
    };
    insta::assert_snapshot!("add-seen", drawn("a<down>"));
    let covered = drawn("Pa");
    assert!(!covered.contains("issues.json") && !covered.contains("Downloads"));
    insta::assert_snapshot!("add-seen-blurred", covered);
    let plain = Theme::new(Name::Mono, Level::None, Graphics::Ascii);
    for size in SIZES {
        let mut world = seen(size);
        world.keys("a");
        let shown = text(&buffer(&world, &plain));
        assert!(shown.is_ascii(), "{shown}");
    }
    let again = sheet(&SIZES, |size| {
        let mut world = seen(size);
        add::again(&mut world.state, "/no/such", "/no/such does not exist");
        world
    });
    insta::assert_snapshot!("add-again", again);
}

#[test]
fn a_file_is_chosen_by_arrows_or_tab_and_typing_narrows() {
    let chosen = |keys: &str| after(keys).seen.last().cloned();
    let add = |path: &str| Some(Effect::Add(path.to_owned()));
    assert_eq!(
        chosen("a<down><enter>"),
        add("/home/ada/Jira export (2).csv")
    );
    assert_eq!(chosen("a<tab><tab><enter>"), add("/home/ada/issues.json"));
    assert_eq!(
        chosen("aclock<down><enter>"),
        add("/home/ada/clockify-2026.csv")
    );
    assert_eq!(chosen("a<down><up>/x<enter>"), add("/x"), "up is the field");
    assert_eq!(chosen("a<down>/x<enter>"), add("/x"), "typing is meant");
    assert_eq!(chosen("a<enter>"), None, "nothing is no path");
}

#[test]
fn a_pasted_path_is_taken_whole_and_a_refused_one_is_kept() {
    let mut world = after("a");
    world.send(Message::Paste("file:///tmp/a%20b.csv".to_owned()));
    world.keys("<enter>");
    let add = Effect::Add("file:///tmp/a%20b.csv".to_owned());
    assert_eq!(world.seen.last(), Some(&add));
    let mut world = after("");
    add::again(&mut world.state, "/no/such", "/no/such does not exist");
    let Some(Popup::Add(form)) = &world.state.popup else {
        panic!("the dialog is not open");
    };
    assert_eq!(form.entry.field.text(), "/no/such");
    assert!(form.entry.problem.is_some());
    world.keys("x");
    let Some(Popup::Add(form)) = &world.state.popup else {
        panic!("the dialog is not open");
    };
    assert_eq!(form.entry.field.text(), "/no/suchx");
    assert_eq!(form.entry.problem, None, "another text, another try");
}

#[test]
fn a_newcomer_reads_the_folder_that_was_found_with_two_keys() {
    let mut world = World::bare(Amount::Empty, SIZES[1]);
    let mut facts = world.facts();
    facts.repos.clear();
    world.state.around = Some(Around {
        folder: "/home/ada/code".to_owned(),
        names: vec![clean("api"), clean("web")],
        more: false,
    });
    world.send(Message::Facts(Box::new(facts)));
    world.keys("a");
    let theme = Theme::new(Name::Default, Level::Sixteen, Graphics::Braille);
    for size in SIZES {
        world.send(Message::Resize(size.0, size.1));
        let drawn = text(&buffer(&world, &theme)).replace('\n', " ");
        let said = "Enter alone reads the 2 repositories in";
        assert!(drawn.contains(said) && drawn.contains("/home/ada/code"));
    }
    let Some(Popup::Add(form)) = &world.state.popup else {
        panic!("the dialog is not open");
    };
    assert_eq!(form.entry.field.text(), "", "what was typed is yours");
    world.keys("/x<enter>");
    assert_eq!(world.seen.last(), Some(&Effect::Add("/x".to_owned())));
    world.keys("a<enter>");
    let add = Effect::Add("/home/ada/code".to_owned());
    assert_eq!(world.seen.last(), Some(&add));
}
