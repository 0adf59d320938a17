//! GitLab: issues as the CSV that comes by mail.

use super::cells::Cells;
use super::format::{Context, Format, How, Out};
use super::found::{Found, Person, Whose};
use super::input::Input;
use super::sheet::{self, Got, Rows};
use super::table::{Row, Table};
use super::{ImportError, labels, words};
use crate::model::stage::{Stage, StageWords, Status};
use crate::model::task::{Estimate, TaskFacts, TaskKind, When};
use crate::model::text::Clean;

/// Issues and work items, in every order of columns since the first.
pub(super) const FORMAT: Format = Format {
    id: "gitlab-csv",
    source: "gitlab",
    label: "GitLab CSV",
    fits: |head| {
        let id = |name| head.has_columns(&["created at (utc)", "title", name]);
        id("issue id") || id("iid")
    },
    read,
    caps: &[],
    how: Some(&HOW),
};

const HOW: How = How {
    title: "GitLab (CSV)",
    steps: &[
        "Open the project's Issues (Plan, Work items), filter by Assignee = you and State = all",
        "Actions (⋮), Export as CSV; the file comes by mail",
        "$ inward import issues.csv",
    ],
    yields: "issues with state, dates of creation, last change and closing, labels, time estimate and time spent",
    cannot: "The CSV holds no moves, no merge requests, and no more than 15 MB. When work began stays unknown. GitLab's JSON has merge requests.",
};

/// Mails hold no more than this; a file near it was cut.
const CUT: u64 = 14_900_000;

fn read(input: &Input, context: &Context<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
    const REQUIRED: &[&[&str]] = &[&["iid", "issue id"], &["title"], &["created at (utc)"]];
    sheet::read(input, context, out, REQUIRED, |table| Issues {
        columns: Columns::of(table),
        words: StageWords::default(),
    })?;
    if input.progress().0 >= CUT {
        out.warn(
            "GitLab cuts a CSV at 15 MB, and this one is as large: export fewer issues at a time",
        );
    }
    Ok(())
}

struct Columns {
    /// The number within the project: `IID`, which older exports call `Issue ID`.
    iid: Option<usize>,
    /// The number within the installation, which only newer exports have.
    id: Option<usize>,
    title: Option<usize>,
    url: Option<usize>,
    kind: Option<usize>,
    state: Option<usize>,
    status: Option<usize>,
    assignee: Option<usize>,
    login: Option<usize>,
    created: Option<usize>,
    updated: Option<usize>,
    closed: Option<usize>,
    due: Option<usize>,
    labels: Option<usize>,
    estimate: Option<usize>,
    spent: Option<usize>,
    weight: Option<usize>,
    parent: Option<usize>,
}

impl Columns {
    fn of(table: &Table<'_>) -> Self {
        let column = |name| table.column(&[name]);
        let iid = column("iid");
        Self {
            iid: iid.or_else(|| column("issue id")),
            id: column("id").filter(|_| iid.is_some()),
            title: column("title"),
            url: column("url"),
            kind: column("type"),
            state: column("state"),
            status: column("status"),
            assignee: table.column(&["assignee", "assignee(s)", "assignees"]),
            login: table.column(&[
                "assignee username",
                "assignee(s) username",
                "assignee usernames",
            ]),
            created: column("created at (utc)"),
            updated: column("updated at (utc)"),
            closed: column("closed at (utc)"),
            due: column("due date"),
            labels: column("labels"),
            estimate: column("time estimate"),
            spent: column("time spent"),
            weight: column("weight"),
            parent: column("parent iid"),
        }
    }
}

struct Issues {
    columns: Columns,
    words: StageWords,
}

impl Rows for Issues {
    fn row(&mut self, row: Row<'_>, cells: &mut Cells) -> Result<Got, String> {
        let columns = &self.columns;
        let line = row.line;
        let iid = row.get(columns.iid);
        if iid.parse::<u64>().is_err() {
            return Err("no number (IID)".to_owned());
        }
        let place =
            Place::of(row.get(columns.url)).ok_or("no URL: a number alone names no issue")?;
        let tags = words::labels(row.get(columns.labels), ',');
        let kind = match words::kind(row.get(columns.kind)) {
            TaskKind::Task => labels::kind(&tags),
            kind => kind,
        };
        let number = |column| row.get(column).parse().ok().filter(|n: &i64| *n > 0);
        let mut utc = |name, column| utc(cells, name, line, row.get(column));
        let created = utc("Created At", columns.created);
        let updated = utc("Updated At", columns.updated);
        let closed = utc("Closed At", columns.closed);
        let is_closed = row.get(columns.state).eq_ignore_ascii_case("closed");
        let weight = || words::points(row.get(columns.weight)).map(Estimate::Points);
        let task = TaskFacts {
            source: Clean::label(b"gitlab"),
            key: Clean::label(place.key().as_bytes()),
            aliases: place.aliases(row.get(columns.id)),
            kind,
            title: Clean::label(row.get(columns.title).as_bytes()),
            project: words::label(place.project),
            status: self.status(row, is_closed, &tags),
            updated,
            created,
            done: closed.filter(|_| is_closed),
            due: cells.day("Due Date", line, row.get(columns.due)),
            estimate: number(columns.estimate)
                .map(Estimate::Seconds)
                .or_else(weight),
            spent: number(columns.spent),
            parent: parent(row.get(columns.parent), row.get(columns.kind), &place),
            tags,
            ..TaskFacts::default()
        };
        let found = Found::new(line, Whose::People(self.assignees(row)), task);
        Ok(Got::Task(Box::new(found)))
    }
}

