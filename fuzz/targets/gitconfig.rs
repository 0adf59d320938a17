#![no_main]

use inward::guard::gitconfig::hostile;

inward_fuzz::target!(hostile::check, hostile::seeds);
