//! The dialog of a share: the lines and their boxes, the weighing, the exact bytes, the word.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::popups::entry;
use crate::app::share::{Preview, Row, Share, Step, WORD, lines_of, room};
use crate::ui::screen::Screen;
use crate::ui::text::{cells, fit, put, rows, wrap};
use crate::ui::theme::Role;
use crate::ui::widgets::{popup, table};

/// Draws the step.
pub(super) fn draw(buf: &mut Buffer, area: Rect, share: &Share, screen: &Screen<'_>) {
    let cut = screen.theme.glyphs.cut;
    match &share.step {
        Step::Lines => lines(buf, area, share, screen),
        Step::Own(typed) => {
            let more = ["One line, in your own words; an empty one is not taken. Esc leaves it."];
            entry(
                buf,
                area,
                ("A line of your own", "", typed),
                (&more, screen),
            );
        }
        Step::Weighing(_) => {
            let text = format!("Weighing: everybody's changes are counted, in memory only{cut}");
            say(buf, area, &[(Role::Text, text)], screen);
        }
        Step::Preview(preview, scroll) => file(buf, area, (preview, *scroll), screen),
        Step::Word(preview, typed) => {
            let word = format!("Type `{WORD}` and press Enter; Esc leaves, nothing is written.");
            let bytes = format!("{} bytes, as shown, into a new file:", preview.text.len());
            let path = screen.name(preview.path.as_str());
            let more = [word.as_str(), &bytes, &path, &preview.sentence];
            entry(buf, area, ("Write it?", "", typed), (&more, screen));
        }
        Step::Busy => say(buf, area, &[(Role::Text, format!("Writing{cut}"))], screen),
        Step::Done(path) => {
            let path = screen.name(path.as_str());
            let all = [
                (Role::Title, format!("Written: {path}")),
                (
                    Role::Muted,
                    "Only you can read it. The ledger keeps which bands it gave, and none of your words."
                        .to_owned(),
                ),
            ];
            say(buf, area, &all, screen);
        }
        Step::Refused(why) => {
            let all = [
                (Role::Failed, "Nothing was written.".to_owned()),
                (Role::Text, screen.clause(why.to_string())),
            ];
            say(buf, area, &all, screen);
        }
    }
}

fn lines(buf: &mut Buffer, area: Rect, share: &Share, screen: &Screen<'_>) {
    let all = share.rows();
    let wide = area.width.min(96);
    let room = usize::from(wide.saturating_sub(4));
    let cut = screen.theme.glyphs.cut;
    let about = wrap(share.profile.about(), room, cut);
    let below = cells(about.len()) + 1;
    let high = (popup::height(all.len()) + below).min(area.height);
    let title = ("Share", "off until chosen");
    let inside = popup::open(buf, area, (wide, high), title, screen);
    let below = if inside.height > below + 3 { below } else { 0 };
    let list = rows(inside, 0, inside.height.saturating_sub(below));
    for (row, at) in table::visible(share.cursor, all.len(), list).enumerate() {
        let Some(what) = all.get(at) else { continue };
        let (role, text) = words(share, *what, screen);
        let role = if at == share.cursor {
            Role::Selected
        } else {
            role
        };
        let line = rows(list, cells(row), 1);
        let blank = " ".repeat(usize::from(line.width));
        put(buf, line, (0, 0), (&blank, screen.style(role)));
        let text = fit(&text, usize::from(line.width).saturating_sub(2), cut);
        put(buf, line, (1, 0), (&text, screen.style(role)));
    }
    if below > 0 {
        for (row, line) in about.iter().enumerate() {
            let at = list.height + 1 + cells(row);
            put(buf, inside, (0, at), (line, screen.style(Role::Muted)));
        }
    }
}

/// A row in words.
fn words(share: &Share, row: Row, screen: &Screen<'_>) -> (Role, String) {
    let lines = share.lines.as_deref().unwrap_or_default();
    match row {
        Row::Profile => (Role::Text, format!("For      {}", share.profile.as_str())),
        Row::Window => (Role::Text, format!("Quarter  {}", share.window)),
        Row::Line(at) => {
            let Some(line) = lines.get(at) else {
                return (Role::Muted, String::new());
            };
            let text = screen.clause(line.text.to_string());
            if let Some(why) = line.why_not {
                return (Role::Muted, format!(" -  {text}: nothing to say, {why}"));
            }
            let chosen = share.chosen.contains(&line.id);
            let mark = if chosen { 'x' } else { ' ' };
            (Role::Text, format!("[{mark}] {text}"))
        }
        Row::Own(at) => {
            let text = share.own.get(at).map(ToString::to_string);
            let text = screen.clause(text.unwrap_or_default());
            (Role::Text, format!("[x] {text}"))
        }
        Row::Add => (Role::Text, " +  A line of your own".to_owned()),
        Row::Weigh if share.lines.is_none() => (Role::Muted, "Reading the quarter".to_owned()),
        Row::Weigh => (Role::Key, "Weigh it and show the file".to_owned()),
    }
}

fn file(buf: &mut Buffer, area: Rect, (preview, scroll): (&Preview, usize), screen: &Screen<'_>) {
    let (width, height) = room(screen.state.size);
    let lines = lines_of(preview, width);
    let size = (area.width.min(96), popup::height(lines.len().min(height)));
    let note = format!("{} bytes", preview.text.len());
    let title = ("The file, nothing else", note.as_str());
    let inside = popup::open(buf, area, size, title, screen);
    for (row, line) in lines.iter().skip(scroll).take(height).enumerate() {
        let text = screen.clause(line.clone());
        put(
            buf,
            inside,
            (0, cells(row)),
            (&text, screen.style(Role::Text)),
        );
    }
}

fn say(buf: &mut Buffer, area: Rect, texts: &[(Role, String)], screen: &Screen<'_>) {
    let wide = area.width.min(76);
    let room = usize::from(wide.saturating_sub(4));
    let lines: Vec<(Role, String)> = texts
        .iter()
        .flat_map(|(role, text)| {
            let lines = wrap(text, room, screen.theme.glyphs.cut);
            lines.into_iter().map(|line| (*role, line))
        })
        .collect();
    let size = (wide, popup::height(lines.len()).min(area.height));
    let inside = popup::open(buf, area, size, ("Share", ""), screen);
    for (row, (role, line)) in lines.iter().enumerate() {
        put(buf, inside, (0, cells(row)), (line, screen.style(*role)));
    }
}
