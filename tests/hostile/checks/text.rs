//! The door for text: whatever comes in, what leaves can be shown.

use inward::model::text::{Clean, LABEL_CHARS, RawPath, is_shown};

use super::{assert_line, assert_shown};

pub fn check(data: &[u8]) {
    let label = Clean::label(data);
    assert_line(label.as_str(), "a label");
    assert!(label.as_str().chars().count() <= LABEL_CHARS);
    assert_eq!(
        Clean::label(label.as_str().as_bytes()),
        label,
        "the door twice"
    );
    let path = RawPath::new(data);
    assert_eq!(path.as_bytes(), data, "a path is altered");
    assert_eq!(path.label(), label);
    assert!(
        format!("{path:?}").is_ascii(),
        "a path's bytes in a message"
    );

    let text = String::from_utf8_lossy(data);
    let note = Clean::note(&text);
    assert_shown(note.as_str(), "a note");
    assert!(is_shown(note.as_str()));
    assert_eq!(Clean::note(note.as_str()), note, "the door twice");
    // Nothing grows at the door but by composing anew, which is bounded.
    assert!(note.as_str().len() <= text.len() * 3);
    // What was read back from a file passes the same door.
    let json = serde_json::to_string(&note).expect("a note is JSON");
    let back: Clean = serde_json::from_str(&json).expect("and comes back");
    assert_eq!(back, note);
}

pub fn seeds() -> Vec<Vec<u8>> {
    let texts = [
        "plain words",
        "a\u{1b}[31mred\u{1b}[0m \u{1b}]0;title\u{7} \u{1b}]52;c;aGk=\u{1b}\\",
        "\u{9b}31m c1 \u{90}q\u{9c} \u{1b}(B \u{1b}P1$r\u{1b}\\",
        "\u{202e}desrever\u{202c} \u{2066}iso\u{2069} \u{200b}\u{200d}\u{feff}",
        "a\u{301}\u{302}\u{303}\u{304} \u{1e9b}\u{323} \u{ac00}\u{11a8} \u{fb1d}",
        "one\r\n two\n\n\tthree\u{2028}four\u{85}five",
        "\u{e0041}\u{e000}\u{f0000}\u{10ffff} \u{ff9e}\u{3164}",
    ];
    let mut seeds: Vec<Vec<u8>> = texts.iter().map(|text| text.as_bytes().to_vec()).collect();
    seeds.push(b"\xff\xfe broken \xf0\x9f\x98 utf-8 \xed\xa0\x80".to_vec());
    seeds.push([b"long ".repeat(60), b"\x1b[".to_vec()].concat());
    seeds
}
