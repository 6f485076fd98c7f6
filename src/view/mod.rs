//! What can be worked out from a handbook: borrowed from it, arranged for reading, judging nothing.

pub mod comparison;
pub mod coverage;
pub mod descent;
pub mod division;
pub mod history;
pub mod items;
pub mod left;
pub mod legislation;
pub mod links;
pub mod principles;
pub mod redline;
pub mod terms;
pub mod timeline;
