#![no_main]

use inward_fuzz::checks::text;

inward_fuzz::target!(text::check, text::seeds);
