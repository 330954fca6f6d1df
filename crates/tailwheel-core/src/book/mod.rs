//! Double-entry bookkeeping of a block: accounts, causes, and the only code that writes balances.
//!
//! In: postings of stages. Out: balances that sum to zero on every path at all times. Not here: when a
//! posting happens (`stage`), what an account means to its kind (`asset`, `policy`).

mod account;
mod cause;
mod ledger;

pub use account::Account;
pub use cause::Cause;
pub use ledger::{Book, Posting};
