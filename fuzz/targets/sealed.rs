#![no_main]

use inward::store::sealed::hostile;

inward_fuzz::target!(hostile::check, hostile::seeds);
