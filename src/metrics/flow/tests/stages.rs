//! Time in stage, flow efficiency, and the bottleneck.

use super::{DAY, HOUR, ask, left_out, march, named, rest, values, ways};
use crate::metrics::Metric;
use crate::metrics::flow::{Bottleneck, FlowEfficiency, TimeInStage};
use crate::metrics::testing::{stamp, task, tasks, utc, visit, weeks};
use crate::model::dataset::Dataset;
use crate::model::figure::{Key, Rows, Verdict};
use crate::model::selection::{Only, Selection};
use crate::model::stage::Stage;
use crate::model::task::TaskKind;
use crate::model::work::Stamp;

use Stage::{Backlog, Done, InProgress, InReview, Todo};

/// Three hours in the list, eight of work, twenty-four of review, one of work again.
const REVIEWED: [(Stage, u32); 4] = [(Todo, 3), (InProgress, 8), (InReview, 24), (InProgress, 1)];

fn five_reviewed() -> Dataset {
    ways(&[("2026-03-03", &REVIEWED[..]); 5])
}

#[test]
fn each_stay_in_a_stage_counts() {
    let figure = ask(&TimeInStage, &five_reviewed(), &march());
    // Five tasks with four stays each; the last one, in done, is none.
    assert_eq!((figure.n, figure.value), (20, Some(5.0 * 36.0 * HOUR)));
    let parts: Vec<_> = figure
        .points
        .iter()
        .map(|p| (p.key, p.value, p.n))
        .collect();
    let expected = [
        (Key::Name("in-review"), Some(120.0 * HOUR), 5),
        (Key::Name("in-progress"), Some(45.0 * HOUR), 10),
        (Key::Name("todo"), Some(15.0 * HOUR), 5),
        (Key::Name("p50 in-review"), Some(24.0 * HOUR), 5),
        (Key::Name("p50 in-progress"), Some(4.5 * HOUR), 10),
        (Key::Name("p50 todo"), Some(3.0 * HOUR), 5),
    ];
    assert_eq!(parts, expected);
    assert_eq!(rest(&figure, "whole_history"), Some((5, 5)));
    assert_eq!(rest(&figure, "stays_known"), Some((20, 20)));
}

#[test]
fn one_stage_alone_has_its_stays_as_rows_with_their_lengths() {
    let data = five_reviewed();
    let calendar = crate::metrics::testing::calendar("2026-03-30 12:00");
    let whole = march();
    let only = |stage| Selection {
        only: Some(Only::Stage(stage)),
        ..whole.clone()
    };
    let work = only(InProgress);
    let figure = TimeInStage.compute(&data, &work, &calendar);
    assert_eq!((figure.n, figure.value), (10, Some(45.0 * HOUR)));
    assert_eq!(rest(&figure, "stays_known"), Some((10, 10)));
    let rows = TimeInStage.rows(&data, &work, &calendar);
    let lengths = TimeInStage.lengths(&data, &work, &calendar);
    let places: Vec<u32> = lengths.iter().map(|(at, _)| *at).collect();
    assert_eq!(rows, Rows::Stays(places.clone()));
    let owners = data.work.owners();
    for (at, seconds) in lengths {
        let stay = data.work.visits[at as usize];
        assert_eq!(stay.stage, Some(InProgress));
        assert_eq!(stay.from.unwrap().elapsed(stay.to.unwrap()), Some(seconds));
        let task = &data.work.tasks[owners[at as usize] as usize];
        assert!(task.visits.contains(&at));
    }
    assert!(TimeInStage.lengths(&data, &whole, &calendar).is_empty());
    // Nobody put them into the backlog, and the end is no stay.
    for none in [Backlog, Done] {
        assert!(TimeInStage.rows(&data, &only(none), &calendar).is_empty());
    }
}

#[test]
fn gaps_and_open_ends_are_left_out_and_said() {
    let mut data = five_reviewed();
    // The review of the first task has no word, the work of the second no known end.
    data.work.visits[2].stage = None;
    data.work.visits[6].to = None;
    // A task of which no stay is known, an epic, and one whose finish nobody saw.
    let mut more = vec![
        task("2026-03-02 09:00", "", "2026-03-05 10:00"),
        task("2026-03-02 09:00", "", "2026-03-05 10:00"),
        task("2026-03-02 09:00", "", ""),
    ];
    more[1].kind = TaskKind::Epic;
    more[2].stage = Some(Done);
    data.work.tasks.extend(more);
    let figure = ask(&TimeInStage, &data, &march());
    assert_eq!(figure.n, 18);
    assert_eq!(named(&figure, "in-review"), Some(96.0 * HOUR));
    for reason in ["gaps", "open_ends", "no_history", "epics", "no_finish_time"] {
        assert_eq!(left_out(&figure, reason), 1, "{reason}");
    }
    assert_eq!(rest(&figure, "whole_history"), Some((3, 6)));
    assert_eq!(rest(&figure, "stays_known"), Some((18, 20)));
    // Neither of the two has a whole way from start to finish.
    let share = ask(&FlowEfficiency, &data, &march());
    assert_eq!((share.n, left_out(&share, "gaps")), (3, 2));
    assert_eq!(left_out(&share, "no_history"), 1);
}

