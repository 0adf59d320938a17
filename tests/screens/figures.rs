//! An opened figure: its faces, what its parts lead to, and the owner's marked days.

use inward::app::effect::Effect;
use inward::app::explain::{self, Face};
use inward::app::message::Message;
use inward::app::state::{Detail, FigureDetail};
use inward::metrics::METRICS;
use inward::model::away::{Away, EventKind};
use inward::model::figure::Of;
use inward::ui::graphics::Graphics;
use inward::ui::theme::{Level, Name, Theme};

use crate::ansi::{buffer, text};
use crate::keys::after;
use crate::record::Amount;
use crate::world::{World, now};

const SIZES: [(u16, u16); 3] = [(50, 14), (80, 24), (120, 36)];

fn theme() -> Theme {
    Theme::new(Name::Default, Level::Sixteen, Graphics::Braille)
}

fn figure(world: &World) -> &FigureDetail {
    match world.state.details.last() {
        Some(Detail::Figure(detail)) => detail,
        _ => panic!("no figure is open"),
    }
}

impl World {
    /// Marks made-up days: leave, a holiday within it, a launch, on-call days of this week.
    pub(crate) fn mark_days(&mut self) {
        let today = now().date_naive().to_epoch_days();
        let days = |ago: i32, count: i32, kind| Away {
            from: today - ago,
            to: today - ago + count - 1,
            kind,
        };
        self.altered().away = vec![
            days(66, 12, EventKind::Leave),
            days(60, 1, EventKind::Holiday),
            days(30, 3, EventKind::Launch),
            days(10, 5, EventKind::Oncall),
        ];
        let facts = self.facts();
        self.send(Message::Facts(Box::new(facts)));
    }
}

#[test]
fn the_palette_explains_every_metric_by_title_and_by_id() {
    for metric in METRICS {
        for typed in [metric.title(), metric.id()] {
            let world = after(&format!(":explain {typed}<enter>"));
            assert_eq!(figure(&world).metric, metric.id(), "{typed}");
            assert_eq!(figure(&world).face, Face::Rule);
        }
    }
}

#[test]
fn every_line_of_every_rule_can_be_reached_on_every_screen() {
    for size in SIZES {
        let mut world = World::new(Amount::Full, size);
        for metric in METRICS {
            world.keys(&format!(":explain {}<enter>", metric.id()));
            let paragraphs = figure(&world).figure.value.as_ref().unwrap();
            let wanted: Vec<String> = paragraphs
                .explained
                .iter()
                .flat_map(|p| &p.items)
                .flat_map(|text| text.split_whitespace())
                .map(str::to_owned)
                .collect();
            let mut seen = String::new();
            for _ in 0..=explain::farthest(figure(&world), size, false) {
                seen.push_str(&text(&buffer(&world, &theme())));
                world.keys("j");
            }
            for word in wanted.iter().filter(|word| word.len() < 38) {
                assert!(
                    seen.contains(word.as_str()),
                    "{} at {size:?}: {word}",
                    metric.id()
                );
            }
            // A key more changes nothing, and one back moves at once.
            let end = figure(&world).scroll;
            world.keys("jjk");
            assert_eq!(figure(&world).scroll, end.saturating_sub(1));
        }
    }
}

#[test]
fn tab_goes_round_the_faces_and_list_keys_turn_to_the_rows() {
    let mut world = after("<tab><enter>");
    assert_eq!(figure(&world).face, Face::Rows);
    let mut seen = Vec::new();
    for key in ["<tab>", "<tab>", "<tab>", "<shift-tab>"] {
        world.keys(key);
        seen.push(figure(&world).face);
    }
    assert_eq!(seen, [Face::Rule, Face::Parts, Face::Rows, Face::Parts]);
    world.keys("/the");
    assert_eq!(
        (figure(&world).face, figure(&world).list.filter.as_str()),
        (Face::Rows, "the")
    );
    world.keys("<enter><esc><tab>s");
    assert_eq!(figure(&world).face, Face::Rows);
    world.keys("<esc>");
    assert!(world.state.details.is_empty());
}

