use inward::model::identity::Address;
use inward::model::ids::Oid;
use inward::model::place::{Place, Root};
use inward::model::text::Clean;
use inward::sources::demo;
use inward::store::*;
use std::path::PathBuf;
fn main() {
    let now: i64 = std::env::args()
        .nth(2)
        .map(|s| s.parse().unwrap())
        .unwrap_or(1795362000);
    let today = chrono::DateTime::from_timestamp(now, 0)
        .unwrap()
        .date_naive();
    let path = PathBuf::from(std::env::args().nth(1).unwrap());
    let mut store = Store::open(&path, now).unwrap();
    store
        .add_address(
            &Address::new(demo::ADDRESS.as_bytes()).unwrap(),
            Evidence::Configured,
        )
        .unwrap();
    let me = store.me().unwrap();
    let mut year = demo::year(2026, today, 60);
    let tasks = demo::tasks(2026, &mut year, now);
    for repo in year {
        let path = PathBuf::from("demo").join(repo.name);
        let place = Place {
            git_dir: path.join(".git"),
            common_dir: path.join(".git"),
            path: path.clone(),
            alternates: vec![],
            trusted: false,
        };
        let root = Root {
            path: path.clone(),
            trusted: false,
            since: None,
            exclude: vec![],
        };
        let oids: Vec<Oid> = repo.commits.iter().map(|c| c.oid).collect();
        let mut w = store.writer(&place, false);
        for c in repo.commits {
            if c.authored.utc <= now {
                w.sighting(c.oid, true);
                w.commit(c).unwrap();
            }
        }
        w.finish(&Finish {
            me: &me,
            root: &root,
            facts: Facts {
                whole: true,
                roots: oids.get(..1).unwrap_or_default(),
                remote: None,
                shallow: false,
                partial: false,
            },
            tips: oids.get(oids.len() - 1..).unwrap_or_default(),
            default_tips: &[],
            pending: &[],
            stamp: None,
            now_utc: now,
        })
        .unwrap();
    }
    let file = NewImport {
        format: "jira-json".into(),
        source: "jira".into(),
        name: Clean::label(b"demo"),
        digest: [0; 32],
        zone: "UTC".into(),
        modified: None,
    };
    let _ = store
        .import(&file, true, |w| {
            for f in &tasks {
                w.put(f)?;
            }
            w.counts(tasks.len() as u64, tasks.len() as u64, 0, 0);
            Ok::<(), Halted>(())
        })
        .unwrap();
}
