//! The Flow page and the page of a task: panels, what they open, and what they say when there is
//! nothing to draw.

use std::fmt::Write as _;

use inward::app::effect::{Effect, Slot};
use inward::app::flow::{Panel, bottleneck, cursor, focused, longest};
use inward::app::message::Message;
use inward::app::row::Row;
use inward::app::state::Detail;
use inward::model::figure::Key;
use inward::model::selection::Only;
use inward::model::stage::Stage;
use inward::ui::graphics::Graphics;
use inward::ui::theme::{Level, Name, Theme};
use inward::ui::words;

use crate::ansi::{buffer, text};
use crate::keys::after;
use crate::record::Amount;
use crate::world::World;

const SIZES: [(u16, u16); 4] = [(50, 14), (80, 24), (120, 36), (200, 60)];

fn theme() -> Theme {
    Theme::new(Name::Default, Level::Sixteen, Graphics::Braille)
}

fn drawn(world: &World) -> String {
    text(&buffer(world, &theme()))
}

/// The screens of a script at all sizes, one below the other.
fn sheet(keys: &str, theme: &Theme) -> String {
    let mut out = String::new();
    for size in SIZES {
        let mut world = World::new(Amount::Full, size);
        world.keys(keys);
        writeln!(out, "=== {}x{}", size.0, size.1).unwrap();
        out.push_str(&text(&buffer(&world, theme)));
    }
    out
}

#[test]
fn tab_walks_all_panels_and_each_is_drawn_at_every_size() {
    for size in SIZES {
        let mut world = World::new(Amount::Full, size);
        world.keys("4");
        for panel in Panel::ALL {
            assert_eq!(focused(&world.state), panel);
            let screen = drawn(&world);
            assert!(screen.contains('▸'), "{panel:?}:\n{screen}");
            world.keys("<tab>");
        }
        assert_eq!(focused(&world.state), Panel::Times);
    }
}

#[test]
fn without_own_colours_and_in_ascii_every_panel_says_the_same() {
    let mono = Theme::new(Name::Mono, Level::None, Graphics::Braille);
    insta::assert_snapshot!("flow-mono", sheet("4<tab><tab><tab>", &mono));
    let ascii = Theme::new(Name::Mono, Level::None, Graphics::Ascii);
    let all = sheet("4<tab>j", &ascii);
    let odd: String = all
        .chars()
        .filter(|c| "▸·━░▇…◌│╌╎•●█▓▒▄┤".contains(*c))
        .collect();
    assert_eq!(odd, "", "{all}");
    insta::assert_snapshot!("flow-ascii", all);
}

#[test]
fn a_dot_reads_its_task_enter_opens_it_and_esc_leads_back_to_the_dot() {
    let mut world = after("4");
    assert_eq!(cursor(&world.state, Panel::Times), None);
    world.keys("<left><left>");
    let here = cursor(&world.state, Panel::Times);
    assert!(here.is_some());
    assert!(drawn(&world).contains("ING-"), "{}", drawn(&world));
    world.keys("<enter>");
    let Some(Detail::Task(detail)) = world.state.details.last() else {
        panic!("no task is open");
    };
    let key = detail.view.value.as_ref().unwrap().key.to_string();
    assert!(drawn(&world).contains(&key));
    world.keys("<esc>");
    assert_eq!(cursor(&world.state, Panel::Times), here);
    world.keys("<esc>");
    assert_eq!(cursor(&world.state, Panel::Times), None);
    assert!(world.seen.is_empty());
}

