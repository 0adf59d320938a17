//! What holds whatever bytes come in, one file a way in. `fuzz/` searches for bytes for which it
//! does not, `tests/hostile` goes through the seeds and everything found before: the same
//! assertions. Ways in that are not public have theirs beside the code, in a file `hostile.rs`.

pub mod backup;
pub mod dump;
pub mod import;
pub mod mapping;
pub mod range;
pub mod text;

/// A way in: what is asserted of any bytes, and bytes to start from.
pub type Way = (&'static str, fn(&[u8]), fn() -> Vec<Vec<u8>>);

/// Every public way in.
pub const WAYS: &[Way] = &[
    ("text", text::check, text::seeds),
    ("range", range::check, range::seeds),
    ("import", import::check, import::seeds),
    ("mapping", mapping::check, mapping::seeds),
    ("dump", dump::check, dump::seeds),
    ("backup", backup::check, backup::seeds),
];

/// Now, for every reader that asks: November 2026, in UTC seconds.
pub const NOW: i64 = 1_795_000_000;

/// Text on its way to a screen, a file or a pipe: nothing in it acts on a terminal or hides.
/// Written here by hand and not asked of the program, which could be wrong.
pub fn assert_shown(text: &str, what: &str) {
    let bad = text.chars().find(|c| {
        (c.is_control() && *c != '\n')
            || matches!(u32::from(*c),
                0xAD | 0x61C | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0xFEFF
                | 0xE000..=0xF8FF | 0xFFF9..=0xFFFB | 0xE0000..=0xE0FFF)
    });
    assert!(bad.is_none(), "{what} holds {bad:?}: {text:?}");
}

/// The same, and one line.
pub fn assert_line(text: &str, what: &str) {
    assert_shown(text, what);
    assert!(!text.contains('\n'), "{what} is more than a line: {text:?}");
}

/// A folder of this thread's own, the same at every call; on Linux in memory, for it is used many
/// times a second.
pub fn folder() -> std::path::PathBuf {
    thread_local! {
        static FOLDER: Folder = Folder::new();
    }
    FOLDER.with(|folder| folder.0.clone())
}

struct Folder(std::path::PathBuf);

impl Folder {
    fn new() -> Self {
        let memory = std::path::Path::new("/dev/shm");
        let below = if memory.is_dir() {
            memory.to_owned()
        } else {
            std::env::temp_dir()
        };
        let thread = format!("{:?}", std::thread::current().id());
        let thread: String = thread.chars().filter(char::is_ascii_digit).collect();
        let path = below.join(format!("inward-hostile-{}-{thread}", std::process::id()));
        std::fs::create_dir_all(&path).expect("room for a folder");
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}
