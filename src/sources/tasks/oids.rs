//! Object ids in exports: they tie pull requests to commits.

/// The full object ids among `texts`, in lower case, each once, in their order; anything shorter
/// cannot name a commit for sure.
pub(super) fn oids<'t>(texts: impl IntoIterator<Item = Option<&'t String>>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for text in texts.into_iter().flatten() {
        let fits = text.len() == 40 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let oid = text.to_ascii_lowercase();
        if fits && !out.contains(&oid) {
            out.push(oid);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_ids_are_kept_and_each_once() {
        let (upper, lower) = ("AB".repeat(20), "ab".repeat(20));
        let short = "ab12".to_owned();
        let found = oids([Some(&upper), None, Some(&short), Some(&lower)]);
        assert_eq!(found, [lower]);
    }
}
