//! What is posted on one path, posting by posting.
//!
//! In: balances before and after a posting. Out: [`Posting`]s in their order. Not here: balances of a block (`ledger`).

use super::Account;

/// Money that went from one account to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Posting {
    pub from: Account,
    pub to: Account,
    /// Above zero: what was posted with a minus goes the other way.
    pub amount: f64,
}

/// The postings of one lane since they were last taken.
#[derive(Clone, Debug)]
pub(super) struct Journal {
    pub lane: usize,
    pub postings: Vec<Posting>,
}

impl Journal {
    /// Writes down what left `from`; nothing where nothing did.
    pub fn note(&mut self, from: Account, to: Account, amount: f64) {
        let posting = match amount > 0.0 {
            true => Posting { from, to, amount },
            false => Posting { from: to, to: from, amount: -amount },
        };
        if amount != 0.0 {
            self.postings.push(posting);
        }
    }
}
