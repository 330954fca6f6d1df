//! Claims about the program as a user meets it: its commands, its files, its documentation and its examples.

mod batch_outputs;
mod cli;
#[path = "../common/mod.rs"]
mod common;
mod corpus;
mod docs;
mod examples;
mod gallery;
#[path = "../common/language.rs"]
mod language_rules;
mod letters;
#[path = "../common/outputs.rs"]
mod outputs;
mod proposals;
mod reference;
