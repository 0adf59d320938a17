//! A picture as SVG: grounds, then shapes, then text. A run of text is stretched to its cells, so
//! that a reader's own font cannot move what follows it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::inks::{FULL, Ink};
use super::shapes::{self, LINE, Shape};
use super::{CELL, Cell, Picture};

/// Where letters stand, from the top of a cell.
const BASELINE: usize = 18;
const FONTS: &str =
    "'JetBrains Mono','DejaVu Sans Mono',Menlo,Consolas,'Liberation Mono',monospace";

/// The whole file.
pub(super) fn document(picture: &Picture) -> String {
    let (width, height) = picture.size();
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\" role=\"img\" font-family=\"{FONTS}\" \
         font-size=\"20\">\n<title>{}</title>\n",
        escaped(&picture.title)
    );
    push(
        &mut out,
        format_args!(
            "<rect width=\"{width}\" height=\"{height}\" fill=\"{}\"/>\n",
            picture.ground.hex()
        ),
    );
    grounds(&mut out, picture);
    drawn(&mut out, picture);
    written(&mut out, picture);
    out.push_str("</svg>\n");
    out
}

fn push(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing into a string cannot fail.
    out.write_fmt(text).ok();
}

/// Rectangles of one colour: those side by side are one.
#[derive(Default)]
struct Boxes {
    path: String,
    last: Option<[f32; 4]>,
}

impl Boxes {
    fn add(&mut self, [left, top, width, height]: [f32; 4]) {
        match &mut self.last {
            Some([from, at, long, high])
                if same(*at, top) && same(*high, height) && same(*from + *long, left) =>
            {
                *long += width;
            }
            _ => {
                self.end();
                self.last = Some([left, top, width, height]);
            }
        }
    }

    fn end(&mut self) {
        if let Some([left, top, width, height]) = self.last.take() {
            let text = format_args!("M{left} {top}h{width}v{height}h-{width}z");
            self.path.write_fmt(text).ok();
        }
    }
}

fn same(a: f32, b: f32) -> bool {
    (a - b).abs() < 0.01
}

fn whole(n: usize) -> f32 {
    u16::try_from(n).map_or(f32::from(u16::MAX), f32::from)
}

/// What differs from the ground of the screen.
fn grounds(out: &mut String, picture: &Picture) {
    let mut all: BTreeMap<Ink, Boxes> = BTreeMap::new();
    for ((left, top), cell) in picture.cells() {
        if cell.ground != picture.ground {
            let size = (whole(CELL.0 * cell.width), whole(CELL.1));
            let boxes = all.entry(cell.ground).or_default();
            boxes.add([whole(left), whole(top), size.0, size.1]);
        }
    }
    paths(out, all);
}

fn paths(out: &mut String, all: BTreeMap<Ink, Boxes>) {
    for (ink, mut boxes) in all {
        boxes.end();
        let (fill, path) = (ink.hex(), boxes.path);
        push(
            out,
            format_args!("<path shape-rendering=\"crispEdges\" fill=\"{fill}\" d=\"{path}\"/>\n"),
        );
    }
}

/// Lines, blocks, braille and marks.
fn drawn(out: &mut String, picture: &Picture) {
    let mut boxes: BTreeMap<Ink, Boxes> = BTreeMap::new();
    let mut round: BTreeMap<Ink, String> = BTreeMap::new();
    let mut rings: BTreeMap<Ink, String> = BTreeMap::new();
    for ((left, top), cell) in picture.cells() {
        let (x, y) = (whole(left), whole(top));
        if cell.underlined {
            let wide = whole(CELL.0 * cell.width);
            boxes
                .entry(cell.ink)
                .or_default()
                .add([x, y + 21.0, wide, 2.0]);
        }
        for shape in shapes::of(&cell.symbol).into_iter().flatten() {
            match shape {
                Shape::Rect { at, size, share } => {
                    let ink = cell.ink.over(cell.ground, share.min(FULL));
                    let boxes = boxes.entry(ink).or_default();
                    boxes.add([x + at.0, y + at.1, size.0, size.1]);
                }
                Shape::Disc { at, radius } => {
                    disc(
                        round.entry(cell.ink).or_default(),
                        (x + at.0, y + at.1),
                        radius,
                    );
                }
                Shape::Corners(corners) => {
                    corner_to_corner(round.entry(cell.ink).or_default(), (x, y), corners);
                }
                Shape::Ring { at, radius, part } => {
                    let at = (x + at.0, y + at.1);
                    ring(rings.entry(cell.ink).or_default(), at, radius, part);
                }
            }
        }
    }
    paths(out, boxes);
    for (ink, path) in round {
        push(
            out,
            format_args!("<path fill=\"{}\" d=\"{path}\"/>\n", ink.hex()),
        );
    }
    for (ink, path) in rings {
        let ink = ink.hex();
        push(
            out,
            format_args!(
                "<path fill=\"none\" stroke=\"{ink}\" stroke-width=\"{LINE}\" d=\"{path}\"/>\n"
            ),
        );
    }
}

