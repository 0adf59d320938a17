//! How a time of day and a number are written for people: the owner's choice, or the fixed forms.
//!
//! The fixed ones hold unless a thread says otherwise for the length of some work ([`during`]): the
//! drawing thread and the worker of the dashboard do, and a command that prints text. So what is
//! read by programs, handed out or part of the documentation cannot take the owner's forms by
//! accident, and no number needs to be passed a setting on its way to a reader.

use std::cell::Cell;

use chrono::Timelike;

/// How a time of day is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clock {
    /// `14:05`
    #[default]
    Twentyfour,
    /// `2:05 pm`
    Twelve,
}

impl Clock {
    /// The clock that the settings call `word`.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "24h" => Some(Self::Twentyfour),
            "12h" => Some(Self::Twelve),
            _ => None,
        }
    }
}

/// How a number is written: what stands between thousands, and before a fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbers {
    group: Option<char>,
    decimal: char,
}

/// A blank that no line is broken at.
const BLANK: char = '\u{a0}';

impl Numbers {
    /// `1,234.5`
    pub const FIXED: Self = Self::new(Some(','), '.');

    /// Every form, by the number that shows it.
    pub const ALL: [(&str, Self); 5] = [
        ("1,234.5", Self::FIXED),
        ("1.234,5", Self::new(Some('.'), ',')),
        ("1 234,5", Self::new(Some(BLANK), ',')),
        ("1'234.5", Self::new(Some('\''), '.')),
        ("1234.5", Self::new(None, '.')),
    ];

    const fn new(group: Option<char>, decimal: char) -> Self {
        Self { group, decimal }
    }

    /// The form that `example` shows.
    pub fn parse(example: &str) -> Option<Self> {
        let found = Self::ALL.iter().find(|(shown, _)| *shown == example);
        found.map(|(_, form)| *form)
    }

    /// The same for a screen that shows no character beyond ASCII.
    #[must_use]
    pub fn in_ascii(self) -> Self {
        let plain = |group| if group == BLANK { ' ' } else { group };
        Self {
            group: self.group.map(plain),
            ..self
        }
    }

    /// What stands between thousands.
    pub(super) fn group(self) -> Option<char> {
        self.group
    }
}

/// Both together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forms {
    /// Times of day.
    pub clock: Clock,
    /// Numbers.
    pub numbers: Numbers,
}

impl Forms {
    /// What programs read, and what nobody chose otherwise: `14:05` and `1,234.5`.
    pub const FIXED: Self = Self {
        clock: Clock::Twentyfour,
        numbers: Numbers::FIXED,
    };
}

impl Default for Forms {
    fn default() -> Self {
        Self::FIXED
    }
}

thread_local! {
    static CHOSEN: Cell<Forms> = const { Cell::new(Forms::FIXED) };
}

/// Does `work` with everything it writes on this thread in these forms.
pub fn during<T>(forms: Forms, work: impl FnOnce() -> T) -> T {
    /// Puts back what was chosen before, whichever way the work ends.
    struct Back(Forms);
    impl Drop for Back {
        fn drop(&mut self) {
            CHOSEN.set(self.0);
        }
    }
    let _back = Back(CHOSEN.replace(forms));
    work()
}

/// The forms that hold on this thread now: for handing them on to another one.
pub fn chosen() -> Forms {
    CHOSEN.get()
}

/// How many columns a time of day takes at most.
pub fn clock_width() -> usize {
    match chosen().clock {
        Clock::Twentyfour => 5,
        Clock::Twelve => 8,
    }
}

/// A time of day, always as wide: `14:05`, or ` 2:05 pm`.
pub fn clock(at: &impl Timelike) -> String {
    match chosen().clock {
        Clock::Twentyfour => format!("{:02}:{:02}", at.hour(), at.minute()),
        Clock::Twelve => {
            let (pm, hour) = at.hour12();
            format!("{hour:2}:{:02} {}", at.minute(), half(pm))
        }
    }
}

/// A time of day within a sentence: `14:05`, or `2:05 pm`.
pub fn time(at: &impl Timelike) -> String {
    let mut text = clock(at);
    if text.starts_with(' ') {
        text.remove(0);
    }
    text
}

/// The beginning of an hour of the day: `09:00`, or `9 am`.
pub fn hour(hour: u8) -> String {
    match chosen().clock {
        Clock::Twentyfour => format!("{hour:02}:00"),
        Clock::Twelve => {
            let (number, pm) = twelve(hour);
            format!("{number} {}", half(pm))
        }
    }
}

/// The same where only hours stand: `09`, or `9 am`.
pub fn short_hour(of: u8) -> String {
    match chosen().clock {
        Clock::Twentyfour => format!("{of:02}"),
        Clock::Twelve => hour(of),
    }
}

