//! Characters that are drawn instead of written: a line has to meet the line of the next cell,
//! and no font promises that.

use super::CELL;

/// A part of a cell, in pixels from its left upper corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Shape {
    /// Left, top, width, height; `share` of 16 of the ink.
    Rect {
        at: (f32, f32),
        size: (f32, f32),
        share: u16,
    },
    /// A filled circle: its middle and radius.
    Disc { at: (f32, f32), radius: f32 },
    /// A circle's line: its middle, radius, and which quarter of it (-1 or 1 along and down);
    /// (0, 0) is all of it.
    Ring {
        at: (f32, f32),
        radius: f32,
        part: (i8, i8),
    },
    /// A filled corner-to-corner shape.
    Corners(&'static [(f32, f32)]),
}

/// How thick a line is.
pub(super) const LINE: f32 = 2.0;
/// How thick a heavy one is.
const HEAVY: f32 = 4.0;

const W: f32 = 12.0;
const H: f32 = 24.0;
/// How big a dot of braille is: near enough to its neighbours to make a line of them.
const DOT: f32 = 2.3;
const MIDDLE: (f32, f32) = (W / 2.0, H / 2.0);

/// The shapes of `symbol`; `None` for one that is written.
pub(super) fn of(symbol: &str) -> Option<Vec<Shape>> {
    debug_assert_eq!(CELL, (12, 24), "the shapes are made for this cell");
    let mut letters = symbol.chars();
    let (one, None) = (letters.next()?, letters.next()) else {
        return None;
    };
    braille(one)
        .or_else(|| block(one))
        .or_else(|| line(one))
        .or_else(|| mark(one))
}

fn rect(left: f32, top: f32, width: f32, height: f32) -> Shape {
    Shape::Rect {
        at: (left, top),
        size: (width, height),
        share: super::inks::FULL,
    }
}

fn braille(letter: char) -> Option<Vec<Shape>> {
    /// Column and row of each bit.
    const DOTS: [(u8, u8); 8] = [
        (0, 0),
        (0, 1),
        (0, 2),
        (1, 0),
        (1, 1),
        (1, 2),
        (0, 3),
        (1, 3),
    ];
    let bits = u32::from(letter).checked_sub(0x2800)?;
    let bits = u8::try_from(bits).ok()?;
    let set = DOTS
        .iter()
        .enumerate()
        .filter(|(bit, _)| bits >> bit & 1 == 1);
    let dot = |(_, (column, row)): (usize, &(u8, u8))| Shape::Disc {
        at: (3.0 + 6.0 * f32::from(*column), 3.0 + 6.0 * f32::from(*row)),
        radius: DOT,
    };
    Some(set.map(dot).collect())
}

fn block(letter: char) -> Option<Vec<Shape>> {
    let share = |share| Shape::Rect {
        at: (0.0, 0.0),
        size: (W, H),
        share,
    };
    let eighths = |from: u32| {
        let steps = u32::from(letter).abs_diff(from);
        u16::try_from(steps).map_or(0.0, f32::from)
    };
    let one = match letter {
        '▀' => rect(0.0, 0.0, W, H / 2.0),
        '▁'..='█' => {
            let height = H / 8.0 * eighths(0x2580);
            rect(0.0, H - height, W, height)
        }
        '▉'..='▏' => rect(0.0, 0.0, W / 8.0 * eighths(0x2590), H),
        '▐' => rect(W / 2.0, 0.0, W / 2.0, H),
        '░' => share(4),
        '▒' => share(8),
        '▓' => share(12),
        '▔' => rect(0.0, 0.0, W, H / 8.0),
        '▕' => rect(W - W / 8.0, 0.0, W / 8.0, H),
        _ => return quadrants(letter),
    };
    Some(vec![one])
}

/// Quarters of a cell: which of left-upper, right-upper, left-lower, right-lower are filled.
fn quadrants(letter: char) -> Option<Vec<Shape>> {
    const SET: [u8; 10] = [
        0b0100, 0b1000, 0b0001, 0b1101, 0b1001, 0b0111, 0b1011, 0b0010, 0b0110, 0b1110,
    ];
    let at = u32::from(letter).checked_sub(0x2596)?;
    let set = *SET.get(usize::try_from(at).ok()?)?;
    let quarter = |at: u8| {
        let (right, lower) = (f32::from(at & 1), f32::from(at >> 1));
        rect(right * W / 2.0, lower * H / 2.0, W / 2.0, H / 2.0)
    };
    let filled = (0..4).filter(|at| set >> at & 1 == 1);
    Some(filled.map(quarter).collect())
}

/// Which arms of a cross a line has: left, right, up, down.
fn line(letter: char) -> Option<Vec<Shape>> {
    let (arms, thick) = match letter {
        '─' => ("lr", LINE),
        '│' => ("ud", LINE),
        '┌' => ("rd", LINE),
        '┐' => ("ld", LINE),
        '└' => ("ru", LINE),
        '┘' => ("lu", LINE),
        '├' => ("rud", LINE),
        '┤' => ("lud", LINE),
        '┬' => ("lrd", LINE),
        '┴' => ("lru", LINE),
        '┼' => ("lrud", LINE),
        '╴' => ("l", LINE),
        '╵' => ("u", LINE),
        '╶' => ("r", LINE),
        '╷' => ("d", LINE),
        '━' => ("lr", HEAVY),
        '┃' => ("ud", HEAVY),
        _ => return bent(letter).or_else(|| broken(letter)),
    };
    Some(arms.chars().map(|arm| half(arm, thick)).collect())
}

