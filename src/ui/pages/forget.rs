//! The box for forgetting: what, how much that takes, the word, and what was made sure.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::popups::entry;
use super::said;
use crate::app::privacy::forget::{Outcome, REACH, Step, Target, WORD, words};
use crate::ui::screen::Screen;
use crate::ui::text::{Span, cells, fit, put, put_right, rows, width, wrap};
use crate::ui::theme::Role;
use crate::ui::widgets::{popup, table};
use crate::ui::words as spoken;

/// Draws the step.
pub(super) fn draw(buf: &mut Buffer, area: Rect, step: &Step, screen: &Screen<'_>) {
    match step {
        Step::Which(at) => which(buf, area, *at, screen),
        Step::Day(typed) => {
            let more = [
                "What is before this day goes, and later scans leave it out too.",
                "A day such as 2024-01-31.",
            ];
            entry(
                buf,
                area,
                ("Forget what is before", "", typed),
                (&more, screen),
            );
        }
        Step::Word {
            target,
            takes,
            entry: typed,
        } => {
            let takes = takes.map_or_else(
                || format!("Counting{}", screen.theme.glyphs.cut),
                |commits| how_much(*target, commits, screen),
            );
            let erased = format!("Erased for good, then looked for in every byte. {REACH}");
            let word = format!("Type `{WORD}` and press Enter; Esc leaves all as it is.");
            let more = [word.as_str(), &takes, &erased];
            entry(
                buf,
                area,
                (&title(*target, screen), "", typed),
                (&more, screen),
            );
        }
        Step::Busy => said::draw(buf, area, ("Forget", &[(Role::Text, busy(screen))]), screen),
        Step::Done(outcome) => {
            let role = match outcome {
                Outcome::Erased { .. } => Role::Title,
                Outcome::Failed(_) => Role::Failed,
            };
            let mut all = vec![(role, screen.clause(words(outcome)))];
            if matches!(outcome, Outcome::Erased { .. }) {
                all.push((Role::Muted, REACH.to_owned()));
            }
            said::draw(buf, area, ("Forget", &all), screen);
        }
    }
}

fn busy(screen: &Screen<'_>) -> String {
    format!("Erasing, and looking for it{}", screen.theme.glyphs.cut)
}

fn title(target: Target, screen: &Screen<'_>) -> String {
    match target {
        Target::Repository(repo) => format!("Forget {}?", screen.repo(repo)),
        Target::Before(day) => format!("Forget all before {}?", screen.number(day.to_string())),
    }
}

fn how_much(target: Target, commits: u64, screen: &Screen<'_>) -> String {
    let count = screen.number(spoken::count(commits));
    let noun = if commits == 1 { "commit" } else { "commits" };
    match target {
        Target::Repository(_) => format!(
            "Takes up to {count} {noun} of yours and all that hangs on them; what another repository \
             holds too stays, and what trackers told (tasks, pull requests, reviews). The repository is not \
             touched, and not read again until you add it."
        ),
        Target::Before(_) => format!("Takes {count} {noun} of yours and all that hangs on them."),
    }
}

/// The repositories, then a day; what takes a command of its own stands below.
fn which(buf: &mut Buffer, area: Rect, cursor: usize, screen: &Screen<'_>) {
    let Some(facts) = &screen.state.facts else {
        return;
    };
    let total = facts.repos.len() + 1;
    let wide = area.width.min(70);
    let room = usize::from(wide.saturating_sub(4));
    let more = "A task, a text, a source or all of it: `inward forget --help` in a shell.";
    let more = wrap(more, room, "");
    let below = cells(more.len()) + 1;
    let high = (popup::height(total) + below).min(area.height.saturating_sub(2));
    let inside = popup::open(buf, area, (wide, high), ("Forget", ""), screen);
    let list = rows(inside, 0, inside.height.saturating_sub(below));
    for (row, at) in table::visible(cursor, total, list).enumerate() {
        let line = rows(list, cells(row), 1);
        screen.row_at(line, None, (at, cursor));
        let style = screen.style(if at == cursor {
            Role::Selected
        } else {
            Role::Text
        });
        let (name, count) = match facts.repos.get(at) {
            Some(repo) => (
                format!("Repository {}", screen.name(repo.name.as_str())),
                screen.number(spoken::count(repo.commits)),
            ),
            None => ("All before a day".to_owned(), String::new()),
        };
        let blank = " ".repeat(usize::from(line.width));
        put(buf, line, (0, 0), (&blank, style));
        let room = usize::from(line.width).saturating_sub(width(&count) + 3);
        let name = fit(&name, room, screen.theme.glyphs.cut);
        put(buf, line, (1, 0), (&name, style));
        put_right(buf, line, 0, &[Span::new(format!("{count} "), style)]);
    }
    for (row, line) in more.iter().enumerate() {
        let at = inside.height.saturating_sub(below) + 1 + cells(row);
        put(buf, inside, (0, at), (line, screen.style(Role::Muted)));
    }
}
