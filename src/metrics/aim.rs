//! A goal as it is typed: a sentence, or `--limit METRIC VALUE`. A floor on activity is refused.

use super::by_id;
use crate::model::figure::Unit;
use crate::model::goal::{Aim, LIMITS, Limit, Measure, Per, measure};
use crate::model::quota::{is_floor, is_quota};
use crate::model::text::Clean;

/// Why a goal is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadAim {
    /// It asks for at least so much activity.
    #[error(
        "inward does not set quotas on activity: whoever has to reach a number of commits, lines, days \
         or hours works for the number, and a low one is not little work"
    )]
    Quota,
    /// Less of this metric is not better.
    #[error(
        "{0} takes no upper limit: less of it is not better, and inward does not set quotas on activity"
    )]
    NoLimit(Clean),
    /// Nothing is called that.
    #[error("`{0}` is no metric")]
    NoMetric(Clean),
    /// The value is none of its metric.
    #[error("`{value}` is no value of {metric}: write it like {like}")]
    NoValue {
        /// What was typed.
        value: Clean,
        /// The metric.
        metric: Clean,
        /// A value of it.
        like: &'static str,
    },
    /// Nothing was said.
    #[error("a goal needs words")]
    NoWords,
    /// An option that is none, or without its value.
    #[error("write --limit METRIC VALUE, and --per day, week or month after it")]
    Option,
}

impl BadAim {
    /// What to do instead; empty where the error says it.
    pub fn hint(&self) -> String {
        match self {
            Self::Quota => {
                "set an outcome as a sentence, or an upper limit, for example --limit wip 3"
                    .to_owned()
            }
            Self::NoLimit(_) | Self::NoMetric(_) => {
                let ids: Vec<&str> = LIMITS.iter().map(|(id, _)| *id).collect();
                format!("limits fit {}", ids.join(", "))
            }
            Self::NoWords => {
                "`inward goal add TEXT`, or `inward goal add --limit wip 3`".to_owned()
            }
            Self::NoValue { .. } | Self::Option => String::new(),
        }
    }
}

/// An outcome in these words.
///
/// # Errors
/// When there are none, or when they ask for at least so much activity.
pub fn outcome(text: Clean) -> Result<Aim, BadAim> {
    if text.as_str().trim().is_empty() {
        return Err(BadAim::NoWords);
    }
    if is_quota(text.as_str()) {
        return Err(BadAim::Quota);
    }
    Ok(Aim::Outcome(text))
}

/// An upper limit, if one on this metric makes sense.
///
/// # Errors
/// When it is a floor, when the metric takes no limit, or when `value` is none of it.
pub fn limit(metric: &str, value: &str, per: Per) -> Result<Aim, BadAim> {
    if is_floor(value) || is_floor(metric) || value.trim_start().starts_with(['>', '≥']) {
        return Err(BadAim::Quota);
    }
    let value = value.trim_start_matches(['<', '=', '≤', ' ']);
    let name = || Clean::label(metric.as_bytes());
    let Some(usual) = measure(metric) else {
        return Err(match by_id(metric) {
            Some(_) => BadAim::NoLimit(name()),
            None => BadAim::NoMetric(name()),
        });
    };
    let measure = measured(metric).unwrap_or(usual);
    let most = measure.parse(value).ok_or_else(|| BadAim::NoValue {
        value: Clean::label(value.as_bytes()),
        metric: name(),
        like: measure.example(),
    })?;
    Ok(Aim::Limit(Limit {
        metric: name(),
        most,
        per,
    }))
}

/// What the values of a metric are, where it is computed here.
pub fn measured(metric: &str) -> Option<Measure> {
    Some(match by_id(metric)?.unit() {
        Unit::Share => Measure::Share,
        Unit::Seconds | Unit::WorkTime => Measure::Seconds,
        _ => Measure::Count,
    })
}

/// One line as it follows `inward goal add`: words, or `--limit METRIC VALUE [--per day]`.
///
/// # Errors
/// As [`outcome`] and [`limit`]; also for an option that is none.
pub fn typed(line: &str) -> Result<Aim, BadAim> {
    let line = line.trim();
    let mut words = line.split_whitespace();
    if !line.starts_with("--") {
        let text = line.trim_matches(['"', '\'']);
        return outcome(Clean::note(text));
    }
    let (mut about, mut per) = (None, Per::Week);
    while let Some(word) = words.next() {
        match word {
            "--min" => return Err(BadAim::Quota),
            "--limit" => about = words.next().zip(words.next()),
            "--per" => {
                let name = words.next();
                let found = Per::ALL.into_iter().find(|per| Some(per.as_str()) == name);
                per = found.ok_or(BadAim::Option)?;
            }
            _ => return Err(BadAim::Option),
        }
    }
    let (metric, value) = about.ok_or(BadAim::Option)?;
    limit(metric, value, per)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_line_is_read_as_the_command_reads_it() {
        let set = typed("--limit after_hours_share 20% --per month").unwrap();
        let Aim::Limit(limit) = set else {
            panic!("{set:?} is no limit");
        };
        assert_eq!(limit.metric.as_str(), "after_hours_share");
        assert_eq!(
            (limit.most.to_bits(), limit.per),
            (0.2_f64.to_bits(), Per::Month)
        );
        let said = typed(" \"Ship the retry queue\" ").unwrap();
        assert!(matches!(said, Aim::Outcome(text) if text.as_str() == "Ship the retry queue"));
    }

    #[test]
    fn floors_and_what_cannot_be_read_are_refused() {
        for floor in [
            "at least 5 commits a day",
            "--min commits 5",
            "--limit wip >=3",
        ] {
            assert_eq!(typed(floor), Err(BadAim::Quota), "{floor}");
        }
        for bad in ["--limit", "--limit wip", "--per year", "--most 3"] {
            assert_eq!(typed(bad), Err(BadAim::Option), "{bad}");
        }
        assert_eq!(typed("  "), Err(BadAim::NoWords));
        assert!(matches!(
            typed("--limit commits 5"),
            Err(BadAim::NoLimit(_))
        ));
        assert!(matches!(
            typed("--limit nonsense 5"),
            Err(BadAim::NoMetric(_))
        ));
        assert!(matches!(
            typed("--limit wip few"),
            Err(BadAim::NoValue { .. })
        ));
    }
}
