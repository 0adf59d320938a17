//! What `recorder.c` wrote down: every act on a file of the store's folder, in order.

/// How long the fixed part of a line is, in bytes.
const LINE: usize = 21;

/// One act; its bytes lie in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event<'a> {
    /// A file, or the folder itself (an empty name), is open under this number from now on.
    Opened {
        fd: i32,
        name: &'a str,
        emptied: bool,
    },
    Closed(i32),
    Wrote {
        fd: i32,
        at: u64,
        bytes: &'a [u8],
    },
    Cut {
        fd: i32,
        length: u64,
    },
    Synced(i32),
    Renamed {
        from: &'a str,
        to: &'a str,
    },
    Linked {
        from: &'a str,
        to: &'a str,
    },
    Removed(&'a str),
    /// The program told the outside that this deed is done and kept.
    Told(usize),
}

/// The events in `log`.
///
/// # Panics
/// When the program wrote in a way that the recorder does not follow.
pub fn read(log: &[u8]) -> Vec<Event<'_>> {
    let (mut events, mut rest) = (Vec::new(), log);
    while !rest.is_empty() {
        let (line, behind) = rest.split_at(LINE);
        let number = |at: usize| u64::from_ne_bytes(line[at..at + 8].try_into().unwrap());
        let short = |at: usize| u32::from_ne_bytes(line[at..at + 4].try_into().unwrap());
        let (first, behind) = behind.split_at(short(13).try_into().unwrap());
        let (second, behind) = behind.split_at(short(17).try_into().unwrap());
        rest = behind;
        let (fd, at) = (short(1).cast_signed(), number(5));
        let name = |bytes| std::str::from_utf8(bytes).unwrap();
        events.push(match line[0] {
            b'o' => Event::Opened {
                fd,
                name: name(first),
                emptied: at == 1,
            },
            b'c' => Event::Closed(fd),
            b'w' => Event::Wrote {
                fd,
                at,
                bytes: second,
            },
            b't' => Event::Cut { fd, length: at },
            b's' => Event::Synced(fd),
            b'r' => Event::Renamed {
                from: name(first),
                to: name(second),
            },
            b'l' => Event::Linked {
                from: name(first),
                to: name(second),
            },
            b'u' => Event::Removed(name(first)),
            b'k' => match told(first) {
                Some(deed) => Event::Told(deed),
                None => continue,
            },
            b'!' => panic!("not followed: {}", name(first)),
            other => panic!("no such line: {other}"),
        });
    }
    events
}

/// The number in `told 7`.
fn told(bytes: &[u8]) -> Option<usize> {
    let text = std::str::from_utf8(bytes).ok()?;
    text.strip_prefix("told ")?.trim_end().parse().ok()
}
