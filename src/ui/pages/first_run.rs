//! The first screens: nothing to read yet, and who is "me".

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::message::PersonLine;
use crate::app::size::Tier;
use crate::app::state::Chooser;
use crate::input::action::Action;
use crate::input::keymap::Context;
use crate::ui::screen::Screen;
use crate::ui::text::Span;
use crate::ui::text::{cells, columns, fit, put, put_spans, rows, spans_width, wrap};
use crate::ui::theme::Role;
use crate::ui::widgets::panel::Panel;
use crate::ui::widgets::{popup, table};
use crate::ui::words;

/// No repository and no commits: what is read, what never is, what to do.
pub(super) fn welcome(buf: &mut Buffer, area: Rect, screen: &Screen<'_>) {
    let inset = columns(area, 2, area.width.saturating_sub(4).min(86));
    let store = screen
        .state
        .facts
        .as_ref()
        .map(|facts| facts.store.as_str().to_owned());
    let place = screen.name(&store.unwrap_or_default());
    let kept = format!("Kept, once you say so, in one file that only you can read: {place}");
    let (near, add) = near(screen);
    let me = me(screen);
    let lines = [
        (Role::Title, "inward: your work, your record."),
        (Role::Text, ""),
        (
            Role::Text,
            "Read: commits you authored, their times, paths and line counts.",
        ),
        (
            Role::Text,
            "Never read into the record: file contents, message bodies, other people.",
        ),
        (Role::Text, &kept),
        (Role::Text, ""),
        (Role::Muted, &me),
        (Role::Text, ""),
        (Role::Title, &near),
    ];
    let mut row = 0;
    let cut = screen.theme.glyphs.cut;
    // Where it is small, what can be done is worth more than air and a name.
    let small = screen.tier == Tier::Numbers;
    for (role, text) in lines.into_iter().skip(usize::from(small)) {
        if text.is_empty() && !small {
            row += 1;
        }
        for line in wrap(text, usize::from(inset.width), cut) {
            put(buf, inset, (0, row), (&line, screen.style(role)));
            row += 1;
        }
    }
    let contexts = [Context::Page];
    let keys = [
        (screen.state.keymap.label(&contexts, Action::Add), add),
        (screen.state.keymap.label(&contexts, Action::Close), "quit"),
    ];
    for (key, words) in keys {
        let spans = [
            Span::new(format!("  {key:<3}"), screen.style(Role::Key)),
            Span::new(words, screen.style(Role::Text)),
        ];
        put_spans(buf, inset, (0, row), &spans);
        row += 1;
    }
    demo(buf, rows(inset, row + u16::from(!small), 1), screen);
}

/// The command to look around with: no key, so it stands apart from them.
fn demo(buf: &mut Buffer, area: Rect, screen: &Screen<'_>) {
    let muted = screen.style(Role::Muted);
    let mut spans = vec![
        Span::new("Just looking? Quit, then type ", muted),
        Span::new("inward demo", screen.style(Role::Title)),
        Span::new(": a generated year.", muted),
    ];
    if spans_width(&spans) > usize::from(area.width) {
        spans.pop();
    }
    put_spans(buf, area, (0, 0), &spans);
}

/// What was found near, and what the key that adds does then.
fn near(screen: &Screen<'_>) -> (String, &'static str) {
    // What an export is of, where there is room to say so.
    let small = screen.tier == Tier::Numbers;
    let pick = |wide, narrow| if small { narrow } else { wide };
    let around = screen.state.around.as_ref();
    let Some(around) = around.filter(|around| !around.names.is_empty()) else {
        return (
            "No repository lies here. Start inward inside one, or add it:".to_owned(),
            pick(
                "add a repository, a folder or a task export",
                "add a repository, a folder or an export",
            ),
        );
    };
    let names: Vec<_> = around
        .names
        .iter()
        .take(4)
        .map(|name| screen.name(name.as_str()))
        .collect();
    let all = around.names.len();
    let rest = match all.saturating_sub(4) {
        0 => String::new(),
        rest => format!(" and {rest} more"),
    };
    let count = match (all, around.more) {
        (1, false) => "One repository".to_owned(),
        (n, false) => format!("{n} repositories"),
        (n, true) => format!("{n} repositories or more"),
    };
    (
        format!("{count} found near: {}{rest}.", names.join(", ")),
        pick(
            "read them, or add another folder or a task export",
            "read them, or add a folder or an export",
        ),
    )
}

