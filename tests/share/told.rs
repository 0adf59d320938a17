//! From a handover nothing of hours, days or volume can be told that its bands do not tell.

use std::collections::BTreeSet;

use inward::share::{Form, Given, Known, LineId, Profile, Summary, Window, facts, lines, render};

use super::attacker::error;
use super::team::{Member, Team, calendar, team, windows};

/// A summary of `profile` about `window` with every line that there is.
pub(crate) fn everything(member: &Member, window: Window) -> Summary {
    let facts = facts(&member.data, &calendar(), window);
    let all = lines(Profile::Handover, &facts).into_iter();
    let chosen: BTreeSet<LineId> = all.map(|line| line.id).collect();
    let known = Known::default();
    Summary::of((Profile::Handover, window), &facts, &chosen, (&[], &known)).unwrap()
}

/// Something of one quarter of one engineer.
type Asked = fn(&Member, Window) -> f64;

/// What is to be found out.
pub(crate) const ASKED: [(&str, Asked); 3] = [
    ("commits", |one, window| {
        f64::from(one.commits(window.range()))
    }),
    ("active days", |one, window| {
        one.active_days(window.range()) as f64
    }),
    ("commits after hours", |one, window| {
        one.late(window.range()) as f64
    }),
];

/// The mean error of a guess by nothing, by the bands, by the file, and by exact daily counts.
pub(crate) fn errors(team: &Team, asked: Asked) -> [f64; 4] {
    let mut truth = Vec::new();
    let (mut nothing, mut bands, mut files, mut exact) = (vec![], vec![], vec![], vec![]);
    for window in windows() {
        for member in &team.members {
            let summary = everything(member, window);
            let given: Vec<Given> = summary.given();
            truth.push(asked(member, window));
            nothing.push(());
            bands.push((window, given));
            files.push(render(&summary, Form::Markdown));
            exact.push(asked(member, window).to_bits());
        }
    }
    [
        error(&nothing, &truth),
        error(&bands, &truth),
        error(&files, &truth),
        error(&exact, &truth),
    ]
}

#[test]
fn a_handover_tells_no_more_of_hours_days_or_volume_than_its_bands() {
    let team = team(1);
    for (name, asked) in ASKED {
        let [nothing, bands, file, exact] = errors(&team, asked);
        assert!(exact < nothing / 2.0, "{name}: the attacker does not work");
        assert_eq!(
            file, bands,
            "{name}: the file tells something beside its bands"
        );
        assert!(file > exact, "{name}: {file}");
    }
}

#[test]
fn two_people_of_one_band_and_other_days_give_the_same_bytes() {
    let team = team(4);
    let mut pairs = 0;
    for window in windows() {
        for (at, one) in team.members.iter().enumerate() {
            for two in &team.members[at + 1..] {
                let (first, second) = (everything(one, window), everything(two, window));
                let same = first.given() == second.given();
                for form in Form::ALL {
                    assert_eq!(render(&first, form) == render(&second, form), same);
                }
                let range = window.range();
                pairs += usize::from(same && one.active_days(range) != two.active_days(range));
            }
        }
    }
    assert!(pairs > 20, "hardly two people were alike: {pairs}");
}
