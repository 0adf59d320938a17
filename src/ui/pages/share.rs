//! The dialog of a share: the lines and their boxes, the weighing, the exact bytes, the word.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::popups::entry;
use super::{outbox, said};
use crate::app::popup::Entry;
use crate::app::share::{Preview, Row, Share, Step, WORD, lines_of, room};
use crate::share::{Concern, Form, OWN_CHARS};
use crate::ui::screen::Screen;
use crate::ui::text::{cells, fit, put, rows, width, wrap};
use crate::ui::theme::Role;
use crate::ui::widgets::{popup, table};

/// Draws the step.
pub(super) fn draw(buf: &mut Buffer, area: Rect, share: &Share, screen: &Screen<'_>) {
    let cut = screen.theme.glyphs.cut;
    let say = |buf: &mut Buffer, role, text: String| {
        said::draw(buf, area, ("Share", &[(role, text)]), screen);
    };
    match &share.step {
        Step::Lines => lines(buf, area, share, screen),
        Step::Own(typed) => own(buf, area, (share, typed), screen),
        Step::Weighing(_) => {
            let text = format!("Weighing: everybody's changes are counted, in memory only{cut}");
            say(buf, Role::Text, text);
        }
        Step::Weight(..) => read(buf, area, (share, "What it gives away", ""), screen),
        Step::Preview(preview, _) => {
            let bytes = screen.clause(format!("{} bytes", preview.text.len()));
            let title = "The file, nothing else";
            read(buf, area, (share, title, &bytes), screen);
        }
        Step::Word(preview, typed) => word(buf, area, (preview, typed), screen),
        Step::Busy => say(buf, Role::Text, format!("Writing{cut}")),
        Step::Done(path) => {
            let path = screen.name(path.as_str());
            let kept = "Only you can read it. The ledger keeps which bands it gave, and none of your words.";
            let all = [
                (Role::Title, format!("Written: {path}")),
                (Role::Muted, kept.to_owned()),
            ];
            said::draw(buf, area, ("Share", &all), screen);
        }
        Step::Refused(..) => read(buf, area, (share, "Nothing was written", ""), screen),
    }
}

fn lines(buf: &mut Buffer, area: Rect, share: &Share, screen: &Screen<'_>) {
    let all = share.rows();
    let wide = area.width.min(96);
    let room = usize::from(wide.saturating_sub(4));
    let cut = screen.theme.glyphs.cut;
    let (role, about) = below(share, all.get(share.cursor));
    let about = wrap(about, room, cut);
    let below = cells(about.len()) + 1;
    let high = (popup::height(all.len()) + below).min(area.height);
    let title = ("Share", "off until chosen");
    let inside = popup::open(buf, area, (wide, high), title, screen);
    let below = if inside.height > below + 3 { below } else { 0 };
    let list = rows(inside, 0, inside.height.saturating_sub(below));
    for (row, at) in table::visible(share.cursor, all.len(), list).enumerate() {
        let Some(what) = all.get(at) else { continue };
        let line = rows(list, cells(row), 1);
        screen.row_at(line, None, (at, share.cursor));
        draw_row(buf, line, (share, *what, at == share.cursor), screen);
    }
    if below > 0 {
        for (row, line) in about.iter().enumerate() {
            let at = list.height + 1 + cells(row);
            put(buf, inside, (0, at), (line, screen.style(role)));
        }
    }
}

/// What is said below the rows: why a quarter cannot be told of, why a line has nothing to say, or for
/// whom the file is.
fn below<'a>(share: &'a Share, row: Option<&Row>) -> (Role, &'a str) {
    if let Some(why) = &share.held {
        return (Role::Worth, why);
    }
    let lines = share.lines.as_deref().unwrap_or_default();
    let line = match row {
        Some(Row::Line(at)) => lines.get(*at),
        _ => None,
    };
    let why = line.and_then(|line| line.why_not);
    (Role::Muted, why.unwrap_or_else(|| share.profile.about()))
}

fn draw_row(
    buf: &mut Buffer,
    line: Rect,
    (share, row, chosen): (&Share, Row, bool),
    screen: &Screen<'_>,
) {
    let cut = screen.theme.glyphs.cut;
    let (role, text) = words(share, row, screen);
    let role = if chosen { Role::Selected } else { role };
    let blank = " ".repeat(usize::from(line.width));
    put(buf, line, (0, 0), (&blank, screen.style(role)));
    let room = usize::from(line.width).saturating_sub(2);
    let (mark, rest) = text;
    // What a line would tell stays in sight; its words are cut first.
    let left = room.saturating_sub(width(&mark));
    let text = format!("{}{mark}", fit(&rest, left, cut));
    put(
        buf,
        line,
        (1, 0),
        (&fit(&text, room, cut), screen.style(role)),
    );
}

