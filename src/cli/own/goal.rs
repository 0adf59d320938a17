//! `inward goal`: outcomes and upper limits. A floor on activity is refused.

use crate::cli::error::{CliError, Code};
use crate::cli::session::{Session, nothing_kept, store_error};
use crate::metrics::{self, BadAim};
use crate::model::goal::{Aim, State};
use crate::model::text::Clean;
use crate::store::{LinkTo, Linked, Store};

use super::args::{GoalAdd, GoalArgs, GoalChange, Per};
use super::{goal_list, open, task_named, told, words};

/// Sets, lists or changes goals.
pub(in crate::cli) fn run(session: &mut Session, args: &GoalArgs) -> Result<(), CliError> {
    match &args.change {
        None | Some(GoalChange::List) => goal_list::run(session, args.json, None),
        Some(GoalChange::Add(add)) => set(session, add, args.json),
        Some(GoalChange::Done { n }) => stand(session, *n, State::Done),
        Some(GoalChange::Drop { n }) => stand(session, *n, State::Dropped),
        Some(GoalChange::Reopen { n }) => stand(session, *n, State::Open),
        Some(GoalChange::Link { n, what }) => link(session, (*n, what), true),
        Some(GoalChange::Unlink { n, what }) => link(session, (*n, what), false),
        Some(GoalChange::Rm { n }) => remove(session, *n),
    }
}

fn set(session: &mut Session, add: &GoalAdd, json: bool) -> Result<(), CliError> {
    let aim = aim(add)?;
    let mut store = open(session)?;
    let id = store.add_goal(&aim).map_err(store_error)?;
    drop(store);
    if json {
        return goal_list::run(session, true, Some(id));
    }
    told(session, &format!("goal {id} is set"))
}

fn aim(add: &GoalAdd) -> Result<Aim, CliError> {
    if add.min.is_some() {
        return Err(refused(&BadAim::Quota));
    }
    if let Some([metric, value]) = add.limit.as_deref() {
        let per = match add.per {
            Some(Per::Day) => crate::model::goal::Per::Day,
            None | Some(Per::Week) => crate::model::goal::Per::Week,
            Some(Per::Month) => crate::model::goal::Per::Month,
        };
        return metrics::limit_aim(metric, value, per).map_err(|bad| refused(&bad));
    }
    let text = words::of(&add.text, "What is to come of it?")?;
    metrics::outcome_aim(text.unwrap_or_default()).map_err(|bad| refused(&bad))
}

/// A refusal as the command says it.
fn refused(bad: &BadAim) -> CliError {
    let error = CliError::usage(bad.to_string());
    match bad.hint() {
        hint if hint.is_empty() => error,
        hint => error.hint(hint),
    }
}

fn stand(session: &mut Session, n: u64, state: State) -> Result<(), CliError> {
    let mut store = kept(session)?;
    let changed = store.set_goal(n, state).map_err(store_error)?;
    let changed = changed.ok_or_else(|| no_goal(n))?;
    let was = if changed { "" } else { " as before" };
    told(session, &format!("goal {n} is {}{was}", state.as_str()))
}

fn link(session: &mut Session, (n, what): (u64, &str), on: bool) -> Result<(), CliError> {
    let what = words::line(what)?;
    let note = what.strip_prefix("note:").map(str::trim);
    let note = note.map(|number| {
        number
            .parse::<u64>()
            .map_err(|_error| CliError::usage(format!("`{number}` is no number of a note")))
    });
    let note = note.transpose()?;
    let mut store = kept(session)?;
    let to = match note {
        Some(note) => LinkTo::Note(note),
        None => LinkTo::Task(task_named(&store, &what)?),
    };
    let done = store.link_goal(n, to, on).map_err(store_error)?;
    let shown = Clean::label(what.as_bytes());
    match (done, on) {
        (Linked::NoGoal, _) => Err(no_goal(n)),
        (Linked::NoNote, _) => Err(CliError::new(Code::Failed, format!("there is no {shown}"))
            .hint("`inward note list` shows their numbers")),
        (Linked::Same, true) => told(session, &format!("{shown} belongs to goal {n} already")),
        (Linked::Same, false) => told(session, &format!("{shown} does not belong to goal {n}")),
        (Linked::Changed, true) => told(session, &format!("{shown} belongs to goal {n}")),
        (Linked::Changed, false) => {
            told(session, &format!("{shown} no longer belongs to goal {n}"))
        }
    }
}

fn remove(session: &mut Session, n: u64) -> Result<(), CliError> {
    let mut store = kept(session)?;
    if !store.remove_goal(n).map_err(store_error)? {
        return Err(no_goal(n));
    }
    told(session, &format!("goal {n} is removed"))
}

/// The store for writing, which has to be there.
fn kept(session: &mut Session) -> Result<Store, CliError> {
    if !session.has_store() {
        return Err(nothing_kept());
    }
    open(session)
}

fn no_goal(n: u64) -> CliError {
    CliError::new(Code::Failed, format!("there is no goal {n}"))
        .hint("`inward goal list` shows them")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::measured;
    use crate::model::goal::LIMITS;

    fn add(text: &[&str], limit: Option<[&str; 2]>) -> GoalAdd {
        GoalAdd {
            text: text.iter().map(ToString::to_string).collect(),
            limit: limit.map(|both| both.iter().map(ToString::to_string).collect()),
            per: None,
            min: None,
        }
    }

    #[test]
    fn a_floor_is_refused_in_words_in_signs_and_as_an_option() {
        let floors = [
            add(&["At", "least", "5", "commits", "a", "day"], None),
            add(&["commits >= 5"], None),
            add(&[], Some(["commits", ">=5"])),
            add(&[], Some(["wip", "at least 3"])),
            add(&[], Some(["active_days", "≥ 5"])),
            GoalAdd {
                min: Some(vec!["commits".to_owned(), "5".to_owned()]),
                ..add(&[], None)
            },
        ];
        for floor in floors {
            let error = aim(&floor).unwrap_err();
            assert!(
                error
                    .message
                    .starts_with("inward does not set quotas on activity"),
                "{floor:?}: {error}"
            );
            assert_eq!(error.code, Code::Usage);
        }
    }

    #[test]
    fn only_metrics_of_load_waiting_and_pace_take_a_limit() {
        for metric in [
            "commits",
            "lines_changed",
            "throughput",
            "survival",
            "nonsense",
        ] {
            let error = aim(&add(&[], Some([metric, "5"]))).unwrap_err();
            assert!(error.hint.unwrap().contains("wip"), "{metric}");
        }
        let set = aim(&add(&[], Some(["after_hours_share", "<= 20%"]))).unwrap();
        assert!(matches!(set, Aim::Limit(limit) if limit.most.to_bits() == 0.2_f64.to_bits()));
    }

    #[test]
    fn every_limit_has_the_measure_of_its_metric() {
        for (id, usual) in LIMITS {
            if let Some(found) = measured(id) {
                assert_eq!(found, *usual, "{id}");
            }
        }
    }
}
