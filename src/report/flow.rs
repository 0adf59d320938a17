//! Where tasks get stuck and what lies ahead, in sentences: the Flow page of the dashboard and
//! `inward show flow` say the same.

use super::{Context, words};
use crate::model::figure::{Figure, Key, Of, Point, Unit, Verdict};
use crate::model::stage::Stage;

/// The figures that the answer is made of.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked<'a> {
    /// `bottleneck`.
    pub bottleneck: Option<&'a Figure>,
    /// `time_in_stage`.
    pub stages: Option<&'a Figure>,
    /// `work_item_age`.
    pub ages: Option<&'a Figure>,
    /// `forecast`.
    pub forecast: Option<&'a Figure>,
    /// `forecast_items`.
    pub items: Option<&'a Figure>,
}

impl<'a> Asked<'a> {
    /// Finds them among `figures`.
    pub fn among(figures: impl IntoIterator<Item = &'a Figure>) -> Self {
        let mut asked = Self::default();
        for figure in figures {
            let place = match figure.metric {
                "bottleneck" => &mut asked.bottleneck,
                "time_in_stage" => &mut asked.stages,
                "work_item_age" => &mut asked.ages,
                "forecast" => &mut asked.forecast,
                "forecast_items" => &mut asked.items,
                _ => continue,
            };
            place.get_or_insert(figure);
        }
        asked
    }
}

/// Where tasks get stuck, the answer first; empty where the figure is not there.
pub fn answer(asked: &Asked<'_>) -> Vec<String> {
    let Some(bottleneck) = asked.bottleneck else {
        return Vec::new();
    };
    let mut out = vec![stuck(bottleneck)];
    out.extend(asked.stages.and_then(|stages| stay(bottleneck, stages)));
    out.extend(rise(bottleneck));
    out.extend(asked.ages.and_then(old));
    out
}

/// What people call a stage in a sentence.
fn called(stage: Stage) -> &'static str {
    match stage {
        Stage::Backlog => "the backlog",
        Stage::Todo => "waiting to go on (put back or blocked)",
        Stage::InProgress => "progress",
        Stage::InReview => "review",
        Stage::Done => "done",
        Stage::Cancelled => "cancelled",
    }
}

fn stage_of(point: &Point) -> Option<Stage> {
    match point.key {
        Key::Name(name) => Stage::parse(name),
        _ => None,
    }
}

/// The stages of a figure of shares, the largest first.
fn shares(figure: &Figure) -> Vec<(Stage, f64)> {
    let points = figure.points.iter();
    let share = |point: &Point| Some((stage_of(point)?, point.value?));
    points.filter_map(share).collect()
}

/// `Tasks get stuck in review: 58% [47-69] of the time from start to finish, was 41%, n=41.`
fn stuck(figure: &Figure) -> String {
    let shares = shares(figure);
    let n = words::counted(figure.n, "finished task", "finished tasks");
    if let (Some(value), Some((stage, _))) = (figure.value, shares.first()) {
        let interval = figure.interval.map_or_else(String::new, |ends| {
            format!(" {}", words::interval(ends, Unit::Share))
        });
        let share = format!("{}{interval}", words::percent(value));
        let was = figure.previous.and_then(|before| before.value);
        let was = was.map_or_else(String::new, |was| format!(", was {}", words::percent(was)));
        let n = words::count(figure.n);
        return match stage {
            Stage::InProgress => format!(
                "The work itself takes longest: in progress is {share} of the time from start to \
                 finish{was}, n={n}."
            ),
            stage => format!(
                "Tasks get stuck in {}: {share} of the time from start to finish{was}, n={n}.",
                called(*stage)
            ),
        };
    }
    match figure.verdict {
        Verdict::NotKept(kind) => format!("Where tasks get stuck: {}.", kind.not_kept()),
        Verdict::TooFew { have: 0, .. } => {
            "Cannot tell where tasks get stuck: no finished task here has a known way through its \
             stages."
                .to_owned()
        }
        Verdict::TooFew { have, need } => {
            let known = words::counted(have, "finished task", "finished tasks");
            format!(
                "Too few to tell where tasks get stuck: the whole way of {known} is known; it can be \
                 told from {need}."
            )
        }
        _ => match shares.as_slice() {
            [(first, one), (second, other), ..] => format!(
                "No stage stands out: {} ({}) and {} ({}) cannot be told apart, n={n}.",
                called(*first),
                words::percent(*one),
                called(*second),
                words::percent(*other),
            ),
            _ => "No finished task here tells where its time went.".to_owned(),
        },
    }
}

/// `One stay there takes 2.6d [1.9-4.2d], median of 44.`
fn stay(bottleneck: &Figure, stages: &Figure) -> Option<String> {
    bottleneck.value?;
    let (stage, _) = *shares(bottleneck).first()?;
    let name = format!("p50 {}", stage.as_str());
    let is = |point: &&Point| matches!(point.key, Key::Name(key) if key == name);
    let point = stages.points.iter().find(is)?;
    let value = words::duration(point.value?);
    let interval = point.interval.map_or_else(String::new, |ends| {
        format!(" {}", words::interval(ends, Unit::Seconds))
    });
    let n = words::count(point.n);
    Some(format!(
        "One stay there takes {value}{interval}, median of {n}."
    ))
}

