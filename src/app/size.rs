//! Size tiers: what fits decides what is shown; nothing is squeezed below its minimum.

/// How much fits on the screen; width and height must both fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// One line that says what is needed.
    TooSmall,
    /// Numbers and sparklines as rows.
    Numbers,
    /// One main panel and a strip of numbers.
    Compact,
    /// Everything.
    Full,
}

/// The smallest screen that shows a page.
pub const SMALLEST: (u16, u16) = (50, 14);
/// The smallest screen with panels.
pub const COMPACT: (u16, u16) = (78, 22);
/// The smallest screen with everything.
pub const FULL: (u16, u16) = (110, 30);

impl Tier {
    /// The tier of a screen of `size` columns and rows.
    pub fn of(size: (u16, u16)) -> Self {
        let fits = |need: (u16, u16)| size.0 >= need.0 && size.1 >= need.1;
        if fits(FULL) {
            Self::Full
        } else if fits(COMPACT) {
            Self::Compact
        } else if fits(SMALLEST) {
            Self::Numbers
        } else {
            Self::TooSmall
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_and_height_must_both_fit() {
        assert_eq!(Tier::of((110, 30)), Tier::Full);
        assert_eq!(Tier::of((200, 29)), Tier::Compact);
        assert_eq!(Tier::of((77, 60)), Tier::Numbers);
        assert_eq!(Tier::of((50, 13)), Tier::TooSmall);
        assert_eq!(Tier::of((0, 0)), Tier::TooSmall);
    }
}
