//! Attempts to reach a network, or another process by a socket.

use std::ffi::c_long;
use std::sync::OnceLock;

use super::kernel::{address, address_mut, bits, call, close, handle, judged, judged_open};
use super::{Found, Row};

/// `sockaddr_in` of 127.0.0.1, port 9 (discard): nobody listens there.
const NOBODY: [u8; 16] = [2, 0, 0, 9, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0];
/// The same with port 53, where a resolver of this machine would listen.
const RESOLVER: [u8; 16] = [2, 0, 0, 53, 127, 0, 0, 53, 0, 0, 0, 0, 0, 0, 0, 0];
/// `sockaddr_in` of 127.0.0.1 and any port.
const ANY_PORT: [u8; 16] = [2, 0, 0, 0, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0];
/// `sockaddr_in6` of `::1`, port 9.
const NOBODY_SIX: [u8; 28] = {
    let mut bytes = [0; 28];
    (bytes[0], bytes[3], bytes[23]) = (10, 9, 1);
    bytes
};
/// `sockaddr_un` of a path that does not exist.
const NO_PATH: [u8; 24] = *b"\x01\0/nonexistent/inward\0\0\0";
/// `sockaddr_un` of a name without a path that nobody took.
const NO_NAME: [u8; 24] = *b"\x01\0\0inward-self-test-none";
/// A question for the address of `localhost`, as a resolver writes it.
const QUESTION: [u8; 27] = *b"\x69\x6e\x01\0\0\x01\0\0\0\0\0\0\x09localhost\0\0\x01\0\x01";

const MPTCP: i32 = 262;

/// The socket of [`open_early`].
static EARLY: OnceLock<c_long> = OnceLock::new();

/// Opens a datagram socket before the lock, to send through it behind the lock.
pub(super) fn open_early() {
    if let Ok(descriptor) = socket(libc::AF_INET, libc::SOCK_DGRAM, 0) {
        EARLY.get_or_init(|| descriptor);
    }
}

pub(super) fn rows() -> Vec<Row> {
    // The call filter refuses each of these; what Landlock refuses too is said.
    let row = |name, found| Row {
        name,
        found,
        by: &["calls"],
    };
    let tcp = |name, found| Row {
        name,
        found,
        by: &["calls", "tcp"],
    };
    let (inet, stream) = (libc::AF_INET, libc::SOCK_STREAM);
    vec![
        tcp("tcp connect", connect((inet, stream, 0), &NOBODY)),
        tcp("tcp listen", bind()),
        tcp(
            "ipv6 connect",
            connect((libc::AF_INET6, stream, 0), &NOBODY_SIX),
        ),
        row("mptcp connect", connect((inet, stream, MPTCP), &NOBODY)),
        row("udp send", send(&NOBODY, b"x")),
        row("dns lookup", send(&RESOLVER, &QUESTION)),
        row("send, earlier socket", send_early()),
        row(
            "raw icmp socket",
            open((inet, libc::SOCK_RAW, libc::IPPROTO_ICMP)),
        ),
        row(
            "packet socket",
            open((libc::AF_PACKET, libc::SOCK_DGRAM, 0)),
        ),
        row(
            "unix socket, path",
            connect((libc::AF_UNIX, stream, 0), &NO_PATH),
        ),
        row(
            "unix socket, abstract",
            connect((libc::AF_UNIX, stream, 0), &NO_NAME),
        ),
        row("socket pair, datagram", pair(libc::SOCK_DGRAM)),
        row(
            "socket pair, stream",
            match pair(stream) {
                // The terminal's signal handler wakes its loop through one.
                Found::Reached => Found::Inside,
                refused => refused,
            },
        ),
        row(
            "netlink socket",
            open((libc::AF_NETLINK, libc::SOCK_RAW, 0)),
        ),
        row("vsock", open((libc::AF_VSOCK, stream, 0))),
        row("io_uring", io_uring()),
    ]
}

/// Family, kind and protocol.
type Kind = (i32, i32, i32);

fn socket(family: i32, kind: i32, protocol: i32) -> Result<c_long, i32> {
    let kind = kind | libc::SOCK_CLOEXEC | libc::SOCK_NONBLOCK;
    call(libc::SYS_socket, [bits(family), bits(kind), bits(protocol)])
}

fn open((family, kind, protocol): Kind) -> Found {
    judged_open(socket(family, kind, protocol))
}

fn with_socket(
    (family, kind, protocol): Kind,
    act: impl Fn(usize) -> Result<c_long, i32>,
) -> Found {
    match socket(family, kind, protocol) {
        Ok(descriptor) => {
            let found = judged(act(handle(descriptor)));
            close(descriptor);
            found
        }
        refused => judged(refused),
    }
}

fn connect(kind: Kind, to: &[u8]) -> Found {
    with_socket(kind, |socket| {
        call(libc::SYS_connect, [socket, address(to), to.len()])
    })
}

fn bind() -> Found {
    with_socket((libc::AF_INET, libc::SOCK_STREAM, 0), |socket| {
        let any = address(&ANY_PORT);
        call(libc::SYS_bind, [socket, any, ANY_PORT.len()])
    })
}

/// A datagram without a connection. A lookup by name begins like this: that function itself is
/// not called, because the binary would then import it.
fn send(to: &[u8], text: &[u8]) -> Found {
    with_socket((libc::AF_INET, libc::SOCK_DGRAM, 0), |socket| {
        send_through(socket, to, text)
    })
}

fn send_through(socket: usize, to: &[u8], text: &[u8]) -> Result<c_long, i32> {
    let (from, length) = (address(text), text.len());
    call(
        libc::SYS_sendto,
        [socket, from, length, 0, address(to), to.len()],
    )
}

fn send_early() -> Found {
    EARLY.get().map_or(Found::Untried, |socket| {
        judged(send_through(handle(*socket), &NOBODY, b"x"))
    })
}

fn pair(kind: i32) -> Found {
    let mut ends = [-1_i32; 2];
    let kind = bits(kind | libc::SOCK_CLOEXEC);
    let made = call(
        libc::SYS_socketpair,
        [bits(libc::AF_UNIX), kind, 0, address_mut(&mut ends)],
    );
    if made.is_ok() {
        for end in ends {
            close(end.into());
        }
    }
    judged(made)
}

fn io_uring() -> Found {
    // `struct io_uring_params`: 120 bytes, all zero.
    let mut parameters = [0_u64; 15];
    let parameters = address_mut(&mut parameters);
    judged_open(call(libc::SYS_io_uring_setup, [1, parameters]))
}
