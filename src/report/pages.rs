//! The pages as plain text, for `inward show PAGE` and for a run without a terminal.

use super::Context;
use super::layout::{spark, wrap};
use super::log::{Row, log_text};
use super::projects;
use super::text::{figure_text, top};
use super::words;
use crate::metrics::{self, by_id, extent, workdays};
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Key, Shape, Unit, Verdict};
use crate::model::period::Bucket;
use crate::model::selection::{By, Selection};

/// A page that can be written as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Page {
    /// What changed, and the pace.
    Overview,
    /// Measures by week.
    Trends,
    /// Hours and days.
    Rhythm,
    /// What the work was, and the log.
    Work,
    /// Where the work went.
    Projects,
}

/// A metric and how it is cut on a page.
pub type Part = (&'static str, By);

/// How old work in progress is: told as what is worth a look, not as a number.
const AGES: &str = "work_item_age";

const WEEK: By = By::Time(Bucket::Week);

impl Page {
    /// Every page.
    pub const ALL: [Self; 5] = [
        Self::Overview,
        Self::Trends,
        Self::Rhythm,
        Self::Work,
        Self::Projects,
    ];

    /// The page called `name`, in any case; `None` when there is none.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|page| page.name().eq_ignore_ascii_case(name))
    }

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Overview => "overview",
            Self::Trends => "trends",
            Self::Rhythm => "rhythm",
            Self::Work => "work",
            Self::Projects => "projects",
        }
    }

    /// Its figures, in order; activity comes last.
    pub fn parts(self) -> &'static [Part] {
        match self {
            Self::Overview => &[
                ("throughput", WEEK),
                ("delivered", WEEK),
                ("cycle_time", WEEK),
                (AGES, WEEK),
                ("reviews", WEEK),
                ("review_given", WEEK),
                ("review_received", WEEK),
                ("repositories", By::Repo),
                ("languages", By::Language),
                ("after_hours_share", WEEK),
                ("active_days", WEEK),
                ("lines_changed", WEEK),
                ("change_size", WEEK),
                ("commits", WEEK),
            ],
            Self::Trends => &[
                ("lines_changed", WEEK),
                ("active_days", WEEK),
                ("commits", WEEK),
            ],
            Self::Rhythm => &[
                ("hours_by_weekday", WEEK),
                ("after_hours_share", WEEK),
                ("weekend_share", WEEK),
            ],
            Self::Projects => &[
                ("repositories", By::Repo),
                ("languages", By::Language),
                ("categories", By::Category),
                ("work_types", By::Category),
            ],
            Self::Work => &[
                ("repositories", By::Repo),
                ("languages", By::Language),
                ("categories", By::Category),
                ("change_size", WEEK),
                ("assisted_share", WEEK),
            ],
        }
    }

    /// Its figures over the range and filters of `selection`, in the order of [`Page::parts`].
    pub fn figures(
        self,
        data: &Dataset,
        selection: &Selection,
        context: &Context<'_>,
    ) -> Vec<Figure> {
        let asked = |&(id, by): &Part| {
            let selection = Selection {
                by,
                ..selection.clone()
            };
            by_id(id).map(|metric| metrics::figure(metric, data, &selection, context.calendar))
        };
        self.parts().iter().filter_map(asked).collect()
    }
}

/// What a page is about: the data, the question, and the newest rows of the log for [`Page::Work`].
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// All stored facts.
    pub data: &'a Dataset,
    /// When and where.
    pub selection: &'a Selection,
    /// Newest rows first; may be empty on other pages.
    pub log: &'a [Row],
}

/// The page as text: its question answered in a sentence first, then the figures.
pub fn page_text(page: Page, subject: &Subject<'_>, context: &Context<'_>) -> String {
    let width = context.columns();
    let mut out = wrap(&title(page, subject, context), width, 2);
    out.push('\n');
    if let Some(sentence) = empty(subject, context) {
        out.push_str(&wrap(&sentence, width, 0));
        return out;
    }
    let figures = page.figures(subject.data, subject.selection, context);
    if page == Page::Overview {
        out.push_str(&overview(&figures, subject, context));
        return out;
    }
    if page == Page::Trends {
        out.push_str(&wrap(&changes(&figures, context), width, 0));
        out.push('\n');
    }
    let texts: Vec<String> = figures.iter().map(|f| figure_text(f, context)).collect();
    out.push_str(&texts.join("\n"));
    if page == Page::Projects {
        out.push_str(&projects::table(
            (subject.data, subject.selection),
            &figures,
            context,
        ));
    }
    if page == Page::Work && !subject.log.is_empty() {
        out.push_str("\nNewest commits\n\n");
        out.push_str(&log_text(subject.log, context));
    }
    out
}

