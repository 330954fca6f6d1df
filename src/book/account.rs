//! Index of an account in the book.

/// An account of the book: one row of balances, one per path of the block.
///
/// Inner accounts hold what the owner has; world accounts (one per cause and owning object) hold
/// the other side of every posting. Nothing but [`Book`](super::Book) writes either.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Account(u16);

impl Account {
    /// The account at position `index` of the book.
    pub const fn at(index: u16) -> Self {
        Self(index)
    }

    /// Position in the book.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}
