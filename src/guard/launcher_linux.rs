//! The launcher's Linux half: shared memory, signals, waiting.

#![expect(
    unsafe_code,
    reason = "signal masks and an inherited descriptor have no safe form; each use says why it holds"
)]

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd};
use std::os::unix::process::CommandExt;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::process::{Pid, Signal, WaitOptions, getpid, getppid, kill_process, waitpid};

use super::{AGAIN, Answer, Ask, Ended, Hidden, Letter};

/// `DESCRIPTOR:PARENT`, set by the parent for its child only.
const VARIABLE: &str = "INWARD_LAUNCH_FD";

/// The largest letter, in bytes: a store's image goes through it.
const LETTER_BYTES: u64 = 1 << 30;

/// Signals that the parent hands on; it never acts on them itself.
const HANDED_ON: [Signal; 4] = [Signal::TERM, Signal::HUP, Signal::INT, Signal::QUIT];

/// The dashboard's end of the launcher.
#[derive(Debug)]
pub struct Child {
    memory: File,
    letter: Letter,
}

/// The shared memory's descriptor, when this process was started by a launcher that still runs.
pub(crate) fn inherited() -> Option<u32> {
    let text = std::env::var(VARIABLE).ok()?;
    let (descriptor, parent) = text.split_once(':')?;
    let descriptor: u32 = descriptor.parse().ok()?;
    let raw = i32::try_from(descriptor).ok().filter(|raw| *raw > 2)?;
    let parent = Pid::from_raw(parent.parse().ok()?)?;
    // SAFETY: only asked about, here and now; a number that is not open is an error.
    let borrowed = unsafe { BorrowedFd::borrow_raw(raw) };
    // Seals are a property of shared memory only: a variable left over from elsewhere fails.
    rustix::fs::fcntl_get_seals(borrowed).ok()?;
    (getppid() == Some(parent)).then_some(descriptor)
}

/// This process as the launcher's child; `None` when it was started otherwise, or on a second
/// call. From here on it ends when the launcher does.
pub fn child() -> Option<Child> {
    static TAKEN: AtomicBool = AtomicBool::new(false);
    let raw = i32::try_from(inherited()?).ok()?;
    let _ = rustix::process::set_parent_process_death_signal(Some(Signal::TERM));
    // The launcher may have ended just before.
    inherited()?;
    if TAKEN.swap(true, Ordering::SeqCst) {
        return None;
    }
    set_mask(libc::SIG_UNBLOCK);
    // SAFETY: the descriptor was inherited for this, and the flag above lets it be owned once.
    let mut memory = unsafe { File::from_raw_fd(raw) };
    let letter = read_letter(&mut memory).unwrap_or_default();
    // A key stays in this process only.
    drop(memory.set_len(0));
    Some(Child { memory, letter })
}

impl Child {
    /// What the start before left in [`Child::ask`], empty at first.
    pub fn state(&self) -> &[u8] {
        &self.letter.state
    }

    /// Why the last ask was not done, if it was not; words of [`run`]'s caller.
    pub fn notice(&self) -> Option<&str> {
        Some(self.letter.notice.as_str()).filter(|notice| !notice.is_empty())
    }

    /// The key that the launcher was given, empty where it has none.
    pub fn key(&self) -> &[u8] {
        self.letter.key.bytes()
    }

    /// Files to open before the lock: named in the start before.
    pub fn files(&self) -> &[std::path::PathBuf] {
        &self.letter.files
    }

    /// Leaves `asks` and the dashboard's own `state` for the next start, and returns the code to
    /// exit with. Give the terminal back first. Errors: no memory for it; nothing is asked then.
    pub fn ask(&mut self, asks: Vec<Ask>, state: &[u8]) -> io::Result<i32> {
        let letter = Letter {
            asks,
            state: state.to_vec(),
            ..Letter::default()
        };
        write_letter(&mut self.memory, &letter)?;
        Ok(AGAIN)
    }
}

/// Runs the dashboard as a child of this process until it ends for good. `key` goes with every
/// start, through memory alone. `answer` does what it
/// asks for; its error is shown by the next start. Errors: no memory, or the program cannot be
/// started.
pub fn run(key: &Hidden, answer: &mut Answer<'_>) -> io::Result<Ended> {
    // It only waits, starts this program and writes what the owner asks for. Where the kernel has no
    // filter it goes on without, and nothing says that it has one.
    drop(crate::guard::seccomp::restrict_launcher());
    // Blocked before the child exists, so that no signal falls between; it unblocks them itself.
    set_mask(libc::SIG_BLOCK);
    let mut letter = Letter::default();
    loop {
        letter.key = key.clone();
        // Not closed on exec: the child inherits it.
        let flags = rustix::fs::MemfdFlags::empty();
        let mut memory = File::from(rustix::fs::memfd_create(c"inward", flags)?);
        write_letter(&mut memory, &letter)?;
        match wait(start(&memory)?)? {
            Ended::Code(AGAIN) => letter = answered(read_letter(&mut memory), answer),
            ended => return Ok(ended),
        }
    }
}

