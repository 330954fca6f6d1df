//! The double-entry book of a block of paths.
//!
//! In: postings. Out: balances; the postings of one path. Not here: the meaning of an account.

use super::Account;
use crate::math::{LANES, Lanes};

/// Transfer of money from one account to another on one path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Posting {
    pub from: Account,
    pub to: Account,
    /// Amount above zero; a negative amount is recorded with the accounts swapped.
    pub amount: f64,
}

/// Postings on the watched path, whose index in its block is `lane`, since the journal was last emptied.
#[derive(Clone, Debug)]
struct Journal {
    lane: usize,
    postings: Vec<Posting>,
}

/// Balances of all accounts for the 256 paths of one block.
///
/// Every method that writes takes an amount from one account and adds it to another. For each path the sum
/// over all accounts, of the owner (inner) and of the outside world, is therefore zero up to rounding:
///
/// ```text
/// Σ inner + Σ world = 0
/// ```
#[derive(Clone, Debug)]
pub struct Book {
    rows: Box<[Lanes]>,
    /// Journal of the watched path; `None` if no path is watched.
    journal: Option<Journal>,
}

impl Book {
    /// Creates a book of `n_accounts` accounts with balance 0.
    pub fn new(n_accounts: usize) -> Self {
        Self { rows: vec![Lanes::ZERO; n_accounts].into_boxed_slice(), journal: None }
    }

    /// Starts a journal of all postings on the path with index `lane` in the block.
    pub fn watch(&mut self, lane: usize) {
        let postings = Vec::new();
        self.journal = Some(Journal { lane, postings });
    }

    /// Returns the postings on the watched path since the last call, and empties the journal.
    pub fn take_postings(&mut self) -> Vec<Posting> {
        let journal = self.journal.as_mut();
        journal.map_or_else(Vec::new, |journal| std::mem::take(&mut journal.postings))
    }

    /// Sets all balances to 0: the state before the opening postings of a block.
    pub fn clear(&mut self) {
        self.rows.fill(Lanes::ZERO);
    }

    /// Balances of `account`, one per path.
    #[inline(always)]
    pub fn value(&self, account: Account) -> &Lanes {
        &self.rows[account.index()]
    }

    /// Moves `amount` from one account to another on every path.
    #[inline(always)]
    pub fn post(&mut self, from: Account, to: Account, amount: &Lanes) {
        self.post_with(from, to, |lane, _, _| amount[lane]);
    }

    /// Moves an amount between two accounts on every path. The callback computes it from the path's index in the
    /// block and the balances of `from` and `to`, so that the amounts need no buffer.
    #[inline(always)]
    pub fn post_with(&mut self, from: Account, to: Account, amount: impl Fn(usize, f64, f64) -> f64) {
        let before = self.watched(from);
        let [source, target] = self.pair(from, to);
        for lane in 0..LANES {
            let moved = amount(lane, source[lane], target[lane]);
            source[lane] -= moved;
            target[lane] += moved;
        }
        self.note(from, to, before);
    }

    /// Moves two amounts from two accounts into a third in one pass, such as drift and shock of a
    /// revaluation. `amounts(index of the path, balance of to)` returns both.
    #[inline(always)]
    pub fn post_two_with(
        &mut self,
        from: [Account; 2],
        to: Account,
        amounts: impl Fn(usize, f64) -> [f64; 2],
    ) {
        let before = [self.watched(from[0]), self.watched(from[1])];
        let [first, second, target] = self
            .rows
            .get_disjoint_mut([from[0].index(), from[1].index(), to.index()])
            .expect("a plan posts between different accounts of the book");
        for lane in 0..LANES {
            let [a, b] = amounts(lane, target[lane]);
            first[lane] -= a;
            second[lane] -= b;
            target[lane] += a + b;
        }
        self.note(from[0], to, before[0]);
        self.note(from[1], to, before[1]);
    }

    /// Moves `amount` only on the path with index `lane` in the block, for rare postings.
    #[inline(always)]
    pub fn post_lane(&mut self, from: Account, to: Account, lane: usize, amount: f64) {
        let before = self.watched(from);
        let [source, target] = self.pair(from, to);
        source[lane] -= amount;
        target[lane] += amount;
        self.note(from, to, before);
    }

