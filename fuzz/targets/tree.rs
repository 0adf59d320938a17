#![no_main]

use inward::sources::git::hostile;

inward_fuzz::target!(hostile::tree, hostile::tree_seeds);
