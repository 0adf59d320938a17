//! Everything a key or the palette can do, by name.

/// Where in the help an action stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Going from page to page.
    Pages,
    /// Moving the cursor.
    Move,
    /// Choosing the days.
    Period,
    /// Choosing what is shown.
    Show,
    /// Things that are done.
    Do,
    /// The program itself.
    Program,
    /// In a text field.
    Text,
}

impl Group {
    /// The heading in the help.
    pub fn title(self) -> &'static str {
        match self {
            Self::Pages => "Pages",
            Self::Move => "Move",
            Self::Period => "Period",
            Self::Show => "Show",
            Self::Do => "Do",
            Self::Program => "Program",
            Self::Text => "In a text field",
        }
    }
}

macro_rules! actions {
    ($($name:ident $text:literal $group:ident $short:literal $help:literal;)*) => {
        /// One thing that can be done.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action {
            $(#[doc = $help] $name,)*
        }

        impl Action {
            /// Every action, in the order of the help.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The name in `keys.toml`.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// One or two words for the footer.
            pub fn short(self) -> &'static str {
                match self { $(Self::$name => $short,)* }
            }

            /// What it does, for the help and the palette.
            pub fn help(self) -> &'static str {
                match self { $(Self::$name => $help,)* }
            }

            /// Where it stands in the help.
            pub fn group(self) -> Group {
                match self { $(Self::$name => Group::$group,)* }
            }
        }
    };
}

