#![no_main]

use inward_fuzz::checks::backup;

inward_fuzz::target!(backup::check, backup::seeds);
