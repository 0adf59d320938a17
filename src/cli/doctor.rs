//! `inward doctor`: what is not right or not known, each with what to do.

use std::collections::HashMap;
use std::path::Path;

use crate::guard::diagnose::{self, Facts};
use crate::model::commit::mark;
use crate::model::dataset::{Dataset, Labels};
use crate::model::ids::RepoId;
use crate::model::place::Place;
use crate::model::text::Clean;
use crate::report::doctor::{
    self, Around, DOCTOR_SCHEMA, Findings, Imports, Patient, Remark, StoreHealth, Trouble,
};
use crate::report::json;
use crate::sources::git::{self, About, Condition, Warning};
use crate::sources::tasks::registry;
use crate::store::{Ailing, Ailments, ImportRow, PlaceRow, Repository, SecondPlace, Store};

use super::doctor_imports;
use super::error::{CliError, Code};
use super::places::Places;
use super::session::{Session, shown, store_error};
use super::who::Who;

/// Lists what was found; finding something is no failure.
pub(super) fn run(session: &mut Session, as_json: bool) -> Result<(), CliError> {
    session.look_at_folder()?;
    session.unlock_quietly();
    if session.is_locked() {
        session
            .say
            .note("the store is sealed: what is in it was not looked at; any command that reads it asks for the passphrase");
    } else {
        session.list_roots()?;
    }
    let facts = diagnose::facts(&session.config.data_dir);
    let places = Places::registered(session);
    let level = session.lock(places.folders(), Vec::new());
    git::prepare().map_err(|e| CliError::caused(Code::Failed, &e))?;
    let kept = Kept::open(session)?;
    let examined = Examined::new(&places);
    let worth_knowing = worth_knowing(session, &places, &kept)?;
    let findings = Findings {
        schema: DOCTOR_SCHEMA,
        repositories: troubles(&places, &examined, &kept),
        undated: kept.patients(&kept.ailments.undated, |_| UNDATED),
        lines_unknown: kept.patients(&kept.ailments.lines_unknown, |one| {
            examined.why_unknown(one, &kept)
        }),
        reformatting: kept.patients(&kept.ailments.reformatting, why_left_out),
        worth_knowing,
        store: store_health(session, &facts, (level.offline(), kept.second.as_ref())),
        imports: kept.imports,
    };
    let width = session.width();
    let out = session.say.out();
    if as_json {
        let text = json::ascii(&findings).map_err(|e| CliError::caused(Code::Failed, &e))?;
        writeln!(out, "{text}")?;
    } else {
        write!(out, "{}", findings.text(width))?;
    }
    Ok(())
}

/// A reason, and what to do.
type Why = (&'static str, &'static str);

const UNDATED: Why = (
    "the clock was before 1990 or is more than a day ahead",
    "counted in totals, on no day; amend the date where history may be rewritten, else leave it",
);
const CUT_OFF: Why = (
    "a shallow clone ends here",
    "`git fetch --unshallow` in it, then `inward scan`",
);
const REPLACED: Why = (
    "a graft or a replacement names it",
    "`git replace -d` or removing info/grafts, then `inward scan`",
);
const NOT_HERE: Why = (
    "file contents are not in this partial clone",
    "`git backfill` in it or a full clone, then `inward scan`; inward never fetches",
);
const DAMAGED: Why = (
    "objects are missing or damaged, or it changes more than is counted",
    "`git fsck` in its repository tells which; mended, `inward scan --full` reads them",
);
const LISTED: Why = (
    "the repository lists it in .git-blame-ignore-revs",
    "nothing to do; `--raw` counts its lines",
);
const SAME_TEXT: Why = (
    "nearly all changed lines say what they said before",
    "nothing to do if it only reformats; `--raw` counts its lines",
);

fn why_left_out(one: &Ailing) -> Why {
    if one.marks & mark::IGNORED != 0 {
        LISTED
    } else {
        SAME_TEXT
    }
}

