//! The one table of settings: the documentation and the commented file are made from it.

/// One setting as its owner meets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its name in the file.
    pub name: &'static str,
    /// Its default, as TOML.
    pub default: &'static str,
    /// What it can be, in words.
    pub values: &'static str,
    /// What it does.
    pub about: &'static str,
}

/// Every setting, in the order of the documentation.
pub fn settings() -> &'static [Setting] {
    SETTINGS
}

const SETTINGS: &[Setting] = &[
    Setting {
        name: "week_start",
        default: "\"monday\"",
        values: "a weekday",
        about: "The first day of a week in every weekly figure.",
    },
    Setting {
        name: "work_days",
        default: "[\"mon\", \"tue\", \"wed\", \"thu\", \"fri\"]",
        values: "a list of weekdays",
        about: "Your working days; commits on other days count as weekend work.",
    },
    Setting {
        name: "work_hours",
        default: "[9, 18]",
        values: "two hours: the first one of work (0-23), the first one after it (1-24)",
        about: "Your working hours; commits outside them count as after hours.",
    },
    Setting {
        name: "zone",
        default: "\"\"",
        values: "a zone name such as \"Europe/Berlin\"; empty: the system's",
        about: "The home zone: decides which day is today.",
    },
    Setting {
        name: "human_before",
        default: "\"\"",
        values: "a day such as \"2022-11-30\", or empty: no such day",
        about: "Commits before this day were written without assistance, unless their trailers say otherwise.",
    },
    Setting {
        name: "human_commits",
        default: "[]",
        values: "a list of object ids, or of their first 7 or more digits",
        about: "Commits written without assistance, as you say; all other commits without evidence stay unknown.",
    },
    Setting {
        name: "clock",
        default: "\"24h\"",
        values: "\"24h\", \"12h\"",
        about: "How a time of day is shown in the dashboard and in text: 14:05 or 2:05 pm. What you \
                type stays as it is, and so do JSON, CSV, the dump and share files.",
    },
    Setting {
        name: "numbers",
        default: "\"1,234.5\"",
        values: "\"1,234.5\", \"1.234,5\", \"1 234,5\", \"1'234.5\", \"1234.5\"",
        about: "How a number is shown there, by example: what stands between thousands, and before a \
                fraction. What you type stays as it is, and so do JSON, CSV, the dump and share files.",
    },
    Setting {
        name: "theme",
        default: "\"auto\"",
        values: "\"auto\", \"dark\", \"light\", \"contrast\", \"ansi\", \"mono\"",
        about: "Colours of the dashboard. auto and ansi use the terminal's own 16; contrast is black and \
                white with a few bright ones; mono has none.",
    },
    Setting {
        name: "graphics",
        default: "\"braille\"",
        values: "\"braille\", \"block\", \"ascii\"",
        about: "Characters that charts are drawn with; ascii also replaces every box and dot.",
    },
    Setting {
        name: "color",
        default: "\"auto\"",
        values: "\"auto\", \"always\", \"never\"",
        about: "Colour in all output; the flag --color beats it, it beats NO_COLOR.",
    },
    Setting {
        name: "reduced_motion",
        default: "false",
        values: "true, false",
        about: "Less moves by itself: a message stays until the next key, and a running scan names \
                repositories without counting along. Nothing ever blinks or slides.",
    },
    Setting {
        name: "mouse",
        default: "false",
        values: "true, false",
        about: "The dashboard takes the mouse: a click opens a page, moves to a row or runs a key of \
                the last line, the wheel scrolls what it is over. The terminal's own selecting is gone meanwhile; a key switches it too.",
    },
    Setting {
        name: "cover_after",
        default: "5",
        values: "minutes, parts of one too, at most 1440; 0: never",
        about: "After so long without a key the dashboard covers itself: nothing can be read until you \
                uncover it.",
    },
    Setting {
        name: "inbox",
        default: "[]",
        values: "a list of files, `*` and `?` allowed in the name, e.g. \"~/Downloads/Jira*.csv\"",
        about: "Where exports of your trackers arrive: new ones are offered for import at the next start, \
                never taken without a yes.",
    },
    Setting {
        name: "outbox",
        default: "\"\"",
        values: "a folder, absolute or with ~/; empty: `outbox` in the data folder",
        about: "Where the dashboard writes drafts to, after asking; made if absent, and the only folder \
                it writes such files into. Its rights are yours to set.",
    },
    Setting {
        name: "stages",
        default: "{}",
        values: "words of your trackers with backlog, todo, in-progress, in-review, done or cancelled, \
                 e.g. { \"QA hold\" = \"in-review\" }",
        about: "Which stage a tracker's word for a state means, before inward's own table; counts at once, \
                without another import.",
    },
    Setting {
        name: "precision",
        default: "\"second\"",
        values: "\"second\", \"day\"",
        about: "How exact times are kept; \"day\" is the same as `keep.hours = false`.",
    },
    Setting {
        name: "keep.reflog",
        default: "\"ask\"",
        values: "true, false, \"ask\" (once, on a terminal; no until answered)",
        about: "Whether the reflog may be read: what you did to branches and when, kept 180 days. \
                `false` erases what it told.",
    },
    Setting {
        name: "keep.hours",
        default: "\"ask\"",
        values: "true, false, \"ask\" (as answered at the first keep; yes until answered)",
        about: "Times finer than a day, with their offsets. `false`: dates only, everywhere; hours, \
                sessions, focus and after hours are not kept, durations are whole days.",
    },
    Setting {
        name: "keep.notes",
        default: "\"ask\"",
        values: "true, false, \"ask\" (as it was said last; yes at first)",
        about: "Notes in your own words, and words on events. `false`: no new one is taken; those \
                that stand are erased after a question only.",
    },
    Setting {
        name: "keep.titles",
        default: "\"ask\"",
        values: "true, false, \"ask\" (as answered at the first keep; yes until answered)",
        about: "Titles of tasks and of calendar entries, and notes on recorded time; keys and names \
                of projects stay.",
    },
    Setting {
        name: "keep.summaries",
        default: "\"ask\"",
        values: "true, false, \"ask\" (as answered at the first keep; yes until answered)",
        about: "The summary line of a commit; the type of work and the task keys that it names stay.",
    },
    Setting {
        name: "keep.paths",
        default: "\"ask\"",
        values: "true, false, \"ask\" (as answered at the first keep; yes until answered)",
        about: "Paths of changed files; how many there are, their lines, language and category stay. \
                Projects by folder need paths.",
    },
    Setting {
        name: "keep.branches",
        default: "\"ask\"",
        values: "true, false, \"ask\" (as it was said last; yes at first)",
        about: "Names of branches; links that rest on a branch's name go with them.",
    },
    Setting {
        name: "keep.assistance",
        default: "\"ask\"",
        values: "true, false, \"ask\" (as it was said last; yes at first)",
        about: "Whether a program helped with a commit, as trailers say.",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_setting_stands_twice() {
        let names: std::collections::BTreeSet<_> = settings().iter().map(|s| s.name).collect();
        assert_eq!(names.len(), settings().len());
    }
}
