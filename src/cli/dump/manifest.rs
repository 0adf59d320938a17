//! `manifest.json`: which files a dump has, how long they are, and their checksums. It is written
//! first as unfinished and last as whole, so a folder says itself what it holds.

use serde::{Deserialize, Serialize};

use crate::store::Table;

/// Its name in the folder.
pub(in super::super) const FILE: &str = "manifest.json";
/// The copy that `restore` reads.
pub(in super::super) const COPY: &str = "store.jsonl";
/// The list of what is registered; no table of the store, but `restore` reads it too.
pub(in super::super) const REGISTERED: &str = "registered.jsonl";

/// What a dump says of itself.
#[derive(Debug, Serialize, Deserialize)]
pub(in super::super) struct Manifest {
    /// [`Manifest::SCHEMA`] in this version.
    pub schema: String,
    /// The version that wrote it.
    pub inward: String,
    /// See [`Table::form`].
    pub form: String,
    /// Whether every file is there.
    pub whole: bool,
    /// The files beside it.
    pub files: Vec<Listed>,
}

/// A file of a dump.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(in super::super) struct Listed {
    /// Its name in the folder.
    pub name: String,
    /// Rows; of the copy, lines.
    pub rows: u64,
    /// Its length.
    pub bytes: u64,
    /// BLAKE3 of its bytes, 64 hexadecimal digits.
    pub checksum: String,
}

/// Why bytes are no manifest.
#[derive(Debug, PartialEq, Eq)]
pub(in super::super) enum NoManifest {
    /// A newer version wrote it.
    Newer,
    /// It is something else, or damaged.
    Unfit(String),
}

impl Manifest {
    /// What it calls itself.
    const SCHEMA: &'static str = "inward.dump.v1";

    /// The manifest of a dump that this version writes.
    pub(in super::super) fn new(whole: bool, files: Vec<Listed>) -> Self {
        Self {
            schema: Self::SCHEMA.to_owned(),
            inward: env!("CARGO_PKG_VERSION").to_owned(),
            form: Table::form(),
            whole,
            files,
        }
    }

    /// Reads one; names in it are file names and nothing else.
    pub(in super::super) fn parse(bytes: &[u8]) -> Result<Self, NoManifest> {
        #[derive(Deserialize)]
        struct Head {
            schema: String,
        }
        let unfit = |error: serde_json::Error| NoManifest::Unfit(error.to_string());
        let head: Head = serde_json::from_slice(bytes).map_err(unfit)?;
        if head.schema != Self::SCHEMA {
            let version = head.schema.strip_prefix("inward.dump.v");
            let newer = version.and_then(|text| text.parse().ok());
            return Err(match newer {
                Some(2_u32..) => NoManifest::Newer,
                _ => NoManifest::Unfit("it is no dump's".to_owned()),
            });
        }
        let manifest: Self = serde_json::from_slice(bytes).map_err(unfit)?;
        match manifest.files.iter().find(|file| !is_plain(&file.name)) {
            Some(_) => Err(NoManifest::Unfit("it names a file no dump has".to_owned())),
            None => Ok(manifest),
        }
    }

    /// Whether the rows have the form this version writes, so that they can be compared.
    pub(in super::super) fn is_ours(&self) -> bool {
        self.inward == env!("CARGO_PKG_VERSION") && self.form == Table::form()
    }
}

/// Whether `name` is one that a dump of any version may have: no path, nothing hidden.
fn is_plain(name: &str) -> bool {
    let stem = name.strip_suffix(".jsonl").or(name.strip_suffix(".csv"));
    stem.is_some_and(|stem| {
        !stem.is_empty() && stem.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'_'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(name: &str) -> Listed {
        Listed {
            name: name.to_owned(),
            rows: 1,
            bytes: 2,
            checksum: String::new(),
        }
    }

    fn parse(manifest: &Manifest) -> Result<Manifest, NoManifest> {
        Manifest::parse(&serde_json::to_vec(manifest).unwrap())
    }

    #[test]
    fn it_comes_back_as_written() {
        let tables = Table::ALL.map(|table| format!("{}.csv", table.name()));
        let mut files: Vec<Listed> = tables.iter().map(|name| listed(name)).collect();
        files.extend([COPY, REGISTERED].map(listed));
        let back = parse(&Manifest::new(true, files.clone())).unwrap();
        assert!(back.whole && back.is_ours());
        assert_eq!(back.files, files);
    }

    #[test]
    fn every_field_beside_the_tables_is_explained() {
        let root = crate::model::place::Root {
            path: "/a".into(),
            trusted: false,
            since: None,
            exclude: Vec::new(),
        };
        let manifest = Manifest::new(true, vec![listed(COPY)]);
        let registered = super::super::registered::Registered::from(&root);
        let explained = include_str!("../../../docs/dump.md");
        let mut seen = 0;
        for row in [
            serde_json::to_value(&manifest),
            serde_json::to_value(&manifest.files[0]),
            serde_json::to_value(&registered),
        ] {
            for field in row.unwrap().as_object().unwrap().keys() {
                assert!(explained.contains(&format!("`{field}`")), "{field}");
                seen += 1;
            }
        }
        assert_eq!(seen, 13);
    }

    #[test]
    fn a_name_that_leaves_the_folder_is_refused() {
        for name in [
            "../tasks.csv",
            "/etc/passwd",
            ".jsonl",
            "a/b.csv",
            "tasks",
            "T.csv",
            "",
        ] {
            let manifest = Manifest::new(true, vec![listed(name)]);
            assert!(
                matches!(parse(&manifest), Err(NoManifest::Unfit(_))),
                "{name}"
            );
        }
    }

    #[test]
    fn a_newer_one_is_told_from_one_that_is_none() {
        let mut manifest = Manifest::new(true, Vec::new());
        manifest.schema = "inward.dump.v2".to_owned();
        assert_eq!(parse(&manifest).unwrap_err(), NoManifest::Newer);
        assert_eq!(
            Manifest::parse(br#"{"schema":"inward.dump.v7","other":1}"#).unwrap_err(),
            NoManifest::Newer
        );
        for bytes in [
            &b"{}"[..],
            b"[1]",
            b"",
            b"{\"schema\":\"else\"}",
            b"{\"schema\":\"inward.dump.v1\"}",
        ] {
            assert!(matches!(Manifest::parse(bytes), Err(NoManifest::Unfit(_))));
        }
    }
}