/// From one hour to another, 0 to 24: `09-18`, or `9 am-6 pm`; the half of the day once where it
/// is the same.
pub fn hours(from: u8, to: u8) -> String {
    match chosen().clock {
        Clock::Twentyfour => format!("{from:02}-{to:02}"),
        Clock::Twelve => {
            let ((from, early), (to, late)) = (twelve(from), twelve(to));
            let first = if early == late {
                from.to_string()
            } else {
                format!("{from} {}", half(early))
            };
            format!("{first}-{to} {}", half(late))
        }
    }
}

/// An hour at an axis, three columns at most: `09`, or `9a`.
pub fn axis_hour(hour: u8) -> String {
    match chosen().clock {
        Clock::Twentyfour => format!("{hour:02}"),
        Clock::Twelve => {
            let (number, pm) = twelve(hour);
            format!("{number}{}", if pm { 'p' } else { 'a' })
        }
    }
}

/// An hour of the day on the dial, and whether it lies after noon; 24 is midnight.
fn twelve(hour: u8) -> (u8, bool) {
    let number = match hour % 12 {
        0 => 12,
        other => other,
    };
    (number, (12..24).contains(&hour))
}

fn half(pm: bool) -> &'static str {
    if pm { "pm" } else { "am" }
}

/// The words of `text` that a line may be broken between: a number with blanks between its
/// thousands is one.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    let breaks = |c: char| c.is_whitespace() && c != BLANK;
    text.split(breaks).filter(|word| !word.is_empty())
}

/// A number with a point before its fraction, in the form that holds: `2.5`, or `2,5`.
pub fn decimal(number: &str) -> String {
    match chosen().numbers.decimal {
        '.' => number.to_owned(),
        sign => number.replace('.', &sign.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::amount::{count, size};
    use chrono::NaiveTime;

    fn at(hour: u32, minute: u32) -> NaiveTime {
        NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
    }

    fn on_twelve<T>(work: impl FnOnce() -> T) -> T {
        let forms = Forms {
            clock: Clock::Twelve,
            ..Forms::FIXED
        };
        during(forms, work)
    }

    #[test]
    fn noon_and_midnight_are_twelve_and_every_time_is_as_wide() {
        let told = on_twelve(|| {
            [(0, 0), (0, 59), (9, 5), (12, 0), (12, 30), (23, 59)].map(|(h, m)| clock(&at(h, m)))
        });
        let all = [
            "12:00 am", "12:59 am", " 9:05 am", "12:00 pm", "12:30 pm", "11:59 pm",
        ];
        assert_eq!(told, all);
        assert!(told.iter().all(|text| text.len() == on_twelve(clock_width)));
        assert_eq!(on_twelve(|| time(&at(9, 5))), "9:05 am");
        assert_eq!(clock(&at(9, 5)), "09:05");
        assert_eq!(clock_width(), 5);
    }

    #[test]
    fn hours_say_which_half_of_the_day_once_where_it_is_the_same() {
        assert_eq!((hours(9, 18), hour(9)), ("09-18".into(), "09:00".into()));
        let told = on_twelve(|| [hours(9, 18), hours(9, 10), hours(11, 12), hours(22, 24)]);
        assert_eq!(told, ["9 am-6 pm", "9-10 am", "11 am-12 pm", "10 pm-12 am"]);
        assert_eq!(on_twelve(|| hour(0)), "12 am");
        let axis = on_twelve(|| [0, 3, 12, 21].map(axis_hour));
        assert_eq!(axis, ["12a", "3a", "12p", "9p"]);
    }

    #[test]
    fn each_form_writes_the_number_it_is_named_by() {
        for (shown, numbers) in Numbers::ALL {
            let forms = Forms {
                numbers,
                ..Forms::FIXED
            };
            let (whole, part) = during(forms, || (count(1_234), decimal(".5")));
            let both = format!("{whole}{part}");
            assert_eq!(both.replace(BLANK, " "), shown);
            let ascii = Forms {
                numbers: numbers.in_ascii(),
                ..forms
            };
            assert!(during(ascii, || count(1_234_567)).is_ascii());
        }
        assert_eq!(Numbers::parse("1_234.5"), None);
    }

    #[test]
    fn what_was_chosen_ends_with_the_work_even_where_it_panics() {
        let forms = Forms {
            clock: Clock::Twelve,
            numbers: Numbers::ALL[1].1,
        };
        let told = during(forms, || {
            let inner = during(Forms::FIXED, || size(2_149));
            (size(2_149), inner)
        });
        assert_eq!(told, ("2,1 KB".to_owned(), "2.1 KB".to_owned()));
        let broken = std::panic::catch_unwind(|| during(forms, || panic!("as it should")));
        assert!(broken.is_err());
        assert_eq!(chosen(), Forms::FIXED);
        let other = during(forms, || std::thread::spawn(chosen).join().unwrap());
        assert_eq!(other, Forms::FIXED, "another thread has the fixed forms");
    }
}
