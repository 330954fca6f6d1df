//! Index of an account in the double-entry book.

/// An account of the double-entry book, with one balance for each of the 256 paths of a block.
///
/// Inner accounts hold the owner's money. World accounts (the outside world, one per cause and object) hold
/// the other side of every posting. Only [`Book`](super::Book) writes to accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Account(u16);

impl Account {
    /// Returns the account at position `index` of the double-entry book.
    pub const fn at(index: u16) -> Self {
        Self(index)
    }

    /// Returns the position of the account in the double-entry book.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}
