//! The beginning of an export, looked at in the ways that tell formats apart.

use super::error::ImportError;
use super::outline::Outline;
use super::table::{Candidate, candidates};
use crate::model::text::Clean;

/// What the first bytes of a file show.
#[derive(Debug, Default)]
pub struct Head {
    name: Clean,
    text: String,
    outline: Option<Outline>,
    tables: Vec<Candidate>,
}

impl Head {
    /// Looks at decoded bytes; a web page or an archive is an error by name.
    pub(super) fn new(name: Clean, bytes: &[u8]) -> Result<Self, ImportError> {
        let text = String::from_utf8_lossy(bytes);
        let start = text.trim_start();
        refuse(start)?;
        let bare: String = start
            .chars()
            .take(20)
            .filter(|c| !c.is_whitespace())
            .collect();
        if bare == "[]" || bare == "{}" {
            return Err(ImportError::Nothing);
        }
        let json = start.starts_with(['{', '[']) || text.lines().take(20).any(|line| line == "[");
        let outline = json.then(|| Outline::new(bytes));
        let tables = if start.starts_with(['{', '[']) {
            Vec::new()
        } else {
            candidates(&text)
        };
        Ok(Self {
            name,
            text: text.chars().take(65_536).collect(),
            outline,
            tables,
        })
    }

    /// The file's name in lower case.
    pub fn name(&self) -> String {
        self.name.as_str().to_lowercase()
    }

    /// Whether the file's name ends in `.ext` (given in lower case).
    pub fn has_extension(&self, ext: &str) -> bool {
        let name = self.name();
        name.rsplit_once('.').is_some_and(|(_, found)| found == ext)
    }

    /// Its first characters, at most 65,536.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The shape of its JSON; `None` when it is none.
    pub fn json(&self) -> Option<&Outline> {
        self.outline.as_ref()
    }

    /// Whether its JSON has a value at each of these places, e.g. `[].number`.
    pub fn has_json(&self, places: &[&str]) -> bool {
        self.json()
            .is_some_and(|json| places.iter().all(|place| json.has(place)))
    }

    /// Whether one of the first records names all these columns (in lower case; a trailing `*`
    /// stands for anything).
    pub fn has_columns(&self, columns: &[&str]) -> bool {
        self.tables
            .iter()
            .any(|table| columns.iter().all(|name| table.has(name)))
    }

    /// The readings of the first records as a header.
    pub(super) fn tables(&self) -> &[Candidate] {
        &self.tables
    }
}

/// Names what cannot be an export.
fn refuse(start: &str) -> Result<(), ImportError> {
    let head: String = start.chars().take(200).collect::<String>().to_lowercase();
    if head.starts_with("<!doctype html") || head.starts_with("<html") || head.starts_with("<head")
    {
        return Err(ImportError::WebPage);
    }
    let container = |what, next| Err(ImportError::Container { what, next });
    if start.starts_with("PK\u{3}\u{4}") {
        return container(
            "a zip archive (or a spreadsheet)",
            "unpack it and import the files inside, or save the sheet as CSV",
        );
    }
    if start.starts_with("\u{1f}\u{fffd}") || start.starts_with("\u{1f}‹") {
        return container("a gzip archive", "unpack it and import the files inside");
    }
    if start.starts_with("SQLite format 3") {
        return container("a database", "use the program's own export");
    }
    if start.starts_with("%PDF") {
        return container("a PDF", "export as CSV or JSON");
    }
    if head.starts_with("<?xml") || head.starts_with("<rss") {
        return container("XML", "export as CSV or JSON");
    }
    Ok(())
}
