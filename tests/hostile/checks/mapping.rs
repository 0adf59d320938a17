//! Mapping files, and the mapping that is drafted for any table: what is drafted can be read.

use inward::sources::tasks::Input;
use inward::sources::tasks::mapping::Mapping;

use super::{assert_line, assert_shown};

pub fn check(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Err(error) = Mapping::parse(&text) {
        let said = error.to_string();
        assert_line(&said, "what is wrong with a mapping");
        assert!(said.chars().count() < 2_000);
    }
    let Ok(input) = Input::from_bytes(data, "sheet.csv") else {
        return;
    };
    match Mapping::draft(&input) {
        Ok(draft) => {
            assert_shown(&draft, "a draft");
            let read = Mapping::parse(&draft);
            // A draft whose columns are to be chosen by hand says so in place of values.
            assert!(
                read.is_ok() || draft.contains('#'),
                "the draft is no mapping: {read:?}\n{draft}"
            );
        }
        Err(error) => assert_line(&error.to_string(), "why there is no draft"),
    }
}

pub fn seeds() -> Vec<Vec<u8>> {
    [
        include_bytes!("../../fixtures/mappings/csv.toml").to_vec(),
        include_bytes!("../../fixtures/imports/csv.sheet.csv").to_vec(),
        b"source = \"x\"\nmine = true\ndates = \"dmy\"\nzone = \"Europe/Berlin\"\n[time]\nstart = \"A\"\nend = \"B\"\n".to_vec(),
        b"[task]\ntitle = \"T\"\nassignee = [\"A\", \"B\"]\nunit = \"points\"\nestimate = 3\n[stages]\nx = \"done\"\n".to_vec(),
        b"Title;\"Who\";When\nx;\"a;b\";2026-01-05\ny;c;05/01/2026\n".to_vec(),
        b"Start,End,Note\n2026-01-05 09:00,2026-01-05 10:00,\"a\nb\"\n".to_vec(),
    ]
    .to_vec()
}
