//! What each commit tells by itself.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension};

use super::super::keys::Key;
use super::super::subjects::Kind;
use super::evidence::{Evidence, Spot};
use super::fits::{Fit, Fits};
use super::tasks::Known;
use crate::model::branch_keys::{self, BranchKey};
use crate::model::ids::RepoId;
use crate::model::links::LinkRule;

/// Branches that outlive any task: a pull request from one of them does not own what is on it.
const LASTING: [&str; 12] = [
    "main",
    "master",
    "develop",
    "development",
    "dev",
    "trunk",
    "staging",
    "production",
    "prod",
    "next",
    "release",
    "default",
];

/// Position of a commit, position of a task, rule; one pair may stand several times.
pub(super) type Told = Vec<(u32, u32, LinkRule)>;

/// Everything that commits tell by themselves, in no order.
pub(super) fn told(
    conn: &Connection,
    key: &Key,
    known: &Known,
    evidence: &Evidence,
) -> rusqlite::Result<Told> {
    let mut teller = Teller {
        known,
        evidence,
        fits: Fits::load(conn, key, known)?,
        branches: HashMap::new(),
        told: Vec::new(),
    };
    let tokens = tokens(conn, key, known, &evidence.tokens)?;
    teller.requests();
    teller.messages(&tokens);
    teller.spots();
    Ok(teller.told)
}

struct Teller<'a> {
    known: &'a Known,
    evidence: &'a Evidence,
    fits: Fits<'a>,
    /// The tasks that a branch of a repository names.
    branches: HashMap<(RepoId, i64), Vec<u32>>,
    told: Told,
}

impl Teller<'_> {
    /// Pull requests that list a commit, or were merged as it, or as a squash that holds it; and
    /// what their branches name.
    fn requests(&mut self) {
        let commits = &self.evidence.commits;
        let own = (0..).zip(commits.iter().map(|commit| commit.oid));
        let held = self.evidence.held.iter().map(|(squash, at)| (*at, *squash));
        for (at, oid) in own.chain(held) {
            for task in self.known.by_oid.get(&oid).into_iter().flatten() {
                self.told.push((at, *task, LinkRule::PullRequest));
                let own = &self.known.tasks[*task as usize];
                let named = own
                    .branch
                    .as_deref()
                    .map(|name| self.of_request(name, *task));
                for task in named.into_iter().flatten() {
                    self.told.push((at, task, LinkRule::Branch));
                }
            }
        }
    }

    /// What the branch of a pull request names: keys, and numbers of its own project.
    fn of_request(&self, branch: &str, request: u32) -> Vec<u32> {
        let project = self.known.tasks[request as usize].project;
        let mut named = Vec::new();
        for key in branch_keys::of(branch) {
            match key {
                BranchKey::Key(key) => {
                    named.extend(self.known.by_key.get(&key).into_iter().flatten());
                }
                BranchKey::Number(number) => named.extend(
                    self.numbered(number)
                        .filter(|task| self.known.tasks[*task as usize].project == project),
                ),
            }
        }
        named
    }

    /// Tasks with this number, of any project; pull requests are never what a branch is named by.
    fn numbered(&self, number: u32) -> impl Iterator<Item = u32> + '_ {
        let tasks = self
            .known
            .by_number
            .get(&('#', number))
            .into_iter()
            .flatten();
        let tasks = tasks.copied();
        tasks.filter(|task| !self.known.tasks[*task as usize].is_pr)
    }

    fn messages(&mut self, tokens: &[Token]) {
        let mut spots = self.evidence.spots.iter().peekable();
        let mut repos: Vec<RepoId> = Vec::new();
        let mut last = None;
        for named in &self.evidence.named {
            if last != Some(named.at) {
                last = Some(named.at);
                repos.clear();
                while spots.next_if(|spot| spot.at < named.at).is_some() {}
                let here = std::iter::from_fn(|| spots.next_if(|spot| spot.at == named.at));
                repos.extend(here.map(|spot| spot.repo));
                repos.dedup();
            }
            let token = &tokens[named.token as usize];
            let tasks = match token {
                Token::Key(tasks) => self.fits.narrowed(tasks, &repos),
                Token::Number(tasks) => each(&repos, |repo| self.fits.fitting(tasks, &[repo])),
            };
            let one = |task| (named.at, task, named.rule);
            self.told.extend(tasks.into_iter().map(one));
        }
    }

    /// What the branches say that commits were made on.
    fn spots(&mut self) {
        for spot in &self.evidence.spots {
            let Some(branch) = spot.branch else { continue };
            let Some(name) = self.evidence.branches.get(&branch) else {
                continue;
            };
            let place = (spot.repo, branch);
            if !self.branches.contains_key(&place) {
                let named = self.of_branch(name, spot.repo);
                self.branches.insert(place, named);
            }
            let named = self.branches.get(&place).into_iter().flatten();
            let request = self.request_of(name, spot);
            let one = |task| (spot.at, task, spot.rule);
            let all = named.copied().chain(request).map(one);
            self.told.extend(all);
        }
    }

    fn of_branch(&self, name: &str, repo: RepoId) -> Vec<u32> {
        let mut named = Vec::new();
        for key in branch_keys::of(name) {
            match key {
                BranchKey::Key(key) => {
                    let tasks = self.known.by_key.get(&key).map_or(&[][..], Vec::as_slice);
                    named.extend(self.fits.narrowed(tasks, &[repo]));
                }
                BranchKey::Number(number) => {
                    let tasks: Vec<u32> = self.numbered(number).collect();
                    named.extend(self.fits.fitting(&tasks, &[repo]));
                }
            }
        }
        named.sort_unstable();
        named.dedup();
        named
    }

    /// The pull request of the branch: of several the first that ended after the commit was made.
    fn request_of(&self, name: &str, spot: &Spot) -> Option<u32> {
        let requests = self.known.by_branch.get(name)?;
        if LASTING.contains(&name) {
            return None;
        }
        let utc = self.evidence.commits[spot.at as usize].utc;
        let fits = requests
            .iter()
            .map(|one| (self.fits.of(one.task, spot.repo), one));
        let fits: Vec<_> = fits.filter(|(fit, _)| *fit > Fit::No).collect();
        let best = fits.iter().map(|(fit, _)| *fit).max()?;
        let mut fitting = fits.iter().filter(|(fit, _)| *fit == best);
        let (_, first) = fitting.find(|(_, one)| one.ended >= utc)?;
        Some(first.task)
    }
}