/// A row in words: what stands at its end whatever is cut, and the rest.
fn words(share: &Share, row: Row, screen: &Screen<'_>) -> (Role, (String, String)) {
    let lines = share.lines.as_deref().unwrap_or_default();
    let plain = |role, text: String| (role, (String::new(), text));
    match row {
        Row::Profile => plain(Role::Text, format!("For      {}", share.profile.as_str())),
        Row::Window => plain(Role::Text, format!("Quarter  {}", share.window)),
        Row::Form => {
            let form = match share.form {
                Form::Markdown => "Markdown",
                Form::Json => "JSON",
            };
            plain(Role::Text, format!("File     {form}"))
        }
        Row::Line(at) => {
            let Some(line) = lines.get(at) else {
                return plain(Role::Muted, String::new());
            };
            let text = screen.clause(line.text.to_string());
            if let Some(why) = line.why_not {
                return plain(Role::Muted, format!(" -  {text}: nothing to say, {why}"));
            }
            let chosen = share.chosen.contains(&line.id);
            let mark = if chosen { 'x' } else { ' ' };
            plain(Role::Text, format!("[{mark}] {text}"))
        }
        Row::Own(at) => {
            let text = share.own.get(at).map_or("", |line| line.as_str());
            let (concerns, refused) = share.concerns(text);
            let role = if concerns.is_empty() {
                Role::Text
            } else {
                Role::Worth
            };
            let mut said = telling(&concerns);
            if !said.is_empty() {
                let first = if refused { "refused: " } else { "" };
                said = format!("  ({first}{said})");
            }
            (role, (said, format!("[x] {}", screen.clause(text))))
        }
        Row::Add => plain(Role::Text, " +  A line of your own".to_owned()),
        Row::Weigh if share.lines.is_none() => plain(Role::Muted, "Reading the quarter".to_owned()),
        Row::Weigh => plain(Role::Key, "Weigh it and show the file".to_owned()),
    }
}

/// What a line would tell, in words; empty when nothing in it can be looked up.
fn telling(concerns: &[Concern]) -> String {
    let all: Vec<_> = concerns.iter().map(|one| one.words()).collect();
    all.join(", ")
}

/// The field for a line, and what in it can be looked up elsewhere, said while it is typed.
fn own(buf: &mut Buffer, area: Rect, (share, typed): (&Share, &Entry), screen: &Screen<'_>) {
    let (concerns, refused) = share.concerns(typed.field.text());
    let said = telling(&concerns);
    let said = match (said.is_empty(), refused) {
        (true, _) => String::new(),
        (_, true) => format!("It {said}: whoever looks that up finds you, so it is not taken."),
        (_, false) => format!("It {said}."),
    };
    let most = format!("One line of at most {OWN_CHARS} characters; Esc leaves it.");
    let more = [most.as_str(), said.as_str()];
    let title = "A line of your own";
    entry(buf, area, (title, "", typed), (&more, screen));
}

fn word(buf: &mut Buffer, area: Rect, (preview, typed): (&Preview, &Entry), screen: &Screen<'_>) {
    let word = format!("Type `{WORD}` and press Enter; Esc leaves, nothing is written.");
    let size = screen.number(preview.text.len().to_string());
    let bytes = format!("{size} bytes, as shown, into a new file:");
    let path = screen.name(preview.path.as_str());
    let path = outbox::path(&path, usize::from(area.width.min(66)).saturating_sub(4));
    let leaves = outbox::leaves(screen).unwrap_or_default();
    let mut more = vec![word.as_str(), &bytes];
    more.extend(path.iter().map(String::as_str));
    more.push(&leaves);
    entry(buf, area, ("Write it?", "", typed), (&more, screen));
}

/// A text to be read, from the line that was scrolled to.
fn read(
    buf: &mut Buffer,
    area: Rect,
    (share, title, note): (&Share, &str, &str),
    screen: &Screen<'_>,
) {
    let (width, height) = room(screen.state.size);
    let Some((text, first)) = share.step.reading() else {
        return;
    };
    let lines = if screen.state.blurred {
        vec![screen.covered()]
    } else {
        lines_of(text, width)
    };
    let size = (area.width.min(96), popup::height(lines.len().min(height)));
    let below = lines.len().saturating_sub(first + height);
    let more = if below > 0 {
        format!("{below} more lines below")
    } else {
        note.to_owned()
    };
    let inside = popup::open(buf, area, size, (title, &more), screen);
    for (row, line) in lines.iter().skip(first).take(height).enumerate() {
        let style = screen.style(Role::Text);
        put(buf, inside, (0, cells(row)), (line, style));
    }
}
