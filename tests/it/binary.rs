//! What the built program asks of the system: no way to a network, three libraries.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::home::skipped;

const PROGRAM: &str = env!("CARGO_BIN_EXE_inward");

/// Output of a tool of the C toolchain; `None` (and a word on it) when it is not installed.
fn tool(name: &str, args: &[&str]) -> Option<String> {
    let Ok(out) = Command::new(name).args(args).output() else {
        skipped(&format!("{name} is not installed"));
        return None;
    };
    out.status
        .success()
        .then(|| String::from_utf8_lossy(&out.stdout).into_owned())
}

/// Names that a 64-bit ELF file takes from libraries: the undefined entries of its dynamic symbols.
/// Read here in a few lines, so that the proof needs no tool.
#[cfg(target_os = "linux")]
fn imports(path: &Path) -> BTreeSet<String> {
    const DYNAMIC_SYMBOLS: usize = 11;
    let file = fs::read(path).unwrap();
    assert_eq!(&file[..6], b"\x7fELF\x02\x01", "not a 64-bit ELF file");
    let number = |at: usize, bytes: usize| {
        let mut value = [0; 8];
        value[..bytes].copy_from_slice(&file[at..at + bytes]);
        usize::try_from(u64::from_le_bytes(value)).unwrap()
    };
    let (table, size, count) = (number(40, 8), number(58, 2), number(60, 2));
    let section = |n: usize| table + n * size;
    let symbols = (0..count).map(section);
    let symbols = symbols
        .into_iter()
        .find(|at| number(at + 4, 4) == DYNAMIC_SYMBOLS);
    let symbols = symbols.expect("no dynamic symbols");
    let names = number(section(number(symbols + 40, 4)) + 24, 8);
    let (start, bytes) = (number(symbols + 24, 8), number(symbols + 32, 8));
    let entries = (start..start + bytes).step_by(24);
    let undefined = entries.filter(|at| number(at + 6, 2) == 0);
    let name = |at: usize| {
        let text = &file[names + number(at, 4)..];
        let end = text.iter().position(|byte| *byte == 0).unwrap();
        String::from_utf8_lossy(&text[..end]).into_owned()
    };
    undefined.map(name).collect()
}

/// Whether a function could reach a network, start a program or load code.
#[cfg(target_os = "linux")]
fn is_grave(name: &str) -> bool {
    const BEGINNINGS: [&str; 22] = [
        "accept",
        "bind",
        "clone",
        "connect",
        "dl",
        "exec",
        "fexec",
        "fork",
        "getaddrinfo",
        "gethost",
        "getnameinfo",
        "getserv",
        "listen",
        "pidfd_spawn",
        "popen",
        "posix_spawn",
        "recv",
        "res_",
        "send",
        "socket",
        "system",
        "vfork",
    ];
    let name = name.trim_start_matches('_');
    BEGINNINGS.iter().any(|start| name.starts_with(start))
        // Only copies file to file.
        && !name.starts_with("sendfile")
        // Walks the program's own list of loaded parts, for backtraces.
        && name != "dl_iterate_phdr"
}

/// Grave names that are there all the same; `docs/supply-chain.md` says of each why, and the lock
/// refuses what they do but for the first row.
#[cfg(target_os = "linux")]
const THERE: [&str; 25] = [
    // The signal handler's own pair of sockets.
    "socketpair",
    "send",
    "recv",
    // Starting a program: inward itself, before the lock; parts of the standard library.
    "execvp",
    "fork",
    "pidfd_spawnp",
    "posix_spawnp",
    "recvmsg",
    "sendmsg",
    "posix_spawn_file_actions_addchdir",
    "posix_spawn_file_actions_addchdir_np",
    "posix_spawn_file_actions_adddup2",
    "posix_spawn_file_actions_destroy",
    "posix_spawn_file_actions_init",
    "posix_spawnattr_destroy",
    "posix_spawnattr_init",
    "posix_spawnattr_setflags",
    "posix_spawnattr_setpgroup",
    "posix_spawnattr_setsigdefault",
    "posix_spawnattr_setsigmask",
    // SQLite's loader of extensions, which is switched off; the standard library asks for newer
    // functions of the C library by name.
    "dlopen",
    "dlsym",
    "dlclose",
    "dlerror",
    "posix_spawn",
];