/// `Overview, 12 weeks to Sun 23 Aug (so far), 6 repositories`
fn title(page: Page, subject: &Subject<'_>, context: &Context<'_>) -> String {
    let range = words::range(subject.selection.range, context.calendar);
    let repositories = subject
        .selection
        .repos
        .as_ref()
        .map_or(subject.data.repos.len(), std::collections::BTreeSet::len);
    let noun = if repositories == 1 {
        "repository"
    } else {
        "repositories"
    };
    let name = match page {
        Page::Overview => "Overview",
        Page::Trends => "Trends",
        Page::Rhythm => "Rhythm",
        Page::Work => "Work",
        Page::Projects => "Projects",
    };
    match repositories {
        0 => format!("{name}, {range}"),
        _ => format!("{name}, {range}, {repositories} {noun}"),
    }
}

/// Why there is nothing to show, and what to do; `None` when there is something.
fn empty(subject: &Subject<'_>, context: &Context<'_>) -> Option<String> {
    let (data, selection) = (subject.data, subject.selection);
    let rows = |selection: &Selection, ids: &[&str]| -> u64 {
        let metrics = ids.iter().filter_map(|id| by_id(id));
        metrics
            .map(|metric| metrics::figure(metric, data, selection, context.calendar).n)
            .sum()
    };
    let commits = |selection: &Selection| rows(selection, &["commits"]);
    let items = rows(selection, &["throughput", "reviews", AGES]);
    if data.is_empty() && items == 0 {
        return Some(
            "No commit is recorded yet. `inward scan` reads the repository you stand in; \
             `inward demo` shows a generated year."
                .to_owned(),
        );
    }
    if commits(selection) > 0 || items > 0 {
        return None;
    }
    let range = words::range(selection.range, context.calendar);
    let open = Selection {
        repos: None,
        commits: None,
        ..selection.clone()
    };
    let hidden = commits(&open);
    if hidden > 0 {
        let noun = words::unit_word(Unit::Commits, hidden as f64);
        let hidden = words::count(hidden);
        return Some(format!("The filter hides all {hidden} {noun} in {range}."));
    }
    let today = context.calendar.today();
    let record = extent(data).map_or_else(String::new, |record| {
        let (from, to) = (words::day(record.from, today), words::day(record.to, today));
        format!(" The record goes from {from} to {to}: try `all`.")
    });
    Some(format!("No commits in {range}.{record}"))
}

