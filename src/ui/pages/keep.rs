//! The question whether to keep what was read, and how much of it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::input::action::Action;
use crate::input::keymap::Context;
use crate::model::keep::Measure;
use crate::ui::screen::Screen;
use crate::ui::text::{Span, cells, put, put_spans, width, wrap};
use crate::ui::theme::Role;
use crate::ui::widgets::popup;
use crate::ui::words;

/// What no answer keeps.
const NEVER: &str = "Never: file contents, diffs, message bodies, other people's names or addresses; \
                     of their commits only ids and times.";

/// Draws the question over `area`.
pub(super) fn draw(buf: &mut Buffer, area: Rect, screen: &Screen<'_>) {
    let wide = area.width.min(76);
    let room = usize::from(wide.saturating_sub(4));
    let all = lines(room, screen);
    // Where it is tight, blank lines go first.
    let fits = all.len() + 4 <= usize::from(area.height);
    let all: Vec<_> = all
        .into_iter()
        .filter(|(_, line)| fits || !line.is_empty())
        .collect();
    let gap = if fits { 2 } else { 1 };
    let height = popup::height(all.len() + gap);
    let inside = popup::open(buf, area, (wide, height), ("Keep this?", ""), screen);
    let shown = usize::from(inside.height.saturating_sub(1));
    for (at, (role, line)) in all.iter().take(shown).enumerate() {
        put(buf, inside, (0, cells(at)), (line, screen.style(*role)));
    }
    let spans = [
        Span::new(key(Action::Keep, screen), screen.style(Role::Key)),
        Span::new(" keep    ", screen.style(Role::Text)),
        Span::new(key(Action::NotNow, screen), screen.style(Role::Key)),
        Span::new(" not now", screen.style(Role::Text)),
    ];
    // The keys stay in sight where the text fills the screen.
    let row = cells(all.len() + gap - 1).min(inside.height.saturating_sub(1));
    put_spans(buf, inside, (0, row), &spans);
}

/// What is said, in lines of at most `room` columns; what may be cut off comes last.
fn lines(room: usize, screen: &Screen<'_>) -> Vec<(Role, String)> {
    let facts = screen.state.facts.as_ref();
    let count = facts.map_or(0, |facts| facts.commits);
    let count = screen.number(words::count(count));
    let store = facts.map_or_else(String::new, |facts| screen.name(facts.store.as_str()));
    let texts = [
        (
            Role::Title,
            format!("Read: {count} commits of yours, in memory only."),
        ),
        (Role::Text, measures(screen)),
        (Role::Text, reflog(room, screen)),
        (Role::Text, String::new()),
        (Role::Text, screen.state.keep_measure.keeps().to_owned()),
        (Role::Text, NEVER.to_owned()),
        (
            Role::Muted,
            "For your account alone; not encrypted.".to_owned(),
        ),
        (Role::Text, format!("In: {store}")),
    ];
    let cut = screen.theme.glyphs.cut;
    let mut out = Vec::new();
    for (role, text) in texts {
        if text.is_empty() {
            out.push((role, text));
        } else {
            out.extend(wrap(&text, room, cut).into_iter().map(|line| (role, line)));
        }
    }
    out
}

/// How much is to be kept, the choice marked.
fn measures(screen: &Screen<'_>) -> String {
    let chosen = screen.state.keep_measure;
    let parts = [Action::KeepAll, Action::KeepNoWords, Action::KeepDays]
        .into_iter()
        .zip(Measure::ALL);
    let parts = parts.map(|(action, measure)| {
        let mark = screen.theme.glyphs.marks[usize::from(measure != chosen)];
        format!("{mark} {} {}", key(action, screen), measure.words())
    });
    parts.collect::<Vec<_>>().join("  ")
}

/// Whether the reflog is read, in one line where there is room for none more.
fn reflog(room: usize, screen: &Screen<'_>) -> String {
    let mark = screen.theme.glyphs.marks[usize::from(!screen.state.keep_reflog)];
    let key = key(Action::Mark, screen);
    let long = format!("{mark} {key} also reads git's reflog: what you did to branches, 180 days");
    if width(&long) <= room {
        return long;
    }
    format!("{mark} {key} and git's reflog, kept for 180 days")
}

fn key(action: Action, screen: &Screen<'_>) -> String {
    screen.state.keymap.label(&[Context::Keep], action)
}
