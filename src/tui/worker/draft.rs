//! Drafts: the text of one, and the file it is written to.

use std::sync::Arc;

use super::{Known, Setting, Worker};
use crate::app::effect::DraftAsk;
use crate::app::message::Message;
use crate::app::view::{DraftView, Outbox};
use crate::model::period::Range;
use crate::model::text::Clean;
use crate::report::draft::wording::WordingError;
use crate::report::draft::{Asked, Draft, Kind, compose, since};
use crate::store::{Action, StoreError};

/// A draft in words.
struct Text {
    /// The days it is about.
    range: Range,
    /// The words.
    words: String,
    /// It has nothing to tell.
    empty: bool,
    /// Why the owner's own wording was not used; empty where it was, or there is none.
    problem: String,
}

/// The draft that `ask` wants; inside, why it cannot be put into words.
///
/// # Errors
/// When the store cannot be read.
fn text(
    setting: &Setting,
    known: &Known,
    ask: &DraftAsk,
) -> Result<Result<Text, WordingError>, StoreError> {
    let calendar = &ask.calendar;
    let away = &known.data.away;
    let range = match ask.kind {
        Kind::Standup => Range::new(since(calendar, away).day, calendar.today()),
        Kind::Week | Kind::Month | Kind::Review => ask.range,
    };
    let asked = Asked {
        kind: ask.kind,
        range,
        calendar,
        away,
        ids: ask.ids,
    };
    let material = setting.store.material(range)?;
    let draft = compose(&asked, material, Some(&known.data));
    let empty = is_empty(&draft);
    Ok(setting.wording.write(&draft, ask.form).map(|written| Text {
        range,
        empty,
        words: written.text,
        problem: written
            .problems
            .first()
            .map_or_else(String::new, ToString::to_string),
    }))
}

/// Whether nothing at all is known of the days: no deed, no plan and no word.
fn is_empty(draft: &Draft) -> bool {
    let tasks = [
        &draft.finished,
        &draft.given_up,
        &draft.moved,
        &draft.in_progress,
        &draft.waiting,
        &draft.stale,
    ];
    let said = [&draft.events, &draft.ahead];
    tasks.iter().all(|items| items.is_empty())
        && said.iter().all(|events| events.is_empty())
        && draft.loose.is_empty()
        && draft.reviews.is_empty()
        && draft.helped.is_empty()
        && draft.notes.is_empty()
        && draft.outcomes.is_empty()
        && draft.code.commits == 0
}

impl Worker {
    /// Answers `ask`.
    pub(super) fn draft(&self, ask: &DraftAsk) -> Result<(), StoreError> {
        let text = match text(&self.setting, &self.known, ask)? {
            Ok(text) => text,
            Err(error) => {
                let why = Clean::label(error.to_string().as_bytes());
                self.out.say(Message::AskFailed { id: ask.id, why });
                return Ok(());
            }
        };
        self.out.say(Message::Draft(Box::new(DraftView {
            id: ask.id,
            kind: ask.kind,
            form: ask.form,
            ids: ask.ids,
            range: text.range,
            text: Arc::from(text.words),
            empty: text.empty,
            problem: Clean::label(text.problem.as_bytes()),
        })));
        Ok(())
    }

    /// Where drafts can be written to, as the screen says it.
    pub(super) fn outbox(&self) -> Outbox {
        match &self.setting.outbox {
            None => Outbox::None,
            Some(Err(why)) => Outbox::Refused(why.clone()),
            Some(Ok(outbox)) => Outbox::Folder {
                path: Clean::label(outbox.dir().as_os_str().as_encoded_bytes()),
                leaves: Clean::label(outbox.leaves().unwrap_or_default().as_bytes()),
            },
        }
    }

    /// Says which path a file called `name` would get.
    pub(super) fn offer(&self, name: String) {
        if let Some(Ok(outbox)) = &self.setting.outbox {
            let path = outbox.free(&name);
            let path = Clean::label(path.as_os_str().as_encoded_bytes());
            self.out.say(Message::Offered { name, path });
        }
    }

    /// Writes a file called `name`, notes it in the log and says where it lies.
    pub(super) fn write_file(&mut self, name: &str, text: &str) {
        let Some(Ok(outbox)) = &self.setting.outbox else {
            return;
        };
        let path = match outbox.write(name, text.as_bytes()) {
            Ok(path) => path,
            Err(error) => {
                self.out
                    .failed(&format!("the draft was not written: {error}"));
                return;
            }
        };
        // A closed word, whatever the file is called.
        let kind = Kind::ALL
            .into_iter()
            .find(|kind| name.split('-').next() == Some(kind.as_str()));
        let kind = kind.map_or("", Kind::as_str);
        let logged = self
            .setting
            .store
            .audit(Action::Draft, kind, text.len() as u64);
        let path = path.display();
        match logged {
            Ok(()) => {
                let said = format!("written: {path}");
                self.out.say(Message::Done(Clean::label(said.as_bytes())));
            }
            Err(error) => {
                let said = format!("written: {path}; but the log could not note it: {error}");
                self.out.failed(&said);
            }
        }
    }
}
