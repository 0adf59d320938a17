//! Where the sections stand: two columns of boxes, or one column in which the section with the
//! focus is open and every other one is a line.

use crate::app::size::Tier;
use crate::model::privacy_page::Section;

/// A box: column, row, width, height, counted from the page's upper left corner.
pub type Place = (u16, u16, u16, u16);

/// The sections of a column with the fewest and the most rows that are of use to them, boxes
/// included; what is left over goes to the one that is marked.
type Column = [(Section, u16, u16, bool)];

const LEFT: &Column = &[
    (Section::Kept, 8, 60, true),
    (Section::Seized, 7, 9, false),
    (Section::Deeds, 8, 11, false),
];

const RIGHT: &Column = &[
    (Section::Lock, 8, 13, false),
    (Section::Files, 6, 7, false),
    (Section::Log, 6, 12, true),
    (Section::Ageing, 4, 4, false),
];

/// The widest line of text.
const MEASURE: u16 = 100;

/// Columns and rows of the page on a screen of `size`.
pub fn page(size: (u16, u16)) -> (u16, u16) {
    let frame = if Tier::of(size) <= Tier::Numbers {
        2
    } else {
        4
    };
    (size.0, size.1.saturating_sub(frame))
}

/// The boxes on a screen of `size`; `None` where there is room for one column only.
pub fn boxes(size: (u16, u16)) -> Option<Vec<(Section, Place)>> {
    if Tier::of(size) < Tier::Full {
        return None;
    }
    let (width, height) = page(size);
    let left = width / 2;
    let mut all = column(LEFT, (0, left), height);
    all.extend(column(RIGHT, (left, width - left), height));
    Some(all)
}

/// The boxes of one column: the fewest rows for each, then what is of use, then the rest.
fn column(sections: &Column, (x, width): (u16, u16), height: u16) -> Vec<(Section, Place)> {
    let mut rows: Vec<u16> = sections.iter().map(|one| one.1).collect();
    let mut free = height.saturating_sub(rows.iter().sum());
    let quiet = |one: &(Section, u16, u16, bool)| !one.3;
    for (row, one) in rows.iter_mut().zip(sections).filter(|pair| quiet(pair.1)) {
        let more = free.min(one.2 - one.1);
        *row += more;
        free -= more;
    }
    for (row, one) in rows.iter_mut().zip(sections) {
        *row += if one.3 { free } else { 0 };
    }
    let mut top = 0;
    let place = |(one, rows): (&(Section, u16, u16, bool), u16)| {
        let place = (x, top, width, rows);
        top += rows;
        (one.0, place)
    };
    sections.iter().zip(rows).map(place).collect()
}

/// Columns and rows for the lines of `section` while it has the focus.
pub fn room(section: Section, size: (u16, u16)) -> (usize, usize) {
    let place = boxes(size).and_then(|all| all.into_iter().find(|one| one.0 == section));
    if let Some((_, (_, _, width, height))) = place {
        return (
            usize::from(width.saturating_sub(4)),
            usize::from(height.saturating_sub(2)),
        );
    }
    let (width, height) = page(size);
    let others = u16::try_from(Section::ALL.len()).unwrap_or(u16::MAX);
    (
        usize::from(width.saturating_sub(6).min(MEASURE)),
        usize::from(height.saturating_sub(others)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_fill_the_page_and_do_not_overlap() {
        for rows in 30..90 {
            for columns in [110, 120, 200] {
                let (width, height) = page((columns, rows));
                let all = boxes((columns, rows)).unwrap();
                let cells: u32 = all
                    .iter()
                    .map(|(_, (_, _, w, h))| u32::from(*w) * u32::from(*h))
                    .sum();
                assert_eq!(cells, u32::from(width) * u32::from(height));
                let named: std::collections::BTreeSet<_> = all.iter().map(|one| one.0).collect();
                assert_eq!(named.len(), Section::ALL.len());
            }
        }
    }

    #[test]
    fn the_open_section_has_rows_on_the_smallest_screen() {
        assert_eq!(boxes((80, 24)), None);
        assert_eq!(room(Section::Log, (50, 14)), (44, 5));
    }
}
