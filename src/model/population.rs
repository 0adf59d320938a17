//! How many changes everybody in the owner's clones made in some windows: numbers without names.
//!
//! It lives only in memory, while a share is weighed: no row, file or screen gets anything of it but
//! two sizes of groups.

use super::period::Range;

/// Counts of changes by person and window. People are nameless and in no order that means anything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Population {
    windows: Vec<Range>,
    people: Vec<Vec<u32>>,
}

impl Population {
    /// One entry of `people` a person, with a count for each of `windows`. Rows of another length are
    /// dropped.
    pub fn new(windows: Vec<Range>, mut people: Vec<Vec<u32>>) -> Self {
        people.retain(|counts| counts.len() == windows.len());
        // Sorted: the order in which a walk met people says nothing.
        people.sort_unstable();
        Self { windows, people }
    }

    /// How many people there are, active in any window or in none.
    pub fn len(&self) -> usize {
        self.people.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// Everybody's counts in `windows`, in that order; `None` when one of them was not counted.
    pub fn counts(&self, windows: &[Range]) -> Option<Vec<Vec<u32>>> {
        let place = |window: &Range| self.windows.iter().position(|known| known == window);
        let places: Vec<usize> = windows.iter().map(place).collect::<Option<_>>()?;
        let row = |counts: &Vec<u32>| places.iter().map(|at| counts[*at]).collect();
        Some(self.people.iter().map(row).collect())
    }
}
