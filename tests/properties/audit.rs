//! A second look at the book of a block: what has moved, and whether all of it is still there.

use crate::portfolio::Portfolio;
use tailwheel::book::{Account, Cause};
use tailwheel::engine::Block;
use tailwheel::plan::Plan;

/// Every account of a block: what stands in it, and how much has moved on each path.
pub struct Audit {
    standing: Vec<[f64; 256]>,
    pub moved: [f64; 256],
}

impl Audit {
    pub fn new(plan: &Plan) -> Self {
        Self { standing: vec![[0.0; 256]; plan.accounts.len()], moved: [0.0; 256] }
    }

    /// Largest sum over all accounts of a path, as a share of what has moved there.
    pub fn imbalance(&mut self, block: &Block) -> f64 {
        let mut net = [0.0; 256];
        for (index, standing) in (0..).zip(&mut self.standing) {
            let now = block.worlds[0].book.value(Account::at(index));
            for lane in 0..256 {
                self.moved[lane] += (now[lane] - standing[lane]).abs();
                net[lane] += now[lane];
                standing[lane] = now[lane];
            }
        }
        let relative = net.iter().zip(&self.moved).filter(|(_, moved)| **moved > 0.0);
        relative.map(|(net, moved)| net.abs() / moved).fold(0.0, f64::max)
    }

    /// Least balance of what belongs to the owner, as a share of what has moved on its path, and whose it is. Tax that is
    /// owed stands below zero.
    pub fn least<'p>(&self, plan: &'p Plan, block: &Block) -> (f64, &'p str) {
        let label = |account: &Account| plan.accounts[account.index()].object.as_str();
        let held = plan.record.net_worth.iter().filter(|account| label(account) != "tax");
        let mut least = (0.0, "");
        for account in held {
            for (value, moved) in block.worlds[0].book.value(*account).iter().zip(&self.moved) {
                if *value < least.0 * moved {
                    least = (value / moved, label(account));
                }
            }
        }
        least
    }

    pub fn is_finite(&self) -> bool {
        self.moved.iter().all(|moved| moved.is_finite())
    }
}

/// What the last months of an asset that is paid late have earned, by what the world gave.
pub struct Owed {
    pub asset: String,
    /// Of the world, and where it is owed.
    accounts: [Account; 2],
    given: [f64; 256],
    /// The last `lag` months.
    earned: Vec<[f64; 256]>,
    lag: usize,
}

/// Of every asset of `plan` that is.
pub fn owed(plan: &Plan, portfolio: &Portfolio) -> Vec<Owed> {
    let place = |object: &str, cause: Option<Cause>| {
        let place = plan.accounts.iter().position(|label| label.object == object && label.cause == cause);
        place.map(|place| Account::at(u16::try_from(place).expect("accounts are u16")))
    };
    let one = |(index, lag): (usize, usize)| {
        let asset = format!("a{index:02}");
        let accounts = [place(&asset, Some(Cause::Income))?, place(&format!("owed to {asset}"), None)?];
        Some(Owed { asset, accounts, given: [0.0; 256], earned: Vec::new(), lag })
    };
    let lags = portfolio.assets.iter().map(|asset| asset.lag as usize);
    (0..).zip(lags).filter(|(_, lag)| *lag > 0).filter_map(one).collect()
}

impl Owed {
    pub fn advance(&mut self, block: &Block) {
        let now = block.worlds[0].book.value(self.accounts[0]);
        let mut earned = [0.0; 256];
        for lane in 0..256 {
            (earned[lane], self.given[lane]) = (self.given[lane] - now[lane], now[lane]);
        }
        self.earned.push(earned);
        if self.earned.len() > self.lag {
            self.earned.remove(0);
        }
    }

    /// How far what is owed is from what that should be, as a share of what has `moved`, on the path where it is farthest. An
    /// owner may be ruined, and is then owed nothing; in the last month a tax may take a part of what he is owed.
    pub fn farthest(&self, block: &Block, moved: &[f64; 256], (has_owner, is_last): (bool, bool)) -> f64 {
        let found = block.worlds[0].book.value(self.accounts[1]);
        let mut farthest = 0.0_f64;
        for lane in 0..256 {
            let exact: f64 = self.earned.iter().map(|month| month[lane]).sum();
            let above = found[lane] - exact;
            let away = if has_owner && is_last { above.max(-found[lane]) } else { above.abs() };
            if away > 0.0 && !(found[lane] == 0.0 && has_owner) {
                farthest = farthest.max(away / moved[lane]);
            }
        }
        farthest
    }
}
