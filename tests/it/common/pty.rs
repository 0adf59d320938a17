//! A terminal for tests: a real pseudo-terminal with a real program in it, its output fed to a
//! terminal emulator. Tests wait for a condition on the screen; nothing ever sleeps.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

/// Longer than any condition may take on a loaded machine; a passing test never waits for it.
const PATIENCE: Duration = Duration::from_secs(60);

/// Marks a fixture that was started as one, and not by somebody who runs every ignored test.
const FIXTURE: &str = "INWARD_TEST_FIXTURE";

/// Whether this process is to act as a fixture.
pub(crate) fn is_fixture() -> bool {
    std::env::var_os(FIXTURE).is_some()
}

/// A program in a terminal.
pub(crate) struct Session {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    parser: vt100::Parser,
    bytes: Vec<u8>,
}

/// What to start, and in what terminal.
pub(crate) struct Start {
    command: CommandBuilder,
    columns: u16,
    rows: u16,
}

impl Start {
    /// `program` in an empty environment but for a home of its own and a terminal's name.
    pub(crate) fn new(program: impl AsRef<Path>, home: &Path) -> Self {
        let mut command = CommandBuilder::new(program.as_ref());
        command.env_clear();
        for (name, value) in [
            ("PATH", "/usr/bin:/bin"),
            ("TERM", "xterm-256color"),
            ("TZ", "UTC"),
            ("LANG", "C.UTF-8"),
            ("GIT_CONFIG_NOSYSTEM", "1"),
        ] {
            command.env(name, value);
        }
        command.env("HOME", home);
        command.cwd(home);
        Self {
            command,
            columns: 80,
            rows: 24,
        }
    }

    /// The built `inward`.
    pub(crate) fn inward(home: &Path) -> Self {
        Self::new(env!("CARGO_BIN_EXE_inward"), home)
    }

    /// The ignored test `name` of this test binary, as a program of its own.
    pub(crate) fn fixture(name: &str, home: &Path) -> Self {
        let start = Self::new(std::env::current_exe().unwrap(), home).env(FIXTURE, "1");
        start.args(&[
            "--exact",
            name,
            "--ignored",
            "--nocapture",
            "--test-threads=1",
        ])
    }

    pub(crate) fn args(mut self, args: &[&str]) -> Self {
        self.command.args(args);
        self
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    pub(crate) fn cwd(mut self, folder: &Path) -> Self {
        self.command.cwd(folder);
        self
    }

    pub(crate) fn size(mut self, columns: u16, rows: u16) -> Self {
        (self.columns, self.rows) = (columns, rows);
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    /// Starts it.
    pub(crate) fn spawn(self) -> Session {
        let pair = native_pty_system()
            .openpty(pty_size(self.columns, self.rows))
            .unwrap();
        let child = pair.slave.spawn_command(self.command).unwrap();
        // Only the program may hold the terminal: its end is then the end of the output.
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (to, output) = channel();
        thread::spawn(move || {
            let mut chunk = [0; 4096];
            while let Ok(length @ 1..) = reader.read(&mut chunk) {
                if to.send(chunk[..length].to_vec()).is_err() {
                    break;
                }
            }
        });
        Session {
            child,
            keys: pair.master.take_writer().unwrap(),
            master: pair.master,
            output,
            parser: vt100::Parser::new(nonzero(self.rows), nonzero(self.columns), 0),
            bytes: Vec::new(),
        }
    }
}

fn pty_size(cols: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols,
        ..PtySize::default()
    }
}

fn nonzero(number: u16) -> NonZeroU16 {
    NonZeroU16::new(number).unwrap()
}

impl Session {
    /// Waits until `condition` holds for the screen; panics with the screen when it never does.
    pub(crate) fn until(&mut self, what: &str, condition: impl Fn(&vt100::Screen) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !condition(self.parser.screen()) {
            match self
                .output
                .recv_timeout(end.saturating_duration_since(Instant::now()))
            {
                Ok(chunk) => self.take(&chunk),
                Err(why) => panic!(
                    "never saw {what} ({why}); the screen:\n{}",
                    self.parser.screen().contents()
                ),
            }
        }
    }

    /// Waits until the screen shows `text`.
    pub(crate) fn until_text(&mut self, text: &str) {
        self.until(&format!("`{text}`"), |screen| {
            screen.contents().contains(text)
        });
    }

