//! Words that stand nowhere, and rooms that never hear of other people.

use std::fs;
use std::path::{Path, PathBuf};

use inward::share::{Form, LineId, NOTE, Profile, render};

use super::bytes::{facts, summary};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file of text under `name`.
fn texts(name: &str) -> Vec<(PathBuf, String)> {
    let (mut found, mut left) = (Vec::new(), vec![root().join(name)]);
    while let Some(path) = left.pop() {
        if path.is_dir() {
            left.extend(
                fs::read_dir(&path)
                    .unwrap()
                    .map(|entry| entry.unwrap().path()),
            );
        } else if let Ok(text) = fs::read_to_string(&path) {
            found.push((path, text));
        }
    }
    assert!(!found.is_empty(), "{name} is not there");
    found
}

#[test]
fn no_text_of_the_product_promises_to_hide_who_you_are() {
    let word = ["ano", "nym"].concat();
    let mut looked_at = 0;
    for name in [
        "src",
        "assets",
        "docs",
        "README.md",
        "CHANGELOG.md",
        "ARCHITECTURE.md",
    ] {
        for (path, text) in texts(name) {
            looked_at += 1;
            assert!(!text.to_lowercase().contains(&word), "{}", path.display());
        }
    }
    assert!(looked_at > 300, "{looked_at}");
}

#[test]
fn rooms_that_write_never_name_the_counts_of_others() {
    let naming = |room: &str| {
        let naming = |(_, text): &(PathBuf, String)| text.contains("opulation");
        texts(room).into_iter().filter(naming).count()
    };
    for room in ["src/store", "src/sync", "src/report"] {
        assert_eq!(naming(room), 0, "{room}");
    }
    assert!(naming("src/sources/git") > 0 && naming("src/share") > 0);
    let (_, text) = texts("src/model/population.rs").remove(0);
    assert!(!text.contains("Serialize"), "it could be written");
}

#[test]
fn a_file_says_what_it_is_worth_and_not_where_it_comes_from() {
    for said in [
        "Self-reported",
        "editable",
        "incomplete",
        "not evidence of performance",
    ] {
        assert!(NOTE.contains(said), "{said}");
    }
    let chosen = [LineId::Stories, LineId::CycleTime];
    for form in Form::ALL {
        let file = render(&summary(Profile::Handover, &facts(), &chosen, &[]), form);
        let file = String::from_utf8(file).unwrap();
        for never in [
            "inward",
            env!("CARGO_PKG_VERSION"),
            "generated",
            "signature",
            "12:",
            "+00",
        ] {
            assert!(!file.contains(never), "{never}");
        }
        assert!(file.is_ascii() && file.ends_with('\n'));
    }
}
