//! A distribution as counted cells: single values, or the cells of a histogram.
//!
//! In: values or cells. Out: counts below, between, at; quantiles. Not here: bins of a picture
//! (`bars`).

/// Two figures nearer to each other than this part of them differ by rounding.
pub const ROUNDING: f64 = 1e-9;

/// Paths with an outcome in `low` … `high`; an atom when the two are equal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    pub low: f64,
    pub high: f64,
    pub count: u64,
}

/// Cells in increasing order that do not overlap.
#[derive(Clone, Debug, PartialEq)]
pub struct Distribution {
    cells: Vec<Cell>,
    /// Paths before each cell, and all of them at the end.
    before: Vec<u64>,
}

impl Distribution {
    /// One atom per distinct value.
    pub fn of_values(mut values: Vec<f64>) -> Self {
        values.sort_unstable_by(f64::total_cmp);
        let equal = values.chunk_by(|a, b| a == b);
        let atoms = equal.map(|run| Cell {
            low: run[0],
            high: run[0],
            count: run.len() as u64,
        });
        Self::of_cells(atoms.collect())
    }

    /// Cells of a histogram, in any order.
    pub fn of_cells(mut cells: Vec<Cell>) -> Self {
        cells.retain(|cell| cell.count > 0);
        cells.sort_by(|a, b| a.low.total_cmp(&b.low));
        let mut before = vec![0];
        for cell in &cells {
            before.push(before[before.len() - 1] + cell.count);
        }
        Self { cells, before }
    }

    /// All paths.
    pub fn n(&self) -> u64 {
        self.before[self.cells.len()]
    }

    /// Paths strictly below `value`; a cell that holds it is divided in proportion.
    pub fn count_below(&self, value: f64) -> f64 {
        let whole = self
            .cells
            .partition_point(|cell| cell.high <= value && cell.low < value);
        let rest = self.cells.get(whole).filter(|cell| cell.low < value);
        let part = rest.map_or(0.0, |cell| {
            cell.count as f64 * (value - cell.low) / (cell.high - cell.low)
        });
        self.before[whole] as f64 + part
    }

    /// Paths at exactly `value`.
    pub fn count_at(&self, value: f64) -> u64 {
        let atoms = self
            .cells
            .iter()
            .filter(|cell| cell.low == value && cell.high == value);
        atoms.map(|cell| cell.count).sum()
    }

    /// The ⌈np⌉-th outcome; inside a cell by proportion.
    pub fn quantile(&self, p: f64) -> Option<f64> {
        let rank = (p * self.n() as f64).ceil().max(1.0);
        let index = self.before[1..].partition_point(|before| (*before as f64) < rank);
        let cell = self.cells.get(index)?;
        let inside = (rank - self.before[index] as f64) / cell.count as f64;
        Some(cell.low + inside * (cell.high - cell.low))
    }

    /// Share of the paths below `value` by more than rounding.
    pub fn share_below(&self, value: f64) -> f64 {
        self.count_below(value - ROUNDING * value.abs()) / self.n().max(1) as f64
    }

    /// Share of the paths at `value`, but for rounding, or below it.
    pub fn share_up_to(&self, value: f64) -> f64 {
        let above = (value + ROUNDING * value.abs()).next_up();
        self.count_below(above) / self.n().max(1) as f64
    }

    /// The outcomes, rising, and how many paths have each; nothing if there are more than `most`, or
    /// if they are only known in cells. Outcomes that differ by rounding are one.
    pub fn outcomes(&self, most: usize) -> Option<Vec<(f64, u64)>> {
        let mut found: Vec<(f64, u64)> = Vec::new();
        for cell in &self.cells {
            if cell.low != cell.high {
                return None;
            }
            let is_full = found.len() == most;
            match found.last_mut() {
                Some((value, count)) if cell.low - *value <= ROUNDING * value.abs() => {
                    *count += cell.count;
                }
                _ if is_full => return None,
                _ => found.push((cell.low, cell.count)),
            }
        }
        (!found.is_empty()).then_some(found)
    }

    /// Least and greatest outcome.
    pub fn ends(&self) -> Option<(f64, f64)> {
        let (first, last) = (self.cells.first()?, self.cells.last()?);
        Some((first.low, last.high))
    }

    /// Everything but the atom at `value`.
    pub fn without(&self, value: f64) -> Self {
        let kept = self
            .cells
            .iter()
            .filter(|cell| cell.low != value || cell.high != value);
        Self::of_cells(kept.copied().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_of_values_are_exact() {
        let law = Distribution::of_values(vec![3.0, 0.0, 1.0, 0.0, 2.0]);
        assert_eq!(law.n(), 5);
        assert_eq!(law.count_at(0.0), 2);
        assert_eq!(law.count_below(0.0), 0.0);
        assert_eq!(law.count_below(1.0), 2.0);
        assert_eq!(law.count_below(1.5), 3.0);
        assert_eq!(law.count_below(9.0), 5.0);
        assert_eq!(law.quantile(0.5), Some(1.0));
        assert_eq!(law.quantile(1.0), Some(3.0));
        assert_eq!(law.without(0.0).n(), 3);
        assert_eq!(law.ends(), Some((0.0, 3.0)));
    }

    #[test]
    fn a_cell_is_divided_in_proportion() {
        let cell = |low, high, count| Cell { low, high, count };
        let law = Distribution::of_cells(vec![cell(2.0, 4.0, 10), cell(0.0, 0.0, 5)]);
        assert_eq!(law.count_below(3.0), 10.0);
        assert_eq!(law.count_below(4.0), 15.0);
        assert_eq!(law.quantile(2.0 / 3.0), Some(3.0));
    }

    #[test]
    fn outcomes_that_differ_by_rounding_are_one() {
        let law = Distribution::of_values(vec![7.0, 3.0, 3.0 + 1e-12, 7.0 - 1e-12, 3.0, 0.0]);
        let outcomes = law.outcomes(3).expect("three");
        let counts: Vec<u64> = outcomes.iter().map(|outcome| outcome.1).collect();
        assert_eq!(counts, [1, 3, 2]);
        assert_eq!(law.outcomes(2), None);
        let near = |share: f64, sixths: f64| (share * 6.0 - sixths).abs() < 1e-9;
        assert!(near(law.share_below(3.0), 1.0) && near(law.share_up_to(3.0), 4.0));
        assert!(near(law.share_below(0.0), 0.0) && near(law.share_up_to(0.0), 1.0));
    }

    #[test]
    fn nothing_at_all_has_no_quantile() {
        let law = Distribution::of_values(Vec::new());
        assert_eq!((law.n(), law.quantile(0.5), law.ends()), (0, None, None));
    }
}