/// Seen to fail with `inward-leak`, which sends: see `scripts/red-twin.sh`.
#[test]
#[cfg(target_os = "linux")]
fn the_program_imports_no_way_to_open_a_connection() {
    let imported = imports(Path::new(PROGRAM));
    assert!(imported.contains("read") && imported.len() > 100);
    let grave: Vec<_> = imported.iter().filter(|name| is_grave(name)).collect();
    let new: Vec<_> = grave
        .iter()
        .filter(|name| !THERE.contains(&name.as_str()))
        .collect();
    assert!(new.is_empty(), "{new:?}");
    for name in grave {
        let group = if name.starts_with("posix_spawn") {
            "posix_spawn"
        } else {
            name
        };
        assert!(
            include_str!("../../docs/supply-chain.md").contains(&format!("`{group}")),
            "docs/supply-chain.md does not say why {name} is there"
        );
    }
    for banned in [
        "connect",
        "bind",
        "listen",
        "accept4",
        "getaddrinfo",
        "sendto",
        "socket",
    ] {
        assert!(is_grave(banned) && !THERE.contains(&banned), "{banned}");
    }
}

/// The control: this test itself looks a name up, and the reader sees that.
#[test]
#[cfg(target_os = "linux")]
fn an_import_is_seen_where_there_is_one() {
    let look_up: fn(&str) -> std::io::Result<std::vec::IntoIter<std::net::SocketAddr>> =
        |name| std::net::ToSocketAddrs::to_socket_addrs(&(name, 9));
    let look_up = std::hint::black_box(look_up);
    // An address needs no resolver.
    assert!(look_up("127.0.0.1").is_ok());
    let own = imports(&std::env::current_exe().unwrap());
    assert!(own.contains("getaddrinfo") && is_grave("getaddrinfo"));
}

/// Hosts in addresses that stand in `bytes`.
fn hosts(bytes: &[u8]) -> BTreeSet<String> {
    const ENDS: [&str; 10] = [
        ".com", ".org", ".net", ".io", ".dev", ".app", ".ai", ".cloud", ".info", ".eu",
    ];
    let mut out = BTreeSet::new();
    for at in memchr::memmem::find_iter(bytes, "://") {
        let before = &bytes[at.saturating_sub(5)..at];
        if ![&b"http"[..], b"https", b"ws", b"wss"]
            .iter()
            .any(|scheme| before.ends_with(scheme))
        {
            continue;
        }
        let rest = bytes[at + 3..].iter().copied();
        let host = rest.take_while(|b| b.is_ascii_alphanumeric() || b".-".contains(b));
        let host: String = host.map(char::from).collect();
        // Strings stand wall to wall in a binary: what follows a host is cut off at its end.
        let ends = ENDS
            .iter()
            .filter_map(|end| Some(host.find(end)? + end.len()));
        if let Some(end) = ends.max() {
            out.extend(host.get(..end).map(str::to_owned));
        }
    }
    out
}

/// No telemetry, no update check, no crash reporter: each would name its server.
#[test]
fn the_program_names_no_server_but_those_of_its_instructions() {
    let known: BTreeSet<&str> = include_str!("../../scripts/hosts-known.txt")
        .lines()
        .collect();
    let found = hosts(&fs::read(PROGRAM).unwrap());
    assert!(
        found.contains("trello.com"),
        "the search finds nothing: {found:?}"
    );
    let new: Vec<_> = found
        .iter()
        .filter(|host| !known.contains(host.as_str()))
        .collect();
    assert!(new.is_empty(), "{new:?}");
    let planted = b"\0https://o1.ingest.sentry.io/api/2inwardhttps://given-up.mailmap";
    assert_eq!(
        hosts(planted),
        BTreeSet::from(["o1.ingest.sentry.io".to_owned()])
    );
}

#[test]
#[cfg(target_os = "linux")]
fn the_program_needs_no_system_library_beyond_the_c_ones() {
    let Some(listing) = tool("ldd", &[PROGRAM]) else {
        return;
    };
    for line in listing.lines() {
        let known = [
            "linux-vdso",
            "libc.so",
            "libm.so",
            "libgcc_s.so",
            "ld-linux",
            "libpthread.so",
            "libdl.so",
            "librt.so",
        ];
        assert!(
            known.iter().any(|name| line.contains(name)),
            "an unexpected library: {line}"
        );
    }
}
