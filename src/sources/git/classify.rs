//! Category and language of a changed file: from its path, and from `.gitattributes` as they
//! stand in `HEAD` (what a repository says of itself today holds for its past), and from
//! `info/attributes`. Whether an attribute makes git call a text binary (`-diff`) changes no
//! count: lines are counted by content.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::attributes::{Macros, Marks, Rules};
use super::categories::{self as rules, Parts};
use super::languages::{Known, Languages, Purpose};
use super::lookup;
use super::objects::{Kind, Objects};
use crate::model::commit::Category;
use crate::model::ids::Oid;

/// The most bytes of one `.gitattributes` that are read.
pub(super) const ATTRIBUTES_BYTES: usize = 1 << 20;

/// So many folders are remembered before it starts anew.
const MEMO: usize = 1 << 16;

/// Classifies paths; one a thread, because it remembers.
pub(super) struct Classifier {
    /// `HEAD`'s tree, if there is one.
    root: Option<Oid>,
    macros: Macros,
    /// `info/attributes`, which has the last word.
    local: Rules,
    folders: FxHashMap<Box<[u8]>, Folder>,
    languages: Languages,
}

/// What is known of a folder of `HEAD`'s tree.
#[derive(Clone)]
struct Folder {
    tree: Option<Oid>,
    /// The files that speak for it, the root's first, each with the length of its folder's path.
    rules: Rc<[(usize, Rc<Rules>)]>,
}

impl Classifier {
    /// A classifier by the attributes in the tree `root`, and by those in the bytes `local` of
    /// `info/attributes`.
    pub(super) fn new(root: Option<Oid>, local: &[u8]) -> Self {
        let mut macros = Macros::default();
        Self {
            root,
            local: Rules::parse(local, &mut macros, true),
            macros,
            folders: FxHashMap::default(),
            languages: Languages::default(),
        }
    }

    /// The category of `path` and linguist's name of its language. `.gitattributes` that cannot
    /// be read say nothing.
    pub(super) fn classify(
        &mut self,
        objects: &mut Objects<'_>,
        path: &[u8],
    ) -> (Category, Option<&'static str>) {
        let marks = self.marks(objects, path);
        let name = &path[path.iter().rposition(|c| *c == b'/').map_or(0, |at| at + 1)..];
        let language = marks.language.or_else(|| self.languages.of(name));
        let category = category(path, &marks, language);
        let shown = language.filter(|_| marks.detectable != Some(false));
        (category, shown.map(|known| known.name))
    }

    fn marks(&mut self, objects: &mut Objects<'_>, path: &[u8]) -> Marks {
        let mut marks = Marks::default();
        if self.root.is_some() {
            let end = memchr::memrchr(b'/', path).unwrap_or(0);
            let folder = self.folder(objects, &path[..end]);
            for (length, rules) in folder.rules.iter() {
                rules.apply(path.get(*length..).unwrap_or_default(), &mut marks);
            }
        }
        self.local.apply(path, &mut marks);
        marks
    }

    /// The folder at `path`, its parents loaded first.
    fn folder(&mut self, objects: &mut Objects<'_>, path: &[u8]) -> Folder {
        if let Some(folder) = self.folders.get(path) {
            return folder.clone();
        }
        if self.folders.len() >= MEMO {
            self.folders.clear();
        }
        let mut folder = self.load(objects, b"", self.root, &[]);
        // From the top down, so that a deep path needs no deep stack.
        let mut end = 0;
        while end < path.len() {
            let from = if end == 0 { 0 } else { end + 1 };
            end = memchr::memchr(b'/', &path[from..]).map_or(path.len(), |at| from + at);
            if let Some(known) = self.folders.get(&path[..end]) {
                folder = known.clone();
                continue;
            }
            let tree = folder
                .tree
                .and_then(|tree| lookup::entry(objects, tree, &path[from..end]))
                .and_then(|entry| entry.is_tree.then_some(entry.oid));
            folder = self.load(objects, &path[..end], tree, &folder.rules);
            // Below a folder that is gone nothing more can be said.
            if tree.is_none() {
                self.folders.insert(path.into(), folder.clone());
                break;
            }
        }
        folder
    }

