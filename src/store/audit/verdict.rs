//! What a check of the chain finds, and the receipt that pins its end.
//!
//! A receipt is sixteen hexadecimal digits: twelve of the newest entry's hash, and four that the
//! store's key makes of these twelve. Whether the entry is still there tells the twelve; if it is
//! not, the four tell whether this chain ever gave such a receipt (but for one in 65,536).

use std::fmt;

use serde::Serialize;

use super::super::convert::hex;
use super::super::keys::Key;
use super::chain::Link;

/// Bytes of an entry's hash in a receipt.
const OF_ENTRY: usize = 6;
/// Bytes in a receipt that tell whose it is.
const OF_CHAIN: usize = 2;

/// What a check of the chain found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AuditState {
    /// Every entry fits the one before it; so many there are.
    Ok(u64),
    /// This entry is not what was written.
    Altered(u64),
    /// This entry is missing.
    Gap(u64),
    /// The entry that the receipt was made of is not there any more: the end was cut off, or an
    /// older copy of the file took its place.
    ShorterThanReceipt,
    /// The receipt was not made by this log.
    NotOnThisChain,
}

impl AuditState {
    /// Its word, as JSON has it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ok(_) => "ok",
            Self::Altered(_) => "altered",
            Self::Gap(_) => "gap",
            Self::ShorterThanReceipt => "shorter-than-receipt",
            Self::NotOnThisChain => "not-on-this-chain",
        }
    }

    /// How many entries are fine, or the number of the first that is not; `None` where the verdict
    /// is about the receipt.
    pub fn number(self) -> Option<u64> {
        match self {
            Self::Ok(n) | Self::Altered(n) | Self::Gap(n) => Some(n),
            Self::ShorterThanReceipt | Self::NotOnThisChain => None,
        }
    }

    /// Whether nothing is wrong.
    pub fn is_ok(self) -> bool {
        matches!(self, Self::Ok(_))
    }
}

impl fmt::Display for AuditState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ok(n) => write!(f, "ok {n}"),
            Self::Altered(n) => write!(f, "altered at {n}"),
            Self::Gap(n) => write!(f, "gap at {n}"),
            Self::ShorterThanReceipt => f.write_str("shorter than receipt"),
            Self::NotOnThisChain => f.write_str("not on this chain"),
        }
    }
}

/// Checks every entry, then whether the one of the receipt is there.
pub(super) fn of(key: &Key, links: &[Link], receipt: Option<&str>) -> AuditState {
    let mut prev: &[u8] = &[];
    for (due, link) in (1_i64..).zip(links) {
        let number = due.unsigned_abs();
        // A row before the first one was put there by somebody else.
        if link.seq < due {
            return AuditState::Altered(number);
        }
        if link.seq > due {
            return AuditState::Gap(number);
        }
        if !link.holds(key, prev) {
            return AuditState::Altered(number);
        }
        prev = &link.mac;
    }
    match receipt.map(digits) {
        None => AuditState::Ok(links.len() as u64),
        Some(given)
            if links
                .iter()
                .any(|link| self::receipt(key, &link.mac) == given) =>
        {
            AuditState::Ok(links.len() as u64)
        }
        Some(given) if is_of(key, &given) => AuditState::ShorterThanReceipt,
        Some(_) => AuditState::NotOnThisChain,
    }
}

/// The receipt of an entry with the hash `mac`.
pub(super) fn receipt(key: &Key, mac: &[u8]) -> String {
    let entry = hex(mac.get(..OF_ENTRY).unwrap_or_default());
    let mark = mark(key, &entry);
    entry + &mark
}

/// The digits that the key makes of those of an entry.
fn mark(key: &Key, entry: &str) -> String {
    let mark = key.receipt(entry.as_bytes());
    hex(mark.get(..OF_CHAIN).unwrap_or_default())
}

/// Whether this store's key made the receipt.
fn is_of(key: &Key, given: &str) -> bool {
    let whole = given.len() == 2 * (OF_ENTRY + OF_CHAIN);
    let parts = given.split_at_checked(2 * OF_ENTRY);
    parts.is_some_and(|(entry, end)| whole && mark(key, entry) == end)
}

/// A receipt as it was typed, without blanks and hyphens, in lower case.
fn digits(typed: &str) -> String {
    let digits = typed.chars().filter(|c| !c.is_whitespace() && *c != '-');
    digits.map(|c| c.to_ascii_lowercase()).collect()
}
