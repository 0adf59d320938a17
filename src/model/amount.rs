//! Numbers and sizes as a reader sees them: one form each in the whole program, in the signs that
//! [`forms`] has.

use super::forms;

/// A whole number with thousands apart: `1,204`.
pub fn count(n: u64) -> String {
    let digits = n.to_string();
    let Some(group) = forms::chosen().numbers.group() else {
        return digits;
    };
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(group);
        }
        out.push(digit);
    }
    out
}

/// `1 commit`, `1,204 commits`.
pub fn counted(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(n), if n == 1 { one } else { many })
}

/// Bytes as `740 bytes`, `2.1 KB`, `31 MB`: a KB is 1,000 bytes, as files are measured by.
pub fn size(bytes: u64) -> String {
    // Bounds lie where the smaller unit would round up to a thousand.
    let (unit, name) = match bytes {
        0..1_000 => return counted(bytes, "byte", "bytes"),
        1_000..999_500 => (1_000, "KB"),
        999_500..999_500_000 => (1_000_000, "MB"),
        _ => (1_000_000_000, "GB"),
    };
    let tenths = bytes.saturating_mul(10).saturating_add(unit / 2) / unit;
    if tenths >= 100 {
        let whole = bytes.saturating_add(unit / 2) / unit;
        return format!("{} {name}", count(whole));
    }
    let number = forms::decimal(&format!("{}.{}", tenths / 10, tenths % 10));
    format!("{number} {name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_apart() {
        for (n, text) in [
            (0, "0"),
            (999, "999"),
            (5_019, "5,019"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(count(n), text);
        }
        assert_eq!(counted(1, "row", "rows"), "1 row");
        assert_eq!(counted(2_045, "row", "rows"), "2,045 rows");
    }

    #[test]
    fn sizes_are_rounded_and_never_a_thousand_of_their_unit() {
        for (bytes, text) in [
            (0, "0 bytes"),
            (1, "1 byte"),
            (999, "999 bytes"),
            (2_149, "2.1 KB"),
            (9_960, "10 KB"),
            (12_345, "12 KB"),
            (999_499, "999 KB"),
            (999_500, "1.0 MB"),
            (31_400_000, "31 MB"),
            (999_499_999, "999 MB"),
            (2_000_000_000, "2.0 GB"),
            (2_000_000_000_000, "2,000 GB"),
        ] {
            assert_eq!(size(bytes), text);
        }
    }
}
