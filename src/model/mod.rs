//! Plain data shared by every room. No input or output, no clock, no other room.
//!
//! Whatever two rooms need to agree on lives here; a room that only one other
//! room needs keeps its own types.

pub mod account;
pub mod act;
pub mod address;
pub mod amount;
pub mod around;
pub mod away;
pub mod branch_keys;
pub mod calendar;
pub mod choice;
pub mod chosen;
pub mod commit;
pub mod coverage;
pub mod dataset;
pub mod draft;
pub mod entries;
pub mod false_keys;
pub mod fates;
pub mod figure;
pub mod fold;
pub mod goal;
pub mod happened;
pub mod history;
pub mod identity;
pub mod ids;
pub mod keep;
pub mod links;
pub mod material;
pub mod moment;
pub mod note;
pub mod orphans;
pub mod period;
pub mod person;
pub mod place;
pub mod point;
pub mod population;
pub mod pressure;
pub mod privacy;
pub mod privacy_page;
pub mod project;
pub mod proposal;
pub mod quota;
pub mod remembered;
pub mod seen_file;
pub mod selection;
pub mod shared;
pub mod stage;
mod stage_words;
pub mod task;
pub mod text;
pub mod timeline;
#[cfg(test)]
mod timeline_tests;
pub mod work;
pub mod work_type;
