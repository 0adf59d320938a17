//! `docs/wording.md`, and the head of a template that the owner begins with.

use super::filters::FILTERS;
use super::{Kind, templates};
use crate::report::schema::draft::DRAFT;

/// `text` with a comment in front that says how it is used and which variables there are.
pub(super) fn with_head(text: &str, kind: Kind) -> String {
    let mut head = vec![
        format!(
            "{{# The wording of `inward {}`. A file of this name in the folder `wording` beside the",
            kind.as_str(),
        ),
        format!(
            "   settings stands in for the built-in one: {}. Macros come from {}.",
            templates::name(kind),
            templates::PIECES
        ),
        format!(
            "   Try it with `inward {} --check`; docs/wording.md explains.",
            kind.as_str()
        ),
        String::new(),
        "   Variables:".to_owned(),
    ];
    for object in DRAFT.objects {
        let names: Vec<&str> = object.fields.iter().map(|field| field.0).collect();
        let place = match object.place {
            "" => "the draft",
            place => place,
        };
        head.push(format!("     {place}: {}", names.join(", ")));
    }
    format!("{} #}}\n{text}", head.join("\n"))
}

/// `docs/wording.md`.
pub fn wording_markdown() -> String {
    let mut out = HEAD.to_owned();
    out.push_str("\n## Variables\n\nThe fields of `--json`, under the same names.\n");
    for object in DRAFT.objects {
        let title = match object.place {
            "" => "Everywhere",
            place => place,
        };
        out.extend([
            "\n**",
            title,
            "**\n\n| Name | Type | Meaning |\n|---|---|---|\n",
        ]);
        for (name, kind, meaning) in object.fields {
            out.extend(["| `", name, "` | ", kind, " | ", meaning, " |\n"]);
        }
    }
    out.push_str("\n## Filters\n\n| Written | Gives |\n|---|---|\n");
    for (call, meaning) in FILTERS {
        out.extend(["| ", call, " | ", meaning, " |\n"]);
    }
    out.push_str(MORE_FILTERS);
    out.extend([
        "\n## In another language\n\n",
        ABOUT_EXAMPLE,
        "\n```jinja\n",
        EXAMPLE,
        "```\n",
    ]);
    out
}

/// A stand-up in German, shown in the manual and rendered by a test.
pub(super) const EXAMPLE: &str = include_str!("../../../../assets/wording/examples/standup.de.md");

const ABOUT_EXAMPLE: &str = "\
A stand-up in German, for `wording/standup.md`. Days in words (`when`, `since.words`) are English;
`since.day` and the other plain days (`2026-11-20`) are there to be put into other words.
";

const MORE_FILTERS: &str = "
The engine's own are there too: `length`, `join`, `first`, `last`, `list`, `map`, `selectattr`,
`rejectattr`, `select`, `reject`, `sort`, `unique`, `groupby`, `default`, `replace`, `upper`, `lower`
and what else MiniJinja brings; and slices: `finished[:8]`.
";

const HEAD: &str = "\
# Your own wording

Made from the source (`INWARD_BLESS=1 cargo test --test figures` writes it anew).

The drafts (`inward standup`, `week`, `month`, `review`) are written by templates. Each can be
replaced by a file of the same name in the folder `wording` beside the settings file; `inward paths`
names it. Start from the built-in one:

```sh
mkdir -p ~/.config/inward/wording
inward standup --wording > ~/.config/inward/wording/standup.md
inward standup --check
```

| File | Writes |
|---|---|
| `standup.md`, `week.md`, `month.md`, `review.md` | the draft of that name |
| `pieces.md` | macros that the others share |

With `--plain` the same template is written without its own marks: `#` in front of a heading, `**`
and backticks. Words from outside keep theirs.

The shell empties the file that `>` names before inward reads it: this begins anew from the built-in
template. A file is UTF-8, at most 64 KiB, and lies in the folder itself: a link that leads out of it is not
followed. An empty one is none. One that cannot be read or has a mistake is named with its line and
the cause on stderr, and the built-in one writes that draft. `--check` tries every file on a draft with all lists filled
and on an empty one, and ends with exit code 1 if one fails.

## How it is written

The language is that of [MiniJinja](https://docs.rs/minijinja) (Jinja2's): `{{ days }}` writes a
variable, `{% for item in finished %}` … `{% endfor %}` goes over a list, `{% if notes %}` … `{% endif %}`
asks whether there is anything. A line that holds only `{% … %}` leaves no line behind.

- A name that is not there is a mistake, never an empty word. What may be absent (`null` below) writes
  nothing.
- Lists are complete. What a short list leaves out has `shown` false.
- A template sees the draft and nothing else: no file, no clock, no environment. One that runs too
  long is stopped; a tag of more than 1,000 bytes and more than 60 blocks in one another are refused.
- A template is your own program. What runs too long is counted in steps, and one step can be made to
  take for ever (a list added to itself again and again): take no template from a stranger unread.
- `range` is a variable of the draft, so the engine's function `range()` cannot be called.
- Blank space is tidied: no space at a line's end, no two blank lines in a row.
- Words from outside (titles, summaries, notes) stay words in Markdown: `Vec<T>`, `@name` and
  `__name__` are put in backticks whole, so that no renderer drops the one and no forge calls the
  other; addresses (`https://…`) stay as they are; a `#`, `-` or `|` that would begin a heading, a list
  or a table, and `*` or `_` that would pair up, get a backslash; code in balanced backticks stays
  code. In plain text they are written as they are.
- A text of several lines stays in its list item.
";
