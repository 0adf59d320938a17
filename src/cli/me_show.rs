//! Who "me" is, as text and as JSON.

use crate::model::identity::Address;
use crate::model::proposal::Proposal;
use crate::report::json;
use crate::store::{Account, Evidence, Identity, Kind};

use super::error::{CliError, Code};
use super::places;
use super::session::Session;
use super::who::Who;

/// Lists the owner's addresses and names, and what trackers call them, each with why.
pub(super) fn mine(session: &mut Session, who: &Who) -> Result<(), CliError> {
    let out = session.say.out();
    for address in who.me.addresses() {
        let what = match who.row(Kind::Address, address.as_str()) {
            None => "git's settings name it".to_owned(),
            Some(row) => format!(
                "{} kept, {}",
                places::counted(row.commits, "commit", "commits"),
                why(row.evidence)
            ),
        };
        writeln!(out, "{}  {what}", address.as_str())?;
    }
    if who.me.is_empty() {
        writeln!(out, "no address is yours yet: `inward me add ADDRESS`")?;
    }
    for (name, evidence) in names(who) {
        writeln!(out, "{name}  a name of yours, {}", why(evidence))?;
    }
    for account in &who.accounts {
        let Account { source, value, .. } = account;
        let why = why_called(account.evidence);
        writeln!(out, "{value}  what {source} calls you, {why}")?;
    }
    for address in who.given() {
        let text = "the next scan reads it: a mailmap, and its name or login is yours";
        writeln!(out, "{}  {text}", address.as_str())?;
    }
    Ok(())
}

/// Why an entry is believed to be the owner's, in words.
fn why(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Configured => "git's settings name it",
        Evidence::Typed => "you said so",
        Evidence::Accepted => "you said yes to it",
        Evidence::Mailmap => "a mailmap, and its name or login is yours",
    }
}

/// Why the owner is believed to be called so in a tracker.
fn why_called(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Accepted => "it stood beside a name of yours in an import",
        other => why(other),
    }
}

/// The stored names, and those that only git's settings have.
fn names(who: &Who) -> Vec<(String, Evidence)> {
    let kept = who.kept.iter().filter(|row| row.kind == Kind::Name);
    let mut all: Vec<(String, Evidence)> = kept
        .map(|row: &Identity| (row.value.as_str().to_owned(), row.evidence))
        .collect();
    for name in &who.names {
        if !all.iter().any(|(known, _)| known == name.as_str()) {
            all.push((name.as_str().to_owned(), Evidence::Configured));
        }
    }
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all
}

/// Lists the proposals with their evidence, and how to answer.
pub(super) fn proposed(session: &mut Session, proposals: &[Proposal]) -> Result<(), CliError> {
    let out = session.say.out();
    for one in proposals {
        writeln!(out, "\nperhaps yours: {}", one.entry.as_str())?;
        for line in lines(one) {
            writeln!(out, "  {line}")?;
        }
    }
    if !proposals.is_empty() {
        writeln!(
            out,
            "\n`inward me add ADDRESS` says yes; `inward me remove ADDRESS` says no, for good"
        )?;
    }
    Ok(())
}

/// The evidence of a proposal, a line each: what, where, when.
pub(super) fn lines(one: &Proposal) -> Vec<String> {
    let mut lines = vec![format!("{}: {}", one.strength.word(), one.because())];
    let places: Vec<String> = one
        .seen
        .iter()
        .map(|(repo, n)| format!("{} in {repo}", places::counted(*n, "commit", "commits")))
        .collect();
    lines.push(places.join(", "));
    if let Some((first, last)) = one.days {
        let near = one.beside.as_ref();
        let near = near.map(|(relation, mine)| format!(", {} {}", relation.word(), mine.as_str()));
        let days = if first == last {
            first.to_string()
        } else {
            format!("{first}..{last}")
        };
        lines.push(days + &near.unwrap_or_default());
    }
    lines
}

/// All of it as one JSON document.
pub(super) fn document(session: &mut Session, who: &Who) -> Result<(), CliError> {
    let address = |address: &Address| {
        let row = who.row(Kind::Address, address.as_str());
        serde_json::json!({
            "address": address,
            "evidence": row.map_or(Evidence::Configured, |row| row.evidence),
            "kept": row.is_some(),
            "commits": row.map(|row| row.commits),
        })
    };
    let name = |(name, evidence): (String, Evidence)| {
        let kept = who.row(Kind::Name, &name).is_some();
        serde_json::json!({ "name": name, "evidence": evidence, "kept": kept })
    };
    let account = |one: &Account| {
        serde_json::json!({
            "tracker": one.source,
            "name": one.value,
            "evidence": one.evidence,
        })
    };
    let document = serde_json::json!({
        "schema": "inward.me.v1",
        "addresses": who.me.addresses().map(address).collect::<Vec<_>>(),
        "names": names(who).into_iter().map(name).collect::<Vec<_>>(),
        "accounts": who.accounts.iter().map(account).collect::<Vec<_>>(),
        "next_scan": who.given(),
        "proposals": who.proposals().iter().map(proposal).collect::<Vec<_>>(),
    });
    let document = json::ascii(&document).map_err(|e| CliError::caused(Code::Failed, &e))?;
    writeln!(session.say.out(), "{document}")?;
    Ok(())
}

fn proposal(one: &Proposal) -> serde_json::Value {
    let repo = |(name, commits): &(crate::model::text::Clean, u64)| serde_json::json!({ "name": name, "commits": commits });
    serde_json::json!({
        "address": one.entry,
        "because": one.because(),
        "strength": one.strength,
        "clues": one.clues.iter().map(crate::model::proposal::Clue::kind).collect::<Vec<_>>(),
        "names": one.names,
        "commits": one.commits(),
        "repos": one.seen.iter().map(repo).collect::<Vec<_>>(),
        "from": one.days.map(|days| days.0.to_string()),
        "to": one.days.map(|days| days.1.to_string()),
        "nearest": one.beside.as_ref().map(|(_, mine)| mine),
        "relation": one.beside.as_ref().map(|(relation, _)| relation),
    })
}