#[test]
fn flow_efficiency_is_time_in_progress_of_all_time_since_the_start() {
    // 9 of 33 hours each; the three before the start are not in it.
    let figure = ask(&FlowEfficiency, &five_reviewed(), &march());
    assert_eq!((figure.value, figure.n), (Some(9.0 / 33.0), 5));
    // The weeks: all five were finished on 4 March.
    let week = values(&figure, Key::Time);
    assert_eq!(week, [Some(9.0 / 33.0), None, None, None]);
    assert_eq!(rest(&figure, "whole_history"), Some((5, 5)));
    // A week that runs has its value and is marked.
    let last = ways(&[("2026-03-23", &REVIEWED[..]); 5]);
    let figure = ask(&FlowEfficiency, &last, &march());
    let point = figure.points.last().expect("four weeks");
    assert!(point.value.is_some() && !point.complete);
}

#[test]
fn a_return_to_the_list_waits_and_a_closed_time_is_no_time() {
    // 10 hours of work, 5 back in the list, 100 closed by mistake, 5 of work.
    let way = [(InProgress, 10), (Todo, 5), (Done, 100), (InProgress, 5)];
    let data = ways(&[("2026-03-03", &way[..]); 5]);
    let figure = ask(&FlowEfficiency, &data, &march());
    assert_eq!(figure.value, Some(15.0 / 20.0));
}

#[test]
fn the_night_of_a_clock_change_counts_as_long_as_it_was() {
    // Berlin, 28 March 22:00 to 29 March 10:00, work to 4 o'clock: 5 of 11 hours.
    let at = |text: &str, offset| Stamp::at(utc(text), offset);
    let mut one = task("2026-03-28 20:00", "", "2026-03-29 08:00");
    (one.started, one.done) = (at("2026-03-28 21:00", 60), at("2026-03-29 08:00", 120));
    let mut data = tasks(vec![one], "2026-03-30");
    visit(
        &mut data,
        0,
        (InProgress, "2026-03-28 21:00", "2026-03-29 02:00"),
    );
    visit(
        &mut data,
        0,
        (InReview, "2026-03-29 02:00", "2026-03-29 08:00"),
    );
    data.work.visits[0].from = at("2026-03-28 21:00", 60);
    visit(&mut data, 0, (Done, "2026-03-29 08:00", ""));
    let figure = ask(&FlowEfficiency, &data, &weeks("2026-03-02", "2026-04-05"));
    assert_eq!(values(&figure, Key::Task(0)), [Some(5.0 / 11.0)]);
    let stages = ask(&TimeInStage, &data, &weeks("2026-03-02", "2026-04-05"));
    assert_eq!(values(&stages, Key::Task(0)), [Some(11.0 * HOUR)]);
}

#[test]
fn plain_dates_are_too_coarse_to_add_up() {
    let mut data = tasks(
        vec![task("2026-03-02", "2026-03-03", "2026-03-05")],
        "2026-03-25",
    );
    visit(&mut data, 0, (InProgress, "2026-03-03", "2026-03-05"));
    visit(&mut data, 0, (Done, "2026-03-05", ""));
    let figure = ask(&FlowEfficiency, &data, &march());
    assert_eq!((figure.n, left_out(&figure, "day_only")), (0, 1));
    let stages = ask(&TimeInStage, &data, &march());
    assert_eq!(values(&stages, Key::Task(0)), [Some(3.0 * DAY)]);
}

#[test]
fn the_bottleneck_is_the_stage_with_most_time_and_names_the_tasks_behind_it() {
    let longer = [(InProgress, 10), (InReview, 70)];
    let all = [
        ("2026-03-03", &REVIEWED[..]),
        ("2026-03-03", &REVIEWED[..]),
        ("2026-03-04", &longer[..]),
        ("2026-03-04", &REVIEWED[..]),
        ("2026-03-05", &REVIEWED[..]),
    ];
    let figure = ask(&Bottleneck, &ways(&all), &march());
    // Review 4 x 24 + 70 of 4 x 33 + 80 hours; work 4 x 9 + 10.
    assert_eq!((figure.value, figure.n), (Some(166.0 / 212.0), 5));
    let parts: Vec<_> = figure
        .points
        .iter()
        .map(|p| (p.key, p.value, p.n))
        .collect();
    let expected = [
        (Key::Name("in-review"), Some(166.0 / 212.0), 5),
        (Key::Name("in-progress"), Some(46.0 / 212.0), 5),
        (Key::Task(2), Some(70.0 / 166.0), 1),
        (Key::Task(0), Some(24.0 / 166.0), 1),
        (Key::Task(1), Some(24.0 / 166.0), 1),
    ];
    assert_eq!(parts, expected);
}

