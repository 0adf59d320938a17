//! Amounts as cells: hour × weekday, and the days of a year. Steps by quantile of what is not
//! zero, with a legend that says what each step means; zero is a dot, missing is blank.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use crate::model::figure::{Key, Point};
use crate::model::forms::{self, Clock};
use crate::ui::screen::Screen;
use crate::ui::text::{Span, cells, put, spans_width};
use crate::ui::theme::Role;
use crate::ui::words;

/// Where the steps begin.
#[derive(Clone, Debug, PartialEq)]
pub struct Steps(Vec<f64>);

impl Steps {
    /// At most `count` steps by quantiles of the values above zero.
    pub fn of(values: impl Iterator<Item = f64>, count: usize) -> Self {
        let mut values: Vec<f64> = values.filter(|value| *value > 0.0).collect();
        values.sort_by(f64::total_cmp);
        let mut bounds: Vec<f64> = Vec::new();
        for step in 0..count {
            if let Some(bound) = values.get(values.len() * step / count)
                && bounds.last().is_none_or(|last| bound > last)
            {
                bounds.push(*bound);
            }
        }
        Self(bounds)
    }

    /// The step of `value`: 0 = nothing, up to `count`. Fewer bounds than steps are spread over
    /// the whole ramp, so that little looks like little.
    pub fn step(&self, value: f64, count: usize) -> usize {
        let below = self.0.iter().filter(|bound| value >= **bound).count();
        match (below, self.0.len()) {
            (0, _) => 0,
            (_, 1) => count.div_ceil(2),
            (below, bounds) => 1 + (below - 1) * (count - 1) / (bounds - 1),
        }
    }

    /// `· 0  ░ 1-2  ▒ 3-5  █ 10+` in at most `room` columns, shortened where it has to be.
    pub fn legend(&self, room: usize, screen: &Screen<'_>) -> Vec<Span> {
        let fits = |spans: &Vec<Span>| spans_width(spans) <= room;
        [self.bounds("   ", screen), self.bounds("  ", screen)]
            .into_iter()
            .chain([self.ramp(screen)])
            .find(fits)
            .unwrap_or_default()
    }

    /// The steps in one piece, and from where to where they go.
    fn ramp(&self, screen: &Screen<'_>) -> Vec<Span> {
        let (Some(least), Some(most)) = (self.0.first(), self.0.last()) else {
            return Vec::new();
        };
        let count = screen.theme.steps();
        let mut out: Vec<Span> = self
            .0
            .iter()
            .map(|bound| {
                let (glyph, style) = screen.theme.amount(self.step(*bound, count));
                Span::new(glyph.repeat(2), style)
            })
            .collect();
        let text = format!(" {} to {}+", words::short(*least), words::short(*most));
        out.push(Span::new(text, screen.style(Role::Muted)));
        out
    }

    /// Every step with the values it stands for.
    fn bounds(&self, gap: &str, screen: &Screen<'_>) -> Vec<Span> {
        let mut out = Vec::new();
        let count = screen.theme.steps();
        let (zero, style) = screen.theme.amount(0);
        out.push(Span::new(zero, style));
        out.push(Span::new(" 0", screen.style(Role::Muted)));
        for (at, bound) in self.0.iter().enumerate() {
            let (glyph, style) = screen.theme.amount(self.step(*bound, count));
            out.push(Span::new(gap, screen.style(Role::Muted)));
            out.push(Span::new(glyph.repeat(2), style));
            let text = match self.0.get(at + 1) {
                None => format!(" {}+", words::short(*bound)),
                Some(next) if next - bound <= 1.0 => format!(" {}", words::short(*bound)),
                Some(next) => format!(" {}-{}", words::short(*bound), words::short(next - 1.0)),
            };
            out.push(Span::new(text, screen.style(Role::Muted)));
        }
        out
    }
}

