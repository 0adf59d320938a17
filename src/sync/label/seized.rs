//! What a seized file would tell, one sentence each, with the numbers of this file.

use crate::model::amount::{count, counted as n};
use crate::model::privacy::Switch;
use crate::store::Told;

/// The one sentence where nothing is kept.
pub(super) const NOTHING: &str = "Nothing: inward keeps no file here yet.";

/// What the file beside the store tells by itself.
const SECOND: &str = "A second file beside it, whose name ends in .words, holds once more what you wrote down, \
    chose and handed out, who you are, names of repositories and of files you imported; no commit, no task.";

/// The sentences, what tells most first. A switch that is off is said where it matters; one that
/// is not named counts as on.
pub(super) fn sentences(told: &Told, keep: &[Switch]) -> Vec<String> {
    let kept = |name: &str| !keep.iter().any(|switch| switch.name == name && !switch.on);
    let mut out = Vec::new();
    out.push(days(told, kept("hours")));
    out.extend(hours(told, kept("hours")));
    out.push(work(told, kept));
    out.extend(tasks(told, kept("titles")));
    out.push(who(told));
    out.extend(own(told));
    out.push(SECOND.to_owned());
    out.push(others(told));
    out.push(gone(told));
    out
}

fn days(told: &Told, hours: bool) -> String {
    let times = &told.times;
    let Some((from, to)) = times.ends else {
        return "On no day that you worked: it names no day of yours.".to_owned();
    };
    let rest = if hours { "" } else { "; no time of day" };
    let named = n(times.named, "day", "days");
    if from == to {
        return format!("That something of yours was on {from}{rest}.");
    }
    format!(
        "Which days: {named} between {from} and {to} that your commits, branches, tasks, reviews, \
         time, notes or events name; on {} of them you worked{rest}.",
        count(times.worked)
    )
}

fn hours(told: &Told, hours: bool) -> Option<String> {
    let times = &told.times;
    let parts = [
        (times.tasks, "time of a task", "times of tasks"),
        (times.reviews, "time of a review", "times of reviews"),
        (
            times.entries,
            "end of recorded or busy time",
            "ends of recorded and busy times",
        ),
        (times.refs, "step on a branch", "steps on branches"),
    ];
    let parts = parts.into_iter().filter(|part| part.0 > 0);
    let rest: Vec<String> = parts
        .map(|(count, one, many)| n(count, one, many))
        .collect();
    if !hours || told.commits == 0 && rest.is_empty() {
        return None;
    }
    let rest = rest.join(", ");
    if told.commits == 0 {
        return Some(format!("At what time of day: {rest}."));
    }
    let rest = if rest.is_empty() {
        String::new()
    } else {
        format!(" To the second or minute also: {rest}.")
    };
    Some(format!(
        "At what second you made {}, with your offset from UTC: {} between 20:00 and 6:00 or on a \
         weekend.{rest}",
        n(told.commits, "commit", "commits"),
        count(told.late)
    ))
}

fn work(told: &Told, kept: impl Fn(&str) -> bool) -> String {
    let part = |count: u64, (one, many): (&str, &str), kept: bool| match count {
        // What was never there and what is not kept are two things.
        0 if !kept => format!("no {many}"),
        _ => n(count, one, many),
    };
    format!(
        "What you worked on: {}, {}, {}, {}, {}, {}.",
        n(
            told.repositories,
            "repository by name",
            "repositories by name"
        ),
        part(
            told.summaries,
            ("summary line", "summary lines"),
            kept("summaries")
        ),
        part(
            told.paths,
            ("name of a file", "names of files"),
            kept("paths")
        ),
        part(
            told.branches,
            ("name of a branch", "names of branches"),
            kept("branches")
        ),
        n(
            told.folders,
            "folder of this machine",
            "folders of this machine"
        ),
        n(
            told.mentions,
            "task that messages name",
            "tasks that messages name"
        ),
    )
}

fn tasks(told: &Told, titles: bool) -> Option<String> {
    let any = told.tasks + told.given + told.entries > 0;
    any.then(|| {
        let titles = if told.titles == 0 && !titles {
            "none with its title".to_owned()
        } else {
            format!("{} with its title", count(told.titles))
        };
        format!(
            "What you were given to do: {} ({titles}), {}, {}, {}, {}.",
            n(
                told.tasks,
                "task or pull request",
                "tasks and pull requests"
            ),
            n(told.given, "review you gave", "reviews you gave"),
            n(
                told.entries,
                "stretch of recorded time",
                "stretches of recorded time"
            ),
            n(told.projects, "project by name", "projects by name"),
            n(told.tags, "set of labels", "sets of labels"),
        )
    })
}

fn who(told: &Told) -> String {
    format!(
        "Who you are: {}.",
        n(
            told.names,
            "address or name of yours",
            "addresses and names of yours"
        )
    )
}

fn own(told: &Told) -> Option<String> {
    (told.notes + told.goals > 0).then(|| {
        format!(
            "What you wrote down yourself: {}, {}.",
            n(told.notes, "note or event", "notes and events"),
            n(told.goals, "goal", "goals")
        )
    })
}

/// What is kept about others' work, as the design lists it.
fn others(told: &Told) -> String {
    let parts = [
        (
            told.squashes,
            "squash that landed commits of yours, by id and time",
            "squashes that landed commits of yours, by id and time",
        ),
        (
            told.pairings,
            "commit that names you co-author, by id and time",
            "commits that name you co-author, by id and time",
        ),
        (
            told.given,
            "pull request that you reviewed, by repository, number and your times",
            "pull requests that you reviewed, by repository, number and your times",
        ),
        (
            told.walks,
            "place where a walk stopped, by bare ids of commits",
            "places where a walk stopped, by bare ids of commits",
        ),
    ];
    let parts = parts.into_iter().filter(|part| part.0 > 0);
    let parts: Vec<String> = parts
        .map(|(count, one, many)| n(count, one, many))
        .collect();
    if parts.is_empty() {
        return "Of other people: nothing, not even a name.".to_owned();
    }
    format!(
        "Of other people: nobody's name; {}. Whoever has the repository can look these up there.",
        parts.join("; ")
    )
}

fn gone(told: &Told) -> String {
    let marks = match told.forgotten {
        0 => "it holds no mark of anything forgotten".to_owned(),
        some => format!(
            "{} and the log of {} say that something went or was refused, not what",
            n(some, "keyed hash", "keyed hashes"),
            n(told.log, "entry", "entries")
        ),
    };
    let used = n(told.times.used, "day", "days");
    let marks = format!("{marks}; it names {used} on which you used inward");
    format!("What you forgot is not in it: {marks}. Git, backups and snapshots may still have it.")
}
