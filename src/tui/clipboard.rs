//! Text for the terminal's clipboard (OSC 52): works over ssh, needs no desktop library.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The bytes that put `text` on the clipboard.
pub(super) fn sequence(text: &str) -> Vec<u8> {
    let mut out = b"\x1b]52;c;".to_vec();
    for three in text.as_bytes().chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            // Each missing byte of the last group is one `=`.
            out.push(if place > three.len() {
                b'='
            } else {
                ALPHABET[(bits >> (18 - 6 * place) & 63) as usize]
            });
        }
    }
    out.push(0x07);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_base64_as_its_definition_shows_it() {
        for (text, coded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
            ("ü/?", "w7wvPw=="),
        ] {
            let expected = format!("\u{1b}]52;c;{coded}\u{7}");
            assert_eq!(String::from_utf8(sequence(text)).unwrap(), expected);
        }
    }
}
