//! Org files of Emacs, archives too.

mod entry;
mod keywords;
mod stamp;
mod times;

use entry::{Body, Heading, labels};
use keywords::Settings;

use super::dates::Dates;
use super::fields::Fields;
use super::format::{Context, Format, How, Out};
use super::found::{Found, Whose};
use super::head::Head;
use super::input::Input;
use super::names::Names;
use super::{ImportError, words};
use crate::model::stage::Stage;
use crate::model::task::{TaskFacts, TaskKind, When};
use crate::model::text::Clean;

/// Headings with a state word.
pub(super) const FORMAT: Format = Format {
    id: "org",
    source: "org",
    label: "Org",
    fits,
    read,
    caps: &[],
    how: Some(&HOW),
};

const HOW: How = How {
    title: "Org",
    steps: &[
        "$ inward import ~/org/*.org ~/org/*.org_archive",
        "The files are read as they are. So that they hold when a task was started and finished, put into the Emacs configuration:",
        "$ (setq org-log-done 'time org-log-into-drawer t)",
        "$ (setq org-todo-keywords '((sequence \"TODO(t!)\" \"NEXT(n!)\" \"REVIEW(r!)\" \"|\" \"DONE(d!)\" \"CANCELED(c@)\")))",
        "Without `!` a change of state is not logged. For creation dates, add :CREATED: in a capture template.",
    ],
    yields: "every heading with a state, its logged moves between states with times, CLOSED, DEADLINE, clocked time, Effort, tags, and each completion of a repeating task",
    cannot: "Times have minutes and no zone. What was not logged is not there. A heading without an :ID: whose words or place were changed looks like another task. State words set only in the Emacs configuration are known if they are common ones: a #+TODO: line in the file says them all.",
};

fn fits(head: &Head) -> bool {
    if head.has_extension("org") || head.has_extension("org_archive") {
        return true;
    }
    let known = head.name().contains('.') && !head.has_extension("txt");
    if known || head.json().is_some() {
        return false;
    }
    let (mut set, mut headings, mut states) = (false, false, false);
    for line in head.text().lines() {
        let lower = line.get(..8).unwrap_or(line).to_lowercase();
        set |= ["#+todo:", "#+seq_to", "#+typ_to", "#+title:"]
            .iter()
            .any(|s| lower.starts_with(s));
        let stars = line.trim_start_matches('*');
        if let Some(rest) = stars.strip_prefix(' ').filter(|_| stars.len() < line.len()) {
            headings = true;
            states |= rest.starts_with("TODO ") || rest.starts_with("DONE ");
        }
    }
    states || (set && headings)
}

fn read(input: &Input, context: &Context<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
    let settings = Settings::of(input)?;
    let mut reader = Reader {
        dates: Dates::new(context.zone),
        names: Names::new("org"),
        unread: Fields::new(Dates::new(context.zone)),
        role: input.head().name(),
        settings,
        above: Vec::new(),
        repeated: 0,
        undated: 0,
    };
    let mut open: Option<(u64, Heading, Body)> = None;
    let mut block = 0;
    let mut lines = input.lines()?;
    while let Some(line) = lines.next()? {
        if reader.settings.in_block(&mut block, line.number) {
            continue;
        }
        if let Some(heading) = Heading::of(line.text, &reader.settings) {
            reader.close(open.take(), out)?;
            open = Some((line.number, heading, Body::default()));
        } else if let Some((_, _, body)) = &mut open {
            let with = (reader.dates, &mut reader.unread);
            body.line(line.text, line.number, &reader.settings, with);
        }
    }
    reader.close(open, out)?;
    reader.warn(out);
    Ok(())
}

struct Reader {
    dates: Dates,
    names: Names,
    unread: Fields,
    /// The file's name: what keeps equal headings of two files apart.
    role: String,
    settings: Settings,
    above: Vec<Above>,
    repeated: u64,
    undated: u64,
}

/// A heading that others are below.
struct Above {
    level: usize,
    title: String,
    tags: Vec<String>,
    /// Of a task.
    key: Option<Clean>,
    category: Option<String>,
    commented: bool,
}

impl Reader {
    /// A heading is over: what is a task is handed on.
    fn close(
        &mut self,
        done: Option<(u64, Heading, Body)>,
        out: &mut Out<'_>,
    ) -> Result<(), ImportError> {
        let Some((line, mut heading, body)) = done else {
            return Ok(());
        };
        // An archive need not say the words of the file that its headings come from.
        if let Some(word) = body
            .get("archive_todo")
            .filter(|_| heading.keyword.is_none())
            && let Some(rest) = heading.title.strip_prefix(word)
        {
            heading.title = rest.trim_start().into();
            heading.keyword = Some(word.to_owned());
        }
        while self
            .above
            .last()
            .is_some_and(|above| above.level >= heading.level)
        {
            self.above.pop();
        }
        let commented = heading.commented || self.above.last().is_some_and(|one| one.commented);
        let task = heading.keyword.clone().filter(|_| !commented);
        let mut key = None;
        if let Some(word) = task {
            if heading.title.is_empty() {
                out.reject(line, "a heading without a title")?;
            } else {
                let facts = self.facts(&word, &heading, body.clone_times(), &body);
                key = Some(facts.key.clone());
                self.hand_on(line, facts, &body, out)?;
            }
        }
        self.above.push(Above {
            level: heading.level,
            title: heading.title,
            tags: heading.tags,
            key,
            category: body.get("category").map(str::to_owned),
            commented,
        });
        Ok(())
    }

