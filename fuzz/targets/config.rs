#![no_main]

use inward::config::hostile;

inward_fuzz::target!(hostile::check, hostile::seeds);
