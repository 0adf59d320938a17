//! The table of `docs/sharing.md` is what the attacker finds.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::attacker::Crowd;
use super::pooled::{Found, SEEDS, attack};
use super::team::team;
use super::told::{ASKED, errors};

const BEGIN: &str = "<!-- made by tests/share/page.rs -->\n";
const END: &str = "<!-- end -->";

fn row(out: &mut String, name: &str, crowds: &[&Crowd]) {
    let each = |read: &dyn Fn(&Crowd) -> String| {
        let cells: Vec<String> = crowds.iter().map(|crowd| read(crowd)).collect();
        cells.join(" / ")
    };
    writeln!(
        out,
        "| {name} | {} | {} | {} |",
        each(&|crowd| format!("{:.0}", crowd.identified())),
        each(&|crowd| format!("{:.0}", crowd.below(5))),
        each(&|crowd| crowd.median().to_string()),
    )
    .unwrap();
}

fn made() -> String {
    let teams: Vec<Found> = SEEDS.map(|seed| attack(&team(seed))).collect();
    let mut out = String::from(
        "| what is given | identified, % | fewer than 5 could have given it, % | could have given it (median) |\n|---|---|---|---|\n",
    );
    let crowds = |read: fn(&Found) -> &Crowd| teams.iter().map(read).collect::<Vec<_>>();
    row(
        &mut out,
        "exact weekly counts of commits",
        &crowds(|found| &found.weekly),
    );
    row(
        &mut out,
        "exact total of a quarter",
        &crowds(|found| &found.totals),
    );
    row(
        &mut out,
        "**`pooled`, all files so far together**",
        &crowds(|found| &found.pooled),
    );
    let team = team(1);
    out.push_str(
        "\n| mean error of a guess at a quarter's | knowing nothing | the bands of a `handover` | its whole file | the exact number of each |\n|---|---|---|---|---|\n",
    );
    for (name, asked) in ASKED {
        let [nothing, bands, file, exact] = errors(&team, asked);
        writeln!(
            out,
            "| {name} | {nothing:.1} | {bands:.1} | {file:.1} | {exact:.1} |"
        )
        .unwrap();
    }
    out
}

#[test]
fn the_tables_of_the_page_are_what_the_attacker_finds() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/sharing.md");
    let page = fs::read_to_string(&path).unwrap();
    let (head, rest) = page.split_once(BEGIN).unwrap();
    let (_, tail) = rest.split_once(END).unwrap();
    let wanted = format!("{head}{BEGIN}{}{END}{tail}", made());
    if std::env::var_os("INWARD_BLESS").is_some() {
        fs::write(&path, &wanted).unwrap();
    }
    assert_eq!(page, wanted, "INWARD_BLESS=1 cargo test --test share page");
}
