use super::*;

fn luminance(ink: Ink) -> f64 {
    let part = |shift: u32| {
        let value = f64::from(ink.0 >> shift & 0xFF) / 255.0;
        if value <= 0.039_28 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * part(16) + 0.7152 * part(8) + 0.0722 * part(0)
}

fn contrast(a: Ink, b: Ink) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The nearest that a terminal with 256 colours shows.
fn twin(ink: Ink) -> Ink {
    let index = u32::from(ink.1);
    if index >= 232 {
        return Ink((8 + 10 * (index - 232)) * 0x0001_0101, ink.1);
    }
    let step = |n: u32| if n == 0 { 0 } else { 55 + 40 * n };
    let at = index - 16;
    let value = step(at / 36) << 16 | step(at / 6 % 6) << 8 | step(at % 6);
    Ink(value, ink.1)
}

const OWN: [(&str, Palette); 3] = [("dark", DARK), ("light", LIGHT), ("contrast", CONTRAST)];

/// Every ink that words are written in.
fn words(palette: &Palette) -> [(&'static str, Ink); 6] {
    [
        ("text", palette.text),
        ("muted", palette.muted),
        ("accent", palette.accent),
        ("second", palette.second),
        ("worth", palette.worth),
        ("failed", palette.failed),
    ]
}

#[test]
fn text_has_contrast_enough_and_amounts_can_be_seen() {
    for (name, palette) in OWN {
        for shown in [|ink| ink, twin] {
            let ground = shown(palette.ground);
            let least = if name == "contrast" { 7.0 } else { 4.5 };
            for (word, ink) in words(&palette) {
                let ink = shown(ink);
                let told = contrast(ink, ground);
                assert!(told >= least, "{name}: {word} {ink:?} {told:.2}");
                let told = contrast(ink, shown(palette.band));
                assert!(told >= 3.0, "{name}: {word} {ink:?} on the band {told:.2}");
            }
            for (under, on) in [
                ("chosen", shown(palette.chosen)),
                ("band", shown(palette.band)),
            ] {
                let told = contrast(shown(palette.text), on);
                assert!(told >= 4.5, "{name}: text on {under} {told:.2}");
            }
            let mut before = 1.0;
            for ink in palette.ramp.map(shown) {
                let told = contrast(ink, ground);
                assert!(told >= 3.0, "{name}: an amount {ink:?} {told:.2}");
                assert!(told > before * 1.05, "{name}: {ink:?} is no step up");
                before = told;
            }
        }
    }
}

/// The colour as eyes see it that lack the cones for red (0) or for green (1), in linear light
/// (Viénot, Brettel and Mollon 1999).
fn seen_without(cone: usize, ink: Ink) -> [f64; 3] {
    let part = |shift: u32| f64::from(ink.0 >> shift & 0xFF) / 255.0;
    let [red, green, blue] = [part(16), part(8), part(0)].map(|value| value.powf(2.2));
    let (a, b) = [(0.112_38, 0.887_62), (0.292_75, 0.707_25)][cone];
    let yellow = a * red + b * green;
    let c = [0.004_01, 0.022_34][cone];
    [yellow, yellow, c * (red - green) + blue]
}

/// Linear light under D65 in CIE Lab.
fn lab([red, green, blue]: [f64; 3]) -> [f64; 3] {
    let xyz = [
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
    ];
    let bent = |part: f64| {
        if part > 0.008_856 {
            part.cbrt()
        } else {
            7.787 * part + 16.0 / 116.0
        }
    };
    let [x, y, z] = xyz.map(bent);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// How far apart two colours look, in CIE Lab.
fn apart(a: [f64; 3], b: [f64; 3]) -> f64 {
    let (one, other) = (lab(a), lab(b));
    let squares = one.into_iter().zip(other).map(|(a, b)| (a - b).powi(2));
    squares.sum::<f64>().sqrt()
}

#[test]
fn what_stands_side_by_side_can_be_told_apart_without_red_or_green() {
    for (name, palette) in OWN {
        for cone in [0, 1] {
            let seen = |ink| seen_without(cone, ink);
            for (one, other) in [
                (palette.accent, palette.second),
                (palette.accent, palette.worth),
                (palette.accent, palette.failed),
            ] {
                let told = apart(seen(one), seen(other));
                assert!(told >= 20.0, "{name}: {one:?} and {other:?}: {told:.1}");
            }
            for pair in palette.ramp.windows(2) {
                let told = apart(seen(pair[0]), seen(pair[1]));
                assert!(told >= 7.0, "{name}: steps {pair:?}: {told:.1}");
            }
        }
    }
}
