//! The program as its users meet it: arguments, files, streams, exit codes.
//!
//! In: command lines in a folder of their own. Out: what is printed, written and left behind. Not
//! here: whether figures are right (`verification`).

mod baseline;
mod batch;
mod batch_faults;
mod check;
mod compare;
mod decided;
mod explain;
mod folders;
mod hostile;
mod interrupts;
mod killed;
mod limits;
mod merges;
mod other;
mod parts;
mod payments;
mod places;
mod ran;
mod refusals;
mod replay;
mod report;
mod sandbox;
mod screen;
mod shards;
mod solve;
mod streams;
mod verify;
