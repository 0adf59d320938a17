//! One filter for every page: chosen in one dialog, always told, taken back by one key.

use inward::app::effect::Effect;
use inward::app::message::Message;
use inward::app::page::Page;
use inward::app::popup::Popup;
use inward::app::state::Detail;
use inward::app::{recall, update};
use inward::model::selection::Sources;

use inward::ui::graphics::Graphics;
use inward::ui::theme::{Level, Name, Theme};

use crate::ansi;
use crate::keys::{after, world};
use crate::record::Amount;
use crate::world::{World, now};

/// The screen as text.
fn text(world: &World) -> String {
    let theme = Theme::new(Name::Default, Level::Sixteen, Graphics::Braille);
    ansi::text(&ansi::buffer(world, &theme))
}

/// Keys that narrow to Rust.
const RUST: &str = "F/rust<enter><enter>";

#[test]
fn the_row_under_the_cursor_is_what_enter_narrows_to_when_nothing_was_marked() {
    let world = after(RUST);
    let chosen = world.state.look.languages.clone().unwrap();
    let name =
        |id: &inward::model::ids::LanguageId| world.labels.languages[usize::from(id.0)].as_str();
    assert_eq!(chosen.iter().map(name).collect::<Vec<_>>(), ["Rust"]);
    assert!(world.state.popup.is_none());
}

#[test]
fn several_sections_are_marked_by_space_and_taken_by_one_enter() {
    let mut world = after("Fj<space>j<space>/typescript<enter><space>");
    assert!(!world.state.look.is_narrowed(), "not before Enter");
    world.keys("<enter>");
    let look = &world.state.look;
    assert_eq!(
        look.repos.as_ref().map(std::collections::BTreeSet::len),
        Some(2)
    );
    assert_eq!(
        look.languages.as_ref().map(std::collections::BTreeSet::len),
        Some(1)
    );
}

#[test]
fn git_alone_leaves_commits_and_a_tracker_alone_its_tasks() {
    let mut world = after("F/git<enter><enter>");
    let only = |git, trackers: &[u16]| {
        Some(Sources {
            git,
            trackers: trackers.iter().copied().collect(),
        })
    };
    assert_eq!(world.state.look.sources, only(true, &[]));
    let count = |world: &World, metric: &str| {
        let view = world.state.view().unwrap();
        view.figures
            .iter()
            .find(|(_, one)| one.metric == metric)
            .unwrap()
            .1
            .n
    };
    assert!(count(&world, "commits") > 0);
    assert_eq!(count(&world, "throughput"), 0);
    world.keys("0F/jira<enter><enter>");
    assert_eq!(world.state.look.sources, only(false, &[0]));
    assert_eq!(count(&world, "commits"), 0);
    assert!(count(&world, "throughput") > 0);
}

#[test]
fn a_text_narrows_every_page_to_what_holds_it_and_is_found_anew_when_more_is_stored() {
    let mut world = after("F<enter>cache<enter>");
    let found = world.state.look.found.clone().unwrap();
    assert!(!found.commits.is_empty() && found.commits.len() < world.data.len());
    world.keys("5");
    let shown = world.state.work.total();
    assert!(shown > 0 && shown < world.data.len());
    let facts = world.facts();
    let effects = update(&mut world.state, Message::Facts(Box::new(facts)));
    assert!(
        effects.contains(&Effect::Find("cache".to_owned())),
        "{effects:?}"
    );
}

#[test]
fn an_answer_that_nobody_waits_for_narrows_nothing() {
    let mut world = world();
    let found = world.find("cache");
    world.send(Message::Found(found));
    assert!(!world.state.look.is_narrowed());
}

#[test]
fn esc_leaves_the_dialog_as_it_was_and_zero_takes_all_of_it_back() {
    let mut world = after("Fj<space><esc>");
    assert!(world.state.popup.is_none() && !world.state.look.is_narrowed());
    world.keys("F<enter>x<esc>");
    assert!(
        matches!(world.state.popup, Some(Popup::Narrow(_))),
        "the field first"
    );
    world.keys("<esc>");
    assert!(!world.state.look.is_narrowed());
    world.keys(RUST);
    assert!(world.state.look.is_narrowed());
    world.keys("0");
    assert!(!world.state.look.is_narrowed());
    world.keys("0");
    let said = world.state.toasts.shown().unwrap().text.to_string();
    assert!(said.contains("nothing is narrowed"), "{said}");
}

#[test]
fn zero_in_the_dialog_takes_every_mark_away() {
    let world = after("Fj<space>0<enter>");
    assert!(!world.state.look.is_narrowed());
}

