//! Hostile input on the stable compiler: the assertions of `fuzz/` over every seed, everything that
//! was ever found, and a fixed number of stirred ones; and bombs, through the program.

#![cfg(test)]
#![expect(
    unreachable_pub,
    reason = "modules of one test program, shared with fuzz/"
)]

mod checks;
mod stir;

/// How many stirred ones of each seed of a way in: few where one costs milliseconds.
fn times(name: &str) -> usize {
    match name {
        "text" | "range" => 2_000,
        "mapping" => 300,
        "import" => 30,
        _ => 2,
    }
}

fn goes_through(name: &str) {
    let (_, check, seeds) = checks::WAYS.iter().find(|way| way.0 == name).unwrap();
    stir::through(name, *check, &seeds(), times(name));
}

#[test]
fn no_text_leaves_the_door_with_anything_that_acts_or_hides() {
    goes_through("text");
}

#[test]
fn every_range_that_is_read_is_read_again_from_what_it_prints() {
    goes_through("range");
}

#[test]
fn every_export_however_broken_gives_texts_that_can_be_shown_and_the_same_twice() {
    goes_through("import");
}

#[test]
fn every_mapping_is_read_or_refused_and_a_drafted_one_is_read() {
    goes_through("mapping");
}

#[test]
fn every_dump_is_refused_by_a_line_or_makes_a_whole_store() {
    goes_through("dump");
}

#[test]
fn every_planted_backup_is_refused_by_a_line_or_makes_a_whole_store() {
    goes_through("backup");
}