/// `Review rose most against the period before, by 12%.`
fn rise(figure: &Figure) -> Option<String> {
    let found = figure.points.iter().find_map(|point| match point.key {
        Key::Name(name) => Some((Stage::parse(name.strip_prefix("rise in ")?)?, point.value?)),
        _ => None,
    });
    let (stage, by) = found?;
    Some(format!(
        "The share of {} rose against the period before, by {} of the whole.",
        called(stage),
        words::percent(by)
    ))
}

/// `2 of 7 tasks in progress are older than 85% of finished tasks took.`
fn old(figure: &Figure) -> Option<String> {
    let rest = figure
        .rests_on
        .iter()
        .find(|r| r.what == "older_than_p85")?;
    let noun = Of::Tasks.noun(rest.of);
    let are = if rest.n == 1 { "is" } else { "are" };
    Some(format!(
        "{} of {} {noun} in progress {are} older than 85% of finished ones took.",
        words::count(rest.n),
        words::count(rest.of)
    ))
}

/// What lies ahead: when as many are done as are open, and how many are done by a date.
pub fn ahead(asked: &Asked<'_>, context: &Context<'_>) -> Vec<String> {
    let mut out = Vec::new();
    out.extend(asked.forecast.and_then(|figure| when(figure, context)));
    out.extend(asked.items.and_then(|figure| how_many(figure, context)));
    out
}

fn chance<'a>(figure: &'a Figure, name: &str) -> Option<&'a Point> {
    let is = |point: &&Point| matches!(point.key, Key::Name(key) if key == name);
    figure.points.iter().find(is).filter(|p| p.value.is_some())
}

/// `The next 7 tasks, as many as are open: 85 % likely done by 24 Aug, 50 % by 3 Aug.`
fn when(figure: &Figure, context: &Context<'_>) -> Option<String> {
    if let Some(why) = not_yet(figure) {
        return Some(why);
    }
    let today = context.calendar.today();
    let by = |name| Some(words::day(chance(figure, name)?.to, today));
    let next = figure
        .rests_on
        .iter()
        .find(|rest| rest.what == "next_tasks")?;
    let tasks = words::counted(next.n, "task", "tasks");
    let which = if next.of == 0 {
        format!("The next {tasks} (none is open)")
    } else {
        format!("{tasks} open: as many more")
    };
    let Some(likely) = by("p85") else {
        return Some(format!(
            "{which} are not done within five years at this pace."
        ));
    };
    let more: Vec<String> = [("50 %", by("p50")), ("95 %", by("p95"))]
        .into_iter()
        .filter_map(|(sure, day)| Some(format!("{sure} by {}", day?)))
        .collect();
    let more = if more.is_empty() {
        String::new()
    } else {
        format!(" ({})", more.join(", "))
    };
    Some(format!("{which} are done by {likely}, 85 % likely{more}."))
}

/// `By 13 Sep at least 5 tasks more, 85 % likely (50 % 8, 95 % 3); by 8 Nov at least 16.`
fn how_many(figure: &Figure, context: &Context<'_>) -> Option<String> {
    let today = context.calendar.today();
    let of = |name| {
        let point = chance(figure, name)?;
        Some((point.to, words::value(point.value?, Unit::Items)))
    };
    let some = |name| of(name).filter(|(_, n)| n != "0");
    let noun = |n: &str| if n == "1" { "task" } else { "tasks" };
    let far = some("12 weeks");
    let Some((by, likely)) = some("p85") else {
        // At least none is no news.
        let (by, n) = far?;
        let by = words::day(by, today);
        let noun = noun(&n);
        return Some(format!("By {by} at least {n} {noun} more, 85 % likely."));
    };
    let more = [("50 %", of("p50")), ("95 %", of("p95"))];
    let more: Vec<String> = more
        .into_iter()
        .filter_map(|(sure, found)| Some(format!("{sure} {}", found?.1)))
        .collect();
    let far = far.map_or_else(String::new, |(day, n)| {
        format!("; by {} at least {n}", words::day(day, today))
    });
    Some(format!(
        "By {} at least {likely} {} more, 85 % likely ({}){far}.",
        words::day(by, today),
        noun(&likely),
        more.join(", ")
    ))
}

/// Why there is no forecast, and when there will be one.
fn not_yet(figure: &Figure) -> Option<String> {
    match figure.verdict {
        Verdict::TooFewWeeks { have, need } => {
            let weeks = words::counted(need.saturating_sub(have), "week", "weeks");
            Some(format!(
                "No forecast yet: {have} of {need} whole weeks are known here; {weeks} more, or a \
                 longer period, make one."
            ))
        }
        Verdict::TooFew { have, need } => Some(format!(
            "No forecast yet: {have} of {need} tasks were finished in whole weeks of this period."
        )),
        Verdict::NotKept(kind) => Some(format!("No forecast: {}.", kind.not_kept())),
        _ => None,
    }
}
