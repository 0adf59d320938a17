//! How many of those that were born are alive after a time: the Kaplan-Meier estimate (E. L. Kaplan
//! and P. Meier, Nonparametric Estimation from Incomplete Observations, Journal of the American
//! Statistical Association 53, 1958), with a log-log 95 % interval (J. D. Kalbfleisch and
//! R. L. Prentice, The Statistical Analysis of Failure Time Data, 1980).
//!
//! The variance is that of groups that share a fate: the lines of one commit die together, and
//! counted one by one they would promise an interval many times too narrow (R. L. Williams,
//! Product-Limit Survival Functions with Correlated Survival Times, Lifetime Data Analysis 1,
//! 1995). Where every group has one member it is Greenwood's.

use super::Z95;

/// Members of one group that were last seen at one age.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exit {
    /// Their group; entries of one group stand together.
    pub group: u32,
    /// Their age, in whole days.
    pub after: u32,
    /// How many died at it.
    pub died: u32,
    /// How many were alive at it when nothing more is known of them.
    pub left: u32,
}

/// What is known of one age.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Alive {
    /// The share that is alive after it, from 0 to 1.
    pub share: f64,
    /// How many were seen up to this age.
    pub at_risk: u64,
}

/// The estimate up to its last day.
#[derive(Clone, Debug)]
pub struct Curve<'a> {
    exits: &'a [Exit],
    days: Vec<Day>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Day {
    died: u64,
    left: u64,
    at_risk: u64,
    /// The share alive at its end.
    share: f64,
    /// What one death on it weighs: 1 / (at risk - died); 0 where nobody stays.
    weight: f64,
    /// What being at risk up to and on it weighs: the sum of hazard times weight.
    passed: f64,
}

/// The estimate from `exits`; what is older than `last` days is taken as seen up to there.
pub fn kaplan_meier(exits: &[Exit], last: u32) -> Curve<'_> {
    let last = last as usize;
    let mut days = vec![Day::default(); last + 2];
    for exit in exits {
        let at = exit.after as usize;
        if at <= last {
            days[at].died += u64::from(exit.died);
            days[at].left += u64::from(exit.left);
        } else {
            days[last + 1].left += u64::from(exit.died) + u64::from(exit.left);
        }
    }
    let mut at_risk: u64 = days.iter().map(|day| day.died + day.left).sum();
    let (mut share, mut passed) = (1.0, 0.0);
    for day in &mut days {
        day.at_risk = at_risk;
        if day.died > 0 {
            let hazard = day.died as f64 / at_risk as f64;
            share *= 1.0 - hazard;
            if at_risk > day.died {
                day.weight = 1.0 / (at_risk - day.died) as f64;
                passed += hazard * day.weight;
            }
        } else if at_risk > 0 {
            day.weight = 1.0 / at_risk as f64;
        }
        (day.share, day.passed) = (share, passed);
        at_risk -= day.died + day.left;
    }
    Curve { exits, days }
}

