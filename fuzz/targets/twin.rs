//! The red twin: a door with a planted fault, which the search has to find within seconds, or it
//! would find nothing anywhere: two bytes in a row let a zero-width joiner through.

#![no_main]

use inward::model::text::Clean;
use inward_fuzz::checks::{assert_line, text};

libfuzzer_sys::fuzz_target!(init: inward_fuzz::plant(text::seeds), |data: &[u8]| {
    let mut label = Clean::label(data).as_str().to_owned();
    for pair in data.windows(2) {
        if pair[0] == 0x1b && pair[1] == b'~' {
            label.push('\u{200d}');
        }
    }
    assert_line(&label, "a label");
});
