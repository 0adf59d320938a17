//! Key scripts: what keys do to the state, and what they ask for.

use chrono::Datelike;
use inward::app::effect::{Effect, Slot, SortBy};
use inward::app::look::Measure;
use inward::app::message::Message;
use inward::app::page::Page;
use inward::app::popup::Popup;
use inward::app::state::Detail;
use inward::model::figure::Key;
use inward::model::ids::RepoId;

use crate::record::Amount;
use crate::world::{World, clean, now};

pub(crate) fn world() -> World {
    World::new(Amount::Full, (120, 36))
}

pub(crate) fn after(script: &str) -> World {
    let mut world = world();
    world.keys(script);
    world
}

#[test]
fn q_closes_the_innermost_thing_and_quits_only_from_a_page() {
    let mut world = after("5<enter>?");
    assert!(matches!(world.state.popup, Some(Popup::Help(_))));
    world.keys("q");
    assert!(world.state.popup.is_none() && world.state.details.len() == 1);
    world.keys("q");
    assert!(world.state.details.is_empty());
    assert_eq!(world.seen, []);
    world.keys("q");
    assert_eq!(world.seen, [Effect::Quit(0)]);
}

#[test]
fn q_quits_from_a_screen_too_small_to_show_what_is_open() {
    for open in ["", "?", ":", "5/", "5<enter>"] {
        let mut world = after(open);
        world.send(Message::Resize(44, 12));
        world.keys("q");
        assert_eq!(world.seen, [Effect::Quit(0)], "{open}");
    }
}

#[test]
fn esc_goes_filter_detail_page_and_never_quits() {
    let mut world = after("5/the<enter><enter>");
    assert_eq!(world.state.details.len(), 1);
    world.keys("<esc>");
    assert!(world.state.details.is_empty());
    assert_eq!(world.state.work.filter, "the");
    world.keys("<esc>");
    assert_eq!(world.state.work.filter, "");
    world.keys("<esc><esc><esc><backspace>");
    assert_eq!(world.seen, []);
}

#[test]
fn ctrl_c_leaves_from_anywhere_and_ctrl_z_suspends() {
    for open in ["", "?", ":", "5/", "t", "R", "a", "5<enter>"] {
        let mut world = after(open);
        world.keys("<ctrl-z><ctrl-c>");
        assert_eq!(world.seen, [Effect::Suspend, Effect::Quit(130)], "{open}");
    }
}

#[test]
fn number_keys_open_pages_and_leave_details() {
    for card in &Page::ALL {
        let mut world = after("5<enter>");
        world.keys(&card.number.to_string());
        assert_eq!(world.state.page, card.page);
        assert!(world.state.details.is_empty());
    }
}

#[test]
fn the_filter_is_live_enter_keeps_it_and_esc_clears_it() {
    let mut world = after("5");
    let all = world.state.work.total();
    world.keys("/cache");
    let some = world.state.work.total();
    assert!(0 < some && some < all);
    assert_eq!(world.state.work.rows.value.as_ref().unwrap().of, all);
    world.keys("<enter>j");
    assert_eq!(
        (world.state.work.filter.as_str(), world.state.work.cursor),
        ("cache", 1)
    );
    world.keys("/<esc>");
    assert_eq!(world.state.work.total(), all);
}

#[test]
fn letters_typed_into_a_field_are_no_keys() {
    let world = after("5/qjk?:");
    assert_eq!(world.state.work.filter, "qjk?:");
    assert_eq!(world.seen, []);
}

#[test]
fn pasted_text_runs_no_keys_and_lands_only_in_a_field() {
    let mut world = world();
    world.send(Message::Paste("q\n5".to_owned()));
    assert_eq!((world.state.page, world.seen.len()), (Page::Overview, 0));
    world.keys("5/");
    world.send(Message::Paste("the\n".to_owned()));
    assert_eq!(world.state.work.filter, "the");
    assert!(world.state.work.typing.is_some());
}

#[test]
fn enter_leads_from_a_number_to_its_rows_to_a_commit_and_esc_back_to_the_same_cursor() {
    let mut world = after("<shift-tab><right><enter>jjj<enter>");
    assert!(matches!(
        world.state.details.last(),
        Some(Detail::Commit(_))
    ));
    world.keys("<esc>");
    let Some(Detail::Figure(figure)) = world.state.details.last() else {
        panic!("not back at the figure");
    };
    assert_eq!((figure.metric, figure.list.cursor), ("lines_changed", 3));
    world.keys("<esc>");
    assert_eq!(world.state.cursors.card, 1);
}

#[test]
fn a_point_of_the_chart_opens_its_own_week() {
    let world = after("2<left><left><enter>");
    let Some(Detail::Figure(figure)) = world.state.details.last() else {
        panic!("nothing opened");
    };
    assert_eq!(figure.selection.range.to_string(), "2026-11-09..2026-11-15");
}

#[test]
fn periods_step_by_their_length_and_stop_at_both_ends() {
    let mut world = after("[");
    assert_eq!(
        world.state.look.window.range.to_string(),
        "2026-06-08..2026-08-30"
    );
    world.keys("]");
    assert!(world.state.look.window.live);
    world.keys("]");
    assert_eq!(
        world.state.toasts.shown().unwrap().text,
        clean("this is the newest period")
    );
    world.keys("t2020<enter>[");
    assert_eq!(
        world.state.look.window.range.to_string(),
        "2020-01-01..2020-12-31"
    );
}

#[test]
fn zoom_steps_through_4_12_26_and_52_weeks() {
    let mut world = world();
    let mut seen = Vec::new();
    for key in ["-", "-", "-", "+", "+", "+", "+", "="] {
        world.keys(key);
        seen.push(world.state.look.window.weeks.unwrap());
    }
    assert_eq!(seen, [26, 52, 52, 26, 12, 4, 4, 12]);
}

