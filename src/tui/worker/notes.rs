//! Notes of the owner's, kept and taken back.

use super::{Worker, rows};
use crate::app::message::Message;
use crate::app::note::{Of, Subject};
use crate::app::view::NoteMark;
use crate::model::ids::{CommitId, RepoId};
use crate::model::note::NewNote;
use crate::model::text::Clean;
use crate::report::words;
use crate::store::StoreError;

impl Worker {
    /// Keeps a note and says so; what could not be kept goes back to the field.
    pub(super) fn add_note(
        &mut self,
        about: &Subject,
        text: &str,
        impact: bool,
    ) -> Result<(), StoreError> {
        let note = NewNote {
            event: None,
            days: about.days,
            text: Clean::note(text),
            impact,
            task: match about.of {
                Of::Task(task) => Some(task.0),
                Of::Days | Of::Commit(_) | Of::Repository(_) => None,
            },
            repo: match about.of {
                Of::Commit(commit) => self.repository_of(commit),
                Of::Repository(repo) => Some(repo),
                Of::Days | Of::Task(_) => None,
            },
        };
        match self.setting.store.add_note(&note) {
            Ok(number) => {
                let said = format!("note {number} is kept on {}", self.named(about));
                let said = Clean::label(said.as_bytes());
                self.out.say(Message::NoteKept { number, said });
                self.say_facts()
            }
            Err(error) => {
                let why = Clean::label(error.to_string().as_bytes());
                self.out.say(Message::NoteNotKept(why));
                Ok(())
            }
        }
    }

    /// The notes, without events: those are days of the calendar.
    pub(super) fn notes(&self) -> Result<Vec<NoteMark>, StoreError> {
        let all = self.setting.store.notes(None)?.into_iter();
        let notes = all.filter(|note| note.event.is_none());
        Ok(notes
            .map(|note| NoteMark {
                days: note.days,
                task: note.about.task,
                repo: note.about.repo,
                text: Clean::label(note.text.as_str().as_bytes()),
            })
            .collect())
    }

    /// Takes the note of this number back.
    pub(super) fn remove_note(&mut self, number: u64) -> Result<(), StoreError> {
        let said = if self.setting.store.remove_note(number)? {
            format!("note {number} is gone")
        } else {
            format!("note {number} was gone already")
        };
        self.out.say(Message::Done(Clean::label(said.as_bytes())));
        self.say_facts()
    }

    /// The repository that a commit counts in.
    fn repository_of(&self, commit: CommitId) -> Option<RepoId> {
        let data = &self.known.data;
        let at = rows::index_of(data, commit)?;
        let repo = usize::from(*data.commits.repo.get(at)?);
        data.repos.get(repo).copied()
    }

    /// `ING-7, Fri 20 Nov`.
    fn named(&self, about: &Subject) -> String {
        let mut calendar = self.setting.calendar.clone();
        calendar.now = self.setting.clock.now();
        let days = if about.days.days() == 1 {
            words::weekday_and_day(about.days.from, calendar.today())
        } else {
            words::range(about.days, &calendar)
        };
        if about.name.is_empty() {
            return days;
        }
        format!("{}, {days}", about.name)
    }
}
