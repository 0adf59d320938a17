//! Which commits are about one thing: those that name one area, wide or narrow, whichever is large
//! enough; else those of one branch; else those of one folder.

use std::collections::BTreeSet;

use super::area::Area;
use super::common::{Words, shared};
use super::rollup::stand;

/// Where an area comes from, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    /// The summary's front.
    Front,
    /// The type in front, which is an area by itself.
    Type,
    /// The branch.
    Branch,
    /// A word that they share.
    Word,
    /// The folder.
    Folder,
}

impl Source {
    const ALL: [Self; 5] = [
        Self::Front,
        Self::Type,
        Self::Branch,
        Self::Word,
        Self::Folder,
    ];
}

/// What one commit may be grouped by.
#[derive(Clone, Debug, Default)]
pub(super) struct Areas {
    /// What its summary names in front.
    pub(super) front: Option<Area>,
    /// The area that its type is.
    pub(super) kind: Option<Area>,
    /// The topic of its branch.
    pub(super) branch: Option<Area>,
    /// Its folder.
    pub(super) folder: Option<Area>,
}

impl Areas {
    fn of(&self, source: Source) -> Option<&Area> {
        match source {
            Source::Front => self.front.as_ref(),
            Source::Type => self.kind.as_ref(),
            Source::Branch => self.branch.as_ref(),
            Source::Word => None,
            Source::Folder => self.folder.as_ref(),
        }
    }
}

/// Commits about one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    /// What; `None` for those that stand alone.
    pub(super) area: Option<String>,
    /// Its keys.
    pub(super) keys: Vec<String>,
    /// Where its name comes from.
    pub(super) source: Source,
    /// Positions of its commits, and how many parts of a commit's front the area says already.
    pub(super) members: Vec<(usize, usize)>,
}

impl Group {
    fn positions(&self) -> impl Iterator<Item = usize> {
        self.members.iter().map(|(index, _)| *index)
    }
}

/// How groups are made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule<'a> {
    /// An area within another stands alone from so many commits.
    pub(super) nested: usize,
    /// The keys that the project itself has: they tell nothing.
    pub(super) project: &'a [String],
    /// Folders that most of the commits lie in: they tell nothing.
    pub(super) dull: &'a BTreeSet<Vec<String>>,
    /// A word tells nothing when more of the commits have it.
    pub(super) most: usize,
}

/// An area that nothing contains stands alone from so many commits.
const WIDEST: usize = 3;

/// Groups what `areas` name and what `words` they share; each commit lies in exactly one. The last
/// group, if any, has those that stand alone.
pub(super) fn groups(areas: &[Areas], words: &[Words], rule: Rule<'_>) -> Vec<Group> {
    let mut open: Vec<usize> = (0..areas.len()).collect();
    let mut out: Vec<Group> = Vec::new();
    // Two that name one area are still a pair, when nothing larger takes them.
    let steps = Source::ALL.map(|source| (source, WIDEST));
    for (source, least) in steps.into_iter().chain([(Source::Front, 2)]) {
        let of = |index: usize| areas.get(index).and_then(|areas| areas.of(source));
        open.retain(|index| !joined(&mut out, *index, of(*index)));
        let named = open.iter().filter_map(|index| Some((*index, of(*index)?)));
        let named: Vec<(usize, &Area)> = named.collect();
        let mut new = stand(&named, source, rule, least);
        if source == Source::Word {
            new.extend(
                shared(&open, words, rule.most)
                    .into_iter()
                    .filter_map(of_word),
            );
        }
        let taken: BTreeSet<usize> = new.iter().flat_map(Group::positions).collect();
        open.retain(|index| !taken.contains(index));
        for group in new {
            match out.iter_mut().find(|other| other.keys == group.keys) {
                Some(other) => other.members.extend(group.members),
                None => out.push(group),
            }
        }
    }
    for group in &mut out {
        let said = |index: usize| {
            areas
                .get(index)
                .map_or(0, |areas| group_says(&group.keys, areas))
        };
        for (index, depth) in &mut group.members {
            *depth = said(*index);
        }
        group.members.sort_unstable();
    }
    if !open.is_empty() {
        out.push(Group {
            area: None,
            keys: Vec::new(),
            source: Source::Front,
            members: open.into_iter().map(|index| (index, 0)).collect(),
        });
    }
    out
}

/// How many parts of a commit's front a group with these keys says already.
fn group_says(keys: &[String], areas: &Areas) -> usize {
    let front = areas.front.as_ref().map(Area::keys);
    front
        .filter(|front| front.starts_with(keys))
        .map_or(0, |_| keys.len())
}

fn of_word((word, members): (String, Vec<usize>)) -> Option<Group> {
    let keys = Area::whole(&word)?.keys();
    Some(Group {
        area: Some(word),
        keys,
        source: Source::Word,
        members: members.into_iter().map(|index| (index, 0)).collect(),
    })
}

/// Puts commit `index` into the group with the narrowest area that holds its own.
fn joined(groups: &mut [Group], index: usize, area: Option<&Area>) -> bool {
    let Some(keys) = area.map(Area::keys) else {
        return false;
    };
    let holding = groups
        .iter_mut()
        .filter(|group| keys.starts_with(&group.keys));
    let Some(group) = holding.max_by_key(|group| group.keys.len()) else {
        return false;
    };
    group.members.push((index, 0));
    true
}
