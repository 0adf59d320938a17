//! Which glyphs the screen is drawn with. `ascii` replaces every glyph whose width is ambiguous,
//! because some terminals with CJK fonts draw those two columns wide.

use ratatui::symbols::Marker;
use ratatui::symbols::border;

/// The setting `graphics`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Graphics {
    /// Braille lines, block bars.
    #[default]
    Braille,
    /// Half blocks instead of braille, for fonts without it.
    Block,
    /// ASCII alone.
    Ascii,
}

/// The glyphs of a setting.
#[derive(Clone, Copy, Debug)]
pub struct Glyphs {
    /// Marker of a line in a chart.
    pub line: Marker,
    /// Eighths of a cell from below: index 0 is empty, 8 is full.
    pub eighths: [&'static str; 9],
    /// The upper half of a cell.
    pub upper_half: &'static str,
    /// A full cell of a bar.
    pub bar: &'static str,
    /// A full cell of a bar that is not over yet.
    pub running_bar: &'static str,
    /// Amounts in five steps without colour; index 0 is zero.
    pub shades: [&'static str; 6],
    /// The usual range behind a line.
    pub band: &'static str,
    /// The period before.
    pub before: &'static str,
    /// The bucket that is not over yet.
    pub running: &'static str,
    /// A point under the cursor.
    pub point: &'static str,
    /// The cursor of a list and the mark of the focused panel.
    pub cursor: &'static str,
    /// What stands between clauses.
    pub dot: &'static str,
    /// What ends a text that was cut.
    pub cut: &'static str,
    /// What stands between the levels of a path.
    pub into: &'static str,
    /// Covered text.
    pub cover: &'static str,
    /// A marked row, an unmarked row.
    pub marks: [&'static str; 2],
    /// Axes: up, corner, along, tick, and the tick on the upright axis.
    pub axis: [&'static str; 5],
    /// Marked days on the line of time.
    pub marked: &'static str,
    /// A rule across a panel.
    pub rule: &'static str,
    /// The cursor of a text field.
    pub caret: &'static str,
    /// One thing in a cell of a scatter, and more than one.
    pub dots: [&'static str; 2],
    /// A level across a scatter.
    pub level: &'static str,
    /// A level across rows.
    pub limit: &'static str,
    /// A thin bar of a row.
    pub thin: &'static str,
    /// The bar of a row as far as its interval leaves it open, the line beyond it, and its end.
    pub whisker: [&'static str; 3],
    /// The bands of a stack without own colours, from below.
    pub bands: [&'static str; 5],
    /// The lower half of a cell.
    pub lower_half: &'static str,
    /// The sign before deleted lines.
    pub minus: &'static str,
    /// Borders of panels.
    pub border: border::Set<'static>,
}

const UNICODE: Glyphs = Glyphs {
    line: Marker::Braille,
    eighths: [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
    upper_half: "▀",
    bar: "▇",
    running_bar: "░",
    shades: ["·", "░", "▒", "▓", "█", "█"],
    band: "░",
    before: "┄",
    running: "◌",
    point: "◆",
    cursor: "▸",
    dot: "·",
    cut: "…",
    into: "›",
    cover: "·",
    marks: ["[x]", "[ ]"],
    axis: ["│", "└", "─", "┴", "┤"],
    marked: "━",
    rule: "─",
    caret: "▏",
    dots: ["•", "●"],
    level: "╌",
    limit: "╎",
    thin: "━",
    whisker: ["▒", "─", "┤"],
    bands: ["█", "▓", "▒", "░", "·"],
    lower_half: "▄",
    minus: "−",
    border: border::ROUNDED,
};

const ASCII: Glyphs = Glyphs {
    line: Marker::Custom('*'),
    eighths: [" ", ".", ".", ":", ":", "|", "|", "#", "#"],
    upper_half: "'",
    bar: "#",
    running_bar: ":",
    shades: [".", "-", "+", "x", "#", "#"],
    band: ".",
    before: "~",
    running: "o",
    point: "@",
    cursor: ">",
    dot: "|",
    cut: "~",
    into: ">",
    cover: ".",
    marks: ["[x]", "[ ]"],
    axis: ["|", "+", "-", "+", "+"],
    marked: "=",
    rule: "-",
    caret: "_",
    dots: ["o", "O"],
    level: "-",
    limit: ":",
    thin: "=",
    whisker: ["=", "-", "|"],
    bands: ["#", "x", "+", "-", "."],
    lower_half: "_",
    minus: "-",
    border: border::Set {
        top_left: "+",
        top_right: "+",
        bottom_left: "+",
        bottom_right: "+",
        vertical_left: "|",
        vertical_right: "|",
        horizontal_top: "-",
        horizontal_bottom: "-",
    },
};

impl Graphics {
    /// The setting that `name` names.
    pub fn by_name(name: &str) -> Option<Self> {
        match name {
            "braille" => Some(Self::Braille),
            "block" => Some(Self::Block),
            "ascii" => Some(Self::Ascii),
            _ => None,
        }
    }

    /// Its glyphs.
    pub fn glyphs(self) -> Glyphs {
        match self {
            Self::Braille => UNICODE,
            Self::Block => Glyphs {
                line: Marker::HalfBlock,
                ..UNICODE
            },
            Self::Ascii => ASCII,
        }
    }
}
