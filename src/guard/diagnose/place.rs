//! Whether what is written at a path leaves the machine: network file systems, synced folders.

use std::path::Path;

/// How data at `path` (which exists) would leave this machine, in words; `None` when nothing
/// says so.
pub(crate) fn leaves(path: &Path) -> Option<String> {
    network(path).or_else(|| synced(path))
}

/// A file system that lives on another machine.
#[cfg(target_os = "linux")]
fn network(path: &Path) -> Option<String> {
    const FUSE: u64 = 0x6573_5546;

    let number = rustix::fs::statfs(path).ok()?.f_type.cast_unsigned() & 0xFFFF_FFFF;
    if number == FUSE {
        let kind = super::mounts::mount_of(path)?.kind;
        return fuse(&kind).map(|name| format!("the network folder of {name}"));
    }
    numbered(number).map(|name| format!("a network file system ({name})"))
}

/// The network file system that `statfs(2)` calls `number`.
#[cfg(target_os = "linux")]
fn numbered(number: u64) -> Option<&'static str> {
    const NETWORK: &[(u64, &str)] = &[
        (0x6969, "NFS"),
        (0x517B, "SMB"),
        (0xFE53_4D42, "SMB"),
        (0xFF53_4D42, "CIFS"),
        (0x0102_1997, "a 9p share"),
        (0x5346_414F, "AFS"),
        (0x6B41_4653, "AFS"),
        (0x00C3_6400, "Ceph"),
        (0x7375_7245, "Coda"),
        (0x0BD0_0BD0, "Lustre"),
        (0x4750_4653, "GPFS"),
        (0x786F_4256, "a VirtualBox share"),
    ];
    let found = NETWORK.iter().find(|(magic, _)| *magic == number);
    found.map(|(_, name)| *name)
}

#[cfg(not(target_os = "linux"))]
fn network(_path: &Path) -> Option<String> {
    None
}

/// FUSE mounts that reach another machine; local ones (disks, encrypted folders) pass.
#[cfg(target_os = "linux")]
fn fuse(kind: &str) -> Option<&'static str> {
    const REMOTE: &[(&str, &str)] = &[
        ("sshfs", "sshfs"),
        ("rclone", "rclone"),
        ("s3fs", "s3fs"),
        ("gcsfuse", "gcsfuse"),
        ("google-drive", "Google Drive"),
        ("onedrive", "OneDrive"),
        ("davfs", "WebDAV"),
        ("gvfsd", "GVfs"),
        ("glusterfs", "GlusterFS"),
        ("ceph", "Ceph"),
        ("juicefs", "JuiceFS"),
        ("pcloud", "pCloud"),
    ];
    let name = kind.strip_prefix("fuse.").unwrap_or(kind);
    let found = REMOTE.iter().find(|(part, _)| name.contains(part));
    found.map(|(_, words)| *words)
}

/// A folder that a program copies to other machines: by its name, or by what lies in it.
fn synced(path: &Path) -> Option<String> {
    const NAMES: &[(&str, &str)] = &[
        ("Dropbox", "Dropbox"),
        ("OneDrive", "OneDrive"),
        ("Google Drive", "Google Drive"),
        ("GoogleDrive", "Google Drive"),
        ("My Drive", "Google Drive"),
        ("Nextcloud", "Nextcloud"),
        ("ownCloud", "ownCloud"),
        ("pCloudDrive", "pCloud"),
        ("Mobile Documents", "iCloud"),
        ("CloudStorage", "a cloud drive"),
        ("iCloud Drive", "iCloud"),
        ("iCloudDrive", "iCloud"),
        ("Proton Drive", "Proton Drive"),
        ("ProtonDrive", "Proton Drive"),
        ("MEGA", "MEGA"),
        ("MEGAsync", "MEGA"),
        ("Box Sync", "Box"),
        ("Seafile", "Seafile"),
        ("Tresorit", "Tresorit"),
        ("Tresors", "Tresorit"),
    ];
    // Too common as words: only as whole names, right in somebody's home.
    const IN_A_HOME: &[(&str, &str)] = &[("Box", "Box"), ("Sync", "Sync or Syncthing")];
    const MARKERS: &[(&str, &str)] = &[
        (".dropbox", "Dropbox"),
        (".dropbox.cache", "Dropbox"),
        (".stfolder", "Syncthing"),
        (".nextcloudsync.log", "Nextcloud"),
        (".owncloudsync.log", "ownCloud"),
        (".tmp.drivedownload", "Google Drive"),
        (".tmp.driveupload", "Google Drive"),
        (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
    ];
    let folder = |name: &str| format!("a folder that {name} copies to other machines");
    for above in path.ancestors() {
        let name = above.file_name().map(|name| name.to_string_lossy());
        let name = name.as_deref().unwrap_or_default();
        // "OneDrive - Company", "Dropbox (Personal)".
        let named = NAMES.iter().find(|(start, _)| {
            name.strip_prefix(start)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '-']))
        });
        // The home itself holds `.dropbox`: that is its settings, not a synced folder.
        let marked = MARKERS.iter().find(|(marker, _)| {
            let found = above.join(marker);
            found.exists() && (*marker != ".dropbox" || found.is_file())
        });
        let at_home = IN_A_HOME
            .iter()
            .find(|(whole, _)| name == *whole && above.parent().is_some_and(is_a_home));
        if let Some((_, who)) = named.or(at_home).or(marked) {
            return Some(folder(who));
        }
    }
    None
}

