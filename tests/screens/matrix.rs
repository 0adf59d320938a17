//! Every page at every size in every state: as text, in which letters and places cannot change unseen;
//! and in every theme and colour level, which may change colours and nothing else.

use std::fmt::Write as _;

use inward::app::message::Message;
use inward::app::page::{Card, Page};
use inward::app::view::Kept;
use inward::model::keep::Kind;
use inward::ui::graphics::Graphics;
use inward::ui::theme::{Level, Name, Theme};
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Style};

use crate::ansi::{buffer, text};
use crate::record::Amount;
use crate::world::{Answers, World, now};

const SIZES: [(u16, u16); 3] = [(50, 14), (80, 24), (120, 36)];

/// What a page can be in, beside having all it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// A year of commits and tasks.
    Full,
    /// A year of commits, and no tracker was ever imported.
    NeverImported,
    /// Seven commits.
    TooFew,
    /// Nothing at all.
    Nothing,
    /// Nothing in these days.
    NoneInThisPeriod,
    /// Something is narrowed to, and nothing of it is there.
    FilterHidesAll,
    /// No answer yet.
    Loading,
    /// Other days were asked for, and what is shown is of the days before.
    Stale,
    /// The answer is that it cannot be read.
    Failed,
    /// Read, and not kept yet.
    InMemory,
    /// The owner keeps neither hours nor titles.
    NotKept,
    /// Names and figures are hidden.
    Blurred,
}

impl State {
    const ALL: [Self; 12] = [
        Self::Full,
        Self::NeverImported,
        Self::TooFew,
        Self::Nothing,
        Self::NoneInThisPeriod,
        Self::FilterHidesAll,
        Self::Loading,
        Self::Stale,
        Self::Failed,
        Self::InMemory,
        Self::NotKept,
        Self::Blurred,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::NeverImported => "never-imported",
            Self::TooFew => "too-few",
            Self::Nothing => "nothing",
            Self::NoneInThisPeriod => "none-in-this-period",
            Self::FilterHidesAll => "filter-hides-all",
            Self::Loading => "loading",
            Self::Stale => "stale",
            Self::Failed => "failed",
            Self::InMemory => "in-memory",
            Self::NotKept => "not-kept",
            Self::Blurred => "blurred",
        }
    }

    /// The screen of `card`'s page in this state.
    fn world(self, card: &Card, size: (u16, u16)) -> World {
        let amount = match self {
            Self::TooFew => Amount::Few,
            Self::Nothing => Amount::Empty,
            _ => Amount::Full,
        };
        let mut world = World::bare(amount, size);
        match self {
            Self::NeverImported => world.drop_tasks(),
            Self::NotKept => {
                world.altered().keep.set(Kind::Hours, false);
                world.altered().keep.set(Kind::Titles, false);
            }
            Self::Loading => world.answers = Answers::None,
            Self::Failed => world.answers = Answers::Failing,
            _ => {}
        }
        let mut facts = world.facts();
        if self == Self::InMemory {
            facts.kept = Kept::Memory;
        }
        world.send(Message::Facts(Box::new(facts)));
        if self == Self::InMemory {
            // The question whether to keep, answered with not now.
            world.keys("n");
        }
        world.keys(&card.number.to_string());
        match self {
            Self::NoneInThisPeriod => world.keys("t2001<enter>"),
            Self::FilterHidesAll => world.narrow_to_nothing(),
            Self::Stale => {
                world.answers = Answers::None;
                world.keys("[");
                world.send(later());
            }
            Self::Loading => world.send(later()),
            Self::Blurred => world.keys("P"),
            _ => {}
        }
        world
    }
}

/// Long enough for an answer to be called slow, and within the minute.
fn later() -> Message {
    Message::Tick(now() + chrono::Duration::seconds(1))
}

fn colours() -> Theme {
    Theme::new(Name::Default, Level::Sixteen, Graphics::Braille)
}

#[test]
fn every_page_in_every_state_at_every_size() {
    for card in &Page::ALL {
        for state in State::ALL {
            let mut out = String::new();
            for size in SIZES {
                writeln!(out, "=== {}x{}", size.0, size.1).unwrap();
                out.push_str(&text(&buffer(&state.world(card, size), &colours())));
            }
            let name = format!("{}-{}", card.name.to_lowercase(), state.name());
            insta::assert_snapshot!(name, out);
        }
    }
}

