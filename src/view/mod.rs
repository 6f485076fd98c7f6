//! What can be worked out from a handbook: borrowed from it, arranged for reading, judging nothing.

pub mod comparison;
pub mod coverage;