impl Issues {
    /// Open and closed are all that GitLab keeps; how far an open one is stands in a status or,
    /// by habit, in a label like `workflow::in dev`.
    fn status(&self, row: Row<'_>, is_closed: bool, tags: &[Clean]) -> Status {
        let own = row.get(self.columns.status);
        let scoped = tags.iter().find_map(|tag| {
            let (scope, word) = tag.as_str().rsplit_once("::")?;
            let scope = scope.to_lowercase();
            let fits = ["workflow", "status", "state", "stage"]
                .iter()
                .any(|one| scope.ends_with(one));
            fits.then(|| word.trim().to_owned())
        });
        let word = if own.is_empty() {
            scoped
        } else {
            Some(own.to_owned())
        };
        let stage = word
            .as_deref()
            .and_then(|word| self.words.stage(&Status::word(word)));
        match (is_closed, word) {
            (true, Some(word)) if stage == Some(Stage::Cancelled) => {
                Status::word(&word).fixed(Stage::Cancelled)
            }
            (true, _) => Status::word("Closed").fixed(Stage::Done),
            // A label left behind on a reopened issue does not close it.
            (false, Some(word)) if stage.is_none_or(|stage| !stage.is_closed()) => {
                Status::word(&word)
            }
            (false, _) => Status::word("Open"),
        }
    }

    /// Names and user names stand in two lists of the same order; a name may hold a comma.
    fn assignees(&self, row: Row<'_>) -> Vec<Person> {
        let list = |column| {
            let cell: &str = row.get(column);
            let parts = cell.split(',').map(str::trim);
            parts.filter(|part| !part.is_empty()).collect::<Vec<_>>()
        };
        let (names, logins) = (list(self.columns.assignee), list(self.columns.login));
        if logins.is_empty() {
            return names.into_iter().map(Person::with_name).collect();
        }
        let pairs = names.len() == logins.len();
        let person = |(at, login): (usize, &&str)| {
            let name = names.get(at).filter(|_| pairs);
            Person::with_login(login).name(name.copied().unwrap_or_default())
        };
        logins.iter().enumerate().map(person).collect()
    }
}

/// The clocks are in UTC and do not say so.
fn utc(cells: &mut Cells, name: &'static str, line: u64, text: &str) -> Option<When> {
    if text.is_empty() || text.ends_with(['Z', 'C']) {
        return cells.past(name, line, text);
    }
    cells.past(name, line, &format!("{text}Z"))
}

/// A task is a part of an issue of its project, an issue a part of an epic of some group.
fn parent(iid: &str, kind: &str, place: &Place<'_>) -> Option<Clean> {
    iid.parse::<u64>().ok()?;
    if kind.eq_ignore_ascii_case("task") {
        words::label(&format!("{}#{iid}", place.project))
    } else {
        words::label(&format!("&{iid}"))
    }
}

/// What the address of an issue says.
struct Place<'u> {
    host: &'u str,
    project: &'u str,
    sign: char,
    number: &'u str,
}

impl<'u> Place<'u> {
    /// `https://HOST/GROUP/PROJECT/-/issues/12`; work items are the same things, older addresses
    /// have no `-`, epics are numbered on their own.
    fn of(url: &'u str) -> Option<Self> {
        let (_, rest) = url.split_once("://")?;
        let (host, path) = rest.split_once('/')?;
        let path = path.split(['?', '#']).next()?;
        let (path, number) = path.trim_end_matches('/').rsplit_once('/')?;
        let (project, kind) = path.rsplit_once('/')?;
        let sign = match kind {
            "issues" | "work_items" | "incident" => '#',
            "epics" => '&',
            _ => return None,
        };
        number.parse::<u64>().ok()?;
        let project = project.strip_suffix("/-").unwrap_or(project);
        let project = project.strip_prefix("groups/").unwrap_or(project);
        Some(Self {
            host,
            project,
            sign,
            number,
        })
    }

