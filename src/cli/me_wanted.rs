//! What `inward me add` and `inward me remove` are given: addresses, pairs and names.

use std::ffi::OsString;
use std::io::BufRead as _;

use crate::model::identity::Address;
use crate::model::text::Clean;

use super::error::CliError;

/// Something the owner says is theirs, or not.
#[derive(Debug)]
pub(super) enum Wanted {
    /// An address, or a pair of name and address.
    Entry(Address),
    /// A name alone.
    Name(Clean),
}

impl Wanted {
    /// It as text.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Entry(entry) => entry.as_str(),
            Self::Name(name) => name.as_str(),
        }
    }
}

/// What the command line names; `-` reads one a line.
pub(super) fn wanted(named: &[OsString]) -> Result<Vec<Wanted>, CliError> {
    let mut out = Vec::new();
    for text in named {
        if text == "-" {
            for line in std::io::stdin().lock().lines() {
                out.extend(parsed(line?.as_bytes())?);
            }
        } else {
            out.extend(parsed(text.as_encoded_bytes())?);
        }
    }
    if out.is_empty() {
        return Err(CliError::usage("no address was named"));
    }
    Ok(out)
}

/// An address, a pair, or (without any `@`) a name; `None` for nothing.
fn parsed(text: &[u8]) -> Result<Option<Wanted>, CliError> {
    let Some(entry) = Address::typed(text) else {
        return Ok(None);
    };
    let shown = entry.as_str();
    if shown.contains("[bot]") {
        return Err(CliError::usage(format!(
            "{shown} is a program, and no program is you"
        )));
    }
    if entry.is_pair() || entry.is_full() {
        return Ok(Some(Wanted::Entry(entry)));
    }
    if shown.contains('@') {
        return Err(
            CliError::usage(format!("{shown} is an address that many people have")).hint(format!(
                "say whose, as it stands in the commits: `inward me add \"NAME <{shown}>\"`"
            )),
        );
    }
    Ok(Some(Wanted::Name(Clean::label(text))))
}
