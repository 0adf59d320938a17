//! `docs/data.md`: every stored field in words, made from the texts of the label.

use std::fmt::Write as _;

use crate::store::GROUPS;
use crate::sync::label::NEVER;

const HEAD: &str = "# What is stored, column by column

Made from the texts in the source (`INWARD_BLESS=1 cargo test --test figures` writes it anew). A test
holds them against the tables of a new file: a column without a text fails it, and so does one that
nothing reads and that is not named here as such. `inward privacy` prints the same with the numbers of
your own file, `inward privacy --json` as one document.

*Off* is the switch under `[keep]` in the settings: what it turns off is not stored, and is erased
where it was stored. A column without a switch goes when its row does: by forgetting it, or by
`inward import --undo`. A keyed hash is made with a random key of this one file, so that it matches
nothing outside it.

## The files

| File | Holds |
|---|---|
| `inward.db` | the store: the tables below |
| `inward.db.words` | the second place: the rows of accounts, exclusions, goal_links, goals, identities, imports, link_choices, notes, repositories, shares and tombstones once more, and of meta the answers on what is kept and the store's keys; written anew when one of them changes, sealed where the store is, read only by `inward rebuild` and `inward doctor` |
| `inward.db-journal` | the write that is going on; empty after it |
| `roots.toml` | the folders of registered repositories |
| `ballast` | room for a full disk; no data |

A sealed store has two more files ([sealed.md](sealed.md)).

";

/// The page about every table and column.
pub fn data_markdown() -> String {
    let mut out = HEAD.to_owned();
    // Writing into a text cannot fail.
    let _ = writeln!(out, "Never stored: {NEVER}.");
    for (group, tables) in GROUPS {
        let _ = writeln!(out, "\n## {group}");
        for table in *tables {
            let _ = writeln!(out, "\n### {}\n\n{}.\n", table.table, sentence(table.holds));
            out.push_str("| Column | What | Why | Read by | Off |\n|---|---|---|---|---|\n");
            for column in table.columns {
                let off = column
                    .switch
                    .map_or_else(String::new, |name| format!("`{name}`"));
                let _ = writeln!(
                    out,
                    "| `{}` | {} | {} | {} | {off} |",
                    column.column, column.what, column.why, column.read_by
                );
            }
        }
    }
    out
}

/// The text with a capital letter at its head.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let head = chars.next().map(|c| c.to_uppercase().collect::<String>());
    head.unwrap_or_default() + chars.as_str()
}