/// What `one` says of each repository, each task once.
fn each(repos: &[RepoId], one: impl Fn(RepoId) -> Vec<u32>) -> Vec<u32> {
    let all: HashSet<u32> = repos.iter().flat_map(|repo| one(*repo)).collect();
    all.into_iter().collect()
}

/// What a key or number of a message can mean.
enum Token {
    /// It names these wherever it stands.
    Key(Vec<u32>),
    /// It names those of them that belong to the repository.
    Number(Vec<u32>),
}

fn tokens(
    conn: &Connection,
    key: &Key,
    known: &Known,
    tokens: &[String],
) -> rusqlite::Result<Vec<Token>> {
    let places: HashMap<i64, u32> = (0..)
        .zip(&known.tasks)
        .map(|(at, task)| (task.subject, at))
        .collect();
    let earlier = Earlier {
        conn,
        key,
        places,
        sources: &known.sources,
    };
    let one = |token: &String| {
        let mut rest = token.chars();
        if let Some(sign) = rest.next().filter(|c| matches!(c, '#' | '!')) {
            let number = rest.as_str().parse().ok();
            let tasks = number.and_then(|number: u32| known.by_number.get(&(sign, number)));
            return Ok(Token::Number(tasks.cloned().unwrap_or_default()));
        }
        if let Some(tasks) = known.by_key.get(&token.to_uppercase()) {
            return Ok(Token::Key(tasks.clone()));
        }
        Ok(Token::Key(earlier.find(token)?.into_iter().collect()))
    };
    tokens.iter().map(one).collect()
}

/// Finds tasks by keys that they had before they moved to another project.
struct Earlier<'a> {
    conn: &'a Connection,
    key: &'a Key,
    places: HashMap<i64, u32>,
    sources: &'a [String],
}

impl Earlier<'_> {
    fn find(&self, token: &str) -> rusqlite::Result<Option<u32>> {
        // The names as the importers write them.
        let names = if token.contains(['#', '!']) {
            let path = token.to_lowercase();
            vec![
                ("github", format!("github:{path}")),
                ("gitlab", format!("gitlab:gitlab.com/{path}")),
            ]
        } else {
            vec![("jira", format!("jira:{token}"))]
        };
        for (source, name) in names {
            if !self.sources.iter().any(|one| one == source) {
                continue;
            }
            for key in self.key.all() {
                let alias = key.alias(Kind::Task as u8, &name);
                let subject: Option<i64> = self
                    .conn
                    .prepare_cached("SELECT subject FROM aliases WHERE hash = ?1")?
                    .query_row([alias], |row| row.get(0))
                    .optional()?;
                if let Some(task) = subject.and_then(|subject| self.places.get(&subject)) {
                    return Ok(Some(*task));
                }
            }
        }
        Ok(None)
    }
}
