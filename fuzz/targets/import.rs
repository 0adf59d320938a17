#![no_main]

use inward_fuzz::checks::import;

inward_fuzz::target!(import::check, import::seeds);
