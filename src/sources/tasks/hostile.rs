//! Whatever bytes a file holds, every importer of this room gives a result or an error.

use proptest::prelude::*;

use super::format::{Format, Out};
use super::input::Input;
use super::testing::context;
use super::youtrack_csv;
use super::{
    activitywatch, asana_csv, asana_json, bugzilla_csv, bugzilla_json, clickup_csv, monday_csv,
};
use super::{notion, phabricator, shortcut_csv, todoist_csv, todoist_json, trello, wakatime_json};

/// Something of every shape that these importers know, to be cut and stirred.
const SEEDS: [&str; 16] = [
    r#"{"id":"65a0","name":"B","shortLink":"b","cards":[{"id":"65a00000aaaaaaaaaaaaaa01","shortLink":"x","idShort":1,"idList":"l1","closed":true,"due":"soon","dueComplete":true,"idMembers":["m"],"labels":[{"name":"x"}]}],"lists":[{"id":"l1","name":"Doing","closed":true}],"members":[{"id":"m","username":"a"}],"actions":[{"type":"updateCard","date":"2024-01-20T10:00:00.000Z","idMemberCreator":"m","data":{"card":{"id":"65a00000aaaaaaaaaaaaaa01"},"listBefore":{"id":"l2","name":"A"},"listAfter":{"id":"l1","name":"Doing"},"old":{"idList":"l2"}}}]}"#,
    r#"{"data":[{"gid":"1","name":"x","completed":true,"completed_at":"2026-03-06T15:00:00.123Z","assignee":{"gid":"7"},"memberships":[{"section":{"name":"s"}}],"custom_fields":[{"name":"points","number_value":2.5}],"subtasks":[{"gid":2}]}]}"#,
    "Task ID,Created At,Completed At,Name,Section/Column,Assignee,Assignee Email,Due Date,Tags,Projects,Parent task\n1,2026-03-02,1/2/2026,x,Done,A,a@example.org,soon,\"a,b\",P,x\n",
    "bug_id;product;assigned_to;bug_status;resolution;short_desc;opendate;changeddate;estimated_time\n7;M;a;RESOLVED;FIXED;x;3/2/2026;2026-03-06 15:00:00;1e9\n",
    r#"{"bugs":[{"id":7,"status":"RESOLVED","resolution":"FIXED","creation_time":"2026-03-02T09:00:00Z","actual_time":2.5,"history":[{"when":"2026-03-07T09:00:00Z","changes":[{"field_name":"status","removed":"NEW","added":"RESOLVED"},{"field_name":"resolution","removed":"","added":"FIXED"}]}]}]}"#,
    r#"{"result":{"data":[{"id":12,"phid":"PHID-TASK-a","fields":{"name":"x","ownerPHID":"PHID-USER-a","status":{"value":"open"},"points":3,"dateCreated":1772442000}}]},"error_code":null,"error_info":null}"#,
    r#"{"result":{"12":[{"transactionType":"status","oldValue":"open","newValue":"resolved","dateCreated":"1772809200"}]},"error_code":null,"error_info":null}"#,
    "TYPE,CONTENT,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DURATION,DURATION_UNIT,DEADLINE\ntask,Paint @home,1,2,A (7),,2026-04-04,30,minute,2026-04-20\n",
    r#"{"items":[{"completed_at":"2026-03-06T15:00:00Z","content":"x @y","id":"5","task_id":"9","project_id":"2","user_id":7}],"projects":{"2":{"name":"H"}}}"#,
    "Issue Id,Summary,Created,Resolved,State,Estimation,Assignee\nMO-1,x,2/3/2026 09:00,13/3/2026 09:00,Fixed,9999999999w,A\n",
    "id,name,owners,is_completed,created_at,utc_offset\n31,x,a@example.org;b,TRUE,2026/03/02 09:00:00,-05:00\n",
    "Task ID,Task Name,Status,Date Created,List Name,Assignees,Time Spent\n86a1,x,complete,1772442000123,L,\"[A, B]\",99999999999999999\n",
    "Name,Status,Dates,Parent\nx,Done,\"March 2, 2026 → March 9, 2026\",P (x%200123456789abcdef0123456789abcdef.md)\n",
    "Board\n\nName,Subitems,Person\nx,y,z\n",
    r#"{"days":[{"date":"2026-03-06","grand_total":{"total_seconds":5400.4},"projects":[{"name":"m","grand_total":{"total_seconds":5000},"branches":[{"name":"f/MO-7","total_seconds":3e300}]}]}]}"#,
    r#"{"buckets":{"w.h":{"client":"c","events":[{"timestamp":"2026-03-06T09:00:00+00:00","duration":3600.5,"data":{"app":"x"}},{"timestamp":"2026-03-06T08:00:00Z","duration":9e5,"data":{"status":"not-afk"}}]}}}"#,
];