impl Curve<'_> {
    /// What is known of the age of `days`; `None` where nobody was seen up to it, and beyond the
    /// last day.
    pub fn at(&self, days: u32) -> Option<Alive> {
        let at = days as usize;
        let day = self.days.get(at).filter(|_| at + 1 < self.days.len())?;
        let over = day.share <= 0.0;
        (day.at_risk > 0 || over).then(|| Alive {
            share: day.share,
            at_risk: day.at_risk,
        })
    }

    /// The 95 % interval of the share at the age of `days`, in the scale of log(-log), which keeps it
    /// inside 0 to 1; `None` while nobody or everybody has died. One pass over all exits.
    pub fn interval(&self, days: u32) -> Option<(f64, f64)> {
        let share = self.at(days)?.share;
        let at = days as usize;
        if share <= 0.0 || share >= 1.0 {
            return None;
        }
        let log = share.ln();
        let spread = Z95 * self.variance(at).sqrt() / log.abs();
        Some((share.powf(spread.exp()), share.powf((-spread).exp())))
    }

    /// The variance of the logarithm of the share on day `at`: the sum over groups of the square of
    /// what each moves it by.
    fn variance(&self, at: usize) -> f64 {
        // What one member moves it by that was last seen at an age, alive or not.
        let moved = |(age, day): (usize, &Day)| {
            let seen = self.days.get(at).filter(|_| age > at).unwrap_or(day);
            let died = if age <= at { day.weight } else { 0.0 };
            (seen.passed, seen.passed - died)
        };
        let moves: Vec<(f64, f64)> = self.days.iter().enumerate().map(moved).collect();
        let beyond = moves.last().copied().unwrap_or_default();
        let (mut all, mut own, mut group) = (0.0_f64, 0.0, None);
        for exit in self.exits {
            if group.replace(exit.group) != Some(exit.group) {
                all += own * own;
                own = 0.0;
            }
            let (left, died) = moves.get(exit.after as usize).copied().unwrap_or(beyond);
            own += f64::from(exit.left) * left + f64::from(exit.died) * died;
        }
        all + own * own
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Ages, deaths and those left alive.
    const SEEN: [(u32, u32, u32); 14] = [
        (5, 3, 0),
        (5, 0, 2),
        (12, 2, 0),
        (30, 7, 0),
        (30, 0, 5),
        (45, 1, 0),
        (60, 4, 0),
        (90, 6, 3),
        (120, 2, 1),
        (180, 5, 0),
        (200, 0, 10),
        (365, 3, 0),
        (400, 0, 12),
        (400, 0, 0),
    ];

    /// Everyone a group of one.
    fn alone() -> Vec<Exit> {
        let mut out = Vec::new();
        for (after, died, left) in SEEN {
            for n in 0..died + left {
                let group = u32::try_from(out.len()).unwrap();
                let died = u32::from(n < died);
                out.push(Exit {
                    group,
                    after,
                    died,
                    left: 1 - died,
                });
            }
        }
        out
    }

    /// `KaplanMeierFitter(alpha=0.05).fit(durations, event_observed)` of lifelines 0.30.3: `predict`
    /// and `confidence_interval_survival_function_` (Greenwood, log-log).
    #[test]
    fn the_curve_and_its_interval_are_those_of_lifelines() {
        let exits = alone();
        assert_eq!(exits.len(), 66);
        let curve = kaplan_meier(&exits, 400);
        for (day, share, low, high) in [
            (
                5,
                0.954_545_454_545_454_8,
                0.865_668_489_539_422_8,
                0.985_109_801_424_621_9,
            ),
            (
                30,
                0.813_710_879_284_65,
                0.695_238_328_604_193_4,
                0.889_662_721_523_576,
            ),
            (
                90,
                0.623_267_907_537_178_8,
                0.488_439_971_536_629_44,
                0.732_022_653_991_063,
            ),
            (
                180,
                0.487_911_745_799_306_5,
                0.352_620_956_921_657_85,
                0.610_149_813_757_112,
            ),
            (
                365,
                0.390_329_396_639_445_2,
                0.248_614_204_114_257_6,
                0.529_474_681_609_511,
            ),
            (
                399,
                0.390_329_396_639_445_2,
                0.248_614_204_114_257_6,
                0.529_474_681_609_511,
            ),
        ] {
            let found = curve.at(day).unwrap();
            let interval = curve.interval(day).unwrap();
            assert!((found.share - share).abs() < 1e-12, "{day} {found:?}");
            assert!((interval.0 - low).abs() < 1e-9, "{day} {interval:?} {low}");
            assert!(
                (interval.1 - high).abs() < 1e-9,
                "{day} {interval:?} {high}"
            );
        }
        let early = curve.at(4).unwrap();
        assert_eq!(
            (early.share, curve.interval(4), early.at_risk),
            (1.0, None, 66)
        );
    }

    #[test]
    fn an_earlier_last_day_changes_nothing_before_it() {
        let exits = alone();
        let (long, short) = (kaplan_meier(&exits, 400), kaplan_meier(&exits, 90));
        assert_eq!(long.at(90), short.at(90));
        assert_eq!(short.at(91), None);
    }

    /// Ten groups, half of which die whole on day 3: the share is that of ten single ones, and so is
    /// the interval, however many members each group has.
    #[test]
    fn members_that_share_a_fate_promise_no_more_than_one() {
        let groups = |members: u32| -> Vec<Exit> {
            let fate = |group: u32| match group % 2 {
                0 => Exit {
                    group,
                    after: 3,
                    died: members,
                    left: 0,
                },
                _ => Exit {
                    group,
                    after: 9,
                    died: 0,
                    left: members,
                },
            };
            (0..10).map(fate).collect()
        };
        let (one, many) = (groups(1), groups(500));
        let (one, many) = (kaplan_meier(&one, 9), kaplan_meier(&many, 9));
        let (a, b) = (one.interval(5).unwrap(), many.interval(5).unwrap());
        let (one, many) = (one.at(5).unwrap(), many.at(5).unwrap());
        assert!((one.share - 0.5).abs() < 1e-12 && (many.share - 0.5).abs() < 1e-12);
        assert!(
            (a.0 - b.0).abs() < 1e-9 && (a.1 - b.1).abs() < 1e-9,
            "{a:?} {b:?}"
        );
    }

    #[test]
    fn nothing_is_known_beyond_the_oldest() {
        assert_eq!(kaplan_meier(&[], 30).at(0), None);
        let young = [Exit {
            group: 0,
            after: 7,
            died: 1,
            left: 3,
        }];
        let curve = kaplan_meier(&young, 30);
        assert!((curve.at(7).unwrap().share - 0.75).abs() < 1e-12);
        assert_eq!(curve.at(8), None);
        let gone = [Exit {
            group: 0,
            after: 7,
            died: 4,
            left: 0,
        }];
        let curve = kaplan_meier(&gone, 30);
        let found = curve.at(8).unwrap();
        assert_eq!((found.share, curve.interval(8)), (0.0, None));
    }

    proptest! {
        #[test]
        fn the_curve_never_rises_and_its_interval_holds_it(
            seen in prop::collection::vec((0_u32..60, 0_u32..20, 0_u32..20), 1..30)
        ) {
            let exits: Vec<Exit> = (0..)
                .zip(seen)
                .map(|(group, (after, died, left))| Exit { group, after, died, left })
                .collect();
            let curve = kaplan_meier(&exits, 60);
            let mut before = 1.0;
            for (day, found) in (0..=60).map_while(|day| Some((day, curve.at(day)?))) {
                prop_assert!(found.share <= before);
                before = found.share;
                if let Some((low, high)) = curve.interval(day) {
                    prop_assert!(0.0 <= low && low <= found.share + 1e-12);
                    prop_assert!(found.share <= high + 1e-12 && high <= 1.0);
                }
            }
        }
    }
}
