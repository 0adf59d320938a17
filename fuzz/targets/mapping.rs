#![no_main]

use inward_fuzz::checks::mapping;

inward_fuzz::target!(mapping::check, mapping::seeds);