fn disc(path: &mut String, (x, y): (f32, f32), radius: f32) {
    let (left, wide) = (x - radius, 2.0 * radius);
    let arc = format!("a{radius} {radius} 0 1 0");
    push(
        path,
        format_args!("M{left} {y}{arc} {wide} 0{arc} -{wide} 0z"),
    );
}

fn corner_to_corner(path: &mut String, (x, y): (f32, f32), corners: &[(f32, f32)]) {
    for (at, (right, down)) in corners.iter().enumerate() {
        let letter = if at == 0 { 'M' } else { 'L' };
        push(path, format_args!("{letter}{} {}", x + right, y + down));
    }
    path.push('z');
}

fn ring(path: &mut String, (x, y): (f32, f32), radius: f32, part: (i8, i8)) {
    if part == (0, 0) {
        disc(path, (x, y), radius);
        return;
    }
    let (along, down) = (f32::from(part.0) * radius, f32::from(part.1) * radius);
    let turn = u8::from(along * down > 0.0);
    push(
        path,
        format_args!(
            "M{} {y}A{radius} {radius} 0 0 {turn} {x} {}",
            x + along,
            y + down
        ),
    );
}

/// A run of letters of one look.
struct Run<'a> {
    at: (usize, usize),
    columns: usize,
    look: &'a Cell,
    text: String,
}

/// Text, run by run: two blanks or a shape end one.
fn written(out: &mut String, picture: &Picture) {
    let mut run: Option<Run<'_>> = None;
    for (at, cell) in picture.cells() {
        let is_text = shapes::of(&cell.symbol).is_none();
        let goes_on = run.as_ref().is_some_and(|run| {
            let look = run.look;
            let blank = cell.symbol == " " && run.text.ends_with(' ');
            let same = (cell.ink, cell.bold) == (look.ink, look.bold) || cell.symbol == " ";
            let next = run.at.1 == at.1 && run.at.0 + run.columns * CELL.0 == at.0;
            is_text && next && same && !blank
        });
        if !goes_on {
            end(out, run.take());
            if is_text && !cell.symbol.trim().is_empty() {
                run = Some(Run {
                    at,
                    columns: 0,
                    look: cell,
                    text: String::new(),
                });
            }
        }
        if let Some(run) = run.as_mut().filter(|_| is_text) {
            run.columns += cell.width;
            run.text.push_str(&cell.symbol);
        }
    }
    end(out, run);
}

fn end(out: &mut String, run: Option<Run<'_>>) {
    let Some(run) = run else {
        return;
    };
    let text = run.text.trim_end();
    let columns = run.columns - (run.text.len() - text.len());
    let (left, top) = (run.at.0, run.at.1 + BASELINE);
    let weight = if run.look.bold {
        " font-weight=\"700\""
    } else {
        ""
    };
    push(
        out,
        format_args!(
            "<text x=\"{left}\" y=\"{top}\" fill=\"{}\"{weight} textLength=\"{}\" \
             lengthAdjust=\"spacingAndGlyphs\">{}</text>\n",
            run.look.ink.hex(),
            columns * CELL.0,
            escaped(text)
        ),
    );
}

/// `text` as the content of an element; what XML cannot hold is left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => {}
            other if other.is_control() => {}
            other => out.push(other),
        }
    }
    out
}
