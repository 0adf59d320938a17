//! Landlock: which paths can be opened, no TCP, signals and abstract sockets kept inside.

use std::path::Path;

use landlock::{
    ABI, Access, AccessFs, AccessNet, BitFlags, LandlockStatus, PathBeneath, PathFd,
    RestrictSelfAttr, RestrictionStatus, Ruleset, RulesetAttr, RulesetCreated, RulesetCreatedAttr,
    RulesetError, RulesetStatus, Scope,
};

use super::lock::Paths;

/// The newest ABI whose rights we know and refuse; the kernel takes what it knows of them.
const ABI_ASKED: ABI = ABI::V9;

/// What Landlock enforces.
pub(super) struct Files {
    /// The ABI in force, 0 for none.
    pub(super) abi: i32,
    /// Why it is not in force, or not for every thread.
    pub(super) problem: Option<String>,
    /// Whether denials stay out of the system's log.
    pub(super) quiet: bool,
    /// Paths that were not there.
    pub(super) missing: usize,
}

/// Restricts the process to `paths` and the terminal.
pub(super) fn restrict(paths: &Paths) -> Files {
    let mut missing = 0;
    match restrict_to(paths, &mut missing) {
        Ok(status) => told(&status, missing),
        Err(error) => Files {
            abi: 0,
            problem: Some(format!("Landlock failed: {error}")),
            quiet: false,
            missing,
        },
    }
}

fn told(status: &RestrictionStatus, missing: usize) -> Files {
    let abi = match status.landlock {
        LandlockStatus::Available { effective_abi, .. } => effective_abi as i32,
        LandlockStatus::NotEnabled | LandlockStatus::NotImplemented => 0,
    };
    let problem = match (&status.landlock, &status.ruleset) {
        (LandlockStatus::NotImplemented, _) => Some("kernel without Landlock".to_owned()),
        (LandlockStatus::NotEnabled, _) => Some("Landlock is switched off".to_owned()),
        (_, RulesetStatus::NotEnforced) => Some("Landlock is not enforced".to_owned()),
        _ if !status.all_threads && threads() > 1 => {
            Some("other threads ran before the lock".to_owned())
        }
        _ => None,
    };
    Files {
        abi,
        problem,
        quiet: abi < ABI::V7 as i32 || !status.log_same_exec,
        missing,
    }
}

fn restrict_to(paths: &Paths, missing: &mut usize) -> Result<RestrictionStatus, RulesetError> {
    let mut rules = Ruleset::default()
        .handle_access(AccessFs::from_all(ABI_ASKED))?
        .handle_access(AccessNet::from_all(ABI_ASKED))?
        .scope(Scope::from_all(ABI_ASKED))?
        .create()?
        // Denied paths would reach the system's log, which others read.
        .log_same_exec(false)?
        .log_subdomains(false)?
        .all_threads(true)?;
    for path in &paths.read {
        rules = allow(rules, path, reading(), missing)?;
    }
    for path in &paths.write {
        rules = allow(rules, path, reading() | writing(), missing)?;
    }
    let terminal = AccessFs::ReadFile | AccessFs::WriteFile | AccessFs::IoctlDev;
    let mut absent = 0;
    rules = allow(rules, Path::new("/dev/tty"), terminal, &mut absent)?;
    rules = allow(rules, Path::new("/dev/null"), terminal, &mut absent)?;
    rules = allow(
        rules,
        Path::new("/dev/urandom"),
        AccessFs::ReadFile.into(),
        &mut absent,
    )?;
    rules.restrict_self()
}

fn reading() -> BitFlags<AccessFs> {
    AccessFs::ReadFile | AccessFs::ReadDir
}

/// What a store does in its folder: no devices, sockets, pipes or links.
fn writing() -> BitFlags<AccessFs> {
    AccessFs::WriteFile
        | AccessFs::Truncate
        | AccessFs::MakeReg
        | AccessFs::MakeDir
        | AccessFs::RemoveFile
        | AccessFs::RemoveDir
        | AccessFs::Refer
}

/// Adds one path with what of `access` fits it (a file takes no rights of folders).
fn allow(
    rules: RulesetCreated,
    path: &Path,
    access: BitFlags<AccessFs>,
    missing: &mut usize,
) -> Result<RulesetCreated, RulesetError> {
    let Ok(opened) = PathFd::new(path) else {
        *missing += 1;
        return Ok(rules);
    };
    let fits = if path.is_dir() {
        access
    } else {
        access & AccessFs::from_file(ABI_ASKED)
    };
    rules.add_rule(PathBeneath::new(opened, fits))
}

/// How many threads run; 1 when that cannot be told.
fn threads() -> usize {
    // Landlock itself already hides /proc: the kernel's count of links tells without opening it.
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self/task").map_or(1, |tasks| {
        usize::try_from(tasks.nlink().saturating_sub(2)).unwrap_or(1)
    })
}
