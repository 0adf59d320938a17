//! Words from outside, read by a Markdown reader: it shows the same words and no structure.

use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};

use super::super::Form;
use super::super::page::finish;

/// What a reader shows, and the structure it found.
fn read(markdown: &str) -> (String, Vec<&'static str>) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES;
    let (mut shown, mut found) = (String::new(), Vec::new());
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Text(text) | Event::Code(text) => shown.push_str(&text),
            Event::SoftBreak => shown.push('\n'),
            Event::Start(tag) => found.push(name(&tag)),
            Event::End(_) => {}
            _ => found.push("other"),
        }
    }
    (shown, found)
}

/// What a reader shows outside of code, and whether an `@` in it calls somebody.
fn read_words(markdown: &str) -> (String, bool) {
    let mut words = String::new();
    for event in Parser::new(markdown) {
        match event {
            Event::Text(text) => words.push_str(&text),
            _ => words.push(' '),
        }
    }
    let all: Vec<char> = words.chars().collect();
    let calls = all.iter().enumerate().any(|(at, c)| {
        let mail = at > 0 && all[at - 1].is_ascii_alphanumeric();
        let named = all.get(at + 1).is_some_and(char::is_ascii_alphanumeric);
        *c == '@' && named && !mail
    });
    (words, calls)
}

