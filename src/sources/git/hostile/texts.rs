//! What we parse of git's texts ourselves: commits, people, times, messages, reflogs, mailmaps,
//! attributes.

use crate::model::ids::Oid;
use crate::model::text::{Clean, is_shown};
use crate::sources::git::attributes::{Macros, Marks, Rules};
use crate::sources::git::mailmap::Mailmap;
use crate::sources::git::parse::{Commit, Ident, first_paragraph};
use crate::sources::git::pattern::Pattern;
use crate::sources::git::reflog_line::Line;
use crate::sources::git::{encoding, mentions, message, trailers};

/// The first byte says what the rest is.
pub fn check(data: &[u8]) {
    let Some((how, bytes)) = data.split_first() else {
        return;
    };
    match how % 5 {
        0 => commit(bytes),
        1 => words(bytes),
        2 => reflog(bytes),
        3 => people(bytes),
        _ => attributes(bytes),
    }
}

/// Whether `part` lies inside `whole`, as every part that is only pointed at does.
fn is_part(part: &[u8], whole: &[u8]) -> bool {
    part.is_empty() || whole.as_ptr_range().contains(&part.as_ptr())
}

fn commit(bytes: &[u8]) {
    let Some(commit) = Commit::parse(bytes) else {
        return;
    };
    assert!(
        bytes.starts_with(
            format!("tree {}\n", commit.tree)
                .to_ascii_lowercase()
                .as_bytes()
        ) || bytes[5..45].iter().any(u8::is_ascii_uppercase)
    );
    let parents = commit.parents();
    assert!(parents.len() * 48 <= bytes.len(), "more parents than bytes");
    let message = commit.message();
    for part in [commit.author, commit.committer, message] {
        assert!(is_part(part, bytes));
    }
    assert!(!commit.author.contains(&b'\n') && !commit.committer.contains(&b'\n'));
    assert!(bytes.ends_with(message), "the message is the end");
    let (author, committer) = (Ident::parse(commit.author), Ident::parse(commit.committer));
    assert_eq!(commit.committed_utc(), committer.at.utc);
    ident(commit.author);
    let text = encoding::utf8(message, commit.encoding());
    assert!(text.len() <= message.len() * 3, "a message grows");
    let _by_a_program = trailers::is_assisted(&author, &committer, &text);
    words(&text);
}

fn ident(line: &[u8]) {
    let who = Ident::parse(line);
    for part in [who.name, who.email] {
        assert!(is_part(part, line) && part.trim_ascii() == part);
        assert!(is_shown(Clean::label(part).as_str()));
    }
    assert!(!who.name.contains(&b'<') && !who.email.contains(&b'>'));
    assert!(who.at.offset_min.abs() <= 18 * 60, "{:?}", who.at);
    let _day = who.at.day();
}

fn words(message: &[u8]) {
    let subject = first_paragraph(message);
    assert!(is_part(subject, message));
    let mentions = mentions::of(message);
    assert!(mentions.len() <= 32, "{} mentions", mentions.len());
    assert!(mentions.is_sorted());
    for mention in &mentions {
        let token = mention.token.as_str();
        assert!(
            is_shown(token) && !token.contains('\n') && !token.is_empty(),
            "{token:?}"
        );
    }
    assert!(is_part(message::subject(message), message));
    let reverted = message::reverted(message);
    assert!(reverted.len() <= message.len());
    for hex in &reverted {
        assert!(hex.whole().is_none_or(|oid| hex.begins(oid)));
    }
    assert!(!message::is_revert(message) || !message.is_empty());
    assert!(message::listed(message).len() <= message.len() / 40 + 1);
    assert!(
        message::bullets(message)
            .iter()
            .all(|line| is_part(line, message))
    );
    for (name, email) in message::co_authors(message) {
        assert!(is_part(name, message) && is_part(email, message));
    }
}