#[test]
fn the_rows_of_a_figure_of_tasks_are_tasks_with_their_lengths() {
    let mut world = after(":explain cycle_time<enter><shift-tab>");
    let rows = figure(&world).list.rows.value.as_ref().unwrap();
    let shown = figure(&world).figure.value.as_ref().unwrap().figures[0].1.n;
    assert_eq!((rows.what, rows.of as u64), (Some(Of::Tasks), shown));
    assert!(shown > 10);
    let drawn = text(&buffer(&world, &theme()));
    assert!(drawn.contains(&format!("{shown} tasks")), "{drawn}");
    world.keys("<enter>");
    let Some(Detail::Task(task)) = world.state.details.last() else {
        panic!("no task is open");
    };
    assert_eq!(task.view.value.as_ref().unwrap().key.as_str(), "ING-412");
    world.keys("y");
    assert!(matches!(world.seen.last(), Some(Effect::Copy(text)) if text.as_str() == "ING-412"));
}

#[test]
fn a_part_of_time_opens_its_own_days_and_esc_leads_back_to_it() {
    let mut world = after(":explain commits<enter><tab>jj<enter>");
    assert_eq!(world.state.details.len(), 2);
    assert_eq!(
        figure(&world).selection.range.to_string(),
        "2026-09-14..2026-09-20"
    );
    world.keys("<esc>");
    assert_eq!((figure(&world).face, figure(&world).part), (Face::Parts, 2));
}

#[test]
fn faces_of_every_metric_keep_to_ascii_and_to_the_cover() {
    let ascii = Theme::new(Name::Default, Level::None, Graphics::Ascii);
    for size in SIZES {
        let mut world = World::new(Amount::Full, size);
        world.mark_days();
        for metric in METRICS {
            world.keys(&format!(":explain {}<enter>", metric.id()));
            for face in [Face::Rule, Face::Parts, Face::Rows] {
                assert_eq!(figure(&world).face, face);
                let drawn = text(&buffer(&world, &ascii));
                // Titles of the record may be in any script.
                let odd: String = drawn.chars().filter(|c| "▸·━░▇…◌│".contains(*c)).collect();
                assert_eq!(odd, "", "{} at {size:?}:\n{drawn}", metric.id());
                world.keys("p");
                covers(&world, face);
                world.keys("p<tab>");
            }
            world.keys("q");
        }
    }
}

/// No name and no figure of the owner's stands on the screen below the page bar.
fn covers(world: &World, face: Face) {
    let drawn = text(&buffer(world, &theme()));
    let body: Vec<_> = drawn.lines().skip(1).collect();
    // A source of a definition is called like a tracker.
    let body = body.join("\n").replace("jirametrics", "");
    // Definitions are not the owner's, and speak of shares and of n.
    let words: &[&str] = match face {
        Face::Rule => &["Harbour", "jira", "mobile-app"],
        _ => &["ING-", "Harbour", "jira", "mobile-app", "n=", "was ", "%"],
    };
    for word in words.iter().chain(&["▇", "⠤", "▅"]) {
        assert!(!body.contains(word), "{face:?}: {word}\n{drawn}");
    }
}

#[test]
fn marked_days_lie_on_the_line_of_time_with_their_words() {
    let mut out = String::new();
    for size in [(80, 24), (120, 36)] {
        let mut world = World::new(Amount::Full, size);
        world.mark_days();
        world.keys("2");
        out.push_str(&text(&buffer(&world, &theme())));
        world.keys("m");
        out.push_str(&text(&buffer(&world, &theme())));
    }
    insta::assert_snapshot!("trends-with-marked-days", out);
    for word in ["leave", "launch", "on call", "━"] {
        assert!(out.contains(word), "{word}");
    }
    for keys in ["2p", "2mj<enter>p", "p"] {
        let mut world = World::new(Amount::Full, (120, 36));
        world.mark_days();
        world.keys(keys);
        let drawn = text(&buffer(&world, &theme()));
        // Leave is a word of other sentences too.
        for word in ["launch", "on call", "holiday", "━"] {
            assert!(!drawn.contains(word), "{keys} shows {word}:\n{drawn}");
        }
    }
}