#[test]
fn every_panel_opens_the_figure_or_the_rows_behind_it() {
    let opened = |keys: &str| match after(keys).state.details.last() {
        Some(Detail::Figure(detail)) => (detail.metric, detail.selection.range.days()),
        Some(Detail::Task(_)) => ("a task", 0),
        _ => panic!("{keys} opens nothing"),
    };
    assert_eq!(opened("4<enter>"), ("cycle_time", 84));
    assert_eq!(opened("4<tab>j<enter>"), ("a task", 0));
    assert_eq!(opened("4<tab><tab>j<enter>").0, "time_in_stage");
    assert_eq!(opened("4<tab><tab><tab><left><enter>").0, "cumulative_flow");
    let week = "4<tab><tab><tab><tab><left><left><enter>";
    assert_eq!(opened(week), ("throughput", 7));
    let reviews = "4<tab><tab><tab><tab><tab>";
    assert_eq!(opened(&format!("{reviews}<enter>")).0, "review_received");
    assert_eq!(opened(&format!("{reviews}j<enter>")).0, "change_cycle_time");
    assert_eq!(opened("4<shift-tab><enter>").0, "forecast");
    assert_eq!(opened("4<shift-tab>j<enter>").0, "forecast_items");
}

/// The lengths of the rows of the open figure, and their keys.
fn stays(world: &World) -> (Vec<i64>, Vec<String>) {
    let Some(Detail::Figure(detail)) = world.state.details.last() else {
        panic!("no figure is open");
    };
    assert_eq!(detail.metric, "time_in_stage");
    let rows = &detail.list.rows.value.as_ref().unwrap().rows;
    let items = rows.iter().map(|row| match row {
        Row::Item(row) => (row.seconds.unwrap(), row.key.to_string()),
        Row::Commit(_) => panic!("a commit is no stay"),
    });
    items.unzip()
}

#[test]
fn a_stage_opens_its_own_stays_the_longest_first_each_with_its_length() {
    for (down, stage) in [
        ("", Stage::InProgress),
        ("j", Stage::InReview),
        ("jj", Stage::Todo),
    ] {
        let mut world = after(&format!("4<tab><tab>{down}"));
        let figure = world.state.view().unwrap().figure(Slot::Stages).unwrap();
        let name = Key::Name(stage.as_str());
        let known = figure.points.iter().find(|point| point.key == name);
        let (n, all) = known.map(|point| (point.n, point.value)).unwrap();
        world.keys("<enter>");
        let (lengths, keys) = stays(&world);
        assert_eq!(lengths.len() as u64, n, "{stage}");
        assert!(lengths.is_sorted_by(|a, b| a >= b), "{lengths:?}");
        #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
        let sum = lengths.iter().sum::<i64>() as f64;
        assert_eq!(Some(sum), all);
        let screen = drawn(&world);
        assert!(screen.contains("longest first"), "{screen}");
        world.keys("<enter>");
        let Some(Detail::Task(task)) = world.state.details.last() else {
            panic!("a stay opens its task");
        };
        assert_eq!(task.view.value.as_ref().unwrap().key.to_string(), keys[0]);
        world.keys("<esc><esc>");
        assert_eq!(focused(&world.state), Panel::Stages);
    }
}

#[test]
fn what_lies_before_the_start_is_marked_and_one_stage_is_the_same_at_every_size() {
    let mut small = World::new(Amount::Full, (50, 14));
    small.keys("4<tab><tab>");
    let named = longest(small.state.view().unwrap()).unwrap();
    assert_eq!(bottleneck(small.state.view().unwrap()), Some(named));
    let stage = words::stage(named);
    let row = |screen: &str, name: &str| {
        let found = screen.lines().find(|line| line.contains(name));
        found
            .unwrap_or_else(|| panic!("no {name}:\n{screen}"))
            .to_owned()
    };
    let told = row(&drawn(&small), stage);
    let length = told.split(stage).nth(1).unwrap().split_whitespace().next();
    for size in &SIZES[1..] {
        let mut world = World::new(Amount::Full, *size);
        world.keys("4<tab><tab>");
        let screen = drawn(&world);
        assert!(row(&screen, "To do ").contains("not counted"), "{screen}");
        let marked = row(&screen, &format!(" {stage}  "));
        assert!(marked.contains(length.unwrap()), "{told}\n{screen}");
    }
    small.keys("<enter>");
    let Some(Detail::Figure(detail)) = small.state.details.last() else {
        panic!("nothing opened");
    };
    assert_eq!(detail.selection.only, Some(Only::Stage(named)));
}

