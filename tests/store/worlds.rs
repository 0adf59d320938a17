//! Made-up repositories whose commits hang together in every way there is, told to a store in
//! any order and with any number of interruptions: what it decides is always the same.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::fake::record;
use crate::git::{ME, NOW, address, me, memory, root};
use inward::model::commit::{CommitRecord, Mention, mark};
use inward::model::dataset::flag;
use inward::model::history::{RefEvent, RefEventKind, Relation, Source};
use inward::model::ids::Oid;
use inward::model::links::LinkRule;
use inward::model::moment::Moment;
use inward::model::place::Place;
use inward::model::text::Clean;
use inward::store::{Facts, Finish, Forget, Sighting, Store, Table, Writer};

/// `SplitMix64`.
pub struct Dice(pub u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end).unwrap()).unwrap()
    }

    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.below(at + 1));
        }
    }
}

/// What a whole reading of one repository tells.
#[derive(Clone)]
pub struct Told {
    pub place: Place,
    root: Oid,
    commits: Vec<CommitRecord>,
    sightings: Vec<Sighting>,
    relations: Vec<Relation>,
}

impl Told {
    /// Takes away some of what it tells, as a machine does that knows less of the repository.
    pub fn thin_out(&mut self, dice: &mut Dice) {
        self.sightings.retain(|_| !dice.one_in(4));
        let held: Vec<Oid> = self.sightings.iter().map(|one| one.oid).collect();
        self.commits.retain(|commit| held.contains(&commit.oid));
        self.relations.retain(|_| !dice.one_in(4));
    }

    /// Gives some commits to another address.
    pub fn share_out(&mut self, dice: &mut Dice, address: &inward::model::identity::Address) {
        for commit in &mut self.commits {
            if commit.oid.0[19] % 5 == 0 {
                commit.author = address.clone();
            }
        }
        dice.below(2);
    }
}

pub fn oid(n: usize) -> Oid {
    record(u32::try_from(n).unwrap(), 0).oid
}

fn commit(dice: &mut Dice, n: usize) -> CommitRecord {
    let mut commit = record(u32::try_from(n).unwrap(), 1);
    // Few times, summaries and patches, so that many are equal.
    commit.authored = Moment::new(1_700_000_000 + i64::try_from(dice.below(4)).unwrap(), 60);
    commit.summary = Clean::label(format!("change {}", dice.below(4)).as_bytes());
    commit.committed_utc = 1_700_000_000 + i64::try_from(dice.below(6)).unwrap();
    commit.patch = (!dice.one_in(3)).then(|| dice.next() % 6);
    commit.merge = dice.one_in(8);
    if commit.merge {
        (commit.patch, commit.files) = (None, Vec::new());
    }
    commit.marks = if dice.one_in(6) { mark::REVERT } else { 0 };
    let named = |token: String, how: LinkRule| Mention {
        token: Clean::label(token.as_bytes()),
        how,
    };
    commit.mentions = vec![
        named(format!("#{}", n % 9), LinkRule::Closing),
        named(format!("KEY-{n}"), LinkRule::Message),
    ];
    commit
}

fn relations(dice: &mut Dice, held: &[usize], repo: usize) -> Vec<Relation> {
    let mut relations = Vec::new();
    let pick = |dice: &mut Dice| held[dice.below(held.len())];
    for _ in 0..dice.below(4) {
        let (old, new) = (oid(pick(dice)), oid(pick(dice)));
        relations.push(Relation::Replaced { old, new });
        let (commit, reverted) = (oid(pick(dice)), oid(pick(dice)));
        relations.push(Relation::Reverts { commit, reverted });
    }
    for n in 0..dice.below(4) {
        let mine = dice.one_in(2);
        let squash = if mine {
            oid(pick(dice))
        } else {
            oid(900 + 10 * repo + n)
        };
        // A squash comes after what it holds, so none holds itself in a circle.
        let members = (0..=dice.below(3)).map(|_| oid(pick(dice)));
        let mut members: Vec<Oid> = members.filter(|member| *member < squash || !mine).collect();
        members.sort_unstable();
        members.dedup();
        if !members.is_empty() {
            let at = Moment::new(1_700_000_100, 0);
            relations.push(Relation::Squash {
                squash,
                at,
                mine,
                members,
            });
        }
    }
    relations.push(Relation::Ignored(vec![oid(pick(dice)), oid(990)]));
    relations.push(Relation::Pairing {
        oid: oid(980 + dice.below(2)),
        at: Moment::new(1_700_000_200, 0),
        address: address(ME),
    });
    for n in 0..3 {
        let mut line = [0; 16];
        line[0] = u8::try_from(16 * repo + n).unwrap();
        let age = 86_400 * i64::try_from(dice.below(400)).unwrap();
        relations.push(Relation::RefEvent(RefEvent {
            kind: RefEventKind::ALL[n],
            at: Moment::new(NOW - age, 120),
            commit: Some(oid(pick(dice))),
            branch: Some(Clean::label(format!("topic-{}", dice.below(4)).as_bytes())),
            line,
        }));
    }
    relations
}

