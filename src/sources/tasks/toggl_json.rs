//! Toggl Track: the JSON files of a workspace export, which hold no time.

use super::ImportError;
use super::format::{Context, Format, Out};
use super::head::Head;
use super::input::Input;

/// Known so that it can be said what to export instead.
pub(super) const FORMAT: Format = Format {
    id: "toggl-json",
    source: "toggl",
    label: "Toggl workspace export",
    fits: |head| part(head).is_some(),
    read,
    caps: &[],
    how: None,
};

/// Which file of the export it is, by the keys that only Toggl writes.
fn part(head: &Head) -> Option<&'static str> {
    let files: [(&str, &[&str]); 5] = [
        ("projects", &["[].wid", "[].auto_estimates", "[].name"]),
        (
            "projects",
            &["[].auto_estimates", "[].estimated_seconds", "[].name"],
        ),
        (
            "tasks",
            &["[].tracked_seconds", "[].estimated_seconds", "[].name"],
        ),
        ("users", &["[].labour_cost", "[].uid", "[].wid"]),
        ("clients", &["[].creator_id", "[].wid", "[].archived"]),
    ];
    let tags = ("tags", ["[].creator_id", "[].workspace_id", "[].name"]);
    let known = files.iter().find(|(_, keys)| head.has_json(keys));
    known
        .map(|(file, _)| *file)
        .or_else(|| (head.has_json(&tags.1) && !head.has_json(&["[].start"])).then_some(tags.0))
}

fn read(input: &Input, _: &Context<'_>, _: &mut Out<'_>) -> Result<(), ImportError> {
    let file = part(input.head()).unwrap_or("settings");
    Err(ImportError::Refused(format!(
        "is the list of {file} of a Toggl workspace export, which holds no time entries: export Reports, Detailed as CSV"
    )))
}

#[cfg(test)]
mod tests {
    use super::super::testing::read;
    use super::*;

    #[test]
    fn every_part_is_refused_by_name_with_the_way_out() {
        for (text, word) in [
            (
                r#"[{"active":true,"auto_estimates":false,"wid":1,"name":"x"}]"#,
                "projects",
            ),
            (
                r#"[{"active":true,"estimated_seconds":0,"tracked_seconds":0,"name":"x"}]"#,
                "tasks",
            ),
            (r#"[{"uid":1,"wid":0,"labour_cost":null}]"#, "users"),
            (r#"[{"archived":false,"creator_id":1,"wid":0}]"#, "clients"),
            (
                r#"[{"creator_id":0,"id":5,"name":"x","workspace_id":0}]"#,
                "tags",
            ),
        ] {
            let error = read(&FORMAT, text, "x.json").unwrap_err().to_string();
            assert!(
                error.contains(word) && error.contains("Detailed"),
                "{error}"
            );
        }
    }
}
