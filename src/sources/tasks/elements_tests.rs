use super::*;

fn found(text: &str, places: &[&str]) -> Result<Vec<(usize, u64, String, String)>, String> {
    let mut elements = Elements::new(Box::new(std::io::Cursor::new(text.to_owned())), places);
    let mut out = Vec::new();
    loop {
        match elements.next() {
            Ok(Some(e)) => {
                let bytes = String::from_utf8_lossy(e.bytes).replace(char::is_whitespace, "");
                out.push((e.place, e.line, e.key.to_owned(), bytes));
            }
            Ok(None) => return Ok(out),
            Err(error) => return Err(error.to_string()),
        }
    }
}

fn texts(text: &str, places: &[&str]) -> Vec<String> {
    found(text, places)
        .unwrap()
        .into_iter()
        .map(|one| one.3)
        .collect()
}

#[test]
fn arrays_pages_lines_and_bare_values_give_the_same_records() {
    let (a, b) = (r#"{"k":1}"#, r#"{"k":[2,{"x":"]}"}]}"#);
    let wanted = [a.to_owned(), b.to_owned()];
    assert_eq!(texts(&format!("[{a},\n{b}]"), &["[]"]), wanted);
    assert_eq!(
        texts(&format!("{{\"t\":9,\"issues\":[{a},{b}]}}"), &["issues[]"]),
        wanted
    );
    let pages = format!("[{{\"issues\":[{a}]}},{{\"issues\":[{b}]}}]");
    assert_eq!(texts(&pages, &["[].issues[]"]), wanted);
    assert_eq!(texts(&format!("{a}\n{b}\n"), &[""]), wanted);
    assert_eq!(
        texts(&format!("Override note\n[\n{a}\n{b}\n]\n"), &["[]"]),
        wanted
    );
}

#[test]
fn keys_scalars_and_lines_are_told() {
    let text = "{\"b\":{\n\"one\":{\"type\":\"w\",\"events\":[1,\n{}]}}}";
    let got = found(text, &["b.*.type", "b.*.events[]"]).unwrap();
    let wanted = [
        (0, 2, "type".to_owned(), "\"w\"".to_owned()),
        (1, 2, "events".into(), "1".into()),
        (1, 3, "events".into(), "{}".into()),
    ];
    assert_eq!(got, wanted);
}

#[test]
fn a_file_that_breaks_off_or_closes_too_much_is_an_error_with_its_line() {
    assert!(
        found("[{\"a\":1},\n{\"b\":", &["[]"])
            .unwrap_err()
            .starts_with("line 2")
    );
    assert!(
        found("[1,2", &["x"])
            .unwrap_err()
            .contains("ends in the middle")
    );
    assert!(found("{\"a\":[1}}", &["x"]).is_err());
}

#[test]
fn a_million_brackets_are_counted_and_not_followed() {
    let deep = format!(
        "{{\"x\":{}1{},\"k\":[7]}}",
        "[".repeat(1_000_000),
        "]".repeat(1_000_000)
    );
    assert_eq!(texts(&deep, &["k[]"]), ["7"]);
    let element = format!("[{}{}]", "[".repeat(1_000), "]".repeat(1_000));
    let mut elements = Elements::new(Box::new(element.as_bytes()), &["[]"]);
    let one = elements.next().unwrap().unwrap();
    assert!(
        one.parse::<serde_json::Value>()
            .unwrap_err()
            .contains("recursion")
    );
}
