//! What must not hang on colour, on a font, or on luck.

use inward::app::hints;
use inward::app::message::Message;
use inward::app::page::Page;
use inward::app::size::Tier;
use inward::ui::graphics::Graphics;
use inward::ui::theme::{Level, Name, Theme};
use proptest::prelude::*;
use ratatui::style::{Color, Modifier};

use crate::ansi::{buffer, text};
use crate::record::Amount;
use crate::world::{World, clean, people};

fn look(name: Name, level: Level) -> Theme {
    Theme::new(name, level, Graphics::Braille)
}

/// Screens with something chosen: keys, and a text that stands in the chosen row.
const CHOSEN: [(&str, &str); 6] = [
    ("5mjjjj<enter>j", "13:10"),
    ("5<enter>j", "backoff.rs"),
    ("?j", "The period before"),
    (":rescan", "Read what is new"),
    ("Rj", "api"),
    ("<shift-tab><enter>j", "13:10"),
];

#[test]
fn the_chosen_row_shows_without_colour() {
    for (keys, words) in CHOSEN {
        let mut world = World::new(Amount::Full, (120, 36));
        world.keys(keys);
        let drawn = buffer(&world, &look(Name::Default, Level::None));
        // The page bar is reversed too: look below it.
        let rows = (1..36).filter(|y| {
            let row: Vec<_> = (0..120).map(|x| &drawn[(x, *y)]).collect();
            row.iter()
                .filter(|c| c.modifier.contains(Modifier::REVERSED))
                .count()
                > 20
        });
        let chosen: Vec<String> = rows
            .map(|y| (0..120).map(|x| drawn[(x, y)].symbol()).collect())
            .collect();
        assert_eq!(chosen.len(), 1, "{keys}: {chosen:?}");
        assert!(chosen[0].contains(words), "{keys}: {chosen:?}");
    }
}

#[test]
fn the_focused_panel_has_a_mark_in_its_title() {
    let mut world = World::new(Amount::Full, (120, 36));
    world.keys("3");
    let theme = look(Name::Mono, Level::None);
    assert!(text(&buffer(&world, &theme)).contains("▸ Hours"));
    world.keys("<tab>");
    assert!(text(&buffer(&world, &theme)).contains("▸ Days"));
}

#[test]
fn without_colour_there_is_none_and_with_sixteen_no_grey() {
    for keys in ["", "2", "2mj<enter>", "3", "4", "4<left>", "5j", "?", ":"] {
        let mut world = World::new(Amount::Full, (120, 36));
        world.keys(keys);
        for cell in buffer(&world, &look(Name::Dark, Level::None)).content() {
            assert_eq!((cell.fg, cell.bg), (Color::Reset, Color::Reset), "{keys}");
        }
        for cell in buffer(&world, &look(Name::Default, Level::Sixteen)).content() {
            assert_ne!(cell.fg, Color::DarkGray);
            assert_ne!(cell.fg, Color::Gray);
            assert_eq!(cell.bg, Color::Reset, "{keys}");
        }
        for cell in buffer(&world, &look(Name::Light, Level::Indexed)).content() {
            assert!(
                !matches!(cell.fg, Color::Rgb(..)) && cell.bg != Color::Reset,
                "{keys}"
            );
        }
    }
}

/// Themes with colours of their own, with 24 bits and with 256 colours.
fn own_themes() -> impl Iterator<Item = (Name, Theme)> {
    let names = [Name::Dark, Name::Light, Name::Contrast];
    let levels = [Level::True, Level::Indexed];
    names
        .into_iter()
        .flat_map(move |name| levels.map(|level| (name, look(name, level))))
}