actions! {
    Overview "overview" Pages "overview" "Go to Overview";
    Trends "trends" Pages "trends" "Go to Trends";
    Rhythm "rhythm" Pages "rhythm" "Go to Rhythm";
    Flow "flow" Pages "flow" "Go to Flow: where tasks get stuck";
    Work "work" Pages "work" "Go to Work, the log";
    Projects "projects" Pages "projects" "Go to Projects";
    Goals "goals" Pages "goals" "Go to Goals";
    Privacy "privacy" Pages "privacy" "Go to Privacy: what is kept, who can read it";
    Drafts "drafts" Pages "drafts" "Open the drafts: stand-up, week, month, review";
    NextPanel "next-panel" Pages "panel" "Next panel";
    PreviousPanel "previous-panel" Pages "panel" "Previous panel";

    Up "up" Move "up" "Up";
    Down "down" Move "down" "Down";
    Left "left" Move "left" "Left";
    Right "right" Move "right" "Right";
    Top "top" Move "top" "To the first";
    Bottom "bottom" Move "bottom" "To the last";
    PageUp "page-up" Move "page up" "A page up";
    PageDown "page-down" Move "page down" "A page down";
    HalfUp "half-up" Move "half up" "Half a page up";
    HalfDown "half-down" Move "half down" "Half a page down";
    Open "open" Move "open" "Open: a number shows the rows behind it";
    Mark "mark" Move "mark" "Mark, or take the mark away; on a repository or language, look only at it; on Goals, done";
    Back "back" Move "back" "Clear the filter, close, or go up one level";

    PeriodBack "period-back" Period "earlier" "The period before";
    PeriodOn "period-on" Period "later" "The period after";
    ZoomIn "zoom-in" Period "fewer weeks" "Fewer weeks: 52, 26, 12, 4";
    ZoomOut "zoom-out" Period "more weeks" "More weeks: 4, 12, 26, 52";
    ZoomReset "zoom-reset" Period "12 weeks" "The last 12 weeks again";
    Range "range" Period "dates" "Type the dates: 2026-Q1, last-month, 2025..2026, all";
    Compare "compare" Period "compare" "Compare with the period before, on or off";

    Filter "filter" Show "filter" "Filter the list as you type";
    Measure "measure" Show "measure" "Trends of another measure; on Flow: log or linear days, medians or shares";
    Split "split" Show "split" "The other split: repository, language, kind of file, type of work";
    Narrow "narrow" Show "narrow" "Narrow every page to repositories, languages, sources or a text";
    Everything "everything" Show "show all" "Look at everything again: nothing narrowed, the days stay";
    Repositories "repositories" Show "repos" "Choose repositories";
    AllLines "all-lines" Show "all lines" "Count generated, vendored and lock files and copies too, on or off";
    Form "form" Show "form" "Markdown or plain text, of a draft";
    Ids "ids" Show "ids" "Ids of the evidence in a draft, on or off";
    Sort "sort" Show "sort" "Next order of the list";
    Reverse "reverse" Show "reverse" "Turn the order round";
    Cover "cover" Show "cover" "Cover the whole screen, or take the cover away";
    CoverAnywhere "cover-anywhere" Text "cover" "Cover the whole screen, from a text field too";
    Blur "blur" Show "blur" "Hide names and figures, shapes stay: for screenshots";

    Rescan "rescan" Do "rescan" "Read what is new";
    RescanAll "rescan-all" Do "rescan all" "Read every repository again from the start";
    StopScan "stop-scan" Do "stop scan" "Stop the running scan; what was read stays";
    Add "add" Do "add" "Add a repository, a folder of them, or a task export; on Goals, a goal";
    Keep "keep" Do "keep" "Keep what was read: write it to the store file";
    Others "others" Do "who is me" "Show who else could be you, and why";
    Yes "yes" Do "yes" "This address is mine";
    No "no" Do "no" "This address is not mine: do not ask again";
    Later "later" Do "later" "Leave the answer for another time";
    KeepAll "keep-all" Do "everything" "Keep everything: the answer at the first keep";
    KeepNoWords "keep-no-words" Do "no words" "Keep no titles, summaries and paths: the answer at the first keep";
    KeepDays "keep-days" Do "no hours" "Keep dates and no times of day: the answer at the first keep";
    NotNow "not-now" Do "not now" "Keep nothing now; nothing was written";
    Copy "copy" Do "copy" "Copy the text of a draft, or the commit id or task key of this row";
    Outbox "outbox" Do "write" "Write a draft to a file in the outbox; asks first";
    Note "note" Do "note" "Add a note on this row or day";
    Remove "remove" Do "leave out" "Leave the row, or all marked ones, out of every figure, or remove the goal; again or undo takes it back";
    Correct "correct" Do "correct" "Correct a fact of the task: its days, its kind, its project";
    Undo "undo" Do "undo" "Take back the last row left out or corrected, or the last note; on Goals, the last change";
    SelfTest "self-test" Do "self-test" "Try from inside what the lock refuses";
    Forget "forget" Do "forget" "Forget a repository, or what is before a day; asks for a word";
    Share "share" Do "share" "Write a summary for others; each line is off until chosen; asks for a word";
    SomeoneAsks "someone-asks" Do "asked" "Someone asks: what to know when you are asked for this record";

    Help "help" Program "help" "The keys of this screen";
    Palette "palette" Program "commands" "Find a page, figure, command, repository or task by its name";
    Messages "messages" Program "messages" "What was said since the start";
    Close "close" Program "close" "Close the innermost thing; on a page, quit";
    Mouse "mouse" Program "mouse" "The mouse on or off: a click opens a page, the wheel moves the cursor";
    Quit "quit" Program "quit" "Quit";
    Redraw "redraw" Program "redraw" "Draw the screen anew";
    Suspend "suspend" Program "suspend" "Stop the program for now; `fg` brings it back";
    Leave "leave" Program "leave" "Leave at once, from anywhere";

    Accept "accept" Text "accept" "Take what was typed";
    Impact "impact" Text "impact" "Mark a note: it mattered to others";
    Cancel "cancel" Text "cancel" "Leave the field";
    DeleteBack "delete-back" Text "delete" "Delete the character before the cursor";
    DeleteWord "delete-word" Text "delete word" "Delete the word before the cursor";
    DeleteAll "delete-all" Text "clear" "Empty the field";
}

impl Action {
    /// The action with this name in `keys.toml`.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|a| a.name() == name)
    }

    /// Whether the palette offers it: cursor and text keys make no sense there.
    pub fn in_palette(self) -> bool {
        let sense = !matches!(self.group(), Group::Move | Group::Text);
        sense
            && !matches!(
                self,
                Self::Palette
                    | Self::Close
                    | Self::NotNow
                    | Self::KeepAll
                    | Self::KeepNoWords
                    | Self::KeepDays
                    | Self::Leave
                    | Self::Yes
                    | Self::No
                    | Self::Later
            )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_action_has_a_name_of_its_own_and_help() {
        let names: BTreeSet<_> = Action::ALL.iter().map(|a| a.name()).collect();
        assert_eq!(names.len(), Action::ALL.len());
        for action in Action::ALL {
            assert_eq!(Action::by_name(action.name()), Some(*action));
            assert!(!action.help().is_empty() && action.short().len() <= 12);
        }
    }
}
