//! Every branch, tag and other ref that leads to history, read from the files git documents.
//! Which of them are branches: `branch`.

use std::fs;
use std::path::Path;

use rustc_hash::FxHashMap;

use super::branch::Branch;
use super::error::GitError;
use super::files;
use crate::model::ids::Oid;
use crate::model::place::Place;
use crate::model::text::Clean;

/// Families of refs that are not history of the owner's work: notes, stand-ins, and the
/// keepsakes of other tools.
const PASSED_OVER: [&[u8]; 5] = [
    b"refs/notes",
    b"refs/replace",
    b"refs/bisect",
    b"refs/original",
    b"refs/jj",
];

/// The last stash entry: its commit is no history, what it stands on may be.
const STASH: &[u8] = b"refs/stash";

/// The most bytes of one loose ref, and of `packed-refs`, that are read.
const LOOSE_BYTES: u64 = 4 << 10;
const PACKED_BYTES: u64 = 512 << 20;

/// Folders below `refs` deeper than this are not entered.
const DEPTH: usize = 32;

/// Where the refs of a repository point.
#[derive(Debug, Default)]
pub(super) struct Refs {
    /// What they point to, sorted, each once: commits, and tags that were not peeled yet.
    pub(super) tips: Vec<Oid>,
    /// What this tree's `HEAD` points to; `None` while its branch is unborn.
    pub(super) head: Option<Oid>,
    /// The default branch's short name, if there is one.
    pub(super) default_name: Option<Clean>,
    /// What the default branch points to, here and on `origin`.
    pub(super) default_tips: Vec<Oid>,
    /// The other branches and the heads of requests, sorted by the refs' full names.
    pub(super) branches: Vec<Branch>,
    /// The last stash entry.
    pub(super) stash: Option<Oid>,
    /// Every ref by its full name.
    found: FxHashMap<Box<[u8]>, Target>,
    /// How many refs could not be made out.
    pub(super) broken: u64,
    /// The first of them.
    pub(super) first_broken: Option<Clean>,
}

impl Refs {
    /// The commit whose files speak for the repository: `HEAD`, or the default branch's where
    /// `HEAD` is unborn.
    pub(super) fn speaker(&self) -> Option<Oid> {
        self.head.or_else(|| self.default_tips.first().copied())
    }