/// What the store tells; nothing where none is.
struct Kept {
    repositories: Vec<Repository>,
    names: HashMap<RepoId, Clean>,
    ailments: Ailments,
    imports: Imports,
    data: Option<(Dataset, Labels)>,
    capped: Vec<(String, u64, &'static str)>,
    second: Option<SecondPlace>,
}

impl Kept {
    fn open(session: &Session) -> Result<Self, CliError> {
        let (mut repositories, mut ailments) = (Vec::new(), Ailments::default());
        let mut imports = Imports::default();
        let (mut data, mut caps, mut second) = (None, Vec::new(), None);
        if session.has_store() && !session.is_locked() {
            let now = session.now_utc();
            let mut store = session.door().open_reading(now).map_err(store_error)?;
            session.set_rules(&mut store)?;
            imports = doctor_imports::look(session, &store)?;
            data = Some(store.dataset(now).map_err(store_error)?);
            caps = capped(&store)?;
            repositories = store.repositories().map_err(store_error)?;
            ailments = store.ailments(now).map_err(store_error)?;
            second = Some(store.second_place().map_err(store_error)?);
        }
        let name = |repo: &Repository| (repo.id, repo.name.clone());
        Ok(Self {
            names: repositories.iter().map(name).collect(),
            repositories,
            ailments,
            imports,
            data,
            capped: caps,
            second,
        })
    }

    fn patients(&self, all: &[Ailing], why: impl Fn(&Ailing) -> Why) -> Vec<Patient> {
        let one = |one: &Ailing| {
            let (time, written) = Patient::when(one.authored);
            let (reason, next) = why(one);
            Patient {
                time,
                written,
                oid: one.oid,
                repo: self.names.get(&one.repo).cloned().unwrap_or_default(),
                summary: one.summary.clone(),
                reason,
                next,
            }
        };
        all.iter().map(one).collect()
    }

    /// Every place that was read once.
    fn places(&self) -> impl Iterator<Item = (RepoId, &Path, &Path)> {
        self.places_where(|_| true)
    }

    /// Those on this machine: others came with another machine's store.
    fn walked(&self) -> impl Iterator<Item = (RepoId, &Path, &Path)> {
        self.places_where(|place| place.walked)
    }

    fn places_where(
        &self,
        wanted: fn(&PlaceRow) -> bool,
    ) -> impl Iterator<Item = (RepoId, &Path, &Path)> {
        self.repositories.iter().flat_map(move |repo| {
            let one = move |place| -> (RepoId, &Path, &Path) {
                let place: &PlaceRow = place;
                (repo.id, &place.path, &place.common_dir)
            };
            repo.places
                .iter()
                .filter(move |place| wanted(place))
                .map(one)
        })
    }
}

/// The registered repositories as they are now.
struct Examined<'a> {
    conditions: Vec<(&'a Place, Result<Condition, git::GitError>)>,
}

impl<'a> Examined<'a> {
    fn new(places: &'a Places) -> Self {
        let one = |(place, _): &'a (Place, _)| (place, git::condition(place));
        Self {
            conditions: places.targets.iter().map(one).collect(),
        }
    }