    /// Waits until all that is under way is on the screen: no byte for `quiet`.
    pub(crate) fn settle(&mut self, quiet: Duration) {
        let end = Instant::now() + PATIENCE;
        while let Ok(chunk) = self.output.recv_timeout(quiet) {
            self.take(&chunk);
            assert!(Instant::now() < end, "the program never stops writing");
        }
    }

    /// How many bytes the program writes within `time`.
    pub(crate) fn bytes_within(&mut self, time: Duration) -> usize {
        let before = self.bytes.len();
        let end = Instant::now() + time;
        loop {
            match self
                .output
                .recv_timeout(end.saturating_duration_since(Instant::now()))
            {
                Ok(chunk) => self.take(&chunk),
                Err(RecvTimeoutError::Timeout) => return self.bytes.len() - before,
                Err(RecvTimeoutError::Disconnected) => panic!("the program has ended"),
            }
        }
    }

    fn take(&mut self, chunk: &[u8]) {
        self.bytes.extend_from_slice(chunk);
        self.parser.process(chunk);
    }

    /// Types `keys`, escape sequences included.
    pub(crate) fn keys(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// Gives the window another size.
    pub(crate) fn resize(&mut self, columns: u16, rows: u16) {
        self.parser
            .screen_mut()
            .set_size(nonzero(rows), nonzero(columns));
        self.master.resize(pty_size(columns, rows)).unwrap();
    }

    /// Sends `signal` to the program.
    pub(crate) fn signal(&self, signal: rustix::process::Signal) {
        let process = i32::try_from(self.process()).unwrap();
        let process = rustix::process::Pid::from_raw(process).unwrap();
        rustix::process::kill_process(process, signal).unwrap();
    }

    /// The program's process id.
    pub(crate) fn process(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Waits until the program's state, as Linux names it (`T` = stopped), is `state`.
    #[cfg(target_os = "linux")]
    pub(crate) fn until_state(&mut self, state: char) {
        let stat = format!("/proc/{}/stat", self.process());
        let end = Instant::now() + PATIENCE;
        loop {
            let text = std::fs::read_to_string(&stat).unwrap();
            let now = text
                .rsplit(") ")
                .next()
                .and_then(|rest| rest.chars().next());
            if now == Some(state) {
                return;
            }
            assert!(Instant::now() < end, "the process is in state {now:?}");
            // The pause between two looks is a wait for output.
            if let Ok(chunk) = self.output.recv_timeout(Duration::from_millis(5)) {
                self.take(&chunk);
            }
        }
    }

    /// Waits for the end; the way it ended.
    pub(crate) fn end(&mut self) -> ExitStatus {
        let end = Instant::now() + PATIENCE;
        loop {
            match self
                .output
                .recv_timeout(end.saturating_duration_since(Instant::now()))
            {
                Ok(chunk) => self.take(&chunk),
                Err(RecvTimeoutError::Disconnected) => return self.child.wait().unwrap(),
                Err(RecvTimeoutError::Timeout) => panic!(
                    "the program does not end; the screen:\n{}",
                    self.parser.screen().contents()
                ),
            }
        }
    }

    /// The screen as it is now.
    pub(crate) fn screen(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    /// Every byte written so far.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether the terminal echoes and collects lines, as a shell needs it.
    pub(crate) fn is_cooked(&self) -> bool {
        use rustix::termios::LocalModes;
        let cooked = (LocalModes::ECHO | LocalModes::ICANON).bits();
        let now = self.master.get_termios().unwrap().local_flags.bits();
        now & cooked == cooked
    }

    /// Asserts that the terminal is as the shell had it.
    pub(crate) fn assert_given_back(&self) {
        let screen = self.screen();
        assert!(
            !screen.alternate_screen(),
            "the alternate screen is still on"
        );
        assert!(!screen.hide_cursor(), "the cursor is still hidden");
        assert!(!screen.bracketed_paste(), "bracketed paste is still on");
        assert_eq!(
            screen.mouse_protocol_mode(),
            vt100::MouseProtocolMode::None,
            "the mouse is still captured"
        );
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // A failed test leaves no program behind; one that ended already is no error.
        self.child.kill().ok();
    }
}