/// One arm, from the middle to the edge.
fn half(arm: char, thick: f32) -> Shape {
    let (along, across) = (MIDDLE.0 + thick / 2.0, MIDDLE.1 + thick / 2.0);
    match arm {
        'l' => rect(0.0, across - thick, along, thick),
        'r' => rect(along - thick, across - thick, W - along + thick, thick),
        'u' => rect(along - thick, 0.0, thick, across),
        _ => rect(along - thick, across - thick, thick, H - across + thick),
    }
}

/// Round corners: a quarter of a circle, and what is left of the upright arm.
fn bent(letter: char) -> Option<Vec<Shape>> {
    let (right, down) = match letter {
        '╭' => (true, true),
        '╮' => (false, true),
        '╰' => (true, false),
        '╯' => (false, false),
        _ => return None,
    };
    let radius = W / 2.0;
    let at = (
        if right { W } else { 0.0 },
        if down {
            H / 2.0 + radius
        } else {
            H / 2.0 - radius
        },
    );
    let part = (if right { -1 } else { 1 }, if down { -1 } else { 1 });
    let rest = H / 2.0 - radius;
    let top = if down { H - rest } else { 0.0 };
    Some(vec![
        Shape::Ring { at, radius, part },
        rect(MIDDLE.0 - LINE / 2.0, top, LINE, rest),
    ])
}

/// Lines with gaps: as many strokes a cell as the character has.
fn broken(letter: char) -> Option<Vec<Shape>> {
    let (strokes, upright) = match letter {
        '╌' => (2_u8, false),
        '┄' => (3, false),
        '┈' => (4, false),
        '╎' => (2, true),
        '┆' => (3, true),
        '┊' => (4, true),
        _ => return None,
    };
    let length = if upright { H } else { W } / f32::from(strokes);
    let stroke = |n: u8| {
        let from = length * (f32::from(n) + 0.2);
        let long = length * 0.6;
        if upright {
            rect(MIDDLE.0 - LINE / 2.0, from, LINE, long)
        } else {
            rect(from, MIDDLE.1 - LINE / 2.0, long, LINE)
        }
    };
    Some((0..strokes).map(stroke).collect())
}

/// Marks that fonts draw in all sizes.
fn mark(letter: char) -> Option<Vec<Shape>> {
    let one = match letter {
        '▸' | '▶' => Shape::Corners(&[(2.5, 6.5), (10.5, 12.0), (2.5, 17.5)]),
        '◂' | '◀' => Shape::Corners(&[(9.5, 6.5), (1.5, 12.0), (9.5, 17.5)]),
        '▴' | '▲' => Shape::Corners(&[(6.0, 7.0), (11.0, 17.0), (1.0, 17.0)]),
        '▾' | '▼' => Shape::Corners(&[(1.0, 8.0), (11.0, 8.0), (6.0, 18.0)]),
        '◆' => Shape::Corners(&[(6.0, 6.5), (11.0, 12.0), (6.0, 17.5), (1.0, 12.0)]),
        '■' => rect(1.0, 7.0, 10.0, 10.0),
        '▪' => rect(3.0, 9.0, 6.0, 6.0),
        '●' => Shape::Disc {
            at: MIDDLE,
            radius: 4.5,
        },
        '•' => Shape::Disc {
            at: MIDDLE,
            radius: 3.0,
        },
        '·' => Shape::Disc {
            at: MIDDLE,
            radius: 1.5,
        },
        '○' => Shape::Ring {
            at: MIDDLE,
            radius: 4.0,
            part: (0, 0),
        },
        '◌' => return Some(dotted()),
        _ => return None,
    };
    Some(vec![one])
}

/// A circle of eight dots.
fn dotted() -> Vec<Shape> {
    const AROUND: [(f32, f32); 8] = [
        (4.0, 0.0),
        (2.8, 2.8),
        (0.0, 4.0),
        (-2.8, 2.8),
        (-4.0, 0.0),
        (-2.8, -2.8),
        (0.0, -4.0),
        (2.8, -2.8),
    ];
    let dot = |(x, y): (f32, f32)| Shape::Disc {
        at: (MIDDLE.0 + x, MIDDLE.1 + y),
        radius: 1.2,
    };
    AROUND.into_iter().map(dot).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_reach_the_edge_where_the_next_cell_goes_on() {
        for (letter, edges) in [
            ('─', [true, true, false, false]),
            ('│', [false, false, true, true]),
            ('┤', [true, false, true, true]),
            ('╰', [false, true, true, false]),
        ] {
            let shapes = of(&letter.to_string()).unwrap();
            let reaches = |left: f32, top: f32| {
                shapes
                    .iter()
                    .any(|shape| super::super::raster::covers(*shape, left, top))
            };
            let middle = [
                reaches(0.1, 12.0),
                reaches(11.9, 12.0),
                reaches(6.0, 0.1),
                reaches(6.0, 23.9),
            ];
            assert_eq!(middle, edges, "{letter}");
        }
    }

    #[test]
    fn braille_has_a_dot_for_each_bit_and_blocks_grow_by_eighths() {
        assert_eq!(of("⠀").unwrap(), []);
        assert_eq!(of("⣿").unwrap().len(), 8);
        assert_eq!(
            of("⡀").unwrap()[0],
            Shape::Disc {
                at: (3.0, 21.0),
                radius: DOT
            }
        );
        let tops: Vec<f32> = "▁▂▃▄▅▆▇█"
            .chars()
            .map(|one| match of(&one.to_string()).unwrap()[0] {
                Shape::Rect { at, .. } => at.1,
                _ => f32::NAN,
            })
            .collect();
        assert_eq!(tops, [21.0, 18.0, 15.0, 12.0, 9.0, 6.0, 3.0, 0.0]);
        assert_eq!(of("a"), None);
        assert_eq!(of("ab"), None);
    }
}
