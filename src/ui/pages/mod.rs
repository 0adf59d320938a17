//! One file a page. A page that is added gets its arm here; the match has no wildcard.

mod add;
mod commit;
mod correct;
pub(super) mod cover;
mod draft;
mod empty;
mod figure;
mod first_run;
mod flow;
mod forget;
mod goals;
mod help;
mod items;
mod keep;
mod kinds;
mod log;
mod measures;
mod narrow;
mod note;
mod outbox;
mod overview;
pub(super) mod popups;
mod pressure;
mod privacy;
mod projects;
mod proposals;
mod repository;
mod rhythm;
mod rows;
mod said;
mod self_test;
mod share;
mod stored;
mod task;
mod trends;
mod work;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::screen::Screen;
use crate::app::page::Page;
use crate::app::state::Detail;

/// Draws what is open into `area`.
pub fn draw(buf: &mut Buffer, area: Rect, screen: &Screen<'_>) {
    let state = screen.state;
    if let Some(chooser) = &state.chooser {
        first_run::chooser(buf, area, (chooser, screen));
        return;
    }
    if state.is_bare() && state.page != Page::Privacy {
        first_run::welcome(buf, area, screen);
        return;
    }
    match state.details.last() {
        Some(Detail::Figure(detail)) => return figure::draw(buf, area, detail, screen),
        Some(Detail::Table(detail)) => return stored::draw(buf, area, detail, screen),
        Some(Detail::Task(detail)) => return task::draw(buf, area, detail, screen),
        Some(Detail::Repository(detail)) => return repository::draw(buf, area, detail, screen),
        Some(Detail::Draft(detail)) => return draft::draw(buf, area, detail, screen),
        Some(Detail::Commit(detail)) => return commit::draw(buf, area, detail, screen),
        None => {}
    }
    match state.page {
        Page::Overview => overview::draw(buf, area, screen),
        Page::Trends => trends::draw(buf, area, screen),
        Page::Rhythm => rhythm::draw(buf, area, screen),
        Page::Flow => flow::draw(buf, area, screen),
        Page::Work => work::draw(buf, area, screen),
        Page::Goals => goals::draw(buf, area, screen),
        Page::Projects => projects::draw(buf, area, screen),
        Page::Privacy => privacy::draw(buf, area, screen),
    }
}
