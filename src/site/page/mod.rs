//! The pages, one file a kind of page.
//!
//! Each file has a function `plan` that puts its pages into the site, and functions from the
//! handbook to the values of a template.

mod document;
pub mod edition;
pub mod topic;
pub mod topics;
