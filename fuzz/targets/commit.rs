#![no_main]

use inward::sources::git::hostile;

inward_fuzz::target!(hostile::commit, hostile::commit_seeds);
