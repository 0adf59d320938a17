//! The drafts page and the field for notes: what keys do there, and how they look.

use std::fmt::Write as _;
use std::sync::Arc;

use chrono::NaiveDate;
use inward::app::draft::{Form, Kind};
use inward::app::effect::Effect;
use inward::app::message::Message;
use inward::app::note::{Of, Subject};
use inward::app::popup::Popup;
use inward::app::state::Detail;
use inward::app::update;
use inward::app::view::{DraftView, Kept, NoteMark, Outbox};
use inward::model::period::Range;
use inward::ui::graphics::Graphics;
use inward::ui::theme::{Level, Name, Theme};

use crate::ansi::{buffer, text};
use crate::keys::{after, world};
use crate::made_up::{WEEK, view};
use crate::record::Amount;
use crate::world::{Answers, World, clean};

fn open(world: &World) -> &DraftView {
    let Some(Detail::Draft(detail)) = world.state.details.last() else {
        panic!("the drafts are not open");
    };
    detail.view.value.as_ref().unwrap()
}

fn said(world: &World) -> String {
    world.state.toasts.shown().unwrap().text.to_string()
}

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

#[test]
fn one_key_opens_the_drafts_and_tab_or_arrows_turn_them_round() {
    let mut world = after("e");
    let mut seen = Vec::new();
    for key in ["<tab>", "l", "<right>", "<tab>", "<shift-tab>", "h"] {
        world.keys(key);
        seen.push(open(&world).kind);
    }
    let back = [Kind::Standup, Kind::Review, Kind::Month];
    assert_eq!(seen[..3], [Kind::Week, Kind::Month, Kind::Review]);
    assert_eq!(seen[3..], back);
    world.keys("q");
    assert!(world.state.details.is_empty() && world.seen.is_empty());
}

#[test]
fn the_palette_opens_each_draft_from_any_page() {
    for (words, kind) in [
        ("stand-up", Kind::Standup),
        ("draftweek", Kind::Week),
        ("draftmonth", Kind::Month),
        ("selfreview", Kind::Review),
    ] {
        for page in ["1", "3", "5<enter>", "e"] {
            let world = after(&format!("{page}:{words}<enter>"));
            assert_eq!(open(&world).kind, kind, "{words} from {page}");
        }
    }
}

#[test]
fn a_week_and_a_month_hold_the_last_day_of_the_screen_and_a_review_its_days() {
    let days = |script: &str| open(&after(script)).range.to_string();
    assert_eq!(days("el"), "2026-11-16..2026-11-22");
    assert_eq!(days("ell"), "2026-11-01..2026-11-30");
    assert_eq!(days("elll"), "2026-08-31..2026-11-22");
    assert_eq!(days("t2026-Q2<enter>el"), "2026-06-29..2026-07-05");
    assert_eq!(days("t2026-Q2<enter>ell"), "2026-06-01..2026-06-30");
    assert_eq!(days("et2026-Q2<enter>lll"), "2026-04-01..2026-06-30");
}

#[test]
fn brackets_turn_weeks_and_months_and_other_dates_begin_anew() {
    let mut world = after("el[[");
    assert_eq!(open(&world).range.to_string(), "2026-11-02..2026-11-08");
    world.keys("]l");
    assert_eq!(open(&world).range.to_string(), "2026-11-01..2026-11-30");
    world.keys("[");
    assert_eq!(open(&world).range.to_string(), "2026-10-01..2026-10-31");
    world.keys("]]");
    assert_eq!(said(&world), "nothing later has begun");
    world.keys("t2026-05<enter>");
    assert_eq!(open(&world).range.to_string(), "2026-05-01..2026-05-31");
    world.keys("h");
    assert_eq!(open(&world).range.to_string(), "2026-05-25..2026-05-31");
    world.keys("ll[");
    assert_eq!(
        world.state.look.window.range.to_string(),
        "2026-04-01..2026-04-30"
    );
    assert_eq!(open(&world).range, world.state.look.window.range);
}

#[test]
fn the_text_scrolls_to_its_end_and_no_farther() {
    let mut world = World::new(Amount::Full, (50, 14));
    world.keys("e");
    let shown = |world: &World| text(&buffer(world, &theme()));
    assert!(shown(&world).contains("Week of Mon 16"));
    world.keys("G");
    let end = shown(&world);
    assert!(end.contains("without a task") && !end.contains("Week of Mon 16"));
    world.keys("jj<page-down>");
    assert_eq!(shown(&world), end);
    world.keys("g");
    assert!(shown(&world).contains("Week of Mon 16"));
}

