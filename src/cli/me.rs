//! `inward me`: show, confirm and take back the addresses and names that are the owner's.

use super::args::{MeArgs, MeChange};
use super::error::CliError;
use super::me_wanted::wanted;
use super::places::{self, Places};
use super::session::Session;
use super::who::Who;
use super::{me_add, me_ask, me_remove, me_show};

/// Shows or changes who "me" is.
pub(super) fn run(session: &mut Session, args: &MeArgs) -> Result<(), CliError> {
    match &args.change {
        None => show(session, args.json),
        Some(MeChange::Add {
            addresses,
            this_is_me,
        }) => me_add::add(session, &wanted(addresses)?, *this_is_me),
        Some(MeChange::Remove { addresses }) => me_remove::remove(session, &wanted(addresses)?),
    }
}

fn show(session: &mut Session, json: bool) -> Result<(), CliError> {
    session.judge_folder()?;
    let mut places = Places::registered(session);
    if places.targets.is_empty()
        && let Ok(Some(here)) = places::here(session)
    {
        places.add(&places::plain_root(&here.path));
    }
    let asks = !json && me_ask::can_ask(session);
    if asks {
        session.prepare_folder()?;
    }
    let configured = places.configured(session);
    session.lock(places.folders(), Vec::new());
    let who = Who::read(session, &places, configured)?;
    if json {
        return me_show::document(session, &who);
    }
    let proposals = who.proposals();
    me_show::mine(session, &who)?;
    if asks {
        return me_ask::each(session, &proposals);
    }
    me_show::proposed(session, &proposals)
}