    fn key(&self) -> String {
        format!("{}{}{}", self.project, self.sign, self.number)
    }

    fn aliases(&self, id: &str) -> Vec<String> {
        let host = self.host.to_lowercase();
        let mut aliases = vec![format!("gitlab:{host}/{}", self.key().to_lowercase())];
        if id.parse::<u64>().is_ok() {
            aliases.push(format!("gitlab:{host}:id:{id}"));
        }
        aliases
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Seen, read};
    use super::*;

    const OLD: &str = "Title,Description,Issue ID,URL,State,Author,Author Username,Assignee,Assignee Username,\
        Due Date,Created At (UTC),Updated At (UTC),Closed At (UTC),Weight,Labels,Time Estimate,Time Spent";

    fn old(rows: &str) -> Seen {
        read(&FORMAT, format!("{OLD}\n{rows}\n"), "issues.csv").unwrap()
    }

    #[test]
    fn clocks_are_utc_states_of_any_case_and_assignees_pairs() {
        let seen = old(
            "a,,4,https://GitLab.example/Grp/App/-/issues/4,CLOSED,,,\"Ada L, Bo M\",\"ada, bo\",2025-07-01,\
             2025-06-20 22:30:00,2025-06-28 14:32:05,2025-06-28 14:32:05,3,\"bug,area::io\",28800,1200",
        );
        let found = seen.tasks()[0];
        let task = &found.task;
        assert_eq!(task.key.as_str(), "Grp/App#4");
        assert_eq!(task.aliases, ["gitlab:gitlab.example/grp/app#4"]);
        let created = task.created.and_then(When::moment).unwrap();
        assert_eq!(created.rfc3339().unwrap(), "2025-06-21T00:30:00+02:00");
        assert_eq!(task.status.fixed, Some(Stage::Done));
        assert!(task.done.is_some());
        assert_eq!(task.estimate, Some(Estimate::Seconds(28_800)));
        assert_eq!((task.spent, task.tags.len()), (Some(1_200), 2));
        let people = vec![
            Person::with_login("ada").name("Ada L"),
            Person::with_login("bo").name("Bo M"),
        ];
        assert_eq!(found.whose, Whose::People(people));
    }

    #[test]
    fn an_id_is_the_installations_and_an_iid_the_projects() {
        let text = "ID,IID,Title,Type,URL,State,Labels,Assignee Username,Created At (UTC),Start Date,Parent ID,Parent IID\n\
            900,2,t,Task,https://gitlab.com/g/p/-/work_items/2,Open,,,2025-06-20 15:04:58,2025-06-21,899,1\n\
            901,3,t,Issue,https://gitlab.com/g/p/-/issues/3,Open,,,2025-06-20 15:04:58,,7,8\n";
        let seen = read(&FORMAT, text, "issues.csv").unwrap();
        let tasks = seen.tasks();
        assert_eq!(
            tasks[0].task.aliases,
            ["gitlab:gitlab.com/g/p#2", "gitlab:gitlab.com:id:900"]
        );
        let parents: Vec<_> = tasks
            .iter()
            .map(|one| one.task.parent.as_ref().map(Clean::as_str))
            .collect();
        assert_eq!(parents, [Some("g/p#1"), Some("&8")]);
        assert_eq!(tasks[0].task.started, None, "a planned start is none");
        assert_eq!(tasks[0].whose, Whose::People(Vec::new()));
    }

    #[test]
    fn the_oldest_order_of_columns_and_labels_that_say_how_far_it_is() {
        let text = "Issue ID,URL,Title,State,Description,Author,Author Username,Assignee,Assignee Username,\
            Confidential,Due Date,Created At (UTC),Updated At (UTC),Milestone,Labels\n\
            1,http://git.example/g/p/issues/1,t,Open,,,,Ada,ada,No,,2017-06-20 15:04:58,,,\"x,workflow::in dev\"\n\
            2,http://git.example/g/p/issues/2,t,Open,,,,Ada,ada,No,,2017-06-20 15:04:58,,,workflow::done\n\
            x,http://git.example/g/p/issues/3,t,Open\n4,,t,Open\n";
        let seen = read(&FORMAT, text, "issues.csv").unwrap();
        let words = StageWords::default();
        let stages: Vec<_> = seen
            .tasks()
            .iter()
            .map(|one| words.stage(&one.task.status))
            .collect();
        assert_eq!(stages, [Some(Stage::InProgress), Some(Stage::Todo)]);
        assert_eq!(seen.tasks()[0].task.aliases, ["gitlab:git.example/g/p#1"]);
        assert_eq!(seen.rejected.len(), 2);
    }
}
