//! When the next things will be done: a Monte Carlo forecast from weekly throughput (N. Metropolis
//! and S. Ulam, The Monte Carlo Method, Journal of the American Statistical Association 44, 1949;
//! for work items T. Magennis, Forecasting and Simulating Software Development Projects, 2011, and
//! D. S. Vacanti, Actionable Agile Metrics for Predictability, 2015).
//!
//! Each run draws week after week from those that were, weeks of nothing included, until enough is
//! done. It asks one thing of the future: that its weeks are like these.

use super::random::SplitMix64;
use super::{FORECAST_FROM, STATISTIC_FROM};

/// Runs of a forecast.
const RUNS: usize = 10_000;
/// The seed of every forecast.
const SEED: u64 = 0x1949_0001;

/// Weeks beyond which no forecast is given: five years.
pub const LONGEST_FORECAST: u32 = 260;

/// Weeks that were, ready to be drawn from.
#[derive(Clone, Debug)]
pub struct Forecast {
    weeks: Vec<u32>,
}

impl Forecast {
    /// A forecast from the throughput of whole `weeks`, those of nothing included; `None` below 8
    /// weeks, or below 5 things done in all of them.
    pub fn new(weeks: &[u32]) -> Option<Self> {
        let done: u64 = weeks.iter().map(|week| u64::from(*week)).sum();
        let enough = weeks.len() as u64 >= FORECAST_FROM && done >= STATISTIC_FROM;
        enough.then(|| Self {
            weeks: weeks.to_vec(),
        })
    }

    /// The number of weeks within which `items` more are done with each chance of `chances` (0 to
    /// 1): the first week by the end of which at least that share of runs is there. `None` for one
    /// that lies beyond [`LONGEST_FORECAST`].
    pub fn weeks_for<const N: usize>(&self, items: u32, chances: [f64; N]) -> [Option<u32>; N] {
        let longest = LONGEST_FORECAST as usize;
        let mut ends = vec![0_usize; longest + 1];
        for mut run in runs() {
            let (mut done, mut week) = (0_u64, 0);
            while done < u64::from(items) && week <= longest {
                done += self.draw(&mut run);
                week += 1;
            }
            if let Some(end) = ends.get_mut(week) {
                *end += 1;
            }
        }
        let within = |chance: f64| {
            let mut there = 0;
            let reached = |end: &usize| {
                there += end;
                there as f64 >= chance * RUNS as f64
            };
            u32::try_from(ends.iter().position(reached)?).ok()
        };
        chances.map(within)
    }

    /// How many are done within `weeks` with each chance of `chances` (0 to 1): the largest number
    /// that at least that share of runs reaches.
    pub fn done_in<const N: usize>(&self, weeks: u32, chances: [f64; N]) -> [u64; N] {
        let done = |mut run: SplitMix64| (0..weeks).map(|_| self.draw(&mut run)).sum();
        let mut all: Vec<u64> = runs().map(done).collect();
        all.sort_unstable_by(|a, b| b.cmp(a));
        chances.map(|chance| {
            let mut counted = (1_u32..).zip(&all);
            let needed = counted.find(|(n, _)| f64::from(*n) >= chance * RUNS as f64);
            needed.map_or(0, |(_, done)| *done)
        })
    }

    fn draw(&self, random: &mut SplitMix64) -> u64 {
        let at = random.below(self.weeks.len());
        self.weeks.get(at).copied().map_or(0, u64::from)
    }
}

/// The random numbers of each run. A run has its own, whatever the question, so that more items
/// never take it fewer weeks, and that both questions are answered from the same futures.
fn runs() -> impl Iterator<Item = SplitMix64> {
    let mut seeds = SplitMix64::new(SEED);
    (0..RUNS).map(move |_| SplitMix64::new(seeds.next_number()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CHANCES: [f64; 3] = [0.5, 0.85, 0.95];
    const STEADY: [u32; 10] = [0, 2, 3, 1, 0, 4, 2, 5, 1, 3];

    /// The exact distribution that runs draw from, by `numpy.convolve` of `NumPy` 2.4.6 over the
    /// shares of the weeks: the chance that N are done by week k passes 50, 85 and 95 % at these
    /// weeks (0.545, 0.874 and 0.960 for 25), and that many are done in k weeks.
    /// Questions whose exact chance lies within half a hundredth of its level are not asked: runs may
    /// fall to either side of it.
    #[test]
    fn forecasts_are_the_exact_ones_of_numpy() {
        let steady = Forecast::new(&STEADY).unwrap();
        for (items, expected) in [(1, [1, 2, 2]), (25, [12, 15, 17]), (60, [29, 33, 36])] {
            assert_eq!(
                steady.weeks_for(items, CHANCES),
                expected.map(Some),
                "{items}"
            );
        }
        for (weeks, expected) in [(1, [2, 0, 0]), (4, [8, 5, 3]), (10, [21, 16, 13])] {
            assert_eq!(steady.done_in(weeks, CHANCES), expected, "{weeks}");
        }
        let rare = Forecast::new(&[0, 0, 0, 7, 0, 0, 1, 0]).unwrap();
        for (items, expected) in [(1, [3, 7, 11]), (10, [12, 21, 28])] {
            assert_eq!(
                rare.weeks_for(items, CHANCES),
                expected.map(Some),
                "{items}"
            );
        }
        assert_eq!(rare.done_in(4, CHANCES), [1, 0, 0]);
    }

    #[test]
    fn a_forecast_takes_eight_weeks_and_five_things() {
        assert!(Forecast::new(&[3; 7]).is_none());
        assert!(Forecast::new(&[0; 20]).is_none());
        assert!(Forecast::new(&[0, 0, 0, 0, 1, 1, 1, 1]).is_none());
        let forecast = Forecast::new(&[3; 8]).unwrap();
        assert_eq!(forecast.weeks_for(7, CHANCES), [Some(3); 3]);
        assert_eq!(forecast.weeks_for(0, CHANCES), [Some(0); 3]);
        assert_eq!(forecast.done_in(4, CHANCES), [12; 3]);
        assert_eq!(forecast.done_in(0, CHANCES), [0; 3]);
    }

    #[test]
    fn what_lies_beyond_five_years_is_not_said() {
        let slow = Forecast::new(&[5, 0, 0, 0, 0, 0, 0, 0]).unwrap();
        assert_eq!(slow.weeks_for(100_000, CHANCES), [None; 3]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]
        #[test]
        fn more_items_and_more_certainty_take_longer(
            weeks in prop::collection::vec(0_u32..6, 8..30), items in 1_u32..12, more in 1_u32..6
        ) {
            let Some(forecast) = Forecast::new(&weeks) else { return Ok(()) };
            let few = forecast.weeks_for(items, CHANCES);
            let many = forecast.weeks_for(items + more, CHANCES);
            let order = |week: Option<u32>| week.unwrap_or(u32::MAX);
            for at in 0..3 {
                prop_assert!(order(few[at]) <= order(many[at]));
            }
            prop_assert!(order(few[0]) <= order(few[1]) && order(few[1]) <= order(few[2]));
            prop_assert_eq!(few, forecast.weeks_for(items, CHANCES));
            let done = forecast.done_in(items, CHANCES);
            prop_assert!(done[0] >= done[1] && done[1] >= done[2]);
            // Both questions have one answer: in those weeks that many are done, in fewer not.
            for (chance, week) in CHANCES.into_iter().zip(few) {
                let Some(week) = week else { continue };
                prop_assert!(forecast.done_in(week, [chance])[0] >= u64::from(items));
                prop_assert!(forecast.done_in(week - 1, [chance])[0] < u64::from(items));
            }
        }
    }
}
