//! Attempts to open what the lock did not allow.

use std::ffi::{CStr, CString, c_long};

use super::kernel::{HERE, bits, call, judged_open};
use super::{Found, Row};

pub(super) fn rows() -> Vec<Row> {
    let row = |name, found| Row {
        name,
        found,
        by: &["files"],
    };
    vec![
        row("read outside", {
            judged_open(open_at(c"/etc/passwd", libc::O_RDONLY))
        }),
        row("list outside", {
            judged_open(open_at(c"/", libc::O_RDONLY | libc::O_DIRECTORY))
        }),
        row("write outside", write()),
    ]
}

fn open_at(path: &CStr, flags: i32) -> Result<c_long, i32> {
    let flags = bits(flags | libc::O_CLOEXEC | libc::O_NOFOLLOW);
    let path = path.as_ptr().expose_provenance();
    call(libc::SYS_openat, [HERE, path, flags, 0o600])
}

fn write() -> Found {
    // A name of its own, so that a file put there by another cannot colour the result.
    let name = format!("/tmp/.inward-self-test-{}", std::process::id());
    let Ok(path) = CString::new(name) else {
        return Found::Reached;
    };
    let path = path.as_c_str();
    let opened = open_at(path, libc::O_WRONLY | libc::O_CREAT | libc::O_EXCL);
    if opened.is_ok() {
        let path = path.as_ptr().expose_provenance();
        let _ = call(libc::SYS_unlinkat, [HERE, path, 0]);
    }
    judged_open(opened)
}
