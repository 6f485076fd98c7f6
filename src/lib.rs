//! Handbook

pub mod check;
pub mod diagnostic;
pub mod diff;
pub mod disk;
pub mod handbook;
pub mod intake;
pub mod markdown;
pub mod output;
#[cfg(test)]
mod sample;
pub mod site;
pub mod source;
pub mod view;
