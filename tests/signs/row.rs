//! The rows of `expected.tsv`: which way a key moves three outcomes.

/// What theory or a source expects of one outcome when a key is raised.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sign {
    Rises,
    Falls,
    Stays,
    Either,
}

impl Sign {
    fn of(text: &str) -> Self {
        match text {
            "+" => Self::Rises,
            "-" => Self::Falls,
            "0" => Self::Stays,
            "~" => Self::Either,
            _ => panic!("`{text}` is no sign"),
        }
    }
}

/// One key, the two values to compare and the signs of the three outcomes.
pub struct Row {
    pub section: &'static str,
    pub key: &'static str,
    pub kind: &'static str,
    pub basis: &'static str,
    pub event: &'static str,
    pub values: [&'static str; 2],
    /// Of the median of real final wealth, of its 5th percentile, of the probability of ruin.
    pub signs: [Sign; 3],
}

impl Row {
    /// How messages call the row.
    pub fn title(&self) -> String {
        let Self {
            section,
            key,
            kind,
            basis,
            event,
            ..
        } = self;
        format!("{section} {key} {kind} {basis} {event}")
    }
}

/// The rows of a table with a header, each line split at tabs.
pub fn lines<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    table.lines().skip(1).map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        <[&str; N]>::try_from(cells).unwrap_or_else(|_| panic!("not {N} columns: {line}"))
    })
}

/// All rows of `expected.tsv`.
pub fn expected() -> Vec<Row> {
    let rows = lines::<11>(include_str!("expected.tsv"));
    let row = |[
        section,
        key,
        kind,
        basis,
        event,
        low,
        high,
        median,
        p05,
        ruin,
        _why,
    ]: [&'static str; 11]| Row {
        section,
        key,
        kind,
        basis,
        event,
        values: [low, high],
        signs: [median, p05, ruin].map(Sign::of),
    };
    rows.map(row).collect()
}
