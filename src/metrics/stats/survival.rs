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
        (day.at_risk > 0 || over).then_some(Alive {
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
        let by_age: Vec<(f64, f64)> = self.days.iter().enumerate().map(moved).collect();
        let beyond = by_age.last().copied().unwrap_or_default();
        let (mut all, mut own, mut group) = (0.0_f64, 0.0, None);
        for exit in self.exits {
            if group.replace(exit.group) != Some(exit.group) {
                all += own * own;
                own = 0.0;
            }
            let (left, died) = by_age.get(exit.after as usize).copied().unwrap_or(beyond);
            own += f64::from(exit.left) * left + f64::from(exit.died) * died;
        }
        all + own * own
    }
}

#[cfg(test)]
#[path = "survival_tests.rs"]
mod tests;