#[test]
fn typed_dates_are_taken_or_refused_with_words() {
    let mut world = after("t2026-Q3<enter>");
    assert_eq!(
        world.state.look.window.range.to_string(),
        "2026-07-01..2026-09-30"
    );
    assert!(!world.state.look.window.live);
    world.keys("tsometime<enter>");
    let Some(Popup::Range(entry)) = &world.state.popup else {
        panic!("the field is gone");
    };
    assert!(entry.problem.is_some());
    world.keys("<ctrl-u>26w<enter>");
    assert_eq!(world.state.look.window.weeks, Some(26));
}

#[test]
fn a_weekday_typed_as_it_is_said_shows_that_one_day() {
    let mut world = after("tlast tuesday<enter>");
    let range = world.state.look.window.range;
    assert!(world.state.popup.is_none());
    assert_eq!(range.days(), 1);
    assert_eq!(range.from.weekday(), chrono::Weekday::Tue);
    let ago = world.state.calendar.today() - range.from;
    assert!((1..=7).contains(&ago.num_days()));
    world.keys("ttuesdays<enter>");
    assert!(matches!(&world.state.popup, Some(Popup::Range(entry)) if entry.problem.is_some()));
}

#[test]
fn a_live_window_moves_on_at_midnight() {
    let mut world = world();
    world.send(Message::Tick(now() + chrono::Duration::days(7)));
    assert_eq!(
        world.state.look.window.range.to_string(),
        "2026-09-07..2026-11-29"
    );
    world.keys("t2026-Q3<enter>");
    world.send(Message::Tick(now() + chrono::Duration::days(30)));
    assert_eq!(
        world.state.look.window.range.to_string(),
        "2026-07-01..2026-09-30"
    );
}

#[test]
fn measure_split_compare_and_all_lines_change_the_question() {
    let world = after("2mj<enter>vcw");
    let look = &world.state.look;
    assert_eq!(look.measure, Measure::LINES);
    assert!(!look.compare && look.raw);
    let view = world.state.view().unwrap();
    assert_eq!(
        view.figures
            .iter()
            .find(|f| f.1.metric == "languages")
            .unwrap()
            .1
            .metric,
        "languages"
    );
}

#[test]
fn the_menu_of_measures_leads_to_the_trend_of_any_of_them() {
    let mut world = after("1mg<enter>");
    assert_eq!(world.state.page, Page::Trends);
    for (at, measure) in Measure::ALL.iter().enumerate() {
        assert_eq!((world.state.look.measure, measure.place()), (*measure, at));
        let main = world.state.view().unwrap().figure(Slot::Main).unwrap();
        assert_eq!(main.metric, measure.metric());
        // What has no value for stretches of time would be an empty chart for ever.
        let timed = main.points.iter().any(|point| point.key == Key::Time);
        assert!(timed || main.points.is_empty(), "{}", measure.metric());
        world.keys("mj<enter>");
    }
    let last = Measure::ALL[Measure::ALL.len() - 1];
    assert_eq!(world.state.look.measure, last);
    world.keys("mk<esc>");
    assert_eq!(world.state.look.measure, last);
}

#[test]
fn repositories_are_chosen_by_mark_or_by_enter() {
    let mut world = after("Rj<enter>");
    assert_eq!(world.state.look.repos, Some([RepoId(1)].into()));
    world.keys("R<space>jj<space><space><enter>");
    assert_eq!(world.state.look.repos, Some([RepoId(3), RepoId(4)].into()));
    world.keys("Rg<space>g<enter>");
    assert_eq!(world.state.look.repos, None);
}

#[test]
fn orders_go_round_and_turn_round() {
    let mut world = after("5s");
    assert_eq!(world.state.work.sort.by, SortBy::Size);
    world.keys("S");
    assert!(world.state.work.sort.reverse);
    world.keys("ss");
    assert_eq!(world.state.work.sort.by, SortBy::Time);
}

#[test]
fn y_copies_the_commit_id() {
    let world = after("5mjjjj<enter>jy");
    let oid = world.state.work.selected().unwrap();
    let oid = oid.commit().unwrap().oid.to_string();
    assert_eq!(world.seen, [Effect::Copy(clean(&oid))]);
}

#[test]
fn enter_on_a_cell_of_projects_opens_its_rows_and_esc_comes_back_to_it() {
    let mut world = after("6j<left><left><enter>");
    let Some(Detail::Figure(detail)) = world.state.details.last() else {
        panic!("no figure is open");
    };
    let (metric, selection) = (detail.metric, detail.selection.clone());
    assert_eq!((metric, selection.range.days()), ("lines_changed", 7));
    assert_eq!(
        selection
            .repos
            .as_ref()
            .map(std::collections::BTreeSet::len),
        Some(1)
    );
    let before = (world.state.cursors.project, world.state.cursors.bucket);
    world.keys("<esc>");
    assert!(world.state.details.is_empty());
    assert_eq!(
        (world.state.cursors.project, world.state.cursors.bucket),
        before
    );
    world.keys("<esc>");
    assert_eq!(world.state.cursors.bucket, None);
}

#[test]
fn space_on_projects_narrows_every_page_to_a_repository_and_opens_it_again() {
    let mut world = after("6<space><space>");
    assert_eq!(world.state.look.repos, None, "twice is back");
    world.keys("j<space>");
    let only = world.state.look.repos.clone().unwrap();
    assert_eq!(only.len(), 1);
    world.keys("1");
    assert_eq!(world.state.look.repos, Some(only));
}
