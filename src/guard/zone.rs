//! The owner's home zone, found before the lock hides the system's zone data.
//!
//! Rules come from the built-in zone table; only the zone's name is asked of the system.

use std::fs;
use std::path::{Component, Path, PathBuf};

use chrono_tz::Tz;

use super::plain;

/// The home zone, and what to tell the owner when it is a guess.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// The zone; UTC when it could not be found.
    pub zone: Tz,
    /// Why it may be wrong, and what to do.
    pub warning: Option<String>,
}

impl Home {
    fn sure(zone: Tz) -> Self {
        Self {
            zone,
            warning: None,
        }
    }

    fn guess(why: &str) -> Self {
        Self {
            zone: Tz::UTC,
            warning: Some(format!(
                "{why}; days are counted in UTC. Set zone = \"Europe/Berlin\" (yours) in the settings"
            )),
        }
    }
}

/// The home zone alone; see [`home`].
pub fn home_zone(tz_env: Option<&str>) -> Tz {
    home(tz_env).zone
}

/// The home zone: the variable `TZ`, then `/etc/localtime`, then `/etc/timezone`, then UTC.
pub fn home(tz_env: Option<&str>) -> Home {
    home_in(tz_env, Path::new("/"))
}

fn home_in(tz_env: Option<&str>, root: &Path) -> Home {
    match tz_env {
        Some(text) => from_variable(text),
        None => from_system(root),
    }
}

fn from_variable(text: &str) -> Home {
    let name = text.strip_prefix(':').unwrap_or(text);
    if name.is_empty() {
        // The C library reads an empty TZ as UTC.
        return Home::sure(Tz::UTC);
    }
    match named(name).or_else(|| fixed(name)) {
        Some(zone) => Home::sure(zone),
        None => Home::guess("TZ holds no zone name"),
    }
}

fn from_system(root: &Path) -> Home {
    let localtime = root.join("etc/localtime");
    if let Some(zone) = by_link(&localtime) {
        return Home::sure(zone);
    }
    let written = plain::read(&root.join("etc/timezone"), 4096).ok();
    let written = written.as_deref().and_then(|bytes| {
        let text = std::str::from_utf8(bytes).ok()?;
        named(text.lines().next()?.trim())
    });
    match written {
        Some(zone) => Home::sure(zone),
        // No zone set at all is UTC to every program.
        None if !localtime.exists() => Home::sure(Tz::UTC),
        None => Home::guess("/etc/localtime does not say which zone it is"),
    }
}

/// Follows the link step by step: the first target that ends in a zone's name wins, because
/// the last one may be a renamed file.
fn by_link(start: &Path) -> Option<Tz> {
    let mut path = start.to_owned();
    for _ in 0..8 {
        let target = fs::read_link(&path).ok()?;
        let folder = path.parent().unwrap_or(Path::new("/"));
        let next = folder.join(target);
        if let Some(zone) = next.to_str().and_then(named) {
            return Some(zone);
        }
        path = next;
    }
    None
}

/// A zone's name, alone or at the end of a path into zone data.
fn named(text: &str) -> Option<Tz> {
    if !text.contains("zoneinfo/") {
        return text.parse().ok();
    }
    let (_, name) = text.rsplit_once("zoneinfo/")?;
    let name = name
        .strip_prefix("posix/")
        .or_else(|| name.strip_prefix("right/"))
        .unwrap_or(name);
    let plain: PathBuf = Path::new(name)
        .components()
        .filter(|part| matches!(part, Component::Normal(_)))
        .collect();
    plain.to_str()?.parse().ok()
}

/// A POSIX string without summer time and with whole hours, such as `<+03>-3`: the signs of
/// `Etc/GMT` zones are POSIX's.
fn fixed(text: &str) -> Option<Tz> {
    let offset = match text.strip_prefix('<') {
        Some(rest) => rest.split_once('>')?.1,
        None => text.trim_start_matches(|c: char| c.is_ascii_alphabetic()),
    };
    let hours: i8 = offset.parse().ok()?;
    match hours {
        0 => Some(Tz::UTC),
        _ => format!("Etc/GMT{hours:+}").parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::{America, Asia, Etc, Europe};

    #[test]
    fn a_name_a_path_and_a_colon_are_understood() {
        let zone = |text| home(Some(text));
        assert_eq!(zone("Europe/Berlin"), Home::sure(Europe::Berlin));
        assert_eq!(zone(":Asia/Tokyo"), Home::sure(Asia::Tokyo));
        let path = "/usr/share/zoneinfo/posix/America/New_York";
        assert_eq!(zone(path), Home::sure(America::New_York));
        assert_eq!(zone(""), Home::sure(Tz::UTC));
        assert_eq!(zone("UTC0"), Home::sure(Tz::UTC));
        assert_eq!(zone("<+03>-3"), Home::sure(Etc::GMTMinus3));
    }

    #[test]
    fn a_posix_string_with_summer_time_is_utc_and_says_so() {
        let home = home(Some("CET-1CEST,M3.5.0,M10.5.0/3"));
        assert_eq!(home.zone, Tz::UTC);
        assert!(home.warning.unwrap().contains("zone ="));
    }

    #[cfg(unix)]
    #[test]
    fn the_link_names_the_zone_and_a_copy_needs_the_other_file() {
        let root = tempfile::tempdir().unwrap();
        let etc = root.path().join("etc");
        fs::create_dir(&etc).unwrap();
        assert_eq!(home_in(None, root.path()), Home::sure(Tz::UTC));
        let link = etc.join("localtime");
        std::os::unix::fs::symlink("../usr/share/zoneinfo/Europe/Lisbon", &link).unwrap();
        assert_eq!(home_in(None, root.path()), Home::sure(Europe::Lisbon));
        fs::remove_file(&link).unwrap();
        fs::write(&link, b"TZif2").unwrap();
        assert!(home_in(None, root.path()).warning.is_some());
        fs::write(etc.join("timezone"), "Europe/Oslo\n").unwrap();
        assert_eq!(home_in(None, root.path()), Home::sure(Europe::Oslo));
    }
}
