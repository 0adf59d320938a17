//! `inward show privacy`: the Privacy page of the dashboard as text.

use crate::report::privacy_page;
use crate::store::Store;

use super::args::{PrivacyArgs, ShowArgs};
use super::error::CliError;
use super::session::{Session, store_error};
use super::{given, privacy};

/// Writes the page; as JSON it is the document of `inward privacy`.
pub(super) fn run(session: &mut Session, args: &ShowArgs) -> Result<(), CliError> {
    if args.range.is_some() {
        return Err(CliError::usage(
            "the Privacy page is about all that is kept, not about a range",
        ));
    }
    if args.json {
        let args = PrivacyArgs {
            json: true,
            self_test: false,
            strict: false,
        };
        return privacy::run(session, &args);
    }
    let seen = given::before_the_lock(session, session.has_store());
    session.unlock_quietly();
    let level = session.lock(Vec::new(), Vec::new());
    let today = session.calendar.today();
    let (label, store) = privacy::label_of(session, seen, &level)?;
    let receipt = store.as_ref().map(Store::audit_receipt).transpose();
    let receipt = receipt.map_err(store_error)?.flatten();
    let parts = privacy_page::parts(&label, receipt.as_deref(), today);
    let text = privacy_page::page_text(&parts, session.room());
    write!(session.say.out(), "{text}")?;
    Ok(())
}