/// Work in progress that grew old, a sentence each; empty when none did.
fn worth(figures: &[Figure], context: &Context<'_>) -> String {
    let ages = figures.iter().find(|figure| figure.metric == AGES);
    let old = ages.map(metrics::aging).unwrap_or_default();
    let mut out = String::new();
    for one in &old {
        let said = format!(
            "{} is open for {}; 85% of finished tasks took at most {}.",
            context.names.of(Key::Task(one.task)).unwrap_or_default(),
            words::value(one.age, Unit::Seconds),
            words::value(one.p85, Unit::Seconds)
        );
        out.push_str(&wrap(&said, context.columns(), 2));
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// Whether a figure has anything to rest on: those of tasks have nothing before the first import.
fn tells(figure: &Figure) -> bool {
    figure.n > 0 || figure.known_to.is_some()
}

/// What changed, one line a figure with the period before, and what git cannot see.
fn overview(figures: &[Figure], subject: &Subject<'_>, context: &Context<'_>) -> String {
    let width = context.columns();
    let mut out = wrap(&changes(figures, context), width, 0);
    out.push('\n');
    out.push_str(&worth(figures, context));
    let shown = |figure: &&Figure| figure.metric != AGES && tells(figure);
    for figure in figures.iter().filter(shown) {
        out.push_str(&wrap(&line(figure, context), width, 2));
    }
    let tasks = ["throughput", AGES];
    if !figures
        .iter()
        .any(|f| tasks.contains(&f.metric) && tells(f))
    {
        let none = "No task is known yet: `inward import FILE` reads a tracker's export.";
        out.push_str(&wrap(none, width, 2));
    }
    if let Some(before) = figures.iter().find_map(|figure| figure.previous) {
        let when = words::range(before.range, context.calendar);
        out.push_str(&wrap(&format!("\"Was\" is {when}."), width, 2));
    }
    let left_out = figures
        .last()
        .map(words::left_out)
        .filter(|text| !text.is_empty());
    if let Some(left_out) = left_out {
        out.push_str(&wrap(
            &format!("Left out of the commits: {left_out}."),
            width,
            2,
        ));
    }
    let days = workdays(subject.data, subject.selection, context.calendar);
    out.push('\n');
    out.push_str(&wrap(&words::unseen("Git", days.seen, days.of), width, 0));
    out
}

/// `Commits: 218, was 203, usual week 6-34  ▂▃▅▂▆▅▇▄▃▅▆`
fn line(figure: &Figure, context: &Context<'_>) -> String {
    let title = by_id(figure.metric).map_or(figure.metric, |metric| metric.title());
    if figure.shape == Shape::Shares {
        let top = top(figure, context, 3);
        let top = top.trim_start_matches([',', ' ']);
        return format!("{title}: {}", if top.is_empty() { "none" } else { top });
    }
    let Some(value) = figure.value else {
        return format!("{title}: too few to tell, n={}", figure.n);
    };
    let mut out = format!("{title}: {}", words::value(value, figure.unit));
    if figure.shape == Shape::Distribution {
        out.extend([" ", words::unit_word(figure.unit, value)]);
    }
    if let Some(ends) = figure.interval {
        out.extend([" ", &words::interval(ends, figure.unit)]);
    }
    if matches!(figure.unit, Unit::Share) || figure.shape == Shape::Distribution {
        out.extend([", n=", &words::count(figure.n)]);
    }
    if let Some(was) = figure.previous.and_then(|before| before.value) {
        out.extend([", was ", &words::value(was, figure.unit)]);
    }
    if let Some(usual) = figure.usual {
        out.extend([", usual week ", &words::between(usual, figure.unit)]);
    }
    let weeks = figure.points.iter().filter(|point| point.key == Key::Time);
    let weeks: Vec<Option<f64>> = weeks.map(|point| point.value).collect();
    let most = weeks.iter().flatten().copied().fold(0.0, f64::max);
    if figure.shape == Shape::Series && !context.ascii && (2..=26).contains(&weeks.len()) {
        out.extend(["  ", spark(&weeks, most).trim()]);
    }
    out
}

/// What left its usual range, in sentences; that nothing did is a full answer.
fn changes(figures: &[Figure], context: &Context<'_>) -> String {
    let mut out = Vec::new();
    let mut judged = false;
    let mut unknown = None;
    for figure in figures {
        match figure.verdict {
            Verdict::Outside(_) | Verdict::Shift { .. } => {
                let title = by_id(figure.metric).map_or(figure.metric, |metric| metric.title());
                out.push(format!(
                    "{title}: {}",
                    words::verdict(figure, context.calendar)
                ));
            }
            Verdict::WithinUsual => judged = true,
            Verdict::TooFew { .. } | Verdict::TooFewWeeks { .. } => {
                unknown = Some(words::verdict(figure, context.calendar));
            }
            Verdict::None | Verdict::NotKept(_) => {}
        }
    }
    match (out.is_empty(), judged, unknown) {
        (false, true, _) => out.push("Nothing else left its usual range.".to_owned()),
        (true, true, _) => out.push(
            "Nothing left its usual range: differences between weeks are probably noise."
                .to_owned(),
        ),
        (true, false, Some(why)) => out.push(format!("Too few to tell what changed. {why}")),
        _ => {}
    }
    out.join(" ")
}
