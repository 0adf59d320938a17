use std::fs;
use std::path::{Path, PathBuf};

use super::*;

/// A home and a repository in it, by their real paths.
struct World {
    _keep: tempfile::TempDir,
    home: PathBuf,
    place: Place,
}

fn world() -> World {
    let keep = tempfile::tempdir().unwrap();
    let home = fs::canonicalize(keep.path()).unwrap();
    let path = home.join("job/api");
    let git_dir = path.join(".git");
    fs::create_dir_all(&git_dir).unwrap();
    fs::write(git_dir.join("HEAD"), "ref: refs/heads/feature/one\n").unwrap();
    let place = Place {
        path,
        common_dir: git_dir.clone(),
        git_dir,
        alternates: vec![],
        trusted: false,
    };
    World {
        _keep: keep,
        home,
        place,
    }
}

impl World {
    fn put(&self, name: &str, text: &str) {
        let file = self.home.join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    fn env<'a>(&self, vars: &[(&'a str, &'a str)]) -> Env {
        let hermetic = [("GIT_CONFIG_NOSYSTEM", "1")];
        Env::new(hermetic.into_iter().chain(vars.iter().copied()), &self.home)
    }

    fn user(&self) -> Vec<String> {
        mails(&user_identity(&self.env(&[])))
    }

    fn here(&self) -> Vec<String> {
        mails(&identity_for(&self.env(&[]), &self.place))
    }
}

fn mails(identity: &GitIdentity) -> Vec<String> {
    identity
        .emails
        .iter()
        .map(|a| a.as_str().to_owned())
        .collect()
}

#[test]
fn later_files_win_over_earlier_ones() {
    let world = world();
    assert!(world.user().is_empty());
    world.put(".config/git/config", "[user]\nemail = xdg@x\nname = X\n");
    assert_eq!(world.user(), ["xdg@x"]);
    world.put(".gitconfig", "[user]\nemail = Home@X\n");
    assert_eq!(world.user(), ["home@x"]);
    world.put("job/api/.git/config", "[user]\nemail = repo@x\n");
    assert_eq!(world.here(), ["repo@x"]);
    assert_eq!(world.user(), ["home@x"]);
    let names = identity_for(&world.env(&[]), &world.place).names;
    assert_eq!(names, [Clean::label(b"X")]);
}

#[test]
fn the_environment_and_the_author_beat_the_user() {
    let world = world();
    world.put(".gitconfig", "[user]\nemail = u@x\n[author]\nemail = a@x\n");
    assert_eq!(world.user(), ["a@x", "u@x"]);
    let env = world.env(&[("GIT_AUTHOR_EMAIL", "e@x"), ("EMAIL", "mail@x")]);
    assert_eq!(mails(&user_identity(&env)), ["e@x", "a@x", "u@x"]);
    let env = world.env(&[("EMAIL", "mail@x"), ("GIT_CONFIG_GLOBAL", "/dev/null")]);
    assert_eq!(mails(&user_identity(&env)), ["mail@x"]);
    let env = world.env(&[
        ("GIT_CONFIG_COUNT", "1"),
        ("GIT_CONFIG_KEY_0", "User.Email"),
        ("GIT_CONFIG_VALUE_0", "c@x"),
    ]);
    assert_eq!(mails(&user_identity(&env)), ["a@x", "c@x"]);
}

#[test]
fn a_named_global_file_replaces_both_of_the_users() {
    let world = world();
    world.put(".gitconfig", "[user]\nemail = home@x\n");
    world.put("other", "[user]\nemail = other@x\n");
    let other = world.home.join("other");
    let env = world.env(&[("GIT_CONFIG_GLOBAL", other.to_str().unwrap())]);
    assert_eq!(mails(&user_identity(&env)), ["other@x"]);
}

#[test]
fn every_condition_is_judged_as_git_documents_it() {
    let world = world();
    let home = world.home.display().to_string();
    world.put("inc", "[user]\nemail = inc@x\n");
    world.put(
        "job/api/.git/config",
        "[remote \"origin\"]\nurl = https://git.corp.example/a/b\n",
    );
    let cases = [
        ("gitdir:~/job/", true),
        ("gitdir:job/", true),
        ("gitdir:./job/", true),
        (&format!("gitdir:{home}/job/**"), true),
        (&format!("gitdir:{home}/job/api/.git"), true),
        ("gitdir:~/jo/", false),
        ("gitdir:~/Job/", false),
        ("gitdir/i:~/Job/", true),
        ("onbranch:feature/", true),
        ("onbranch:feature/one", true),
        ("onbranch:main", false),
        ("hasconfig:remote.*.url:https://git.corp.example/**", true),
        ("hasconfig:remote.*.url:https://other.example/**", false),
        ("weather:sunny", false),
    ];
    for (condition, holds) in cases {
        world.put(
            ".gitconfig",
            &format!("[includeIf \"{condition}\"]\npath = inc\n"),
        );
        assert_eq!(
            world.here(),
            if holds { vec!["inc@x"] } else { vec![] },
            "{condition}"
        );
        assert!(world.user().is_empty(), "{condition} holds outside");
    }
}

