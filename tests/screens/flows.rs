//! What happens around the keys: answers, time, scans, the first run, help and palette.

use inward::app::effect::Effect;
use inward::app::help::{self, Line};
use inward::app::message::{Message, ScanNews};
use inward::app::page::Page;
use inward::app::palette::Palette;
use inward::app::popup::Popup;
use inward::app::row::RowsView;
use inward::app::state::Detail;
use inward::app::update;
use inward::app::view::{Kept, PageView};
use inward::input::action::{Action, Group};
use inward::input::key::Key;
use inward::input::keymap::Context;
use inward::model::keep::Measure;
use inward::ui::graphics::Graphics;
use inward::ui::theme::{Level, Name, Theme};

use crate::ansi::{buffer, text};
use crate::keys::{after, world};
use crate::record::Amount;
use crate::world::{World, clean, now, others, people, scan_end};

/// Keeping everything, with the reflog or without.
fn keeps(reflog: bool) -> Effect {
    let measure = Measure::Everything;
    Effect::Keep { reflog, measure }
}

#[test]
fn late_answers_are_dropped() {
    let mut world = world();
    let view = world.state.view().unwrap().clone();
    let late = PageView {
        id: view.id,
        figures: Vec::new(),
        ..view
    };
    world.state.dirty = false;
    world.send(Message::Computed(late));
    world.send(Message::Rows(RowsView::default()));
    world.send(Message::AskFailed {
        id: 1,
        why: clean("too late"),
    });
    assert!(!world.state.dirty);
    assert!(!world.state.view().unwrap().figures.is_empty());
}

#[test]
fn nothing_is_asked_twice_for_the_same_question() {
    let mut world = world();
    for key in ["j", "k", "<tab>", "p", "?", "<esc>"] {
        let key: Key = key.trim_matches(['<', '>']).parse().unwrap();
        assert_eq!(update(&mut world.state, Message::Key(key)), [], "{key}");
    }
    let id = world.state.view().unwrap().id;
    world.keys("2");
    world.keys("1");
    assert_eq!(world.state.view().unwrap().id, id);
}

#[test]
fn an_idle_tick_draws_nothing_until_the_minute_changes() {
    let mut world = world();
    world.state.dirty = false;
    world.send(Message::Tick(now() + chrono::Duration::seconds(10)));
    assert!(!world.state.dirty);
    world.send(Message::Tick(now() + chrono::Duration::seconds(60)));
    assert!(world.state.dirty);
}

#[test]
fn good_news_goes_after_six_seconds_and_bad_news_stays_until_esc() {
    let mut world = world();
    world.send(Message::Done(clean("kept")));
    world.send(Message::Tick(now() + chrono::Duration::seconds(5)));
    assert!(world.state.toasts.shown().is_some());
    world.send(Message::Tick(now() + chrono::Duration::seconds(6)));
    assert!(world.state.toasts.shown().is_none());
    world.send(scan_end());
    world.send(Message::Tick(now() + chrono::Duration::hours(1)));
    world.send(Message::Done(clean("kept")));
    assert!(world.state.toasts.shown().unwrap().failed);
    world.keys("<esc>");
    assert!(world.state.toasts.shown().is_none());
    assert_eq!(world.state.toasts.log().len(), 4);
}

#[test]
fn a_scan_runs_once_and_esc_stops_it() {
    let mut world = after("rr");
    assert_eq!(world.seen, [Effect::Scan { full: false }]);
    world.send(Message::Scan(ScanNews::Walked(7)));
    world.keys("<esc>");
    assert_eq!(world.seen.last(), Some(&Effect::StopScan));
    world.send(scan_end());
    assert!(world.state.scan.is_none());
}

#[test]
fn new_facts_ask_for_the_figures_again_and_keep_the_cursor() {
    let mut world = after("5jjj");
    let id = world.state.work.rows.value.as_ref().unwrap().id;
    let facts = world.facts();
    world.send(Message::Facts(Box::new(facts)));
    assert!(world.state.work.rows.value.as_ref().unwrap().id > id);
    assert_eq!(world.state.work.cursor, 3);
}

#[test]
fn nobody_becomes_me_without_the_sentence() {
    let mut world = World::new(Amount::Empty, (120, 36));
    world.send(Message::People(people()));
    world.keys("<space>j<enter>yes<enter>");
    assert_eq!(world.seen, []);
    world.keys("<ctrl-u>this is me<enter>");
    let mine = vec![people()[0].address.clone()];
    assert_eq!(world.seen, [Effect::ThisIsMe(mine)]);
    assert!(world.state.chooser.is_none());
}

