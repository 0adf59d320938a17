//! The Goals page: what it shows, and setting, refusing, marking, removing and taking back.

use std::fmt::Write as _;

use inward::app::effect::Effect;
use inward::app::goals::GoalLine;
use inward::app::message::Message;
use inward::app::popup::Popup;
use inward::app::state::Detail;
use inward::metrics::{Met, standing};
use inward::model::goal::{Aim, Goal, GoalLink, Limit, Per, State};
use inward::ui::graphics::Graphics;
use inward::ui::theme::{Level, Name, Theme};

use crate::ansi::{buffer, text};
use crate::record::Amount;
use crate::world::{World, calendar, clean};

fn limit(metric: &str, most: f64, per: Per) -> Aim {
    Aim::Limit(Limit {
        metric: clean(metric),
        most,
        per,
    })
}

/// Goals of every kind and state over the record of `world`.
pub(crate) fn goals(world: &World) -> Vec<GoalLine> {
    let aims = [
        (Aim::Outcome(clean("Ship the retry queue")), State::Open),
        (limit("after_hours_share", 0.1, Per::Week), State::Open),
        (limit("active_days", 5.0, Per::Week), State::Open),
        (limit("active_days", 12.0, Per::Month), State::Open),
        (limit("cycle_time", 86_400.0, Per::Week), State::Open),
        (Aim::Outcome(clean("Move the docs")), State::Done),
    ];
    let mut all = Vec::new();
    for (at, (aim, state)) in aims.into_iter().enumerate() {
        let open = match &aim {
            Aim::Limit(limit) => standing(limit, &world.data, &calendar()),
            Aim::Outcome(_) => None,
        };
        all.push(GoalLine {
            goal: Goal {
                id: at as u64 + 1,
                links: match at {
                    0 => vec![GoalLink::Task(Some(clean("ING-7"))), GoalLink::Note(2)],
                    _ => Vec::new(),
                },
                aim,
                state,
                opened: 20_668,
                closed: (state != State::Open).then_some(20_740),
            },
            standing: open,
            tasks: if at == 0 { (4, 6) } else { (0, 0) },
        });
    }
    all
}

fn world(amount: Amount, size: (u16, u16)) -> World {
    let mut world = World::new(amount, size);
    if amount != Amount::Empty {
        world.goals = goals(&world);
        if amount != Amount::Full {
            world.goals.truncate(2);
        }
    }
    world.keys("7");
    world
}

fn full() -> World {
    world(Amount::Full, (120, 36))
}

fn sheet(amount: Amount, keys: &str, theme: &Theme) -> String {
    let mut out = String::new();
    for size in [(50, 14), (80, 24), (120, 36), (200, 60)] {
        let mut world = world(amount, size);
        world.keys(keys);
        writeln!(out, "=== {}x{}", size.0, size.1).unwrap();
        out.push_str(&text(&buffer(&world, theme)));
    }
    out
}

#[test]
fn goals_are_shown_with_where_they_stand() {
    let theme = Theme::new(Name::Default, Level::Sixteen, Graphics::Braille);
    for amount in Amount::ALL {
        let drawn = sheet(amount, "j", &theme);
        insta::assert_snapshot!(format!("goals-{}", amount.name()), drawn);
    }
    insta::assert_snapshot!("goals-form", sheet(Amount::Full, "aShip it", &theme));
    let refused = sheet(Amount::Full, "aat least 5 commits a day<enter>", &theme);
    assert!(refused.contains("does not set quotas"), "{refused}");
    insta::assert_snapshot!("goals-refused", refused);
}

#[test]
fn goals_in_plain_letters_and_without_colour() {
    let plain = Theme::new(Name::Mono, Level::None, Graphics::Ascii);
    let drawn = sheet(Amount::Full, "jj", &plain);
    assert!(drawn.is_ascii(), "{drawn}");
    insta::assert_snapshot!("goals-ascii", drawn);
}

#[test]
fn the_cover_hides_the_words_and_values_of_goals() {
    let theme = Theme::new(Name::Default, Level::Sixteen, Graphics::Braille);
    let shown = sheet(Amount::Full, "", &theme);
    assert!(shown.contains("retry queue") && shown.contains("10%"));
    let hidden = sheet(Amount::Full, "P", &theme);
    assert!(
        !hidden.contains("retry queue") && !hidden.contains("10%"),
        "{hidden}"
    );
}

