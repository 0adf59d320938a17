//! What the keep switches are tried on: a repository and exports full of marked words, and ways
//! to look for what is left in the files.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rusqlite::Connection;
use rusqlite::types::ValueRef;

use crate::home::Home;
use crate::restore::text;

const TASKS: &str = "Summary,Issue key,Status,Assignee,Created,Updated,Resolved\n\
    zqtitle parser,ING-207,In Progress,Ada,2026-03-02 09:17,2026-03-04 10:31,\n\
    zqtitle gate,ING-208,Done,Ada,2026-03-03 09:12,2026-03-05 11:47,2026-03-05 11:46\n";

const TIME: &str = r#"[
{"id":2,"start":"20260303T080300Z","end":"20260303T091100Z","tags":["ING-207"],"annotation":"zqtitle one"},
{"id":3,"start":"20260303T100700Z","end":"20260303T104500Z","tags":["ING-207"],"annotation":"zqtitle two"}]"#;

const PULLS: &str = r#"[{"number":7,"title":"zqtitle pull","state":"MERGED","author":{"login":"Ada"},
"createdAt":"2026-03-03T09:05:00Z","mergedAt":"2026-03-04T15:21:00Z","closedAt":"2026-03-04T15:21:00Z",
"updatedAt":"2026-03-04T15:21:00Z","headRefName":"zqbranch-pull","id":"PR_7","additions":3,"deletions":1,
"url":"https://github.com/acme/ship/pull/7","commits":[],"reviews":[]}]"#;

/// What stands in the files for each switch, and nowhere else.
pub(crate) const CANARIES: &[(&str, &str)] = &[
    ("titles", "zqtitle"),
    ("summaries", "zqsummary"),
    ("paths", "zqpath"),
    ("branches", "zqbranch"),
    ("notes", "zqnote"),
];

/// A home with a repository and exports in it, nothing kept yet.
pub(crate) fn world(settings: &str) -> Home {
    let home = Home::new();
    home.identity("Ada", "ada@example.org");
    home.settings(settings);
    let repo = home.repo("garden");
    for (n, day) in ["02", "03", "04"].iter().enumerate() {
        let date = format!("2026-03-{day}T10:1{n}:07+02:00");
        commit(&home, &repo, (n, "feat: zqsummary ING-207"), &date);
    }
    home.git(&repo, &["checkout", "-q", "-b", "zqbranch-topic"]);
    commit(
        &home,
        &repo,
        (7, "fix: zqsummary late"),
        "2026-03-05T23:41:09-05:00",
    );
    commit(
        &home,
        &repo,
        (8, "zqsummary plain"),
        "2026-03-05T23:52:19-05:00",
    );
    home.git(&repo, &["mv", "zqpath-0.rs", "zqpath-renamed.rs"]);
    commit(
        &home,
        &repo,
        (9, "zqsummary move"),
        "2026-03-06T08:01:19-05:00",
    );
    fs::write(home.path("jira.csv"), TASKS).unwrap();
    fs::write(home.path("timew.json"), TIME).unwrap();
    fs::write(home.path("pulls.json"), PULLS).unwrap();
    home
}

fn commit(home: &Home, repo: &Path, (n, message): (usize, &str), date: &str) {
    fs::write(
        repo.join(format!("zqpath-{n}.rs")),
        format!("fn a{n}() {{}}\n\n// {n}\n"),
    )
    .unwrap();
    home.git(repo, &["add", "-A"]);
    let mut command = home.command("git", repo);
    let trailer = "\n\nCo-authored-by: Claude <noreply@anthropic.com>";
    let message = if n == 8 {
        format!("{message}{trailer}")
    } else {
        message.to_owned()
    };
    command
        .args(["commit", "-q", "-m", &message])
        .env("GIT_AUTHOR_DATE", date)
        .env("GIT_COMMITTER_DATE", date);
    assert!(command.status().unwrap().success());
}

/// Reads and imports everything there is.
pub(crate) fn fill(home: &Home) {
    home.inward_in(&home.path("garden"), &["scan", "--lines"])
        .expect(0);
    for file in ["jira.csv", "timew.json", "pulls.json"] {
        let path = home.path(file);
        home.inward(&["import", text(&path), "--mine", "Ada"])
            .expect(0);
    }
}

pub(crate) fn notes(home: &Home) {
    home.inward(&["note", "zqnote said so", "--on", "2026-03-03"])
        .expect(0);
    home.inward(&[
        "note",
        "zqnote away",
        "--event",
        "leave",
        "--on",
        "2026-03-09",
    ])
    .expect(0);
}