fn name(tag: &Tag<'_>) -> &'static str {
    match tag {
        Tag::Paragraph => "paragraph",
        Tag::Heading { .. } => "heading",
        Tag::List(_) => "list",
        Tag::Item => "item",
        Tag::BlockQuote(_) => "quote",
        Tag::Strong => "strong",
        Tag::Table(_) => "table",
        Tag::TableHead => "head",
        Tag::TableRow => "row",
        Tag::TableCell => "cell",
        _ => "other",
    }
}

/// `template` with `text` for each `{}`, as the page writes it.
fn page(template: &str, text: &str) -> String {
    let marked = format!("\u{fdd0}{text}\u{fdd1}");
    finish(&template.replace("{}", &marked), Form::Markdown)
}

fn line(text: &str) -> String {
    page("- {}", text)
        .trim_start_matches("- ")
        .trim_end()
        .to_owned()
}

/// Places in which a template puts words, and what else is shown there.
const PLACES: [(&str, &str); 9] = [
    ("- {}", "{}"),
    ("{}", "{}"),
    ("## {}", "{}"),
    ("> {}", "{}"),
    ("1. {}", "{}"),
    ("**{}** is it", "{} is it"),
    ("- *so* {}: {} (x_y)", "so {}: {} (x_y)"),
    ("- one\n- {}\n- *two*", "one{}two"),
    ("| a | b |\n|---|---|\n| {} | c |", "ab{}c"),
];

/// The words alone: backticks and spaces depend on what is code.
fn bare(text: &str) -> String {
    text.chars()
        .filter(|c| *c != '`' && !c.is_whitespace())
        .collect()
}

fn shows_the_same(text: &str) -> Result<(), TestCaseError> {
    for (template, shown) in PLACES {
        // A table's row and a heading are one line.
        if text.contains('\n') && (template.contains('|') || template.contains('#')) {
            continue;
        }
        let markdown = page(template, text);
        let (read_text, found) = read(&markdown);
        let wanted = shown.replace("{}", text);
        prop_assert_eq!(
            bare(&read_text),
            bare(&wanted),
            "{} in\n{}",
            text,
            &markdown
        );
        if !text.contains('`') && !text.contains('\n') {
            prop_assert_eq!(
                read_text.trim(),
                wanted.trim(),
                "{} in\n{}",
                text,
                &markdown
            );
        }
        prop_assert!(!read_words(&markdown).1, "{} in\n{}", text, &markdown);
        let plain = read(&page(template, "x")).1;
        prop_assert_eq!(found, plain, "{} in\n{}", text, &markdown);
    }
    Ok(())
}

#[test]
fn plain_titles_stay_as_they_are() {
    for text in [
        "Fix foo_bar in a_b_c",
        "2 * 3 = 6",
        "a * b and c * d",
        "x < 3 and y > 2",
        "Retry `curl -s *.txt` twice",
        "#12 again",
        "C# and F#",
        "10% of -5",
        "Use snake_case, not *",
        "Rename a|b",
        "AT&T & friends",
        "[WIP] Retry uploads",
        "fix(api): say why (#12)",
        "Path C:\\dir",
        "~/.config and ~/bin",
        "costs $5 and $6",
        "1.5 times",
        "me@example.org",
        "https://www.npmjs.com/package/@types/node",
        "https://medium.com/@me/foo_bar",
        "see (https://github.com/@yz).",
        "-v means verbose",
        "glob *.rs",
    ] {
        assert_eq!(line(text), text);
    }
}

#[test]
fn what_markdown_would_take_for_its_own_is_kept_readable() {
    for (text, written) in [
        ("Vec<T> grows", "`Vec<T>` grows"),
        ("HashMap<String, u8> too", "`HashMap<String, u8>` too"),
        ("Drop </div>", "Drop `</div>`"),
        ("Call Vec<T>::new(), then", "Call `Vec<T>::new()`, then"),
        ("<b>x</b> (see <i>)", "`<b>x</b>` (see `<i>`)"),
        ("thanks @joe-b.", "thanks `@joe-b`."),
        ("(@types/node)", "(`@types/node`)"),
        ("# no heading", "\\# no heading"),
        ("- no list", "\\- no list"),
        ("1. no list", "1\\. no list"),
        ("> no quote", "\\> no quote"),
        ("[x] no task", "\\[x] no task"),
        ("__init__ first", "`__init__` first"),
        ("*all* of it", "\\*all\\* of it"),
        ("~~gone~~", "\\~\\~gone\\~\\~"),
        ("[a](b)", "[a\\](b)"),
        ("one ` tick", "one \\` tick"),
        (
            "__MINGW_{PRINTF,SCANF}_FORMAT",
            "`__MINGW_{PRINTF,SCANF}_FORMAT`",
        ),
        (
            "\"magit-remote.<remote>.followremotehead\"",
            "\"`magit-remote.<remote>.followremotehead`\"",
        ),
        ("by @xt`", "by `` @xt` ``"),
        ("@xo@xp", "`@xo@xp`"),
        ("|a", "\\|a"),
        ("&amp; stays", "\\&amp; stays"),
        ("a < b <c", "a < b \\<c"),
    ] {
        assert_eq!(line(text), written);
    }
    assert_eq!(
        page("| a |\n|---|\n| {} |", "x|y"),
        "| a |\n|---|\n| x\\|y |\n"
    );
}

#[test]
fn nobody_is_called_by_a_name_in_a_title() {
    for text in [
        "@a",
        "by @a",
        "@a and @b",
        "(@a)",
        "cc:@a",
        "@a/b-c.",
        "**@a**",
        "`x` @a",
        "@xt`",
        "`@xu",
        "a<b>@xa`",
        "> @xz`",
        "``@xd`",
        "1`@ya`2`@yb",
        "one\n@yi`",
        "@xo@xp",
        "é@xs",
        "repo<b>@x`=1 *y*",
    ] {
        shows_the_same(text).unwrap();
        let shown = line(text);
        let (words, _) = read_words(&shown);
        assert!(!words.contains('@'), "{shown}");
    }
}

#[test]
fn nasty_words_are_shown_as_they_are() {
    let starts = [
        "", "a ", "#", "- ", "* ", "+ ", "1) ", "> ", "[ ] ", "[x]: ", "=", "~~~",
    ];
    let middles = [
        "*a*",
        "**a** b",
        "_a_",
        "a*b*c",
        "<b>",
        "<!-- a",
        "<a href='x'>",
        "![a](b)",
        "[a][b]",
        "`a",
        "``a`",
        "`a` `b",
        "\\",
        "\\*a\\*",
        "&#64;x",
        "@a `",
        "`@a",
        "a|b",
        "***",
        "---",
        "_ _",
        "a_",
        "_b",
        "<x@y.z>",
        "a\\`b`",
        "~a~",
        "#",
        "a #",
    ];
    let mut tried = 0;
    for start in starts {
        for middle in middles {
            for end in ["", " z", "*", "\\", " #"] {
                shows_the_same(&format!("{start}{middle}{end}")).unwrap();
                tried += 1;
            }
        }
    }
    for text in [
        "a\n~~~",
        "a\n***",
        "a\n_ _ _",
        "x\n- y\n# z",
        "a\n| b |\n|---|\n| c |",
        "a | b\n--- | ---",
        "a | b\n:-- | --",
    ] {
        shows_the_same(text).unwrap();
    }
    assert!(tried > 1_000);
}

proptest! {
    #[test]
    fn any_words_are_shown_as_they_are(parts in prop::collection::vec(prop::sample::select(PARTS), 1..9)) {
        let text = crate::model::text::Clean::note(&parts.concat());
        let text = text.as_str().trim();
        prop_assume!(!text.is_empty());
        shows_the_same(text)?;
    }
}

/// What nasty words are made of.
const PARTS: &[&str] = &[
    "a", "B", "é", " ", " ", "*", "**", "_", "__", "`", "``", "~", "~~", "#", "-", "+", "=", "1.",
    "2)", "<", ">", "<b>", "</b>", "<!--", "-->", "[", "]", "(", ")", "!", "&amp;", "&", "\\", "|",
    "@joe", ":", "^", "x_y", "\n", "'", "\"", ".",
];