    /// Whether `name`, which somebody checked out, is that of a tag or of another machine's
    /// branch and of no branch here.
    pub(super) fn is_no_branch(&self, name: &[u8]) -> bool {
        let exists = |prefix: &[u8]| self.found.contains_key([prefix, name].concat().as_slice());
        !exists(b"refs/heads/") && (exists(b"refs/tags/") || exists(b"refs/remotes/"))
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Target {
    Direct(Oid),
    Symbolic(Box<[u8]>),
}

#[derive(Default)]
struct Listing {
    found: FxHashMap<Box<[u8]>, Target>,
    broken: Vec<Box<[u8]>>,
}

/// Reads the refs of `place`. A broken ref is counted and passed over; the error says that a
/// file cannot be read or is too large.
pub(super) fn read(place: &Place) -> Result<Refs, GitError> {
    let mut listing = Listing::default();
    let unreadable = |what: &'static str| {
        move |error: std::io::Error| GitError::unreadable(&place.path, what, error)
    };
    // Loose ones first: a ref that is packed meanwhile is then seen at least once.
    listing
        .add_loose(&place.common_dir)
        .map_err(unreadable("refs"))?;
    if place.git_dir != place.common_dir {
        listing
            .add_loose(&place.git_dir)
            .map_err(unreadable("refs"))?;
    }
    let packed = files::read_up_to(&place.common_dir.join("packed-refs"), PACKED_BYTES)
        .map_err(unreadable("packed-refs"))?;
    listing.add_packed(&packed.unwrap_or_default());
    let heads = heads(place).map_err(unreadable("HEAD"))?;
    Ok(listing.into_refs(&heads))
}

/// This tree's `HEAD` first, then those of the clone and its other work trees.
fn heads(place: &Place) -> std::io::Result<Vec<Target>> {
    let mut heads = vec![head(&place.git_dir)?];
    if place.git_dir != place.common_dir {
        heads.push(head(&place.common_dir).unwrap_or(None));
    }
    if let Ok(entries) = fs::read_dir(place.common_dir.join("worktrees")) {
        for entry in entries.flatten() {
            heads.push(head(&entry.path()).unwrap_or(None));
        }
    }
    // An empty or torn HEAD leads nowhere, as an unborn branch does.
    let nowhere = || Target::Symbolic(Box::default());
    Ok(heads
        .into_iter()
        .map(|h| h.unwrap_or_else(nowhere))
        .collect())
}

/// The short name of the branch that `HEAD` in `folder` is on, if it is on one.
pub(super) fn on_branch(folder: &Path) -> Option<Box<[u8]>> {
    match head(folder) {
        Ok(Some(Target::Symbolic(name))) => name.strip_prefix(b"refs/heads/").map(Into::into),
        _ => None,
    }
}

fn head(folder: &Path) -> std::io::Result<Option<Target>> {
    let path = folder.join("HEAD");
    if let Ok(link) = fs::read_link(&path) {
        return Ok(Some(Target::Symbolic(
            link.as_os_str().as_encoded_bytes().into(),
        )));
    }
    Ok(files::read_up_to(&path, LOOSE_BYTES)?.and_then(|bytes| target(&bytes)))
}

/// What the content of a loose ref says.
fn target(bytes: &[u8]) -> Option<Target> {
    let text = bytes.trim_ascii_end();
    if let Some(name) = text.strip_prefix(b"ref:") {
        return Some(Target::Symbolic(name.trim_ascii().into()));
    }
    Oid::from_hex(text.get(..40)?)
        .filter(|_| text.get(40).is_none_or(u8::is_ascii_whitespace))
        .map(Target::Direct)
}

fn is_passed_over(name: &[u8]) -> bool {
    PASSED_OVER.iter().any(|family| {
        name.strip_prefix(*family)
            .is_some_and(|rest| rest.is_empty() || rest[0] == b'/')
    })
}

impl Listing {
    /// Adds the refs that are files of their own below `folder/refs`.
    fn add_loose(&mut self, folder: &Path) -> std::io::Result<()> {
        let mut folders = vec![(folder.join("refs"), b"refs".to_vec(), 0)];
        while let Some((folder, name, depth)) = folders.pop() {
            let entries = match fs::read_dir(&folder) {
                Ok(entries) => entries,
                // Empty folders are removed by git at any time.
                Err(error) if files::is_absent(&error) => continue,
                Err(error) => return Err(error),
            };
            for entry in entries {
                let entry = entry?;
                let mut name = name.clone();
                name.push(b'/');
                name.extend_from_slice(entry.file_name().as_encoded_bytes());
                if is_passed_over(&name) || name.ends_with(b".lock") {
                    continue;
                }
                if entry.file_type()?.is_dir() {
                    if depth < DEPTH {
                        folders.push((entry.path(), name, depth + 1));
                    }
                    continue;
                }
                match files::read_up_to(&entry.path(), LOOSE_BYTES) {
                    Ok(None) => {}
                    Ok(Some(bytes)) => match target(&bytes) {
                        Some(target) => drop(self.found.insert(name.into(), target)),
                        None => self.broken.push(name.into()),
                    },
                    Err(_) => self.broken.push(name.into()),
                }
            }
        }
        Ok(())
    }

    /// Adds the refs of a `packed-refs` file; a loose ref of the same name wins.
    fn add_packed(&mut self, bytes: &[u8]) {
        let mut lines = files::lines(bytes).peekable();
        while let Some(line) = lines.next() {
            if line.is_empty() || line[0] == b'#' || line[0] == b'^' {
                continue;
            }
            // The line after a tag may say what the tag leads to.
            let peeled = lines
                .peek()
                .and_then(|next| Oid::from_hex(next.strip_prefix(b"^")?));
            let Some((hex, name)) = line
                .split_at_checked(40)
                .and_then(|(hex, rest)| Some((hex, rest.strip_prefix(b" ")?)))
            else {
                self.broken.push(b"packed-refs"[..].into());
                continue;
            };
            if is_passed_over(name) {
                continue;
            }
            match Oid::from_hex(hex) {
                Some(oid) => {
                    self.found
                        .entry(name.into())
                        .or_insert(Target::Direct(peeled.unwrap_or(oid)));
                }
                None => self.broken.push(name.into()),
            }
        }
    }

    fn resolve(&self, target: &Target) -> Option<Oid> {
        let mut target = target;
        // Symbolic refs point to symbolic refs at most a few times; a circle ends here.
        for _ in 0..5 {
            match target {
                Target::Direct(oid) => return Some(*oid),
                Target::Symbolic(name) => target = self.found.get(name)?,
            }
        }
        None
    }

    fn named(&self, prefix: &str, name: &[u8]) -> Option<Oid> {
        let full = [prefix.as_bytes(), name].concat();
        self.resolve(self.found.get(full.as_slice())?)
    }

