//! Pictures of pages: covered unless asked, never over another file, the same each time, and noted.

use std::fs;
use std::path::Path;

use crate::home::Home;

/// Words of a record that no covered picture may hold.
const CANARIES: [&str; 4] = ["canaryrepo", "zanzibar", "quagga", "canary@example.org"];

/// A store with those words in it: a repository's name, a summary, a file, an address.
fn record() -> Home {
    let home = Home::new();
    home.identity("Canary", "canary@example.org");
    let repo = home.repo("canaryrepo");
    for day in 10..=19 {
        let date = format!("2026-03-{day}T10:00:00+00:00");
        let file = format!("quagga{day}.rs");
        home.commit(
            &repo,
            (&file, "1\n2\n"),
            "Canary <canary@example.org>",
            &date,
        );
    }
    home.git(
        &repo,
        &["commit", "-q", "--amend", "-m", "zanzibar at last"],
    );
    home.inward(&["add", repo.to_str().unwrap()]).expect(0);
    home.inward(&["scan"]).expect(0);
    home
}

fn picture(home: &Home, file: &Path, args: &[&str]) -> String {
    let file = file.to_str().unwrap();
    let all = [&["picture"], args, &["-o", file]].concat();
    home.inward(&all).expect(0);
    if file.ends_with("svg") {
        fs::read_to_string(file).unwrap()
    } else {
        String::new()
    }
}

/// The text of an SVG, one run a line.
fn words(svg: &str) -> String {
    let runs = svg
        .split("</text>")
        .filter_map(|run| run.rsplit('>').next());
    runs.collect::<Vec<_>>().join("\n").to_lowercase()
}

const PAGES: [&str; 5] = ["overview", "trends", "rhythm", "work", "privacy"];

#[test]
fn names_and_figures_are_covered_unless_asked() {
    let home = record();
    let (mut seen, mut counted) = (0, 0);
    for page in PAGES {
        for size in ["120x36", "50x14"] {
            let file = home.path(&format!("{page}-{size}.svg"));
            let args = [page, "2026-03", "--size", size];
            let covered = words(&picture(&home, &file, &args));
            for canary in CANARIES {
                assert!(!covered.contains(canary), "{canary} on {page}: {covered}");
            }
            assert!(
                covered.contains("help"),
                "{page} is not a screen: {covered}"
            );
            let file = home.path(&format!("{page}-{size}-open.svg"));
            let open = words(&picture(
                &home,
                &file,
                &[&args[..], &["--uncovered"]].concat(),
            ));
            seen += CANARIES.iter().filter(|word| open.contains(**word)).count();
            counted += usize::from(open != covered);
        }
    }
    assert!(
        seen >= 3,
        "the words cannot be seen uncovered either: {seen}"
    );
    assert!(counted >= 8, "covered and uncovered look alike: {counted}");
}

#[test]
fn a_file_that_is_there_is_never_replaced_not_even_through_a_link() {
    let home = record();
    let file = home.path("page.svg");
    fs::write(&file, "mine").unwrap();
    let run = home.inward(&["picture", "work", "-o", file.to_str().unwrap()]);
    let run = run.expect(2);
    assert!(run.stderr.contains("is there already") && run.stderr.contains("next:"));
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
    #[cfg(unix)]
    {
        let link = home.path("link.svg");
        std::os::unix::fs::symlink(home.path("nowhere.svg"), &link).unwrap();
        let run = home.inward(&["picture", "work", "-o", link.to_str().unwrap()]);
        run.expect(2);
        assert!(!home.path("nowhere.svg").exists());
    }
}

