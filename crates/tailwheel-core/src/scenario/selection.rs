//! Scenario with a subset of its assets.
//!
//! In: a scenario, one flag per asset. Out: the scenario without the other assets and without what concerned
//! only them. Not here: whether the kept assets depend on removed ones (`plan::premium`).

use super::Scenario;
use crate::math::correlation::Matrix;
use std::sync::Arc;

impl Scenario {
    /// Keeps the assets whose flag is true, in their order. Markets, correlations, events and prescribed
    /// falls that concern no kept asset are removed.
    pub fn keep_assets(&mut self, keeps: &[bool]) {
        let assets = Subset::of(keeps);
        assets.retain(&mut self.assets);
        for market in &mut self.markets {
            assets.renumber(&mut market.assets);
        }
        self.events.retain_mut(|event| {
            let is_of_owner = event.assets.is_empty();
            assets.renumber(&mut event.assets);
            assets.renumber(&mut event.beyond);
            is_of_owner || !event.assets.is_empty()
        });
        let are_held: Vec<bool> = self.markets.iter().map(|market| !market.assets.is_empty()).collect();
        self.keep_markets(&Subset::of(&are_held));
    }

    fn keep_markets(&mut self, markets: &Subset<'_>) {
        markets.retain(&mut self.markets);
        for asset in &mut self.assets {
            asset.market.index = markets.number(asset.market.index);
        }
        self.shocks.retain_mut(|shock| {
            markets.renumber(&mut shock.markets);
            !shock.markets.is_empty()
        });
        let crisis = self.crisis.as_mut().map(|crisis| &mut crisis.matrix);
        for matrix in [&mut self.correlation.matrix].into_iter().chain(crisis) {
            *matrix = Arc::new(markets.part_of(matrix));
        }
    }
}

/// Subset of a list, with the new indices of the kept items.
struct Subset<'a> {
    keeps: &'a [bool],
    /// Number of kept items before each index, which is the new index of a kept item.
    before: Vec<usize>,
}

impl<'a> Subset<'a> {
    fn of(keeps: &'a [bool]) -> Self {
        let mut n_before = 0;
        let numbers = keeps.iter().map(|stays| {
            n_before += usize::from(*stays);
            n_before - usize::from(*stays)
        });
        let before = numbers.collect();
        Self { keeps, before }
    }

    fn number(&self, index: usize) -> usize {
        self.before[index]
    }

    fn renumber(&self, all: &mut Vec<usize>) {
        all.retain(|index| self.keeps[*index]);
        for index in all {
            *index = self.number(*index);
        }
    }

    fn retain<T>(&self, all: &mut Vec<T>) {
        let mut keeps = self.keeps.iter();
        all.retain(|_| keeps.next().copied().unwrap_or(false));
    }

    fn part_of(&self, matrix: &Matrix) -> Matrix {
        let stay: Vec<usize> = (0..matrix.order()).filter(|row| self.keeps[*row]).collect();
        Matrix::from_fn(stay.len(), |row, column| matrix.get(stay[row], stay[column]))
    }
}