pub fn world(dice: &mut Dice) -> Vec<Told> {
    let all: Vec<CommitRecord> = (0..24).map(|n| commit(dice, n)).collect();
    let tell = |repo: usize, dice: &mut Dice| {
        let held: Vec<usize> = (0..all.len()).filter(|_| !dice.one_in(3)).collect();
        let sighting = |n: &usize, dice: &mut Dice| Sighting {
            oid: oid(*n),
            on_default_branch: dice.one_in(3),
            source: Source::from_number(u8::try_from(dice.below(3)).unwrap()).unwrap(),
            branch: (!dice.one_in(3))
                .then(|| Clean::label(format!("topic-{}", dice.below(3)).as_bytes())),
        };
        let path = PathBuf::from(format!("/home/ada/r{repo}"));
        Told {
            place: Place {
                git_dir: path.join(".git"),
                common_dir: path.join(".git"),
                path,
                alternates: Vec::new(),
                trusted: false,
            },
            root: oid(1_000 + repo),
            commits: held.iter().map(|n| all[*n].clone()).collect(),
            sightings: held.iter().map(|n| sighting(n, dice)).collect(),
            relations: relations(dice, &held, repo),
        }
    };
    (0..3).map(|repo| tell(repo, dice)).collect()
}

/// Hands some of it to `writer`: each part with a chance of `of` in four.
pub fn hand(writer: &mut Writer<'_>, told: &Told, dice: &mut Dice, of: usize) {
    let mut told = told.clone();
    dice.shuffle(&mut told.commits);
    dice.shuffle(&mut told.sightings);
    dice.shuffle(&mut told.relations);
    let (mut commits, mut sightings) = (told.commits.into_iter(), told.sightings.into_iter());
    loop {
        let (commit, sighting) = (commits.next(), sightings.next());
        if commit.is_none() && sighting.is_none() {
            break;
        }
        for commit in commit.into_iter().filter(|_| dice.below(4) < of) {
            writer.commit(commit).unwrap();
        }
        for sighting in sighting.into_iter().filter(|_| dice.below(4) < of) {
            writer.seen(sighting);
        }
    }
    for relation in told.relations.into_iter().filter(|_| dice.below(4) < of) {
        writer.relation(relation);
    }
}

pub fn finish(store: &mut Store, told: &Told, dice: &mut Dice) {
    let mut writer = store.writer(&told.place, false);
    hand(&mut writer, told, dice, 4);
    let (me, limits) = (me(), root(Path::new("/home/ada")));
    let roots = [told.root];
    let finish = Finish {
        me: &me,
        root: &limits,
        facts: Facts {
            roots: &roots,
            whole: true,
            ..Facts::default()
        },
        tips: &[],
        default_tips: &[],
        pending: &[],
        stamp: None,
        now_utc: NOW,
    };
    writer.finish(&finish).unwrap();
}

/// Everything that was decided, by object id; and that the packed columns say the same.
fn decided(store: &Store) -> BTreeMap<Oid, (Option<Oid>, Option<Oid>, u16)> {
    let (data, _) = store.dataset(NOW).unwrap();
    let rows = store.commit_rows(&data.commits.id).unwrap();
    let mut decided = BTreeMap::new();
    for (row, packed) in rows.iter().zip(&data.commits.flags) {
        assert_eq!(row.flags, *packed, "{} is packed as it is stored", row.oid);
        decided.insert(row.oid, (row.twin_of, row.squashed_by, row.flags));
    }
    assert_eq!(decided.len(), data.len());
    for (oid, (twin_of, squashed_by, flags)) in &decided {
        if let Some(kept) = twin_of {
            assert_eq!(decided[kept].0, None, "what stands for {oid} stands itself");
        }
        let mine = squashed_by.is_some_and(|squash| decided.contains_key(&squash));
        // A squash on another branch than what it holds carries no lines itself.
        let is_copy = flags & flag::SQUASH != 0 && !mine;
        let is_swallowed = flags & flag::SQUASHED != 0;
        assert!(is_swallowed == mine || is_copy, "{oid}");
    }
    decided
}

