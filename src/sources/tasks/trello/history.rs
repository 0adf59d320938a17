//! What a Trello file says beside its cards: lists, members, and the actions that moved cards.
//! Of an action only its kind, its time and the lists are read; comments never are.

use std::collections::HashMap;

use serde::Deserialize;

use super::super::dates::Dates;
use super::super::found::Person;
use super::super::input::Input;
use super::super::{ImportError, json};
use crate::model::stage::{Stage, StageWords, Status};
use crate::model::task::{Transition, When};

/// Everything of a file but its cards.
#[derive(Debug, Default)]
pub(super) struct Board {
    /// The board's name.
    pub(super) name: Option<String>,
    /// How many actions the file holds, of every kind.
    pub(super) actions: u64,
    lists: HashMap<String, List>,
    people: HashMap<String, Person>,
    cards: HashMap<String, Past>,
}

#[derive(Debug, Default)]
struct List {
    name: String,
    archived: bool,
    archived_at: Option<When>,
    /// Named by the list itself, not by an action.
    named: bool,
}

/// What actions tell of one card.
#[derive(Debug, Default)]
struct Past {
    /// Newest first, as they stand in the file.
    changes: Vec<Change>,
    born: bool,
    /// It came from another board, whose actions are not here.
    came: bool,
}

#[derive(Debug)]
struct Change {
    at: When,
    list: Option<String>,
    what: What,
}

#[derive(Debug)]
enum What {
    /// To `list`, from this one.
    Moved(String),
    /// Archived, or taken back.
    Archived(bool),
    /// Marked complete, or no longer.
    Ticked(bool),
}

/// Where a card stands: what its stage is told from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct State {
    pub(super) list: String,
    pub(super) archived: bool,
    pub(super) ticked: bool,
}

impl State {
    /// A card marked complete is done. An archived one is given up unless its list says done; of a
    /// list whose name means nothing yet the owner's word may still say so.
    pub(super) fn status(&self) -> Status {
        let word = Status::word(&self.list);
        if self.ticked {
            return word.fixed(Stage::Done);
        }
        if !self.archived {
            return word;
        }
        match StageWords::default().stage(&word) {
            Some(stage) if stage.is_closed() => word,
            Some(_) => word.fixed(Stage::Cancelled),
            None => word.category(Some(Stage::Cancelled)),
        }
    }
}

