//! Reviews and events of an archive, which stand apart from what they belong to: put together by
//! issue and pull request.

use std::collections::BTreeMap;

use super::super::ImportError;
use super::super::fields::Fields;
use super::super::format::Out;
use super::super::found::{Found, Reviewed, Whose};
use super::archive::{Record, date, person};
use super::facts::{self, End};
use super::place::Place;
use crate::model::stage::{Stage, Status};
use crate::model::task::{TaskKind, Transition, When};

/// Issues and pull requests that events and reviews are gathered for before they are handed out:
/// a bound for memory, far above what a member holds.
const GATHERED: usize = 50_000;

/// Reviews and events, put together by what they belong to.
#[derive(Default)]
pub(super) struct Gathered {
    places: BTreeMap<Place, Found>,
    /// Events and reviews that say nothing about where a task stands.
    pub(super) unneeded: u64,
}

impl Gathered {
    fn of(&mut self, line: u64, url: Option<&str>) -> Result<&mut Found, String> {
        let place = url.and_then(Place::parse);
        let place = place.ok_or("belongs to no issue or pull request")?;
        Ok(self.places.entry(place).or_insert_with_key(|place| {
            let mut task = facts::named(place, None, None);
            if place.pull {
                task.kind = TaskKind::Pr;
                task.review = Some(Box::default());
            }
            Found::new(line, Whose::OfTask, task)
        }))
    }

    /// Takes a review.
    pub(super) fn review(
        &mut self,
        line: u64,
        one: &Record,
        fields: &mut Fields,
    ) -> Result<(), String> {
        let state = one.state.as_deref().unwrap_or_default().to_lowercase();
        if matches!(state.as_str(), "0" | "pending") {
            self.unneeded += 1;
            return Ok(());
        }
        let at = one.submitted_at.as_deref().or(one.created_at.as_deref());
        let at = date(fields, "submitted_at", line, at).ok_or("no submitted_at")?;
        let url = one.user.as_deref().ok_or("no user")?;
        let by = person(url);
        let bot = by.login.as_deref().is_some_and(facts::is_bot) || url.contains("/apps/");
        let found = self.of(line, one.pull_request.as_deref())?;
        found.reviews.push(Reviewed {
            by,
            at,
            approved: matches!(state.as_str(), "40" | "approved"),
            bot,
        });
        Ok(())
    }

    /// Takes an event.
    pub(super) fn event(
        &mut self,
        line: u64,
        one: &Record,
        fields: &mut Fields,
    ) -> Result<(), String> {
        let event = one.event.as_deref().unwrap_or_default();
        if !matches!(event, "closed" | "reopened" | "merged" | "ready_for_review") {
            self.unneeded += 1;
            return Ok(());
        }
        let at =
            date(fields, "created_at", line, one.created_at.as_deref()).ok_or("no created_at")?;
        let url = one.pull_request.as_deref().or(one.issue.as_deref());
        let found = self.of(line, url)?;
        let Some(review) = found.task.review.as_mut() else {
            found.task.transitions.extend(issue_move(event, at));
            return Ok(());
        };
        if event == "ready_for_review" {
            let earlier = review.ready.filter(|ready| ready.order() <= at.order());
            review.ready = earlier.or(Some(at));
        }
        found.task.transitions.push(pull_move(event, at));
        Ok(())
    }

    /// Whether it holds as much as it may.
    pub(super) fn is_full(&self) -> bool {
        self.places.len() >= GATHERED
    }

    /// Hands out what it holds.
    pub(super) fn hand_out(&mut self, out: &mut Out<'_>) -> Result<(), ImportError> {
        for mut found in std::mem::take(&mut self.places).into_values() {
            settle(&mut found.task.transitions);
            out.task(found)?;
        }
        Ok(())
    }
}

fn issue_move(event: &str, at: When) -> Option<Transition> {
    let (open, closed) = (
        facts::issue_status(false, None, None),
        facts::issue_status(true, None, None),
    );
    let (from, to) = match event {
        "closed" => (open, closed),
        "reopened" => (closed, open),
        _ => return None,
    };
    Some(Transition {
        at,
        from: Some(from),
        to,
    })
}

fn pull_move(event: &str, at: When) -> Transition {
    let open = || End::Open { draft: false }.status();
    let (from, to) = match event {
        "merged" => (None, End::Merged.status()),
        "closed" => (None, End::Closed.status()),
        "reopened" => (Some(End::Closed.status()), open()),
        _ => (Some(End::Open { draft: true }.status()), open()),
    };
    Transition { at, from, to }
}

/// Oldest first, each once. A merge also closes, in the same second or the next: that closing
/// gives nothing up.
fn settle(moves: &mut Vec<Transition>) {
    moves.sort_by_key(|one| one.at.order());
    moves.dedup();
    let is = |status: &Status, word: &str| {
        status
            .word
            .as_ref()
            .is_some_and(|found| found.as_str() == word)
    };
    let merges: Vec<i64> = moves
        .iter()
        .filter(|one| is(&one.to, "merged"))
        .map(|one| one.at.order())
        .collect();
    moves.retain(|one| {
        let given_up = one.to.fixed == Some(Stage::Cancelled);
        let near = |at: &i64| (one.at.order() - at).abs() <= 5;
        !(given_up && merges.iter().any(near))
    });
}