    fn facts(
        &mut self,
        word: &str,
        heading: &Heading,
        times: times::Times,
        body: &Body,
    ) -> TaskFacts {
        let title = Clean::label(heading.title.as_bytes());
        let status = self.settings.status(word);
        let is_done = status.category == Some(Stage::Done);
        let done = body.closed.filter(|_| is_done);
        self.undated += u64::from(is_done && done.is_none() && times.moves.is_empty());
        let aliases = self.aliases(heading, body);
        let parent = self.above.iter().rev().find_map(|above| above.key.clone());
        let tags = self
            .settings
            .tags
            .iter()
            .chain(self.above.iter().flat_map(|one| &one.tags));
        let tags = tags.chain(&heading.tags).cloned();
        let kept = body
            .get("archive_itags")
            .map(keywords::tags)
            .unwrap_or_default();
        TaskFacts {
            source: Clean::label(b"org"),
            key: title.clone(),
            aliases,
            kind: if parent.is_some() {
                TaskKind::Subtask
            } else {
                TaskKind::Task
            },
            title,
            project: self.category(body),
            status,
            created: self.created(body),
            started: times
                .clocks
                .iter()
                .map(|one| one.start)
                .min_by_key(|at| at.order()),
            done,
            due: body.deadline,
            estimate: body.effort(),
            tags: labels(tags.chain(kept)),
            parent,
            transitions: times.moves,
            entries: times.clocks,
            ..TaskFacts::default()
        }
    }

    /// Org opens a repeating task again each time it is done, so its completions stand only in the
    /// log. Each becomes a task of its own: one that is done every week is not one task that took a
    /// year. What was logged and clocked since the completion before belongs to it.
    fn hand_on(
        &mut self,
        line: u64,
        facts: TaskFacts,
        body: &Body,
        out: &mut Out<'_>,
    ) -> Result<(), ImportError> {
        let repeats = body.repeats || body.get("last_repeat").is_some();
        if !repeats || facts.status.category == Some(Stage::Done) {
            return out.task(Found::new(line, Whose::Mine, facts));
        }
        let (mut past, open) = times::split(facts);
        // Without a log, Org still notes when the last time was done.
        let last = body
            .get("last_repeat")
            .and_then(|text| stamp::stamp(text, self.dates)?.when);
        if let Some(last) = last.filter(|last| past.iter().all(|one| one.done != Some(*last))) {
            past.push(times::unlogged(&open, last));
        }
        for one in past {
            self.repeated += 1;
            out.task(Found::new(line, Whose::Mine, one))?;
        }
        out.task(Found::new(line, Whose::Mine, open))
    }

    /// `:ID:`, `:CUSTOM_ID:`, and the heading's place; an archived heading knows where it was.
    fn aliases(&mut self, heading: &Heading, body: &Body) -> Vec<String> {
        let from = body
            .get("archive_file")
            .and_then(|path| path.rsplit('/').next());
        let own = self.role.strip_suffix("_archive").unwrap_or(&self.role);
        let role = from.unwrap_or(own).to_owned();
        let mut path: Vec<&str> = body.get("archive_olpath").into_iter().collect();
        path.extend(self.above.iter().map(|above| above.title.as_str()));
        path.push(&heading.title);
        let (path, created) = (path.join("/"), body.get("created").unwrap_or_default());
        let mut aliases: Vec<String> = Vec::new();
        let given = |key| body.get(key).filter(|id| !id.is_empty() && id.len() <= 200);
        aliases.extend(given("id").map(|id| format!("org:{id}")));
        aliases.extend(given("custom_id").map(|id| format!("org:{role}#{id}")));
        if aliases.is_empty() {
            aliases.push(self.names.name(&role, &path, created));
        } else {
            aliases.extend(self.names.first(&role, &path, created));
        }
        aliases
    }

    fn created(&self, body: &Body) -> Option<When> {
        stamp::stamp(body.get("created")?, self.dates)?.when
    }

    fn category(&self, body: &Body) -> Option<Clean> {
        let above = || {
            self.above
                .iter()
                .rev()
                .find_map(|above| above.category.as_deref())
        };
        let named = body
            .get("archive_category")
            .or_else(|| body.get("category"));
        let named = named.or_else(above).or(self.settings.category.as_deref());
        let stem = || {
            self.role
                .rsplit_once('.')
                .map_or(self.role.as_str(), |(stem, _)| stem)
        };
        words::label(named.unwrap_or_else(stem))
    }

    fn warn(&self, out: &mut Out<'_>) {
        self.unread.warn(out);
        if out.records() == 0 {
            out.warn("no heading in it has a state");
        }
        if self.repeated > 0 {
            out.warn(format!(
                "{} completions of repeating headings were taken, each as a task of its own",
                self.repeated
            ));
        }
        if self.undated > 0 {
            out.warn(format!(
                "{} finished headings have neither CLOSED nor a log: when they were finished is not known",
                self.undated
            ));
        }
        if !self.settings.own && out.records() > 0 {
            out.warn("no #+TODO: line says the state words: common ones were taken");
        }
    }
}

#[cfg(test)]
mod tests;