#[derive(Deserialize)]
struct Action {
    #[serde(default, rename = "type")]
    kind: String,
    #[serde(default)]
    date: String,
    #[serde(default)]
    data: Data,
    #[serde(default, rename = "memberCreator")]
    by: Option<Member>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Data {
    card: Flags,
    old: Option<Flags>,
    list: Option<Named>,
    list_before: Option<Named>,
    list_after: Option<Named>,
    board: Option<Named>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Flags {
    id: Option<String>,
    closed: Option<bool>,
    due_complete: Option<bool>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Named {
    id: Option<String>,
    name: Option<String>,
    closed: Option<bool>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Member {
    #[serde(deserialize_with = "json::text_or_number")]
    id: Option<String>,
    username: Option<String>,
    full_name: Option<String>,
}

impl Board {
    /// Reads `input` once from end to end; `alone` is the export of a single card, whose name is
    /// not the board's.
    pub(super) fn read(input: &Input, dates: Dates, alone: bool) -> Result<Self, ImportError> {
        let mut board = Self::default();
        let places = ["actions[]", "lists[]", "members[]", "name", "list"];
        let mut elements = input.elements(&places)?;
        while let Some(element) = elements.next()? {
            match element.place {
                0 => {
                    board.actions += 1;
                    if let Ok(action) = element.parse() {
                        board.action(action, dates);
                    }
                }
                2 => board.member(element.parse().unwrap_or_default()),
                3 if !alone => board.name = element.parse().ok(),
                1 | 4 => board.list(element.parse().unwrap_or_default()),
                _ => {}
            }
        }
        Ok(board)
    }

    fn member(&mut self, member: Member) {
        if let Some(id) = member.id {
            let person = Person::with_id(&id)
                .login(member.username.as_deref().unwrap_or_default())
                .name(member.full_name.as_deref().unwrap_or_default());
            self.people.insert(id, person);
        }
    }

    fn list(&mut self, list: Named) {
        if let (Some(id), Some(name)) = (list.id, list.name) {
            let slot = self.lists.entry(id).or_default();
            (slot.name, slot.named) = (name, true);
            slot.archived = list.closed.unwrap_or(false);
        }
    }

    fn action(&mut self, action: Action, dates: Dates) {
        let Action {
            kind,
            date,
            data,
            by,
        } = action;
        // Whoever left the board is no member any more.
        let gone = |by: &Member| {
            by.id
                .as_ref()
                .is_some_and(|id| !self.people.contains_key(id))
        };
        if let Some(by) = by.filter(gone) {
            self.member(by);
        }
        self.names(&data);
        let Some(at) = dates.when(&date) else { return };
        match kind.as_str() {
            "updateList" => self.list_update(data, at),
            "updateCard" => self.card_update(data, at),
            "createCard" | "copyCard" | "convertToCardFromCheckItem" | "emailCard" => {
                self.past(data.card.id, |past| past.born = true);
            }
            "moveCardToBoard" | "moveCardFromBoard" => {
                self.past(data.card.id, |past| past.came = true);
            }
            _ => {}
        }
    }

    /// What an action calls the board and its lists, where the file does not say so itself.
    fn names(&mut self, data: &Data) {
        if self.name.is_none() {
            self.name = data.board.as_ref().and_then(|board| board.name.clone());
        }
        let lists = [&data.list, &data.list_after, &data.list_before];
        for list in lists.into_iter().flatten() {
            if let (Some(id), Some(name)) = (&list.id, &list.name) {
                let slot = self.lists.entry(id.clone()).or_default();
                if !slot.named && slot.name.is_empty() {
                    slot.name.clone_from(name);
                }
            }
        }
    }

    fn list_update(&mut self, data: Data, at: When) {
        let id = data.list.and_then(|list| list.id);
        let was = data.old.and_then(|old| old.closed);
        if let (Some(id), Some(false)) = (id, was) {
            // The newest comes first.
            let slot = self.lists.entry(id).or_default();
            slot.archived_at = slot.archived_at.or(Some(at));
        }
    }

    fn card_update(&mut self, data: Data, at: When) {
        let old = data.old.unwrap_or_default();
        let list = data.list.and_then(|list| list.name);
        let (list, what) = match (data.list_before, data.list_after, old.closed) {
            (Some(from), Some(to), _) => (to.name, from.name.map(What::Moved)),
            (_, _, Some(was)) => (list, Some(What::Archived(!was))),
            _ => (list, old.due_complete.map(|was| What::Ticked(!was))),
        };
        if let Some(what) = what {
            let change = Change { at, list, what };
            self.past(data.card.id, |past| past.changes.push(change));
        }
    }

    fn past(&mut self, card: Option<String>, note: impl FnOnce(&mut Past)) {
        if let Some(card) = card {
            note(self.cards.entry(card).or_default());
        }
    }

    /// The member with this id; one who is not listed is known by the id alone.
    pub(super) fn person(&self, id: &str) -> Person {
        let known = self.people.get(id);
        known.map_or_else(|| Person::with_id(id), Person::clone)
    }

    /// A list's name, and whether and when it was archived.
    pub(super) fn list_of(&self, id: &str) -> Option<(&str, bool, Option<When>)> {
        let list = self.lists.get(id).filter(|list| !list.name.is_empty())?;
        Some((&list.name, list.archived, list.archived_at))
    }

    /// Whether the file holds everything that happened to a card since it was written down.
    pub(super) fn is_whole(&self, card: &str) -> bool {
        let past = self.cards.get(card);
        past.is_some_and(|past| past.born && !past.came)
    }

    /// The moves of a card that stands at `now`, oldest first: told backwards from there, because
    /// an action names only what it changed.
    pub(super) fn moves(&self, card: &str, now: &State) -> Vec<Transition> {
        let Some(past) = self.cards.get(card) else {
            return Vec::new();
        };
        let mut changes: Vec<&Change> = past.changes.iter().collect();
        changes.sort_by_key(|change| std::cmp::Reverse(change.at.order()));
        let mut moves = Vec::new();
        let mut state = now.clone();
        for change in changes {
            // A list that was renamed since keeps the name it had then.
            let list = change.list.as_ref().unwrap_or(&state.list).clone();
            let mut after = State { list, ..state };
            let mut before = after.clone();
            match &change.what {
                What::Moved(from) => before.list.clone_from(from),
                What::Archived(yes) => (after.archived, before.archived) = (*yes, !yes),
                What::Ticked(yes) => (after.ticked, before.ticked) = (*yes, !yes),
            }
            let (from, to) = (before.status(), after.status());
            if from != to {
                moves.push(Transition {
                    at: change.at,
                    from: Some(from),
                    to,
                });
            }
            state = before;
        }
        moves.reverse();
        moves
    }
}
