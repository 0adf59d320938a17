//! What GitHub's three export forms have in common: people, where an issue or pull request stands,
//! what kind it is.

use serde::Deserialize;

use super::super::found::Person;
use super::super::json::text_or_number;
use super::super::{labels, words};
use super::place::Place;
use crate::model::stage::{Stage, Status};
use crate::model::task::{TaskFacts, TaskKind};
use crate::model::text::Clean;

/// Somebody, as `gh` or the API shows them.
#[derive(Debug, Default, Deserialize)]
pub(super) struct User {
    #[serde(default, deserialize_with = "text_or_number")]
    id: Option<String>,
    #[serde(default)]
    node_id: Option<String>,
    #[serde(default)]
    pub(super) login: Option<String>,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    is_bot: Option<bool>,
    #[serde(default, rename = "type")]
    kind: Option<String>,
}

impl User {
    /// Them.
    pub(super) fn person(&self) -> Person {
        Person::default()
            .id(self.node_id.as_deref().or(self.id.as_deref()).unwrap_or(""))
            .login(self.login.as_deref().unwrap_or_default())
            .name(self.name.as_deref().unwrap_or_default())
    }

    /// Whether it is a program.
    pub(super) fn is_bot(&self) -> bool {
        self.is_bot == Some(true)
            || self.kind.as_deref() == Some("Bot")
            || self.login.as_deref().is_some_and(is_bot)
    }
}

/// Whether this login is a program's. Reviews come with the bare login: programs that review are
/// known by name.
pub(super) fn is_bot(login: &str) -> bool {
    const REVIEWERS: [&str; 14] = [
        "codecov",
        "codecov-commenter",
        "coderabbitai",
        "copilot",
        "copilot-pull-request-reviewer",
        "copilot-swe-agent",
        "dependabot",
        "gemini-code-assist",
        "github-actions",
        "greptile-apps",
        "renovate",
        "sonarqubecloud",
        "sonarcloud",
        "sourcery-ai",
    ];
    let login = login.to_lowercase();
    login.ends_with("[bot]") || login.starts_with("app/") || REVIEWERS.contains(&login.as_str())
}

/// A task or pull request with nothing but its names.
pub(super) fn named(place: &Place, node: Option<&str>, title: Option<&str>) -> TaskFacts {
    let mut aliases = vec![place.alias()];
    aliases.extend(node.map(node_alias));
    TaskFacts {
        source: Clean::label(b"github"),
        key: place.key(),
        aliases,
        title: title.and_then(words::label).unwrap_or_default(),
        project: place.project(),
        ..TaskFacts::default()
    }
}

/// What a node id names in the whole world.
pub(super) fn node_alias(id: &str) -> String {
    format!("github:node:{}", id.trim())
}

/// Where an issue stands. Open ones may have a word of a project board.
pub(super) fn issue_status(closed: bool, reason: Option<&str>, board: Option<&str>) -> Status {
    if closed {
        let gave_up = reason.is_some_and(words::gave_up);
        let stage = if gave_up {
            Stage::Cancelled
        } else {
            Stage::Done
        };
        return Status::word("closed").fixed(stage);
    }
    labels::open(board)
}

/// How a pull request ended, or that it did not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// It is open.
    Open {
        /// It is still worked on.
        draft: bool,
    },
    /// It was merged.
    Merged,
    /// It was closed without a merge.
    Closed,
    /// It is closed; whether by a merge, an old listing does not say.
    Unsaid,
}

impl End {
    /// Where the pull request stands.
    pub(super) fn status(self) -> Status {
        match self {
            Self::Open { draft: true } => Status::word("draft").fixed(Stage::InProgress),
            Self::Open { draft: false } => Status::word("open").fixed(Stage::InReview),
            Self::Merged => Status::word("merged").fixed(Stage::Done),
            Self::Closed => Status::word("closed").fixed(Stage::Cancelled),
            Self::Unsaid => Status::word("closed"),
        }
    }
}

/// The kind that the labels, or a type of the issue's own, tell.
pub(super) fn kind(own: Option<&str>, tags: &[Clean]) -> TaskKind {
    if let Some(own) = own {
        return words::kind(own);
    }
    labels::kind(tags)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::stage::StageWords;

    fn stage(status: &Status) -> Option<Stage> {
        StageWords::default().stage(status)
    }

    #[test]
    fn a_closed_issue_is_done_unless_it_was_given_up_whatever_a_board_says() {
        let closed = |reason| stage(&issue_status(true, reason, Some("In Progress")));
        assert_eq!(closed(None), Some(Stage::Done));
        assert_eq!(closed(Some("COMPLETED")), Some(Stage::Done));
        assert_eq!(closed(Some("not_planned")), Some(Stage::Cancelled));
        assert_eq!(closed(Some("DUPLICATE")), Some(Stage::Cancelled));
    }

    #[test]
    fn programs_are_known_by_mark_type_or_name() {
        for login in ["app/renovate", "ci[bot]", "github-actions", "CodeRabbitAI"] {
            assert!(is_bot(login), "{login}");
        }
        assert!(!is_bot("ada") && !is_bot("botany"));
    }
}
