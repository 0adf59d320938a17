//! A data folder from which what is kept would leave this machine: on a terminal one key chooses a
//! folder of this machine instead, or keeps it there; without one it is refused.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use crate::config::Env;
use crate::guard::folder::{self, FolderError, Prepared};
use crate::guard::key;

use super::error::{CliError, Code};
use super::session::{Session, folder_error, shown};

/// Folders that could be used instead of `base`, the standard one first.
pub(super) fn places(env: &Env, base: &Path) -> Vec<PathBuf> {
    let home = env.home();
    let standard = env.data_dir().map(Path::to_owned);
    let below = |path| home.map(|home| home.join(path));
    let all = [
        standard,
        below(".local/share/inward"),
        below(".local/state/inward"),
    ];
    let others = all.into_iter().flatten();
    others.filter(|place| place != base).collect()
}

/// Lets the owner choose what becomes of `base`, which leaves this machine in the way `how`; the
/// folder that is used from here on.
pub(super) fn choose(session: &mut Session, how: String) -> Result<Prepared, CliError> {
    let base = session.config.base_dir.clone();
    let refused = FolderError::Leaves(base.clone(), how);
    let stop = |hint: &str| Err(folder_error(&refused).hint(hint));
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return stop("on a terminal one key chooses a local folder, or keeps it there");
    }
    let places = places(&session.env, &base);
    let local = folder::local_place(&places).cloned();
    let keys = key::Keys::begin()?;
    let say = &mut session.say;
    say.problem(&format!("inward: {refused}"));
    if let Some(local) = &local {
        say.problem(&format!("  l keep it in {} instead", shown(local)));
    }
    say.problem("  k keep it there all the same; remembered, and shown by `inward privacy`");
    say.problem("  any other key: stop, nothing is written");
    let key = keys.take()?;
    drop(keys);
    match (key, local) {
        (Some(b'l'), Some(local)) => move_to(session, local),
        (Some(b'k'), _) => {
            folder::stay_here(&base).map_err(|e| folder_error(&e))?;
            prepare(session)
        }
        _ => Err(CliError::new(Code::Refused, "stopped; nothing was written")),
    }
}

/// Uses `local` from here on, and remembers that.
fn move_to(session: &mut Session, local: PathBuf) -> Result<Prepared, CliError> {
    let base = session.config.base_dir.clone();
    let left = session.has_store();
    let made = folder::prepare(&local).map_err(|e| folder_error(&e))?;
    folder::use_instead(&made.dir, &base).map_err(|e| folder_error(&e))?;
    session.use_instead(local)?;
    if left {
        session.say.note(&format!(
            "what lies in {} stays there: move it yourself, or delete it",
            shown(&base)
        ));
    }
    prepare(session)
}

fn prepare(session: &Session) -> Result<Prepared, CliError> {
    let config = &session.config;
    folder::prepare_space(&config.base_dir, &config.data_dir).map_err(|e| folder_error(&e))
}
