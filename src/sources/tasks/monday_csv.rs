//! monday.com: a board saved as one sheet holds several tables below each other. It is refused
//! with the way out.

use super::ImportError;
use super::format::{Context, Format, How, Out};
use super::head::Head;
use super::input::Input;

/// The board's sheet saved as CSV.
pub(super) const FORMAT: Format = Format {
    id: "monday-csv",
    source: "monday",
    label: "monday.com CSV",
    fits,
    read,
    caps: &[],
    how: Some(&HOW),
};

const HOW: How = How {
    title: "monday.com",
    steps: &[
        "Open the board's menu (the three dots): Export board to Excel.",
        "In a spreadsheet keep one table: its header row and the items of one group, without the title above and without the rows of subitems. Save that as CSV.",
        "$ inward import --map-template board.csv > monday.toml",
        "Say in monday.toml which column is what, then: $ inward import --map monday.toml board.csv",
    ],
    yields: "what the columns of the board hold: names, status, people, dates",
    cannot: "The sheet of a whole board (titles, groups and subitems mixed) is not read, and it tells neither when work began nor when a status changed.",
};

/// A header with `Subitems` below a title. A table of its own begins with its header, and is left
/// to a mapping.
fn fits(head: &Head) -> bool {
    let board = head.has_columns(&["name", "subitems"]);
    let first = head.text().lines().find(|line| !line.trim().is_empty());
    board && first.is_some_and(|line| !line.to_lowercase().contains("subitems"))
}

fn read(_: &Input, _: &Context<'_>, _: &mut Out<'_>) -> Result<(), ImportError> {
    Err(ImportError::Refused(
        "is the sheet of a whole monday.com board, several tables in one: keep one table (its header row and its items), save it as CSV and import it with --map; `inward import --map-template FILE` drafts the mapping"
            .to_owned(),
    ))
}

#[cfg(test)]
mod tests {
    use super::super::registry;
    use super::super::testing::read;
    use super::*;

    const BOARD: &str = "Moon board\nAll of it\n\nThis week\nName,Subitems,Person,Status,Date\nLand,Dust,Ada L,Done,2026-03-06\nSubitems,Name,Owner,Status\n,Dust,Ada L,Stuck\n";

    #[test]
    fn a_whole_board_is_refused_with_the_way_out_and_a_single_table_is_left_to_a_mapping() {
        let error = read(&FORMAT, BOARD, "board.csv").unwrap_err().to_string();
        assert!(
            error.contains("--map") && error.contains("one table"),
            "{error}"
        );
        let table = "Name,Subitems,Person,Status,Date\nLand,Dust,Ada L,Done,2026-03-06\n";
        let input = Input::from_bytes(table, "table.csv").unwrap();
        assert!(registry::detect(input.head()).is_none());
    }
}
