//! Which areas are large enough to stand alone, and which roll up into a wider one.

use std::collections::BTreeMap;

use super::area::Area;
use super::groups::{Group, Rule, Source};

/// The areas that stand alone, from the narrowest to the widest: what is too small goes into the
/// next wider one. What stays too small is left out.
pub(super) fn stand(
    named: &[(usize, &Area)],
    source: Source,
    rule: Rule<'_>,
    widest: usize,
) -> Vec<Group> {
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
            let dull = outer == 0 || (source == Source::Folder && rule.dull.contains(&keys));
            if members.len() >= needed && !dull {
                out.push(group(&members, source));
            } else if let Some((_, wider)) = keys.split_last()
                && (levels.contains_key(wider)
                    || members.iter().any(|(_, area)| area.rolls_up(depth)))
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
