//! A dump that is to be restored: refused by a plain line, or a whole store. An odd first byte
//! means a good dump in which one line is replaced by the rest of the bytes.

use std::convert::Infallible;
use std::sync::LazyLock;

use inward::model::address::Address;
use inward::store::{Draft, Evidence, Part, Store, Visit, VisitAll};

use super::{NOW, assert_line};

/// The copy of a small store, line by line.
static GOOD: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut lines = Lines::default();
    store()
        .dump_all(&mut lines)
        .expect("it is read")
        .unwrap_or_else(|never| match never {});
    lines.of_copy
});

/// A small store, in memory.
pub(super) fn store() -> Store {
    let mut store = Store::memory(NOW).expect("a store in memory");
    let address = Address::new(b"ada@example.org").expect("an address");
    store
        .add_address(&address, Evidence::Configured)
        .expect("it is taken");
    store
}

#[derive(Default)]
struct Lines {
    copying: bool,
    of_copy: Vec<String>,
}

impl Visit for Lines {
    type Error = Infallible;
    fn row<R: serde::Serialize>(&mut self, row: &R) -> Result<(), Infallible> {
        if self.copying {
            self.of_copy
                .push(serde_json::to_string(row).expect("a line"));
        }
        Ok(())
    }
}

impl VisitAll for Lines {
    fn begin(&mut self, part: Part) -> Result<(), Infallible> {
        self.copying = part == Part::Copy;
        Ok(())
    }
}

pub fn check(data: &[u8]) {
    let Some((how, rest)) = data.split_first() else {
        return;
    };
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    if how & 1 == 0 {
        let text = text(rest);
        return restore(text.lines());
    }
    let Some((at, line)) = rest.split_first_chunk::<2>() else {
        return;
    };
    let at = usize::from(u16::from_le_bytes(*at)) % GOOD.len();
    let line = text(line);
    let lines = GOOD.iter().map(String::as_str);
    // In its place, or before it.
    let behind = if how & 2 == 0 { at + 1 } else { at };
    restore(
        lines
            .clone()
            .take(at)
            .chain(line.lines())
            .chain(lines.skip(behind)),
    );
}

fn restore<'a>(lines: impl Iterator<Item = &'a str>) {
    let mut draft = Draft::new().expect("room in memory");
    for line in lines {
        if let Err(refused) = draft.line(line) {
            return assert_line(&refused.to_string(), "why a line is refused");
        }
    }
    match draft.finish(NOW) {
        Err(refused) => assert_line(&refused.to_string(), "why a dump is refused"),
        Ok(mut store) => super::backup::is_whole(&mut store),
    }
}

pub fn seeds() -> Vec<Vec<u8>> {
    let all = GOOD.join("\n");
    let mut seeds = vec![
        [b"\0", all.as_bytes()].concat(),
        b"\0{}\n".to_vec(),
        b"\0{\"schema\":\"inward.copy.v1\",\"layout\":1}\n".to_vec(),
        b"\x03\x05\0[1,null,\"x\",{\"b\":\"00\"},1.5,-9223372036854775808]\n".to_vec(),
    ];
    for (at, line) in GOOD.iter().enumerate() {
        let at = u16::try_from(at).expect("few lines").to_le_bytes();
        seeds.push([&[1][..], &at, line.as_bytes()].concat());
    }
    seeds
}
