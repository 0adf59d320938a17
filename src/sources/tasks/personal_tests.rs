//! Whatever bytes the readers of personal formats get: a result or an error, never a panic, and the
//! same both times.

use proptest::prelude::*;

use super::format::Format;
use super::input::Input;
use super::testing::{context, read_with};
use super::{ics, markdown, org, taskwarrior, timewarrior, todotxt, watson};

/// Each format with a file that uses much of it.
const FORMATS: [(&Format, &str); 8] = [
    (
        &taskwarrior::FORMAT,
        r#"[{"uuid":"0a-0b","description":"x","entry":"20250902T130000Z","status":"pending","estimate":"PT3H","annotations":[{"entry":"20250902T130000Z","description":"Started task"}],"githuburl":"https://github.com/a/b/issues/5","wait":"99991230T000000Z"}]"#,
    ),
    (
        &timewarrior::FORMAT,
        "inc 20251105T163000Z - 20251105T171500Z # \"ING-207\" coding # \"a \\\" b\"\ninc 20251106T080000Z\n",
    ),
    (
        &watson::FORMAT,
        r#"[[1751785200,1751794200,"infra","0123456789abcdef0123456789abcdef",["ING-101"],1795290361]]"#,
    ),
    (
        &todotxt::FORMAT,
        "x (A) 2025-10-03 2025-10-01 Call +Family @phone due:2025-10-05 rec:1w\n(B) größe +1 @\n",
    ),
    (
        &markdown::FORMAT,
        "> - [ ] a #t ➕ 2026-01-01 🗓️ 2026-02-30 🔁 every day\n\t1. [/] b [due:: 2026-01-01] (x:: y)\n```\n- [x] no\n```\n%%\n",
    ),
    (
        &org::FORMAT,
        "#+TODO: A(a!) | B\n* A [#A] x [1/2] [[l][t]] :t:\nCLOSED: [2025-10-06 Mon 10:00] DEADLINE: <2025-10-20 +1w>\n:PROPERTIES:\n:Effort: 1d 3:00\n:END:\n- State \"B\" from \"A\" [2025-10-06 Mon 10:00]\nCLOCK: [2025-10-26 Sun 01:30]--[2025-10-26 Sun 04:00] => 3:30\n#+begin_src\n#+end_src\n",
    ),
    (&ics::FORMAT, CALENDAR),
    (&ics::EVENTS, CALENDAR),
];

const CALENDAR: &str = "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:Z\nBEGIN:STANDARD\nDTSTART:19701025T030000\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nEND:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT\nUID:1\nDTSTART;TZID=Z:20260901T091500\nDURATION:PT15M\nRRULE:FREQ=MONTHLY;BYDAY=2MO,-1FR;BYMONTHDAY=1,-1;UNTIL=20261231T225959Z;BYSETPOS=1\nEXDATE;TZID=Z:20260908T091500\nRDATE;VALUE=PERIOD:20260902T070000Z/PT2H\nEND:VEVENT\nBEGIN:VTODO\nUID:2\nSUMMARY:a\\, b\n c\nDUE;VALUE=DATE:20260101\nRELATED-TO:3\nEND:VTODO\nEND:VCALENDAR\n";

/// What a reader makes of bytes, as a text that can be compared.
fn result(format: &Format, bytes: &[u8], name: &str) -> String {
    match Input::from_bytes(bytes, name) {
        Ok(input) => format!("{:?}", read_with(format, &input, &context())),
        Err(error) => error.to_string(),
    }
}

#[test]
fn the_files_that_are_broken_below_are_whole() {
    for (format, text) in FORMATS {
        let input = Input::from_bytes(text, "x").unwrap();
        let seen = read_with(format, &input, &context()).unwrap();
        assert!(!seen.items.is_empty(), "{}", format.id);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn any_bytes_give_the_same_result_twice(bytes in prop::collection::vec(any::<u8>(), 1..400)) {
        for (format, _) in FORMATS {
            prop_assert_eq!(result(format, &bytes, "x"), result(format, &bytes, "x"));
        }
    }

    #[test]
    fn a_file_with_anything_in_it_gives_the_same_result_twice(
        at in any::<prop::sample::Index>(),
        len in 0_usize..40,
        put in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..12),
            "[-:;=,0-9TZ\"\\[\\]{}()#*> \n\\\\]{0,12}".prop_map(String::into_bytes),
            "(99999999999|-2147483648|ß|➕|FREQ=|\\* |COUNT=0|\u{fe0f})".prop_map(String::into_bytes),
        ],
    ) {
        for (format, text) in FORMATS {
            let mut bytes = text.as_bytes().to_vec();
            let from = at.index(bytes.len());
            let to = (from + len).min(bytes.len());
            bytes.splice(from..to, put.iter().copied());
            prop_assert_eq!(result(format, &bytes, "x.md"), result(format, &bytes, "x.md"));
        }
    }
}