    /// Largest imbalance of any path, relative to its gross balances:
    /// `max over paths of |Σ balances| / Σ |balances|`. Not finite if a balance is not.
    pub fn imbalance(&self) -> f64 {
        let mut worst = 0.0_f64;
        for lane in 0..LANES {
            let (mut net, mut gross) = (0.0, 0.0);
            for row in &self.rows {
                net += row[lane];
                gross += row[lane].abs();
            }
            let relative = if gross > 0.0 { net.abs() / gross } else { gross };
            if relative.is_nan() || relative > worst {
                worst = relative;
            }
            if worst.is_nan() {
                return worst;
            }
        }
        worst
    }

    /// Balance of `account` on the watched path; `None` if no path is watched.
    #[inline(always)]
    fn watched(&self, account: Account) -> Option<f64> {
        let journal = self.journal.as_ref();
        journal.map(|journal| self.rows[account.index()][journal.lane])
    }

    /// Records the posting that changed the balance of `from` on the watched path; `before`: balance before it.
    #[inline(always)]
    fn note(&mut self, from: Account, to: Account, before: Option<f64>) {
        if let Some(before) = before {
            self.write_down(from, to, before);
        }
    }

    #[cold]
    #[inline(never)]
    fn write_down(&mut self, from: Account, to: Account, before: f64) {
        if let Some(journal) = &mut self.journal {
            let amount = before - self.rows[from.index()][journal.lane];
            let (from, to) = if amount > 0.0 { (from, to) } else { (to, from) };
            let posting = Posting { from, to, amount: amount.abs() };
            journal.postings.extend((amount != 0.0).then_some(posting));
        }
    }

    #[inline(always)]
    fn pair(&mut self, from: Account, to: Account) -> [&mut Lanes; 2] {
        self.rows
            .get_disjoint_mut([from.index(), to.index()])
            .expect("a plan posts between different accounts of the book")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CASH: Account = Account::at(0);
    const ASSET: Account = Account::at(1);
    const WORLD: Account = Account::at(2);
    const MARKET: Account = Account::at(3);

    #[test]
    fn whatever_is_posted_the_column_sum_stays_zero() {
        let mut book = Book::new(4);
        book.post(WORLD, CASH, &Lanes::splat(1000.0));
        book.post_with(CASH, ASSET, |lane, cash, _| cash * lane as f64 / 512.0);
        book.post_two_with([WORLD, MARKET], ASSET, |lane, value| {
            [value * 0.01, -value * 0.001 * lane as f64]
        });
        book.post_lane(ASSET, CASH, 7, 12.34);
        assert!(book.imbalance() < 1e-15, "{}", book.imbalance());
        assert!(book.value(ASSET)[0] == 0.0 && book.value(ASSET)[255] > 0.0);
        // a balance that is not a number is reported
        book.post_lane(WORLD, CASH, 3, f64::NAN);
        assert!(book.imbalance().is_nan());
    }

    #[test]
    fn the_path_that_is_watched_has_a_posting_for_each_that_moved_its_money() {
        let mut book = Book::new(4);
        book.watch(7);
        book.post(WORLD, CASH, &Lanes::splat(1000.0));
        book.post_two_with([WORLD, MARKET], ASSET, |lane, _| [10.0, -(lane as f64)]);
        book.post_lane(ASSET, CASH, 6, 12.34);
        book.post_with(CASH, ASSET, |_, _, _| 0.0);
        let posted = |from, to, amount| Posting { from, to, amount };
        let all = [posted(WORLD, CASH, 1000.0), posted(WORLD, ASSET, 10.0), posted(ASSET, MARKET, 7.0)];
        assert_eq!(book.take_postings(), all);
        assert!(book.take_postings().is_empty());
        book.post_lane(ASSET, CASH, 7, 1.0);
        assert_eq!(book.take_postings(), [posted(ASSET, CASH, 1.0)]);
    }

    #[test]
    #[should_panic(expected = "different accounts")]
    fn an_account_cannot_pay_itself() {
        Book::new(4).post(CASH, CASH, &Lanes::ZERO);
    }
}
