//! A second look at the book of a block: what has moved, and whether all of it is still there.

use tailwheel::book::Account;
use tailwheel::engine::Block;
use tailwheel::plan::Plan;

/// Every account of a block: what stands in it, and how much has moved on each path.
pub struct Audit {
    standing: Vec<[f64; 256]>,
    pub moved: [f64; 256],
}

impl Audit {
    pub fn new(plan: &Plan) -> Self {
        Self {
            standing: vec![[0.0; 256]; plan.accounts.len()],
            moved: [0.0; 256],
        }
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
        let relative = net
            .iter()
            .zip(&self.moved)
            .filter(|(_, moved)| **moved > 0.0);
        relative
            .map(|(net, moved)| net.abs() / moved)
            .fold(0.0, f64::max)
    }

    pub fn is_finite(&self) -> bool {
        self.moved.iter().all(|moved| moved.is_finite())
    }
}
