//! What the record cannot tell, or tells in a way worth knowing: counted, with why it matters and
//! what mends it. Nothing here is a fault of the owner's.

use chrono::NaiveDate;
use serde::Serialize;

use crate::model::calendar::Calendar;
use crate::model::dataset::{Dataset, Labels, UNDATED, flag};
use crate::model::period::Range;
use crate::model::stage::Stage;
use crate::model::work::{Export, Task, Visit};
use crate::report::layout::wrap;
use crate::report::words;

/// Something worth knowing of the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Remark {
    /// Its stable name, e.g. `done_without_start`.
    pub id: &'static str,
    /// How many.
    pub n: u64,
    /// Of how many, where that is known.
    pub of: Option<u64>,
    /// What there is, a sentence.
    pub says: String,
    /// Why it matters, a sentence.
    pub matters: &'static str,
    /// What mends it, or that nothing has to be done.
    #[serde(rename = "do")]
    pub next: String,
}

/// What is known of the record beside the record itself.
#[derive(Clone, Debug, Default)]
pub struct Around {
    /// Addresses of repositories that may be the owner's and are not counted.
    pub look_alikes: u64,
    /// Imports that ended exactly at a known cap: name, records, why.
    pub capped: Vec<(String, u64, &'static str)>,
}

/// Commits linked with a task below this share make joined figures one-sided.
const LOW_LINKS: f64 = 0.5;
/// Days without any trace from which a gap is worth asking about.
const GAP: i64 = 21;
/// Days after which an export no longer tells of the present.
const STALE: i64 = 14;
/// Weeks that the link coverage looks at.
const WEEKS: u32 = 12;

/// Everything worth knowing, in the order in which it is mended best.
pub fn remarks(
    data: &Dataset,
    labels: &Labels,
    around: &Around,
    calendar: &Calendar,
) -> Vec<Remark> {
    let mut out = Vec::new();
    out.extend(look_alikes(around));
    out.extend(other_zone(data, calendar));
    out.extend(capped(around));
    out.extend(stale(data, labels, calendar));
    out.extend(without_start(data));
    out.extend(backwards(data));
    out.extend(reopened(data));
    out.extend(changed_after(data));
    out.extend(low_links(data, calendar));
    out.extend(no_reviews(data));
    out.extend(gaps(data, calendar));
    out.extend(lines(data));
    out
}

fn remark(
    (id, n, of): (&'static str, u64, Option<u64>),
    says: String,
    matters: &'static str,
    next: impl Into<String>,
) -> Option<Remark> {
    (n > 0).then(|| Remark {
        id,
        n,
        of,
        says,
        matters,
        next: next.into(),
    })
}

fn look_alikes(around: &Around) -> Option<Remark> {
    let n = around.look_alikes;
    remark(
        ("look_alikes", n, None),
        format!(
            "{} may be yours and count for nobody",
            words::counted(n, "address", "addresses")
        ),
        "commits under them are missing from every figure",
        "`inward me` lists them, `inward me add ADDRESS` takes one",
    )
}

/// Commits at +00:00 of an owner who lives elsewhere: often a container or a web page.
fn other_zone(data: &Dataset, calendar: &Calendar) -> Option<Remark> {
    let home_is_utc = {
        use chrono::Offset as _;
        use chrono::TimeZone as _;
        let offset = calendar
            .zone
            .offset_from_utc_datetime(&calendar.now.naive_utc());
        offset.fix().local_minus_utc() == 0
    };
    let columns = &data.commits;
    let dated = columns.day.iter().filter(|day| **day != UNDATED).count() as u64;
    let at_utc = columns.offset_min.iter().zip(&columns.day);
    let n = at_utc
        .filter(|(offset, day)| **offset == 0 && **day != UNDATED)
        .count() as u64;
    if home_is_utc || n == dated || n * 50 < dated {
        return None;
    }
    remark(
        ("clock_at_utc", n, Some(dated)),
        format!(
            "{} of {} were made by a clock at +00:00",
            words::count(n),
            words::counted(dated, "commit", "commits")
        ),
        "their hours and days may be off: containers and web pages write so",
        "nothing to do for the past; TZ in the container sets it for what comes",
    )
}

fn capped(around: &Around) -> Vec<Remark> {
    let one = |(name, n, why): &(String, u64, &'static str)| {
        remark(
            ("import_on_cap", *n, None),
            format!("{name} holds exactly {} records: {why}", words::count(*n)),
            "what lies beyond the cap is missing from every figure of tasks",
            "export in smaller parts and import them all; what overlaps counts once",
        )
    };
    around.capped.iter().filter_map(one).collect()
}

/// Trackers with open tasks whose newest export is old.
fn stale(data: &Dataset, labels: &Labels, calendar: &Calendar) -> Vec<Remark> {
    let one = |export: &Export| {
        let day = NaiveDate::from_epoch_days(export.day)?;
        let days = calendar.today().signed_duration_since(day).num_days();
        let n = u64::try_from(days).ok()?;
        let name = labels.sources.get(usize::from(export.source))?;
        if days < STALE || export.open == 0 {
            return None;
        }
        remark(
            ("import_stale", n, None),
            format!(
                "the newest export of {name} is {} old, and {} in it",
                words::counted(n, "day", "days"),
                words::counted(export.open, "task is open", "tasks are open")
            ),
            "nothing is known of tasks since then: weeks after it are not shown as zero, of any tracker",
            "import a fresh export (`inward import --how` lists how); open tasks of a tracker that is no longer used can be taken out with `inward exclude`",
        )
    };
    data.work.exports.iter().filter_map(one).collect()
}

fn tasks(data: &Dataset) -> impl Iterator<Item = &Task> {
    let tasks = data.work.tasks.iter();
    tasks.filter(|task| !task.is_pr() && !task.excluded)
}

fn visits<'a>(data: &'a Dataset, task: &Task) -> &'a [Visit] {
    let range = task.visits.start as usize..task.visits.end as usize;
    data.work.visits.get(range).unwrap_or_default()
}

