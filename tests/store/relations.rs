//! Squashes, pairings and ref events: what is kept of them, for how long, and how it is erased.

use std::path::{Path, PathBuf};

use crate::fake::{place, record};
use crate::git::{ME, NOW, Workshop, address, me, root, rows};
use inward::model::commit::{CommitRecord, Mention};
use inward::model::dataset::flag;
use inward::model::history::{RefEvent, RefEventKind, Relation, Source};
use inward::model::ids::Oid;
use inward::model::moment::Moment;
use inward::model::text::Clean;
use inward::store::{AuditState, Evidence, Facts, Finish, Forget, Sighting, Store, Table};

const DAY: i64 = 86_400;

fn clean(text: &str) -> Clean {
    Clean::label(text.as_bytes())
}

fn theirs(n: u8) -> Oid {
    Oid([n; 20])
}

/// One reading of the made-up repository.
#[derive(Default)]
struct Told {
    commits: Vec<(CommitRecord, Sighting)>,
    relations: Vec<Relation>,
}

impl Told {
    fn commit(&mut self, n: u32, source: Source, branch: &str, on_default_branch: bool) -> Oid {
        let record = record(n, 1);
        let oid = record.oid;
        let sighting = Sighting {
            oid,
            on_default_branch,
            source,
            branch: (!branch.is_empty()).then(|| clean(branch)),
        };
        self.commits.push((record, sighting));
        oid
    }

    fn event(&mut self, line: u8, days: i64, commit: Oid, branch: &str) {
        self.relations.push(Relation::RefEvent(RefEvent {
            kind: RefEventKind::Checkout,
            at: Moment::new(NOW - days * DAY, 120),
            commit: Some(commit),
            branch: Some(clean(branch)),
            line: [line; 16],
        }));
    }

    fn write(&self, store: &mut Store, now_utc: i64) {
        let place = place();
        let mut writer = store.writer(&place, false);
        for (record, sighting) in &self.commits {
            writer.commit(record.clone()).unwrap();
            writer.seen(sighting.clone());
        }
        for relation in &self.relations {
            writer.relation(relation.clone());
        }
        let (me, limits) = (me(), root(Path::new("/home/ada")));
        let roots = [Oid([1; 20])];
        let tips: Vec<Oid> = self.commits.iter().map(|(record, _)| record.oid).collect();
        let finish = Finish {
            me: &me,
            root: &limits,
            facts: Facts {
                roots: &roots,
                whole: true,
                ..Facts::default()
            },
            tips: &tips,
            default_tips: &[],
            pending: &[],
            stamp: None,
            now_utc,
        };
        writer.finish(&finish).unwrap();
    }
}

fn open(file: &Path, now_utc: i64) -> Store {
    let mut store = Store::open(file, now_utc).unwrap();
    let address = address(ME);
    store.add_address(&address, Evidence::Configured).unwrap();
    store
}

fn flags_of(store: &Store, oid: Oid) -> u16 {
    let id = store.commit_named(&oid.to_string()).unwrap().unwrap();
    store.commit_rows(&[id]).unwrap()[0].flags
}

fn file() -> (Workshop, PathBuf) {
    let shop = Workshop::new();
    let file = shop.store_file();
    (shop, file)
}

fn holds(file: &Path, needle: &[u8]) -> bool {
    let bytes = std::fs::read(file).unwrap();
    bytes.windows(needle.len()).any(|window| window == needle)
}

#[test]
fn a_colleagues_squash_lands_the_newest_of_what_it_holds_and_mine_carries_the_lines() {
    let (_shop, file) = file();
    let mut store = open(&file, NOW);
    let mut told = Told::default();
    let [one, two, three] = [1, 2, 3].map(|n| told.commit(n, Source::Ref, "topic", false));
    let mine = told.commit(4, Source::Ref, "", true);
    told.relations.push(Relation::Squash {
        squash: theirs(9),
        at: Moment::new(NOW, 0),
        mine: false,
        members: vec![one, two],
    });
    told.relations.push(Relation::Squash {
        squash: mine,
        at: Moment::new(NOW, 0),
        mine: true,
        members: vec![three],
    });
    told.write(&mut store, NOW);
    let of = |oid| flags_of(&store, oid) & (flag::SQUASH | flag::SQUASHED | flag::LANDED);
    assert_eq!(of(one), 0);
    assert_eq!(of(two), flag::LANDED);
    assert_eq!(of(three), flag::SQUASHED);
    assert_eq!(of(mine), flag::SQUASH | flag::LANDED);
    // Without its commits nothing of the colleague's is left, not even the bare id.
    assert!(holds(&file, &theirs(9).0));
    let before = chrono::DateTime::from_timestamp(record(3, 0).authored.utc + DAY, 0).unwrap();
    store.forget(&Forget::Before(before.date_naive())).unwrap();
    assert!(!holds(&file, &theirs(9).0));
    assert!(rows(&store, Table::Squashes).is_empty());
}

