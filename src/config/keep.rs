//! What the settings say of the keep switches: `[keep]`, and `precision`, which is `keep.hours` in
//! other words.

use toml::de::DeValue;

use crate::model::keep::{KeepRule, Kind};

/// Hands what stands under `[keep]` to `take`, each key by itself; what it refused, in words.
pub(super) fn table(
    value: &DeValue<'_>,
    take: &mut dyn FnMut(&str, &DeValue<'_>) -> Result<(), String>,
) -> Result<(), String> {
    let table = value.as_table().ok_or("keep must be a table: [keep]")?;
    let mut wrong = Vec::new();
    for (key, value) in table {
        let name = format!("keep.{}", key.get_ref());
        if let Err(what) = take(&name, value.get_ref()) {
            wrong.push(what);
        }
    }
    if wrong.is_empty() {
        return Ok(());
    }
    Err(wrong.join("; "))
}

/// Takes the switch `name` (`keep.titles`), `ask` leaves it to what was answered; `None` when there is none, or its value is no truth.
pub(super) fn switch(name: &str, value: &DeValue<'_>, rule: &mut KeepRule) -> Option<()> {
    let kind = Kind::by_name(name.strip_prefix("keep.")?)?;
    if value.as_str() == Some("ask") {
        return Some(());
    }
    let on = value.as_bool()?;
    // `precision` may have said it already: off beats on.
    let off = kind == Kind::Hours && rule.of(kind) == Some(false);
    rule.set(kind, Some(on && !off));
    Some(())
}

/// Takes how exact times are kept; `None` when it is neither `second` nor `day`.
pub(super) fn precision(value: &DeValue<'_>, rule: &mut KeepRule) -> Option<()> {
    match value.as_str()? {
        "day" => rule.set(Kind::Hours, Some(false)),
        "second" => {}
        _ => return None,
    }
    Some(())
}

/// The switch of the reflog; `Some(None)` leaves it to the question.
#[expect(
    clippy::option_option,
    reason = "outer: readable at all; inner: none leaves it to the question"
)]
pub(super) fn reflog(value: &DeValue<'_>) -> Option<Option<bool>> {
    match value.as_str() {
        Some("ask") => Some(None),
        Some(_) => None,
        None => value.as_bool().map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Env;
    use super::super::read::parse;
    use super::*;

    fn rule(text: &str) -> (KeepRule, usize) {
        let parsed = parse(text, &Env::default());
        (parsed.values.keep, parsed.warnings.len())
    }

    #[test]
    fn each_switch_is_taken_by_itself_and_a_wrong_one_costs_only_itself() {
        let (keep, warnings) = rule("[keep]\ntitles = false\npaths = \"no\"\nnotes = true\n");
        assert_eq!(keep.of(Kind::Titles), Some(false));
        assert_eq!(keep.of(Kind::Notes), Some(true));
        assert_eq!((keep.of(Kind::Paths), warnings), (None, 1));
        assert_eq!(rule("[keep]\nmoods = false\n").1, 1);
    }

    #[test]
    fn precision_is_the_switch_of_hours_and_off_beats_on() {
        assert_eq!(rule("precision = \"day\"\n").0.of(Kind::Hours), Some(false));
        let both = "precision = \"day\"\n[keep]\nhours = true\n";
        assert_eq!(rule(both).0.of(Kind::Hours), Some(false));
        assert_eq!(rule("precision = \"second\"\n").0.of(Kind::Hours), None);
        assert_eq!(rule("precision = \"week\"\n").1, 1);
    }
}
