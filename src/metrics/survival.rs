//! Survival: the share of my lines that are still there after a time.

use super::followed::{self, Followed, Unfollowed};
use super::metric::{Definition, Metric, Need};
use super::question::Question;
use super::select::Span;
use super::stats::{Alive, Exit, STATISTIC_FROM, kaplan_meier};
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Key, Rest, Rows, Shape, Unit, Verdict};
use crate::model::selection::Selection;

/// The share of lines alive after a month to a year.
pub(super) struct Survival;

/// Ages in days, with the names of their points.
const AGES: [(&str, u32); 4] = [("30 d", 30), ("90 d", 90), ("180 d", 180), ("365 d", 365)];
/// The greatest of them.
const LAST: u32 = 365;

impl Metric for Survival {
    fn id(&self) -> &'static str {
        "survival"
    }

    fn title(&self) -> &'static str {
        "Lines still there"
    }

    fn unit(&self) -> Unit {
        Unit::Share
    }

    fn definition(&self) -> Definition {
        Definition {
            asked: &[
                ("Is long life quality?", "No. Dead code lives longest."),
                (
                    "One year compared with 30 days?",
                    "The figure names the age it is about, and the period before is read at the same age.",
                ),
            ],
            rule: "Of the lines that my commits of the range brought to the default branch, the share \
                   still there, unchanged, after 30, 90, 180 and 365 days (the points `30 d` to \
                   `365 d`): a Kaplan-Meier estimate, so that young lines count for as long as they \
                   have been followed. A point needs 5 commits that were followed for so long; its n \
                   is their number. The value is that of the greatest age with a point, which \
                   `age_days` tells; the interval takes the lines of one commit as one. Always over \
                   the whole range, whatever cut is asked.",
            formula: "survival(t) = product over days d <= t of (1 - lines gone at age d / lines followed to age d)",
            needs: &[Need::Lines],
            source: "E. L. Kaplan and P. Meier, Nonparametric Estimation from Incomplete Observations \
                     (1958); of lines of code: git-of-theseus (E. Bernhardsson, 2016).",
            misleads: "A line that stays is not a good line: dead code lives longest. A new project \
                       turns over fast, an old one slowly, whoever writes. Moved files and new \
                       formatting end lines that mean the same, where they are not recognised. A \
                       range that holds few young lines and one that holds many are not comparable \
                       at the greatest age; the period before is read at the same age.",
            left_out: "Commits whose lines were not followed (`not_followed`: on no default branch, in \
                       no counted file, or newer than the last pass), whose lines are said to have gone \
                       before they came (`backwards`); mass reformatting, merges, twins, swallowed \
                       commits, excluded and undated ones. All in commits.",
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        let question = Question::of_lines(data, selection, calendar);
        let mut figure = question.blank(self, Shape::Distribution);
        if !followed::any(&data.fates) {
            return figure;
        }
        let found = collect(&question, question.span());
        figure.n = found.seen.len() as u64;
        figure.left_out = found.unfollowed.reasons(&question);
        let of = figure.n + found.unfollowed.not_followed;
        if of > 0 {
            let (what, n) = ("followed_commits", figure.n);
            figure.rests_on.push(Rest { what, n, of });
        }
        let curve = kaplan_meier(&found.exits, LAST);
        let mut greatest = None;
        for (name, age) in AGES {
            let n = found.followed_for(age);
            let alive = curve.at(age).filter(|_| n >= STATISTIC_FROM);
            let share = alive.map(|alive| alive.share);
            figure.points.push(question.part(Key::Name(name), share, n));
            greatest = alive.map(|alive| (age, alive)).or(greatest);
        }
        let Some((age, alive)) = greatest else {
            figure.verdict = Verdict::TooFew {
                have: found.followed_for(AGES[0].1),
                need: STATISTIC_FROM,
            };
            return figure;
        };
        figure.value = Some(alive.share);
        figure.interval = curve.interval(age);
        figure.rests_on.push(Rest {
            what: "age_days",
            n: u64::from(age),
            of: u64::from(LAST),
        });
        figure.previous = question.previous(|span| {
            let found = collect(&question, span);
            let share = found.at(age).map(|alive| alive.share);
            (share, found.seen.len() as u64)
        });
        figure
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        let question = Question::of_lines(data, selection, calendar);
        let mut rows = Vec::new();
        followed::each(&question, question.span(), |followed| {
            rows.extend(u32::try_from(followed.index));
        });
        Rows::Commits(rows)
    }
}

#[derive(Default)]
struct Found {
    exits: Vec<Exit>,
    /// For how many days each commit was followed.
    seen: Vec<i32>,
    unfollowed: Unfollowed,
}

fn collect(question: &Question<'_>, span: Span) -> Found {
    let mut found = Found::default();
    // Most of the room is only touched when it is used.
    let fates = &question.data.fates;
    found.exits.reserve(fates.died.len() + fates.born.len());
    let (exits, seen) = (&mut found.exits, &mut found.seen);
    found.unfollowed = followed::each(question, span, |followed| {
        seen.push(followed.seen());
        push(exits, &followed);
    });
    found
}

/// Appends what is known of the lines of one commit.
fn push(exits: &mut Vec<Exit>, followed: &Followed<'_>) {
    let group = u32::try_from(followed.index).unwrap_or(u32::MAX);
    let age = |day: i32| u32::try_from(day.saturating_sub(followed.day)).unwrap_or(0);
    let mut left = followed.born;
    // What went on the day that is not over is not yet known to be all that did.
    for one in followed
        .died
        .iter()
        .filter(|one| one.day <= followed.known_to)
    {
        let died = one.lines.min(left);
        left -= died;
        let after = age(one.day);
        exits.push(Exit {
            group,
            after,
            died,
            left: 0,
        });
    }
    let after = age(followed.known_to);
    exits.push(Exit {
        group,
        after,
        died: 0,
        left,
    });
}

impl Found {
    fn followed_for(&self, days: u32) -> u64 {
        let long = |seen: &&i32| u32::try_from(**seen).is_ok_and(|seen| seen >= days);
        self.seen.iter().filter(long).count() as u64
    }

    fn at(&self, age: u32) -> Option<Alive> {
        let enough = self.followed_for(age) >= STATISTIC_FROM;
        let alive = kaplan_meier(&self.exits, LAST).at(age);
        alive.filter(|_| enough)
    }
}
