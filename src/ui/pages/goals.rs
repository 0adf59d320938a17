//! Goals: what I aim at, and where it stands. Only mine, changed only by me.

use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::empty;
use crate::app::goals::GoalLine;
use crate::app::popup::Entry;
use crate::app::size::Tier;
use crate::input::action::Action;
use crate::metrics::{Met, Standing, by_id};
use crate::model::figure::Unit;
use crate::model::goal::{Aim, GoalLink, Limit, Measure, State, measure};
use crate::ui::screen::Screen;
use crate::ui::text::{
    Span, cells, clauses, columns, fit, put, put_right, put_spans, rows, spans_width, width, wrap,
};
use crate::ui::theme::Role;
use crate::ui::widgets::bars::bar;
use crate::ui::widgets::notice::Notice;
use crate::ui::widgets::{popup, table};
use crate::ui::words;

/// Draws the page.
pub(super) fn draw(buf: &mut Buffer, area: Rect, screen: &Screen<'_>) {
    let goals = &screen.state.goals;
    if let Some(why) = &goals.view.failed {
        return empty::failed(buf, area, why.as_str(), screen);
    }
    if goals.view.value.is_none() {
        return;
    }
    if goals.lines().is_empty() {
        return none(buf, area, screen);
    }
    let inset = columns(area, 1, area.width.saturating_sub(2));
    let said = sentence(goals.lines(), screen);
    let room = usize::from(inset.width);
    let said = clauses(&said, ", ", room.saturating_sub(1));
    let mut told = vec![format!("{said}.")];
    if screen.state.look.is_narrowed() {
        told.push("Goals are of everything, never narrowed.".to_owned());
    }
    let told = clauses(&told, " ", room);
    put(buf, inset, (0, 0), (&told, screen.style(Role::Title)));
    let (top, each) = match screen.tier {
        Tier::Full | Tier::Compact => (3, 3),
        Tier::Numbers | Tier::TooSmall => (2, 2),
    };
    if top == 3 {
        let text = "Outcomes and upper limits, set and changed only by you. No floors on activity.";
        let text = fit(text, room, screen.theme.glyphs.cut);
        put(buf, inset, (0, 1), (&text, screen.style(Role::Muted)));
        legend(buf, rows(inset, 1, 1), width(&text), screen);
    }
    let body = rows(inset, top, inset.height.saturating_sub(top));
    let seen = rows(body, 0, body.height / each);
    let shown = table::visible(goals.cursor, goals.lines().len(), seen);
    for (at, place) in shown.enumerate() {
        if let Some(one) = goals.lines().get(place) {
            let area = rows(body, cells(at) * each, 2);
            screen.row_at(area, None, (place, goals.cursor));
            line(buf, area, (one, place == goals.cursor), screen);
        }
    }
}

/// What the marks of the stretches before mean, where there are any and room for it.
fn legend(buf: &mut Buffer, area: Rect, used: usize, screen: &Screen<'_>) {
    let glyphs = &screen.theme.glyphs;
    let lines = screen.state.goals.lines().iter();
    let mut any = lines.filter_map(|line| line.standing.as_ref());
    let muted = screen.style(Role::Muted);
    let spans = [
        Span::new(glyphs.eighths[3], screen.style(Role::Series)),
        Span::new(" met  ", muted),
        Span::new(glyphs.eighths[7], screen.style(Role::Worth)),
        Span::new(" not met", muted),
    ];
    let fits = used + spans_width(&spans) + 3 <= usize::from(area.width);
    if fits && !screen.state.blurred && any.any(|now| !now.past.is_empty()) {
        put_right(buf, area, 0, &spans);
    }
}

/// No goal is set: what one could be.
fn none(buf: &mut Buffer, area: Rect, screen: &Screen<'_>) {
    Notice {
        fact: "No goal is set.",
        more: "A goal is an outcome in your own words, or an upper limit on load, waiting or pace: \
               --limit wip 3. Never a number of commits, lines, days or hours to reach.",
        keys: &[(Action::Add, "set one")],
        role: Role::Title,
    }
    .draw(buf, area, screen);
}

