//! `WakaTime`: the dump of daily totals. Sums by day and project, no clock times; file paths,
//! machines and the profile are not read.

use serde::Deserialize;

use super::dates::Dates;
use super::format::{Context, Format, How, Out};
use super::found::Whose;
use super::input::Input;
use super::{ImportError, json, words};
use crate::model::task::{Entry, LooseEntry, When};
use crate::model::text::Clean;

/// `Daily totals` as JSON.
pub(super) const FORMAT: Format = Format {
    id: "wakatime-json",
    source: "wakatime",
    label: "WakaTime JSON",
    fits: |head| head.has_json(&["days[].grand_total"]) || head.has_json(&[HEARTBEATS]),
    read,
    caps: &[],
    how: Some(&HOW),
};

/// The other dump: every keystroke's file, no sums.
const HEARTBEATS: &str = "days[].heartbeats";

const HOW: How = How {
    title: "WakaTime",
    steps: &[
        "Log in and open https://wakatime.com/settings/account: Export: Daily totals.",
        "When it is ready, download and import the JSON file.",
    ],
    yields: "for every day and project the time in an editor; where one branch names a task (feature/ING-207) its time goes to that task",
    cannot: "Only sums: it does not tell at which hours. File names and paths in it are not read.",
};

#[derive(Deserialize)]
struct Day {
    #[serde(default)]
    date: String,
    #[serde(default)]
    grand_total: Total,
    #[serde(default, deserialize_with = "json::list")]
    projects: Vec<Project>,
}

#[derive(Default, Deserialize)]
struct Total {
    #[serde(default)]
    total_seconds: Option<f64>,
}

#[derive(Deserialize)]
struct Project {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    grand_total: Total,
    #[serde(default, deserialize_with = "json::list")]
    branches: Vec<Branch>,
}

#[derive(Deserialize)]
struct Branch {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    total_seconds: Option<f64>,
}

fn read(input: &Input, context: &Context<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
    if input.head().has_json(&[HEARTBEATS]) {
        let text = "is WakaTime's dump of heartbeats, which names every file and holds no sums: export Daily totals instead";
        return Err(ImportError::Refused(text.to_owned()));
    }
    let dates = Dates::new(context.zone);
    let mut elements = input.elements(&["days[]"])?;
    while let Some(element) = elements.next()? {
        let line = element.line;
        let day = element.parse::<Day>().and_then(|day| {
            let at = dates.day(&day.date).ok_or("a day without a date")?;
            Ok((at, day))
        });
        match day {
            Ok((at, day)) => {
                for entry in entries(at, &day) {
                    out.entry(line, Whose::Mine, entry)?;
                }
            }
            Err(reason) => out.reject(line, &reason)?,
        }
    }
    Ok(())
}

/// One entry a project, and within it one a task that its branches name; one more for what the
/// day's total has beyond its projects, if that is a minute or more.
fn entries(at: When, day: &Day) -> Vec<LooseEntry> {
    let mut out = Vec::new();
    for project in &day.projects {
        let name = project.name.as_deref().and_then(words::label);
        let total = seconds(project.grand_total.total_seconds);
        let mut tasks: Vec<(Clean, i64)> = Vec::new();
        for branch in &project.branches {
            let Some(task) = branch.name.as_deref().and_then(words::task_key) else {
                continue;
            };
            let spent = seconds(branch.total_seconds);
            match tasks.iter_mut().find(|(known, _)| *known == task) {
                Some((_, sum)) => *sum += spent,
                None => tasks.push((task, spent)),
            }
        }
        let mut rest = total;
        for (task, spent) in tasks {
            let spent = spent.min(rest);
            rest -= spent;
            out.push(entry(at, spent, name.clone(), Some(task)));
        }
        out.push(entry(at, rest, name, None));
    }
    let told: i64 = out.iter().filter_map(|one| one.entry.seconds).sum();
    let rest = seconds(day.grand_total.total_seconds) - told;
    if rest >= 60 {
        out.push(entry(at, rest, None, None));
    }
    out.retain(|entry| entry.entry.seconds != Some(0));
    out
}

fn entry(at: When, seconds: i64, project: Option<Clean>, task: Option<Clean>) -> LooseEntry {
    LooseEntry {
        source: Clean::label(b"wakatime"),
        entry: Entry {
            id: None,
            start: at,
            end: None,
            seconds: Some(seconds),
            note: None,
        },
        project,
        task,
        tags: Vec::new(),
        busy: false,
    }
}

/// Whole seconds of a day; what no day can hold is none.
fn seconds(total: Option<f64>) -> i64 {
    let total = total.unwrap_or(0.0);
    let fits = total.is_finite() && (0.0..=90_000.0).contains(&total);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "at most 90000 after the check"
    )]
    if fits { total.round() as i64 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::super::testing::read;
    use super::*;

    const DUMP: &str = r#"{"user":{"email":"ada@example.org"},"range":{"start":1,"end":2},"days":[
{"date":"2026-03-06","grand_total":{"total_seconds":5400.4},"projects":[
 {"name":"moon","grand_total":{"total_seconds":5000.4},"branches":[{"name":"feature/MOON-7","total_seconds":3000},{"name":"main","total_seconds":1500},{"name":"fix/MOON-7","total_seconds":100}],"entities":[{"name":"/home/ada/secret.rs","total_seconds":3000}]},
 {"name":"notes","grand_total":{"total_seconds":400},"branches":[]}]},
{"date":"2026-03-07","grand_total":{"total_seconds":60},"projects":[]},
{"date":"2026-03-08","grand_total":{"total_seconds":0},"projects":[]},
{"date":"soon","projects":[]}
]}"#;

    #[test]
    fn days_become_sums_by_project_and_task() {
        let seen = read(&FORMAT, DUMP, "wakatime.json").unwrap();
        let entries: Vec<_> = seen.items.iter().filter_map(|item| item.entry()).collect();
        let sums: Vec<_> = entries
            .iter()
            .map(|one| (one.task.is_some(), one.entry.seconds))
            .collect();
        let wanted = [
            (true, Some(3_100)),
            (false, Some(1_900)),
            (false, Some(400)),
            (false, Some(60)),
        ];
        assert_eq!(sums, wanted);
        assert!(
            entries
                .iter()
                .all(|one| matches!(one.entry.start, When::Day(_)))
        );
        assert_eq!(seen.rejected.len(), 1);
        let text = format!("{seen:?}");
        assert!(!text.contains("secret") && !text.contains("ada@"), "{text}");
    }

    #[test]
    fn heartbeats_are_refused_with_the_way_out() {
        let text = r#"{"days":[{"date":"2026-03-06","heartbeats":[{"entity":"/home/ada/x.rs"}]}]}"#;
        let error = read(&FORMAT, text, "heartbeats.json")
            .unwrap_err()
            .to_string();
        assert!(error.contains("Daily totals"), "{error}");
    }
}
