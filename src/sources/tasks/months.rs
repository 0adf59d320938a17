//! Names of months in the languages trackers export in.

/// The month, 1-12, that `word` names in full or by its first three or more letters; case and a
/// full stop do not count.
pub(super) fn number(word: &str) -> Option<u32> {
    let word = word.trim_end_matches('.');
    if let Some(at) = english(word) {
        return Some(at);
    }
    let word = word.to_lowercase();
    if word.chars().count() < 3 {
        return None;
    }
    let position = |names: &[&str; 12]| names.iter().position(|name| name.starts_with(&word));
    let at = NAMES.iter().find_map(position)?;
    u32::try_from(at + 1).ok()
}

/// The month of three English letters: what most exports write, found without a search.
fn english(word: &str) -> Option<u32> {
    let at = NAMES.first()?.iter().position(|name| {
        word.len() == 3
            && name
                .get(..3)
                .is_some_and(|short| word.eq_ignore_ascii_case(short))
    })?;
    u32::try_from(at + 1).ok()
}

/// English first: where two languages differ on a short form, it wins.
const NAMES: &[[&str; 12]] = &[
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ],
    [
        "januar",
        "februar",
        "märz",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "dezember",
    ],
    [
        "jänner", "feber", "mrz", "-", "-", "-", "-", "-", "-", "-", "-", "-",
    ],
    [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    [
        "janeiro",
        "fevereiro",
        "março",
        "abril",
        "maio",
        "junho",
        "julho",
        "agosto",
        "setembro",
        "outubro",
        "novembro",
        "dezembro",
    ],
    [
        "gennaio",
        "febbraio",
        "marzo",
        "aprile",
        "maggio",
        "giugno",
        "luglio",
        "agosto",
        "settembre",
        "ottobre",
        "novembre",
        "dicembre",
    ],
    [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ],
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_known_in_full_and_short_in_several_languages() {
        for (word, month) in [
            ("Jan", 1),
            ("ene", 1),
            ("févr", 2),
            ("März", 3),
            ("MAI", 5),
            ("juil.", 7),
            ("Sept", 9),
            ("set", 9),
            ("Okt", 10),
            ("dic", 12),
            ("Dez", 12),
            ("gen", 1),
        ] {
            assert_eq!(number(word), Some(month), "{word}");
        }
        for word in ["ma", "Tue", "Monday", "x"] {
            assert_eq!(number(word), None, "{word}");
        }
    }
}