/// `2 of 3 limits are met so far`, `1 outcome is open`.
fn sentence(lines: &[GoalLine], screen: &Screen<'_>) -> Vec<String> {
    if screen.state.blurred {
        return vec![screen.covered().trim_end_matches('.').to_owned()];
    }
    let open = || lines.iter().filter(|line| line.goal.state == State::Open);
    let limits: Vec<Met> = open()
        .filter(|line| matches!(line.goal.aim, Aim::Limit(_)))
        .map(|line| {
            line.standing
                .as_ref()
                .map_or(Met::CannotTell, |now| now.met)
        })
        .collect();
    let count = |wanted| limits.iter().filter(|met| **met == wanted).count();
    let outcomes = open().count() - limits.len();
    let mut out = Vec::new();
    match (count(Met::Yes), limits.len()) {
        (_, 0) => {}
        (1, 1) => out.push("Your limit is met so far".to_owned()),
        (0, 1) if count(Met::No) == 1 => out.push("Your limit is not met so far".to_owned()),
        (met, all) => out.push(format!("{met} of {all} limits met so far")),
    }
    match count(Met::CannotTell) {
        0 => {}
        some => out.push(format!("{some} cannot be told yet")),
    }
    match outcomes {
        0 => {}
        1 => out.push("1 outcome open".to_owned()),
        more => out.push(format!("{more} outcomes open")),
    }
    if out.is_empty() {
        out.push("Every goal is closed".to_owned());
    }
    out
}

/// Two rows: the rule and its answer, and what that rests on.
fn line(buf: &mut Buffer, area: Rect, (one, chosen): (&GoalLine, bool), screen: &Screen<'_>) {
    let glyphs = &screen.theme.glyphs;
    if chosen {
        put(
            buf,
            area,
            (0, 0),
            (glyphs.cursor, screen.style(Role::Focus)),
        );
    }
    let (verdict, role) = verdict(one, screen);
    let right = [Span::new(verdict, screen.style(role))];
    let room = usize::from(area.width).saturating_sub(spans_width(&right) + 5);
    let name = fit(&name(one, screen), room, glyphs.cut);
    let open = one.goal.state == State::Open;
    let style = match (chosen, open) {
        (true, _) => screen.style(Role::Selected),
        (false, true) => screen.style(Role::Title),
        (false, false) => screen.style(Role::Muted),
    };
    put(buf, area, (2, 0), (&name, style));
    put_right(buf, area, 0, &right);
    let below = rows(area, 1, 1);
    let picture = picture(one, screen);
    let wide = spans_width(&picture);
    put_right(buf, below, 0, &picture);
    let room = usize::from(area.width).saturating_sub(wide + 5);
    let said = clauses(&rests(one, screen), &screen.dot(), room);
    put(buf, below, (2, 0), (&said, screen.style(Role::Muted)));
}

/// `After-hours share, at most 10% a week`, or the words of an outcome.
fn name(one: &GoalLine, screen: &Screen<'_>) -> String {
    match &one.goal.aim {
        Aim::Outcome(text) => {
            let first = text.as_str().lines().next().unwrap_or_default();
            screen.name(first)
        }
        Aim::Limit(limit) => {
            let title = by_id(limit.metric.as_str()).map_or_else(
                || limit.metric.to_string(),
                |metric| metric.title().to_owned(),
            );
            let most = screen.value(limit.most, unit(limit, one.standing.as_ref()));
            format!("{title}, at most {most} a {}", limit.per.as_str())
        }
    }
}

/// What a limit is measured in.
fn unit(limit: &Limit, standing: Option<&Standing>) -> Unit {
    match standing {
        Some(now) => now.unit,
        None => match measure(limit.metric.as_str()) {
            Some(Measure::Share) => Unit::Share,
            Some(Measure::Seconds) => Unit::Seconds,
            _ => Unit::Items,
        },
    }
}

fn verdict(one: &GoalLine, screen: &Screen<'_>) -> (String, Role) {
    let day = |days: i32| {
        NaiveDate::from_epoch_days(days)
            .map_or_else(String::new, |day| words::day(day, &screen.state.calendar))
    };
    match one.goal.state {
        State::Open => {}
        state => {
            let closed = one.goal.closed.map_or_else(String::new, day);
            let word = if state == State::Done {
                "done"
            } else {
                "removed"
            };
            return (
                format!("{word} {closed}").trim_end().to_owned(),
                Role::Muted,
            );
        }
    }
    let Aim::Limit(_) = one.goal.aim else {
        return (format!("open since {}", day(one.goal.opened)), Role::Muted);
    };
    if screen.state.blurred {
        return (screen.number(""), Role::Muted);
    }
    match &one.standing {
        Some(now) if now.crosses && screen.tier != Tier::Numbers => (
            format!(
                "{} so far, but the interval crosses the limit",
                now.met.as_str()
            ),
            Role::Text,
        ),
        Some(now) => {
            let role = match now.met {
                Met::No => Role::Worth,
                Met::Yes => Role::Text,
                Met::CannotTell => Role::Muted,
            };
            let so_far = if now.met == Met::CannotTell {
                ""
            } else {
                " so far"
            };
            (format!("{}{so_far}", now.met.as_str()), role)
        }
        None => ("cannot tell".to_owned(), Role::Muted),
    }
}

