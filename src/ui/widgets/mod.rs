//! What pages are made of. A widget gets exactly what it draws, and draws only inside its area.

pub mod axes;
pub mod bars;
pub mod card;
pub mod days;
pub mod footer;
pub mod grid;
pub mod heat;
pub mod line_chart;
pub mod mirror;
pub mod narrowed;
pub mod notice;
pub mod page_bar;
pub mod panel;
pub mod popup;
pub mod reach;
pub mod scatter;
pub mod spark;
pub mod stacked;
pub mod strip;
pub mod table;
pub mod ticks;
pub mod weeks;
