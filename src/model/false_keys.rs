//! Words that look like a tracker's project and are none.

/// Whether `word` before a number names a standard, an encoding, a hash, a protocol, a machine
/// or a stage, and no project. `rest` is what follows the number.
pub fn is_false(word: &[u8], rest: &[u8]) -> bool {
    // A date or a licence: `ABC-2021-03-04`, `ABC-2.0`.
    let is_decimal = rest.first() == Some(&b'.') && rest.get(1).is_some_and(u8::is_ascii_digit);
    is_decimal
        || WORDS
            .binary_search_by(|known| known.as_bytes().cmp(word))
            .is_ok()
}

/// Sorted, for the search.
const WORDS: [&str; 118] = [
    "AES", "AGPL", "ALPHA", "AMD", "ANSI", "APACHE", "ARGON", "ARM", "ARMV", "ASCII", "AVX",
    "BASE", "BCP", "BETA", "BF", "BIG", "BLAKE", "BLAKE2", "BSD", "CC", "CEST", "CET", "CHACHA",
    "CHACHA20", "COVID", "CP", "CRC", "CUDA", "CVE", "CWE", "DES", "DIN", "DX", "EC", "ECMA", "ED",
    "EN", "ES", "EST", "EUC", "FIPS", "FLOAT", "FP", "GB", "GHSA", "GMT", "GPL", "GPT", "HMAC",
    "HTTP", "HTTPS", "I386", "IEC", "IEEE", "INT", "IP", "IPV", "ISBN", "ISO", "ISSN", "JEP",
    "JIS", "JSR", "KOI", "KOI8", "LATIN", "LGPL", "LZ", "MD", "MIT", "MMX", "MP", "MPEG", "MPL",
    "MSC", "NIST", "OAUTH", "OPENGL", "OSI", "P", "PBKDF", "PEP", "PKCS", "POLY", "POSIX", "PST",
    "RC", "REV", "RFC", "RISC", "ROT", "RSA", "RV", "SAE", "SHA", "SHA2", "SHA3", "SHAKE", "SOC",
    "SPDX", "SSE", "SSL", "STD", "TCP", "TLS", "UCS", "UDP", "UINT", "USB", "UTC", "UTF", "UTS",
    "VP", "WIN", "WINDOWS", "X64", "X86", "XXH",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_sorted_and_each_stands_once() {
        assert!(WORDS.is_sorted_by(|a, b| a < b));
        assert!(WORDS.iter().all(|word| is_false(word.as_bytes(), b"")));
    }

    #[test]
    fn a_decimal_is_a_version_and_the_end_of_a_sentence_is_not() {
        assert!(is_false(b"PAY", b".5") && !is_false(b"PAY", b".") && !is_false(b"PAY", b". 5"));
    }
}
