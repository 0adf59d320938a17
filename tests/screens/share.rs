//! The dialog of a share: every step of it, what is refused and why, and that leaving writes nothing.

use std::fmt::Write as _;
use std::sync::Arc;

use inward::app::effect::Effect;
use inward::app::message::Message;
use inward::app::popup::Popup;
use inward::app::share::{Preview, ShareOffer, Step};
use inward::share::{Facts, Known, Profile};
use inward::ui::graphics::Graphics;
use inward::ui::theme::{Level, Name, Theme};

use crate::ansi::{buffer, text};
use crate::record::Amount;
use crate::world::{World, clean};

/// What a file could say; folded by nobody in a box of 92 columns.
const FILE: &str =
    "# From 2026-07-01 to 2026-09-30\n\n- Other tasks finished: 10 to 29\n- A quiet time\n";
const SENTENCE: &str = "At most 7 look-alikes in the clones you have: 41 people were active in them in \
                        every window of your pooled summaries, and the smallest group that would give the \
                        same files as this one and all before has 7. Counted in memory just now, from \
                        commits alone; nothing of it was kept. Whoever knows more than these clones finds \
                        fewer.";

/// What the worker answers of a share.
fn answered(world: &mut World) {
    while let Some(at) = world.seen.iter().position(is_share) {
        let message = match world.seen.remove(at) {
            Effect::ShareLines {
                id,
                profile,
                window,
            } => {
                let facts: Facts =
                    inward::share::facts(&world.data, &crate::world::calendar(), window);
                Message::ShareOffered(ShareOffer {
                    id,
                    lines: inward::share::lines(profile, &facts),
                    known: Arc::new(Known {
                        repositories: vec![clean("lighthouse")],
                        tasks: vec![clean("OPS-7")],
                        me: vec![clean("Ada")],
                    }),
                })
            }
            Effect::ShareWeigh(ask) => {
                let sentence = match ask.profile {
                    Profile::Pooled => SENTENCE.to_owned(),
                    Profile::Handover => String::new(),
                };
                let found = if ask.own.is_empty() {
                    Err(clean(
                        "Nothing is chosen: mark a line, or add one of your own.",
                    ))
                } else {
                    Ok(Preview {
                        sentence,
                        text: FILE.into(),
                        path: clean("/home/ada/.local/share/inward/outbox/share-2026-Q3.md"),
                    })
                };
                Message::ShareWeighed(ask.id, found)
            }
            Effect::ShareWrite(id) => Message::ShareWritten(id, Ok(clean("/home/ada/share.md"))),
            other => panic!("no share: {other:?}"),
        };
        world.send(message);
    }
}

fn is_share(effect: &Effect) -> bool {
    matches!(
        effect,
        Effect::ShareLines { .. } | Effect::ShareWeigh(_) | Effect::ShareWrite(_)
    )
}

/// A screen of `size` after `keys`, each part between bars answered before the next.
fn after(size: (u16, u16), keys: &str) -> World {
    let mut world = World::new(Amount::Full, size);
    for part in keys.split('|') {
        world.keys(part);
        answered(&mut world);
    }
    world
}

fn sheet(keys: &str, theme: &Theme) -> String {
    let mut out = String::new();
    for size in [(50, 14), (80, 24), (120, 36)] {
        writeln!(out, "=== {}x{}", size.0, size.1).unwrap();
        out.push_str(&text(&buffer(&after(size, keys), theme)));
    }
    out
}

fn colours() -> Theme {
    Theme::new(Name::Default, Level::Sixteen, Graphics::Braille)
}

fn step(world: &World) -> &Step {
    match &world.state.popup {
        Some(Popup::Share(share)) => &share.step,
        other => panic!("no share: {other:?}"),
    }
}

/// Own line typed, then the last row: to be weighed.
const HANDOVER: &str = "E|Gk<enter>A quiet time<enter>G<enter>";
const POOLED: &str = "E| |Gk<enter>A quiet time<enter>G<enter>";

