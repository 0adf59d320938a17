//! Whatever stands in a table, its readers give a result or an error.

use proptest::prelude::*;

use super::format::{Context, Format};
use super::input::Input;
use super::mapping::Mapping;
use super::testing::{context, read_with};
use super::{
    azure_csv, clockify_csv, gitlab_csv, harvest_csv, jira_csv, linear_csv, mapped_csv, toggl_csv,
    toggl_json,
};

const FORMATS: [&Format; 9] = [
    &jira_csv::FORMAT,
    &linear_csv::FORMAT,
    &gitlab_csv::FORMAT,
    &azure_csv::FORMAT,
    &toggl_csv::FORMAT,
    &toggl_json::FORMAT,
    &clockify_csv::FORMAT,
    &harvest_csv::FORMAT,
    &mapped_csv::FORMAT,
];

/// One table of each format, with cells of every kind.
const FIXTURES: [&str; 7] = [
    "Summary,Issue key,Issue id,Parent id,Status,Resolution,Assignee,Created,Updated,Resolved,Due date,Log Work,Original estimate,Status Category\n\
     \"a, \"\"b\"\"\",A-1,1,2,Done,Won't Do,ada,1/Jan/25 1:00 PM,2/3/25 9:00,13/3/25 9:00,1/Jan/25,c;1/Jan/25 1:00 PM;ada;60,7,Done\n",
    "ID,Team,Title,Status,Cycle Number,Created,Started,Completed,Canceled,Due Date,Estimate\n\
     E-1,Eng,'=a,Done,,2026-01-02T09:05:10.123Z,Tue May 14 2024 08:53:33 GMT+0000 (GMT),,,2026-06-26,3\n",
    "IID,ID,Title,URL,State,Assignee,Assignee Username,Created At (UTC),Labels,Time Estimate\n\
     1,9,t,https://gitlab.com/g/p/-/issues/1,Closed,\"A, B\",\"a, b\",2025-06-20 15:04:58,\"x,workflow::in dev\",60\n",
    "ID,Work Item Type,Title 1,Title 2,Assigned To,State,Created Date,Closed Date,Story Points\n\
     1,Epic,a,,A <a@x.org>,New,7.6.2025 14:59:28,,\n2,Bug,,b,,Closed,7.6.2025 14:59:28,8.6.2025 1:00:00,2.5\n",
    "User,Email,Description,Billable,Start date,Start time,End date,End time,Duration,Tags\n\
     A,a@x.org,ING-7,No,2026-01-02,10:00:00,2026-01-02,11:00:00,01:00:00,\"a, b\"\n",
    "Project,User,Group,Email,Start Date,Start Time,End Date,End Time,Duration (decimal)\n\
     P,A,,a@x.org,03/14/2024,10:23 AM,03/14/2024,11:23:01 AM,1.00\n",
    "Date,Project,Project Code,Task,Notes,Hours,First Name,Last Name\n2024-03-04,P,,T,n,\"2.000,25\",A,L\n",
];

/// Reads `bytes` with every format, detected or not, and drafts a mapping and reads with that.
fn read_all(bytes: &[u8]) {
    let Ok(input) = Input::from_bytes(bytes, "x.csv") else {
        return;
    };
    for format in FORMATS {
        let fits = (format.fits)(input.head());
        let seen = read_with(format, &input, &context());
        assert!(!fits || seen.is_ok() || seen.is_err_and(|error| !error.to_string().is_empty()));
    }
    let Ok(draft) = Mapping::draft(&input) else {
        return;
    };
    // A draft names a title only when it is sure of one.
    if let Ok(mapping) = Mapping::parse(&draft) {
        let context = Context {
            mapping: Some(&mapping),
            ..context()
        };
        let read = read_with(&mapped_csv::FORMAT, &input, &context);
        assert!(
            !matches!(read, Err(super::ImportError::NoColumn(_))),
            "a draft names the columns of its own table: {draft}"
        );
    }
}

#[test]
fn every_fixture_is_one_formats_and_is_drafted() {
    for text in FIXTURES {
        let input = Input::from_bytes(text, "x.csv").unwrap();
        let fits = FORMATS.iter().filter(|format| (format.fits)(input.head()));
        assert_eq!(fits.count(), 1, "{text}");
        assert!(Mapping::draft(&input).is_ok(), "{text}");
        read_all(text.as_bytes());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_bytes_give_a_result_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        read_all(&bytes);
    }

    #[test]
    fn any_change_to_a_table_gives_a_result_or_an_error(
        which in 0..FIXTURES.len(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 1..12),
    ) {
        let mut bytes = FIXTURES[which].as_bytes().to_vec();
        for (at, byte, how) in changes {
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => drop(bytes.drain(at..(at + 3).min(bytes.len()))),
            }
            if bytes.is_empty() {
                bytes.push(byte);
            }
        }
        read_all(&bytes);
    }

    #[test]
    fn any_cells_in_any_row_give_a_result_or_an_error(
        which in 0..FIXTURES.len(),
        cells in prop::collection::vec("[0-9./:; A-Za-z\\-é\"']{0,24}|[0-9]{1,20}|[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}", 1..24),
    ) {
        let header = FIXTURES[which].lines().next().unwrap();
        let row: Vec<String> = cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
        read_all(format!("{header}\n{}\n", row.join(",")).as_bytes());
    }
}

proptest! {
    #[test]
    fn any_text_is_a_mapping_or_an_error_with_a_line(text in "([a-z_]{1,8} = [\"a-z\\[\\],1]{1,9}\n|\\[(task|time|stages)\\]\n|title = \"a\"\n|.{0,9}\n){0,12}") {
        if let Err(error) = Mapping::parse(&text) {
            prop_assert!(error.line >= 1 && error.line <= text.lines().count() as u64 + 1);
        }
    }
}