/// The rows of every table that do not tell the order of scans.
fn dumped(store: &Store) -> Vec<String> {
    let tables = [
        Table::Mentions,
        Table::Branches,
        Table::Replaced,
        Table::Swallowed,
        Table::Squashes,
        Table::Pairings,
        Table::RefEvents,
        Table::RefDays,
        Table::Sightings,
    ];
    let rows = tables.into_iter().flat_map(|table| {
        let rows = crate::git::rows(store, table);
        rows.into_iter()
            .map(move |row| format!("{} {row}", table.name()))
    });
    let mut rows: Vec<String> = rows.collect();
    rows.sort_unstable();
    rows
}

#[test]
fn any_order_and_any_interruptions_decide_the_same() {
    let (mut twins, mut squashed, mut landed) = (0, 0, 0);
    for seed in 0..25 {
        let mut dice = Dice(seed);
        let world = world(&mut dice);
        let mut straight = memory();
        for told in &world {
            finish(&mut straight, told, &mut dice);
        }
        let expected = decided(&straight);
        for (twin_of, squashed_by, flags) in expected.values() {
            twins += usize::from(twin_of.is_some());
            squashed += usize::from(squashed_by.is_some());
            landed += usize::from(flags & flag::LANDED != 0);
        }
        for _ in 0..3 {
            let mut store = memory();
            let mut order: Vec<&Told> = world.iter().collect();
            dice.shuffle(&mut order);
            for told in order {
                for _ in 0..dice.below(3) {
                    let mut writer = store.writer(&told.place, false);
                    let of = dice.below(4);
                    hand(&mut writer, told, &mut dice, of);
                    if dice.one_in(2) {
                        writer.stop().unwrap();
                        decided(&store);
                    }
                }
                finish(&mut store, told, &mut dice);
                decided(&store);
            }
            assert_eq!(decided(&store), expected, "seed {seed}");
            // Names of repositories are the folders', and ids of rows are in no table.
            assert_eq!(dumped(&store), dumped(&straight), "seed {seed}");
        }
    }
    assert!(twins > 50 && squashed > 50 && landed > 50);
}

#[test]
fn erasing_a_repository_leaves_what_the_others_tell() {
    for seed in 100..115 {
        let mut dice = Dice(seed);
        let mut world = world(&mut dice);
        // What another repository tells of the same commits would stay true without this one.
        for told in &mut world {
            let told_by_one = |relation: &Relation| {
                !matches!(
                    relation,
                    Relation::Replaced { .. } | Relation::Squash { .. } | Relation::Reverts { .. }
                )
            };
            told.relations.retain(told_by_one);
        }
        let (mut whole, mut without) = (memory(), memory());
        for told in &world {
            finish(&mut whole, told, &mut dice);
        }
        for told in world.iter().skip(1) {
            finish(&mut without, told, &mut dice);
        }
        let gone = whole.repositories().unwrap()[0].id;
        whole.forget(&Forget::Repository(gone)).unwrap();
        assert_eq!(decided(&whole), decided(&without), "seed {seed}");
        assert_eq!(dumped(&whole), dumped(&without), "seed {seed}");
    }
}

#[test]
fn every_field_of_a_dump_is_explained() {
    let explained = std::fs::read_to_string("docs/dump.md").unwrap();
    let mut dice = Dice(7);
    let mut store = memory();
    for told in &world(&mut dice) {
        finish(&mut store, told, &mut dice);
    }
    let imports = crate::tasks::filled();
    let links = crate::links::filled();
    let own = crate::own::filled();
    let mut seen = 0;
    for table in Table::ALL {
        let head = format!("| `{}` |", table.name());
        let line = explained.lines().find(|line| line.starts_with(&head));
        let line = line.unwrap_or_else(|| panic!("{head}"));
        let mut rows = crate::git::rows(&store, table);
        rows.extend(crate::git::rows(&imports, table));
        rows.extend(crate::git::rows(&links, table));
        rows.extend(crate::git::rows(&own, table));
        for row in rows {
            for field in row.as_object().unwrap().keys() {
                assert!(line.contains(&format!("`{field}`")), "{head} {field}");
                seen += 1;
            }
        }
    }
    assert!(seen > 500);
}
