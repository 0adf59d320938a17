//! Lines of the label: heads, and entries whose text hangs beside or below their name.

use unicode_width::UnicodeWidthStr;

use crate::report::layout::wrap;

/// Below this many columns a text stands under its name, not beside it.
const WIDE: usize = 64;

/// The text as it grows.
pub(super) struct Page {
    out: String,
    width: Option<usize>,
}

impl Page {
    /// For a terminal of `width` columns; `None`: lines are not broken.
    pub(super) fn new(width: Option<usize>) -> Self {
        Self {
            out: String::new(),
            width: width.map(|width| width.clamp(30, 120)),
        }
    }

    /// Whether there is room for two texts side by side.
    pub(super) fn wide(&self) -> bool {
        self.width.is_none_or(|width| width >= WIDE)
    }

    /// The first line.
    pub(super) fn head(&mut self, text: &str) {
        self.hang("", 0, 2, text);
    }

    /// An empty line and a head.
    pub(super) fn section(&mut self, text: &str) {
        self.out.push('\n');
        self.head(text);
    }

    /// A line below a head.
    pub(super) fn line(&mut self, text: &str) {
        self.hang("  ", 2, 4, text);
    }

    /// An entry below a head: `name`, and the text `room` columns further in than it.
    pub(super) fn item(&mut self, name: &str, room: usize, text: &str) {
        self.entry(2, name, room, text);
    }

    /// [`Self::item`] whose name is `indent` columns in.
    pub(super) fn entry(&mut self, indent: usize, name: &str, room: usize, text: &str) {
        let head = format!("{:indent$}{name}", "");
        // A mark like "-" needs no line of its own.
        let beside = self.wide() || room <= 2 || name.width() <= 3;
        if beside && name.width() < room {
            let gap = room - name.width();
            self.hang(
                &format!("{head}{:gap$}", ""),
                indent + room,
                indent + room,
                text,
            );
        } else if self.width.is_none() {
            self.hang(&format!("{head}  "), 0, 0, text);
        } else {
            let short = name.split_whitespace().collect::<Vec<_>>().join(" ");
            let line = format!("{:indent$}{short}  {text}", "");
            if self.width.is_some_and(|width| line.width() <= width) {
                self.out.extend([line.as_str(), "\n"]);
                return;
            }
            self.out.extend([" ".repeat(indent).as_str(), &short, "\n"]);
            let deeper = indent + 2;
            self.hang(&format!("{:deeper$}", ""), deeper, deeper, text);
        }
    }

    /// `head`, then `text`, its first line `first` and its others `rest` columns in.
    fn hang(&mut self, head: &str, first: usize, rest: usize, text: &str) {
        self.out.push_str(head);
        let Some(width) = self.width else {
            self.out.push_str(text);
            self.out.push('\n');
            return;
        };
        let room = width.saturating_sub(rest.max(first)).max(20);
        for (at, line) in wrap(text, room, 0).lines().enumerate() {
            if at > 0 {
                self.out.extend(std::iter::repeat_n(' ', rest));
            }
            self.out.push_str(line);
            self.out.push('\n');
        }
    }

    /// All of it.
    pub(super) fn text(self) -> String {
        self.out
    }
}