/// The clauses below: the value, the stretches before, linked tasks and notes, since when.
fn rests(one: &GoalLine, screen: &Screen<'_>) -> Vec<String> {
    let mut out = Vec::new();
    if let (Aim::Limit(limit), Some(now)) = (&one.goal.aim, &one.standing) {
        let per = limit.per.as_str();
        let when = if per == "day" {
            "today".to_owned()
        } else {
            format!("this {per}")
        };
        out.push(match now.value {
            Some(value) => {
                let interval = now.interval.map_or_else(String::new, |(low, high)| {
                    format!(" [{}]", words::between(low, high, now.unit))
                });
                let value = words::value(value, now.unit);
                format!("{value}{interval} {when}, n={}", words::count(now.n))
            }
            None => format!("too little to tell {when}, n={}", words::count(now.n)),
        });
        let (met, told) = now.kept();
        let all = now.past.len();
        match (told, all) {
            (_, 0) => {}
            (0, _) => out.push(format!("last {all} {per}s: cannot tell")),
            (told, all) if told == all => {
                out.push(format!("last {all} {per}s: met in {met}"));
            }
            (told, _) => out.push(format!("met in {met} of the {told} {per}s that tell")),
        }
    }
    let (done, linked) = one.tasks;
    if linked > 0 {
        let noun = if linked == 1 { "task" } else { "tasks" };
        out.push(format!("{done} of {linked} linked {noun} done"));
    }
    let notes = one.goal.links.iter();
    match notes
        .filter(|link| matches!(link, GoalLink::Note(_)))
        .count()
    {
        0 => {}
        1 => out.push("1 note".to_owned()),
        more => out.push(format!("{more} notes")),
    }
    if matches!(one.goal.aim, Aim::Limit(_)) && one.goal.state == State::Open {
        let opened = NaiveDate::from_epoch_days(one.goal.opened);
        let day = opened.map(|day| words::day(day, &screen.state.calendar));
        out.extend(day.map(|day| format!("set {day}")));
    }
    if out.is_empty() && one.goal.state == State::Open {
        out.push("no task is linked".to_owned());
    }
    if screen.state.blurred {
        return vec![screen.number("")];
    }
    out
}

/// A mark for each stretch before, or a bar of the linked tasks.
fn picture(one: &GoalLine, screen: &Screen<'_>) -> Vec<Span> {
    let glyphs = &screen.theme.glyphs;
    if screen.state.blurred || screen.tier == Tier::Numbers {
        return Vec::new();
    }
    if let Some(now) = &one.standing {
        let mark = |met: Met| match met {
            Met::Yes => (glyphs.eighths[3], Role::Series),
            Met::No => (glyphs.eighths[7], Role::Worth),
            Met::CannotTell => (" ", Role::Muted),
        };
        return now
            .past
            .iter()
            .map(|(_, met)| {
                let (glyph, role) = mark(*met);
                Span::new(glyph, screen.style(role))
            })
            .collect();
    }
    let (done, linked) = one.tasks;
    if linked == 0 {
        return Vec::new();
    }
    let share = f64::from(cells(done)) / f64::from(cells(linked));
    let full = bar(share, 16, glyphs.bar);
    let rest = glyphs.before.repeat(16 - width(&full));
    vec![
        Span::new(full, screen.style(Role::Series)),
        Span::new(rest, screen.style(Role::Muted)),
    ]
}

/// The field for a new goal.
pub(super) fn form(buf: &mut Buffer, area: Rect, entry: &Entry, screen: &Screen<'_>) {
    let size = (area.width.min(74), popup::height(7));
    let inside = popup::open(buf, area, size, ("Set a goal", ""), screen);
    popup::input(buf, inside, 0, ("", &entry.field), screen);
    let cut = screen.theme.glyphs.cut;
    let room = usize::from(inside.width);
    let (text, role) = match &entry.problem {
        Some(problem) => (problem.as_str(), Role::Failed),
        None => (
            "An outcome in your words: Ship the retry queue. Or an upper limit: \
             --limit after_hours_share 20%, --limit wip 3 --per day.",
            Role::Muted,
        ),
    };
    let lines = wrap(text, room, cut);
    for (at, line) in lines.iter().take(4).enumerate() {
        put(buf, inside, (0, 2 + cells(at)), (line, screen.style(role)));
    }
    let key = |action| {
        let label = screen
            .state
            .keymap
            .label(&[crate::input::keymap::Context::Text], action);
        Span::new(label, screen.style(Role::Key))
    };
    let word = |text: &str| Span::new(text, screen.style(Role::Muted));
    let keys = [
        key(Action::Accept),
        word(" set   "),
        key(Action::Cancel),
        word(" not"),
    ];
    put_spans(buf, inside, (0, 6), &keys);
}
