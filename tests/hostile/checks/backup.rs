//! A SQLite file somebody else could have written, to be restored or merged: refused by a plain
//! line, or read into a whole store. An odd first byte means a good file with a few bytes altered:
//! three of place and one of value each.

use std::sync::LazyLock;

use inward::store::{Backup, Store};

use super::{NOW, assert_line};

/// A good file.
static GOOD: LazyLock<Vec<u8>> = LazyLock::new(|| super::dump::store().image().expect("an image"));

pub fn check(data: &[u8]) {
    let Some((how, rest)) = data.split_first() else {
        return;
    };
    if how & 1 == 0 {
        return read(rest);
    }
    let mut image = GOOD.clone();
    for patch in rest.chunks_exact(4).take(64) {
        let at = u32::from_le_bytes([patch[0], patch[1], patch[2], 0]) as usize % image.len();
        image[at] = patch[3];
    }
    if how & 2 != 0 {
        image.truncate(image.len() / 2 / 4096 * 4096 + usize::from(*how));
    }
    read(&image);
}

fn read(bytes: &[u8]) {
    if let Err(error) = Store::from_image(bytes, NOW) {
        assert_line(&error.to_string(), "why an image is refused");
    }
    let folder = super::folder();
    let path = folder.join("inward.backup");
    std::fs::write(&path, bytes).expect("room for a file");
    match Backup::read(&path, None, NOW) {
        Err(error) => assert_line(&error.to_string(), "why a backup is refused"),
        Ok(mut backup) => is_whole(&mut backup.store),
    }
    let now = std::fs::read(&path).expect("it is there");
    assert!(now == bytes, "a backup was written to by being read");
    let beside = std::fs::read_dir(&folder).expect("the folder").count();
    assert_eq!(beside, 1, "reading left a file beside it");
}

/// What was taken is whole, and its numbers load or are refused plainly.
pub(super) fn is_whole(store: &mut Store) {
    store.quick_check().expect("what is taken is whole");
    if let Err(error) = store.dataset(NOW) {
        assert_line(&error.to_string(), "why figures are refused");
    }
}

pub fn seeds() -> Vec<Vec<u8>> {
    let mut seeds = vec![[b"\0", &GOOD[..]].concat(), vec![1], vec![3]];
    // Header fields one by one: page size, versions, counts, encoding, layout, application.
    for at in (16..100_u8).step_by(4) {
        seeds.push(vec![1, at, 0, 0, 0xff, at + 3, 0, 0, 0x02]);
    }
    // The schema: any letter of it.
    for at in (0x60..0x100_u16).step_by(8) {
        let at = (at * 16).to_le_bytes();
        seeds.push(vec![1, at[0], at[1], 0, b'x']);
    }
    seeds
}
