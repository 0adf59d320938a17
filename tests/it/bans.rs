//! No network code in the dependency tree: the ban list of `deny.toml`, held without any tool.

use std::collections::BTreeMap;

/// Package name → names of the packages it depends on, from Cargo.lock (all systems, dev included).
fn lock_file() -> BTreeMap<String, Vec<String>> {
    let lock: toml::Table = include_str!("../../Cargo.lock").parse().unwrap();
    let text = |value: &toml::Value| value.as_str().unwrap().to_owned();
    let mut out = BTreeMap::new();
    for package in lock["package"].as_array().unwrap() {
        let needs = package
            .get("dependencies")
            .and_then(|d| d.as_array())
            .cloned();
        let needs = needs.unwrap_or_default();
        let needs = needs
            .iter()
            .map(|n| text(n).split(' ').next().unwrap().to_owned());
        out.entry(text(&package["name"]))
            .or_insert_with(Vec::new)
            .extend(needs);
    }
    out
}

/// (crate, the only crates that may need it) from deny.toml.
fn banned() -> Vec<(String, Vec<String>)> {
    let deny: toml::Table = include_str!("../../deny.toml").parse().unwrap();
    let rows = deny["bans"]["deny"].as_array().unwrap().clone();
    let names = |v: &toml::Value| {
        v.as_array()
            .unwrap()
            .iter()
            .map(|w| w.as_str().unwrap().to_owned())
            .collect()
    };
    rows.iter()
        .map(|row| {
            (
                row["crate"].as_str().unwrap().to_owned(),
                row.get("wrappers").map_or_else(Vec::new, names),
            )
        })
        .collect()
}

fn offences(tree: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let mut out = Vec::new();
    for (name, wrappers) in banned() {
        for (user, needs) in tree {
            if needs.contains(&name) && !wrappers.contains(user) {
                out.push(format!("{user} needs {name}"));
            }
        }
    }
    out
}

#[test]
fn no_crate_that_can_open_a_connection_is_in_the_tree() {
    let tree = lock_file();
    assert!(
        tree.contains_key("git2") && tree.contains_key("rusqlite"),
        "not our lock file"
    );
    assert!(banned().len() > 20, "the ban list is gone");
    assert_eq!(offences(&tree), Vec::<String>::new());
}

/// What the privacy plan bans; `deny.toml` may only add to it.
const PROMISED: &str = "openssl-sys openssl native-tls rustls ring curl curl-sys libssh2-sys \
    reqwest hyper h2 ureq isahc attohttpc minreq tungstenite quinn socket2 tokio async-std zbus \
    dbus hickory-resolver sentry opentelemetry posthog-rs mio";

#[test]
fn every_promised_ban_stands_in_the_list() {
    let banned: Vec<String> = banned().into_iter().map(|(name, _)| name).collect();
    for name in PROMISED.split_whitespace() {
        assert!(banned.iter().any(|one| one == name), "{name} is not banned");
    }
}

/// Parts of names of crates that report, measure or update.
const TALKERS: [&str; 16] = [
    "analytics",
    "amplitude",
    "axoupdater",
    "breakpad",
    "bugsnag",
    "crash-handler",
    "datadog",
    "honeycomb",
    "minidump",
    "mixpanel",
    "opentelemetry",
    "posthog",
    "sentry",
    "self-replace",
    "telemetry",
    "update",
];

fn talkers<'a>(names: impl Iterator<Item = &'a String>) -> Vec<&'a String> {
    let talks = |name: &&String| {
        let name = name.replace('_', "-");
        TALKERS.iter().any(|part| name.contains(part))
    };
    names.filter(talks).collect()
}

#[test]
fn no_crate_reports_measures_or_updates() {
    let tree = lock_file();
    assert_eq!(talkers(tree.keys()), Vec::<&String>::new());
    let planted = ["self_update".to_owned(), "sentry-core".to_owned()];
    assert_eq!(talkers(planted.iter()).len(), 2);
}

#[test]
fn the_build_that_leaks_is_not_what_ships() {
    let manifest: toml::Table = include_str!("../../Cargo.toml").parse().unwrap();
    assert_eq!(manifest["features"]["default"].as_array().unwrap().len(), 0);
    let programs = manifest["bin"].as_array().unwrap();
    let leak = programs
        .iter()
        .find(|one| one["name"].as_str() == Some("inward-leak"))
        .unwrap();
    let needs = leak["required-features"].as_array().unwrap();
    assert_eq!(needs[0].as_str(), Some("leak"));
}

#[test]
fn a_planted_crate_is_seen() {
    let mut tree = lock_file();
    tree.entry("inward".to_owned())
        .or_default()
        .push("reqwest".to_owned());
    assert_eq!(offences(&tree), ["inward needs reqwest"]);
}

#[test]
fn git2_is_built_without_its_transports() {
    let manifest: toml::Table = include_str!("../../Cargo.toml").parse().unwrap();
    let git2 = &manifest["dependencies"]["git2"];
    assert_eq!(git2["default-features"].as_bool(), Some(false));
    assert!(!lock_file().contains_key("openssl-sys"));
}
