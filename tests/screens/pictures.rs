//! Writes every screen as SGR text, to be looked at as pictures. Run by hand:
//! `INWARD_SHOTS=/some/folder cargo test --test screens -- --ignored pictures`.

use std::fs;
use std::path::PathBuf;

use inward::app::message::{Message, ScanNews};
use inward::app::view::Kept;
use inward::ui::graphics::Graphics;
use inward::ui::theme::{Level, Name, Theme};

use crate::ansi::{buffer, sgr};
use crate::record::Amount;
use crate::world::{World, clean, others, people};

/// Name and keys of each screen.
const SCREENS: [(&str, &str); 21] = [
    ("overview", ""),
    ("trends", "2"),
    ("trends-lines", "2mj<enter>"),
    ("rhythm", "3"),
    ("rhythm-days", "3<tab>"),
    ("projects", "6jl"),
    ("work", "5jjj"),
    ("work-filter", "5/the"),
    ("commit", "5<enter>j"),
    ("figure", "<tab><enter>jj"),
    ("figure-rule", "<tab><enter><tab>"),
    ("figure-parts", "<tab><enter><tab><tab>jj"),
    ("tasks", ":explaincycle<enter><shift-tab>jj"),
    ("tasks-rule", ":explaincycle<enter>"),
    ("tasks-parts", ":explaincycle<enter><tab>j"),
    ("lines-parts", ":explainlineschanged<enter><tab>"),
    ("hours-parts", ":explainhoursby<enter><tab>"),
    ("help", "?"),
    ("palette", ":wee"),
    ("repos", "Rj<space>"),
    ("range", "t2026-Q"),
];

#[test]
#[ignore = "writes files to look at"]
fn pictures() {
    let Ok(folder) = std::env::var("INWARD_SHOTS") else {
        return;
    };
    let folder = PathBuf::from(folder);
    let themes = [
        (
            "dark",
            Theme::new(Name::Dark, Level::True, Graphics::Braille),
        ),
        (
            "light",
            Theme::new(Name::Light, Level::True, Graphics::Braille),
        ),
        (
            "default",
            Theme::new(Name::Default, Level::Sixteen, Graphics::Braille),
        ),
        (
            "mono",
            Theme::new(Name::Default, Level::None, Graphics::Braille),
        ),
        (
            "ascii",
            Theme::new(Name::Default, Level::None, Graphics::Ascii),
        ),
    ];
    for (theme_name, theme) in &themes {
        for size in [(120, 36), (80, 24), (50, 14)] {
            for (name, keys) in SCREENS {
                let mut world = World::new(Amount::Full, size);
                world.keys(keys);
                write(&folder, (theme_name, name), &world, theme);
            }
            for amount in [Amount::Few, Amount::Empty] {
                for (name, keys) in &SCREENS[..4] {
                    let mut world = World::new(amount, size);
                    world.keys(keys);
                    let name = format!("{name}-{}", amount.name());
                    write(&folder, (theme_name, &name), &world, theme);
                }
            }
            for (name, world) in special(size) {
                write(&folder, (theme_name, name), &world, theme);
            }
        }
    }
}

/// Screens that no key leads to.
fn special(size: (u16, u16)) -> Vec<(&'static str, World)> {
    let mut chooser = World::new(Amount::Empty, size);
    chooser.send(Message::People(people()));
    chooser.keys("<space>");
    let mut keep = World::bare(Amount::Full, size);
    let mut facts = keep.facts();
    facts.kept = Kept::Memory;
    keep.send(Message::Facts(Box::new(facts)));
    let mut scan = World::new(Amount::Full, size);
    scan.send(Message::Scan(ScanNews::Repository {
        index: 3,
        of: 6,
        name: clean("api"),
    }));
    scan.send(Message::Scan(ScanNews::Walked(1_204)));
    let mut covered = World::new(Amount::Full, size);
    covered.keys("p");
    let mut welcome = World::bare(Amount::Empty, size);
    let mut facts = welcome.facts();
    facts.repos.clear();
    facts.extent = None;
    welcome.send(Message::Facts(Box::new(facts)));
    let mut failed = World::new(Amount::Full, size);
    failed.send(crate::world::scan_end());
    let mut away = World::new(Amount::Full, size);
    away.mark_days();
    away.keys("2");
    let mut blurred_rule = World::new(Amount::Full, size);
    blurred_rule.keys("P:explaincycle<enter>");
    let mut blurred_tasks = World::new(Amount::Full, size);
    blurred_tasks.keys("P:explaincycle<enter><shift-tab>");
    let mut proposals = World::new(Amount::Full, size);
    let all = others();
    proposals.send(Message::Proposals { all, news: false });
    proposals.keys("iyn");
    vec![
        ("away", away),
        ("blurred-rule", blurred_rule),
        ("blurred-tasks", blurred_tasks),
        ("proposals", proposals),
        ("chooser", chooser),
        ("keep", keep),
        ("scan", scan),
        ("covered", covered),
        ("welcome", welcome),
        ("failed", failed),
    ]
}

fn write(folder: &std::path::Path, (theme, name): (&str, &str), world: &World, look: &Theme) {
    let (columns, rows) = world.state.size;
    let file = folder.join(format!("{theme}-{columns}x{rows}-{name}.ansi"));
    fs::write(file, sgr(&buffer(world, look))).unwrap();
}
