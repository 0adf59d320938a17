//! The loop and the terminal guard, with a small program of the test's own in a real terminal.
//!
//! The programs are the ignored tests at the end: each test starts this very test binary again,
//! in a terminal, to run one of them.

use std::time::Duration;

use inward::tui::run::{After, Program, serve};
use inward::tui::terminal::Modes;
use inward::tui::{Input, panics};
use ratatui::Frame;
use ratatui::crossterm::event::{KeyCode, KeyModifiers};
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span};
use rustix::process::Signal;

use crate::common::pty::{Session, Start, is_fixture};

fn start(fixture: &str) -> Session {
    let home = tempfile::tempdir().unwrap();
    let mut session = Start::fixture(&format!("pty_loop::{fixture}"), home.path()).spawn();
    session.until_text("count 0");
    session
}

#[test]
fn the_first_frame_is_on_the_alternate_screen_without_a_cursor() {
    let mut session = start("counter");
    assert!(session.screen().alternate_screen());
    assert!(session.screen().hide_cursor());
    assert!(!session.is_cooked());
    session.keys("q");
    assert_eq!(session.end().exit_code(), 0);
    session.assert_given_back();
    assert!(session.is_cooked());
}

#[test]
fn a_burst_of_keys_is_few_frames() {
    let mut session = start("counter");
    let before = frames(&session);
    session.keys(&"+".repeat(500));
    session.until_text("count 500");
    let drawn = frames(&session) - before;
    assert!(drawn < 250, "{drawn} frames for 500 keys");
    session.keys("q");
    session.end();
}

#[test]
fn a_key_that_comes_together_with_a_resize_is_not_lost() {
    let mut session = start("counter");
    for round in 1..=60 {
        session.resize(80 + round % 2, 24);
        session.keys("+");
        // Waits in vain when the key lies unread until another one comes.
        session.until_text(&format!("count {round}"));
    }
    session.keys("q");
    assert_eq!(session.end().exit_code(), 0);
}

#[test]
fn a_resize_is_drawn_at_the_new_size() {
    let mut session = start("counter");
    session.until_text("80x24");
    session.resize(100, 30);
    session.until_text("100x30");
    session.resize(40, 12);
    session.until_text("40x12");
}

#[test]
fn no_byte_is_written_while_nothing_happens() {
    let mut session = start("counter");
    session.settle(Duration::from_millis(300));
    assert_eq!(session.bytes_within(Duration::from_secs(10)), 0);
}

#[test]
fn ctrl_z_gives_the_terminal_back_and_continuing_draws_it_again() {
    let mut session = start("counter");
    session.keys("+\u{1a}");
    session.until_state('T');
    session.until("the main screen", |screen| !screen.alternate_screen());
    session.assert_given_back();
    assert!(session.is_cooked());
    session.signal(Signal::CONT);
    session.until_text("count 1");
    assert!(session.screen().alternate_screen());
    session.keys("+");
    session.until_text("count 2");
    assert!(!session.is_cooked());
}

#[test]
fn a_program_stopped_by_others_draws_everything_anew_when_it_goes_on() {
    let mut session = start("counter");
    session.signal(Signal::STOP);
    session.until_state('T');
    session.settle(Duration::from_millis(50));
    let before = frames(&session);
    session.signal(Signal::CONT);
    session.until("another frame", |_| true);
    session.keys("+");
    session.until_text("count 1");
    assert!(frames(&session) > before);
    session.signal(Signal::TSTP);
    session.until_state('T');
    session.until("the main screen", |screen| !screen.alternate_screen());
    session.assert_given_back();
    session.signal(Signal::CONT);
    session.until("the alternate screen", vt100::Screen::alternate_screen);
}

#[test]
fn ctrl_l_draws_every_cell_anew() {
    let mut session = start("counter");
    session.settle(Duration::from_millis(300));
    let before = session.bytes().len();
    session.keys("\u{c}");
    session.settle(Duration::from_millis(300));
    let redrawn = String::from_utf8_lossy(&session.bytes()[before..]).into_owned();
    assert!(
        redrawn.contains("80x24") && redrawn.contains("\u{1b}[2J"),
        "{redrawn:?}"
    );
}

#[test]
fn every_ending_signal_gives_the_terminal_back_and_has_its_exit_code() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130)] {
        let mut session = start("counter");
        session.signal(signal);
        assert_eq!(session.end().exit_code(), code);
        session.assert_given_back();
        assert!(session.is_cooked());
    }
}

#[test]
fn ctrl_c_ends_with_130() {
    let mut session = start("counter");
    session.keys("\u{3}");
    assert_eq!(session.end().exit_code(), 130);
    session.assert_given_back();
}

#[test]
fn a_panic_gives_the_terminal_back_and_names_the_place_but_not_the_words() {
    let mut session = start("panicking");
    session.keys("!");
    assert_eq!(session.end().exit_code(), 101);
    session.assert_given_back();
    assert!(session.is_cooked());
    let text = session.screen().contents();
    assert!(
        text.contains("internal error at") && text.contains("pty_loop.rs"),
        "{text}"
    );
    let all = String::from_utf8_lossy(session.bytes()).into_owned();
    assert!(!all.contains("secret"), "{all}");
}