#[test]
fn an_address_takes_its_pairings_mentions_branches_and_events_with_it() {
    let (_shop, file) = file();
    let mut store = open(&file, NOW);
    let work = address("work@example.org");
    store.add_address(&work, Evidence::Typed).unwrap();
    let mut told = Told::default();
    told.commit(1, Source::Ref, "stays-here", true);
    let gone = told.commit(2, Source::Ref, "zq-canary-branch", false);
    let record = &mut told.commits[1].0;
    record.author = work.clone();
    record.mentions = vec![Mention::plain(clean("CANARY-4711"))];
    told.event(1, 3, gone, "zq-canary-branch");
    for (n, address) in [(7, &work), (8, &address(ME))] {
        told.relations.push(Relation::Pairing {
            oid: theirs(n),
            at: Moment::new(NOW - DAY, 0),
            address: address.clone(),
        });
    }
    told.write(&mut store, NOW);
    let counts = |store: &Store| {
        [
            Table::Pairings,
            Table::Mentions,
            Table::Branches,
            Table::RefEvents,
        ]
        .map(|table| rows(store, table).len())
    };
    assert_eq!(counts(&store), [2, 1, 2, 1]);
    store.remove_address(&work).unwrap().unwrap();
    assert_eq!(counts(&store), [1, 0, 1, 0]);
    let needles = [&b"zq-canary-branch"[..], b"CANARY-4711", &theirs(7).0];
    assert_eq!(needles.map(|needle| holds(&file, needle)), [false; 3]);
    assert!(holds(&file, b"stays-here"));
    let repo = store.repositories().unwrap()[0].id;
    store.forget(&Forget::Repository(repo)).unwrap();
    assert!(!holds(&file, b"stays-here"));
    assert!(!holds(&file, &theirs(8).0));
    assert!(matches!(store.audit_verify(None).unwrap(), AuditState::Ok(n) if n > 2));
}

#[test]
fn a_pairing_stands_in_the_dataset_once_for_each_author_time() {
    let (_shop, file) = file();
    let mut store = open(&file, NOW);
    let mut told = Told::default();
    told.commit(1, Source::Ref, "", true);
    for (n, utc) in [(7, NOW - DAY), (6, NOW - DAY), (5, NOW - 2 * DAY), (4, 5)] {
        told.relations.push(Relation::Pairing {
            oid: theirs(n),
            at: Moment::new(utc, 120),
            address: address(ME),
        });
    }
    told.write(&mut store, NOW);
    let (data, _) = store.dataset(NOW).unwrap();
    assert_eq!(data.pairings.utc, [5, NOW - 2 * DAY, NOW - DAY]);
    assert_eq!(data.pairings.day[0], inward::model::dataset::UNDATED);
    assert_eq!(data.pairings.day.len(), data.pairings.repo.len());
}

