//! `inward` and `inward demo`: the dashboard, or the overview as text where it cannot be drawn.

use std::path::{Path, PathBuf};

use crate::app::page::Page;
use crate::app::view::Offline;
use crate::guard::launcher::{self, Ask, Child, Hidden};
use crate::guard::lock::Level;
use crate::guard::outbox::Outbox;
use crate::guard::usual;
use crate::input::keymap::Keymap;
use crate::model::text::Clean;
use crate::report::draft::wording::Wording;
use crate::report::pages;
use crate::sources::git;
use crate::store::Store;
use crate::sync;
use crate::tui::{self, Exit, Seen, Start, Target};

use super::ask;
use super::draft;
use super::error::{CliError, Code};
use super::given;
use super::import::Arriving;
use super::kept::Kept;
use super::look;
use super::memory;
use super::places::{self, Places};
use super::session::{Session, shown, store_error};
use super::show;
use super::who::take_configured;

/// The dashboard over what is kept, or over the repository one stands in; its exit code.
pub(super) fn run(session: &mut Session, child: Option<Child>) -> Result<i32, CliError> {
    if !can_draw(session) {
        return overview(session).map(|()| 0);
    }
    if launcher::AVAILABLE && child.is_none() {
        // Asked once, before anything is drawn; every start of the dashboard is given the key.
        session.unlock()?;
        let key = session.key.as_ref().map(|key| Hidden::new(key.as_bytes()));
        let ended = launcher::run(&key.unwrap_or_default(), &mut |ask| answer(session, ask))?;
        return Ok(ended.finish());
    }
    draw(session, child, &Begin::default())
}

/// The dashboard on the generated year.
pub(super) fn demo(session: &mut Session) -> Result<i32, CliError> {
    let store = sync::demo::year(&session.calendar).map_err(store_error)?;
    let wording = draft::own_wording(session);
    let seen = given::nothing_kept();
    let level = session.lock(Vec::new(), Vec::new());
    if !can_draw(session) {
        let kept = Kept::of(store, session)?;
        let range = ask::range(None, &session.calendar, &kept.data)?;
        show::write(session, &kept, pages::Page::Overview, range, false)?;
        return Ok(0);
    }
    let start = Start {
        demo: true,
        wording,
        ..start(
            session,
            store,
            Vec::new(),
            given::locked(seen, &level),
            &level,
        )
    };
    match tui::run(start).map_err(|e| CliError::caused(Code::Failed, &e))? {
        Exit::Quit(code) => Ok(code),
        // The demo offers neither.
        Exit::Keep { .. } | Exit::Add { .. } => Ok(0),
    }
}

fn can_draw(session: &Session) -> bool {
    tui::terminal::can_draw(session.config.plain, session.env.var("TERM"))
}

/// The overview as text: from the store, or read into memory from where one stands.
fn overview(session: &mut Session) -> Result<(), CliError> {
    let kept = if session.has_store() {
        Kept::open(session)?
    } else {
        let store = memory::read_here(session)?;
        Kept::of(store, session)?
    };
    let range = ask::range(None, &session.calendar, &kept.data)?;
    show::write(session, &kept, pages::Page::Overview, range, false)
}

/// What one dashboard leaves for the next.
#[derive(Default)]
struct Begin {
    /// The page that was open.
    page: Option<Page>,
    /// The path that was typed, if one was.
    typed: String,
    /// Files to open before the lock.
    files: Vec<PathBuf>,
    /// Why what was asked for was not done.
    problem: Option<String>,
}

impl Begin {
    /// What the launcher hands on.
    fn of(child: &Child) -> Self {
        let state = std::str::from_utf8(child.state()).unwrap_or_default();
        let (page, typed) = state.split_once('\n').unwrap_or((state, ""));
        Self {
            page: Page::by_name(page),
            typed: typed.to_owned(),
            files: child.files().to_vec(),
            problem: child.notice().map(ToOwned::to_owned),
        }
    }
}

/// One dashboard, behind the lock.
fn draw(session: &mut Session, child: Option<Child>, begin: &Begin) -> Result<i32, CliError> {
    let handed = child.as_ref().map(Begin::of);
    let begin = handed.as_ref().unwrap_or(begin);
    // Naming a file to import is the owner's word that it may be kept.
    let named = !begin.files.is_empty();
    let keeps = session.has_store() || !session.roots.is_empty() || named;
    let mut places = Places::registered(session);
    let mut around = None;
    if !keeps {
        match places::here(session)? {
            Some(here) => {
                places.add(&places::plain_root(&here.path));
            }
            None => around = Some(places::around(session.env.cwd())),
        }
    }
    let configured = places.configured(session);
    let mut outbox = None;
    if keeps {
        session.prepare_folder()?;
        outbox = Some(outbox_of(session));
    }
    let arriving = Arriving::open(session, &begin.files);
    let seen_files = usual::exports(&session.env.usual_folders(), session.env.home());
    let wording = draft::own_wording(session);
    let seen = given::before_the_lock(session, keeps);
    let writes = outbox.iter().flatten().map(|one| one.dir().to_owned());
    let level = session.lock(places.folders(), writes.collect());
    git::prepare().map_err(|e| CliError::caused(Code::Failed, &e))?;
    let mut store = if keeps {
        session.open_store()?
    } else {
        let mut store = Store::memory(session.now_utc()).map_err(store_error)?;
        session.agree(&mut store)?;
        store
    };
    take_configured(&mut store, &configured)?;
    let arrived = arriving.take(session, &mut store)?;
    let targets = places
        .targets
        .into_iter()
        .map(|(place, root)| Target { place, root })
        .collect();
    let seen = given::locked(seen, &level);
    let mut start = start(session, store, targets, seen, &level);
    start.done = arrived.done;
    start.seen_files = seen_files;
    start.around.clone_from(&around);
    start.page = begin.page;
    start.roots = keeps.then(|| session.config.roots.clone());
    start.outbox = outbox;
    start.wording = wording;
    let problem = begin.problem.as_ref();
    let problem = problem.map(|text| Clean::label(text.as_bytes()));
    match problem.or(arrived.refused) {
        Some(why) if !begin.typed.is_empty() => start.again = Some((begin.typed.clone(), why)),
        other => start.notice = other,
    }
    let exit = tui::run(start).map_err(|e| CliError::caused(Code::Failed, &e))?;
    let (asks, page, typed) = match exit {
        Exit::Quit(code) => return Ok(code),
        Exit::Keep { image, page } => (vec![Ask::Keep(image)], page, String::new()),
        Exit::Add { path, image, page } => {
            // A newcomer has nothing in memory.
            let keep = image.filter(|_| around.is_none()).map(Ask::Keep);
            // A path that cannot be added keeps nothing.
            let add = Ask::Add(PathBuf::from(&path));
            ([add].into_iter().chain(keep).collect(), page, path)
        }
    };
    again(session, child, asks, (page, typed))
}

