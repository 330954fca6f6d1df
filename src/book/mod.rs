//! Money of a block: accounts, causes, and the only writer of both.
//!
//! In: postings of stages. Out: balances whose column sum is zero at all times. Not here: when a
//! posting happens (`stage`), what an account means to its kind (`asset`, `policy`).

mod account;
mod cause;
mod journal;
mod ledger;

pub use account::Account;
pub use cause::Cause;
pub use journal::Posting;
pub use ledger::Book;
