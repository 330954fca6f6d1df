//! Matrix of a figure for every pair of markets, with errors and the mean over the pairs.
//!
//! In: each path's contribution to the figure of each pair. Out: [`Pairs`]. Not here: the figure itself
//! (`pearson`, `tail`).

/// Fewest paths for the error of a pair: it is that of a mean over paths, with Student's law by then nearly normal.
const LEAST_PATHS: f64 = 32.0;

/// A symmetric matrix with one estimate for each pair of markets.
#[derive(Clone, Debug, PartialEq)]
pub struct Pairs {
    /// Number of markets, which is the number of rows.
    pub n_markets: usize,
    /// Figures, row-major; NaN on the diagonal and for a pair without a figure.
    values: Vec<f64>,
    /// Standard errors, laid out as `values`; until [`finish`](Self::finish), sums of squared influences.
    std_errors: Vec<f64>,
    /// Sum of each path's influences over the pairs. After [`finish`](Self::finish) it is the mean over the
    /// pairs of figure plus influence, so that its mean over paths is the mean figure.
    pub by_path: Vec<f64>,
}

impl Pairs {
    /// Creates a matrix in which no pair has a figure yet.
    pub fn none(n_markets: usize, n_paths: usize) -> Self {
        let nothing = vec![f64::NAN; n_markets * n_markets];
        Self { n_markets, values: nothing.clone(), std_errors: nothing, by_path: vec![0.0; n_paths] }
    }

    /// Returns the pairs (row, column) below the diagonal whose markets are both `usable`.
    pub fn of_usable(&self, usable: &[bool]) -> Vec<(usize, usize)> {
        let below = |row: usize| (0..row).map(move |column| (row, column));
        (0..self.n_markets).flat_map(below).filter(|(row, column)| usable[*row] && usable[*column]).collect()
    }

    /// Adds the influences of consecutive paths, from number `first` on, to the figure of one pair.
    pub fn add_influences(
        &mut self,
        pair: (usize, usize),
        first: usize,
        of_paths: impl Iterator<Item = f64>,
    ) {
        let cell = self.cell(pair.0, pair.1);
        let mut squares = 0.0;
        for (sum, influence) in self.by_path[first..].iter_mut().zip(of_paths) {
            *sum += influence;
            squares += influence * influence;
        }
        let before = self.std_errors[cell];
        self.std_errors[cell] = squares + if before.is_nan() { 0.0 } else { before };
    }

    /// Sets the figures of the pairs in `list` to `values`; turns sums of influences into errors and means.
    pub fn finish(&mut self, list: &[(usize, usize)], values: &[f64]) {
        let n = self.by_path.len() as f64;
        let n_pairs = list.len() as f64;
        for (&pair, &value) in list.iter().zip(values) {
            let (cell, mirrored) = (self.cell(pair.0, pair.1), self.cell(pair.1, pair.0));
            let error =
                if n < LEAST_PATHS { f64::NAN } else { (self.std_errors[cell] / (n * (n - 1.0))).sqrt() };
            for place in [cell, mirrored] {
                (self.values[place], self.std_errors[place]) = (value, error);
            }
        }
        let mean = values.iter().sum::<f64>() / n_pairs;
        for path in &mut self.by_path {
            *path = mean + *path / n_pairs;
        }
    }

    fn cell(&self, row: usize, column: usize) -> usize {
        row * self.n_markets + column
    }

    /// Returns the figure of a pair; NaN if it has none.
    pub fn value(&self, row: usize, column: usize) -> f64 {
        self.values[self.cell(row, column)]
    }

    /// Returns the standard error of the figure of a pair; NaN if it has none.
    pub fn std_error(&self, row: usize, column: usize) -> f64 {
        self.std_errors[self.cell(row, column)]
    }

    /// Returns, path by path, the mean over the pairs of this matrix minus that of `other` (see `by_path`).
    pub fn less(&self, other: &Self) -> Vec<f64> {
        self.by_path.iter().zip(&other.by_path).map(|(a, b)| a - b).collect()
    }
}
