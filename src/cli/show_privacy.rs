//! `inward show privacy`: the Privacy page of the dashboard as text.

use crate::report::privacy;
use crate::store::Store;
use crate::sync::label::{self, Given};

use super::args::{PrivacyArgs, ShowArgs};
use super::error::CliError;
use super::given;
use super::session::{Session, store_error};

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
        return super::privacy::run(session, &args);
    }
    let seen = given::before_the_lock(session, session.has_store());
    let level = session.lock(Vec::new(), Vec::new());
    let seen = given::locked(seen, &level);
    let store = if session.has_store() {
        let store = Store::open_reading(&session.config.store, session.now_utc());
        Some(store.map_err(store_error)?)
    } else {
        None
    };
    let today = session.calendar.today();
    let given = Given {
        place: seen.place,
        files: seen.files,
        offline: seen.offline,
        layers: seen.layers,
        keep: seen.keep,
        today,
    };
    let label = label::of(store.as_ref(), given).map_err(store_error)?;
    let receipt = store.as_ref().map(Store::audit_receipt).transpose();
    let receipt = receipt.map_err(store_error)?.flatten();
    let parts = privacy::parts(&label, receipt.as_deref(), today);
    let text = privacy::page_text(&parts, session.width());
    write!(session.say.out(), "{text}")?;
    Ok(())
}