/// Who the owner is, as far as git's settings say.
fn me(screen: &Screen<'_>) -> String {
    let facts = screen.state.facts.as_ref();
    let me = facts.map_or(&[][..], |facts| facts.me.as_slice());
    if me.is_empty() {
        return "Git's settings name no address of yours: inward asks once it has read the authors."
            .to_owned();
    }
    let all: Vec<_> = me.iter().map(|one| screen.name(one.as_str())).collect();
    format!("You, as git's settings say: {}.", all.join(", "))
}

/// The authors of the repository, by address, without counts; shown and not stored.
pub(super) fn chooser(buf: &mut Buffer, area: Rect, (chooser, screen): (&Chooser, &Screen<'_>)) {
    let inset = columns(area, 1, area.width.saturating_sub(2));
    let head = [
        (Role::Title, "Which of these are you?"),
        (
            Role::Muted,
            "Git knows no address of yours here. This list is shown, not stored; only commits of \
             the addresses you confirm are read.",
        ),
    ];
    let mut row = 0;
    for (role, text) in head {
        for line in wrap(text, usize::from(inset.width), "") {
            put(buf, inset, (0, row), (&line, screen.style(role)));
            row += 1;
        }
    }
    if chooser.typing {
        popup::input(buf, inset, row, ("/ ", &chooser.filter), screen);
    } else if !chooser.filter.text().is_empty() {
        let used = put(buf, inset, (0, row), ("/ ", screen.style(Role::Key)));
        let text = fit(
            chooser.filter.text(),
            usize::from(inset.width),
            screen.theme.glyphs.cut,
        );
        put(buf, inset, (used, row), (&text, screen.style(Role::Text)));
    }
    let body = rows(area, row + 1, area.height.saturating_sub(row + 1));
    let shown = chooser.shown();
    let total = shown.len();
    let note = table::position(chooser.cursor, total, body.height.saturating_sub(2));
    let panel = Panel {
        title: "Addresses",
        note: screen.note(&note),
        focused: true,
    };
    let inside = panel.draw(buf, body, screen);
    if total == 0 {
        let text = if chooser.people.is_empty() {
            "No author found: this repository has no commits yet."
        } else {
            "No address or name holds these letters."
        };
        put(buf, inside, (0, 0), (text, screen.style(Role::Muted)));
    }
    for (at, position) in table::visible(chooser.cursor, total, inside).enumerate() {
        let person = shown[position];
        let chosen = position == chooser.cursor;
        let marked = chooser.marked.contains(&person.address);
        let line = rows(inside, cells(at), 1);
        screen.row_at(line, None, (position, chooser.cursor));
        draw_person(buf, line, (person, chosen, marked), screen);
    }
}

/// The longest span of days, `30 Sep 2015 to 12 Nov 2016`, and a blank.
const DAYS: u16 = 27;

fn draw_person(
    buf: &mut Buffer,
    area: Rect,
    (person, chosen, marked): (&PersonLine, bool, bool),
    screen: &Screen<'_>,
) {
    let style = |role| {
        if chosen {
            screen.style(Role::Selected)
        } else {
            screen.style(role)
        }
    };
    if chosen {
        let blank = " ".repeat(usize::from(area.width));
        put(buf, area, (0, 0), (&blank, style(Role::Text)));
    }
    let glyphs = &screen.theme.glyphs;
    let mark = glyphs.marks[usize::from(!marked)];
    put(buf, area, (0, 0), (mark, style(Role::Key)));
    // The days are never cut: they have their room, or are left out.
    let days = person.days.filter(|_| area.width >= 90);
    let rest = area
        .width
        .saturating_sub(if days.is_some() { 4 + DAYS } else { 4 });
    let room = rest / 7 * 4;
    let address = screen.name(person.address.as_str());
    let address = fit(&address, usize::from(room), glyphs.cut);
    put(buf, area, (4, 0), (&address, style(Role::Text)));
    let names: Vec<_> = person
        .names
        .iter()
        .map(|n| screen.name(n.as_str()))
        .collect();
    let names = fit(
        &names.join(", "),
        usize::from((rest - room).saturating_sub(4)),
        glyphs.cut,
    );
    put(buf, area, (room + 6, 0), (&names, style(Role::Muted)));
    if let Some((first, last)) = days {
        let days = crate::model::period::Range::new(first, last);
        let days = screen.clause(words::range(days, &screen.state.calendar));
        put(
            buf,
            area,
            (area.width - DAYS, 0),
            (&days, style(Role::Muted)),
        );
    }
}
