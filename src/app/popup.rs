//! What can lie over a page: one thing at a time.

use std::collections::BTreeSet;

use super::add::AddForm;
use super::correct::Correcting;
use super::field::Field;
use super::hand_out::Offered;
use super::kinds::KindPick;
use super::narrow::Dialog;
use super::note::Typed;
use super::palette::Palette;
use super::privacy::SelfTest;
use super::privacy::forget::Step;
use super::proposals::ProposalList;
use super::share::Share;
use crate::model::identity::Address;
use crate::model::ids::RepoId;
use crate::model::text::Clean;

/// The thing over the page.
#[derive(Clone, Debug)]
pub enum Popup {
    /// The keys of this screen.
    Help(HelpList),
    /// Commands by name.
    Palette(Palette),
    /// The days, typed.
    Range(Entry),
    /// What to add: a path typed, or a file chosen.
    Add(AddForm),
    /// Which repositories to look at.
    Repositories(RepoPick),
    /// What every page is narrowed to.
    Narrow(Box<Dialog>),
    /// What Trends are of; the line under the cursor.
    Measures(usize),
    /// Which kinds of rows the log lists.
    Kinds(KindPick),
    /// The owner's words at full length; the first line that is shown.
    Words(Clean, usize),
    /// Whether to keep what was read.
    Keep,
    /// What was said since the start.
    Messages(usize),
    /// The sentence that makes addresses mine.
    Sentence(Sentence),
    /// Who else could be me.
    Proposals(ProposalList),
    /// A note, typed.
    Note(Typed),
    /// Facts of the opened task, to correct.
    Correct(Correcting),
    /// A goal, typed as after `inward goal add`.
    Goal(Entry),
    /// Whether to write a file.
    Outbox(Offered),
    /// What to know when someone asks; the first line that is shown.
    Pressure(usize),
    /// What a self-test found; the first line that is shown.
    SelfTest(SelfTest, usize),
    /// What to forget.
    Forget(Step),
    /// What to share.
    Share(Box<Share>),
}

/// The help overlay.
#[derive(Clone, Debug, Default)]
pub struct HelpList {
    /// The line under the cursor, among those the filter leaves.
    pub cursor: usize,
    /// What the lines are filtered by.
    pub filter: Field,
    /// The filter is being typed.
    pub typing: bool,
}

/// A line being typed, and what was wrong with the last one.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// The text.
    pub field: Field,
    /// Why the text was not taken.
    pub problem: Option<String>,
}

/// The repository menu.
#[derive(Clone, Debug, Default)]
pub struct RepoPick {
    /// The line under the cursor; 0 is "all".
    pub cursor: usize,
    /// The marked ones; empty = all.
    pub picked: BTreeSet<RepoId>,
}

/// The typed confirmation of the chooser.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// The addresses that are to become mine.
    pub addresses: Vec<Address>,
    /// The sentence so far.
    pub entry: Entry,
}