#[cfg(unix)]
#[test]
fn a_condition_through_a_link_holds_too() {
    let world = world();
    std::os::unix::fs::symlink(world.home.join("job"), world.home.join("link")).unwrap();
    world.put("inc", "[user]\nemail = inc@x\n");
    let link = world.home.join("link").display().to_string();
    world.put(
        ".gitconfig",
        &format!("[includeIf \"gitdir:{link}/\"]\npath = ~/inc\n"),
    );
    assert_eq!(world.here(), ["inc@x"]);
}

#[test]
fn an_include_stands_where_it_is_written() {
    let world = world();
    world.put(
        "d/inc",
        "[user]\nemail = inc@x\n[include]\npath = ../deeper\n",
    );
    world.put("deeper", "[user]\nname = Deep\n");
    world.put(
        ".gitconfig",
        "[user]\nemail = a@x\n[include]\npath = d/inc\n",
    );
    assert_eq!(world.user(), ["inc@x"]);
    assert_eq!(
        user_identity(&world.env(&[])).names,
        [Clean::label(b"Deep")]
    );
    world.put(
        ".gitconfig",
        "[include]\npath = d/inc\n[user]\nemail = a@x\n",
    );
    assert_eq!(world.user(), ["a@x"]);
}

#[test]
fn circles_pipes_and_large_files_end_quietly() {
    let world = world();
    world.put(
        ".gitconfig",
        "[include]\npath = .gitconfig\n[include]\npath = big\n[user]\nemail = a@x\n",
    );
    world.put(
        "big",
        &format!("[user]\nemail = b@x\n{}", "#x\n".repeat(500_000)),
    );
    assert_eq!(world.user(), ["a@x"]);
    #[cfg(unix)]
    {
        let env = world.env(&[("GIT_CONFIG_GLOBAL", "/dev/zero")]);
        assert!(user_identity(&env).emails.is_empty());
    }
}

#[test]
fn the_work_trees_own_file_counts_only_when_switched_on() {
    let world = world();
    world.put("job/api/.git/config.worktree", "[user]\nemail = tree@x\n");
    assert!(world.here().is_empty());
    world.put(
        "job/api/.git/config",
        "[extensions]\nworktreeConfig = true\n",
    );
    assert_eq!(world.here(), ["tree@x"]);
}

#[test]
fn a_detached_head_is_on_no_branch() {
    let world = world();
    world.put(
        "job/api/.git/HEAD",
        "0123456789012345678901234567890123456789\n",
    );
    world.put("inc", "[user]\nemail = inc@x\n");
    world.put(".gitconfig", "[includeIf \"onbranch:**\"]\npath = inc\n");
    assert!(world.here().is_empty());
    assert!(Path::new(&world.home).exists());
}

/// Real git as the judge of what a file says.
#[test]
fn git_itself_reads_the_same() {
    let world = world();
    let texts = [
        "[a]\nx = 1\n\tY=two words  # c\n[A \"Sub.Dir\"]z\n[b.C]k=\\\"q\\\"\n",
        "[a] x = \"  kept  \" and  more   ; c\n y = a\\\n   b\\\n c\n",
        "; c\r\n[a]\r\nx = 1\r\ny\r\n",
        "\u{feff}[user]\n\temail = \"Ada <a@b>\"\n\tname = \u{c4}da\tL\n",
        "[a]\nx = \"a#b;c\\\\d\\te\"#f\ny=\nz = \"\"\n",
        "[remote \"a\\\"b\\\\c\"]\nurl = x\n",
        "[a]\nx = a\\\\ # c\n",
    ];
    for text in texts {
        let file = world.home.join("judge");
        fs::write(&file, text).unwrap();
        let said = std::process::Command::new("git")
            .args(["config", "--list", "-z", "--file"])
            .arg(&file)
            .env("HOME", &world.home)
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .output()
            .unwrap();
        assert!(said.status.success(), "{text:?}");
        let mut ours = Vec::new();
        for entry in entries_of(text.as_bytes()) {
            ours.extend_from_slice(entry.section.as_bytes());
            if let Some(sub) = &entry.subsection {
                ours.push(b'.');
                ours.extend_from_slice(sub);
            }
            ours.push(b'.');
            ours.extend_from_slice(entry.key.as_bytes());
            if let Some(value) = &entry.value {
                ours.push(b'\n');
                ours.extend_from_slice(value);
            }
            ours.push(0);
        }
        assert_eq!(
            ours.escape_ascii().to_string(),
            said.stdout.escape_ascii().to_string()
        );
    }
}