#[test]
fn the_list_of_authors_shrinks_as_one_types_and_marks_outlive_the_filter() {
    let mut world = World::new(Amount::Empty, (120, 36));
    let all = people();
    world.send(Message::People(all.clone()));
    let last = all.last().unwrap().address.clone();
    world.keys("<space>/");
    for letter in last.as_str().to_uppercase().chars() {
        world.keys(&letter.to_string());
    }
    let chooser = world.state.chooser.as_ref().unwrap();
    assert_eq!(chooser.shown(), [all.last().unwrap()]);
    world.keys("<enter><space><esc>");
    let chooser = world.state.chooser.as_ref().unwrap();
    assert_eq!(chooser.shown().len(), all.len());
    assert_eq!(chooser.cursor, all.len() - 1);
    world.keys("<enter>this is me<enter>");
    let mine = vec![all[0].address.clone(), last];
    assert_eq!(world.seen, [Effect::ThisIsMe(mine)]);
}

#[test]
fn keeping_is_asked_once_and_done_only_by_its_key() {
    let mut world = World::bare(Amount::Full, (120, 36));
    let mut facts = world.facts();
    facts.kept = Kept::Memory;
    world.send(Message::Facts(Box::new(facts.clone())));
    assert!(matches!(world.state.popup, Some(Popup::Keep)));
    world.keys("<enter><space>yjn");
    assert_eq!(world.seen, []);
    assert!(world.state.popup.is_none());
    world.send(Message::Facts(Box::new(facts)));
    assert!(world.state.popup.is_none());
    world.keys("Kk");
    assert_eq!(world.seen, [keeps(false)]);
}

#[test]
fn the_reflog_is_read_only_when_its_own_key_says_so() {
    let kept = |keys: &str| {
        let mut world = World::bare(Amount::Full, (120, 36));
        let mut facts = world.facts();
        facts.kept = Kept::Memory;
        world.send(Message::Facts(Box::new(facts)));
        world.keys(keys);
        world.seen
    };
    assert_eq!(kept("rk"), [keeps(true)]);
    assert_eq!(kept("rrk"), [keeps(false)]);
    assert_eq!(kept("rnKk"), [keeps(false)]);
    for (keys, measure) in [
        ("2k", Measure::NoWords),
        ("23k", Measure::DaysOnly),
        ("31k", Measure::Everything),
        ("2nKk", Measure::Everything),
    ] {
        let reflog = false;
        assert_eq!(kept(keys), [Effect::Keep { reflog, measure }], "{keys}");
    }
}

#[test]
fn who_said_who_they_are_is_asked_whether_to_keep() {
    let mut world = World::bare(Amount::Full, (120, 36));
    world.send(Message::People(people()));
    world.keys("<enter>this is me<enter>");
    let mut facts = world.facts();
    facts.kept = Kept::Memory;
    world.send(Message::Facts(Box::new(facts)));
    assert!(matches!(world.state.popup, Some(Popup::Keep)));
}

fn looked(news: bool) -> Message {
    let all = others();
    Message::Proposals { all, news }
}

#[test]
fn others_are_asked_for_before_anything_is_kept_and_keeping_is_asked_then() {
    let mut world = World::bare(Amount::Full, (120, 36));
    let mut facts = world.facts();
    facts.kept = Kept::Memory;
    world.send(Message::Looking);
    world.send(Message::Facts(Box::new(facts)));
    assert!(world.state.popup.is_none(), "the list comes first");
    world.send(looked(true));
    assert!(matches!(world.state.popup, Some(Popup::Proposals(_))));
    world.keys("yun<enter>");
    let entry = |at: usize| others()[at].entry.clone();
    let (yes, no) = (vec![entry(0)], vec![entry(2)]);
    assert_eq!(world.seen, [Effect::Answer { yes, no }]);
    assert!(matches!(world.state.popup, Some(Popup::Keep)));
}

#[test]
fn without_others_the_first_run_asks_whether_to_keep_at_once() {
    let mut world = World::bare(Amount::Full, (120, 36));
    let mut facts = world.facts();
    facts.kept = Kept::Memory;
    world.send(Message::Looking);
    world.send(Message::Facts(Box::new(facts)));
    let (all, news) = (Vec::new(), true);
    world.send(Message::Proposals { all, news });
    assert!(matches!(world.state.popup, Some(Popup::Keep)));
}