#[test]
fn every_step_of_a_share_is_drawn_at_every_size() {
    for (name, keys) in [
        ("share-lines", "E"),
        ("share-own", "E|Gk<enter>Closed OPS-7"),
        ("share-own-taken", "E|Gk<enter>Closed OPS-7<enter>"),
        ("share-pooled", "E| "),
        ("share-running", "E|jl"),
        ("share-weight", POOLED),
        ("share-file", HANDOVER),
        (
            "share-word",
            "E|Gk<enter>A quiet time<enter>G<enter>|<enter>yes<enter>",
        ),
        ("share-refused", "E|G<enter>"),
        (
            "share-written",
            "E|Gk<enter>A quiet time<enter>G<enter>|<enter>share<enter>",
        ),
    ] {
        insta::assert_snapshot!(name, sheet(keys, &colours()));
    }
}

#[test]
fn a_share_in_plain_letters_and_without_colour() {
    let plain = Theme::new(Name::Mono, Level::None, Graphics::Ascii);
    for keys in ["E|Gk<enter>Closed OPS-7<enter>", POOLED, HANDOVER] {
        let drawn = sheet(keys, &plain);
        assert!(drawn.is_ascii(), "{drawn}");
    }
    insta::assert_snapshot!("share-ascii", sheet("E|jjj ", &plain));
}

#[test]
fn the_cover_hides_what_a_share_would_tell() {
    let shown = sheet(POOLED, &colours());
    assert!(shown.contains("look-alikes") && shown.contains("41 people"));
    for keys in [
        "P|E| |Gk<enter>A quiet time<enter>G<enter>",
        "P|E|Gk<enter>A quiet time<enter>G<enter>",
        "P|E|Gk<enter>A quiet time<enter>",
        "P|E|Gk<enter>A quiet time<enter>G<enter>|<enter>",
    ] {
        let hidden = sheet(keys, &colours());
        for told in ["look-alikes", "A quiet", "10 to 29", "/home/ada"] {
            assert!(!hidden.contains(told), "{told}: {hidden}");
        }
    }
}

#[test]
fn the_whole_weighing_can_be_read_at_the_smallest_size() {
    let mut world = after((50, 14), POOLED);
    let mut seen = String::new();
    for _ in 0..12 {
        seen.push_str(&text(&buffer(&world, &colours())));
        world.keys("j");
    }
    for words in ["At most 7 look-alikes", "finds", "fewer."] {
        assert!(seen.contains(words), "{words}: {seen}");
    }
}

#[test]
fn a_line_that_names_something_is_refused_for_pooled_and_pointed_out_for_handover() {
    let pooled = after((120, 36), "E| |Gk<enter>Lighthouse is new<enter>");
    assert!(matches!(step(&pooled), Step::Own(entry) if entry.problem.is_some()));
    let handover = after((120, 36), "E|Gk<enter>Lighthouse is new<enter>");
    assert!(matches!(step(&handover), Step::Lines));
    let drawn = text(&buffer(&handover, &colours()));
    assert!(
        drawn.contains("(names a repository or a project)"),
        "{drawn}"
    );
}

#[test]
fn json_is_asked_for_and_a_quarter_is_stepped_back_to() {
    let mut world = after((120, 36), "E|jh|j |Gk<enter>A quiet time<enter>");
    world.keys("G<enter>");
    let Some(Effect::ShareWeigh(ask)) = world.seen.last() else {
        panic!("nothing is weighed: {:?}", world.seen);
    };
    assert_eq!(ask.form, inward::share::Form::Json);
    assert_eq!(ask.window.to_string(), "2026-Q2");
}

#[test]
fn leaving_at_any_step_writes_nothing() {
    for keys in [
        "E",
        HANDOVER,
        POOLED,
        "E|Gk<enter>A quiet time<enter>G<enter>|<enter>yes",
    ] {
        let mut world = after((120, 36), keys);
        world.keys("<esc><esc><esc>");
        assert!(world.state.popup.is_none(), "{keys}");
        let wrote = world
            .seen
            .iter()
            .any(|one| matches!(one, Effect::ShareWrite(_)));
        assert!(!wrote, "{keys}");
    }
}
