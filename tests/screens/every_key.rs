//! Every key of the table, pressed on every page and detail: what the help lists does something there,
//! seen on the screen, said, or asked of the worker.

use std::sync::OnceLock;

use inward::app::goals::GoalLine;
use inward::app::idle;
use inward::app::message::Message;
use inward::app::page::Page;
use inward::app::view::Kept;
use inward::input::action::Action;
use inward::input::key::Key;
use inward::input::keymap::Context;
use inward::ui::graphics::Graphics;
use inward::ui::theme::{Level, Name, Theme};
use ratatui::buffer::Buffer;

use crate::ansi::buffer;
use crate::goals::goals;
use crate::record::Amount;
use crate::world::{World, others};

/// Keys that put the cursor somewhere in the middle, so that it can go any way.
const BEFORE: [&str; 9] = [
    "",
    "j",
    "jj",
    "jjj<right>",
    "<tab>",
    "<tab>jj",
    "<shift-tab><right>",
    "[",
    "-",
];

fn seen(world: &World) -> (Buffer, usize, usize) {
    let theme = Theme::new(Name::Default, Level::Sixteen, Graphics::Braille);
    let drawn = buffer(world, &theme);
    (drawn, world.seen.len(), world.state.toasts.log().len())
}

fn opened(keys: &str) -> World {
    static GOALS: OnceLock<Vec<GoalLine>> = OnceLock::new();
    let mut world = World::new(Amount::Full, (120, 36));
    world.goals = GOALS.get_or_init(|| goals(&world)).clone();
    world.keys(keys);
    world
}

/// Whether `key` does something after `open` and one of [`BEFORE`].
fn works(open: &str, key: Key) -> bool {
    BEFORE.iter().any(|before| {
        let mut world = opened(&format!("{open}{before}"));
        let was = seen(&world);
        let shown = world.state.page;
        world.send(Message::Key(key));
        seen(&world) != was || world.state.page != shown
    })
}

/// What can be open, and the keys that open it.
const OPEN: [(&str, &str); 5] = [
    ("a figure", "<shift-tab><enter>"),
    ("a commit", "5mjjjj<enter><enter>"),
    ("a task", "4<tab><enter>"),
    ("a repository", "6j<enter>"),
    ("the drafts", "e"),
];

#[test]
fn a_key_works_exactly_where_the_help_lists_it_as_one_of_this_page() {
    let pages = Page::ALL
        .iter()
        .map(|card| (card.name, card.number.to_string()));
    let details = OPEN.iter().map(|(name, keys)| (*name, (*keys).to_owned()));
    let mut wrong = Vec::new();
    for (name, open) in pages.chain(details) {
        let world = opened(&open);
        let bindings = world.state.keymap.bindings();
        let mut actions: Vec<Action> = bindings
            .iter()
            .filter(|one| matches!(one.context, Context::Page | Context::List))
            .map(|one| one.action)
            .collect();
        actions.dedup();
        for action in actions {
            // The page of this key is open already; going back is for what lies over a page.
            if action == Action::Back {
                continue;
            }
            if Page::ALL
                .iter()
                .any(|card| card.action == action && card.name == name)
            {
                continue;
            }
            let keys = world
                .state
                .keymap
                .keys(&[Context::Page, Context::List], action);
            let works = keys.iter().any(|key| works(&open, *key));
            if works == idle::is_idle(&world.state, action) {
                wrong.push(format!("{name}: {action:?} works: {works}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A screen on which the keys of `context` are in force, in several moods.
fn moods(context: Context) -> Vec<World> {
    let after = |keys: &[&str]| keys.iter().map(|keys| opened(keys)).collect();
    match context {
        Context::Always => after(&["", "5/", "?"]),
        Context::Popup => after(&["?", "R", ":", "2m", "?/week<enter>", "Rjj", "?jjj"]),
        Context::Cover => after(&["p"]),
        Context::Text => after(&[
            "5/cache",
            "5/cache<left>",
            ":re",
            ":re<down><down>",
            "n",
            "Fj/a<enter>",
        ]),
        Context::Keep => {
            let mut world = World::bare(Amount::Full, (120, 36));
            let mut facts = world.facts();
            facts.kept = Kept::Memory;
            world.send(Message::Facts(Box::new(facts)));
            let mut less = World::bare(Amount::Full, (120, 36));
            let mut facts = less.facts();
            facts.kept = Kept::Memory;
            less.send(Message::Facts(Box::new(facts)));
            less.keys("2");
            vec![world, less]
        }
        Context::Proposals => {
            let mut all = Vec::new();
            for keys in ["i", "ij", "iy"] {
                let mut world = World::new(Amount::Full, (120, 36));
                world.send(Message::Proposals {
                    all: others(),
                    news: false,
                });
                world.keys(keys);
                all.push(world);
            }
            all
        }
        Context::Page | Context::List => Vec::new(),
    }
}

#[test]
fn every_key_of_a_dialog_a_field_and_the_cover_does_something_where_it_is_in_force() {
    let bindings = opened("").state.keymap.bindings().to_vec();
    let mut tried = 0;
    let mut idle = Vec::new();
    for binding in &bindings {
        let moods = moods(binding.context);
        if moods.is_empty() {
            continue;
        }
        tried += 1;
        let works = moods.into_iter().any(|mut world| {
            let was = (seen(&world), format!("{:?}", world.state.popup));
            world.send(Message::Key(binding.key));
            (seen(&world), format!("{:?}", world.state.popup)) != was
        });
        if !works {
            idle.push(format!(
                "{:?}: {} ({:?})",
                binding.context, binding.key, binding.action
            ));
        }
    }
    assert!(tried > 40, "{tried}");
    assert!(idle.is_empty(), "{idle:#?}");
}