#[test]
fn an_answer_counts_when_the_owner_is_done_and_leaving_changes_nothing() {
    let mut world = world();
    world.send(looked(false));
    assert!(world.state.popup.is_none(), "nobody asked");
    for leave in ["<esc>", "q"] {
        world.keys("iyn");
        world.keys(leave);
        assert!(world.state.popup.is_none());
    }
    world.keys("i<enter>");
    assert_eq!(world.seen, []);
    // Esc, Enter and the arrows of the list are no answers.
    world.keys("ijjky<enter>");
    let yes = vec![others()[1].entry.clone()];
    let no = Vec::new();
    assert_eq!(world.seen, [Effect::Answer { yes, no }]);
}

#[test]
fn a_yes_to_weak_evidence_takes_the_sentence() {
    let mut world = world();
    world.send(looked(false));
    world.keys("iyG");
    world.keys("y<enter>");
    let yes = vec![others()[0].entry.clone()];
    let no = Vec::new();
    assert_eq!(world.seen, [Effect::Answer { yes, no }]);
    assert!(matches!(world.state.popup, Some(Popup::Sentence(_))));
    world.keys("this is me<enter>");
    let weak = vec![others()[3].entry.clone()];
    assert_eq!(world.seen.last(), Some(&Effect::ThisIsMe(weak)));
}

#[test]
fn others_are_looked_for_when_asked_and_mentioned_once() {
    let mut world = after("i");
    assert_eq!(world.seen, [Effect::Proposals]);
    world.keys("i");
    assert_eq!(world.seen.len(), 1, "it is being looked already");
    world.send(looked(false));
    assert!(matches!(world.state.popup, Some(Popup::Proposals(_))));
    let mut world = after("");
    let said = |world: &World| world.state.toasts.log().len();
    world.send(Message::MoreOthers(0));
    assert_eq!(said(&world), 0);
    world.send(Message::MoreOthers(2));
    world.send(Message::MoreOthers(3));
    assert_eq!(said(&world), 1);
    assert!(world.state.popup.is_none());
}

#[test]
fn the_demo_takes_no_path_and_says_so() {
    let mut world = World::bare(Amount::Full, (120, 36));
    let mut facts = world.facts();
    facts.demo = true;
    world.send(Message::Facts(Box::new(facts)));
    world.keys("a");
    assert!(world.state.popup.is_none());
    let said = world.state.toasts.shown().unwrap();
    assert!(!said.failed);
}

#[test]
fn no_dialog_opens_under_fingers_that_are_moving() {
    let mut world = World::bare(Amount::Full, (120, 36));
    world.keys("j");
    let mut facts = world.facts();
    facts.kept = Kept::Memory;
    world.send(Message::Facts(Box::new(facts)));
    assert!(world.state.popup.is_none());
    // The line above the footer asks instead.
    assert!(world.state.keep_asked);
}

#[test]
fn every_key_stands_in_the_help() {
    for card in &Page::ALL {
        let world = after(&card.number.to_string());
        let shown = help::actions(&world.state, "");
        for binding in world.state.keymap.bindings() {
            assert!(
                shown.contains(&binding.action)
                    || matches!(binding.context, Context::Keep | Context::Proposals),
                "{:?} is missing on {:?}",
                binding.action,
                card.page
            );
        }
    }
}

#[test]
fn the_help_runs_its_line_and_filters() {
    let mut world = after("?/rescan");
    world.keys("<esc>");
    assert!(world.state.popup.is_some());
    world.keys("/take the cover<enter>");
    assert!(world.state.cover.is_on() && world.state.popup.is_none());
}

#[test]
fn the_help_knows_other_words_and_says_where_what_has_no_key_is_found() {
    let world = after("");
    for (word, action) in [
        ("erase", Action::Forget),
        ("bottleneck", Action::Flow),
        ("rescan-all", Action::RescanAll),
    ] {
        let found = help::actions(&world.state, word);
        assert!(found.contains(&action), "{word}: {found:?}");
    }
    let mut by_name = 0;
    for line in help::lines(&world.state, "") {
        if let Line::Action { action, keys } = line {
            assert!(!keys.is_empty(), "{action:?}");
            by_name += usize::from(keys == format!(": {}", action.name()));
        }
    }
    assert!(by_name > 0);
}

