//! What holds whatever git's settings say; searched by `fuzz/`, gone through by a test.

use super::{glob, identity, parse};
use crate::config::Env;
use crate::model::text::is_shown;

/// Any bytes are variables up to the first thing that is not git's format, and who they name can be
/// shown.
///
/// # Panics
/// When one of these does not hold.
pub fn check(data: &[u8]) {
    let entries = parse::parse(data);
    assert!(entries.len() <= 20_000);
    for entry in &entries {
        assert!(!entry.key.is_empty(), "{entry:?}");
        assert!(
            entry.key.is_ascii() && entry.section.is_ascii(),
            "{entry:?}"
        );
        let _yes_or_no = entry.truth();
        let bytes = entry.value.as_ref().map_or(0, Vec::len);
        assert!(bytes <= data.len(), "a value longer than its file");
    }
    let env = Env::new([], std::path::Path::new("/home/ada"));
    let found = identity(&env, &entries);
    for name in &found.names {
        assert!(
            is_shown(name.as_str()) && !name.as_str().contains('\n'),
            "{name:?}"
        );
    }
    // What stands before the break is the same without what follows it.
    let cut = data.iter().rposition(|byte| *byte == b'\n').unwrap_or(0);
    let shorter = parse::parse(&data[..cut]);
    assert!(
        shorter.len() <= entries.len() + 1,
        "{} of {}",
        shorter.len(),
        entries.len()
    );
    let (pattern, name) = data.split_at(data.len().min(60) / 2);
    let name = &name[..name.len().min(200)];
    assert_eq!(
        glob::matches(pattern, name, false),
        glob::matches(pattern, name, false)
    );
    assert!(
        glob::matches(b"**", name, false) || name.contains(&b'/'),
        "{name:?}"
    );
}

/// Settings to start from.
pub fn seeds() -> Vec<Vec<u8>> {
    let texts: [&[u8]; 7] = [
        b"[user]\n\tname = Ada Lovelace\n\temail = ada@example.org\n",
        b"[include]\n\tpath = other\n[includeIf \"gitdir:~/work/\"]\n\tpath = \"~/w\"\n",
        b"[a \"b\\\"c\\\\\"] d = \"x\\ty\\n\" ; comment\n e = f\\\n  g # h\n[A.B]\nlong-name\n",
        b"\xef\xbb\xbf[user] name = \x1b[31m\xe2\x80\xae\n email=a@b\r\n",
        b"[remote \"origin\"]\r\n\turl = git@example.org:a/b.git\r\n[core]\n\tbare=false\n",
        b"[user]\nname = \"unterminated\nemail = x\n[",
        b"a*b?[c-e]**/x[!a]\\*.txt axb/cd/x",
    ];
    texts.map(<[u8]>::to_vec).to_vec()
}

#[cfg(test)]
mod tests {
    #[test]
    fn any_bytes_are_variables_up_to_the_first_thing_that_is_no_setting() {
        crate::stir::through("gitconfig", super::check, &super::seeds(), 2_000);
    }
}
