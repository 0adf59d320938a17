//! The pages there are. Adding one costs three files: a line here, its drawing in `ui/pages/`,
//! and its arm in `ui/pages/mod.rs`.

use super::flow::Panel;
use crate::input::action::Action;
use crate::model::privacy_page::Section;

/// A page of the page bar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Page {
    /// What was finished, what changed, and the pace.
    #[default]
    Overview,
    /// One measure over time.
    Trends,
    /// Hours and days.
    Rhythm,
    /// Where tasks get stuck.
    Flow,
    /// The log.
    Work,
    /// Repositories, languages, kinds of work.
    Projects,
    /// Outcomes and upper limits.
    Goals,
    /// What is kept and who can read it.
    Privacy,
}

/// What the page bar, the key table and the questions need to know of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Card {
    /// The page.
    pub page: Page,
    /// The number key; numbers stay when pages are added between.
    pub number: u8,
    /// The name in the page bar and on the command line.
    pub name: &'static str,
    /// How many panels Tab walks through.
    pub panels: usize,
    /// The action that opens it.
    pub action: Action,
}

impl Page {
    /// Every page, in the order of the bar.
    pub const ALL: [Card; 8] = [
        Card {
            page: Self::Overview,
            number: 1,
            name: "Overview",
            panels: 5,
            action: Action::Overview,
        },
        Card {
            page: Self::Trends,
            number: 2,
            name: "Trends",
            panels: 2,
            action: Action::Trends,
        },
        Card {
            page: Self::Rhythm,
            number: 3,
            name: "Rhythm",
            panels: 2,
            action: Action::Rhythm,
        },
        Card {
            page: Self::Flow,
            number: 4,
            name: "Flow",
            panels: Panel::ALL.len(),
            action: Action::Flow,
        },
        Card {
            page: Self::Work,
            number: 5,
            name: "Work",
            panels: 1,
            action: Action::Work,
        },
        Card {
            page: Self::Projects,
            number: 6,
            name: "Projects",
            panels: 2,
            action: Action::Projects,
        },
        Card {
            page: Self::Goals,
            number: 7,
            name: "Goals",
            panels: 1,
            action: Action::Goals,
        },
        Card {
            page: Self::Privacy,
            number: 8,
            name: "Privacy",
            panels: Section::ALL.len(),
            action: Action::Privacy,
        },
    ];

    /// The page's card.
    pub fn card(self) -> &'static Card {
        Self::ALL
            .iter()
            .find(|card| card.page == self)
            .unwrap_or(&Self::ALL[0])
    }

    /// The page that `name` names, in any case.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|card| card.name.eq_ignore_ascii_case(name))
            .map(|card| card.page)
    }
}
