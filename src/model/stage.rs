//! Where a task stands: six stages, and how a tracker's own words lead to one of them.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::text::Clean;

/// The six stages every tracker's states are mapped to. The numbers are stored: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Noted, not planned.
    Backlog = 0,
    /// Planned, not started; blocked work that waits is here too.
    Todo = 1,
    /// Worked on.
    InProgress = 2,
    /// Waits for, or is in, review or testing.
    InReview = 3,
    /// Finished.
    Done = 4,
    /// Given up: finished is something else.
    Cancelled = 5,
}

impl Stage {
    /// Every stage, in the order of work.
    pub const ALL: [Self; 6] = [
        Self::Backlog,
        Self::Todo,
        Self::InProgress,
        Self::InReview,
        Self::Done,
        Self::Cancelled,
    ];

    /// Its name on the command line and in JSON, e.g. `in-progress`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Backlog => "backlog",
            Self::Todo => "todo",
            Self::InProgress => "in-progress",
            Self::InReview => "in-review",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
        }
    }

    /// The stage of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == name)
    }

    /// The stage with this stored number.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }

    /// Whether nothing more is to be done.
    pub fn is_closed(self) -> bool {
        matches!(self, Self::Done | Self::Cancelled)
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.as_str())
    }
}

/// What a tracker says about where a task stands. Kept as it was said: the stage is told from it
/// when it is read, so that a word mapped later needs no second import.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Status {
    /// The tracker's own word, e.g. `Selected for Development`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub word: Option<Clean>,
    /// The tracker's own category of that word, where it has one: decides before any word table
    /// of ours, which then only refines it (review within in-progress, backlog within todo).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<Stage>,
    /// What other facts say beyond doubt (a resolution, a merge, a checked box): no word changes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fixed: Option<Stage>,
}

impl Status {
    /// A bare word.
    pub fn word(word: &str) -> Self {
        let word = Clean::label(word.as_bytes());
        Self {
            word: Some(word).filter(|word| !word.is_empty()),
            ..Self::default()
        }
    }

    /// The same with the tracker's own category.
    #[must_use]
    pub fn category(mut self, category: Option<Stage>) -> Self {
        self.category = category;
        self
    }

    /// The same, beyond doubt.
    #[must_use]
    pub fn fixed(mut self, stage: Stage) -> Self {
        self.fixed = Some(stage);
        self
    }

    /// A stage known beyond doubt, without a word.
    pub fn of(stage: Stage) -> Self {
        Self::default().fixed(stage)
    }
}

/// The word table: the owner's entries before the built-in ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StageWords {
    own: BTreeMap<String, Stage>,
}

impl StageWords {
    /// A table with the owner's entries (word, stage); case and spaces around a word do not count.
    pub fn new<W: AsRef<str>>(own: impl IntoIterator<Item = (W, Stage)>) -> Self {
        let key = |(word, stage): (W, Stage)| (key(word.as_ref()), stage);
        Self {
            own: own.into_iter().map(key).collect(),
        }
    }

    /// The stage that `status` means; `None` when nothing says so.
    pub fn stage(&self, status: &Status) -> Option<Stage> {
        if status.fixed.is_some() {
            return status.fixed;
        }
        let word = status.word.as_ref().map(|word| key(word.as_str()));
        let word = word.as_deref();
        if let Some(own) = word.and_then(|word| self.own.get(word)) {
            return Some(*own);
        }
        let guess = word.and_then(built_in);
        match (status.category, guess) {
            (None, guess) => guess,
            (Some(category), guess) => Some(refine(category, guess)),
        }
    }
}

/// The word within the tracker's own category: only a finer stage of the same category counts.
fn refine(category: Stage, guess: Option<Stage>) -> Stage {
    match (category, guess) {
        (Stage::InProgress, Some(Stage::InReview)) => Stage::InReview,
        (Stage::Todo, Some(Stage::Backlog)) => Stage::Backlog,
        (Stage::Done, Some(Stage::Cancelled)) => Stage::Cancelled,
        (category, _) => category,
    }
}