#[test]
fn the_form_and_the_ids_change_the_question_and_keep_the_place() {
    let mut world = after("elllj");
    let place = |world: &World| match world.state.details.last() {
        Some(Detail::Draft(detail)) => detail.scroll,
        _ => panic!("the drafts are not open"),
    };
    world.keys("f#");
    assert_eq!((open(&world).form, open(&world).ids), (Form::Plain, false));
    assert_eq!(place(&world), 1);
    world.keys("f#");
    assert_eq!(
        (open(&world).form, open(&world).ids),
        (Form::Markdown, true)
    );
}

#[test]
fn y_copies_every_byte_of_the_text_and_says_where_it_goes() {
    let world = after("el y");
    assert_eq!(world.seen, [Effect::CopyText(Arc::from(WEEK))]);
    let said = said(&world);
    assert!(said.contains("OSC 52") && said.contains("ssh"), "{said}");
}

#[test]
fn a_text_too_large_for_terminals_is_not_copied() {
    let mut world = after("e");
    let mut view = open(&world).clone();
    view.text = Arc::from("x".repeat(60_000));
    answer(&mut world, view);
    world.keys("y");
    assert_eq!(world.seen, []);
    assert_eq!(
        said(&world),
        "60 KB: terminals take 56 KB at most; o writes it to a file"
    );
}

/// Puts `view` on the screen, as the answer to an ask of its own.
fn answer(world: &mut World, mut view: DraftView) {
    let Some(Detail::Draft(detail)) = world.state.details.last_mut() else {
        panic!("the drafts are not open");
    };
    detail.changes += 1;
    let asked = update(&mut world.state, Message::Resize(120, 36));
    let [Effect::Draft(ask)] = asked.as_slice() else {
        panic!("not asked for");
    };
    view.id = ask.id;
    world.send(Message::Draft(Box::new(view)));
}

#[test]
fn a_file_is_written_only_after_its_path_was_shown_and_enter_pressed() {
    let name = "week-2026-11-16_2026-11-22.md".to_owned();
    let offered = || Message::Offered {
        name: name.clone(),
        path: clean("/home/ada/.local/share/inward/outbox/week-2026-11-16_2026-11-22.md"),
    };
    for no in ["<esc>", "q"] {
        let mut world = after("elo");
        assert_eq!(world.seen, [Effect::Offer(name.clone())]);
        assert!(world.state.popup.is_none());
        world.send(offered());
        assert!(matches!(world.state.popup, Some(Popup::Outbox(_))));
        world.keys(no);
        assert_eq!(world.seen.len(), 1, "{no}");
        assert!(world.state.popup.is_none());
    }
    let mut world = after("elo");
    world.send(offered());
    world.keys("<enter>");
    let text = Arc::from(WEEK);
    assert_eq!(world.seen[1..], [Effect::WriteFile { name, text }]);
}

#[test]
fn names_of_files_say_which_draft_and_which_days() {
    for (keys, name) in [
        ("eo", "standup-2026-11-19.md"),
        ("efo", "standup-2026-11-19.txt"),
        ("ello", "month-2026-11.md"),
        (
            "t2026-H1<enter><esc>t2026-01..2026-06<enter>elllo",
            "review-2026-01-01_2026-06-30.md",
        ),
    ] {
        let world = after(keys);
        assert_eq!(world.seen, [Effect::Offer(name.to_owned())]);
    }
}

#[test]
fn without_an_outbox_no_file_is_offered_and_the_words_say_why() {
    let refused = |kept, demo, outbox| {
        let mut world = world();
        let mut facts = world.facts();
        (facts.kept, facts.demo, facts.outbox) = (kept, demo, outbox);
        world.send(Message::Facts(Box::new(facts)));
        world.keys("<esc>eo");
        assert_eq!(world.seen, []);
        said(&world)
    };
    let demo = refused(Kept::Memory, true, Outbox::None);
    assert_eq!(demo, "the demo writes no files; y copies");
    let unkept = refused(Kept::Memory, false, Outbox::None);
    assert_eq!(
        unkept,
        "nothing is kept, so no file is written; K keeps; y copies"
    );
    let why = clean("the outbox cannot be used: /o is a symbolic link");
    let linked = refused(Kept::Plain, false, Outbox::Refused(why));
    assert!(linked.starts_with("the outbox cannot be used"), "{linked}");
}

#[test]
fn a_draft_that_is_not_there_is_neither_copied_nor_written() {
    let mut world = World::new(Amount::Empty, (120, 36));
    world.keys("eyo");
    assert_eq!(world.seen, []);
}

fn note(script: &str) -> Subject {
    let world = after(script);
    let Some(Popup::Note(typed)) = world.state.popup else {
        panic!("no field opened by {script}");
    };
    typed.about
}