#[test]
#[cfg(unix)]
fn a_picture_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = record();
    for name in ["page.svg", "page.png"] {
        picture(&home, &home.path(name), &["work"]);
        let mode = fs::metadata(home.path(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[test]
fn what_leaves_the_store_is_noted_and_the_demo_is_not() {
    let home = record();
    picture(&home, &home.path("a.svg"), &["work"]);
    picture(&home, &home.path("b.png"), &["rhythm", "--uncovered"]);
    let bytes = fs::metadata(home.path("a.svg")).unwrap().len();
    let log = home.inward(&["audit", "--json"]).expect(0).stdout;
    let noted: Vec<_> = log.match_indices("\"picture\"").collect();
    assert_eq!(noted.len(), 2, "{log}");
    assert!(
        log.contains("\"work\"") && log.contains("\"rhythm uncovered\""),
        "{log}"
    );
    assert!(log.contains(&bytes.to_string()), "{log}");
    picture(&home, &home.path("c.svg"), &["work", "--demo"]);
    let after = home.inward(&["audit", "--json"]).expect(0).stdout;
    assert_eq!(after.matches("\"picture\"").count(), 2);
    home.inward(&["audit", "--verify"]).expect(0);
}

#[test]
fn the_demo_of_a_day_is_the_same_file_each_time_and_says_what_it_is() {
    let home = Home::new();
    let day = ["--demo", "--today", "2026-10-14"];
    for page in PAGES {
        for ending in ["svg", "png"] {
            let [one, two] = ["1", "2"].map(|n| home.path(&format!("{page}{n}.{ending}")));
            for file in [&one, &two] {
                picture(&home, file, &[&[page][..], &day].concat());
            }
            let bytes = fs::read(&one).unwrap();
            assert!(bytes == fs::read(&two).unwrap(), "{page}.{ending} differs");
            if ending == "svg" {
                assert!(words(&String::from_utf8(bytes).unwrap()).contains("demo"));
            } else {
                assert!(bytes.starts_with(b"\x89PNG"));
            }
        }
    }
    assert!(!home.data().exists(), "the demo keeps nothing");
}

#[test]
fn each_theme_has_its_colours_and_mono_only_greys() {
    let home = Home::new();
    let mut all = Vec::new();
    for theme in ["dark", "light", "contrast", "ansi", "mono"] {
        let file = home.path(&format!("{theme}.svg"));
        let args = [
            "rhythm",
            "--demo",
            "--today",
            "2026-10-14",
            "--theme",
            theme,
        ];
        let svg = picture(&home, &file, &args);
        let mut inks: Vec<String> = svg
            .split(['"', '\''])
            .filter(|word| word.len() == 7 && word.starts_with('#'))
            .map(str::to_owned)
            .collect();
        inks.sort();
        inks.dedup();
        assert!(inks.len() > 2, "{theme}: {inks:?}");
        all.push(inks);
    }
    let mono = all.pop().unwrap();
    for ink in &mono {
        let value = i32::from_str_radix(ink.trim_start_matches('#'), 16).unwrap();
        let spread = [16, 8, 0].map(|shift| value >> shift & 0xFF);
        let (least, most) = (spread.iter().min().unwrap(), spread.iter().max().unwrap());
        assert!(most - least <= 10, "{ink} is a colour");
    }
    for (at, inks) in all.iter().enumerate() {
        assert!(all[at + 1..].iter().all(|other| other != inks));
        assert_ne!(inks, &mono);
    }
}

#[test]
fn what_cannot_be_drawn_is_said_and_nothing_is_written() {
    let home = record();
    let file = home.path("page.svg");
    let to = file.to_str().unwrap();
    let other = home.path("page.jpg");
    let other = other.to_str().unwrap();
    let inside = home.data().join("page.svg");
    let nowhere = home.path("no/such/page.svg");
    let usage: [&[&str]; 9] = [
        &["work", "-o", other],
        &["work", "-o", to, "--size", "49x14"],
        &["work", "-o", to, "--size", "301x36"],
        &["work", "-o", to, "--size", "120"],
        &["garden", "-o", to],
        &["work", "someday", "-o", to],
        &["work", "-o", to, "--today", "2026-01-01"],
        &["work", "-o", to, "--demo", "--uncovered"],
        &["work", "-o", inside.to_str().unwrap()],
    ];
    for args in usage {
        let run = home.inward(&[&["picture"], args].concat()).expect(2);
        assert!(!run.stderr.is_empty() && run.stdout.is_empty(), "{args:?}");
    }
    home.inward(&["picture", "work"]).expect(2);
    let run = home.inward(&["picture", "work", "-o", nowhere.to_str().unwrap()]);
    assert!(run.expect(1).stderr.contains("next:"));
    assert!(!file.exists() && !inside.exists() && !Path::new(other).exists());
    let log = home.inward(&["audit", "--json"]).expect(0).stdout;
    assert!(!log.contains("\"picture\""), "{log}");
}

#[test]
fn without_a_store_it_says_what_can_be_drawn() {
    let home = Home::new();
    let file = home.path("page.svg");
    let run = home.inward(&["picture", "work", "-o", file.to_str().unwrap()]);
    assert!(run.expect(1).stderr.contains("--demo"));
    assert!(!file.exists() && !home.data().exists());
}