#[test]
fn a_goal_is_typed_as_the_command_takes_it() {
    let mut world = full();
    world.keys("a--limit wip 3<enter>");
    assert!(world.state.popup.is_none());
    let [Effect::AddGoal(Aim::Limit(set))] = world.seen.as_slice() else {
        panic!("{:?}", world.seen);
    };
    assert_eq!((set.metric.as_str(), set.per), ("wip", Per::Week));
    world.seen.clear();
    world.send(Message::GoalKept {
        new: Some(7),
        said: clean("goal 7 is set"),
    });
    world.keys("u");
    assert_eq!(world.seen, [Effect::SetGoal(7, State::Dropped)]);
}

#[test]
fn a_floor_is_refused_in_the_field_and_nothing_is_kept() {
    let mut world = full();
    for floor in [
        "at least 5 commits a day",
        "--min commits 5",
        "--limit commits 5",
    ] {
        world.keys(&format!("a{floor}<enter>"));
        let Some(Popup::Goal(entry)) = &world.state.popup else {
            panic!("the field closed over {floor}");
        };
        let problem = entry.problem.as_deref().unwrap();
        assert!(
            problem.contains("does not set quotas"),
            "{floor}: {problem}"
        );
        world.keys("<esc>");
    }
    assert_eq!(world.seen, []);
}

#[test]
fn what_the_store_does_not_take_comes_back_with_its_words() {
    let mut world = full();
    world.keys("aShip it<enter>");
    world.send(Message::GoalNotKept(clean("the disk is full")));
    let Some(Popup::Goal(entry)) = &world.state.popup else {
        panic!("the field did not come back");
    };
    assert_eq!(entry.field.text(), "Ship it");
    assert_eq!(entry.problem.as_deref(), Some("the disk is full"));
}

#[test]
fn an_outcome_is_marked_done_removed_and_taken_back() {
    let mut world = full();
    world.keys("<space>u");
    assert_eq!(
        world.seen,
        [
            Effect::SetGoal(1, State::Done),
            Effect::SetGoal(1, State::Open)
        ]
    );
    world.seen.clear();
    world.keys("jx");
    world.keys("u");
    assert_eq!(
        world.seen,
        [
            Effect::SetGoal(2, State::Dropped),
            Effect::SetGoal(2, State::Open)
        ]
    );
    world.seen.clear();
    world.keys("<space>");
    assert_eq!(world.seen, [], "a limit is never done");
}

#[test]
fn enter_on_a_limit_opens_the_rows_behind_its_value() {
    let mut world = full();
    world.keys("jj<enter>");
    let Some(Detail::Figure(detail)) = world.state.details.last() else {
        panic!("no figure is open");
    };
    assert_eq!(
        (detail.metric, detail.selection.range.days()),
        ("active_days", 7)
    );
    world.keys("<esc>");
    assert_eq!(
        (world.state.details.len(), world.state.goals.cursor),
        (0, 2)
    );
}

#[test]
fn the_stretches_before_are_whole_and_begin_with_the_record() {
    let world = full();
    let Aim::Limit(five) = limit("active_days", 5.0, Per::Week) else {
        panic!("no limit");
    };
    let now = standing(&five, &world.data, &calendar()).unwrap();
    assert_eq!(now.past.len(), 12);
    assert!(
        now.past
            .iter()
            .all(|(range, _)| range.days() == 7 && range.to < now.range.from)
    );
    assert!(now.past.windows(2).all(|two| two[0].0.to < two[1].0.from));
    let (met, told) = now.kept();
    assert!(met <= told && told <= 12);
    let none = Limit { most: 0.0, ..five };
    let over = standing(&none, &world.data, &calendar()).unwrap();
    assert!(over.past.iter().any(|(_, met)| *met == Met::No));
    let bare = World::new(Amount::Empty, (80, 24));
    let empty = standing(&none, &bare.data, &calendar()).unwrap();
    assert_eq!(empty.past, []);
}