/// Lets the launcher do what the lock forbids here, and start anew. Where there is no launcher
/// there is no lock either.
fn again(
    session: &mut Session,
    child: Option<Child>,
    asks: Vec<Ask>,
    (page, typed): (Page, String),
) -> Result<i32, CliError> {
    if let Some(mut child) = child {
        let state = format!("{}\n{typed}", page.card().name);
        return Ok(child.ask(asks, state.as_bytes())?);
    }
    let mut begin = Begin {
        page: Some(page),
        typed,
        ..Begin::default()
    };
    for ask in asks {
        match answer(session, ask) {
            Ok(file) => begin.files.extend(file),
            // What was asked for beside it is not done either.
            Err(problem) => {
                begin.problem = Some(problem);
                break;
            }
        }
    }
    draw(session, None, &begin)
}

/// What a dashboard over `store` is started with.
pub(super) fn start(
    session: &mut Session,
    store: Store,
    targets: Vec<Target>,
    seen: Seen,
    level: &Level,
) -> Start {
    let (keymap, problems) = Keymap::patched(&session.config.keys);
    for problem in problems {
        session.say.note(&problem.to_string());
    }
    Start {
        calendar: session.calendar.clone(),
        keymap,
        theme: look::theme(session),
        store,
        store_path: shown(&session.config.store),
        roots: None,
        targets,
        offline: offline(level),
        seen,
        human: session.config.human.clone(),
        forms: session.config.forms(),
        wording: Wording::built_in(),
        outbox: None,
        reduced_motion: session.config.reduced_motion,
        mouse: session.config.mouse,
        cover_after: session.config.cover_after,
        demo: false,
        around: None,
        seen_files: Vec::new(),
        again: None,
        done: None,
        notice: None,
        page: None,
    }
}

/// The folder for drafts, made before the lock; one that is refused is no reason not to start.
fn outbox_of(session: &Session) -> Result<Outbox, Clean> {
    let config = &session.config;
    let own = config.data_dir.join("outbox");
    let dir = config.outbox.as_ref().unwrap_or(&own);
    Outbox::prepare(dir).map_err(|error| {
        let why = format!("the outbox cannot be used: {error}");
        Clean::label(why.as_bytes())
    })
}

/// The level as the screen says it.
fn offline(level: &Level) -> Offline {
    if level.enforced() {
        return Offline::Kernel;
    }
    let text = level.offline();
    let why = text
        .split_once('(')
        .map_or(text.as_str(), |(_, why)| why.trim_end_matches(')'));
    Offline::BuildOnly(Clean::label(why.as_bytes()))
}

/// What the waiting parent does for its dashboard, without the lock; an error is shown on the
/// next screen. A file is not read here: the next start opens it before its lock.
fn answer(session: &mut Session, ask: Ask) -> Result<Option<PathBuf>, String> {
    let text = |error: CliError| error.to_string();
    match ask {
        Ask::Keep(image) => {
            let here = places::here(session).map_err(text)?;
            let here = here.ok_or("the repository is gone")?;
            session.prepare_folder().map_err(text)?;
            Store::write_new(&session.config.store, &image)
                .map_err(|error| text(store_error(error)))?;
            register(session, &here.path).map(|()| None)
        }
        Ask::Add(path) => {
            let path = places::real_path(session, &meant(session, &path))?;
            if path.is_file() {
                session.prepare_folder().map_err(text)?;
                return Ok(Some(path));
            }
            let mut found = Places::default();
            if found.add(&places::plain_root(&path)) == 0 {
                let problem = found.problems.into_iter().next();
                return Err(problem.unwrap_or_default());
            }
            session.prepare_folder().map_err(text)?;
            register(session, &path).map(|()| None)
        }
    }
}

/// The path that was typed, pasted or dropped.
fn meant(session: &Session, path: &Path) -> PathBuf {
    match path.to_str() {
        Some(text) => session.env.typed_path(text),
        None => path.to_owned(),
    }
}

fn register(session: &mut Session, path: &Path) -> Result<(), String> {
    if session.roots.iter().any(|root| root.path == path) {
        return Ok(());
    }
    session.roots.push(places::plain_root(path));
    session.write_roots().map_err(|error| error.to_string())
}