fn formats() -> [&'static Format; 15] {
    [
        &trello::FORMAT,
        &asana_json::FORMAT,
        &asana_csv::FORMAT,
        &bugzilla_csv::FORMAT,
        &bugzilla_json::FORMAT,
        &phabricator::FORMAT,
        &todoist_csv::FORMAT,
        &todoist_json::FORMAT,
        &youtrack_csv::FORMAT,
        &shortcut_csv::FORMAT,
        &clickup_csv::FORMAT,
        &notion::FORMAT,
        &monday_csv::FORMAT,
        &wakatime_json::FORMAT,
        &activitywatch::FORMAT,
    ]
}

/// Reads `bytes` as every format, whatever it is; how many records came of it.
fn read_as_all(bytes: &[u8]) -> u64 {
    let mut records = 0;
    let name = "T 0123456789abcdef0123456789abcdef.csv";
    let Ok(input) = Input::from_bytes(bytes, name) else {
        return 0;
    };
    for format in formats() {
        let _fits = (format.fits)(input.head());
        let mut sink = |_| Ok(());
        let mut out = Out::new(1_000, &mut sink);
        let _result = (format.read)(&input, &context(), &mut out);
        records += out.records();
    }
    records
}

#[test]
fn every_seed_is_something_to_one_of_them() {
    for seed in SEEDS {
        let input = Input::from_bytes(seed, "T.csv").unwrap();
        let fitting = formats()
            .into_iter()
            .filter(|format| (format.fits)(input.head()));
        assert_eq!(fitting.count(), 1, "{seed}");
    }
    let records: u64 = SEEDS.iter().map(|seed| read_as_all(seed.as_bytes())).sum();
    assert!(records > 15, "{records}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes_end_well(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        read_as_all(&bytes);
    }

    #[test]
    fn any_change_of_a_real_shape_ends_well(
        seed in prop::sample::select(SEEDS.to_vec()),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0_u8..4), 1..12),
    ) {
        let mut bytes = seed.as_bytes().to_vec();
        for (at, byte, how) in changes {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 => { bytes.remove(at); }
                _ => bytes.truncate(at),
            }
        }
        read_as_all(&bytes);
    }

    #[test]
    fn any_values_in_a_real_shape_end_well(
        seed in prop::sample::select(SEEDS.to_vec()),
        value in prop::sample::select(vec!["null", "true", "-1", "1e308", "99999999999999999999", "[]", "{}", "\"\"", "\"9999-12-31T23:59:59Z\"", "[[[]]]"]),
        which in any::<prop::sample::Index>(),
    ) {
        // One value of the text, from a colon or comma to the next, becomes another.
        let cuts: Vec<usize> = seed.match_indices([':', ',']).map(|(at, _)| at + 1).collect();
        let at = cuts[which.index(cuts.len())];
        let (head, tail) = seed.split_at(at);
        let end = tail.find([',', '}', ']', '\n']).unwrap_or(tail.len());
        let changed = format!("{head}{value}{}", tail.get(end..).unwrap_or_default());
        read_as_all(changed.as_bytes());
    }
}
