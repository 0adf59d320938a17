//! A key as the owner would write it: `ctrl-p`, `page-down`, `?`.

use std::fmt;
use std::str::FromStr;

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// One key press, without the states a terminal cannot report reliably.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// Which key; a letter with shift is the capital.
    pub code: Code,
    /// Control was held.
    pub ctrl: bool,
    /// Alt was held.
    pub alt: bool,
}

/// The keys that can be bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// A character, shift applied.
    Char(char),
    /// F1 to F24.
    Function(u8),
    /// A key with a name.
    Named(Named),
}

/// Keys that are written by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Named {
    /// Enter or Return.
    Enter,
    /// Escape.
    Esc,
    /// Backspace.
    Backspace,
    /// Tab.
    Tab,
    /// Shift and Tab.
    BackTab,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Delete.
    Delete,
    /// Insert.
    Insert,
    /// The space bar.
    Space,
}

/// Name in `keys.toml`, name on the screen, the key.
const NAMES: [(&str, &str, Named); 16] = [
    ("enter", "Enter", Named::Enter),
    ("esc", "Esc", Named::Esc),
    ("backspace", "Backspace", Named::Backspace),
    ("tab", "Tab", Named::Tab),
    ("shift-tab", "S-Tab", Named::BackTab),
    ("up", "Up", Named::Up),
    ("down", "Down", Named::Down),
    ("left", "Left", Named::Left),
    ("right", "Right", Named::Right),
    ("home", "Home", Named::Home),
    ("end", "End", Named::End),
    ("page-up", "PgUp", Named::PageUp),
    ("page-down", "PgDn", Named::PageDown),
    ("delete", "Del", Named::Delete),
    ("insert", "Ins", Named::Insert),
    ("space", "Space", Named::Space),
];

/// A text that names no key.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` is not a key: write a character, ctrl-x, alt-x, f1, enter, page-down, …")]
pub struct BadKey(pub String);

impl Key {
    /// The plain character `c`.
    pub fn char(c: char) -> Self {
        Self::plain(if c == ' ' {
            Code::Named(Named::Space)
        } else {
            Code::Char(c)
        })
    }

    /// The named key without modifiers.
    pub fn named(named: Named) -> Self {
        Self::plain(Code::Named(named))
    }

    fn plain(code: Code) -> Self {
        Self {
            code,
            ctrl: false,
            alt: false,
        }
    }

    /// The key of a terminal event; `None` for keys that cannot be bound (media keys, bare
    /// modifiers) and for chords with the system key.
    pub fn from_event(event: &KeyEvent) -> Option<Self> {
        let held = event.modifiers;
        if held.intersects(KeyModifiers::SUPER | KeyModifiers::HYPER | KeyModifiers::META) {
            return None;
        }
        let code = code_of(event.code, held.contains(KeyModifiers::SHIFT))?;
        Some(Self {
            code,
            ctrl: held.contains(KeyModifiers::CONTROL),
            alt: held.contains(KeyModifiers::ALT),
        })
    }

    /// The character that this key types into a text field, if it types one.
    pub fn typed(self) -> Option<char> {
        match self.code {
            _ if self.ctrl || self.alt => None,
            Code::Char(c) => Some(c),
            Code::Named(Named::Space) => Some(' '),
            _ => None,
        }
    }

    /// The form for the screen: `Ctrl-P`, `PgDn`, `?`.
    pub fn label(self) -> String {
        let mut out = String::new();
        if self.ctrl {
            out.push_str("Ctrl-");
        }
        if self.alt {
            out.push_str("Alt-");
        }
        match self.code {
            Code::Char(c) if self.ctrl => out.extend(c.to_uppercase()),
            Code::Char(c) => out.push(c),
            Code::Function(n) => {
                out.push('F');
                out.push_str(&n.to_string());
            }
            Code::Named(named) => out.push_str(names(named).1),
        }
        out
    }
}

fn names(named: Named) -> (&'static str, &'static str) {
    NAMES
        .iter()
        .find(|row| row.2 == named)
        .map_or(("", ""), |row| (row.0, row.1))
}

