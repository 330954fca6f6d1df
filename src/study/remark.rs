//! Why figures of a comparison mean less, or another thing, than a reader would think.
//!
//! In: two scenarios. Out: [`Remark`]s. Not here: sentences (the templates of `report`).

use crate::random::Seeds;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a reader must know of a case besides its figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Remark {
    /// The base is its file as written, without the cases that the file makes.
    BaseAsWritten { cases: usize },
    /// The same of the case.
    AsWritten { cases: usize },
    /// The case has the seeds of the base; its own file has these.
    OtherSeeds { own: Seeds },
    /// The case has the paths of the base; its own file has so many.
    OtherPaths { own: u64 },
    /// `run` draws the markets of the case in another order.
    OtherMarkets,
    /// Another initial investment: amounts have no verdict.
    OtherInvestment,
    /// Other spending or flows: losses have no verdict, since withdrawals count as received.
    OtherPayments,
    /// Mean incomes cross, but these shares of the paths of base and case are ruined and have no income.
    NoCrossover { ruined: [f64; 2] },
}
