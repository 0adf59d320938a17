//! Stretches of time as sets: what lies in both, what lies in one only.

/// A stretch in milliseconds since 1970, its end not in it.
pub(super) type Span = (i64, i64);

/// Stretches in order, none touching the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Spans(Vec<Span>);

impl Spans {
    /// The set of these stretches, in any order, overlapping or not.
    pub(super) fn new(mut all: Vec<Span>) -> Self {
        all.retain(|span| span.0 < span.1);
        all.sort_unstable();
        let mut merged: Vec<Span> = Vec::with_capacity(all.len());
        for span in all {
            match merged.last_mut() {
                Some(last) if span.0 <= last.1 => last.1 = last.1.max(span.1),
                _ => merged.push(span),
            }
        }
        Self(merged)
    }

    /// What is in both.
    pub(super) fn and(&self, other: &Self) -> Self {
        let (mut a, mut b) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut both = Vec::new();
        while let (Some(one), Some(two)) = (a.peek(), b.peek()) {
            both.push((one.0.max(two.0), one.1.min(two.1)));
            if one.1 < two.1 {
                a.next();
            } else {
                b.next();
            }
        }
        Self::new(both)
    }

    /// What is in either.
    pub(super) fn or(&self, other: &Self) -> Self {
        Self::new([self.0.as_slice(), &other.0].concat())
    }

    /// What is in this one and not in `other`.
    pub(super) fn without(&self, other: &Self) -> Self {
        let mut rest = Vec::new();
        let mut cuts = other.0.iter().peekable();
        for &(mut from, to) in &self.0 {
            while let Some(&&(start, end)) = cuts.peek() {
                if start >= to {
                    break;
                }
                rest.push((from, start.min(to)));
                from = from.max(end);
                if end > to {
                    break;
                }
                cuts.next();
            }
            rest.push((from, to));
        }
        Self::new(rest)
    }

    /// The stretches, oldest first.
    pub(super) fn iter(&self) -> impl Iterator<Item = Span> {
        self.0.iter().copied()
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Stretches as they come, those that touch their neighbour taken together.
#[derive(Debug, Default)]
pub(super) struct Gathered(Vec<Span>);

impl Gathered {
    /// Takes one; events of one watcher come one after the other and mostly touch.
    pub(super) fn add(&mut self, span: Span) {
        match self.0.last_mut() {
            Some(last) if span.0 <= last.1 && last.0 <= span.1 => {
                *last = (last.0.min(span.0), last.1.max(span.1));
            }
            _ => self.0.push(span),
        }
    }

    /// The set of them all.
    pub(super) fn spans(self) -> Spans {
        Spans::new(self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn set(spans: &[Span]) -> Spans {
        Spans::new(spans.to_vec())
    }

    #[test]
    fn both_either_and_without() {
        let (a, b) = (set(&[(0, 10), (20, 30)]), set(&[(5, 22), (25, 26)]));
        assert_eq!(a.and(&b), set(&[(5, 10), (20, 22), (25, 26)]));
        assert_eq!(a.or(&b), set(&[(0, 30)]));
        assert_eq!(a.without(&b), set(&[(0, 5), (22, 25), (26, 30)]));
        assert_eq!(
            set(&[(0, 9)])
                .without(&set(&[(1, 2), (3, 4)]))
                .iter()
                .count(),
            3
        );
    }

    proptest! {
        #[test]
        fn every_moment_is_where_it_belongs(
            a in prop::collection::vec((0_i64..60, 0_i64..60), 0..9),
            b in prop::collection::vec((0_i64..60, 0_i64..60), 0..9),
        ) {
            let (a, b) = (Spans::new(a), Spans::new(b));
            let has = |spans: &Spans, at| spans.iter().any(|(from, to)| from <= at && at < to);
            let (and, or, without) = (a.and(&b), a.or(&b), a.without(&b));
            for at in 0..60 {
                let (a, b) = (has(&a, at), has(&b, at));
                prop_assert_eq!(has(&and, at), a && b);
                prop_assert_eq!(has(&or, at), a || b);
                prop_assert_eq!(has(&without, at), a && !b);
            }
        }
    }
}
