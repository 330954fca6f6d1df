//! Journal of the postings on one path.
//!
//! In: balances before and after a posting. Out: [`Posting`]s in their order. Not here: balances of a block
//! (`ledger`).

use super::Account;

/// Transfer of money from one account to another on one path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Posting {
    pub from: Account,
    pub to: Account,
    /// Amount above zero; a negative amount is recorded with the accounts swapped.
    pub amount: f64,
}

/// Postings on one lane since the journal was last emptied.
#[derive(Clone, Debug)]
pub(super) struct Journal {
    pub lane: usize,
    pub postings: Vec<Posting>,
}
