#![no_main]

use inward_fuzz::checks::dump;

inward_fuzz::target!(dump::check, dump::seeds);