#[test]
fn two_stages_that_chance_could_swap_are_no_bottleneck() {
    // Review is ahead in sum, but by one task alone.
    let work = [(InProgress, 10), (InReview, 8)];
    let stuck = [(InProgress, 10), (InReview, 60)];
    let all = [
        ("2026-03-03", &work[..]),
        ("2026-03-03", &work[..]),
        ("2026-03-03", &work[..]),
        ("2026-03-03", &work[..]),
        ("2026-03-03", &stuck[..]),
    ];
    let figure = ask(&Bottleneck, &ways(&all), &march());
    assert_eq!((figure.value, figure.n), (None, 5));
    assert_eq!(rest(&figure, "shares_not_apart"), Some((5, 5)));
    assert_eq!(
        named(&figure, "in-review"),
        Some(92.0 / 142.0),
        "still shown"
    );
    assert!(
        figure
            .points
            .iter()
            .all(|point| !matches!(point.key, Key::Task(_)))
    );
}

#[test]
fn the_backlog_is_no_bottleneck_even_after_the_start() {
    let aside = [
        (Backlog, 400),
        (InProgress, 10),
        (Backlog, 300),
        (InProgress, 2),
        (InReview, 1),
    ];
    let mut data = ways(&[("2026-02-01", &aside[..]); 5]);
    for one in &mut data.work.tasks {
        one.created = Some(stamp("2026-02-01 00:00"));
    }
    let figure = ask(&Bottleneck, &data, &march());
    assert_eq!(figure.value, Some(12.0 / 13.0));
    assert_eq!(named(&figure, "backlog"), None);
}

#[test]
fn too_few_histories_are_no_bottleneck() {
    let few = ask(
        &Bottleneck,
        &ways(&[("2026-03-03", &REVIEWED[..]); 4]),
        &march(),
    );
    assert_eq!(
        (few.value, few.verdict.clone()),
        (None, Verdict::TooFew { have: 4, need: 5 })
    );
    assert_eq!(values(&few, Key::Task(0)), [Some(0.25)]);
    // Five known ways of eleven: most of what was finished is not known.
    let mut data = five_reviewed();
    let unknown = task("2026-03-02 09:00", "2026-03-03 09:00", "2026-03-05 10:00");
    data.work.tasks.extend(vec![unknown; 6]);
    let figure = ask(&Bottleneck, &data, &march());
    assert_eq!((figure.value, figure.n), (None, 5));
    assert_eq!(figure.verdict, Verdict::TooFew { have: 5, need: 6 });
    assert_eq!(rest(&figure, "whole_history"), Some((5, 11)));
}

#[test]
fn the_largest_rise_is_named_beside_it() {
    // Two weeks before: review 2 of 12 hours; now 24 of 33.
    let quick = [(InProgress, 10), (InReview, 2)];
    let mut all = vec![("2026-03-03", &quick[..]); 5];
    all.extend(vec![("2026-03-17", &REVIEWED[..]); 5]);
    let data = ways(&all);
    let figure = ask(&Bottleneck, &data, &weeks("2026-03-09", "2026-03-22"));
    assert_eq!(figure.value, Some(24.0 / 33.0));
    assert_eq!(
        named(&figure, "rise in in-review"),
        None,
        "the record starts later"
    );
    let mut data = data;
    data.work.tasks[0].created = Some(stamp("2026-02-02 09:00"));
    let figure = ask(&Bottleneck, &data, &weeks("2026-03-09", "2026-03-22"));
    let rise = named(&figure, "rise in in-review").expect("a rise");
    assert!((rise - (24.0 / 33.0 - 2.0 / 12.0)).abs() < 1e-12);
    assert_eq!(named(&figure, "rise in in-progress"), None);
    let before = figure.previous.expect("the two weeks before");
    assert_eq!((before.value, before.n), (Some(2.0 / 12.0), 5));
}

#[test]
fn nothing_finished_is_no_value() {
    for metric in [&TimeInStage as &dyn Metric, &FlowEfficiency, &Bottleneck] {
        let empty = ask(metric, &Dataset::default(), &march());
        assert_eq!((empty.value, empty.n, empty.points.len()), (None, 0, 0));
        assert_eq!(empty.verdict, Verdict::None, "{}", metric.id());
        let open = tasks(vec![task("2026-03-02 09:00", "", "")], "2026-03-25");
        let open = ask(metric, &open, &march());
        assert_eq!(open.verdict, Verdict::TooFew { have: 0, need: 5 });
    }
}
