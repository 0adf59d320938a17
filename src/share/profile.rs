//! The two ways to share: to somebody who knows who it is from, and to nobody who should.

/// Who reads the file, and so what it protects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Profile {
    /// The recipient knows who it is from: what is protected is how I work.
    Handover,
    /// It goes among those of others: what is protected is whose it is.
    Pooled,
}

impl Profile {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Handover, Self::Pooled];

    /// Its word on the command line, in the file and in the ledger.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Handover => "handover",
            Self::Pooled => "pooled",
        }
    }

    /// The profile of this word; `None` for any other.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }

    /// What it is for, in a sentence for the screen.
    pub fn about(self) -> &'static str {
        match self {
            Self::Handover => {
                "For somebody who knows that it is from you: outcomes in bands, and your own words. \
                 Nothing of when, how long or how much you worked."
            }
            Self::Pooled => {
                "For a pile of many people's summaries, where it should not be told whose this is: at \
                 most one band for a quarter, and your own words."
            }
        }
    }
}