#[test]
fn it_is_chosen_from_any_page_and_a_figure_of_before_is_closed() {
    for page in '1'..='8' {
        let mut world = after(&format!("{page}{RUST}"));
        assert!(world.state.look.languages.is_some(), "{page}");
        assert_eq!(world.state.page.card().number.to_string(), page.to_string());
        world.keys("0");
        assert!(!world.state.look.is_narrowed(), "{page}");
    }
    let mut world = after("2<enter>");
    assert!(matches!(
        world.state.details.last(),
        Some(Detail::Figure(_))
    ));
    world.keys(RUST);
    assert!(world.state.details.is_empty());
}

/// The page bar: the pages, and what is looked at beside or below them.
fn bar(world: &World) -> String {
    let screen = text(world);
    let rows = if world.state.size.1 > 14 { 2 } else { 1 };
    screen.lines().take(rows).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_page_bar_tells_it_at_every_size_on_every_page() {
    for size in [(120, 36), (80, 24), (50, 14)] {
        for page in '1'..='8' {
            let mut world = World::new(Amount::Full, size);
            world.keys(&format!(
                "{page}Fj<space>/rust<enter><space>/<esc>g<enter><ctrl-u>cache<enter>"
            ));
            let first = bar(&world);
            let all = ["12 weeks", "api", "Rust", "\"cache\""];
            assert!(
                all.iter().all(|word| first.contains(word)),
                "{size:?} {page}: {first}"
            );
        }
    }
}

#[test]
fn names_in_it_are_covered_with_the_others() {
    let mut world = after("Fj<space>g<enter><ctrl-u>cache<enter>P");
    let first = bar(&world);
    assert!(
        !first.contains("api") && !first.contains("cache"),
        "{first}"
    );
    world.keys("F");
    let screen = text(&world);
    assert!(
        !screen.contains("api") && !screen.contains("cache"),
        "{screen}"
    );
}

#[test]
fn where_it_hides_everything_the_page_says_so_and_names_the_key() {
    for page in ["1", "2", "3", "4", "5", "6"] {
        for size in [(120, 36), (80, 24), (50, 14)] {
            let mut world = World::new(Amount::Full, size);
            world.keys(&format!("{page}F<enter>zzzz<enter>"));
            let screen = text(&world);
            assert!(screen.contains("0 show all"), "{page}: {screen}");
        }
    }
}

#[test]
fn a_choice_is_there_again_at_the_next_start_but_no_text() {
    let mut left =
        after("Fj<space>/rust<enter><space>/<ctrl-u>jira<enter><space>/<esc>g<enter>cache<enter>");
    left.send(Message::Tick(now()));
    let view = recall::of(&left.state).unwrap();
    assert!(!view.words.contains("cache"), "{view:?}");
    let mut again = World::bare(Amount::Full, (120, 36));
    again.send(Message::Recall(view));
    let facts = again.facts();
    again.send(Message::Facts(Box::new(facts)));
    let (before, now) = (&left.state.look, &again.state.look);
    assert_eq!(before.repos, now.repos);
    assert_eq!(before.languages, now.languages);
    assert_eq!(before.sources, now.sources);
    assert!(now.languages.is_some() && now.sources.is_some() && now.found.is_none());
}

#[test]
fn figures_of_tasks_say_that_no_language_narrows_them() {
    let world = after(&format!("{RUST}4"));
    let view = world.state.view().unwrap();
    let tasks = view
        .figures
        .iter()
        .filter(|(_, one)| one.metric == "throughput");
    for (_, figure) in tasks {
        let said = inward::report::words::rests_on(figure).join(" ");
        assert!(
            said.contains("Not narrowed by language: tasks have none."),
            "{said}"
        );
    }
    assert_eq!(world.state.page, Page::Flow);
    assert!(text(&world).contains("Tasks of every language."));
    // So does every number of tasks where there is least room.
    let mut small = World::new(Amount::Full, (50, 14));
    small.keys(RUST);
    small.keys("1");
    let screen = text(&small);
    for (name, told) in [
        ("Tasks finished", true),
        ("Cycle time", true),
        ("Wait for a review", true),
        ("Commits", false),
    ] {
        let row = screen.lines().find(|line| line.contains(name)).unwrap();
        assert_eq!(row.contains("every language"), told, "{row}");
    }
    small.keys("0");
    assert!(!text(&small).contains("every language"));
    for (script, told) in [("1", true), ("1<enter>", true), ("2", false)] {
        let mut world = after(RUST);
        world.keys(script);
        let screen = text(&world);
        assert_eq!(screen.contains("every language"), told, "{screen}");
    }
}

#[test]
fn the_dialog_says_what_a_text_is_looked_for_in_before_and_while_it_is_typed() {
    let theme = Theme::new(Name::Mono, Level::None, Graphics::Ascii);
    for size in [(120, 36), (80, 24), (50, 14)] {
        for keys in ["F", "F<enter>src"] {
            let mut world = World::new(Amount::Full, size);
            world.keys(keys);
            let drawn = ansi::text(&ansi::buffer(&world, &theme));
            assert!(
                drawn.contains("titles, keys, paths, names"),
                "{size:?} {keys}: {drawn}"
            );
        }
    }
}
