//! A figure of every pair of markets, its error, and its mean over the pairs.
//!
//! In: what each path contributes to the figure of each pair. Out: [`Pairs`]. Not here: which
//! figure it is.

/// A symmetric matrix of estimates of pairs.
#[derive(Clone, Debug, PartialEq)]
pub struct Pairs {
    n_markets: usize,
    /// Row major; not a number on the diagonal and for a pair that has no figure.
    values: Vec<f64>,
    /// As `values`; until finished, sums of squared influences.
    std_errors: Vec<f64>,
    /// Per path, the sum of its influences over the pairs; when finished, the mean over the pairs
    /// of the figures themselves plus influence, so that its own mean is the mean figure.
    by_path: Vec<f64>,
}

impl Pairs {
    /// No figure of any pair yet.
    pub fn none(n_markets: usize, n_paths: usize) -> Self {
        let nothing = vec![f64::NAN; n_markets * n_markets];
        Self {
            n_markets,
            values: nothing.clone(),
            std_errors: nothing,
            by_path: vec![0.0; n_paths],
        }
    }

    /// Pairs (row, column) below the diagonal of which both are `usable`.
    pub fn of_usable(&self, usable: &[bool]) -> Vec<(usize, usize)> {
        let below = |row: usize| (0..row).map(move |column| (row, column));
        (0..self.n_markets)
            .flat_map(below)
            .filter(|(row, column)| usable[*row] && usable[*column])
            .collect()
    }

    /// Adds the influences on one pair of the paths from `first` on.
    pub fn add_influences(
        &mut self,
        pair: (usize, usize),
        first: usize,
        of_paths: impl Iterator<Item = f64>,
    ) {
        let cell = self.cell(pair);
        let mut squares = 0.0;
        for (sum, influence) in self.by_path[first..].iter_mut().zip(of_paths) {
            *sum += influence;
            squares += influence * influence;
        }
        let before = self.std_errors[cell];
        self.std_errors[cell] = squares + if before.is_nan() { 0.0 } else { before };
    }

    /// Turns sums into errors and means, once all influences on the pairs of `list` are added.
    pub fn finish(&mut self, list: &[(usize, usize)], values: &[f64]) {
        let n = self.by_path.len() as f64;
        let n_pairs = list.len() as f64;
        for (&pair, &value) in list.iter().zip(values) {
            let (cell, mirrored) = (self.cell(pair), self.cell((pair.1, pair.0)));
            // 0/0, not a number, for a single path
            let error = (self.std_errors[cell] / (n * (n - 1.0))).sqrt();
            for place in [cell, mirrored] {
                (self.values[place], self.std_errors[place]) = (value, error);
            }
        }
        let mean = values.iter().sum::<f64>() / n_pairs;
        for path in &mut self.by_path {
            *path = mean + *path / n_pairs;
        }
    }

    fn cell(&self, (row, column): (usize, usize)) -> usize {
        row * self.n_markets + column
    }

    /// Rows of the matrix.
    pub fn n_markets(&self) -> usize {
        self.n_markets
    }

    /// Figure of a pair; not a number where there is none.
    pub fn value(&self, row: usize, column: usize) -> f64 {
        self.values[self.cell((row, column))]
    }

    /// Standard error of that figure.
    pub fn std_error(&self, row: usize, column: usize) -> f64 {
        self.std_errors[self.cell((row, column))]
    }

    /// One number per path, whose mean is the mean figure and whose spread its error.
    pub fn by_path(&self) -> &[f64] {
        &self.by_path
    }

    /// Path by path, this figure less `other`.
    pub fn less(&self, other: &Self) -> Vec<f64> {
        let both = self.by_path.iter().zip(&other.by_path);
        both.map(|(a, b)| a - b).collect()
    }
}