fn without_start(data: &Dataset) -> Option<Remark> {
    let done = tasks(data).filter(|task| task.done.is_some()).count() as u64;
    let n = tasks(data)
        .filter(|task| task.done.is_some() && task.started.is_none())
        .count() as u64;
    remark(
        ("done_without_start", n, Some(done)),
        format!(
            "{} of {} have no start",
            words::count(n),
            words::counted(done, "finished task", "finished tasks")
        ),
        "no cycle time is known of them, unless a linked commit tells when work began",
        "an export with the history of states has starts: `inward import --how`; a word that means work can be named under [stages]",
    )
}

/// Where a stage stands on the way; closed ones are its end.
fn step(stage: Stage) -> u8 {
    stage as u8
}

fn backwards(data: &Dataset) -> Option<Remark> {
    let back = |task: &&Task| {
        let open = visits(data, task).iter().filter_map(|visit| visit.stage);
        let open: Vec<u8> = open.filter(|stage| !stage.is_closed()).map(step).collect();
        open.windows(2).any(|pair| pair[1] < pair[0])
    };
    let n = tasks(data).filter(back).count() as u64;
    remark(
        ("moved_backwards", n, None),
        format!(
            "{} moved back at least once",
            words::counted(n, "task", "tasks")
        ),
        "each stay counts in time in stage, and the way back is part of the cycle time",
        "nothing to do; `inward show KEY` shows the way of one",
    )
}

fn reopened(data: &Dataset) -> Option<Remark> {
    let again = |task: &&Task| {
        let stays = visits(data, task);
        let closed = |visit: &Visit| visit.stage.is_some_and(Stage::is_closed);
        let open = |visit: &Visit| visit.stage.is_some_and(|stage| !stage.is_closed());
        stays
            .windows(2)
            .any(|pair| closed(&pair[0]) && open(&pair[1]))
    };
    let n = tasks(data).filter(again).count() as u64;
    remark(
        ("reopened", n, None),
        format!(
            "{} opened again after the end",
            words::counted(n, "task was", "tasks were")
        ),
        "each counts once, at its last end, and the time between is part of its cycle time",
        "nothing to do",
    )
}

fn changed_after(data: &Dataset) -> Option<Remark> {
    let later = |task: &&Task| match (task.done, task.updated) {
        (Some(done), Some(updated)) => updated.utc > done.utc + 86_400,
        _ => false,
    };
    let n = tasks(data).filter(later).count() as u64;
    remark(
        ("changed_after_done", n, None),
        format!(
            "{} changed in the tracker more than a day after the end",
            words::counted(n, "task was", "tasks were")
        ),
        "a comment or a label moves no finish time here: the move into done counts",
        "nothing to do",
    )
}

