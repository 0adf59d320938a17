//! The call filter: no sockets, no programs, no new processes, no looking into others.
//!
//! A list of what is refused; everything else stays allowed. Refusals are errors, not signals,
//! so that a library which tries gets an answer; only a foreign architecture is killed.

use std::collections::BTreeMap;

use libc::c_long;
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule, TargetArch, sock_filter,
};

/// Why the filter is not in force.
#[derive(Debug, thiserror::Error)]
pub(super) enum FilterError {
    /// This processor has no table.
    #[error("no call filter for this processor")]
    Processor,
    /// The rules do not compile.
    #[error("the call filter does not compile: {0}")]
    Rules(#[from] seccompiler::BackendError),
    /// The kernel does not take it.
    #[error("kernel without call filter: {0}")]
    Kernel(#[from] seccompiler::Error),
}

type Rules = BTreeMap<i64, Vec<SeccompRule>>;

/// Puts the filter in force on every thread.
pub(super) fn restrict() -> Result<(), FilterError> {
    put_in_force(refused()?)
}

fn put_in_force(refused: Rules) -> Result<(), FilterError> {
    let errno = |number: i32| SeccompAction::Errno(number.unsigned_abs());
    for program in [
        compile(refused, errno(libc::EPERM))?,
        // "Not there" instead of "not allowed": callers then fall back (glibc from clone3 to
        // clone, whose flags can be judged).
        compile(absent(), errno(libc::ENOSYS))?,
        second_table(),
    ] {
        if !program.is_empty() {
            seccompiler::apply_filter_all_threads(&program)?;
        }
    }
    Ok(())
}

/// Puts what a launcher can do without in force: as [`restrict`], but it starts the dashboard anew, and
/// looks for a kept key when it does. Its children inherit this and add the rest.
pub(super) fn restrict_launcher() -> Result<(), FilterError> {
    let mut refused = refused()?;
    refused.retain(|call, _| !LAUNCHING.contains(call));
    put_in_force(refused)
}

/// Calls that a launcher needs beyond what the dashboard does.
const LAUNCHING: &[c_long] = &[
    libc::SYS_execve,
    libc::SYS_clone,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_vfork,
    libc::SYS_keyctl,
    libc::SYS_add_key,
];

fn compile(rules: Rules, action: SeccompAction) -> Result<BpfProgram, FilterError> {
    let arch = TargetArch::try_from(std::env::consts::ARCH);
    let arch = arch.map_err(|_unknown| FilterError::Processor)?;
    let filter = SeccompFilter::new(rules, SeccompAction::Allow, action, arch)?;
    Ok(BpfProgram::try_from(filter)?)
}

/// Calls refused whatever their arguments are.
const REFUSED: &[c_long] = &[
    // The network, and any other socket.
    libc::SYS_socket,
    libc::SYS_connect,
    libc::SYS_bind,
    libc::SYS_listen,
    libc::SYS_accept,
    libc::SYS_accept4,
    libc::SYS_sendmsg,
    libc::SYS_sendmmsg,
    // Programs.
    libc::SYS_execve,
    libc::SYS_execveat,
    // Other processes' memory and descriptors.
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_process_madvise,
    libc::SYS_pidfd_getfd,
    libc::SYS_kcmp,
    // Keys.
    libc::SYS_keyctl,
    libc::SYS_add_key,
    libc::SYS_request_key,
    // Ways deep into the kernel.
    libc::SYS_bpf,
    libc::SYS_perf_event_open,
    libc::SYS_userfaultfd,
    libc::SYS_kexec_load,
    libc::SYS_init_module,
    libc::SYS_finit_module,
    libc::SYS_delete_module,
    libc::SYS_open_by_handle_at,
    libc::SYS_personality,
    // Mounts and namespaces.
    libc::SYS_mount,
    libc::SYS_umount2,
    libc::SYS_move_mount,
    libc::SYS_open_tree,
    libc::SYS_fsopen,
    libc::SYS_fspick,
    libc::SYS_fsmount,
    libc::SYS_fsconfig,
    libc::SYS_mount_setattr,
    libc::SYS_pivot_root,
    libc::SYS_chroot,
    libc::SYS_setns,
    libc::SYS_unshare,
];

/// New processes on processors that still have the old calls.
#[cfg(target_arch = "x86_64")]
const FORKS: &[c_long] = &[libc::SYS_fork, libc::SYS_vfork];
#[cfg(not(target_arch = "x86_64"))]
const FORKS: &[c_long] = &[];

/// Requests to a terminal, as every processor of the table above numbers them; libc's type for
/// them differs between C libraries.
const TIOCSTI: u64 = 0x5412;
const TIOCLINUX: u64 = 0x541C;

fn refused() -> Result<Rules, seccompiler::BackendError> {
    use SeccompCmpArgLen::{Dword, Qword};
    use SeccompCmpOp::{Eq, MaskedEq, Ne};

    let mut rules: Rules = REFUSED
        .iter()
        .chain(FORKS)
        .map(|call| (*call, vec![]))
        .collect();
    let one = |argument, length, op, value| {
        SeccompRule::new(vec![SeccompCondition::new(argument, length, op, value)?])
    };
    // A pair of connected stream sockets is how signals wake the terminal loop. Kinds are
    // stream 1, datagram 2, raw 3, rdm 4, seqpacket 5, dccp 6, packet 10: any other bit is refused.
    let unix = unsigned(libc::AF_UNIX);
    let mut pair = vec![one(0, Dword, Ne, unix)?];
    for bit in [2, 4, 8] {
        pair.push(one(1, Dword, MaskedEq(bit), bit)?);
    }
    rules.insert(libc::SYS_socketpair, pair);
    // Into that pair one sends without an address.
    rules.insert(libc::SYS_sendto, vec![one(4, Qword, Ne, 0)?]);
    // Threads yes, processes no.
    let thread = unsigned(libc::CLONE_THREAD);
    rules.insert(libc::SYS_clone, vec![one(0, Qword, MaskedEq(thread), 0)?]);
    // Typing into the terminal as if the owner did.
    let typing = [TIOCSTI, TIOCLINUX].map(|request| one(1, Dword, Eq, request));
    rules.insert(
        libc::SYS_ioctl,
        typing.into_iter().collect::<Result<_, _>>()?,
    );
    Ok(rules)
}

fn absent() -> Rules {
    let calls = [
        libc::SYS_io_uring_setup,
        libc::SYS_io_uring_enter,
        libc::SYS_io_uring_register,
        libc::SYS_clone3,
    ];
    calls.into_iter().map(|call| (call, vec![])).collect()
}

fn unsigned(constant: i32) -> u64 {
    u64::from(constant.unsigned_abs())
}

/// x86-64 kernels may answer to a second set of numbers (x32), which no table above names.
fn second_table() -> BpfProgram {
    if !cfg!(target_arch = "x86_64") {
        return vec![];
    }
    let instruction = |code, jt, jf, k| sock_filter { code, jt, jf, k };
    // Codes of classic BPF: load word, jump if greater or equal, return.
    let (load, jump_ge, ret) = (0x20, 0x35, 0x06);
    let enosys = libc::SECCOMP_RET_ERRNO | libc::ENOSYS.unsigned_abs();
    vec![
        instruction(load, 0, 0, 0),
        instruction(jump_ge, 0, 1, 0x4000_0000),
        instruction(ret, 0, 0, enosys),
        instruction(ret, 0, 0, libc::SECCOMP_RET_ALLOW),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_compile_and_no_call_stands_in_two_of_them() {
        let (refused, absent) = (refused().unwrap(), absent());
        assert!(refused.keys().all(|call| !absent.contains_key(call)));
        assert_eq!(refused.len(), REFUSED.len() + FORKS.len() + 4);
        assert!(
            !compile(refused, SeccompAction::Errno(1))
                .unwrap()
                .is_empty()
        );
    }
}
