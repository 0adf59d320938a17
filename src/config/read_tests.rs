use super::*;
use crate::model::forms::{self, Forms};

fn read(text: &str) -> Parsed {
    parse(text, &Env::new([], Path::new("/home/ada")))
}

fn warning(text: &str) -> String {
    let parsed = read(text);
    assert_eq!(parsed.warnings.len(), 1, "{:?}", parsed.warnings);
    parsed.warnings[0].to_string()
}

#[test]
fn every_setting_is_taken() {
    let parsed = read(
        "week_start = 'sunday'\nwork_days = ['sun', 'Thursday']\nwork_hours = [0, 24]\n\
         zone = 'Europe/Berlin'\ntheme = 'mono'\ngraphics = 'ascii'\ncolor = 'never'\n\
         human_before = '2022-11-30'\nhuman_commits = ['0123abc']\n\
         clock = '12h'\nnumbers = '1.234,5'\n\
         [keys]\nrescan = ['r', 'f5']\nquit = 'x'\n",
    );
    assert_eq!(parsed.warnings, []);
    let v = parsed.values;
    assert_eq!(v.week_start, Weekday::Sun);
    assert_eq!(
        v.work_week.days,
        [false, false, false, true, false, false, true]
    );
    assert_eq!((v.work_week.from_hour, v.work_week.to_hour), (0, 24));
    assert_eq!(v.zone, Some(chrono_tz::Europe::Berlin));
    assert_eq!((v.theme, v.graphics), (ThemeChoice::Mono, Graphics::Ascii));
    assert_eq!(v.color, ColorChoice::Never);
    assert_eq!(v.human.before, NaiveDate::from_ymd_opt(2022, 11, 30));
    assert_eq!(v.human.commits, ["0123abc"]);
    assert_eq!(v.clock, Clock::Twelve);
    assert_eq!(Some(v.numbers), Numbers::parse("1.234,5"));
    assert_eq!(v.keys["rescan"], ["r", "f5"]);
    assert_eq!(v.keys["quit"], ["x"]);
}

#[test]
fn the_defaults_as_the_table_writes_them_are_the_defaults() {
    let lines = settings()
        .iter()
        .map(|s| format!("{} = {}", s.name, s.default));
    let parsed = read(&lines.collect::<Vec<_>>().join("\n"));
    assert_eq!(parsed.warnings, []);
    assert_eq!(parsed.values, Values::default());
}

#[test]
fn words_for_stages_are_taken_one_by_one() {
    let parsed = read(
        "inbox = ['~/Downloads/Jira*.csv']\n[stages]\n'QA Hold' = 'in-review'\n'x' = 'finished'\n",
    );
    assert_eq!(parsed.values.inbox, ["~/Downloads/Jira*.csv"]);
    let status = crate::model::stage::Status::word("qa hold");
    assert_eq!(parsed.values.stages.stage(&status), Some(Stage::InReview));
    assert_eq!(parsed.warnings.len(), 1);
    assert!(
        parsed.warnings[0]
            .to_string()
            .contains("stages: x must be one of")
    );
}

#[test]
fn a_bad_value_names_its_line_and_the_default() {
    assert_eq!(
        warning("# hi\n\ngraphics = 'dots'\n"),
        "settings, line 3: graphics must be \"braille\", \"block\", \"ascii\"; \"braille\" counts"
    );
    for bad in [
        "[18, 9]",
        "[9]",
        "[9, 25]",
        "[9, 18, 20]",
        "'9-18'",
        "[-1, 5]",
    ] {
        warning(&format!("work_hours = {bad}"));
    }
    warning("zone = 'Mars/Olympus'");
    warning("theme = true");
    warning("reduced_motion = 'yes'");
    warning("mouse = 'yes'");
}

#[test]
fn a_clock_and_a_form_of_numbers_that_are_not_known_leave_the_usual_ones() {
    assert_eq!(
        warning("clock = 'am/pm'"),
        "settings, line 1: clock must be \"24h\", \"12h\"; \"24h\" counts"
    );
    for bad in ["'1_234.5'", "'1,234'", "1234.5", "''"] {
        let parsed = read(&format!("numbers = {bad}"));
        assert_eq!(parsed.warnings.len(), 1, "{bad}");
        assert_eq!(parsed.values.forms(), Forms::FIXED);
    }
}

#[test]
fn in_ascii_no_number_holds_a_character_beyond_it() {
    let parsed = read("numbers = '1 234,5'\ngraphics = 'ascii'");
    let told = forms::during(parsed.values.forms(), || crate::model::amount::count(1_234));
    assert_eq!((parsed.warnings, told), (Vec::new(), "1 234".to_owned()));
}

#[test]
fn an_unknown_key_names_the_nearest_one() {
    assert_eq!(
        warning("grafics = 'block'"),
        "settings, line 1: no setting is called grafics; did you mean graphics?"
    );
    assert_eq!(
        warning("\nfrobnicate = 1"),
        "settings, line 2: no setting is called frobnicate"
    );
}

#[test]
fn a_line_that_is_not_toml_keeps_the_others() {
    let parsed = read("graphics = 'block'\ntheme = = 'dark'\nweek_start = 'sunday'\n");
    assert_eq!(parsed.values.graphics, Graphics::Block);
    assert_eq!(parsed.warnings[0].line, Some(2));
}

#[test]
fn spaces_need_a_name_and_folders() {
    let parsed = read("[[space]]\nname = 'Work'\nfolders = ['~/w', '/x']\n");
    assert_eq!(parsed.spaces[0].name, "work");
    assert_eq!(
        parsed.spaces[0].folders,
        [Path::new("/home/ada/w"), Path::new("/x")]
    );
    warning("[[space]]\nname = '../x'\nfolders = []\n");
    warning("[[space]]\nname = 'x'\n");
    warning("space = 'work'");
}

#[test]
fn an_escape_in_an_unknown_name_does_not_reach_the_screen() {
    let text = warning("\"a\\u001b[31m\" = 1");
    assert!(!text.contains('\u{1b}'), "{text:?}");
}

#[test]
fn the_cover_comes_after_minutes_or_parts_of_one_and_zero_is_never() {
    for (text, seconds) in [("0", 0), ("5", 300), ("0.5", 30), ("1440", 86_400)] {
        let parsed = read(&format!("cover_after = {text}"));
        assert_eq!(parsed.warnings, []);
        assert_eq!(parsed.values.cover_after, Duration::from_secs(seconds));
    }
    for bad in ["-1", "1441", "'5'", "nan", "inf", "0x5"] {
        warning(&format!("cover_after = {bad}"));
    }
}