fn start(memory: &File) -> io::Result<Pid> {
    let mut arguments = std::env::args_os();
    // The very file that runs, even when another lies at its path by now.
    let mut command = Command::new("/proc/self/exe");
    if let Some(name) = arguments.next() {
        command.arg0(name);
    }
    let own = getpid().as_raw_nonzero();
    let child = command
        .args(arguments)
        .env(VARIABLE, format!("{}:{own}", memory.as_raw_fd()))
        .spawn()?;
    i32::try_from(child.id())
        .ok()
        .and_then(Pid::from_raw)
        .ok_or_else(|| io::Error::other("a child without a number"))
}

fn wait(child: Pid) -> io::Result<Ended> {
    loop {
        while let Some((_, status)) =
            waitpid(Some(child), WaitOptions::NOHANG | WaitOptions::UNTRACED)?
        {
            if let Some(code) = status.exit_status() {
                return Ok(Ended::Code(code));
            }
            if let Some(signal) = status.terminating_signal() {
                return Ok(Ended::Signal(signal));
            }
            if status.stopped() {
                // The child stopped for the shell, which waits for this process: stop the group.
                // Without job control the kernel ignores this and the child just goes on.
                let _ = rustix::process::kill_current_process_group(Signal::TSTP);
                let _ = kill_process(child, Signal::CONT);
            }
        }
        let signal = next_signal()?;
        if HANDED_ON.contains(&signal) {
            let _ = kill_process(child, signal);
        }
    }
}

fn answered(letter: io::Result<Letter>, answer: &mut Answer<'_>) -> Letter {
    let mut next = Letter::default();
    match letter {
        Ok(letter) => {
            next.state = letter.state;
            let mut failed = Vec::new();
            for ask in letter.asks {
                match answer(ask) {
                    Ok(file) => next.files.extend(file),
                    // What was asked for beside it is not done either.
                    Err(why) => {
                        failed.push(why);
                        break;
                    }
                }
            }
            next.notice = failed.join("\n");
        }
        Err(error) => next.notice = format!("nothing was done: {error}"),
    }
    next
}

impl Ended {
    /// The exit code, or the end of this process by the same signal.
    pub fn finish(self) -> i32 {
        match self {
            Self::Code(code) => code,
            Self::Signal(signal) => {
                set_mask(libc::SIG_UNBLOCK);
                if let Some(signal) = Signal::from_named_raw(signal) {
                    let _ = kill_process(getpid(), signal);
                }
                128 + signal
            }
        }
    }
}

fn write_letter(memory: &mut File, letter: &Letter) -> io::Result<()> {
    memory.set_len(0)?;
    memory.seek(SeekFrom::Start(0))?;
    memory.write_all(&letter.write())
}

fn read_letter(memory: &mut File) -> io::Result<Letter> {
    memory.seek(SeekFrom::Start(0))?;
    let mut bytes = Vec::new();
    memory.take(LETTER_BYTES).read_to_end(&mut bytes)?;
    Letter::read(&bytes).ok_or_else(|| io::Error::other("the dashboard's request is damaged"))
}

/// The signals that the parent waits for.
fn waited_for() -> libc::sigset_t {
    // SAFETY: a set of signals is plain memory, and both calls only write into it.
    unsafe {
        let mut set = std::mem::zeroed();
        libc::sigemptyset(&raw mut set);
        libc::sigaddset(&raw mut set, libc::SIGCHLD);
        for signal in HANDED_ON {
            libc::sigaddset(&raw mut set, signal.as_raw());
        }
        set
    }
}

fn set_mask(how: i32) {
    let set = waited_for();
    // SAFETY: the set lives through the call; the old mask is not asked for.
    unsafe { libc::pthread_sigmask(how, &raw const set, std::ptr::null_mut()) };
}

fn next_signal() -> io::Result<Signal> {
    let set = waited_for();
    loop {
        // SAFETY: the set lives through the call; no details are asked for.
        let number = unsafe { libc::sigwaitinfo(&raw const set, std::ptr::null_mut()) };
        if let Some(signal) = Signal::from_named_raw(number) {
            return Ok(signal);
        }
        let error = io::Error::last_os_error();
        // Stopping and continuing this process interrupts the wait.
        if error.kind() != io::ErrorKind::Interrupted {
            return Err(error);
        }
    }
}