fn low_links(data: &Dataset, calendar: &Calendar) -> Option<Remark> {
    tasks(data).next()?;
    let weeks = Range::weeks(WEEKS, calendar);
    let (from, to) = (weeks.from.to_epoch_days(), weeks.to.to_epoch_days());
    let out = flag::MERGE | flag::TWIN | flag::SQUASHED | flag::EXCLUDED;
    let recent = (0..data.len())
        .filter(|at| (from..=to).contains(&data.commits.day[*at]) && !data.has(*at, out));
    let (mut n, mut linked) = (0_u64, 0_u64);
    for at in recent {
        n += 1;
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        linked += u64::from(
            data.links
                .binary_search_by_key(&at, |link| link.commit)
                .is_ok(),
        );
    }
    let low = n >= 10 && (linked as f64) < LOW_LINKS * n as f64;
    remark(
        ("low_link_coverage", (n - linked) * u64::from(low), Some(n)),
        format!(
            "{} of {} in the last {WEEKS} weeks belong to no known task",
            words::count(n - linked),
            words::counted(n, "commit", "commits")
        ),
        "figures that join commits with tasks see the smaller part of the work",
        "a key in the message or the branch links; `inward link COMMIT TASK` does it by hand",
    )
}

fn no_reviews(data: &Dataset) -> Option<Remark> {
    let n = tasks(data).count() as u64;
    let none = data.work.reviews.is_empty() && data.work.given.is_empty();
    remark(
        ("reviews_not_imported", n * u64::from(none), None),
        "tasks were imported, and neither pull requests nor reviews".to_owned(),
        "review times and what you gave to others are not seen",
        "`inward import --how github` (or gitlab) says how to get them",
    )
}

/// Stretches without any trace inside the record, but for marked days.
fn gaps(data: &Dataset, calendar: &Calendar) -> Option<Remark> {
    let mut days: Vec<i32> = data
        .commits
        .day
        .iter()
        .copied()
        .filter(|day| *day != UNDATED)
        .collect();
    let moved = tasks(data).flat_map(|task| [task.started, task.done, task.cancelled]);
    days.extend(moved.flatten().map(|stamp| stamp.day));
    days.extend(
        data.work
            .given
            .iter()
            .flat_map(|given| &given.times)
            .map(|time| time.day),
    );
    for away in &data.away {
        days.extend(away.from..=away.to);
    }
    days.sort_unstable();
    days.dedup();
    let wide = |pair: &&[i32]| i64::from(pair[1]) - i64::from(pair[0]) > GAP;
    let n = days.windows(2).filter(wide).count() as u64;
    let last = days.windows(2).rfind(wide);
    let today = calendar.today();
    let named = last.and_then(|pair| {
        let from = NaiveDate::from_epoch_days(pair[0] + 1)?;
        let to = NaiveDate::from_epoch_days(pair[1] - 1)?;
        Some(format!(
            "{} to {}",
            words::day(from, today),
            words::day(to, today)
        ))
    });
    remark(
        ("gaps", n, None),
        format!(
            "{} of more than three weeks without a trace, the last from {}",
            words::counted(n, "stretch", "stretches"),
            named.unwrap_or_default()
        ),
        "leave, other work, or a history that is not here: figures take them for quiet weeks",
        "`inward note --event leave --on A..B` marks leave; a missing repository can be added",
    )
}

/// Whether the pass over lines is older than the record.
fn lines(data: &Dataset) -> Option<Remark> {
    let until = data
        .fates
        .until
        .iter()
        .copied()
        .filter(|day| *day != UNDATED);
    let oldest = until.min()?;
    let newest = data.commits.day.iter().copied().max()?;
    let n = u64::try_from(i64::from(newest) - i64::from(oldest)).unwrap_or(0);
    remark(
        ("lines_stale", n * u64::from(n >= 14), None),
        format!(
            "lines were followed {} before the newest commit",
            words::counted(n, "day", "days")
        ),
        "rework and survival do not know what happened since",
        "`inward scan --lines` follows them anew",
    )
}

/// The paragraph of a text report; nothing without a remark.
pub(super) fn add(out: &mut String, remarks: &[Remark], width: usize) {
    if remarks.is_empty() {
        return;
    }
    out.push_str("WORTH KNOWING\n");
    for remark in remarks {
        let why = format!("why: {}", remark.matters);
        let next = format!("do: {}", remark.next);
        for (text, indent) in [(&remark.says, 2), (&why, 4), (&next, 4)] {
            out.push_str(&" ".repeat(indent));
            out.push_str(&wrap(text, width - indent, indent + 2));
        }
    }
    out.push('\n');
}
