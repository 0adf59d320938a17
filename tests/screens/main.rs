//! The whole screen in memory: a made-up record, a worker that answers at once, keys as scripts,
//! drawings as text. Run with `INSTA_UPDATE=always` to write the snapshots anew, then look at them.

#![expect(
    clippy::unwrap_used,
    reason = "a made-up record that cannot be built is a failed test"
)]

mod add;
mod ansi;
mod bar;
mod correct;
mod cover;
mod cross;
mod drafts;
mod every_key;
mod figures;
mod flow;
mod flows;
mod forms;
mod goals;
mod items;
mod keys;
mod log;
mod made_up;
mod made_up_label;
mod made_up_repository;
mod marks;
mod matrix;
mod mouse;
mod narrow;
mod once;
mod overviews;
mod pictures;
mod privacy;
mod recall;
mod record;
mod repository;
mod share;
mod snapshots;
mod styles;
mod tour;
mod worker;
mod world;
