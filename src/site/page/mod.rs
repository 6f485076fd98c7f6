//! The pages, one file a kind of page.
//!
//! Each file has a function `plan` that puts its pages into the site, and functions from the
//! handbook to the values of a template.

pub mod authority;
pub mod changes;
mod cite;
pub mod clause;
mod document;
pub mod edition;
pub mod editors;
pub mod feed;
pub mod gone;
pub mod home;
mod left;
pub mod legislation;
pub mod name;
pub mod not_found;
pub mod open_search;
mod owner;
pub mod principle;
pub mod principles;
mod quote;
pub mod redline;
pub mod report;
pub mod sitemap;
mod spread;
pub mod terms;
pub mod topic;
pub mod topics;
