//! The owner's forms of times and numbers, on every page and detail.

use std::fmt::Write as _;

use inward::app::page::Page;
use inward::model::forms::{self, Clock, Forms, Numbers};
use inward::ui::graphics::Graphics;
use inward::ui::theme::{Level, Name, Theme};

use crate::ansi::{buffer, text};
use crate::goals::goals;
use crate::record::Amount;
use crate::world::World;

const SIZES: [(u16, u16); 3] = [(120, 36), (80, 24), (50, 14)];

/// Keys to what has times or numbers beside the pages.
const OPEN: [&str; 11] = [
    "5<enter>jj",
    "5jjjj",
    "4<tab><enter>",
    "4<tab><tab>",
    "6j<enter>",
    "<tab><enter>j",
    ":explaincycle<enter><tab>j",
    ":explainlineschanged<enter><tab>",
    ":explainhours<enter><shift-tab>",
    ":explainhours<enter><tab>",
    "3<right><right><down>",
];

fn chosen(clock: Clock, numbers: &str) -> Forms {
    Forms {
        clock,
        numbers: Numbers::parse(numbers).unwrap(),
    }
}

fn screen(keys: &str, size: (u16, u16), graphics: Graphics) -> String {
    let mut world = World::new(Amount::Full, size);
    world.goals = goals(&world);
    world.keys(keys);
    let theme = Theme::new(Name::Default, Level::Sixteen, graphics);
    text(&buffer(&world, &theme))
}

/// Times of day and numbers of `drawn` that are not in `forms`; what projects and versions are
/// called is none.
fn others(drawn: &str) -> Vec<String> {
    let pieces = drawn.split(|c: char| c.is_whitespace() || "[]()│".contains(c));
    let pieces: Vec<&str> = pieces.filter(|piece| !piece.is_empty()).collect();
    let mut out = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        for (place, sign) in piece.char_indices() {
            let (before, after) = piece.split_at(place);
            let before = before.chars().next_back();
            let after = after.strip_prefix(sign).unwrap();
            let digits = after.chars().take_while(char::is_ascii_digit).count();
            if !digit(before) || digits == 0 {
                continue;
            }
            let wrong = match sign {
                // `1,204` and `2.5` are the fixed form.
                ',' => digits == 3,
                '.' => digits != 3,
                ':' => {
                    let next = pieces.get(at + 1).copied().unwrap_or_default();
                    let offset = piece.starts_with(['+', '-']);
                    !offset && !next.starts_with("am") && !next.starts_with("pm")
                }
                _ => false,
            };
            if wrong {
                out.push((*piece).to_owned());
            }
        }
    }
    out
}

#[test]
fn no_page_or_detail_shows_a_time_or_a_number_in_another_form() {
    let pages = Page::ALL.iter().map(|card| card.number.to_string());
    let all: Vec<String> = pages.chain(OPEN.map(str::to_owned)).collect();
    let mut seen = [false; 3];
    for size in SIZES {
        for keys in &all {
            let forms = chosen(Clock::Twelve, "1.234,5");
            let drawn = forms::during(forms, || screen(keys, size, Graphics::Braille));
            assert_eq!(others(&drawn), [""; 0], "{keys} {size:?}\n{drawn}");
            let usual = screen(keys, size, Graphics::Braille);
            seen[0] |= others(&usual).iter().any(|one| one.contains(':'));
            seen[1] |= others(&usual).iter().any(|one| one.contains(','));
            seen[2] |= others(&usual).iter().any(|one| one.contains('.'));
        }
    }
    assert_eq!(seen, [true; 3], "each form stands somewhere");
}

#[test]
fn blanks_between_thousands_are_no_places_to_break_a_line_and_plain_in_ascii() {
    let forms = chosen(Clock::Twentyfour, "1 234,5");
    let drawn = forms::during(forms, || {
        screen("2m<down><enter>", (120, 36), Graphics::Braille)
    });
    assert!(drawn.contains('\u{a0}'), "{drawn}");
    let ascii = Forms {
        numbers: forms.numbers.in_ascii(),
        ..forms
    };
    for card in &Page::ALL {
        let drawn = forms::during(ascii, || {
            screen(&card.number.to_string(), (120, 36), Graphics::Ascii)
        });
        assert!(!drawn.contains('\u{a0}'), "{drawn}");
    }
}

#[test]
fn the_log_hours_and_a_commit_on_a_dial_of_twelve() {
    let sheet = |keys: &str| {
        let mut out = String::new();
        for size in SIZES {
            writeln!(out, "=== {}x{}", size.0, size.1).unwrap();
            let forms = chosen(Clock::Twelve, "1 234,5");
            out += &forms::during(forms, || screen(keys, size, Graphics::Braille));
        }
        out
    };
    insta::assert_snapshot!("forms-work", sheet("5"));
    insta::assert_snapshot!("forms-rhythm", sheet("3<right><right><down>"));
    insta::assert_snapshot!("forms-task", sheet("4<tab><enter>"));
}
