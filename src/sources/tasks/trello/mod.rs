//! Trello: a board saved as JSON, or a single card.

mod history;

use serde::Deserialize;

use self::history::{Board, State};
use super::dates::Dates;
use super::fields::Fields;
use super::format::{Context, Format, How, Out};
use super::found::{Found, Whose};
use super::head::Head;
use super::input::Input;
use super::{ImportError, json, words};
use crate::model::stage::{Stage, StageWords, Status};
use crate::model::task::TaskFacts;
use crate::model::text::Clean;

/// A board, a card, or the list of cards that the API gives.
pub(super) const FORMAT: Format = Format {
    id: "trello-json",
    source: "trello",
    label: "Trello JSON",
    fits: |head| place(head).is_some(),
    read,
    caps: &[],
    how: Some(&HOW),
};

const HOW: How = How {
    title: "Trello",
    steps: &[
        "Open the board, then its menu (the three dots at the top right): Print, export, and share: Export as JSON.",
        "Save the page that opens; or add .json to the board's address: https://trello.com/b/BOARD.json",
        "One card alone: add .json to its address, https://trello.com/c/CARD.json",
    ],
    yields: "every card, archived ones too, when it was created, its list, members, labels and due date, and its moves between lists",
    cannot: "Only the newest 1000 actions of a board are exported, comments and renames among them: older moves are missing. Export a busy board every few weeks; the files add up. A card's start date is a plan and is not taken for a start.",
};

/// The exporter's limit on actions.
const ACTIONS: u64 = 1_000;

/// Where the cards stand.
fn place(head: &Head) -> Option<&'static str> {
    let board = head.has_json(&["cards[].idList"])
        // Actions of more than what is looked at stand before the cards.
        || head.has_json(&["actions[].idMemberCreator", "shortLink"]) && !head.has_json(&["idList"]);
    if board {
        Some("cards[]")
    } else if head.has_json(&["idList", "idShort"]) {
        Some("")
    } else {
        head.has_json(&["[].idList", "[].idShort"]).then_some("[]")
    }
}

/// A card; its description and its e-mail-in address are not read.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Card {
    #[serde(default)]
    id: String,
    #[serde(default)]
    short_link: Option<String>,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    id_list: Option<String>,
    #[serde(default)]
    closed: Option<bool>,
    #[serde(default)]
    due: Option<String>,
    #[serde(default)]
    due_complete: Option<bool>,
    #[serde(default)]
    date_last_activity: Option<String>,
    #[serde(default)]
    date_closed: Option<String>,
    #[serde(default)]
    date_completed: Option<String>,
    #[serde(default, deserialize_with = "json::list")]
    id_members: Vec<String>,
    #[serde(default, deserialize_with = "json::list")]
    labels: Vec<Label>,
    #[serde(default)]
    is_template: Option<bool>,
}

#[derive(Deserialize)]
struct Label {
    #[serde(default)]
    name: Option<String>,
}

fn read(input: &Input, context: &Context<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
    let dates = Dates::new(context.zone);
    let place = place(input.head()).unwrap_or("cards[]");
    // Actions come before or after the cards: they are read first, and the file again.
    let board = Board::read(input, dates, place.is_empty())?;
    let mut fields = Fields::new(dates);
    let (mut cards, mut cut) = (0_u64, 0_u64);
    let mut elements = input.elements(&[place])?;
    while let Some(element) = elements.next()? {
        let line = element.line;
        match element.parse::<Card>().and_then(checked) {
            Ok(card) => {
                cards += 1;
                let found = found(&card, &board, line, &mut fields);
                cut += u64::from(!found.task.history_whole);
                out.task(found)?;
            }
            Err(reason) => out.reject(line, &reason)?,
        }
    }
    fields.warn(out);
    if board.actions == ACTIONS && cut > 0 {
        out.warn(format!(
            "Trello exports only the newest {ACTIONS} actions of a board: the history of {cut} of {cards} cards is cut, their first moves are missing"
        ));
    } else if board.actions == 0 && cards > 0 {
        out.warn(
            "no actions: when cards moved is not known; export the board as JSON from its menu",
        );
    }
    Ok(())
}

fn checked(card: Card) -> Result<Card, String> {
    if card.id.is_empty() {
        return Err("no id".to_owned());
    }
    if card.is_template == Some(true) {
        return Err("a card template, not a task".to_owned());
    }
    Ok(card)
}

fn found(card: &Card, board: &Board, line: u64, fields: &mut Fields) -> Found {
    let list = card.id_list.as_deref().and_then(|id| board.list_of(id));
    let own = card.closed.unwrap_or(false);
    let state = list.map(|(name, ..)| State {
        list: name.to_owned(),
        archived: own,
        ticked: card.due_complete.unwrap_or(false),
    });
    let transitions = state
        .as_ref()
        .map_or_else(Vec::new, |state| board.moves(&card.id, state));
    // A card in an archived list is off the board with it.
    let with_list = list.is_some_and(|(_, archived, _)| archived) && !own;
    let status = state.map(|state| {
        let archived = state.archived || with_list;
        State { archived, ..state }.status()
    });
    let status = status.unwrap_or_else(|| off_the_board(card, own));
    let mut when = |column, text: &Option<String>| {
        let text = text.as_deref()?;
        fields.when(column, line, text)
    };
    let done = match StageWords::default().stage(&status) {
        Some(Stage::Done) => when("dateCompleted", &card.date_completed),
        Some(Stage::Cancelled) if with_list => list.and_then(|(_, _, at)| at),
        Some(Stage::Cancelled) => when("dateClosed", &card.date_closed),
        _ => None,
    };
    let task = TaskFacts {
        source: Clean::label(b"trello"),
        key: words::label(card.short_link.as_deref().unwrap_or(&card.id)).unwrap_or_default(),
        aliases: aliases(card),
        title: words::label(card.name.as_deref().unwrap_or_default()).unwrap_or_default(),
        project: board.name.as_deref().and_then(words::label),
        status,
        updated: when("dateLastActivity", &card.date_last_activity),
        due: when("due", &card.due),
        created: born(&card.id).and_then(|utc| fields.dates().epoch(utc)),
        done,
        tags: (card.labels.iter())
            .filter_map(|label| words::label(label.name.as_deref()?))
            .collect(),
        transitions,
        history_whole: board.is_whole(&card.id),
        ..TaskFacts::default()
    };
    let members = card.id_members.iter().map(|id| board.person(id)).collect();
    Found::new(line, Whose::People(members), task)
}

/// The status of a card whose list the file does not name.
fn off_the_board(card: &Card, archived: bool) -> Status {
    if card.due_complete == Some(true) {
        Status::of(Stage::Done)
    } else if archived {
        Status::default().category(Some(Stage::Cancelled))
    } else {
        Status::default()
    }
}

fn aliases(card: &Card) -> Vec<String> {
    let short = card.short_link.as_deref().filter(|short| !short.is_empty());
    let mut aliases = vec![format!("trello:{}", card.id)];
    aliases.extend(short.map(|short| format!("trello:{short}")));
    aliases
}

/// When a card was created, in UTC seconds: its id begins with it.
fn born(id: &str) -> Option<i64> {
    let head = id.get(..8).filter(|_| id.len() == 24)?;
    i64::from_str_radix(head, 16).ok()
}

#[cfg(test)]
mod tests;