#[test]
fn the_line_of_the_mouse_is_whole_in_the_palette_at_every_size() {
    let theme = Theme::new(Name::Default, Level::Sixteen, Graphics::Braille);
    for size in [(120, 36), (80, 24), (50, 14)] {
        let mut world = World::new(Amount::Full, size);
        world.keys(":mouse");
        let drawn = text(&buffer(&world, &theme));
        assert!(drawn.contains(Action::Mouse.help()), "{drawn}");
    }
}

#[test]
fn the_palette_finds_commands_by_parts_of_words() {
    let world = after(":lstqu<enter>");
    assert_eq!(
        world.state.look.window.range.to_string(),
        "2026-07-01..2026-09-30"
    );
    let found = |text: &str| {
        let world = after(&format!(":{text}"));
        match &world.state.popup {
            Some(Popup::Palette(Palette { found, .. })) => found.len(),
            _ => 0,
        }
    };
    assert!(found("rescan") > 0 && found("xyzzy") == 0);
}

/// The kinds and labels that the palette finds.
fn offered(text: &str) -> Vec<(&'static str, String)> {
    let world = after(&format!(":{text}"));
    let Some(Popup::Palette(palette)) = &world.state.popup else {
        panic!("the palette is not open");
    };
    let found = palette.found.iter();
    found.map(|one| (one.kind, one.label.clone())).collect()
}

#[test]
fn the_palette_puts_the_whole_name_before_its_beginning_and_both_before_letters() {
    let first = |text: &str| offered(text).into_iter().next().unwrap();
    assert_eq!(first("work").0, "page");
    assert_eq!(first("cycle_time").0, "figure");
    assert_eq!(first("last-month").0, "days");
    let (kind, label) = first("ing-412");
    assert_eq!(kind, "task");
    assert!(label.starts_with("ING-412"), "{label}");
    assert_eq!(first("412").0, "task", "the number of a key is enough");
    assert_eq!(first("importer").0, "task", "and a word of its title");
    assert_eq!(first("scratch").0, "repository");
}

#[test]
fn the_palette_opens_a_repository_and_a_task() {
    let world = after(":scratch<enter>");
    assert!(matches!(
        world.state.details.last(),
        Some(Detail::Repository(_))
    ));
    let world = after(":ing-412<enter>");
    assert!(matches!(world.state.details.last(), Some(Detail::Task(_))));
}

#[test]
fn under_the_blur_the_palette_names_no_repository_and_no_task() {
    for text in ["scratch", "ing-412", "412"] {
        let world = after(&format!("P:{text}"));
        let Some(Popup::Palette(palette)) = &world.state.popup else {
            panic!("the palette is not open");
        };
        let named = |kind| palette.found.iter().any(|one| one.kind == kind);
        assert!(!named("repository") && !named("task"), "{text}");
    }
}

#[test]
fn tasks_that_come_late_leave_the_cursor_where_it_stands() {
    let mut world = world();
    world.keys(":in<down><down>");
    let chosen = |world: &World| match &world.state.popup {
        Some(Popup::Palette(palette)) => palette.found[palette.cursor].label.clone(),
        _ => String::new(),
    };
    let before = chosen(&world);
    world.send(Message::FoundTasks(u64::MAX, Vec::new()));
    assert_eq!(
        chosen(&world),
        before,
        "an answer nobody waits for is dropped"
    );
}

#[test]
fn every_action_is_reached_by_its_key_or_the_palette() {
    let world = world();
    let bound: Vec<_> = world
        .state
        .keymap
        .bindings()
        .iter()
        .map(|b| b.action)
        .collect();
    for action in Action::ALL {
        let reached = bound.contains(action) || action.in_palette();
        assert!(reached || action.group() == Group::Text, "{action:?}");
        let mut world = after("");
        world.send(Message::Action(*action));
    }
}

#[test]
fn with_reduced_motion_nothing_goes_or_counts_by_itself() {
    let later = |seconds| Message::Tick(now() + chrono::Duration::seconds(seconds));
    for reduced in [false, true] {
        let mut world = World::new(Amount::Full, (120, 36));
        world.state.reduced_motion = reduced;
        world.send(Message::Done(clean("written")));
        world.send(later(20));
        assert_eq!(world.state.toasts.shown().is_some(), reduced);
        let news = |walked| Message::Scan(ScanNews::Walked(walked));
        world.send(news(1));
        world.state.dirty = false;
        world.send(news(2));
        assert_eq!(world.state.dirty, !reduced, "a count that goes on");
        world.keys("j");
        assert!(
            world.state.toasts.shown().is_none(),
            "the next key takes it"
        );
    }
}