    /// Reads the `.gitattributes` of the folder at `path` and remembers the folder.
    fn load(
        &mut self,
        objects: &mut Objects<'_>,
        path: &[u8],
        tree: Option<Oid>,
        above: &[(usize, Rc<Rules>)],
    ) -> Folder {
        if let Some(known) = self.folders.get(path) {
            return known.clone();
        }
        let rules = tree
            .and_then(|tree| lookup::entry(objects, tree, b".gitattributes"))
            .filter(|entry| entry.is_file)
            .and_then(|entry| {
                objects
                    .read_up_to(entry.oid, Kind::Blob, ATTRIBUTES_BYTES)
                    .ok()
            })
            .map(|bytes| Rules::parse(&bytes, &mut self.macros, path.is_empty()))
            .filter(|rules| !rules.is_empty());
        let below = if path.is_empty() { 0 } else { path.len() + 1 };
        let own = rules.map(|rules| (below, Rc::new(rules)));
        let folder = Folder {
            tree,
            rules: above.iter().cloned().chain(own).collect(),
        };
        self.folders.insert(path.into(), folder.clone());
        folder
    }
}

/// The category by the first rule that speaks: what the repository says, then custom, then the
/// language.
fn category(path: &[u8], marks: &Marks, language: Option<Known>) -> Category {
    let lower = path.to_ascii_lowercase();
    let parts = Parts::new(&lower);
    if rules::is_lock(&parts) {
        return Category::Lock;
    }
    if marks.vendored.unwrap_or_else(|| rules::is_vendored(&parts)) {
        return Category::Vendored;
    }
    if marks
        .generated
        .unwrap_or_else(|| rules::is_generated(&parts))
    {
        return Category::Generated;
    }
    if marks.documentation == Some(true) {
        return Category::Docs;
    }
    if rules::is_test(&parts) {
        return Category::Test;
    }
    if marks.documentation.is_none() && rules::is_docs(&parts) {
        return Category::Docs;
    }
    if rules::is_data(&parts) {
        return Category::Data;
    }
    let prose = language.is_some_and(|known| known.purpose == Purpose::Prose);
    if !prose && rules::is_config(&parts) {
        return Category::Config;
    }
    rules::by_language(language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn customs_tell_the_category() {
        let mut languages = Languages::default();
        for (path, expected) in [
            ("src/main.rs", Category::Source),
            ("configure", Category::Source),
            ("tests/cli.rs", Category::Test),
            ("pkg/a_test.go", Category::Test),
            ("app/x.spec.ts", Category::Test),
            ("README.md", Category::Docs),
            ("docs/logo.svg", Category::Docs),
            ("notes.md", Category::Docs),
            (".github/workflows/ci.yml", Category::Config),
            ("Cargo.toml", Category::Config),
            ("package.json", Category::Config),
            ("meson.build", Category::Config),
            ("Cargo.lock", Category::Lock),
            ("web/pnpm-lock.yaml", Category::Lock),
            ("vendor/x/y.go", Category::Vendored),
            ("node_modules/a/package-lock.json", Category::Lock),
            ("third_party/a.c", Category::Vendored),
            ("app.min.js", Category::Generated),
            ("api/v1/a.pb.go", Category::Generated),
            ("__snapshots__/a.snap", Category::Generated),
            ("data/people.csv", Category::Data),
            ("logo.png", Category::Data),
            ("data/x.json", Category::Data),
        ] {
            let name = path.rsplit('/').next().unwrap();
            let language = languages.of(name.as_bytes());
            let found = category(path.as_bytes(), &Marks::default(), language);
            assert_eq!(found, expected, "{path}");
        }
    }

    #[test]
    fn what_the_repository_says_beats_custom() {
        let said = |path: &str, marks: Marks| category(path.as_bytes(), &marks, None);
        let not_vendored = Marks {
            vendored: Some(false),
            ..Marks::default()
        };
        assert_eq!(said("vendor/own.c", not_vendored), Category::Source);
        let generated = Marks {
            generated: Some(true),
            ..Marks::default()
        };
        assert_eq!(said("src/a.c", generated), Category::Generated);
        let no_docs = Marks {
            documentation: Some(false),
            ..Marks::default()
        };
        assert_eq!(said("docs/run.c", no_docs), Category::Source);
    }
}