/// A word as it is compared: lower case, runs of spaces, `_` and `-` as one space.
fn key(word: &str) -> String {
    let lower = word.to_lowercase();
    let parts = lower.split(|c: char| c.is_whitespace() || c == '_' || c == '-');
    parts
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Words that mean one stage in most trackers, compared whole; then parts of a word.
fn built_in(key: &str) -> Option<Stage> {
    // Emoji and other decoration around a word do not count.
    let plain = key.trim_matches(|c: char| !c.is_alphanumeric());
    let whole = WHOLE.iter().find(|(_, words)| words.contains(&plain));
    whole.map(|(stage, _)| *stage).or_else(|| {
        let parts = PARTS
            .iter()
            .find(|(_, parts)| parts.iter().any(|part| plain.contains(part)));
        parts.map(|(stage, _)| *stage)
    })
}

const WHOLE: &[(Stage, &[&str])] = &[
    (
        Stage::Backlog,
        &[
            "backlog",
            "icebox",
            "someday",
            "triage",
            "unscheduled",
            "ideas",
            "later",
            "inbox",
        ],
    ),
    (
        Stage::Todo,
        &[
            "todo",
            "to do",
            "open",
            "new",
            "reopened",
            "ready",
            "next",
            "planned",
            "unstarted",
            "not started",
            "approved",
            "waiting",
            "blocked",
            "on hold",
            "hold",
            "wait",
            "stalled",
            "unconfirmed",
            "confirmed",
            "selected for development",
            "ready for development",
            "ready for dev",
            "accepted",
            "submitted",
            "zu erledigen",
            "offen",
            "geplant",
            "abierto",
            "abierta",
            "por hacer",
            "à faire",
            "a faire",
            "ouvert",
            "a fazer",
            "da fare",
            "tareas por hacer",
            "tarefas pendentes",
            "itens pendentes",
            "pendiente",
            "pendente",
            "reabierta",
            "reabierto",
            "待办",
            "未着手",
            "未対応",
        ],
    ),
    (
        Stage::InProgress,
        &[
            "in progress",
            "doing",
            "started",
            "active",
            "in development",
            "in dev",
            "development",
            "wip",
            "work in progress",
            "assigned",
            "committed",
            "implementing",
            "coding",
            "ongoing",
            "in arbeit",
            "en curso",
            "en progreso",
            "en cours",
            "em andamento",
            "in corso",
            "in bearbeitung",
            "en cours de développement",
            "en desarrollo",
            "em desenvolvimento",
            "进行中",
            "処理中",
            "対応中",
        ],
    ),
    (
        Stage::InReview,
        &[
            "in review",
            "review",
            "code review",
            "peer review",
            "qa",
            "in qa",
            "testing",
            "test",
            "in testing",
            "ready for review",
            "ready for qa",
            "ready for test",
            "verify",
            "verification",
            "awaiting review",
            "waiting for review",
            "in prüfung",
            "en revisión",
            "en revue",
            "em revisão",
            "in überprüfung",
            "uat",
            "to verify",
            "ready for testing",
            "resolved for review",
        ],
    ),
    (
        Stage::Done,
        &[
            "done",
            "closed",
            "complete",
            "completed",
            "finished",
            "fixed",
            "resolved",
            "verified",
            "released",
            "shipped",
            "merged",
            "deployed",
            "erledigt",
            "fertig",
            "geschlossen",
            "hecho",
            "listo",
            "cerrado",
            "cerrada",
            "resuelta",
            "terminé",
            "fini",
            "fait",
            "concluído",
            "concluída",
            "itens concluídos",
            "concluido",
            "finalizada",
            "finalizado",
            "terminada",
            "terminado",
            "resuelto",
            "abgeschlossen",
            "gelöst",
            "terminée",
            "terminés",
            "fermé",
            "fermée",
            "clos",
            "résolu",
            "résolue",
            "resolvido",
            "fechado",
            "fatto",
            "completato",
            "已完成",
            "完成",
            "完了",
            "処理済み",
        ],
    ),
    (
        Stage::Cancelled,
        &[
            "cancelled",
            "canceled",
            "won't do",
            "won't fix",
            "wont fix",
            "wont do",
            "wontfix",
            "duplicate",
            "removed",
            "rejected",
            "declined",
            "invalid",
            "obsolete",
            "abandoned",
            "cannot reproduce",
            "can't reproduce",
            "works for me",
            "worksforme",
            "incomplete",
            "not planned",
            "not a bug",
            "spite",
            "abgebrochen",
            "verworfen",
            "cancelada",
            "cancelado",
            "descartada",
            "descartado",
            "annulé",
            "annulée",
            "annullato",
            "archived",
            "moved",
        ],
    ),
];

/// In this order: `ready for review` is review, not ready.
const PARTS: &[(Stage, &[&str])] = &[
    (
        Stage::Cancelled,
        &["cancel", "won't", "wont", "duplicate", "rejected"],
    ),
    (Stage::InReview, &["review", "testing", " qa"]),
    (Stage::Done, &["done", "completed", "shipped", "released"]),
    (Stage::InProgress, &["in progress", "doing", "in dev"]),
    (Stage::Backlog, &["backlog", "icebox"]),
    (Stage::Todo, &["to do", "todo", "ready for dev"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn stage(word: &str) -> Option<Stage> {
        StageWords::default().stage(&Status::word(word))
    }

    #[test]
    fn a_word_means_its_stage_in_any_case_and_decoration() {
        assert_eq!(stage("IN_PROGRESS"), Some(Stage::InProgress));
        assert_eq!(stage("Done 🎉"), Some(Stage::Done));
        assert_eq!(stage("Done [WEEK 3/6-12]"), Some(Stage::Done));
        assert_eq!(stage("Ready for Review"), Some(Stage::InReview));
        assert_eq!(stage("Won't Do"), Some(Stage::Cancelled));
        assert_eq!(stage("Frobnicating"), None);
        for (word, wanted) in [
            ("Finalizada", Stage::Done),
            ("Itens concluídos", Stage::Done),
            ("In Bearbeitung", Stage::InProgress),
            ("Tareas por hacer", Stage::Todo),
            ("Annulé", Stage::Cancelled),
        ] {
            assert_eq!(stage(word), Some(wanted), "{word}");
        }
    }

    #[test]
    fn the_trackers_category_comes_before_the_word_and_is_refined_by_it() {
        let said = |word: &str, category| {
            StageWords::default().stage(&Status::word(word).category(Some(category)))
        };
        assert_eq!(said("Done", Stage::InProgress), Some(Stage::InProgress));
        assert_eq!(said("QA", Stage::InProgress), Some(Stage::InReview));
        assert_eq!(said("Backlog", Stage::Todo), Some(Stage::Backlog));
        assert_eq!(said("选定", Stage::Todo), Some(Stage::Todo));
    }

    #[test]
    fn the_owners_word_wins_over_the_category_but_not_over_a_resolution() {
        let words = StageWords::new([("Frobnicating ", Stage::InReview)]);
        let status = Status::word("frobnicating").category(Some(Stage::Todo));
        assert_eq!(words.stage(&status), Some(Stage::InReview));
        assert_eq!(
            words.stage(&status.fixed(Stage::Cancelled)),
            Some(Stage::Cancelled)
        );
    }

    #[test]
    fn names_and_numbers_lead_back_to_the_stage() {
        for stage in Stage::ALL {
            assert_eq!(Stage::parse(stage.as_str()), Some(stage));
            assert_eq!(Stage::from_number(stage as u8), Some(stage));
        }
        assert_eq!(Stage::from_number(6), None);
    }
}
