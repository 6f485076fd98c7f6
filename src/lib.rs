//! Handbook

pub mod disk;
pub mod output;
pub mod site;
