//! Every command of the program with runs of it, in an order in which each has something to do.
//! What is promised of all commands is tried on this table: a command without an entry fails.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Output;

use clap::CommandFactory as _;
use inward::cli::args::Cli;

use crate::home::Home;

/// One command.
pub(crate) struct Entry {
    /// Its words, as in `note list`; empty for `inward` alone.
    pub(crate) words: &'static str,
    /// What follows the words, one list a run. `{home}` is the home, `{oid}` a commit, `{new}` a
    /// data folder of its own.
    pub(crate) runs: &'static [&'static [&'static str]],
    /// What is typed in.
    pub(crate) input: &'static str,
    /// It writes nothing, and says the same each time.
    pub(crate) reads: bool,
    /// Exit codes it may end with.
    pub(crate) codes: &'static [i32],
}

const READS: Entry = Entry {
    words: "",
    runs: &[&[]],
    input: "",
    reads: true,
    codes: &[0],
};
const WRITES: Entry = Entry {
    reads: false,
    ..READS
};

/// A command of the contract that a build may not have yet.
const MAY_COME: [&str; 1] = ["picture"];

const fn reads(words: &'static str, runs: &'static [&'static [&'static str]]) -> Entry {
    Entry {
        words,
        runs,
        ..READS
    }
}

const fn writes(words: &'static str, runs: &'static [&'static [&'static str]]) -> Entry {
    Entry {
        words,
        runs,
        ..WRITES
    }
}

const JSON: &[&[&str]] = &[&[], &["--json"]];

/// Every command; those that take something away come last.
pub(crate) const ALL: &[Entry] = &[
    writes("add", &[&["{home}/garden"], &["{home}/bench"]]),
    writes("scan", &[&["--lines"], &["--full", "--json"]]),
    writes(
        "import",
        &[&["--mine", "Ada", "{home}/tasks.csv"], &["--how", "jira"]],
    ),
    writes("me add", &[&["--this-is-me", "ada.new@example.com"]]),
    writes("repos rename", &[&["garden", "beds"]]),
    writes("trust", &[&["{home}/garden"]]),
    Entry {
        input: "Held the fort\n",
        ..writes("note", &[&["-", "--on", "2026-03-05"]])
    },
    Entry {
        input: "Ship the gate\n",
        ..writes("goal add", &[&["-"]])
    },
    writes("goal link", &[&["1", "ING-208"]]),
    writes("goal unlink", &[&["1", "ING-208"]]),
    writes("goal done", &[&["1"]]),
    writes("goal reopen", &[&["1"]]),
    writes("goal drop", &[&["1"]]),
    writes("link", &[&["{oid}", "ING-208"]]),
    writes("unlink", &[&["{oid}", "ING-208"]]),
    Entry {
        input: "a try\n",
        ..writes("exclude", &[&["{oid}", "--reason", "-"]])
    },
    reads("", &[&[]]),
    reads("demo", &[&[]]),
    reads("repos", JSON),
    reads("me", JSON),
    reads(
        "log",
        &[
            &["all"],
            &["all", "--json"],
            &["all", "--csv"],
            &["--kind", "tasks"],
        ],
    ),
    reads("note list", JSON),
    reads("goal", JSON),
    reads("goal list", JSON),
    reads("exclude list", JSON),
    reads(
        "stats",
        &[
            &["all"],
            &["all", "--json"],
            &["commits", "all", "--by", "repo", "--csv"],
        ],
    ),
    reads("explain", &[&["commits"]]),
    reads(
        "show",
        &[
            &["overview"],
            &["trends"],
            &["rhythm"],
            &["flow"],
            &["flow", "--json"],
            &["work", "--json"],
            &["projects"],
            &["goals", "--json"],
            &["privacy"],
            &["ING-208"],
            &["beds", "all"],
        ],
    ),
    reads("standup", JSON),
    reads("week", &[&[], &["2026-W10", "--json"]]),
    reads("month", &[&["2026-03"]]),
    reads("review", &[&["2026-H1"]]),
    reads("status", &[&[]]),
    reads("privacy", JSON),
    reads("doctor", JSON),
    reads("paths", &[&[]]),
    reads("completions", &[&["bash"]]),
    reads("man", &[&[]]),
    reads("audit", &[&[], &["--verify"]]),
    reads("share", &[&["--ledger"], &["--ledger", "--json"]]),
    writes(
        "picture",
        &[
            &["overview", "all", "-o", "{home}/page.svg"],
            &["work", "--demo", "--size", "50x14", "-o", "{home}/page.png"],
        ],
    ),
    writes("retain", &[&[]]),
    writes("dump", &[&["-o", "{home}/dump"]]),
    writes(
        "backup",
        &[&["{home}/backup"], &["{home}/backup", "--replace"]],
    ),
    writes(
        "restore",
        &[
            &["{home}/dump", "--data-dir", "{new}"],
            &["{home}/backup", "--replace", "--data-dir", "{new}"],
        ],
    ),
    writes("rebuild", &[&["{home}/tasks.csv", "--data-dir", "{new}"]]),
    writes("merge", &[&["{home}/backup"], &["{home}/backup", "--json"]]),
    Entry {
        input: "a long passphrase\n",
        ..writes("encrypt", &[&["-", "--data-dir", "{new}"]])
    },
    Entry {
        input: "a long passphrase\n",
        ..writes("decrypt", &[&["-", "--data-dir", "{new}"]])
    },
    writes("note rm", &[&["1"]]),
    writes("goal rm", &[&["1"]]),
    writes("me remove", &[&["ada.new@example.com"]]),
    Entry {
        codes: &[0, 3],
        ..writes("lock", &[&[]])
    },
    writes("repos rm", &[&["{home}/bench"]]),
    writes("forget", &[&["--repo", "beds", "--yes"]]),
];