/// Whether a folder is where the homes of users usually are.
fn is_a_home(dir: &Path) -> bool {
    let above = dir.parent().unwrap_or(dir);
    dir == Path::new("/root") || [Path::new("/home"), Path::new("/Users")].contains(&above)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn names_of_cloud_folders_are_known_and_look_alikes_pass() {
        for bad in [
            "/home/ada/Dropbox/x",
            "/home/ada/Dropbox (Personal)",
            "/home/ada/OneDrive - Company/a/b",
            "/Users/ada/Library/Mobile Documents/x",
            "/Users/ada/Library/CloudStorage/Box",
            "/home/ada/MEGA",
            "/home/ada/MEGAsync/x",
            "/home/ada/Box Sync",
            "/home/ada/Box/inward",
            "/home/ada/Sync",
            "/home/ada/Seafile/My Library",
            "/home/ada/Proton Drive/x",
            "/home/ada/ProtonDrive",
            "/Users/ada/iCloud Drive",
            "/home/ada/pCloudDrive/x",
            "/home/ada/ownCloud",
            "/home/ada/Tresors/x",
        ] {
            assert!(synced(Path::new(bad)).is_some(), "{bad}");
        }
        for fine in [
            "/home/ada/src/Dropboxer",
            "/home/ada/onedrive.md",
            "/home/ada/src/Box/data",
            "/home/ada/Boxes",
            "/home/ada/src/Sync",
            "/home/ada/MEGAtron",
            "/home/ada",
        ] {
            assert_eq!(synced(Path::new(fine)), None, "{fine}");
        }
    }

    #[test]
    fn a_marker_above_counts_and_the_settings_in_the_home_do_not() {
        let temp = tempfile::tempdir().unwrap();
        let deep = temp.path().join("a/b");
        fs::create_dir_all(&deep).unwrap();
        fs::create_dir(temp.path().join(".dropbox")).unwrap();
        assert_eq!(synced(&deep), None);
        fs::create_dir(temp.path().join("a/.stfolder")).unwrap();
        assert!(synced(&deep).unwrap().contains("Syncthing"));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn file_systems_of_other_machines_are_known_by_number_and_local_ones_pass() {
        for (number, name) in [
            (0x6969, "NFS"),
            (0xFE53_4D42, "SMB"),
            (0xFF53_4D42, "CIFS"),
            (0x0102_1997, "a 9p share"),
        ] {
            assert_eq!(numbered(number), Some(name));
        }
        // ext4, btrfs, xfs, tmpfs, overlay.
        for local in [0xEF53, 0x9123_683E, 0x5846_5342, 0x0102_1994, 0x794C_7630] {
            assert_eq!(numbered(local), None, "{local:x}");
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_local_fuse_disk_passes_and_a_remote_one_does_not() {
        assert_eq!(fuse("fuse.sshfs"), Some("sshfs"));
        assert_eq!(fuse("fuse.gvfsd-fuse"), Some("GVfs"));
        for local in ["fuseblk", "fuse.gocryptfs", "fuse.mergerfs"] {
            assert_eq!(fuse(local), None, "{local}");
        }
    }
}
