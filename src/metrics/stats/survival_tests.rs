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

/// Forty groups of one to seven members that partly die together. The share is `predict` of
/// `KaplanMeierFitter().fit(ages, died, weights)` of lifelines 0.30.3; the ends come from the jackknife that
/// leaves out each group in turn, by the same fitter, in the same scale. What is used here is its
/// limit, so they agree to a hundredth; the bootstrap over groups gave 0.44 to 0.69 at day 45.
#[test]
fn groups_spread_as_far_as_the_jackknife_over_groups_says() {
    let mut exits = Vec::new();
    for group in 0..40 {
        let members = 1 + group % 7;
        let died = group * 5 % (members + 1);
        let (after, end) = (group * 13 % 50, 30 + group * 17 % 60);
        exits.push(Exit {
            group,
            after,
            died,
            left: 0,
        });
        exits.push(Exit {
            group,
            after: end,
            died: 0,
            left: members - died,
        });
    }
    let curve = kaplan_meier(&exits, 100);
    for (day, share, low, high) in [
        (20, 0.780_645_161_290_322_7, 0.6299, 0.8757),
        (45, 0.562_011_047_607_069_2, 0.4281, 0.6762),
    ] {
        assert!((curve.at(day).unwrap().share - share).abs() < 1e-12);
        let found = curve.interval(day).unwrap();
        assert!((found.0 - low).abs() < 0.01, "{day} {found:?}");
        assert!((found.1 - high).abs() < 0.01, "{day} {found:?}");
    }
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