/// How far the lightness of two colours is apart, as WCAG counts it: 1 to 21.
fn contrast(one: Color, other: Color) -> f64 {
    let lightness = |color| {
        let (red, green, blue) = match color {
            Color::Rgb(red, green, blue) => (red, green, blue),
            Color::Indexed(grey @ 232..) => [8 + 10 * (grey - 232); 3].into(),
            Color::Indexed(at @ 16..) => {
                let step = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
                let at = at - 16;
                (step(at / 36), step(at / 6 % 6), step(at % 6))
            }
            other => panic!("{other:?} is the terminal's own"),
        };
        let part = |value: u8| match f64::from(value) / 255.0 {
            low if low <= 0.039_28 => low / 12.92,
            high => ((high + 0.055) / 1.055).powf(2.4),
        };
        0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue)
    };
    let (one, other) = (lightness(one), lightness(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn every_letter_on_every_page_stands_out_from_what_is_behind_it() {
    let pages = Page::ALL.iter().map(|card| card.number.to_string());
    let more = [
        "2m",
        "3<right>",
        "5jj",
        "5<enter>j",
        "<tab><enter>j",
        "?",
        ":re",
        "Rj",
        "8<tab>",
    ];
    let all: Vec<String> = pages.chain(more.map(str::to_owned)).collect();
    let mut letters = 0;
    for (name, theme) in own_themes() {
        for keys in &all {
            for size in [(120, 36), (80, 24), (50, 14)] {
                let mut world = World::new(Amount::Full, size);
                world.keys(keys);
                let drawn = buffer(&world, &theme);
                for (at, cell) in drawn.content().iter().enumerate() {
                    if !cell.symbol().chars().any(char::is_alphanumeric) {
                        continue;
                    }
                    letters += 1;
                    let told = contrast(cell.fg, cell.bg);
                    let row: String = drawn.content()[at..]
                        .iter()
                        .take(12)
                        .map(ratatui::buffer::Cell::symbol)
                        .collect();
                    assert!(
                        told >= 4.5,
                        "{name:?} {keys:?} at {size:?}: {told:.2} in {row:?}"
                    );
                    assert!(!cell.modifier.contains(Modifier::DIM), "{name:?}: {row:?}");
                }
            }
        }
    }
    assert!(letters > 50_000, "no pages: {letters}");
}

#[test]
fn ascii_graphics_use_nothing_else() {
    let theme = Theme::new(Name::Default, Level::Sixteen, Graphics::Ascii);
    for keys in [
        "",
        "2",
        "2mj<enter>",
        "2<right>",
        "3<right>",
        "3<tab><left>",
        "R",
        "?",
        ":",
        "a",
        "t",
        "8",
        "8<tab>",
        "8<enter>",
        "8d<enter>",
        "8p",
        ":someone<enter>",
    ] {
        for size in [(50, 14), (80, 24), (120, 36)] {
            let mut world = World::new(Amount::Full, size);
            world.keys(keys);
            let drawn = text(&buffer(&world, &theme));
            let odd: String = drawn.chars().filter(|c| !c.is_ascii()).collect();
            assert_eq!(odd, "", "{keys} at {size:?}:\n{drawn}");
        }
    }
}

#[test]
fn blurred_there_is_no_name_and_no_figure() {
    for keys in [
        "P",
        "P2",
        "P2mj<enter>",
        "P3",
        "P5",
        "P5<enter>",
        "P<tab><enter>",
        "PR",
        "P8",
        "P8<tab><tab>",
        "P8<enter>",
        "P8d",
    ] {
        for size in [(50, 14), (80, 24), (120, 36)] {
            let mut world = World::new(Amount::Full, size);
            world.keys(keys);
            let drawn = text(&buffer(&world, &look(Name::Default, Level::Sixteen)));
            for word in [
                "api",
                "mobile-app",
                "invoice",
                "backoff",
                "%",
                "was ",
                "usual 0",
                "+1",
            ] {
                let body = drawn.lines().skip(1).collect::<Vec<_>>().join("\n");
                assert!(
                    !body.contains(word),
                    "{keys} at {size:?} shows {word}:\n{drawn}"
                );
            }
            for glyph in ["▇", "█", "▅", "⠤", "⢀", "▒"] {
                assert!(
                    !drawn.contains(glyph),
                    "{keys} at {size:?} shows {glyph}:\n{drawn}"
                );
            }
        }
    }
}

#[test]
fn the_footer_fits_and_always_says_how_to_get_help_and_out() {
    for columns in (50..200).step_by(7) {
        for card in &Page::ALL {
            let mut world = World::new(Amount::Full, (columns, 36));
            world.keys(&card.number.to_string());
            let hints = hints::footer(&world.state);
            assert!(hints.len() <= hints::FOOTER, "{hints:?}");
            let drawn = text(&buffer(&world, &look(Name::Default, Level::Sixteen)));
            let footer = drawn.lines().last().unwrap();
            assert!(footer.contains("OFFLINE by kernel"), "{footer}");
            assert!(footer.ends_with("? help  q quit"), "{footer}");
        }
    }
}

#[test]
fn a_badge_says_no_more_than_is_true() {
    let mut world = World::bare(Amount::Full, (120, 36));
    let mut facts = world.facts();
    facts.offline = inward::app::view::Offline::BuildOnly(clean("no Landlock here"));
    facts.demo = true;
    world.send(Message::Facts(Box::new(facts)));
    let drawn = text(&buffer(&world, &look(Name::Default, Level::Sixteen)));
    assert!(drawn.contains("OFFLINE by build only"));
    assert!(drawn.contains("DEMO"));
    assert!(!drawn.contains("by kernel"));
}

/// Keys that lead to every kind of screen.
const KEYS: [&str; 27] = [
    "", "1", "2", "3", "4", "5", "<tab>", "<enter>", "j", "k", "<right>", "<left>", "G", "?", ":",
    "R", "t", "a", "/", "m", "v", "--", "p", "P", "8", "<tab>", "d",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn no_size_no_text_and_no_keys_panic(
        size in (0_u16..250, 0_u16..90),
        keys in prop::collection::vec(0..KEYS.len(), 0..6),
        said in "\\PC{0,60}",
        shape in (0..3_usize, 0..3_usize, any::<bool>()),
    ) {
        let amount = Amount::ALL[shape.0];
        let graphics = [Graphics::Braille, Graphics::Block, Graphics::Ascii][shape.1];
        let mut world = World::bare(amount, size);
        let mut facts = world.facts();
        facts.store = clean(&said);
        for repo in &mut facts.repos {
            repo.name = clean(&said);
        }
        world.send(Message::Facts(Box::new(facts)));
        world.send(Message::Failed(clean(&said)));
        if shape.2 {
            let mut all = people();
            all[0].names.push(clean(&said));
            world.send(Message::People(all));
        }
        for key in keys {
            world.keys(KEYS[key]);
        }
        world.send(Message::Paste(said));
        let drawn = buffer(&world, &Theme::new(Name::Dark, Level::True, graphics));
        let small = Tier::of(size) == Tier::TooSmall;
        let words = text(&drawn);
        let small = small && !world.state.cover.is_on();
        prop_assert!(!small || size.0 < 11 || size.1 == 0 || words.contains("needs"));
    }
}
