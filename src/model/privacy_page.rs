//! The Privacy page in words, as plain data: written once, drawn by the dashboard and printed as
//! text.

/// A section of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Section {
    /// The tables, and what may be kept.
    Kept,
    /// The layers of the lock, and the last self-test.
    Lock,
    /// Where the store lies, and every file with its mode.
    Files,
    /// The log of writes and ways out.
    Log,
    /// What goes by itself.
    Ageing,
    /// What a seized file would tell, and what is never in it.
    Seized,
    /// What can be done, and the command for what another process has to do.
    Deeds,
}

impl Section {
    /// Every section, in the order of the page.
    pub const ALL: [Self; 7] = [
        Self::Kept,
        Self::Lock,
        Self::Files,
        Self::Log,
        Self::Ageing,
        Self::Seized,
        Self::Deeds,
    ];

    /// Its place in [`Section::ALL`].
    pub fn number(self) -> usize {
        Self::ALL.iter().position(|one| *one == self).unwrap_or(0)
    }

    /// Its title.
    pub fn title(self) -> &'static str {
        match self {
            Self::Kept => "What is kept",
            Self::Lock => "The lock",
            Self::Files => "Files",
            Self::Log => "Log",
            Self::Ageing => "Goes by itself",
            Self::Seized => "If it is seized",
            Self::Deeds => "What you can do",
        }
    }
}

/// How a row is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mark {
    /// Plainly.
    #[default]
    Plain,
    /// As what may be missed.
    Quiet,
    /// As a heading.
    Heading,
    /// Something holds.
    Holds,
    /// Something does not hold.
    Missing,
    /// Worth a look.
    Worth,
    /// A key to press, with what it does.
    Key,
    /// A command to type.
    Command,
    /// A table: it can be opened.
    Table,
}

/// One row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// How it is meant.
    pub mark: Mark,
    /// What it is about, in a word or two; may be empty.
    pub label: String,
    /// How many, or when; may be empty.
    pub amount: String,
    /// What is said.
    pub text: String,
}

/// One section in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Which one.
    pub section: Section,
    /// All of it in clauses, the most telling first.
    pub summary: Vec<String>,
    /// Its rows.
    pub rows: Vec<Row>,
}
