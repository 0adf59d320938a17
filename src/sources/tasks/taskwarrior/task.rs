//! One task of an export, its estimate and where it was copied from.

use serde::Deserialize;

use super::super::{links, words};
use crate::model::task::Estimate;

/// A task as it stands there, as far as it is kept.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Task {
    pub(super) uuid: String,
    pub(super) description: String,
    pub(super) status: String,
    pub(super) entry: String,
    pub(super) modified: String,
    pub(super) start: String,
    pub(super) end: String,
    pub(super) due: String,
    pub(super) wait: String,
    pub(super) project: Option<String>,
    pub(super) tags: Tags,
    pub(super) annotations: Vec<Annotation>,
    estimate: Option<Loose>,
    est: Option<Loose>,
    effort: Option<Loose>,
    points: Option<Loose>,
    storypoints: Option<Loose>,
    pivotalestimate: Option<Loose>,
    jiraestimate: Option<Loose>,
    redmineestimatedhours: Option<Loose>,
    // Where bugwarrior copied it from.
    githuburl: Option<String>,
    gitlaburl: Option<String>,
    jiraurl: Option<String>,
    jiraid: Option<Loose>,
    linearurl: Option<String>,
    linearidentifier: Option<Loose>,
    trellourl: Option<String>,
    trelloshorturl: Option<String>,
    trelloshortlink: Option<Loose>,
    trellocardid: Option<Loose>,
    bugzillaurl: Option<String>,
    bugzillabugid: Option<Loose>,
    phabricatorid: Option<Loose>,
    youtrackissue: Option<Loose>,
    adoid: Option<Loose>,
    todoistid: Option<Loose>,
    clickupid: Option<Loose>,
}

/// A note; only those of the journal are used.
#[derive(Deserialize)]
pub(super) struct Annotation {
    #[serde(default)]
    pub(super) entry: String,
    #[serde(default)]
    pub(super) description: String,
}

/// An array, or before 2.4 one text.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Tags {
    Many(Vec<String>),
    One(String),
}

impl Default for Tags {
    fn default() -> Self {
        Self::Many(Vec::new())
    }
}

/// A field of the user's own: text or number as its type was configured.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Loose {
    Text(String),
    Number(f64),
    Else(serde::de::IgnoredAny),
}

impl Loose {
    fn text(&self) -> Option<String> {
        match self {
            Self::Text(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            Self::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }
}

impl Task {
    /// The owner's own estimate: a number is points, a duration is time.
    pub(super) fn estimate(&self) -> Option<Estimate> {
        let own = [
            &self.estimate,
            &self.est,
            &self.effort,
            &self.storypoints,
            &self.points,
            &self.pivotalestimate,
        ];
        let own = own.into_iter().flatten().find_map(|field| {
            let text = field.text()?;
            let seconds = duration(&text).or_else(|| words::period(&text));
            let points = || words::points(&text).map(Estimate::Points);
            seconds.map(Estimate::Seconds).or_else(points)
        });
        // bugwarrior writes these two in hours.
        let hours = [&self.jiraestimate, &self.redmineestimatedhours];
        let hours = hours.into_iter().flatten().find_map(|field| {
            let text = field.text()?;
            let seconds = || words::points(&text)?.checked_mul(3_600)?.checked_div(1_000);
            duration(&text).or_else(seconds).filter(|n| *n > 0)
        });
        own.or(hours.map(Estimate::Seconds))
    }
}

impl Task {
    /// Where bugwarrior copied it from: the original is the same task.
    pub(super) fn linked(&self) -> Vec<String> {
        let urls = [
            &self.githuburl,
            &self.gitlaburl,
            &self.jiraurl,
            &self.linearurl,
            &self.trellourl,
            &self.trelloshorturl,
            &self.bugzillaurl,
        ];
        let urls = urls.into_iter().flatten();
        let mut found: Vec<String> = urls.filter_map(|url| links::of_url(url)).collect();
        let ids = [
            ("linear", &self.linearidentifier),
            ("trello", &self.trelloshortlink),
            ("trello", &self.trellocardid),
            ("bugzilla", &self.bugzillabugid),
            ("phabricator", &self.phabricatorid),
            ("youtrack", &self.youtrackissue),
            ("azure", &self.adoid),
            ("todoist", &self.todoistid),
            ("clickup", &self.clickupid),
        ];
        found.extend(self.jiraid.as_ref().and_then(|id| links::jira(&id.text()?)));
        found.extend(ids.into_iter().filter_map(|(tracker, id)| {
            let id = id.as_ref()?.text()?;
            Some(format!("{tracker}:{id}"))
        }));
        let mut seen = std::collections::BTreeSet::new();
        found.retain(|alias| seen.insert(alias.clone()));
        found
    }
}

/// An ISO duration as Taskwarrior prints them (`P3D`, `PT1H30M`) in seconds of work, a day as eight
/// hours and a week as five days like everywhere here.
fn duration(text: &str) -> Option<i64> {
    let rest = text.trim().strip_prefix('P')?;
    let (days, clock) = rest.split_once('T').unwrap_or((rest, ""));
    let mut seconds = 0_i64;
    let mut any = false;
    for (part, units) in [
        (days, [('W', 144_000), ('D', 28_800), ('\0', 0)]),
        (clock, [('H', 3_600), ('M', 60), ('S', 1)]),
    ] {
        let mut digits = String::new();
        for c in part.chars() {
            if c.is_ascii_digit() {
                digits.push(c);
                continue;
            }
            let (_, each) = units.into_iter().find(|(unit, _)| *unit == c)?;
            let number: i64 = std::mem::take(&mut digits).parse().ok()?;
            seconds = seconds.checked_add(number.checked_mul(each)?)?;
            any = true;
        }
    }
    any.then_some(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        assert_eq!(duration("PT1H30M"), Some(5_400));
        assert_eq!(duration("P3D"), Some(3 * 28_800));
        assert_eq!(duration("P1W"), Some(144_000));
        for text in ["", "P", "3D", "P1Y2", "PT99999999999999999999H"] {
            assert_eq!(duration(text), None, "{text}");
        }
    }
}
