//! Tables of every shape that exports come in.

use super::super::input::Input;

fn rows(text: &str, required: &[&[&'static str]], wanted: &str) -> Vec<(u64, String)> {
    let input = Input::from_bytes(text, "t.csv").unwrap();
    let mut table = input.table(required).unwrap();
    let column = table.column(&[wanted]);
    let mut out = Vec::new();
    while let Some(row) = table.next().unwrap() {
        out.push((row.line, row.get(column).to_owned()));
    }
    out
}

#[test]
fn the_delimiter_is_the_one_that_yields_the_known_names() {
    for text in ["Key,a;b\nX-1,2\n", "Key;a,b\nX-1;2\n", "Key\ta\nX-1\t2\n"] {
        assert_eq!(
            rows(text, &[&["key"]], "key"),
            [(2, "X-1".to_owned())],
            "{text}"
        );
    }
}

#[test]
fn a_preamble_blank_rows_and_a_second_header_are_passed_over() {
    let text = "Report of May\n\nsome,thing\nKey,Title\nA,1\n,\nKey,Title\nB,2\n";
    let keys = rows(text, &[&["id", "key"], &["title"]], "key");
    assert_eq!(keys, [(5, "A".to_owned()), (8, "B".to_owned())]);
}

#[test]
fn short_and_wide_rows_lend_what_they_have_and_quoted_lines_keep_count() {
    let text = "Key,Title,Due\nA,\"two\nlines\"\nB,x,y,\n";
    assert_eq!(
        rows(text, &[&["key"]], "due"),
        [(2, String::new()), (4, "y".into())]
    );
    let input = Input::from_bytes(text, "t.csv").unwrap();
    let mut table = input.table(&[&["key"]]).unwrap();
    while table.next().unwrap().is_some() {}
    assert_eq!(table.first_wide(), Some(4));
}

#[test]
fn lines_are_counted_the_same_whatever_ends_them() {
    let text = "Key,Title\nA,\"two\nlines\"\nB,x\n";
    let wanted = [(2, "A".to_owned()), (4, "B".to_owned())];
    assert_eq!(rows(text, &[&["key"]], "key"), wanted);
    assert_eq!(
        rows(&text.replace('\n', "\r\n"), &[&["key"]], "key"),
        wanted
    );
}

#[test]
fn a_quote_that_is_never_closed_is_an_error_and_not_the_end() {
    let text = "Key,Title\nA,one\nB,\"two\nC,three\nD,four\n";
    let input = Input::from_bytes(text, "t.csv").unwrap();
    let mut table = input.table(&[&["key"]]).unwrap();
    table.next().unwrap();
    table.next().unwrap();
    let error = table.next().err().unwrap().to_string();
    assert!(error.starts_with("line 3: a quote"), "{error}");
    let closed = "Key,Title\nA,\"two\nlines\"\n";
    assert_eq!(rows(closed, &[&["key"]], "key").len(), 1);
}

#[test]
fn a_missing_column_is_named() {
    let input = Input::from_bytes("a,b\n1,2\n", "t.csv").unwrap();
    let error = input.table(&[&["issue key"]]).err().unwrap().to_string();
    assert!(error.contains("issue key"), "{error}");
}
