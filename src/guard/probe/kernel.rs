//! Calls to the kernel by number: the binary must not import `connect` and its like, because their
//! absence is one of the proofs that it has no network code.

#![expect(
    unsafe_code,
    reason = "the kernel is asked by number, with pointers to local values that outlive the call"
)]

use std::ffi::c_long;

use super::Found;

/// One call by number; `Ok` is its result, `Err` the error's number.
pub(super) fn call<const N: usize>(number: c_long, given: [usize; N]) -> Result<c_long, i32> {
    let mut six = [0_usize; 6];
    for (place, value) in six.iter_mut().zip(given) {
        *place = value;
    }
    let [first, second, third, fourth, fifth, sixth] = six;
    // SAFETY: every caller passes what the call expects, pointers to values it still holds.
    let result = unsafe { libc::syscall(number, first, second, third, fourth, fifth, sixth) };
    if result >= 0 {
        return Ok(result);
    }
    Err(std::io::Error::last_os_error().raw_os_error().unwrap_or(0))
}

/// Errors by which the kernel's guards refuse; any other one came from further in.
pub(super) fn judged(result: Result<c_long, i32>) -> Found {
    match result {
        // Without a filter nobody refuses a call in this way: the kernel does not have it.
        Err(libc::ENOSYS) if !filtered() => Found::Absent(libc::ENOSYS),
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

/// [`judged`], for a call that opens something: it is closed again.
pub(super) fn judged_open(result: Result<c_long, i32>) -> Found {
    if let Ok(descriptor) = result {
        close(descriptor);
    }
    judged(result)
}

/// Whether a call filter is in force on this thread.
fn filtered() -> bool {
    const FILTER: c_long = 2;
    call(libc::SYS_prctl, [bits(libc::PR_GET_SECCOMP)]) == Ok(FILTER)
}

/// Bits of a constant as the kernel's register wants them.
pub(super) fn bits(value: i32) -> usize {
    usize::try_from(value).unwrap_or(0)
}

/// What the kernel handed out, as an argument; one that is never open for what cannot be one.
pub(super) fn handle(result: c_long) -> usize {
    usize::try_from(result).unwrap_or(NOT_OPEN)
}

/// A descriptor that is never open (-1).
pub(super) const NOT_OPEN: usize = usize::MAX;

/// The folder one stands in (`AT_FDCWD`, -100).
pub(super) const HERE: usize = usize::MAX - 99;

pub(super) fn close(descriptor: c_long) {
    let _ = call(libc::SYS_close, [handle(descriptor)]);
}

/// The address of `value`, which has to outlive the call it is passed to.
pub(super) fn address<T: ?Sized>(value: &T) -> usize {
    std::ptr::from_ref(value).cast::<u8>().expose_provenance()
}

/// The address of `value`, for the kernel to write into.
pub(super) fn address_mut<T: ?Sized>(value: &mut T) -> usize {
    std::ptr::from_mut(value).cast::<u8>().expose_provenance()
}

/// A call that makes a child by itself (`fork`, `vfork`), whose child ends at once and touches
/// nothing; the child's number.
#[cfg(target_arch = "x86_64")]
pub(super) fn child_by(number: c_long) -> Result<c_long, i32> {
    let result: c_long;
    // SAFETY: parent and child may share the stack: neither touches it before the child has
    // ended (231 is exit_group). The registers the kernel uses are declared.
    unsafe {
        std::arch::asm!(
            "syscall",
            "test rax, rax",
            "jnz 2f",
            "xor edi, edi",
            "mov eax, 231",
            "syscall",
            "2:",
            inlateout("rax") number => result,
            out("rcx") _,
            out("r11") _,
            out("rdi") _,
            options(nostack),
        );
    }
    if result >= 0 {
        return Ok(result);
    }
    Err(i32::try_from(-result).unwrap_or(0))
}
