#![no_main]

use inward_fuzz::checks::range;

inward_fuzz::target!(range::check, range::seeds);