/// Draws one cell `wide` columns wide.
pub(super) fn cell(
    buf: &mut Buffer,
    area: Rect,
    (at, wide): ((u16, u16), u16),
    (step, chosen): (usize, bool),
    screen: &Screen<'_>,
) {
    let (glyph, mut style) = screen.theme.amount(step);
    let text = if step == 0 {
        format!("{:^wide$}", glyph, wide = usize::from(wide))
    } else {
        glyph.repeat(usize::from(wide))
    };
    if chosen {
        // Brackets, not colour alone: the cell under the cursor reads as `[ ]` everywhere.
        style = screen.style(Role::Title).add_modifier(Modifier::REVERSED);
        let text = if wide >= 2 {
            format!("[{}]", " ".repeat(usize::from(wide) - 2))
        } else {
            screen.theme.glyphs.point.to_owned()
        };
        put(buf, area, at, (&text, style));
        return;
    }
    put(buf, area, at, (&text, style));
}

/// Hour × weekday.
pub struct Hours<'a> {
    /// The cells.
    pub points: &'a [Point],
    /// The first day of the week.
    pub start: Weekday,
    /// Columns a cell.
    pub wide: u16,
    /// Hour and row under the cursor.
    pub cursor: Option<(usize, usize)>,
}

/// Columns of the weekday names.
const NAMES: u16 = 5;

impl Hours<'_> {
    /// How wide the drawing is, totals included.
    pub fn width(wide: u16) -> u16 {
        NAMES + 24 * wide + 8
    }

    /// Draws header, seven rows with their totals, and the legend: 9 rows, 10 with a gap.
    pub fn draw(&self, buf: &mut Buffer, area: Rect, screen: &Screen<'_>) {
        let area = area.intersection(buf.area);
        let muted = screen.style(Role::Muted);
        // Where an hour is a column, the longer names of a dial of twelve would touch.
        let every = match forms::chosen().clock {
            Clock::Twelve if self.wide == 1 => 6,
            Clock::Twelve | Clock::Twentyfour => 3,
        };
        for hour in (0..24_u8).step_by(every) {
            let at = NAMES + u16::from(hour) * self.wide;
            put(buf, area, (at, 0), (&forms::axis_hour(hour), muted));
        }
        let amounts: BTreeMap<(u32, u8), f64> = self
            .points
            .iter()
            .filter_map(|point| match point.key {
                Key::Hour(day, hour) => Some((
                    (day.days_since(self.start), hour),
                    point.value.unwrap_or(0.0),
                )),
                _ => None,
            })
            .collect();
        let count = screen.theme.steps();
        let steps = Steps::of(amounts.values().copied(), count);
        let mut day = self.start;
        for row in 0..7_u16 {
            let y = row + 1;
            put(buf, area, (1, y), (&day.to_string(), muted));
            let mut total = 0.0;
            for hour in 0..24_u8 {
                let value = amounts.get(&(u32::from(row), hour)).copied().unwrap_or(0.0);
                total += value;
                let at = (NAMES + u16::from(hour) * self.wide, y);
                let chosen = self.cursor == Some((usize::from(hour), usize::from(row)));
                let step = covered(steps.step(value, count), screen);
                cell(buf, area, (at, self.wide), (step, chosen), screen);
            }
            let total = screen.number(words::short(total));
            let text = format!("{total:>7}");
            put(
                buf,
                area,
                (NAMES + 24 * self.wide, y),
                (&text, screen.style(Role::Text)),
            );
            day = day.succ();
        }
        legend(buf, area, 8, &steps, screen);
    }
}

/// The days of a year: a column a week, a row a weekday.
pub struct Year<'a> {
    /// One point a day.
    pub points: &'a [Point],
    /// The first day of the week.
    pub start: Weekday,
    /// Columns a week.
    pub wide: u16,
    /// The day under the cursor.
    pub cursor: Option<NaiveDate>,
}