/// Every theme at every level it has.
fn themes() -> Vec<(Name, Level)> {
    let names = [
        Name::Default,
        Name::Dark,
        Name::Light,
        Name::Contrast,
        Name::Mono,
    ];
    let levels = [Level::True, Level::Indexed, Level::Sixteen, Level::None];
    names
        .into_iter()
        .flat_map(|name| levels.map(|level| (name, level)))
        .collect()
}

#[test]
fn a_theme_or_a_level_changes_colours_and_no_letter() {
    for card in &Page::ALL {
        for state in State::ALL {
            for size in SIZES {
                let world = state.world(card, size);
                let told = letters(&text(&buffer(&world, &colours())));
                for (name, level) in themes() {
                    let drawn = buffer(&world, &Theme::new(name, level, Graphics::Braille));
                    let about = format!("{} {state:?} {size:?} {name:?} {level:?}", card.name);
                    // Without colour, letters may take its place.
                    if level != Level::None && name != Name::Mono {
                        assert!(letters(&text(&drawn)) == told, "{about}:\n{}", text(&drawn));
                    } else {
                        let plain = |cell: &ratatui::buffer::Cell| cell.fg == Color::Reset;
                        assert!(drawn.content().iter().all(plain), "{about}");
                    }
                }
                let ascii = Theme::new(name_of(size), Level::None, Graphics::Ascii);
                let drawn = text(&buffer(&world, &ascii));
                let strange: String = drawn.chars().filter(|c| !c.is_ascii()).collect();
                // Only what the owner's repositories and tasks are called may be strange.
                let strange: String = strange.chars().filter(|c| !c.is_alphabetic()).collect();
                assert_eq!(strange, "", "{} {state:?} {size:?}:\n{drawn}", card.name);
            }
        }
    }
}

/// The letters and digits of a screen, each in its place: shades and marks may stand for colours. Less
/// the legend of shades, of which there are more in colour.
fn letters(drawn: &str) -> Vec<String> {
    let told = |c: char| if c.is_alphanumeric() { c } else { ' ' };
    let legend = |line: &str| line.contains("· 0 ") || line.contains("█ 1 to ");
    let lines = drawn
        .lines()
        .map(|line| if legend(line) { "" } else { line });
    lines.map(|line| line.chars().map(told).collect()).collect()
}

fn name_of(size: (u16, u16)) -> Name {
    if size.0 == 50 {
        Name::Mono
    } else {
        Name::Default
    }
}

/// Which cells look alike: a letter for each style, in the order in which they come, and what each is.
fn styles(drawn: &Buffer) -> String {
    let mut seen: Vec<Style> = Vec::new();
    let mut grid = String::new();
    let area = drawn.area;
    for y in 0..area.height {
        for x in 0..area.width {
            let style = drawn[(x, y)].style();
            let at = seen
                .iter()
                .position(|one| *one == style)
                .unwrap_or_else(|| {
                    seen.push(style);
                    seen.len() - 1
                });
            let letter = u32::try_from(at).unwrap();
            grid.push(char::from_u32(u32::from('a') + letter).unwrap());
        }
        grid.push('\n');
    }
    let mut out = String::new();
    for (at, style) in (b'a'..).zip(&seen) {
        let colour = |colour: Option<Color>| colour.map_or(String::new(), |one| one.to_string());
        let (fg, bg) = (colour(style.fg), colour(style.bg));
        writeln!(
            out,
            "{} {fg} on {bg} {:?}",
            char::from(at),
            style.add_modifier
        )
        .unwrap();
    }
    out + &grid
}

#[test]
fn every_page_in_every_theme_and_level() {
    for card in &Page::ALL {
        let world = State::Full.world(card, (80, 24));
        let mut out = String::new();
        for (name, level) in themes() {
            writeln!(out, "=== {name:?} {level:?}").unwrap();
            let theme = Theme::new(name, level, Graphics::Braille);
            out.push_str(&styles(&buffer(&world, &theme)));
        }
        insta::assert_snapshot!(format!("styles-{}", card.name.to_lowercase()), out);
    }
}

#[test]
fn no_state_looks_as_if_all_were_there() {
    for card in &Page::ALL {
        // What is kept, and what the owner aims at, hold whatever days are asked for.
        if matches!(card.page, Page::Privacy | Page::Goals) {
            continue;
        }
        let drawn = |state: State| text(&buffer(&state.world(card, (120, 36)), &colours()));
        let full = drawn(State::Full);
        for state in [
            State::TooFew,
            State::Nothing,
            State::NoneInThisPeriod,
            State::FilterHidesAll,
            State::Loading,
            State::Stale,
            State::Failed,
            State::Blurred,
        ] {
            assert!(drawn(state) != full, "{} {state:?}", card.name);
        }
    }
}
