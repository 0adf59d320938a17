//! Text of a commit in the encoding its header names, as UTF-8 bytes.

use std::borrow::Cow;

/// `text` as UTF-8 if its encoding is a Latin one that can be turned into it; else unchanged,
/// to be read as UTF-8 with what is invalid replaced.
pub(super) fn utf8<'a>(text: &'a [u8], encoding: Option<&[u8]>) -> Cow<'a, [u8]> {
    let Some(table) = encoding.and_then(table) else {
        return Cow::Borrowed(text);
    };
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let decoded: String = text.iter().map(|byte| table(*byte)).collect();
    Cow::Owned(decoded.into_bytes())
}

/// What a byte of an encoding stands for.
type Table = fn(u8) -> char;

fn table(encoding: &[u8]) -> Option<Table> {
    let name: Vec<u8> = encoding
        .iter()
        .filter(|c| c.is_ascii_alphanumeric())
        .map(u8::to_ascii_lowercase)
        .collect();
    match name.as_slice() {
        b"iso88591" | b"latin1" | b"88591" | b"l1" => Some(char::from),
        b"iso885915" | b"latin9" | b"885915" | b"l9" => Some(latin_9),
        b"windows1252" | b"cp1252" | b"win1252" => Some(windows_1252),
        _ => None,
    }
}

fn latin_9(byte: u8) -> char {
    match byte {
        0xA4 => '€',
        0xA6 => 'Š',
        0xA8 => 'š',
        0xB4 => 'Ž',
        0xB8 => 'ž',
        0xBC => 'Œ',
        0xBD => 'œ',
        0xBE => 'Ÿ',
        other => char::from(other),
    }
}

fn windows_1252(byte: u8) -> char {
    const FROM_80: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => FROM_80[usize::from(byte - 0x80)],
        other => char::from(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(text: &[u8], encoding: &str) -> String {
        String::from_utf8_lossy(&utf8(text, Some(encoding.as_bytes()))).into_owned()
    }

    #[test]
    fn latin_texts_become_utf_8() {
        assert_eq!(decoded(b"J\xfcrgen", "ISO-8859-1"), "Jürgen");
        assert_eq!(decoded(b"\xa4", "iso8859-15"), "€");
        assert_eq!(decoded(b"\x93x\x94", "CP1252"), "“x”");
    }

    #[test]
    fn an_unknown_encoding_is_read_as_utf_8_with_replacements() {
        assert_eq!(decoded("é".as_bytes(), "UTF-8"), "é");
        assert_eq!(decoded(b"a\xffb", "KOI8-R"), "a\u{fffd}b");
    }
}
