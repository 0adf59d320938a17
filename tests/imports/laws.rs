//! Laws that hold for any file, in any order.

use proptest::prelude::*;

use inward::sources::tasks::registry;

use crate::bench::{How, dump, import, store};
use crate::fixtures::{Fixture, all};
use crate::samples::read;

/// A fixture with some bytes changed, cut, doubled or put in.
fn mutated() -> impl Strategy<Value = (usize, Vec<(u8, prop::sample::Index, Vec<u8>)>)> {
    let edit = (
        0_u8..4,
        any::<prop::sample::Index>(),
        prop::collection::vec(any::<u8>(), 1..12),
    );
    (
        any::<prop::sample::Index>(),
        prop::collection::vec(edit, 1..6),
    )
        .prop_map(|(which, edits)| (which.index(1 << 20), edits))
}

fn mutate(bytes: &[u8], edits: &[(u8, prop::sample::Index, Vec<u8>)]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for (kind, at, put) in edits {
        if out.is_empty() {
            break;
        }
        let at = at.index(out.len());
        match kind {
            0 => out.truncate(at),
            1 => {
                out.splice(at..at, put.iter().copied());
            }
            2 => {
                let end = (at + put.len()).min(out.len());
                out.splice(at..end, put.iter().copied());
            }
            _ => {
                let tail = out.get(at..).unwrap_or_default().to_vec();
                out.extend(tail);
            }
        }
    }
    out
}

/// Reads a file as every format and as none; only a panic, or a store that cannot take it, fails.
fn survives(name: &str, bytes: &[u8]) {
    drop(import(&mut store(), (name, bytes), How::default()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_bytes_give_a_result_or_an_error_in_every_format(
        bytes in prop::collection::vec(any::<u8>(), 0..400),
        text in "[\\[\\]{}\":,;\\t \\n\\-*xX()0-9a-zA-Z+@#.é]{0,300}",
    ) {
        for format in registry::FORMATS {
            drop(read(("x.txt", &bytes), Some(format.id), None));
            drop(read(("x.txt", text.as_bytes()), Some(format.id), None));
        }
        survives("x.txt", &bytes);
        survives("done.txt", text.as_bytes());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn a_damaged_export_gives_a_result_or_an_error_and_twice_is_once((which, edits) in mutated()) {
        let fixtures = all();
        let fixture = &fixtures[which % fixtures.len()];
        let bytes = mutate(&fixture.bytes, &edits);
        survives(fixture.name(), &bytes);
        let how = fixture.how();
        let mut store = store();
        if import(&mut store, (fixture.name(), &bytes), how).is_ok() {
            let once = dump(&store);
            import(&mut store, (fixture.name(), &bytes), how).unwrap();
            prop_assert_eq!(dump(&store), once);
        }
    }

}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn any_order_of_arrival_ends_in_the_same_store(
        order in Just((0..all().len()).collect::<Vec<_>>()).prop_shuffle(),
        half in 0..2_usize,
    ) {
        let fixtures = all();
        // Additional files name tasks that have to be there first.
        let (tasks, more): (Vec<&Fixture>, Vec<&Fixture>) =
            order.iter().map(|at| &fixtures[*at]).partition(|one| !one.is_more());
        let sorted = {
            let mut sorted = tasks.clone();
            sorted.sort_by(|a, b| a.path.cmp(&b.path));
            sorted
        };
        let ends = |files: &[&Fixture]| {
            let mut store = store();
            let mut imports = Vec::new();
            for fixture in files.iter().chain(&more) {
                let how = fixture.how();
                if let Ok(report) = import(&mut store, (fixture.name(), &fixture.bytes), how) {
                    imports.extend(report.import);
                }
            }
            (store, imports)
        };
        let (here, mut imports) = ends(&tasks);
        let (there, _) = ends(&sorted);
        prop_assert_eq!(dump(&here), dump(&there));
        if half == 0 {
            imports.reverse();
        }
        let mut store = here;
        for import in imports {
            store.undo_import(import).unwrap();
        }
        prop_assert_eq!(dump(&store), dump(&crate::bench::store()));
    }
}