#[test]
fn without_colour_the_marked_row_is_still_reversed() {
    let home = tempfile::tempdir().unwrap();
    let mut session = Start::fixture("pty_loop::counter", home.path())
        .env("NO_COLOR", "1")
        .spawn();
    session.until_text("count 0");
    session.keys("+");
    session.until_text("count 1");
    // The colour changes in mid-row, where a bare reset would take the reverse away.
    for column in 0..9 {
        let cell = session.screen().cell(1, column).unwrap();
        assert!(cell.inverse(), "column {column} is not reversed");
    }
}

#[test]
fn paste_and_mouse_are_on_only_while_asked_for() {
    let mut session = start("counter");
    assert!(!session.screen().bracketed_paste());
    session.keys("p");
    session.until("bracketed paste", vt100::Screen::bracketed_paste);
    session.keys("\u{1b}[200~qqq\u{1b}[201~");
    session.until_text("pasted 3");
    session.keys("p");
    session.until("no bracketed paste", |screen| !screen.bracketed_paste());
}

#[test]
fn a_copy_goes_to_the_terminals_clipboard_once() {
    let mut session = start("counter");
    session.keys("+++y");
    session.until_text("count 3");
    session.settle(Duration::from_millis(300));
    let all = String::from_utf8_lossy(session.bytes()).into_owned();
    // base64 of "3"
    assert_eq!(all.matches("\u{1b}]52;c;Mw==\u{7}").count(), 1, "{all:?}");
}

/// Frames drawn so far: each ends the synchronized update that it began.
fn frames(session: &Session) -> usize {
    let end = b"\x1b[?2026l";
    session
        .bytes()
        .windows(end.len())
        .filter(|w| w == end)
        .count()
}

/// Counts `+` keys.
#[derive(Default)]
struct Counter {
    count: u32,
    pasted: usize,
    paste: bool,
    copy: Option<String>,
}

impl Program for Counter {
    type Event = ();

    fn resize(&mut self, _: u16, _: u16) -> After {
        After::NOTHING
    }

    fn input(&mut self, input: Input) -> After {
        let key = match input {
            Input::Key(key) => key,
            Input::Paste(text) => {
                self.pasted = text.len();
                return After::DRAW;
            }
            Input::Mouse(_) | Input::Resize => return After::NOTHING,
        };
        let end = |code| After {
            end: Some(code),
            ..After::NOTHING
        };
        match (key.modifiers, key.code) {
            (KeyModifiers::CONTROL, KeyCode::Char('c')) => return end(130),
            (KeyModifiers::CONTROL, KeyCode::Char('z')) => {
                return After {
                    suspend: true,
                    ..After::NOTHING
                };
            }
            (KeyModifiers::CONTROL, KeyCode::Char('l')) => {
                return After {
                    wipe: true,
                    ..After::NOTHING
                };
            }
            (_, KeyCode::Char('q')) => return end(0),
            (_, KeyCode::Char('+')) => self.count += 1,
            (_, KeyCode::Char('p')) => self.paste = !self.paste,
            (_, KeyCode::Char('y')) => self.copy = Some(self.count.to_string()),
            (_, KeyCode::Char('!')) => panic!("the secret title"),
            _ => return After::NOTHING,
        }
        After::DRAW
    }

    fn event(&mut self, (): ()) -> After {
        After::NOTHING
    }

    fn tick(&mut self) -> After {
        After::NOTHING
    }

    fn wait(&self) -> Option<Duration> {
        None
    }

    fn take_copy(&mut self) -> Option<String> {
        self.copy.take()
    }

    fn modes(&self) -> Modes {
        Modes {
            mouse: false,
            paste: self.paste,
        }
    }

    fn draw(&self, frame: &mut Frame<'_>) {
        let area = frame.area();
        let row = Line::from(vec![
            Span::styled("one", Style::new().fg(Color::Red)),
            Span::raw("two"),
            Span::styled("six", Style::new().fg(Color::Blue)),
        ]);
        let lines = vec![
            Line::raw(format!("count {} pasted {}", self.count, self.pasted)),
            row.style(Style::new().add_modifier(Modifier::REVERSED)),
            Line::raw(format!("{}x{}", area.width, area.height)),
        ];
        frame.render_widget(ratatui::text::Text::from(lines), area);
    }
}

#[test]
#[ignore = "a program for the tests above, not a test"]
#[expect(clippy::exit, reason = "the exit code is what the test looks at")]
fn counter() {
    if !is_fixture() {
        return;
    }
    let (code, _) = serve(|_| Ok(Counter::default())).unwrap();
    std::process::exit(code);
}

#[test]
#[ignore = "a program for the tests above, not a test"]
fn panicking() {
    if !is_fixture() {
        return;
    }
    panics::install();
    serve(|_| Ok(Counter::default())).unwrap();
}
