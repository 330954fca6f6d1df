//! Meaning of the columns of a run: the money that turns them into losses, and the names of their objects.
//!
//! In: flows and names. Out: [`Basis`]. Not here: the columns (`data`).

/// Money that crossed the border of the portfolio, in real terms (money of the start).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Flows {
    /// Opening values, opening cash and contributions.
    pub money_in: f64,
    /// Spending and withdrawals that were paid.
    pub money_out: f64,
}

/// Fraction of the money invested below which a loss or gain is rounding of the deflation: cash that earns
/// exactly inflation loses nothing.
const ROUNDING: f64 = 1e-9;

impl Flows {
    /// Returns the loss if `wealth` is left at the end, in money of the start; exactly 0 within rounding.
    #[inline(always)]
    pub(super) fn loss(&self, wealth: f64) -> f64 {
        let loss = self.money_in - self.money_out - wealth;
        if loss.abs() <= ROUNDING * self.money_in { 0.0 } else { loss }
    }
}

/// Flows that turn columns into gains and losses, and the names of the objects that columns belong to.
#[derive(Clone, Debug, PartialEq)]
pub struct Basis {
    /// Money flows from the start to the horizon.
    pub flows: Flows,
    /// Money flows from the start to the end of month 12.
    pub flows_year1: Flows,
    /// Names of the assets in canonical order.
    pub asset_names: Vec<String>,
    pub event_names: Vec<String>,
    /// Names of the states that assets report.
    pub state_names: Vec<String>,
    /// Names of the places that require an income.
    pub place_names: Vec<String>,
    /// True if something can happen on only a few paths: jumps, crises, agents' sales, failed launches,
    /// counts of a mechanism.
    pub has_events: bool,
    /// True if the owner can face a bill that hardly any path meets: damages or a tax.
    pub has_rare_bills: bool,
}
