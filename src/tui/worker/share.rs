//! A share: what can be told, what it gives away, and the file. Everybody's counts live in memory, for
//! one answer.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::Worker;
use crate::app::message::Message;
use crate::app::share::{Preview, ShareAsk, ShareOffer};
use crate::model::text::Clean;
use crate::share::{self, Facts, Form, Past, Profile, Summary, Window};
use crate::sources::git;
use crate::store::StoreError;
use crate::sync::sharing;

/// What was weighed: this and nothing else is written.
pub(super) struct Weighed {
    id: u64,
    summary: Summary,
    form: Form,
    bytes: Vec<u8>,
    /// The ledger that it was weighed with.
    past: Vec<Past>,
}

impl Worker {
    fn share_facts(&self, window: Window) -> Result<Facts, StoreError> {
        let setting = &self.setting;
        sharing::facts(&setting.store, &self.known.data, &setting.calendar, window)
    }

    /// Says which lines there are.
    pub(super) fn share_lines(
        &self,
        id: u64,
        profile: Profile,
        window: Window,
    ) -> Result<(), StoreError> {
        let lines = share::lines(profile, &self.share_facts(window)?);
        let known = Arc::new(sharing::known(&self.setting.store)?);
        self.out
            .say(Message::ShareOffered(ShareOffer { id, lines, known }));
        Ok(())
    }

    /// Weighs, and says what would be written or why nothing is.
    pub(super) fn share_weigh(&mut self, ask: &ShareAsk) -> Result<(), StoreError> {
        self.weighed = None;
        let found = self.weigh(ask)?;
        if !ask.stop.flag().load(Ordering::Relaxed) {
            self.out.say(Message::ShareWeighed(ask.id, found));
        }
        Ok(())
    }

    fn weigh(&mut self, ask: &ShareAsk) -> Result<Result<Preview, Clean>, StoreError> {
        let Some(Ok(outbox)) = &self.setting.outbox else {
            return Ok(Err(said("there is no outbox to write to")));
        };
        let past = match sharing::past(&self.setting.store) {
            Ok(past) => past,
            Err(error) => return Ok(Err(said(&error.to_string()))),
        };
        let today = self.setting.calendar.today();
        if let Err(error) = ask.window.admit(ask.profile, today) {
            return Ok(Err(said(&error.to_string())));
        }
        let facts = self.share_facts(ask.window)?;
        let known = sharing::known(&self.setting.store)?;
        let about = (ask.profile, ask.window);
        let summary = match Summary::of(about, &facts, &ask.chosen, (&ask.own, &known)) {
            Ok(summary) => summary,
            Err(error) => return Ok(Err(said(&error.to_string()))),
        };
        if summary.is_empty() {
            return Ok(Err(said(
                "Nothing is chosen: mark a line, or add one of your own.",
            )));
        }
        let (people, problems) = if ask.profile == Profile::Pooled {
            let places: Vec<_> = self.setting.targets.iter().map(|one| &one.place).collect();
            let windows = share::windows(&past, ask.window);
            git::count_everybody(&places, windows, ask.stop.flag())
        } else {
            Default::default()
        };
        for problem in problems {
            self.out.failed(&format!("not counted: {problem}"));
        }
        let weight = share::weigh(&people, &past, &summary);
        if !weight.verdict.is_accepted() {
            return Ok(Err(said(&weight.sentence())));
        }
        let bytes = share::render(&summary, ask.form);
        let path = outbox.free(&sharing::file_name(&summary, ask.form));
        let preview = Preview {
            sentence: weight.sentence(),
            text: String::from_utf8_lossy(&bytes).into(),
            path: Clean::label(path.as_os_str().as_encoded_bytes()),
        };
        self.weighed = Some(Weighed {
            id: ask.id,
            summary,
            form: ask.form,
            bytes,
            past,
        });
        Ok(Ok(preview))
    }

    /// Writes what was weighed under `id`: the ledger first, so that no file is unknown to it.
    pub(super) fn share_write(&mut self, id: u64) {
        let found = self.write_share(id);
        self.out.say(Message::ShareWritten(id, found));
    }

    fn write_share(&mut self, id: u64) -> Result<Clean, Clean> {
        let Some(weighed) = self.weighed.take().filter(|one| one.id == id) else {
            return Err(said("what was weighed is gone: nothing was written"));
        };
        let Some(Ok(outbox)) = &self.setting.outbox else {
            return Err(said("there is no outbox to write to"));
        };
        // Another terminal may have shared meanwhile: together they were not weighed.
        let unchanged = sharing::past(&self.setting.store).is_ok_and(|past| past == weighed.past);
        if !unchanged {
            return Err(said(
                "the ledger changed since this was weighed: nothing was written, weigh it again",
            ));
        }
        let name = sharing::file_name(&weighed.summary, weighed.form);
        let store = &mut self.setting.store;
        let written = sharing::hand_out(store, &weighed.summary, &weighed.bytes, |modified| {
            outbox.write_dated((&name, false), &weighed.bytes, modified)
        });
        written
            .map(|path| Clean::label(path.as_os_str().as_encoded_bytes()))
            .map_err(|error| said(&format!("nothing was written: {error}")))
    }
}

fn said(text: &str) -> Clean {
    Clean::note(text)
}
