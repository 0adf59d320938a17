//! Which commits are about one thing: those that name one area, wide or narrow, whichever is large
//! enough; else those of one branch; else those of one folder.

use std::collections::BTreeMap;

use super::area::Area;

/// Where an area comes from, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    /// The summary's front.
    Front,
    /// The type in front, which is an area by itself.
    Type,
    /// The branch.
    Branch,
    /// The folder.
    Folder,
}

impl Source {
    const ALL: [Self; 4] = [Self::Front, Self::Type, Self::Branch, Self::Folder];
}

/// What one commit may be grouped by, in the order of [`Source::ALL`].
pub(super) type Areas = [Option<Area>; 4];

/// Commits about one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    /// What; `None` for those that stand alone.
    pub(super) area: Option<String>,
    /// Its keys.
    keys: Vec<String>,
    /// Where its name comes from.
    pub(super) source: Source,
    /// Positions of its commits, and how many parts of a commit's front the area says already.
    pub(super) members: Vec<(usize, usize)>,
}

/// How groups are made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule<'a> {
    /// An area within another stands alone from so many commits.
    pub(super) nested: usize,
    /// The keys that the project itself has: they tell nothing.
    pub(super) project: &'a [String],
    /// A folder tells nothing when it holds more of the commits than this.
    pub(super) folder: usize,
}

/// An area that nothing contains stands alone from so many commits.
const WIDEST: usize = 3;

/// Groups what `areas` name; each commit lies in exactly one. The last one, if any, has those that
/// stand alone.
pub(super) fn groups(areas: &[Areas], rule: Rule<'_>) -> Vec<Group> {
    let mut open: Vec<usize> = (0..areas.len()).collect();
    let mut out: Vec<Group> = Vec::new();
    for (at, source) in Source::ALL.into_iter().enumerate() {
        let of = |index: usize| areas.get(index).and_then(|areas| areas[at].as_ref());
        open.retain(|index| !joined(&mut out, *index, of(*index)));
        let named: Vec<(usize, &Area)> = open
            .iter()
            .filter_map(|index| Some((*index, of(*index)?)))
            .collect();
        for group in stand(&named, source, rule, WIDEST) {
            open.retain(|index| group.members.iter().all(|(member, _)| member != index));
            out.push(group);
        }
    }
    // Two of one kind are still a pair.
    let named: Vec<(usize, &Area)> = open
        .iter()
        .filter_map(|index| Some((*index, areas.get(*index)?[0].as_ref()?)))
        .collect();
    for group in stand(&named, Source::Front, rule, 2) {
        open.retain(|index| group.members.iter().all(|(member, _)| member != index));
        out.push(group);
    }
    for group in &mut out {
        for (index, said) in &mut group.members {
            *said = areas
                .get(*index)
                .and_then(|areas| areas[0].as_ref())
                .map_or(0, |front| {
                    let keys = front.keys();
                    if keys.starts_with(&group.keys) {
                        group.keys.len()
                    } else {
                        0
                    }
                });
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

/// The areas that stand alone, from the narrowest to the widest: what is too small goes into the
/// next wider one. What stays too small is left out.
fn stand(named: &[(usize, &Area)], source: Source, rule: Rule<'_>, widest: usize) -> Vec<Group> {
    let mut levels: BTreeMap<Vec<String>, Vec<(usize, &Area)>> = BTreeMap::new();
    for (index, area) in named {
        levels.entry(area.keys()).or_default().push((*index, *area));
    }
    let mut out = Vec::new();
    let deepest = levels.keys().map(Vec::len).max().unwrap_or(0);
    for depth in (1..=deepest).rev() {
        let here: Vec<Vec<String>> = levels
            .keys()
            .filter(|keys| keys.len() == depth)
            .cloned()
            .collect();
        for keys in here {
            let Some(members) = levels.remove(&keys) else {
                continue;
            };
            let own = keys.starts_with(rule.project);
            let outer = if own {
                depth.saturating_sub(rule.project.len())
            } else {
                depth
            };
            let needed = if outer > 1 {
                rule.nested.max(widest)
            } else {
                widest
            };
            let whole_project =
                outer == 0 || (source == Source::Folder && members.len() > rule.folder);
            if members.len() >= needed && !whole_project {
                out.push(group(&members, source));
            } else if let Some((_, wider)) = keys.split_last()
                && !wider.is_empty()
            {
                levels.entry(wider.to_vec()).or_default().extend(members);
            }
        }
    }
    out
}

/// The group of `members`, named after what all of them have in common.
fn group(members: &[(usize, &Area)], source: Source) -> Group {
    let mut keys = members
        .first()
        .map(|(_, area)| area.keys())
        .unwrap_or_default();
    for (_, area) in members {
        let same = keys
            .iter()
            .zip(&area.keys())
            .take_while(|(a, b)| a == b)
            .count();
        keys.truncate(same);
    }
    let mut spelled: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, area) in members {
        *spelled.entry(area.prefix(keys.len())).or_default() += 1;
    }
    // The spelling that most of them have; of two, the first in the alphabet's lower case.
    let area = spelled
        .iter()
        .max_by_key(|(text, n)| (**n, **text))
        .map(|(text, _)| (*text).to_owned());
    Group {
        area,
        keys,
        source,
        members: members.iter().map(|(index, _)| (*index, 0)).collect(),
    }
}
