//! Realized correlations of the markets, as the report contains them.
//!
//! In: results of the statistics. Out: [`CorrelationsPart`]. Not here: estimation (`stats`), the correlations
//! that a scenario assumes (`document`).

use crate::crash::CRASH_FALL;
use crate::stats::CoMoved;
use crate::stats::co_movement::{Months, Pairs, Question, World};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Correlations and tail coefficients of every pair of markets, as the run produced them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CorrelationsPart {
    /// Names of the markets, in the order of rows and columns of the matrices.
    pub markets: Vec<String>,
    /// Number of paths from which correlations are computed: the first paths of the run.
    pub paths: usize,
    /// Number of months from which correlations are computed, over all `paths`.
    pub months: usize,
    /// Number of crash months among `months`; absent without agents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crash_months: Option<usize>,
    /// Smallest log fall of a market by agents' sales that makes a month a crash month.
    pub crash_fall: f64,
    /// Correlations between the markets' returns over all months.
    pub all: Option<WorldsPart>,
    /// Correlations between the markets' returns over months without a crash.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calm: Option<WorldsPart>,
    /// Correlations between the markets' returns over crash months.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crash: Option<WorldsPart>,
    /// Coefficients of tail dependence at 1 %.
    pub tail_dependence_01: Option<WorldsPart>,
}

/// Coefficients of all pairs of markets in the run, and in the paired run without agent selling.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WorldsPart {
    pub run: PairsPart,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub without_feedback: Option<PairsPart>,
}

/// Symmetric matrices of coefficients and of their standard errors, a row and a column per market; null on
/// the diagonal and for a pair without a figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PairsPart {
    pub matrix: Vec<Vec<Option<f64>>>,
    pub std_error: Vec<Vec<Option<f64>>>,
}

/// Fewest crash months for which the correlations of their returns are reported.
const FEWEST: usize = 100;
/// Smallest fraction of crash months among all months for which the correlations of their returns are reported.
const LEAST_SHARE: f64 = 0.02;

impl CorrelationsPart {
    pub(super) fn new(found: &CoMoved) -> Self {
        let worlds = |question| -> Option<WorldsPart> {
            let pairs = |world| found.pairs(question, world).ok().map(PairsPart::new);
            Some(WorldsPart { run: pairs(World::Run)?, without_feedback: pairs(World::WithoutAgents) })
        };
        Self {
            markets: found.markets.clone(),
            paths: found.n_paths,
            months: found.n_months,
            crash_months: found.n_crashes,
            crash_fall: CRASH_FALL,
            all: worlds(Question::Correlation(Months::All)),
            calm: worlds(Question::Correlation(Months::Calm)),
            crash: worlds(Question::Correlation(Months::Crash)),
            tail_dependence_01: worlds(Question::TailCoefficient),
        }
    }

    /// True if crash months are frequent enough to report correlations in them. In few months selected by
    /// their falls, the selection itself makes correlations negative (Berkson 1946).
    pub(super) fn has_enough_crashes(&self) -> bool {
        let crashes = self.crash_months.unwrap_or(0);
        crashes >= FEWEST && crashes as f64 >= LEAST_SHARE * self.months as f64
    }
}

impl PairsPart {
    fn new(pairs: &Pairs) -> Self {
        let all = 0..pairs.n_markets;
        let matrix = |of: fn(&Pairs, usize, usize) -> f64| {
            let cell = |row, column| Some(of(pairs, row, column)).filter(|cell| cell.is_finite());
            let row = |row| all.clone().map(|column| cell(row, column)).collect();
            all.clone().map(row).collect()
        };
        Self { matrix: matrix(Pairs::value), std_error: matrix(Pairs::std_error) }
    }
}