    /// Why the lines of `one` are unknown, by the clones of its repository.
    fn why_unknown(&self, one: &Ailing, kept: &Kept) -> Why {
        let mut why = DAMAGED;
        for (repo, _, common_dir) in kept.places() {
            let examined = self.conditions.iter();
            let here = examined
                .filter(|(place, _)| repo == one.repo && place.common_dir == common_dir)
                .filter_map(|(_, condition)| condition.as_ref().ok());
            for condition in here {
                if condition.cut_off.contains(&one.oid) {
                    return CUT_OFF;
                }
                if condition.replaced.contains(&one.oid) {
                    return REPLACED;
                }
                if condition.partial {
                    why = NOT_HERE;
                }
            }
        }
        why
    }
}

/// What is worth knowing of the record; nothing while nothing is kept.
fn worth_knowing(
    session: &mut Session,
    places: &Places,
    kept: &Kept,
) -> Result<Vec<Remark>, CliError> {
    let Some((data, labels)) = &kept.data else {
        return Ok(Vec::new());
    };
    let configured = places.configured(session);
    let who = Who::read(session, places, configured)?;
    let around = Around {
        look_alikes: who.proposals().len() as u64,
        capped: kept.capped.clone(),
    };
    Ok(doctor::remarks(data, labels, &around, &session.calendar))
}

/// Imports that ended exactly at a cap of their format.
fn capped(store: &Store) -> Result<Vec<(String, u64, &'static str)>, CliError> {
    let imports = store.imports().map_err(store_error)?.into_iter();
    let cap = |import: ImportRow| {
        let format = registry::by_id(import.format.as_str())?;
        let mut caps = format.caps.iter();
        let (_, why) = caps.find(|(cap, _)| *cap == import.records)?;
        Some((import.name.to_string(), import.records, *why))
    };
    Ok(imports.filter_map(cap).collect())
}

fn troubles(places: &Places, examined: &Examined<'_>, kept: &Kept) -> Vec<Trouble> {
    let mut all = Vec::new();
    for problem in &places.problems {
        all.push(Trouble {
            path: None,
            problem: "unreadable",
            says: problem.clone(),
        });
    }
    for (_, path, common_dir) in kept.walked() {
        // A look at a folder's name is all this takes, and needs no permission to read it.
        if !common_dir.exists() {
            let path = shown(path);
            all.push(Trouble {
                says: format!(
                    "{path} is no longer there: what is kept of it stays; `inward add` its new place, or `inward repos rm` it"
                ),
                path: Some(path),
                problem: "gone",
            });
        }
    }
    for (place, condition) in &examined.conditions {
        match condition {
            Ok(condition) => all.extend(told(place, condition)),
            Err(error) => all.push(Trouble {
                path: Some(shown(&place.path)),
                problem: "unreadable",
                says: error.to_string(),
            }),
        }
    }
    all
}

/// What a readable repository lacks.
fn told(place: &Place, condition: &Condition) -> Vec<Trouble> {
    let path = shown(&place.path);
    let mut all = Vec::new();
    let ends = condition.cut_off.len() as u64;
    if ends > 0 {
        let about = About::Shallow(ends);
        let warning = Warning {
            path: path.clone(),
            about,
        };
        all.push(("shallow", warning.to_string()));
    }
    if !condition.replaced.is_empty() {
        let n = condition.replaced.len();
        all.push((
            "replaced",
            format!("{path}: grafts or replacements name objects: {n}; they are read as they were written, and the lines of such commits are unknown"),
        ));
    }
    if condition.partial {
        all.push((
            "partial",
            format!("{path} is a partial clone: lines are unknown where file contents are not here; inward never fetches, `git backfill` or a full clone does"),
        ));
    }
    let one = |(problem, says)| Trouble {
        path: Some(path.clone()),
        problem,
        says,
    };
    all.into_iter().map(one).collect()
}

fn store_health(
    session: &Session,
    facts: &Facts,
    (offline, second): (String, Option<&SecondPlace>),
) -> StoreHealth {
    let store = &session.config.store;
    StoreHealth {
        path: shown(store),
        bytes: std::fs::metadata(store).ok().map(|about| about.len()),
        second_place: second.map(in_words),
        open_to_others: facts.open_to_others().map(shown).collect(),
        could_be_swapped: facts.swappable.iter().map(|path| shown(path)).collect(),
        named_twice: facts.named_twice.iter().map(|path| shown(path)).collect(),
        leaves_the_machine: facts.leaves.clone(),
        override_given: facts.stays_by_word,
        instead_of: session.instead_of.as_deref().map(shown),
        offline,
    }
}

fn in_words(second: &SecondPlace) -> String {
    match second {
        SecondPlace::Missing => {
            "there is none; the next command that writes makes it".to_owned()
        }
        SecondPlace::Whole => "whole".to_owned(),
        SecondPlace::Behind => {
            "it and the store do not say the same; where words of yours look wrong, `inward rebuild` takes \
             them from it"
                .to_owned()
        }
        SecondPlace::Anothers => {
            "it is another store's; the next one that is written sets it aside".to_owned()
        }
        SecondPlace::Unfit(why) => format!(
            "it cannot be used ({why}); the next one that is written sets it aside"
        ),
    }
}
