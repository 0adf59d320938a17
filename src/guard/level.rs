//! What the lock reached, layer by layer, and the words for it.

/// The lowest Landlock ABI with a rule for TCP.
const ABI_TCP: i32 = 4;
/// The lowest Landlock ABI that keeps signals and abstract sockets inside.
const ABI_SCOPE: i32 = 6;

/// How far the process is locked. Nothing here claims more than the kernel said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one independent fact"
)]
pub struct Level {
    /// The Landlock ABI in force; 0 = Landlock is not enforced.
    pub landlock_abi: i32,
    /// Why Landlock is not enforced, or not for the whole process.
    pub landlock_problem: Option<String>,
    /// The call filter is in force on every thread.
    pub seccomp: bool,
    /// Why it is not.
    pub seccomp_problem: Option<String>,
    /// The process can gain no privileges.
    pub no_new_privs: bool,
    /// No core file, and no tracing by the same user.
    pub not_dumpable: bool,
    /// Denied paths stay out of the system's log (Landlock ABI 7 and above; older kernels
    /// log nothing).
    pub quiet: bool,
    /// Paths that were to be allowed and are not there.
    pub missing: usize,
    /// Whether this system has a lock at all.
    pub supported: bool,
}

/// One layer of the lock, for `inward privacy`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// Its name.
    pub name: &'static str,
    /// Whether it is in force.
    pub holds: bool,
    /// What it does, or why it is missing.
    pub words: String,
}

impl Level {
    /// The level of a process that did not lock itself, for the `reason`.
    pub fn unlocked(reason: &str) -> Self {
        Self {
            landlock_problem: Some(reason.to_owned()),
            seccomp_problem: Some(reason.to_owned()),
            supported: cfg!(target_os = "linux"),
            ..Self::default()
        }
    }

    /// Whether the kernel keeps the process off the network and inside its folders.
    pub fn enforced(&self) -> bool {
        self.supported && self.weakest().is_none()
    }

    /// Whether every layer holds; `inward privacy --strict` asks for it.
    pub fn full(&self) -> bool {
        self.enforced() && self.layers().iter().all(|layer| layer.holds)
    }

    /// Exactly `OFFLINE: enforced by kernel` or `OFFLINE: by build only (<reason>)`.
    pub fn offline(&self) -> String {
        if !self.supported {
            return "OFFLINE: by build only (this system has no lock)".to_owned();
        }
        match self.weakest() {
            None => "OFFLINE: enforced by kernel".to_owned(),
            Some(reason) => format!("OFFLINE: by build only ({reason})"),
        }
    }

    /// The first reason why the kernel does not enforce everything.
    fn weakest(&self) -> Option<String> {
        if let Some(problem) = &self.seccomp_problem {
            return Some(problem.clone());
        }
        if !self.seccomp {
            return Some("no call filter".to_owned());
        }
        if let Some(problem) = &self.landlock_problem {
            return Some(problem.clone());
        }
        if self.landlock_abi < ABI_TCP {
            let abi = self.landlock_abi;
            return Some(format!("kernel without Landlock's TCP rule, ABI {abi}"));
        }
        (!self.no_new_privs).then(|| "privileges can be gained".to_owned())
    }

    /// Every layer with its state.
    pub fn layers(&self) -> Vec<Layer> {
        let abi = self.landlock_abi;
        let files = self.landlock_problem.clone();
        let layer = |name, holds: bool, yes: &str, no: &str| Layer {
            name,
            holds,
            words: if holds { yes } else { no }.to_owned(),
        };
        vec![
            Layer {
                name: "files",
                holds: abi > 0 && files.is_none(),
                words: files.unwrap_or_else(|| {
                    format!("Landlock ABI {abi}: named folders only, repositories read-only")
                }),
            },
            layer(
                "tcp",
                abi >= ABI_TCP,
                "Landlock refuses bind and connect",
                "this kernel's Landlock has no TCP rule",
            ),
            layer(
                "signals",
                abi >= ABI_SCOPE,
                "Landlock keeps signals and abstract sockets inside",
                "this kernel's Landlock cannot keep them inside",
            ),
            layer(
                "calls",
                self.seccomp,
                "seccomp refuses sockets, programs, new processes, tracing",
                self.seccomp_problem.as_deref().unwrap_or("not in force"),
            ),
            layer(
                "privileges",
                self.no_new_privs,
                "none can be gained (no_new_privs)",
                "could be gained",
            ),
            layer(
                "memory",
                self.not_dumpable,
                "no core file, no tracing by the same user",
                "another program of the same user could read it",
            ),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full() -> Level {
        Level {
            landlock_abi: 7,
            seccomp: true,
            no_new_privs: true,
            not_dumpable: true,
            quiet: true,
            supported: true,
            ..Level::default()
        }
    }

    #[test]
    fn only_a_full_lock_says_kernel() {
        assert_eq!(full().offline(), "OFFLINE: enforced by kernel");
        assert!(full().full() && full().layers().iter().all(|layer| layer.holds));
    }

    #[test]
    fn an_older_kernel_says_what_it_lacks() {
        let old = Level {
            landlock_abi: 3,
            ..full()
        };
        assert_eq!(
            old.offline(),
            "OFFLINE: by build only (kernel without Landlock's TCP rule, ABI 3)"
        );
        let held: Vec<_> = old.layers().iter().map(|layer| layer.holds).collect();
        assert_eq!(held, [true, false, false, true, true, true]);
        assert!(!old.full());
    }

    #[test]
    fn every_missing_layer_is_a_reason() {
        let cases = [
            Level {
                seccomp: false,
                ..full()
            },
            Level {
                no_new_privs: false,
                ..full()
            },
            Level {
                landlock_problem: Some("x".into()),
                ..full()
            },
            Level::unlocked("not locked"),
            Level::default(),
        ];
        for level in cases {
            let text = level.offline();
            assert!(text.starts_with("OFFLINE: by build only ("), "{text}");
        }
        let traceable = Level {
            not_dumpable: false,
            ..full()
        };
        assert!(traceable.enforced() && !traceable.full());
        let talking = Level {
            landlock_abi: 5,
            ..full()
        };
        assert!(talking.enforced() && !talking.full());
    }

    #[test]
    fn another_system_says_that_it_has_no_lock() {
        let other = Level {
            supported: false,
            ..Level::default()
        };
        assert_eq!(
            other.offline(),
            "OFFLINE: by build only (this system has no lock)"
        );
    }
}
