//! What the targets share: the assertions of `tests/hostile/checks`, which ordinary tests go
//! through too, and the seeds to start from.

use std::path::Path;

#[path = "../../tests/hostile/checks/mod.rs"]
pub mod checks;

/// Writes seeds into the folder that `INWARD_SEEDS` names, before the search reads it.
pub fn plant(seeds: fn() -> Vec<Vec<u8>>) {
    let Some(folder) = std::env::var_os("INWARD_SEEDS") else {
        return;
    };
    for (at, seed) in seeds().iter().enumerate() {
        let path = Path::new(&folder).join(format!("seed-{at:03}"));
        std::fs::write(path, seed).expect("room for a seed");
    }
}

/// A target: its assertions, its seeds.
#[macro_export]
macro_rules! target {
    ($check:expr, $seeds:expr) => {
        libfuzzer_sys::fuzz_target!(init: $crate::plant($seeds), |data: &[u8]| $check(data));
    };
}
