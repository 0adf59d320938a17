//! Two stores become one: what either of them does not keep is not kept.

use rusqlite::Connection;

use super::super::keys::Key;
use super::super::reflog;
use super::{answer, load, off};
use crate::model::keep::Kind;

/// What is off from now on, and has to be erased once the rows of both are here.
#[derive(Debug, Default)]
pub(in crate::store) struct Off(Vec<Kind>);

/// Takes over the answers of `other`: no beats yes, and yes beats none. What of it is new for either
/// side is in the result; whether an answer changed, too.
pub(in crate::store) fn join(
    conn: &Connection,
    other: &Connection,
) -> rusqlite::Result<(Off, bool)> {
    let (ours, theirs) = (load(conn)?, load(other)?);
    let mut turned = Off::default();
    let mut changed = false;
    for kind in Kind::ALL {
        if kind == Kind::Reflog || (ours.has(kind) && theirs.has(kind)) {
            continue;
        }
        if ours.has(kind) {
            answer(conn, kind, false)?;
            changed = true;
        }
        if ours.has(kind) || theirs.has(kind) {
            turned.0.push(kind);
        }
    }
    let (ours, theirs) = (reflog::consent(conn)?, reflog::consent(other)?);
    let joined = match (ours, theirs) {
        (Some(a), Some(b)) => Some(a && b),
        (one, other) => one.or(other),
    };
    if let Some(yes) = joined.filter(|_| joined != ours) {
        reflog::set(conn, yes)?;
        changed = true;
    }
    if joined == Some(false) && (ours == Some(true) || theirs == Some(true)) {
        turned.0.push(Kind::Reflog);
    }
    Ok((turned, changed))
}

impl Off {
    /// Erases it; the owner's notes stay, as with a switch that is turned. What is derived waits.
    pub(in crate::store) fn erase(&self, conn: &Connection, key: &Key) -> rusqlite::Result<()> {
        for kind in &self.0 {
            if *kind == Kind::Reflog {
                reflog::undo(conn)?;
            } else {
                off::erase(conn, key, *kind)?;
            }
        }
        Ok(())
    }
}
