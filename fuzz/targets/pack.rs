#![no_main]

use inward::sources::git::hostile;

inward_fuzz::target!(hostile::pack, hostile::pack_seeds);