#[test]
fn a_note_is_about_what_the_cursor_stands_on() {
    let row = after("5mjjjj<enter>j");
    let row = row.state.work.selected().unwrap().commit().unwrap().clone();
    let on = row.authored.day().unwrap();
    for script in ["5mjjjj<enter>jn", "5mjjjj<enter>j<enter>n"] {
        let about = note(script);
        assert_eq!(about.of, Of::Commit(row.commit));
        assert_eq!(
            (about.days, about.name),
            (Range::new(on, on), row.repo.clone())
        );
    }
    let days = |script: &str| {
        let about = note(script);
        assert_eq!(about.of, Of::Days);
        about.days
    };
    assert_eq!(
        days("3<tab><up><up>n"),
        Range::new(day(11, 18), day(11, 18))
    );
    assert_eq!(days("2<left><left>n"), Range::new(day(11, 9), day(11, 15)));
    let today = Range::new(day(11, 19), day(11, 19));
    for script in ["n", "2n", "3n", "en", "eln"] {
        assert_eq!(days(script), today, "{script}");
    }
    assert_eq!(days("el[n"), Range::new(day(11, 15), day(11, 15)));
    assert_eq!(
        days(":explaincycle<enter>n"),
        Range::new(day(8, 31), day(11, 22))
    );
    let task = note(":explaincycle<enter><shift-tab>n");
    assert!(matches!(task.of, Of::Task(_)) && !task.name.is_empty());
}

#[test]
fn enter_keeps_a_note_with_its_mark_and_esc_does_not() {
    let mut world = after("nhelped two teams<esc>");
    assert_eq!(world.seen, []);
    world.keys("n<enter>");
    let Some(Popup::Note(typed)) = &world.state.popup else {
        panic!("the field is gone");
    };
    assert_eq!(typed.problem.as_deref(), Some("a note needs words"));
    world.keys("  helped two teams <tab><enter>");
    let about = Subject {
        days: Range::new(day(11, 19), day(11, 19)),
        of: Of::Days,
        name: clean(""),
    };
    let text = "helped two teams".to_owned();
    assert_eq!(
        world.seen,
        [Effect::AddNote {
            about,
            text,
            impact: true
        }]
    );
    assert!(world.state.popup.is_none());
}

#[test]
fn pasted_lines_become_one_line_of_a_note() {
    let mut world = after("n");
    world.send(Message::Paste("one\r\ntwo\nthree\tfour".to_owned()));
    let Some(Popup::Note(typed)) = &world.state.popup else {
        panic!("no field");
    };
    assert_eq!(typed.field.text(), "one two three four");
}

#[test]
fn a_kept_note_can_be_taken_back_once() {
    let mut world = after("nx<enter>");
    world.seen.clear();
    world.send(Message::NoteKept {
        number: 12,
        said: clean("note 12 is kept on Thu 19 Nov"),
    });
    assert_eq!(
        said(&world),
        "note 12 is kept on Thu 19 Nov; u takes it back"
    );
    world.keys("uu");
    assert_eq!(world.seen, [Effect::RemoveNote(12)]);
    assert_eq!(said(&world), "no note to take back");
}

#[test]
fn the_words_of_a_note_that_was_not_kept_come_back() {
    let mut world = after("nlong thoughts<tab><enter>");
    world.send(Message::NoteNotKept(clean("the store is busy")));
    let Some(Popup::Note(typed)) = &world.state.popup else {
        panic!("the words are lost");
    };
    assert_eq!(typed.field.text(), "long thoughts");
    assert!(typed.impact && typed.problem.as_deref() == Some("the store is busy"));
}

#[test]
fn nothing_kept_means_no_note_and_the_demo_takes_some() {
    let mut world = world();
    let mut facts = world.facts();
    facts.kept = Kept::Memory;
    world.send(Message::Facts(Box::new(facts.clone())));
    world.keys("<esc>n");
    assert!(world.state.popup.is_none());
    assert_eq!(
        said(&world),
        "nothing is kept yet, so no note either; K keeps"
    );
    facts.demo = true;
    world.send(Message::Facts(Box::new(facts)));
    world.keys("n");
    assert!(matches!(world.state.popup, Some(Popup::Note(_))));
}

const SIZES: [(u16, u16); 3] = [(50, 14), (80, 24), (120, 36)];

fn theme() -> Theme {
    Theme::new(Name::Default, Level::Sixteen, Graphics::Braille)
}

fn sheet(theme: &Theme, world: impl Fn((u16, u16)) -> World) -> String {
    let mut out = String::new();
    for size in SIZES {
        writeln!(out, "=== {}x{}", size.0, size.1).unwrap();
        out.push_str(&text(&buffer(&world(size), theme)));
    }
    out
}

fn screen(name: &str, amount: Amount, keys: &str) {
    let drawn = sheet(&theme(), |size| {
        let mut world = World::new(amount, size);
        world.keys(keys);
        world
    });
    insta::assert_snapshot!(name, drawn);
}