/// Whether `needle` stands in a file of the data folder.
pub(crate) fn holds(home: &Home, needle: &str) -> bool {
    let wide: Vec<u8> = needle.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut left = vec![home.data()];
    while let Some(path) = left.pop() {
        if path.is_dir() {
            left.extend(
                fs::read_dir(path)
                    .unwrap()
                    .map(|entry| entry.unwrap().path()),
            );
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        let has = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
        if has(needle.as_bytes()) || has(&wide) {
            return true;
        }
    }
    false
}

/// Values of figures that need no text and no hour.
pub(crate) fn counts(home: &Home) -> BTreeMap<String, String> {
    let ids = [
        "commits",
        "active_days",
        "lines_changed",
        "change_size",
        "languages",
        "repositories",
        "categories",
        "work_types",
        "weekend_share",
        "throughput",
        "survival",
    ];
    let figures = ids.iter().map(|id| {
        let run = home.inward(&["stats", id, "2026", "--json"]).expect(0);
        let figure = &run.json()["figures"][0];
        let told = [
            &figure["value"],
            &figure["n"],
            &figure["points"],
            &figure["left_out"],
        ];
        ((*id).to_owned(), format!("{told:?}"))
    });
    figures.collect()
}

/// Numbers that are a second of some day from 2017 to 2033, but no whole day, wherever they
/// stand: table, column, value.
pub(crate) fn finer_than_days(home: &Home) -> Vec<String> {
    let conn = Connection::open(home.data().join("inward.db")).unwrap();
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table'";
    let mut query = conn.prepare(sql).unwrap();
    let names: Vec<String> = query
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let mut found = Vec::new();
    for name in names {
        let mut query = conn.prepare(&format!("SELECT * FROM \"{name}\"")).unwrap();
        let columns: Vec<String> = query.column_names().map(str::to_owned).collect();
        let mut rows = query.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for (at, column) in columns.iter().enumerate() {
                if let Some(what) = finer(column, row.get_ref(at).unwrap()) {
                    found.push(format!("{name}.{column}: {what}"));
                }
            }
        }
    }
    found
}

fn is_second(utc: i64) -> bool {
    (1_500_000_000..2_000_000_000).contains(&utc)
}

fn finer(column: &str, value: ValueRef<'_>) -> Option<String> {
    match value {
        ValueRef::Integer(n) if column == "offset_min" => (n != 0).then(|| format!("offset {n}")),
        ValueRef::Integer(n) if is_second(n) => (n % 86_400 != 0).then(|| n.to_string()),
        // A time of an export: seconds, offset and how exact it is; 2 = a day.
        ValueRef::Integer(n) if is_second(n >> 14) => (n & 3 != 2).then(|| n.to_string()),
        ValueRef::Integer(_) | ValueRef::Null | ValueRef::Real(_) => None,
        ValueRef::Text(bytes) => {
            let text = String::from_utf8_lossy(bytes).into_owned();
            let clock = text.as_bytes().windows(6).any(|six| {
                six[0] == b'T'
                    && six[1].is_ascii_digit()
                    && six[2].is_ascii_digit()
                    && six[3] == b':'
            });
            let number = text.split(|c: char| !c.is_ascii_digit()).any(|digits| {
                digits
                    .parse()
                    .is_ok_and(|n: i64| is_second(n) && n % 86_400 != 0)
            });
            (clock || number).then_some(text)
        }
        ValueRef::Blob(bytes) if column == "data" => {
            // Packed commits: two numbers, object ids, then their times.
            let n = u32::from_le_bytes(bytes[..4].try_into().unwrap()) as usize;
            let times = bytes[8 + 20 * n..8 + 28 * n].chunks(8);
            let mut times = times.map(|eight| i64::from_le_bytes(eight.try_into().unwrap()));
            times
                .find(|utc| utc % 86_400 != 0)
                .map(|utc| utc.to_string())
        }
        ValueRef::Blob(bytes) => {
            let text = String::from_utf8_lossy(bytes);
            let written = text
                .parse()
                .is_ok_and(|n: i64| is_second(n) && n % 86_400 != 0);
            let packed = bytes.windows(8).find_map(|eight| {
                let eight: [u8; 8] = eight.try_into().unwrap();
                [i64::from_le_bytes(eight), i64::from_be_bytes(eight)]
                    .into_iter()
                    .find(|n| is_second(*n) && n % 86_400 != 0)
            });
            packed
                .map(|n| n.to_string())
                .or(written.then(|| text.into_owned()))
        }
    }
}
