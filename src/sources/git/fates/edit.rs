//! A shortest edit between two texts of numbered lines, and what it leaves as it is.

/// A run that both texts have: where it starts in the old one, in the new one, how long it is.
pub(super) type Common = (usize, usize, usize);

/// What the shortest edit by insertions and deletions from `a` to `b` keeps, in order; `None` when
/// the edit has more than `most` steps. Myers' greedy search, its furthest points kept for the
/// way back: half a million numbers at the most that are asked for here.
pub(super) fn shortest(a: &[u32], b: &[u32], most: usize) -> Option<Vec<Common>> {
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[head..], &b[head..]);
    let tail = a.iter().rev().zip(b.iter().rev());
    let tail = tail.take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[..a.len() - tail], &b[..b.len() - tail]);
    let mut kept = vec![(0, 0, head)];
    if a.is_empty() || b.is_empty() {
        (a.len() + b.len() <= most).then_some(())?;
    } else {
        let search = Search { a, b };
        let furthest = search.forward(most)?;
        let between = search.back(&furthest);
        kept.extend(between.into_iter().map(|(x, y, n)| (head + x, head + y, n)));
    }
    kept.push((head + a.len(), head + b.len(), tail));
    kept.retain(|common| common.2 > 0);
    Some(kept)
}

struct Search<'a> {
    a: &'a [u32],
    b: &'a [u32],
}

/// By length of the edit less one, the furthest place in the old text on each diagonal from the
/// lowest on, every second one; [`NOWHERE`] outside of the texts.
type Furthest = Vec<Vec<usize>>;

const NOWHERE: usize = usize::MAX;

impl Search<'_> {
    fn forward(&self, most: usize) -> Option<Furthest> {
        let mut all: Furthest = Vec::new();
        for edit in 0..=most.min(self.a.len() + self.b.len()) {
            let mut now = Vec::with_capacity(edit + 1);
            for place in 0..=edit {
                let start = match all.last() {
                    None => Some((0, 0, false)),
                    Some(before) => self.step(before, edit, place),
                };
                let Some((x, y, _)) = start else {
                    now.push(NOWHERE);
                    continue;
                };
                let snake = self.a[x..].iter().zip(&self.b[y..]);
                let snake = snake.take_while(|(x, y)| x == y).count();
                now.push(x + snake);
                if x + snake == self.a.len() && y + snake == self.b.len() {
                    all.push(now);
                    return Some(all);
                }
            }
            all.push(now);
        }
        None
    }

    /// The best step onto the diagonal at `place` of the edits of length `edit`, from those one
    /// shorter: where it leads, and whether it deletes. Deletions less insertions are
    /// `2 * place - edit`.
    fn step(&self, before: &[usize], edit: usize, place: usize) -> Option<(usize, usize, bool)> {
        let y_of = |x: usize| (x + edit).checked_sub(2 * place);
        let deleted = place.checked_sub(1).map(|from| before[from]);
        let deleted = deleted.filter(|x| *x != NOWHERE && *x < self.a.len());
        let deleted = deleted.map(|x| x + 1);
        let inserted = before.get(place).copied().filter(|x| *x != NOWHERE);
        let inserted = inserted.filter(|x| y_of(*x).is_some_and(|y| y <= self.b.len()));
        let is_deletion = deleted > inserted;
        let x = deleted.max(inserted)?;
        Some((x, y_of(x)?, is_deletion))
    }

    fn back(&self, furthest: &Furthest) -> Vec<Common> {
        let mut kept = Vec::new();
        let (mut x, mut y) = (self.a.len(), self.b.len());
        for edit in (0..furthest.len()).rev() {
            let place = (x + edit - y) / 2;
            let step = match edit.checked_sub(1) {
                None => Some((0, 0, false)),
                Some(before) => self.step(&furthest[before], edit, place),
            };
            let Some((from_x, from_y, is_deletion)) = step else {
                break;
            };
            kept.push((from_x, from_y, x - from_x));
            if edit > 0 {
                (x, y) = if is_deletion {
                    (from_x - 1, from_y)
                } else {
                    (from_x, from_y - 1)
                };
            }
        }
        kept.reverse();
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The longest part that both have, by the textbook table.
    fn longest_common(a: &[u32], b: &[u32]) -> usize {
        let mut above = vec![0_usize; b.len() + 1];
        for x in a {
            let mut diagonal = 0;
            for (at, y) in b.iter().enumerate() {
                let here = if x == y {
                    diagonal + 1
                } else {
                    above[at].max(above[at + 1])
                };
                diagonal = std::mem::replace(&mut above[at + 1], here);
            }
        }
        above[b.len()]
    }

    proptest! {
        #[test]
        fn what_is_kept_is_in_both_in_order_and_as_long_as_can_be(
            a in prop::collection::vec(0..4_u32, 0..30), b in prop::collection::vec(0..4_u32, 0..30),
            most in 0..40_usize,
        ) {
            let longest = longest_common(&a, &b);
            let edit = a.len() + b.len() - 2 * longest;
            let Some(kept) = shortest(&a, &b, most) else {
                prop_assert!(edit > most);
                return Ok(());
            };
            prop_assert!(edit <= most);
            let (mut at_a, mut at_b) = (0, 0);
            for (x, y, n) in &kept {
                prop_assert!(*x >= at_a && *y >= at_b);
                prop_assert_eq!(&a[*x..x + n], &b[*y..y + n]);
                (at_a, at_b) = (x + n, y + n);
            }
            prop_assert_eq!(kept.iter().map(|one| one.2).sum::<usize>(), longest);
        }
    }
}