fn code_of(code: KeyCode, shift: bool) -> Option<Code> {
    let named = match code {
        KeyCode::Char(' ') => Named::Space,
        // Some terminals report shift with a small letter, most the capital itself.
        KeyCode::Char(c) if shift => {
            return Some(Code::Char(c.to_uppercase().next().unwrap_or(c)));
        }
        KeyCode::Char(c) => return Some(Code::Char(c)),
        KeyCode::F(n) => return Some(Code::Function(n)),
        KeyCode::Enter => Named::Enter,
        KeyCode::Esc => Named::Esc,
        KeyCode::Backspace => Named::Backspace,
        KeyCode::Tab if shift => Named::BackTab,
        KeyCode::Tab => Named::Tab,
        KeyCode::BackTab => Named::BackTab,
        KeyCode::Up => Named::Up,
        KeyCode::Down => Named::Down,
        KeyCode::Left => Named::Left,
        KeyCode::Right => Named::Right,
        KeyCode::Home => Named::Home,
        KeyCode::End => Named::End,
        KeyCode::PageUp => Named::PageUp,
        KeyCode::PageDown => Named::PageDown,
        KeyCode::Delete => Named::Delete,
        KeyCode::Insert => Named::Insert,
        _ => return None,
    };
    Some(Code::Named(named))
}

impl FromStr for Key {
    type Err = BadKey;

    /// Reads what [`Key`]'s `Display` writes.
    fn from_str(text: &str) -> Result<Self, BadKey> {
        let bad = || BadKey(text.to_owned());
        let mut rest = text;
        let mut key = Self::plain(Code::Char('-'));
        loop {
            if let Some(after) = rest.strip_prefix("ctrl-").filter(|r| !r.is_empty()) {
                key.ctrl = true;
                rest = after;
            } else if let Some(after) = rest.strip_prefix("alt-").filter(|r| !r.is_empty()) {
                key.alt = true;
                rest = after;
            } else {
                break;
            }
        }
        let mut chars = rest.chars();
        key.code = match (chars.next(), chars.next()) {
            (Some(c), None) if !c.is_control() && c != ' ' => Code::Char(c),
            _ => named(rest).or_else(|| function(rest)).ok_or_else(bad)?,
        };
        Ok(key)
    }
}

fn named(text: &str) -> Option<Code> {
    let row = NAMES.iter().find(|row| row.0 == text)?;
    Some(Code::Named(row.2))
}

fn function(text: &str) -> Option<Code> {
    let number = text.strip_prefix('f')?.parse().ok()?;
    (1..=24).contains(&number).then_some(Code::Function(number))
}

impl fmt::Display for Key {
    /// The form of `keys.toml`, which [`Key::from_str`] reads back.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            out.write_str("ctrl-")?;
        }
        if self.alt {
            out.write_str("alt-")?;
        }
        match self.code {
            Code::Char(c) => write!(out, "{c}"),
            Code::Function(n) => write!(out, "f{n}"),
            Code::Named(named) => out.write_str(names(named).0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_survives_the_way_to_text_and_back() {
        for text in [
            "q",
            "?",
            "-",
            "ctrl-p",
            "alt-x",
            "ctrl-alt-d",
            "f1",
            "f12",
            "enter",
            "shift-tab",
            "page-down",
            "space",
            "G",
            "ctrl--",
            "ö",
        ] {
            let key: Key = text.parse().unwrap();
            assert_eq!(key.to_string(), text);
        }
    }

    #[test]
    fn what_is_no_key_is_refused_with_its_text() {
        for text in ["", "ctrl-", "f0", "f25", "pgdown", " ", "xy"] {
            assert_eq!(text.parse::<Key>(), Err(BadKey(text.to_owned())), "{text}");
        }
    }

    #[test]
    fn shift_gives_the_capital_and_shift_tab_its_own_key() {
        let event = |code, held| Key::from_event(&KeyEvent::new(code, held)).unwrap();
        assert_eq!(
            event(KeyCode::Char('g'), KeyModifiers::SHIFT),
            Key::char('G')
        );
        assert_eq!(
            event(KeyCode::Char('G'), KeyModifiers::SHIFT),
            Key::char('G')
        );
        assert_eq!(
            event(KeyCode::BackTab, KeyModifiers::SHIFT),
            Key::named(Named::BackTab)
        );
        assert_eq!(
            event(KeyCode::Char('p'), KeyModifiers::CONTROL).label(),
            "Ctrl-P"
        );
    }

    #[test]
    fn keys_with_control_type_nothing() {
        assert_eq!("ctrl-a".parse::<Key>().unwrap().typed(), None);
        assert_eq!(Key::char(' ').typed(), Some(' '));
        assert_eq!(Key::named(Named::Enter).typed(), None);
    }
}