fn reflog(bytes: &[u8]) {
    for line in bytes.split(|byte| *byte == b'\n') {
        let Some(read) = Line::parse(line) else {
            continue;
        };
        assert!(is_part(read.who, line) && is_part(read.message, line));
        let _what = (read.kind(), read.makes(), read.rewrites(), read.starts());
        let pairs = read.moved().into_iter().flat_map(|(from, to)| [from, to]);
        let names = pairs.chain(read.renamed()).chain(read.returned());
        assert!(names.into_iter().all(|name| is_part(name, line)));
        assert!(Oid::from_hex(&line[..40]) == Some(read.old));
    }
}

fn people(bytes: &[u8]) {
    let map = Mailmap::parse(bytes);
    let cut = bytes.len() / 2;
    let (name, email) = bytes.split_at(cut);
    let (proper_name, proper_email) = map.map(name, email);
    assert!(proper_name.len() <= bytes.len() && proper_email.len() <= bytes.len());
    // Asked again it says the same, in whatever case the address is.
    let upper = email.to_ascii_uppercase();
    let (again, _) = map.map(name, &upper);
    assert_eq!(proper_name, again);
    let _several = map.tells_apart(email);
    bytes.split(|byte| *byte == b'\n').for_each(ident);
}

fn attributes(bytes: &[u8]) {
    let mut macros = Macros::default();
    let rules = Rules::parse(bytes, &mut macros, true);
    let lines = bytes.split(|byte| *byte == b'\n').count();
    assert!(macros.len() <= lines);
    let mut marks = Marks::default();
    for path in bytes.split(|byte| *byte == b'\n').take(8) {
        rules.apply(path, &mut marks);
        if let Some(pattern) = Pattern::new(path) {
            let _whether = pattern.matches(bytes);
            let plain = !path.iter().any(|byte| b"*?[\\!/".contains(byte));
            assert!(!plain || pattern.matches(path), "{}", path.escape_ascii());
        }
    }
    if rules.is_empty() {
        assert_eq!(format!("{marks:?}"), format!("{:?}", Marks::default()));
    }
}

/// Texts to start from.
pub fn seeds() -> Vec<Vec<u8>> {
    const ID: &str = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
    let commit = format!(
        "\0tree {ID}\nparent {ID}\nparent {ID}\nauthor A B <a@b> 12 +0130\ncommitter C <c@d> -5 -0800\n\
         encoding latin1\ngpgsig x\n y\n\nFixes PAY-12, closes #7 and https://example.org/a/b/issues/9\n\n\
         * one\n* two\n\nThis reverts commit {ID}.\nCo-authored-by: X <x@y>\nRefs: T123, !34\n"
    );
    let texts = [
        commit,
        format!("\0tree {ID}\nauthor \u{1b}[31mA <a> 99999999999999999999 +9999\n\n\u{202e}x\n"),
        "\u{1}GH-12 UTF-8 owner/repo#12 Fix: ABC-1 (resolves #1, #2) ABC_D-99999999999999\n\nBug: 7\n".to_owned(),
        format!("\u{2}{ID} {ID} A <a@b> 1700000000 +0100\tcheckout: moving from main to x\n{ID} {ID} A <a@b> 1 +0000\trebase (finish): returning to refs/heads/x\n{ID} {ID} A <a@b> 1 +0000\tBranch: renamed refs/heads/a to refs/heads/b\n"),
        "\u{3}Proper <p@q> Other <a@b>\n<p@q> <c@d>\n# no\nName <a@b>\nA <a@b> 7 +51800\n".to_owned(),
        "\u{4}*.c linguist-generated=true -linguist-vendored\n[attr]gen linguist-generated\na/**/b[!x]\\* gen linguist-language=C++\n\"quoted \\t\" gen\n".to_owned(),
        format!("\u{1}Squashed commit of the following:\n\ncommit {ID}\nAuthor: A <a@b>\n\n    x\n"),
    ];
    texts.into_iter().map(String::into_bytes).collect()
}
