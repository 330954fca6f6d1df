//! Remarks on why figures of a comparison are less comparable than a reader would think.
//!
//! In: two scenarios. Out: [`Remark`]s. Not here: sentences (the templates of `report`).

use crate::random::Seeds;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Remark on a compared case that a reader needs besides its figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Remark {
    /// The base is its file as written, without the cases that its variants and axes define.
    BaseAsWritten { cases: usize },
    /// The case is its file as written, without the cases that its variants and axes define.
    AsWritten { cases: usize },
    /// The case runs with the seeds of the base; `own` are the seeds in its own file.
    OtherSeeds { own: Seeds },
    /// The case runs with the paths of the base; its own file has this many.
    OtherPaths { own: u64 },
    /// The case has other markets than the base, so `run` of the case alone draws them in another order.
    OtherMarkets,
    /// The initial investment differs: amounts have no verdict.
    OtherInvestment,
    /// Spending or flows differ: amounts are neither better nor worse. Losses have no verdict, since withdrawals
    /// count as received.
    OtherPayments,
    /// Mean incomes cross, but too many paths are ruined and have no income; `ruined` are the shares of base
    /// and case.
    NoCrossover { ruined: [f64; 2] },
}
