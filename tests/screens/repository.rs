//! The page of a repository: what it shows, and its keys.

use std::collections::BTreeSet;

use inward::app::effect::{Effect, Which};
use inward::app::note::Of;
use inward::app::popup::Popup;
use inward::app::privacy::forget::{Step, Target};
use inward::app::state::Detail;
use inward::model::links::{Link, LinkRule};
use inward::ui::graphics::Graphics;
use inward::ui::theme::{Level, Name, Theme};

use crate::ansi::{buffer, text};
use crate::keys::after;
use crate::record::{Amount, REPOS};
use crate::snapshots::sheet;
use crate::world::World;

const SIZES: [(u16, u16); 3] = [(120, 36), (80, 24), (50, 14)];

/// A full record, every third of its last commits linked with one of five tasks.
fn linked(size: (u16, u16)) -> World {
    let mut world = World::new(Amount::Full, size);
    let last = u32::try_from(world.data.len()).unwrap();
    let links = (last.saturating_sub(240)..last).step_by(3);
    world.altered().links = links
        .map(|commit| Link {
            commit,
            task: commit % 5,
            rule: LinkRule::Branch,
        })
        .collect();
    world
}

/// The same with the repository of this row open.
fn opened(size: (u16, u16), row: &str) -> World {
    let mut world = linked(size);
    world.keys(&format!("6{row}<enter>"));
    world
}

#[test]
fn a_repository_is_drawn_at_every_size_in_colour_and_without() {
    insta::assert_snapshot!("repository", sheet(&SIZES, |size| opened(size, "")));
    let marked = sheet(&SIZES, |size| {
        let mut world = opened(size, "j");
        world.keys("<tab>j");
        world
    });
    insta::assert_snapshot!("repository-tasks", marked);
    let covered = sheet(&SIZES, |size| {
        let mut world = opened(size, "");
        world.keys("P");
        world
    });
    for name in REPOS {
        assert!(!covered.contains(&format!(" {name} ")), "{name} shows");
    }
    assert!(!covered.contains("/home/ada") && !covered.contains("big move"));
    insta::assert_snapshot!("repository-blurred", covered);
    let plain = Theme::new(Name::Mono, Level::None, Graphics::Ascii);
    for size in SIZES {
        let drawn = text(&buffer(&opened(size, "j"), &plain));
        assert!(drawn.is_ascii(), "{drawn}");
        insta::assert_snapshot!(format!("repository-ascii-{}", size.0), drawn);
    }
}

#[test]
fn one_that_is_not_where_it_was_says_what_to_do() {
    let drawn = sheet(&SIZES, |size| {
        let mut world = World::new(Amount::Full, size);
        world.lost = true;
        world.keys("6<enter>");
        world
    });
    assert_eq!(drawn.matches("a adds it from where it lies now").count(), 3);
    insta::assert_snapshot!("repository-not-found", drawn);
}

#[test]
fn a_repository_that_is_gone_says_so() {
    let drawn = sheet(&SIZES, |size| {
        let mut world = opened(size, "");
        world.altered().repos[0] = inward::model::ids::RepoId(99);
        world.altered().repos[1] = inward::model::ids::RepoId(98);
        world.altered().repos[2] = inward::model::ids::RepoId(97);
        world.keys("-");
        world
    });
    assert!(drawn.contains("could not be shown"), "{drawn}");
    insta::assert_snapshot!("repository-gone", drawn);
}

#[test]
fn enter_on_a_whole_row_opens_the_repository_and_esc_comes_back_to_it() {
    let mut world = after("6j");
    let before = world.state.cursors.project;
    world.keys("<enter>");
    assert!(matches!(
        world.state.details.last(),
        Some(Detail::Repository(_))
    ));
    world.keys("jj<enter>");
    let Some(Detail::Figure(detail)) = world.state.details.last() else {
        panic!("Enter on a number opens its rows");
    };
    assert_eq!(detail.metric, "lines_changed");
    assert_eq!(detail.selection.repos.as_ref().map(BTreeSet::len), Some(1));
    world.keys("<esc>");
    let Some(Detail::Repository(detail)) = world.state.details.last() else {
        panic!("Esc goes back to the repository");
    };
    assert_eq!(detail.number, 2, "to the same number");
    world.keys("<esc>");
    assert!(world.state.details.is_empty());
    assert_eq!(world.state.cursors.project, before);
}

#[test]
fn tab_turns_to_the_tasks_and_enter_opens_one() {
    let mut world = linked((120, 36));
    world.keys("6<enter><tab>j<enter>");
    let shown = world.state.details.iter().find_map(|detail| match detail {
        Detail::Repository(detail) => detail.view.value.clone(),
        _ => None,
    });
    let wanted = shown.and_then(|view| view.tasks.get(1).map(|one| one.id));
    let Some(Detail::Task(task)) = world.state.details.last() else {
        panic!("no task is open");
    };
    assert_eq!(Some(task.which.clone()), wanted.map(Which::Id));
}

#[test]
fn d_asks_for_the_word_for_this_repository() {
    let mut world = after("6j<enter>");
    let Some(Detail::Repository(detail)) = world.state.details.last() else {
        panic!("no repository is open");
    };
    let repo = detail.repo;
    world.keys("d");
    let Some(Popup::Forget(Step::Word { target, .. })) = &world.state.popup else {
        panic!("the word is not asked for");
    };
    assert_eq!(*target, Target::Repository(repo));
    world.keys("forget<enter>");
    assert!(
        world
            .seen
            .contains(&Effect::Forget(Target::Repository(repo)))
    );
}

#[test]
fn a_note_from_there_is_about_the_repository_and_space_narrows_to_it() {
    let mut world = after("6j<enter>");
    let Some(Detail::Repository(detail)) = world.state.details.last() else {
        panic!("no repository is open");
    };
    let repo = detail.repo;
    world.keys("nmoved<enter>");
    let noted = world.seen.iter().find_map(|effect| match effect {
        Effect::AddNote { about, .. } => Some(about.of),
        _ => None,
    });
    assert_eq!(noted, Some(Of::Repository(repo)));
    world.keys("<space>");
    assert_eq!(world.state.look.repos, Some([repo].into()));
    world.keys("<space>");
    assert_eq!(world.state.look.repos, None);
    world.keys("r");
    assert!(world.seen.contains(&Effect::Scan { full: false }));
}
