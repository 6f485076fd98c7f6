//! Handbook

pub mod site;