#[test]
fn m_turns_the_days_linear_and_stages_to_shares_and_says_so_elsewhere() {
    let mut world = after("4");
    assert!(drawn(&world).contains("log days"));
    world.keys("m");
    assert!(!drawn(&world).contains("log days"));
    world.keys("<tab><tab>m");
    assert!(drawn(&world).contains("share of the time"));
    world.keys("<tab>m");
    let said = world.state.toasts.shown().unwrap();
    assert!(said.text.as_str().contains("one way"), "{}", said.text);
}

#[test]
fn a_commit_of_a_task_opens_and_nothing_else_pretends_to() {
    let mut world = after("4<tab><enter>");
    let depth = world.state.details.len();
    world.keys("<enter>");
    assert_eq!(world.state.details.len(), depth);
    assert!(world.state.toasts.shown().is_some());
    world.keys("jjj<enter>");
    assert!(matches!(
        world.state.details.last(),
        Some(Detail::Commit(_))
    ));
    world.keys("<esc>y");
    assert!(
        matches!(world.seen.last(), Some(Effect::Copy(key)) if key.as_str().starts_with("ING-"))
    );
}

#[test]
fn the_palette_opens_a_task_by_its_key() {
    let mut world = after(":ing-400");
    assert!(drawn(&world).contains("ING-400"));
    world.keys("<enter>");
    let Some(Detail::Task(detail)) = world.state.details.last() else {
        panic!("no task is open");
    };
    assert_eq!(detail.view.value.as_ref().unwrap().key.as_str(), "ING-400");
}

#[test]
fn each_way_to_have_nothing_says_which_it_is_and_what_to_press() {
    // Never imported.
    let mut world = World::new(Amount::Empty, (120, 36));
    let mut facts = world.facts();
    facts.commits = 12;
    world.send(Message::Facts(Box::new(facts)));
    world.keys("4");
    let screen = drawn(&world);
    assert!(screen.contains("No task was imported yet.") && screen.contains("add an export"));
    // None in this period.
    let screen = drawn(&after("4t2020<enter>"));
    assert!(screen.contains("No finished task"), "{screen}");
    // The repositories chosen hide them.
    let screen = drawn(&after("4R<space><enter>"));
    assert!(
        screen.contains("in api.") && screen.contains("0 show all"),
        "{screen}"
    );
    // Too few.
    let mut world = World::new(Amount::Few, (120, 36));
    world.keys("4");
    let screen = drawn(&world);
    assert!(screen.contains("a median from 5"), "{screen}");
    assert!(
        screen.contains("Too few to tell where tasks get stuck"),
        "{screen}"
    );
}

#[test]
fn an_answer_that_fails_is_said_with_its_key() {
    let mut world = World::new(Amount::Full, (120, 36));
    world.keys("4");
    let id = world.state.view().unwrap().id;
    let page = world.state.pages.get_mut(&world.state.page).unwrap();
    page.waiting = Some(id);
    world.send(Message::AskFailed {
        id,
        why: crate::world::clean("the store is locked"),
    });
    let screen = drawn(&world);
    assert!(screen.contains("could not be computed") && screen.contains("the store is locked"));
}

#[test]
fn covered_the_page_and_a_task_show_no_name_and_no_figure() {
    for keys in ["4P", "4<tab>P", "4<tab><enter>P"] {
        for size in SIZES {
            let mut world = World::new(Amount::Full, size);
            world.keys(keys);
            let screen = drawn(&world);
            let body: Vec<_> = screen.lines().skip(1).collect();
            let body = body.join("\n");
            for word in ["ING-", "Harbour", "jira", "n=", "was ", "▇", "━", "•", "%"] {
                assert!(!body.contains(word), "{keys} at {size:?}: {word}\n{screen}");
            }
        }
    }
}
