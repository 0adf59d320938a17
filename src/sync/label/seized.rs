//! What a seized file would tell, one sentence each, with the numbers of this file.

use crate::model::privacy::Switch;
use crate::store::Told;

/// The one sentence where nothing is kept.
pub(super) const NOTHING: &str = "Nothing: inward keeps no file here yet.";

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
    out.push(others(told));
    out.push(gone(told));
    out
}

fn days(told: &Told, hours: bool) -> String {
    let Some((from, to)) = told.ends else {
        return "On no day that you worked: it holds no commit, no ref event and no recorded time."
            .to_owned();
    };
    let rest = if hours { "" } else { "; no time of day" };
    let days = n(told.days, "day", "days");
    if from == to {
        return format!("That you worked on {from}{rest}.");
    }
    format!("That you worked on {days} between {from} and {to}, and on which{rest}.")
}

fn hours(told: &Told, hours: bool) -> Option<String> {
    (hours && told.commits > 0).then(|| {
        let commits = n(told.commits, "commit", "commits");
        format!(
            "At what second you made {commits}, with your offset from UTC: {} between 20:00 and \
             6:00 or on a weekend.",
            told.late
        )
    })
}

fn work(told: &Told, kept: impl Fn(&str) -> bool) -> String {
    let part = |count: u64, (one, many): (&str, &str), kept: bool| match count {
        // What was never there and what is not kept are two things.
        0 if !kept => format!("no {many}"),
        _ => n(count, one, many),
    };
    format!(
        "What you worked on: {}, {}, {}, {}.",
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
    )
}

fn tasks(told: &Told, titles: bool) -> Option<String> {
    let any = told.tasks + told.given + told.entries > 0;
    any.then(|| {
        let titles = if told.titles == 0 && !titles {
            "none with its title".to_owned()
        } else {
            format!("{} with its title", told.titles)
        };
        format!(
            "What you were given to do: {} ({titles}), {}, {}.",
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

fn others(told: &Told) -> String {
    if told.others == 0 {
        return "Of other people: nothing, not even a name.".to_owned();
    }
    format!(
        "Of other people: nobody's name; {} by object id and time alone, which whoever has the \
         repository can look up there.",
        n(told.others, "commit", "commits")
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
    format!("What you forgot is not in it: {marks}. Git, backups and snapshots may still have it.")
}

/// `1 commit`, `1,204 commits`.
fn n(count: u64, one: &str, many: &str) -> String {
    let noun = if count == 1 { one } else { many };
    let digits = count.to_string();
    let mut out = String::with_capacity(digits.len() * 2 + noun.len());
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out.extend([" ", noun]);
    out
}
