//! The attempts. They call the kernel by number: the binary must not import `connect` and its
//! like, because their absence is one of the proofs that it has no network code.

#![expect(
    unsafe_code,
    reason = "the kernel is asked by number, with pointers to local values that outlive the call"
)]

use std::ffi::{CStr, CString, c_long};

use super::{Found, Row};

/// `sockaddr_in` of 127.0.0.1, port 9 (discard): nobody listens there.
const NOBODY: [u8; 16] = [2, 0, 0, 9, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0];
/// `sockaddr_un` of a path that does not exist.
const NO_SOCKET: [u8; 24] = *b"\x01\0/nonexistent/inward\0\0\0";

const MPTCP: i32 = 262;

pub(super) fn rows() -> Vec<Row> {
    let row = |name, found| Row { name, found };
    vec![
        row(
            "tcp connect",
            connect(libc::AF_INET, libc::SOCK_STREAM, 0, &NOBODY),
        ),
        row(
            "mptcp connect",
            connect(libc::AF_INET, libc::SOCK_STREAM, MPTCP, &NOBODY),
        ),
        row("udp send", udp()),
        row(
            "raw socket",
            open_socket(libc::AF_INET, libc::SOCK_RAW, libc::IPPROTO_ICMP),
        ),
        row(
            "unix socket",
            connect(libc::AF_UNIX, libc::SOCK_STREAM, 0, &NO_SOCKET),
        ),
        row(
            "netlink socket",
            open_socket(libc::AF_NETLINK, libc::SOCK_RAW, 0),
        ),
        row("vsock", open_socket(libc::AF_VSOCK, libc::SOCK_STREAM, 0)),
        row("io_uring", io_uring()),
        row("run a program", run()),
        row("read outside", open(c"/etc/passwd", libc::O_RDONLY)),
        row("write outside", write()),
        row("new process", process()),
    ]
}

/// One call by number; `Ok` is its result, `Err` the error's number.
fn call(number: c_long, arguments: [usize; 6]) -> Result<c_long, i32> {
    let [first, second, third, fourth, fifth, sixth] = arguments;
    // SAFETY: every caller passes what the call expects, pointers to values it still holds.
    let result = unsafe { libc::syscall(number, first, second, third, fourth, fifth, sixth) };
    if result >= 0 {
        return Ok(result);
    }
    Err(std::io::Error::last_os_error().raw_os_error().unwrap_or(0))
}

/// Errors by which the kernel's guards refuse; any other one came from further in.
fn judged(result: Result<c_long, i32>) -> Found {
    match result {
        Err(error @ (libc::EPERM | libc::EACCES | libc::ENOSYS)) => Found::Refused(error),
        Err(
            error @ (libc::EAFNOSUPPORT
            | libc::EPROTONOSUPPORT
            | libc::ESOCKTNOSUPPORT
            | libc::ENOPROTOOPT),
        ) => Found::Absent(error),
        Ok(_) | Err(_) => Found::Reached,
    }
}

/// Bits of a constant as the kernel's register wants them.
fn bits(value: i32) -> usize {
    usize::try_from(value).unwrap_or(0)
}

fn close(descriptor: c_long) {
    let _ = call(
        libc::SYS_close,
        [
            usize::try_from(descriptor).unwrap_or(usize::MAX),
            0,
            0,
            0,
            0,
            0,
        ],
    );
}

fn socket(family: i32, kind: i32, protocol: i32) -> Result<c_long, i32> {
    let kind = kind | libc::SOCK_CLOEXEC;
    call(
        libc::SYS_socket,
        [bits(family), bits(kind), bits(protocol), 0, 0, 0],
    )
}

fn open_socket(family: i32, kind: i32, protocol: i32) -> Found {
    let opened = socket(family, kind, protocol);
    if let Ok(descriptor) = opened {
        close(descriptor);
    }
    judged(opened)
}

fn connect(family: i32, kind: i32, protocol: i32, address: &[u8]) -> Found {
    with_socket(family, kind, protocol, |descriptor| {
        let pointer = address.as_ptr().expose_provenance();
        call(
            libc::SYS_connect,
            [descriptor, pointer, address.len(), 0, 0, 0],
        )
    })
}

fn udp() -> Found {
    with_socket(libc::AF_INET, libc::SOCK_DGRAM, 0, |descriptor| {
        let (text, address) = (
            b"x".as_ptr().expose_provenance(),
            NOBODY.as_ptr().expose_provenance(),
        );
        call(
            libc::SYS_sendto,
            [descriptor, text, 1, 0, address, NOBODY.len()],
        )
    })
}

fn with_socket(
    family: i32,
    kind: i32,
    protocol: i32,
    act: impl Fn(usize) -> Result<c_long, i32>,
) -> Found {
    match socket(family, kind, protocol) {
        Ok(descriptor) => {
            let found = judged(act(usize::try_from(descriptor).unwrap_or(usize::MAX)));
            close(descriptor);
            found
        }
        refused => judged(refused),
    }
}

fn io_uring() -> Found {
    // `struct io_uring_params`: 120 bytes, all zero.
    let mut parameters = [0_u64; 15];
    let opened = call(
        libc::SYS_io_uring_setup,
        [1, parameters.as_mut_ptr().expose_provenance(), 0, 0, 0, 0],
    );
    if let Ok(descriptor) = opened {
        close(descriptor);
    }
    judged(opened)
}

fn run() -> Found {
    let nothing = c"/nonexistent/inward".as_ptr().expose_provenance();
    let none = [0_usize];
    let list = none.as_ptr().expose_provenance();
    judged(call(libc::SYS_execve, [nothing, list, list, 0, 0, 0]))
}

fn open(path: &CStr, flags: i32) -> Found {
    let opened = open_at(path, flags);
    if let Ok(descriptor) = opened {
        close(descriptor);
    }
    judged(opened)
}

fn open_at(path: &CStr, flags: i32) -> Result<c_long, i32> {
    let here = usize::MAX - 99; // AT_FDCWD, -100
    let flags = bits(flags | libc::O_CLOEXEC | libc::O_NOFOLLOW);
    call(
        libc::SYS_openat,
        [here, path.as_ptr().expose_provenance(), flags, 0o600, 0, 0],
    )
}

fn write() -> Found {
    // A name of its own, so that a file put there by another cannot colour the result.
    let name = format!("/tmp/.inward-self-test-{}", std::process::id());
    let Ok(path) = CString::new(name) else {
        return Found::Reached;
    };
    let path = path.as_c_str();
    let opened = open_at(path, libc::O_WRONLY | libc::O_CREAT | libc::O_EXCL);
    if let Ok(descriptor) = opened {
        close(descriptor);
        let here = usize::MAX - 99;
        let _ = call(
            libc::SYS_unlinkat,
            [here, path.as_ptr().expose_provenance(), 0, 0, 0, 0],
        );
    }
    judged(opened)
}

fn process() -> Found {
    // A plain fork, written as clone because some processors have no fork call.
    match call(libc::SYS_clone, [bits(libc::SIGCHLD), 0, 0, 0, 0, 0]) {
        Ok(0) => loop {
            let _ = call(libc::SYS_exit_group, [0; 6]);
        },
        Ok(child) => {
            let child = usize::try_from(child).unwrap_or(0);
            let _ = call(libc::SYS_wait4, [child, 0, 0, 0, 0, 0]);
            Found::Reached
        }
        refused => judged(refused),
    }
}
