use super::*;
use proptest::prelude::*;

const RISE: [f64; 12] = [3., 5., 4., 6., 2., 7., 6., 9., 8., 7., 11., 10.];
const NOISE: [f64; 12] = [12., 18., 25., 9., 14., 22., 30., 17., 11., 19., 24., 16.];
const TIES: [f64; 15] = [0., 0., 1., 0., 2., 2., 1., 3., 2., 3., 3., 4., 2., 5., 4.];

fn weeks(values: &[f64]) -> Vec<(f64, f64)> {
    let x = (0_u32..).map(f64::from);
    x.zip(values.iter().copied()).collect()
}

fn close(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-9, "{found} {expected}");
}

/// `pymannkendall.original_test(y)` of pymannkendall 1.4.3 (`s`, `var_s`, `z`, `slope`) and
/// `scipy.stats.theilslopes(y, x, 0.95)` of `SciPy` 1.17.1 (the ends).
#[test]
fn test_and_slope_are_those_of_pymannkendall_and_scipy() {
    let (third, two) = (1.0 / 3.0, 2.0 / 3.0);
    for (values, s, variance, z, slope, low, high) in [
        (
            &RISE[..],
            44.0,
            210.0 + two,
            2.962_583_118_526_333_6,
            0.651_515_151_515_151_5,
            0.4,
            1.0,
        ),
        (
            &NOISE[..],
            8.0,
            212.0 + two,
            0.480_007_836_926_619_14,
            0.4,
            -1.0,
            1.0 + two,
        ),
        (
            &TIES[..],
            73.0,
            390.0 + third,
            3.644_304_658_982_394_4,
            third,
            0.2,
            3.0 / 7.0,
        ),
    ] {
        let points = weeks(values);
        let test = mann_kendall(&points);
        close(test.s, s);
        close(test.variance, variance);
        close(test.z, z);
        let found = theil_sen(&points).unwrap();
        close(found.slope, slope);
        close(found.low, low);
        close(found.high, high);
    }
    assert_eq!(trend(&weeks(&NOISE)), Trend::NoChange);
    let Trend::Rising(slope) = trend(&weeks(&TIES)) else {
        panic!("rising")
    };
    close(slope, third);
}

/// Gaps and equal times: `scipy.stats.kendalltau(x, y, method='asymptotic')` of `SciPy` 1.17.1 gives
/// the variance (S / z)² (it corrects for ties, not for continuity), `theilslopes` the slope.
#[test]
fn points_at_the_same_time_say_nothing_about_each_other() {
    let x = [0., 0., 1., 2., 2., 3., 5., 6., 8., 8., 9., 11.];
    let y = [5.5, 7., 6., 9., 8., 8.5, 10., 9.5, 12., 11., 14., 13.];
    let points: Vec<(f64, f64)> = x.into_iter().zip(y).collect();
    let test = mann_kendall(&points);
    close(test.s, 55.0);
    close(test.variance, 209.0 + 2.0 / 3.0);
    let slope = theil_sen(&points).unwrap();
    close(slope.slope, 2.0 / 3.0);
    close(slope.low, 0.5);
    close(slope.high, 0.9);
    let y = [5., 5., 6., 9., 8., 8., 10., 9., 12., 12., 14., 12.];
    let both: Vec<(f64, f64)> = x.into_iter().zip(y).collect();
    let test = mann_kendall(&both);
    close(test.s, 53.0);
    close(test.variance, 203.272_727_272_727_22);
}

#[test]
fn too_few_points_and_even_ones_are_no_trend() {
    assert_eq!(trend(&[]), Trend::TooFew { have: 0, need: 10 });
    assert_eq!(
        trend(&weeks(&RISE[..9])),
        Trend::TooFew { have: 9, need: 10 }
    );
    assert_eq!(trend(&weeks(&[4.0; 30])), Trend::NoChange);
    assert_eq!(trend(&[(3.0, 1.0); 30]), Trend::NoChange);
    assert_eq!(theil_sen(&[(3.0, 1.0), (3.0, 2.0)]), None);
}

#[test]
fn weeks_of_zero_with_a_late_few_rise_by_too_little_to_name() {
    let mut values = [0.0; 30];
    for (at, value) in [(24, 1.0), (26, 1.0), (27, 2.0), (28, 1.0), (29, 2.0)] {
        values[at] = value;
    }
    let points = weeks(&values);
    assert!(mann_kendall(&points).z > Z95);
    assert_eq!(trend(&points), Trend::Rising(0.0));
}

#[test]
fn thousands_of_items_show_the_trend_that_is_in_them() {
    let noise = |n: u32| f64::from(n * 7_919 % 1_000);
    let flat: Vec<(f64, f64)> = (0..10_000)
        .map(|n| (f64::from(n) / 100.0, noise(n)))
        .collect();
    assert_eq!(trend(&flat), Trend::NoChange);
    let rising: Vec<(f64, f64)> = flat.iter().map(|(x, y)| (*x, y + 3.0 * x)).collect();
    let Trend::Rising(slope) = trend(&rising) else {
        panic!("rising")
    };
    assert!((slope - 3.0).abs() < 0.3, "{slope}");
}

fn turned(trend: Trend) -> Trend {
    match trend {
        Trend::Rising(slope) => Trend::Falling(-slope),
        Trend::Falling(slope) => Trend::Rising(-slope),
        other => other,
    }
}

proptest! {
    #[test]
    fn a_series_read_backwards_has_the_opposite_trend(
        values in prop::collection::vec(0_u32..40, 0..60), lift in -2.0_f64..2.0
    ) {
        let rise = |(at, value): (u32, &u32)| f64::from(*value) + lift * f64::from(at);
        let there: Vec<f64> = (0..).zip(&values).map(rise).collect();
        let back: Vec<f64> = there.iter().rev().copied().collect();
        match (trend(&weeks(&there)), turned(trend(&weeks(&back)))) {
            (Trend::Rising(a), Trend::Rising(b)) | (Trend::Falling(a), Trend::Falling(b)) => {
                prop_assert!((a - b).abs() < 1e-9);
            }
            (a, b) => prop_assert_eq!(a, b),
        }
    }

    #[test]
    fn the_order_of_points_and_the_height_of_values_change_nothing(
        values in prop::collection::vec(0_u32..40, 10..40), up in 0_u32..1_000
    ) {
        let plain = weeks(&values.iter().map(|v| f64::from(*v)).collect::<Vec<_>>());
        let mut moved: Vec<(f64, f64)> = plain.iter().map(|(x, y)| (*x, y + f64::from(up))).collect();
        moved.reverse();
        prop_assert_eq!(trend(&plain), trend(&moved));
    }

    #[test]
    fn the_slope_lies_in_its_interval(values in prop::collection::vec(-1e3_f64..1e3, 10..60)) {
        let found = theil_sen(&weeks(&values)).unwrap();
        prop_assert!(found.low <= found.slope && found.slope <= found.high);
    }
}
