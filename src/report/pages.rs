//! The pages as plain text, for `inward show PAGE` and for a run without a terminal.

use super::Context;
use super::flow;
use super::layout::wrap;
use super::log::{Row, log_text};
use super::overview::{changes, overview};
use super::projects;
use super::text::figure_text;
use super::words;
use crate::metrics::{self, by_id, extent};
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Unit};
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
    /// Where tasks get stuck.
    Flow,
    /// What the work was, and the log.
    Work,
    /// Where the work went.
    Projects,
}

/// A metric and how it is cut on a page.
pub type Part = (&'static str, By);

/// How old work in progress is: told as what is worth a look, not as a number.
pub(super) const AGES: &str = "work_item_age";

const WEEK: By = By::Time(Bucket::Week);

impl Page {
    /// Every page.
    pub const ALL: [Self; 6] = [
        Self::Overview,
        Self::Trends,
        Self::Rhythm,
        Self::Flow,
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
            Self::Flow => "flow",
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
            Self::Flow => &[
                ("bottleneck", WEEK),
                ("time_in_stage", WEEK),
                ("flow_efficiency", WEEK),
                ("work_item_age", WEEK),
                ("cycle_time", WEEK),
                ("service_level", WEEK),
                ("throughput", WEEK),
                ("review_received", WEEK),
                ("change_cycle_time", WEEK),
                ("forecast", WEEK),
                ("forecast_items", WEEK),
                ("cumulative_flow", WEEK),
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
        // Two years of weeks are a table that nobody reads to its end.
        let long = self == Self::Flow && selection.range.days() > 742;
        let asked = |&(id, by): &Part| {
            let by = match by {
                By::Time(_) if long => By::Time(Bucket::Month),
                by => by,
            };
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
    let nothing = match page {
        Page::Flow => without_tasks(subject),
        _ => empty(subject, context),
    };
    if let Some(sentence) = nothing {
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
    if page == Page::Flow {
        let asked = flow::Asked::among(&figures);
        for sentence in flow::answer(&asked)
            .into_iter()
            .chain(flow::ahead(&asked, context))
        {
            out.push_str(&wrap(&sentence, width, 0));
        }
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
        Page::Flow => "Flow",
        Page::Work => "Work",
        Page::Projects => "Projects",
    };
    match repositories {
        0 => format!("{name}, {range}"),
        _ => format!("{name}, {range}, {repositories} {noun}"),
    }
}

/// Why a page about tasks has nothing to show, and what to do; `None` when it has something.
fn without_tasks(subject: &Subject<'_>) -> Option<String> {
    subject.data.work.tasks.is_empty().then(|| {
        "No task was imported yet. `inward import FILE` reads an export of your tracker; \
         `inward demo` shows a generated year."
            .to_owned()
    })
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