impl Year<'_> {
    /// Draws months, seven rows and the legend: 9 rows. Weeks that do not fit are left out at
    /// the beginning.
    pub fn draw(&self, buf: &mut Buffer, area: Rect, screen: &Screen<'_>) {
        let area = area.intersection(buf.area);
        let (Some(first), Some(last)) = (self.points.first(), self.points.last()) else {
            return;
        };
        let weeks_fit = i64::from(area.width.saturating_sub(NAMES) / self.wide.max(1));
        let last_week = self.week(last.from);
        let first_week = self
            .week(first.from)
            .max(last_week - chrono::Duration::days(7 * (weeks_fit - 1).max(0)));
        let count = screen.theme.steps();
        let steps = Steps::of(self.points.iter().filter_map(|p| p.value), count);
        let muted = screen.style(Role::Muted);
        let mut day = self.start;
        for row in 0..7_u16 {
            if row % 2 == 0 {
                put(buf, area, (1, row + 1), (&day.to_string(), muted));
            }
            day = day.succ();
        }
        self.months(buf, area, (first_week, last_week), screen);
        for point in self.points {
            let Some(value) = point.value.filter(|_| point.from >= first_week) else {
                continue;
            };
            let column = self.column(point.from, first_week);
            let row = point.from.weekday().days_since(self.start);
            let at = (column, cells(row as usize) + 1);
            let chosen = self.cursor == Some(point.from);
            let step = covered(steps.step(value, count), screen);
            cell(buf, area, (at, self.wide), (step, chosen), screen);
        }
        legend(buf, area, 8, &steps, screen);
    }

    fn week(&self, day: NaiveDate) -> NaiveDate {
        let back = Days::new(u64::from(day.weekday().days_since(self.start)));
        day.checked_sub_days(back).unwrap_or(day)
    }

    fn column(&self, day: NaiveDate, first_week: NaiveDate) -> u16 {
        let weeks = (self.week(day) - first_week).num_days() / 7;
        let weeks = u16::try_from(weeks).unwrap_or(u16::MAX);
        NAMES.saturating_add(weeks.saturating_mul(self.wide))
    }

    /// The name of each month over its first whole week.
    fn months(
        &self,
        buf: &mut Buffer,
        area: Rect,
        (first, last): (NaiveDate, NaiveDate),
        screen: &Screen<'_>,
    ) {
        let mut free = 0;
        let mut week = first;
        let mut month = 0;
        while week <= last {
            let column = self.column(week, first);
            let fits = column >= free && column + 3 <= area.width;
            if week.month() != month && fits {
                let name = week.format("%b").to_string();
                put(buf, area, (column, 0), (&name, screen.style(Role::Muted)));
                month = week.month();
                free = column + 5;
            }
            let Some(next) = week.checked_add_days(Days::new(7)) else {
                break;
            };
            week = next;
        }
    }
}

/// Under the cover every cell looks the same.
pub(super) fn covered(step: usize, screen: &Screen<'_>) -> usize {
    if screen.state.blurred { 0 } else { step }
}

fn legend(buf: &mut Buffer, area: Rect, row: u16, steps: &Steps, screen: &Screen<'_>) {
    if screen.state.blurred {
        return;
    }
    let room = usize::from(area.width.saturating_sub(NAMES));
    let spans = steps.legend(room, screen);
    let mut column = NAMES;
    for span in spans {
        column += put(buf, area, (column, row), (&span.text, span.style));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_split_what_is_not_zero_evenly() {
        let values = [0.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0];
        let steps = Steps::of(values.into_iter(), 5);
        assert_eq!(steps, Steps(vec![1.0, 3.0, 5.0, 7.0, 9.0]));
        assert_eq!(steps.step(0.0, 5), 0);
        assert_eq!(steps.step(4.0, 5), 2);
        assert_eq!(steps.step(99.0, 5), 5);
    }

    #[test]
    fn few_values_use_the_whole_ramp_and_one_its_middle() {
        let steps = Steps::of([3.0, 3.0].into_iter(), 5);
        assert_eq!(steps.step(3.0, 5), 3);
        let two = Steps::of([1.0, 1.0, 1.0, 9.0, 9.0].into_iter(), 5);
        assert_eq!((two.step(1.0, 5), two.step(9.0, 5)), (1, 5));
        assert_eq!(steps.step(0.0, 5), 0);
        assert_eq!(Steps::of([].into_iter(), 5).step(1.0, 5), 0);
    }
}