#[test]
fn ref_events_become_daily_sums_after_180_days_and_never_come_back() {
    let (_shop, file) = file();
    let mut store = open(&file, NOW);
    let mut told = Told::default();
    let commit = told.commit(1, Source::Ref, "topic", true);
    told.event(1, 1, commit, "topic");
    told.event(2, 170, commit, "topic");
    told.event(3, 170, commit, "nobody-of-mine");
    told.event(4, 181, commit, "topic");
    told.write(&mut store, NOW);
    let events = rows(&store, Table::RefEvents);
    assert_eq!(events.len(), 3, "a line older than that is never stored");
    assert_eq!(events.iter().filter(|e| e["branch"] == "topic").count(), 2);
    drop(store);
    // Opening it later for reading changes nothing; for writing, the sums are made.
    let later = NOW + 20 * DAY;
    let store = Store::open_reading(&file, later).unwrap();
    assert_eq!(rows(&store, Table::RefEvents).len(), 3);
    drop(store);
    let mut store = Store::open(&file, later).unwrap();
    let log = store.audit_rows().unwrap();
    let purge = log.last().unwrap();
    let purge = (purge.action.as_str(), purge.object.as_str(), purge.n);
    assert_eq!(purge, ("purge", "ref events", 2));
    let left = rows(&store, Table::RefEvents).len();
    let days = rows(&store, Table::RefDays);
    assert_eq!((left, days.len()), (1, 1));
    assert_eq!(days[0]["n"], 2);
    let civil = Moment::new(NOW - 170 * DAY, 120).day().unwrap();
    assert_eq!(days[0]["day"], civil.to_string());
    // The same log again, even by a clock that was set back.
    told.write(&mut store, NOW);
    assert_eq!(rows(&store, Table::RefEvents).len(), 1);
    assert_eq!(rows(&store, Table::RefDays), days);
    // A scan long after lets the last one go.
    told.write(&mut store, NOW + 200 * DAY);
    assert_eq!(rows(&store, Table::RefEvents).len(), 0);
    assert_eq!(rows(&store, Table::RefDays).len(), 2);
}

#[test]
fn switching_the_reflog_off_erases_all_that_only_it_told() {
    let (_shop, file) = file();
    let mut store = open(&file, NOW);
    assert_eq!(store.reflog_consent().unwrap(), None);
    store.set_reflog_consent(true).unwrap();
    assert_eq!(store.reflog_consent().unwrap(), Some(true));
    let (place, limits) = (place(), root(Path::new("/home/ada")));
    let mut told = Told::default();
    let kept = told.commit(1, Source::Ref, "topic", true);
    let lost = told.commit(2, Source::Reflog, "zq-canary-branch", false);
    told.commits[1].0.summary = clean("zq-canary-summary");
    told.event(1, 3, lost, "zq-canary-branch");
    told.event(2, 4, kept, "topic");
    told.relations.push(Relation::Replaced {
        old: lost,
        new: kept,
    });
    told.write(&mut store, NOW);
    assert_eq!(flags_of(&store, lost) & flag::TWIN, flag::TWIN);
    assert!(store.frontier(&place, &me(), &limits).unwrap().is_some());
    assert!(holds(&file, b"zq-canary"));
    let erased = store.set_reflog_consent(false).unwrap();
    assert_eq!(erased.commits, 1);
    assert!(erased.sought > 0);
    assert!(!holds(&file, b"zq-canary"));
    assert!(!holds(&file, &lost.0));
    for table in [Table::RefEvents, Table::RefDays, Table::Replaced] {
        assert!(rows(&store, table).is_empty(), "{table:?}");
    }
    assert_eq!(rows(&store, Table::Commits).len(), 1);
    let asked = store.frontier(&place, &me(), &limits).unwrap();
    assert_eq!(asked, None, "the next scan walks again");
    let log = store.audit_rows().unwrap();
    assert_eq!(log.last().unwrap().action.as_str(), "keep-off");
}

#[test]
fn a_sighting_learns_and_only_the_default_branch_is_unlearned() {
    let (_shop, file) = file();
    let mut store = open(&file, NOW);
    let mut told = Told::default();
    let oid = told.commit(1, Source::Reflog, "topic", true);
    told.write(&mut store, NOW);
    let sight = |source, branch: &str, on_default_branch| {
        let mut told = Told::default();
        told.commit(1, source, branch, on_default_branch);
        told
    };
    sight(Source::Stash, "", false).write(&mut store, NOW);
    let row = |store: &Store| rows(store, Table::Sightings)[0].clone();
    assert_eq!(row(&store)["source"], "stash");
    assert_eq!(row(&store)["branch"], "topic");
    assert_eq!(flags_of(&store, oid) & flag::LANDED, 0);
    sight(Source::Reflog, "other", true).write(&mut store, NOW);
    assert_eq!(row(&store)["source"], "stash");
    assert_eq!(row(&store)["branch"], "other");
    assert_eq!(flags_of(&store, oid) & flag::LANDED, flag::LANDED);
    let branches = rows(&store, Table::Branches);
    assert_eq!(branches.len(), 1, "a name that no commit is on is gone");
    let (data, _) = store.dataset(NOW).unwrap();
    assert_eq!(data.commits.flags, [flags_of(&store, oid)]);
}
