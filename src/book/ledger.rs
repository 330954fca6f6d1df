//! The double-entry book of a block.
//!
//! In: postings. Out: balances. Not here: the meaning of an account.

use super::Account;
use crate::math::{LANES, Lanes};

/// Balances of all accounts for the paths of one block.
///
/// Every method that writes takes what leaves one account and gives it to another, so for each
/// path the sum over all accounts, inner and world, is zero up to rounding:
///
/// ```text
/// Σ inner + Σ world = 0
/// ```
#[derive(Clone, Debug)]
pub struct Book {
    rows: Box<[Lanes]>,
}

impl Book {
    /// A book of `n_accounts` empty accounts.
    pub fn new(n_accounts: usize) -> Self {
        Self {
            rows: vec![Lanes::ZERO; n_accounts].into_boxed_slice(),
        }
    }

    /// Empties every account: the state before the opening postings of a block.
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

    /// Moves `amount(lane, balance of from, balance of to)`: the amount is computed where it is
    /// posted, so no scratch row is needed.
    #[inline(always)]
    pub fn post_with(
        &mut self,
        from: Account,
        to: Account,
        amount: impl Fn(usize, f64, f64) -> f64,
    ) {
        let [source, target] = self.pair(from, to);
        for lane in 0..LANES {
            let moved = amount(lane, source[lane], target[lane]);
            source[lane] -= moved;
            target[lane] += moved;
        }
    }

    /// Moves two amounts from two accounts into a third in one pass: the drift and the shock of a
    /// revaluation. `amounts(lane, balance of to)` returns both.
    #[inline(always)]
    pub fn post_two_with(
        &mut self,
        from: [Account; 2],
        to: Account,
        amounts: impl Fn(usize, f64) -> [f64; 2],
    ) {
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
    }

    /// Moves `amount` on one path: for what is rare.
    #[inline(always)]
    pub fn post_lane(&mut self, from: Account, to: Account, lane: usize, amount: f64) {
        let [source, target] = self.pair(from, to);
        source[lane] -= amount;
        target[lane] += amount;
    }

    /// Largest imbalance of any path, relative to the gross amount standing in its accounts:
    /// `max over paths of |Σ balances| / Σ |balances|`. Not finite if a balance is not.
    pub fn imbalance(&self) -> f64 {
        let mut worst = 0.0_f64;
        for lane in 0..LANES {
            let (mut net, mut gross) = (0.0, 0.0);
            for row in &self.rows {
                net += row[lane];
                gross += row[lane].abs();
            }
            let relative = if gross > 0.0 {
                net.abs() / gross
            } else {
                gross
            };
            if relative.is_nan() || relative > worst {
                worst = relative;
            }
            if worst.is_nan() {
                return worst;
            }
        }
        worst
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
        assert_eq!(book.value(ASSET)[0], 0.0);
        assert!(book.value(ASSET)[255] > 0.0);
    }

    #[test]
    fn a_balance_that_is_not_a_number_is_reported() {
        let mut book = Book::new(4);
        book.post_lane(WORLD, CASH, 3, f64::NAN);
        assert!(book.imbalance().is_nan());
    }

    #[test]
    #[should_panic(expected = "different accounts")]
    fn an_account_cannot_pay_itself() {
        Book::new(4).post(CASH, CASH, &Lanes::ZERO);
    }
}