impl Entry {
    /// Whether this build has the command.
    pub(crate) fn is_here(&self) -> bool {
        known().contains(self.words)
    }

    /// The arguments of each run in `home`.
    pub(crate) fn arguments(&self, home: &Home) -> Vec<Vec<String>> {
        let oid = home.git(&home.path("garden"), &["rev-parse", "HEAD"]);
        let oid = String::from_utf8(oid).unwrap();
        let (top, new) = (home.path(""), home.path("data-new"));
        let filled = |text: &str| {
            text.replace("{home}", top.to_str().unwrap().trim_end_matches('/'))
                .replace("{new}", new.to_str().unwrap())
                .replace("{oid}", oid.trim())
        };
        let whole = |run: &&'static [&'static str]| {
            let words = self.words.split_whitespace();
            words.chain(run.iter().copied()).map(filled).collect()
        };
        self.runs.iter().map(whole).collect()
    }

    /// Runs `program arguments…` in the home, with what is typed in.
    #[track_caller]
    pub(crate) fn run(&self, home: &Home, program: &Path, arguments: &[String]) -> Output {
        use std::io::Write as _;
        use std::process::Stdio;
        let mut command = home.command(program, &home.path("home"));
        command.args(arguments).stdin(Stdio::piped());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // A program that asks nothing closes the pipe.
        drop(child.stdin.take().unwrap().write_all(self.input.as_bytes()));
        let out = child.wait_with_output().unwrap();
        let code = out.status.code();
        assert!(
            code.is_some_and(|code| self.codes.contains(&code)),
            "{arguments:?}: {out:?}"
        );
        out
    }
}

/// Every command of the program by its words, and `inward` alone.
fn known() -> BTreeSet<String> {
    fn below(command: &clap::Command, words: &str, out: &mut BTreeSet<String>) {
        for one in command.get_subcommands() {
            let words = format!("{words} {}", one.get_name());
            let words = words.trim().to_owned();
            below(one, &words, out);
            out.insert(words);
        }
    }
    let mut out = BTreeSet::from([String::new()]);
    below(&Cli::command(), "", &mut out);
    assert!(
        out.len() > 40 && out.contains("note list"),
        "not the whole of it"
    );
    out
}

/// A home with two repositories that are not registered yet, and an export.
pub(crate) fn world() -> Home {
    let home = Home::new();
    home.identity("Ada", "ada@example.org");
    home.settings("[keep]\nreflog = true\n");
    for name in ["garden", "bench"] {
        let repo = home.repo(name);
        for day in 2..=4 {
            let date = format!("2026-03-0{day}T10:00:00+02:00");
            let file = format!("ING-20{day}.rs");
            home.commit(&repo, (&file, "1\n2\n"), "Ada <ada@example.org>", &date);
        }
    }
    std::fs::write(
        home.path("tasks.csv"),
        "Summary,Issue key,Status,Assignee,Created\n\
         Parser,ING-207,In Progress,Ada,2026-03-02 09:00\nGate,ING-208,Done,Ada,2026-03-03 09:00\n",
    )
    .unwrap();
    home
}

/// Runs all that comes before the first reading command, so that there is something to read.
pub(crate) fn filled() -> Home {
    let home = world();
    for entry in ALL.iter().take_while(|entry| !entry.reads) {
        for arguments in entry.arguments(&home) {
            entry.run(&home, Path::new(env!("CARGO_BIN_EXE_inward")), &arguments);
        }
    }
    home
}

#[test]
fn every_command_has_an_entry_and_every_entry_a_command() {
    let listed: BTreeSet<String> = ALL.iter().map(|entry| entry.words.to_owned()).collect();
    assert_eq!(listed.len(), ALL.len(), "an entry stands twice");
    let known = known();
    let missing: Vec<_> = known.difference(&listed).collect();
    assert!(missing.is_empty(), "no entry in this table: {missing:?}");
    let gone: Vec<_> = listed
        .difference(&known)
        .filter(|words| !MAY_COME.contains(&words.as_str()))
        .collect();
    assert!(gone.is_empty(), "no such command: {gone:?}");
}
