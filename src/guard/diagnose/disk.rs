//! Whether the disk below a path is encrypted, as far as the kernel shows.

use std::fs;
use std::path::{Path, PathBuf};

use super::mounts::Mount;

/// Whether what lies on the disk is encrypted when the machine is off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encryption {
    /// A layer of dm-crypt lies below the file system.
    Yes,
    /// A plain disk lies below it (one that encrypts in hardware looks the same).
    No,
    /// It cannot be told.
    Unknown,
}

impl Encryption {
    /// `yes`, `no` or `unknown`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unknown => "unknown",
        }
    }
}

pub(super) fn encryption(path: &Path, mount: Option<&Mount>) -> Encryption {
    let Some(device) = device_of(path, mount, Path::new("/sys")) else {
        return Encryption::Unknown;
    };
    if encrypted(&device, 0) {
        Encryption::Yes
    } else {
        Encryption::No
    }
}

/// The device's folder in `/sys`: by its number, or by the mount's source where the file system
/// has numbers of its own (btrfs).
fn device_of(path: &Path, mount: Option<&Mount>, sys: &Path) -> Option<PathBuf> {
    let by_number = number_of(path).map(|number| sys.join("dev/block").join(number));
    if let Some(device) = by_number.and_then(|link| fs::canonicalize(link).ok()) {
        return Some(device);
    }
    let source = mount
        .map(|mount| &mount.source)
        .filter(|source| source.starts_with("/dev"))?;
    let real = fs::canonicalize(source).ok()?;
    let by_name = sys.join("class/block").join(real.file_name()?);
    fs::canonicalize(by_name).ok()
}

#[cfg(target_os = "linux")]
fn number_of(path: &Path) -> Option<String> {
    use std::os::unix::fs::MetadataExt;
    let device = fs::metadata(path).ok()?.dev();
    Some(format!(
        "{}:{}",
        rustix::fs::major(device),
        rustix::fs::minor(device)
    ))
}

#[cfg(not(target_os = "linux"))]
fn number_of(_path: &Path) -> Option<String> {
    None
}

/// Whether the device or one it is made of is a dm-crypt one.
fn encrypted(device: &Path, depth: usize) -> bool {
    let id = fs::read(device.join("dm/uuid")).unwrap_or_default();
    if id.starts_with(b"CRYPT-") {
        return true;
    }
    // A partition has no parts of its own: its disk does.
    let disk = if device.join("partition").exists() {
        device.parent().unwrap_or(device)
    } else {
        device
    };
    let parts = fs::read_dir(disk.join("slaves"))
        .into_iter()
        .flatten()
        .flatten();
    depth < 8
        && parts
            .filter_map(|part| fs::canonicalize(part.path()).ok())
            .any(|part| encrypted(&part, depth + 1))
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn a_volume_on_an_encrypted_disk_is_encrypted_and_a_bare_one_is_not() {
        let sys = tempfile::tempdir().unwrap();
        let dm = |name: &str, id: &str| {
            let device = sys.path().join(name);
            fs::create_dir_all(device.join("dm")).unwrap();
            fs::create_dir_all(device.join("slaves")).unwrap();
            fs::write(device.join("dm/uuid"), id).unwrap();
            device
        };
        let crypt = dm("dm-0", "CRYPT-LUKS2-abc");
        let volume = dm("dm-1", "LVM-abc");
        symlink(&crypt, volume.join("slaves/dm-0")).unwrap();
        assert!(encrypted(&crypt, 0) && encrypted(&volume, 0));
        assert!(!encrypted(&dm("dm-2", "LVM-xyz"), 0));
        let sda = sys.path().join("sda");
        fs::create_dir(&sda).unwrap();
        assert!(!encrypted(&sda, 0));
    }
}
