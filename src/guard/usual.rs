//! Names of files in the usual folders that may be exports: listed before the lock, kept in memory,
//! never opened.

use std::path::{Path, PathBuf};

use crate::model::seen_file::SeenFile;
use crate::model::text::Clean;

/// How an export's name ends.
const ENDS: [&str; 7] = ["json", "jsonl", "ndjson", "csv", "tsv", "xml", "ics"];

/// Names in a folder of sources that end so and are no exports.
const OTHERS: [&str; 5] = [
    "package.json",
    "package-lock.json",
    "tsconfig.json",
    "composer.json",
    "pom.xml",
];

/// Names looked at in one folder.
const NAMES: usize = 5_000;

/// Files handed out, the newest first.
const MOST: usize = 50;

/// The files in `folders` themselves, not below them, that may be exports by their names, the
/// newest first. Links, hidden files, empty ones and names that cannot be shown as they are are
/// left out; a folder that cannot be listed gives nothing.
pub fn exports(folders: &[PathBuf], home: Option<&Path>) -> Vec<SeenFile> {
    let mut all: Vec<SeenFile> = Vec::new();
    for (at, folder) in folders.iter().enumerate() {
        if !folders[..at].contains(folder) {
            all.extend(listed(folder, home));
        }
    }
    all.sort_by(|a, b| {
        b.modified
            .cmp(&a.modified)
            .then_with(|| a.path.cmp(&b.path))
    });
    all.truncate(MOST);
    all
}

fn listed(folder: &Path, home: Option<&Path>) -> Vec<SeenFile> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let shown = shown(folder, home);
    let names = entries.take(NAMES).filter_map(Result::ok);
    names
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let label = Clean::label(name.as_bytes());
            if !may_be_export(&name) || label.as_str() != name {
                return None;
            }
            // Of the entry itself: a link is not followed.
            let seen = entry.metadata().ok().filter(std::fs::Metadata::is_file)?;
            let since = seen.modified().ok()?;
            let since = since.duration_since(std::time::UNIX_EPOCH).ok()?;
            let path = entry.path().into_os_string().into_string().ok()?;
            (seen.len() > 0).then_some(SeenFile {
                path,
                name: label,
                folder: shown.clone(),
                size: seen.len(),
                modified: i64::try_from(since.as_secs()).ok()?,
            })
        })
        .collect()
}

fn may_be_export(name: &str) -> bool {
    let end = Path::new(name).extension().and_then(|end| end.to_str());
    let fits = |end: &str| ENDS.iter().any(|one| one.eq_ignore_ascii_case(end));
    !name.starts_with('.') && end.is_some_and(fits) && !OTHERS.contains(&name)
}

/// The folder as people write it.
fn shown(folder: &Path, home: Option<&Path>) -> Clean {
    let below = home.and_then(|home| folder.strip_prefix(home).ok());
    let text = match below {
        Some(rest) if rest.as_os_str().is_empty() => "~".to_owned(),
        Some(rest) => format!("~/{}", rest.to_string_lossy()),
        None => folder.to_string_lossy().into_owned(),
    };
    Clean::label(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_may_be_exports_are_listed_and_nothing_below_or_beside_them() {
        let home = tempfile::tempdir().unwrap();
        let down = home.path().join("Downloads");
        std::fs::create_dir_all(down.join("folder.csv")).unwrap();
        std::fs::create_dir_all(down.join("deep")).unwrap();
        for name in [
            "jira.CSV",
            "issues.json",
            "package.json",
            "photo.png",
            ".hidden.json",
            "deep/below.csv",
        ] {
            std::fs::write(down.join(name), "x").unwrap();
        }
        std::fs::write(down.join("empty.csv"), "").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink("/etc/passwd", down.join("link.csv")).unwrap();
        let folders = [down.clone(), down, home.path().join("none")];
        let found = exports(&folders, Some(home.path()));
        let mut names: Vec<_> = found.iter().map(|one| one.name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, ["issues.json", "jira.CSV"]);
        assert_eq!(found[0].folder.as_str(), "~/Downloads");
        assert!(Path::new(&found[0].path).is_file());
    }

    #[test]
    fn the_newest_are_handed_out_and_no_more_than_fifty() {
        let home = tempfile::tempdir().unwrap();
        for at in 0..60_u64 {
            let path = home.path().join(format!("{at:02}.csv"));
            let file = std::fs::File::create(&path).unwrap();
            std::io::Write::write_all(&mut &file, b"x").unwrap();
            let when = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000 + at);
            file.set_modified(when).unwrap();
        }
        let found = exports(&[home.path().to_owned()], Some(home.path()));
        assert_eq!(found.len(), MOST);
        assert_eq!(found[0].name.as_str(), "59.csv");
        assert_eq!(found[0].folder.as_str(), "~");
    }
}
