//! Others who could be me: one line each with its answer, and the evidence of the one under the
//! cursor.

use std::iter;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::proposals::ProposalList;
use crate::app::size::Tier;
use crate::input::action::Action;
use crate::input::keymap::Context;
use crate::model::period::Range;
use crate::model::proposal::Proposal;
use crate::model::text::Clean;
use crate::ui::screen::Screen;
use crate::ui::text::{
    Span, cells, clauses, fit, put, put_right, put_spans, rows, spans_width, width, wrap,
};
use crate::ui::theme::Role;
use crate::ui::widgets::{popup, table};
use crate::ui::words;

/// The widest the box gets.
const WIDEST: u16 = 96;
/// The column of the address.
const ADDRESS: u16 = 5;
/// How wide the labels of the evidence are.
const LABEL: u16 = 7;

/// Draws the list over `area`.
pub(super) fn draw(buf: &mut Buffer, area: Rect, list: &ProposalList, screen: &Screen<'_>) {
    let wide = area
        .width
        .saturating_sub(if screen.tier == Tier::Full { 8 } else { 0 });
    let wide = wide.min(WIDEST);
    let room = usize::from(wide.saturating_sub(4));
    let head = heading(room, screen);
    let about = list
        .all
        .get(list.cursor)
        .map_or_else(Vec::new, |one| evidence(one, room, screen));
    // The room for the evidence stays the same while the cursor moves.
    let most = list
        .all
        .iter()
        .map(|one| evidence(one, room, screen).len())
        .max();
    let about_rows = most.unwrap_or(0);
    let head_rows = if head.is_empty() { 0 } else { head.len() + 1 };
    // A blank line above the evidence, one below it, and the keys.
    let around = head_rows + about_rows + 3;
    let tallest =
        usize::from(
            area.height
                .saturating_sub(if screen.tier == Tier::Full { 4 } else { 0 }),
        );
    let shown = list
        .all
        .len()
        .min(tallest.saturating_sub(around + 2))
        .max(1);
    let note = table::position(list.cursor, list.all.len(), cells(shown));
    let size = (wide, popup::height(around + shown));
    let inside = popup::open(buf, area, size, ("Could these be you too?", &note), screen);
    for (at, line) in head.iter().enumerate() {
        put(
            buf,
            inside,
            (0, cells(at)),
            (line, screen.style(Role::Muted)),
        );
    }
    let body = rows(inside, cells(head_rows), cells(shown));
    for (at, position) in table::visible(list.cursor, list.all.len(), body).enumerate() {
        let answer = list.answers.get(position).copied().flatten();
        let chosen = position == list.cursor;
        let line = rows(body, cells(at), 1);
        screen.row_at(line, None, (position, list.cursor));
        proposal(buf, line, (&list.all[position], answer, chosen), screen);
    }
    let below = cells(head_rows + shown + 1);
    let bottom = inside.height.saturating_sub(1);
    let detail = rows(inside, below, bottom.saturating_sub(below));
    for (at, (label, line)) in about.iter().enumerate() {
        put(
            buf,
            detail,
            (0, cells(at)),
            (label, screen.style(Role::Muted)),
        );
        put(
            buf,
            detail,
            (LABEL, cells(at)),
            (line, screen.style(Role::Text)),
        );
    }
    keys(buf, rows(inside, bottom, 1), screen);
}

/// What a small screen has no room for.
fn heading(room: usize, screen: &Screen<'_>) -> Vec<String> {
    if screen.tier == Tier::Numbers {
        return Vec::new();
    }
    let text = "These count only after your yes; a no holds for good.";
    wrap(text, room, "")
}

/// Answer, address, how strong the evidence is, and how many commits.
fn proposal(
    buf: &mut Buffer,
    area: Rect,
    (one, answer, chosen): (&Proposal, Option<bool>, bool),
    screen: &Screen<'_>,
) {
    let style = |role| screen.style(if chosen { Role::Selected } else { role });
    if chosen {
        let blank = " ".repeat(usize::from(area.width));
        put(buf, area, (0, 0), (&blank, style(Role::Text)));
    }
    let (word, role) = match answer {
        Some(true) => ("yes", Role::Key),
        Some(false) => ("no", Role::Text),
        None => (screen.theme.glyphs.dot, Role::Muted),
    };
    put(buf, area, (1, 0), (word, style(role)));
    let count = one.commits();
    let noun = if count == 1 { "commit " } else { "commits" };
    let count = screen.number(words::count(count));
    let strength = one.strength.word();
    let right = match screen.tier {
        Tier::Numbers | Tier::TooSmall => format!("{strength:<6} "),
        Tier::Compact | Tier::Full => format!("{strength:<6}  {count:>6} {noun} "),
    };
    let room = usize::from(area.width.saturating_sub(ADDRESS)).saturating_sub(width(&right) + 1);
    let address = fit(
        &screen.name(one.entry.as_str()),
        room,
        screen.theme.glyphs.cut,
    );
    put(buf, area, (ADDRESS, 0), (&address, style(Role::Text)));
    put_right(buf, area, 0, &[Span::new(right, style(Role::Muted))]);
}

/// Why, where, when, and under which names: a label in the first line of each, and its text.
fn evidence(one: &Proposal, room: usize, screen: &Screen<'_>) -> Vec<(&'static str, String)> {
    if screen.state.blurred {
        return vec![("", screen.covered())];
    }
    let cut = screen.theme.glyphs.cut;
    let room = room.saturating_sub(usize::from(LABEL));
    let why = wrap(&one.because(), room, cut).into_iter();
    let labels = iter::once("why").chain(iter::repeat(""));
    let mut lines: Vec<(&str, String)> = labels.zip(why).collect();
    let seen: Vec<String> = one
        .seen
        .iter()
        .map(|(repo, n)| format!("{} in {repo}", words::count(*n)))
        .collect();
    let all = clauses(&seen, ", ", room);
    lines.push(("where", fit(&all, room, cut)));
    if let Some((from, to)) = one.days {
        let days = words::range(Range::new(from, to), &screen.state.calendar);
        let near = one.beside.as_ref();
        let near = near.map(|(relation, mine)| format!("{} {}", relation.word(), mine.as_str()));
        let clause: Vec<String> = iter::once(days).chain(near).collect();
        lines.push(("when", clauses(&clause, ", ", room)));
    }
    let names: Vec<&str> = one.names.iter().map(Clean::as_str).collect();
    if !names.is_empty() && screen.tier != Tier::Numbers {
        lines.push(("as", fit(&names.join(", "), room, cut)));
    }
    lines
}

/// What the keys do; the last ones are left out where they do not fit.
fn keys(buf: &mut Buffer, area: Rect, screen: &Screen<'_>) {
    let contexts = [Context::Proposals, Context::List];
    let mut column = 0;
    for (action, word) in [
        (Action::Yes, "yes"),
        (Action::No, "no"),
        (Action::Later, "later"),
        (Action::Open, "done"),
        (Action::Back, "discard"),
    ] {
        let key = screen.state.keymap.label(&contexts, action);
        let spans = [
            Span::new(key, screen.style(Role::Key)),
            Span::new(format!(" {word}"), screen.style(Role::Text)),
        ];
        if usize::from(column) + spans_width(&spans) > usize::from(area.width) {
            break;
        }
        column += put_spans(buf, area, (column, 0), &spans) + 2;
    }
}