    /// The short name of the branch that others build on: what `origin` says, else a usual
    /// name, else whatever `HEAD` is on.
    fn default_branch(&self, head: &Target) -> Option<Box<[u8]>> {
        let origin = self.found.get(&b"refs/remotes/origin/HEAD"[..]);
        if let Some(Target::Symbolic(name)) = origin
            && let Some(short) = name.strip_prefix(b"refs/remotes/origin/")
            && self.found.contains_key(name)
        {
            return Some(short.into());
        }
        let exists = |name: &[u8]| {
            self.named("refs/heads/", name)
                .or_else(|| self.named("refs/remotes/origin/", name))
                .is_some()
        };
        let usual = [&b"main"[..], b"master", b"trunk"];
        let on = match head {
            Target::Symbolic(name) => name.strip_prefix(b"refs/heads/"),
            Target::Direct(_) => None,
        };
        // On a usual branch: that one, even if another usual name is left over from a renaming.
        on.filter(|name| usual.contains(name) && exists(name))
            .or_else(|| usual.into_iter().find(|name| exists(name)))
            .or_else(|| on.filter(|name| exists(name)))
            .map(Into::into)
    }

    fn into_refs(self, heads: &[Target]) -> Refs {
        let nowhere = Target::Symbolic(Box::default());
        let head = heads.first().unwrap_or(&nowhere);
        let default = self.default_branch(head);
        let default_tips = default.as_deref().map_or_else(Vec::new, |name| {
            ["refs/heads/", "refs/remotes/origin/"]
                .iter()
                .filter_map(|prefix| self.named(prefix, name))
                .collect()
        });
        let mut tips: Vec<Oid> = self
            .found
            .iter()
            .filter(|(name, _)| &***name != STASH)
            .map(|(_, target)| target)
            .chain(heads)
            .filter_map(|target| self.resolve(target))
            .filter(|oid| *oid != Oid::ZERO)
            .collect();
        tips.sort_unstable();
        tips.dedup();
        let mut broken = self.broken.clone();
        broken.sort_unstable();
        let mut names: Vec<_> = self.found.iter().collect();
        names.sort_unstable_by_key(|(name, _)| *name);
        let branches = names
            .into_iter()
            .filter_map(|(name, target)| {
                Branch::of(name, self.resolve(target)?, default.as_deref())
            })
            .collect();
        Refs {
            tips,
            head: self.resolve(head),
            branches,
            stash: self
                .found
                .get(STASH)
                .and_then(|target| self.resolve(target)),
            default_name: default.map(|name| Clean::label(&name)),
            default_tips,
            broken: broken.len() as u64,
            first_broken: broken.first().map(|name| Clean::label(name)),
            found: self.found,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn oid(digit: u8) -> Oid {
        Oid([digit; 20])
    }

    fn refs(packed: &str, head: &str) -> Refs {
        let mut listing = Listing::default();
        listing.add_packed(packed.as_bytes());
        listing.into_refs(&[target(head.as_bytes()).unwrap()])
    }

    #[test]
    fn packed_tags_are_peeled_and_foreign_families_passed_over() {
        let text = format!(
            "# pack-refs with: peeled fully-peeled sorted \n{} refs/heads/main\n{} refs/tags/v1\n^{}\n{} refs/stash\n{} refs/notes/commits\n{} refs/notesake\nnonsense\n",
            oid(1),
            oid(2),
            oid(3),
            oid(4),
            oid(5),
            oid(6),
        );
        let found = refs(&text, "ref: refs/heads/main\n");
        assert_eq!(found.tips, [oid(1), oid(3), oid(6)]);
        assert_eq!(found.stash, Some(oid(4)));
        assert_eq!(found.head, Some(oid(1)));
        assert_eq!(found.default_name.unwrap().as_str(), "main");
        assert_eq!(found.broken, 1);
    }

    #[test]
    fn a_feature_branch_is_not_the_default_where_a_usual_one_exists() {
        let text = format!("{} refs/heads/main\n{} refs/heads/topic\n", oid(1), oid(2));
        let name = |packed: &str, head: &str| refs(packed, head).default_name.unwrap();
        assert_eq!(name(&text, "ref: refs/heads/topic").as_str(), "main");
        let only = format!("{} refs/heads/topic\n", oid(2));
        assert_eq!(name(&only, "ref: refs/heads/topic").as_str(), "topic");
    }

    #[test]
    fn an_unborn_and_a_torn_head_lead_nowhere_and_a_detached_one_is_a_tip() {
        assert_eq!(refs("", "ref: refs/heads/main").tips, []);
        assert_eq!(refs("", &oid(7).to_string()).tips, [oid(7)]);
        assert_eq!(target(b""), None);
        assert_eq!(target(b"0123"), None);
    }
}
