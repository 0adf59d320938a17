//! `docs/metrics.md`, `docs/json.md`, `docs/data.md` and `docs/wording.md` are made from the source; these tests hold them equal.
//! `INWARD_BLESS=1 cargo test --test figures` writes them anew.

use std::fs;
use std::path::Path;

use clap::CommandFactory as _;
use inward::app::page::Page;
use inward::cli::args::Cli;
use inward::cli::privacy::data::data_markdown;
use inward::cli::{documents, forget, import, link, merge, own};
use inward::metrics::METRICS;
use inward::report::draft::wording::wording_markdown;
use inward::report::explain::metrics_markdown;
use inward::report::schema::{DOCUMENTS, DocumentDoc, markdown};
use inward::store::{ERASING, GROUPS, ONLY_DUMP};

/// Every document, those of the figures first.
fn all() -> Vec<DocumentDoc> {
    [
        DOCUMENTS,
        documents::DOCUMENTS,
        import::document::DOCUMENTS,
        own::document::DOCUMENTS,
        link::document::DOCUMENTS,
        forget::document::DOCUMENTS,
        merge::document::DOCUMENTS,
    ]
    .concat()
}

fn holds(name: &str, made: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("docs")
        .join(name);
    if std::env::var_os("INWARD_BLESS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, made).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == made,
        "docs/{name} is not what the source says: INWARD_BLESS=1 cargo test --test figures"
    );
}

#[test]
fn the_metrics_page_is_made_from_the_definitions() {
    holds("metrics.md", &metrics_markdown());
}

#[test]
fn the_json_page_is_made_from_the_tables() {
    holds("json.md", &markdown(&all()));
}

#[test]
fn the_page_about_what_is_stored_is_made_from_the_label() {
    holds("data.md", &data_markdown());
}

#[test]
fn the_page_about_wording_is_made_from_the_tables() {
    holds("wording.md", &wording_markdown());
}

#[test]
fn every_metric_has_an_id_of_its_own_and_a_full_definition() {
    let mut ids: Vec<_> = METRICS.iter().map(|metric| metric.id()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), METRICS.len());
    for metric in METRICS {
        let d = metric.definition();
        for text in [d.rule, d.source, d.misleads, d.left_out] {
            assert!(
                text.len() > 30 && text.ends_with('.'),
                "{}: {text}",
                metric.id()
            );
        }
    }
}

#[test]
fn the_words_are_calm_and_promise_nothing() {
    let pages = [
        metrics_markdown(),
        markdown(&all()),
        wording_markdown(),
        data_markdown(),
    ];
    let text = pages.concat().to_lowercase();
    for word in [
        "score",
        "rank",
        "streak",
        "quota",
        "anonym",
        "secure",
        "wasted",
        "hours lost",
    ] {
        assert!(!text.contains(word), "{word}");
    }
}

#[test]
fn every_metric_says_all_that_it_owes_its_reader() {
    for metric in METRICS {
        let (id, told) = (metric.id(), metric.definition());
        for text in [
            told.rule,
            told.formula,
            told.source,
            told.misleads,
            told.left_out,
        ] {
            assert!(!text.trim().is_empty(), "{id}");
        }
        assert!(!told.needs.is_empty(), "{id}");
        assert!(!told.asked.is_empty(), "{id}");
        for (question, answer) in told.asked {
            assert!(
                question.ends_with('?') || question.contains('?'),
                "{id}: {question}"
            );
            assert!(answer.ends_with('.'), "{id}: {answer}");
        }
    }
}

/// What a label says reads a column, and which of that does not exist.
fn unknown_readers(read_by: &str) -> Vec<String> {
    let command = Cli::command();
    let is_command = |name: &str| command.find_subcommand(name).is_some();
    let is_page = |name: &str| Page::ALL.iter().any(|card| card.name == name);
    let is_metric = |id: &str| METRICS.iter().any(|metric| metric.id() == id);
    let mut wrong = Vec::new();
    for part in read_by.split("; ") {
        let told = part.split(" (").next().unwrap_or_default();
        let known = match told.split_once(' ') {
            Some(("figures", ids)) => ids.split(", ").all(is_metric),
            Some(("inward", name)) => is_command(name),
            Some(("page", name)) => is_page(name),
            _ => [ONLY_DUMP, ERASING, "every figure"].contains(&part),
        };
        if !known {
            wrong.push(part.to_owned());
        }
    }
    wrong
}

#[test]
fn whoever_the_label_names_as_a_reader_exists() {
    let mut seen = 0;
    for column in GROUPS
        .iter()
        .flat_map(|(_, tables)| *tables)
        .flat_map(|table| table.columns)
    {
        assert_eq!(
            unknown_readers(column.read_by),
            Vec::<String>::new(),
            "{}",
            column.column
        );
        seen += 1;
    }
    assert!(seen > 200, "{seen}");
    for invented in ["figures moods", "inward spy", "page Gossip", "somebody"] {
        assert_eq!(unknown_readers(invented), [invented]);
    }
}