#[test]
fn drafts_are_drawn() {
    screen("draft-standup", Amount::Full, "e");
    screen("draft-week", Amount::Full, "el");
    screen("draft-week-plain", Amount::Full, "elf#");
    screen("draft-review-scrolled", Amount::Full, "elllG");
    screen("draft-blurred", Amount::Full, "elP");
    screen("draft-empty", Amount::Empty, "e");
    screen(
        "note",
        Amount::Full,
        "5nThe runbook is short enough now: nobody was called at night",
    );
    screen(
        "note-without-words",
        Amount::Full,
        "3<tab><up>n<tab><enter>",
    );
}

#[test]
fn drafts_without_colour_are_ascii_alone() {
    let theme = Theme::new(Name::Default, Level::None, Graphics::Ascii);
    for keys in ["el", "eln", "eG"] {
        let drawn = sheet(&theme, |size| {
            let mut world = World::new(Amount::Full, size);
            world.keys(keys);
            world
        });
        assert!(drawn.is_ascii(), "{keys}");
        if keys == "el" {
            insta::assert_snapshot!("draft-ascii", drawn);
        }
    }
}

#[test]
fn drafts_that_are_not_there_are_drawn() {
    let waiting = sheet(&theme(), |size| {
        let mut world = World::new(Amount::Full, size);
        world.answers = Answers::None;
        world.keys("e");
        world
    });
    insta::assert_snapshot!("draft-waiting", waiting);
    let failed = sheet(&theme(), |size| {
        let mut world = World::new(Amount::Full, size);
        world.answers = Answers::None;
        world.keys("el");
        let Some(Effect::Draft(ask)) = world.seen.last() else {
            panic!("not asked for");
        };
        let id = ask.id;
        let why = clean("reading the tasks: the store is being written by another process");
        world.send(Message::AskFailed { id, why });
        world
    });
    insta::assert_snapshot!("draft-failed", failed);
    let nothing = sheet(&theme(), |size| {
        let mut world = World::new(Amount::Full, size);
        world.answers = Answers::None;
        world.keys("el");
        let Some(Effect::Draft(ask)) = world.seen.last().cloned() else {
            panic!("not asked for");
        };
        world.send(Message::Draft(Box::new(view(&ask, false))));
        world
    });
    insta::assert_snapshot!("draft-nothing", nothing);
}

#[test]
fn the_question_whether_to_write_is_drawn() {
    let ask = |leaves: &str| {
        sheet(&theme(), |size| {
            let mut world = World::new(Amount::Full, size);
            let mut facts = world.facts();
            facts.outbox = Outbox::Folder {
                path: clean("/home/ada/notes"),
                leaves: clean(leaves),
            };
            world.send(Message::Facts(Box::new(facts)));
            world.keys("el");
            world.send(Message::Offered {
                name: "week-2026-11-16_2026-11-22.md".to_owned(),
                path: clean("/home/ada/.local/share/inward/outbox/week-2026-11-16_2026-11-22.md"),
            });
            world
        })
    };
    insta::assert_snapshot!("draft-outbox", ask(""));
    insta::assert_snapshot!("draft-outbox-synced", ask("the folder of Dropbox"));
}

#[test]
fn rows_and_days_with_a_note_show_it() {
    let drawn = |keys: &str, notes: &dyn Fn(&World) -> Vec<NoteMark>| {
        let mut world = world();
        world.keys(keys);
        let mut facts = world.facts();
        facts.notes = notes(&world);
        world.send(Message::Facts(Box::new(facts)));
        text(&buffer(&world, &theme()))
    };
    let none = |_: &World| Vec::new();
    let on_row = |world: &World| {
        let row = world.state.work.row(3).unwrap().commit().unwrap();
        let day = row.authored.day().unwrap();
        vec![NoteMark {
            days: Range::new(day, day),
            task: None,
            repo: Some(row.repo.clone()),
            text: clean("shown to the port office"),
        }]
    };
    let marked = |text: &str| {
        let rows = text.lines().map(|line| line.trim_start_matches([' ', '▸']));
        rows.filter(|row| row.starts_with('*')).count()
    };
    assert_eq!(marked(&drawn("5mjjjj<enter>", &none)), 0);
    assert!(marked(&drawn("5mjjjj<enter>", &on_row)) > 0);
    let on_day = |world: &World| {
        let day = world.state.cursors.day.unwrap();
        vec![NoteMark {
            days: Range::new(day, day),
            task: None,
            repo: None,
            text: clean("a day of talk"),
        }]
    };
    assert!(!drawn("3<tab><up>", &none).contains("note:"));
    assert!(drawn("3<tab><up>", &on_day).contains("note: a day of talk"));
}
