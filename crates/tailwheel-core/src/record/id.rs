//! Ids of the measures that other modules refer to.
//!
//! In: nothing. Out: a constant for each family (the common prefix of a quantity's measure ids) and for some
//! of its figures. Not here: what they measure (the file of the quantity), the list of all measures
//! (`stats`).

use crate::stage::WITHOUT_FEEDBACK;

/// Declares one constant for the ids of each quantity, and one for each figure that is named.
macro_rules! families {
    ($($family:ident = $id:literal $({ $($figure:ident = $suffix:literal),* })?;)*) => {
        $(pub const $family: &str = $id;
        $($(pub const $figure: &str = concat!($id, ".", $suffix);)*)?)*

        #[cfg(test)]
        const FAMILIES: &[(&str, &[&str])] = &[$(($id, &[$($($figure),*)?])),*];
    };
}

families! {
    WEALTH = "wealth.terminal";
    REAL_WEALTH = "wealth.terminal.real" {
        REAL_WEALTH_MEAN = "mean", REAL_WEALTH_P05 = "p05", REAL_WEALTH_P50 = "p50", REAL_WEALTH_P75 = "p75",
        REAL_WEALTH_P95 = "p95"
    };
    REAL_INCOME = "income.terminal.real";
    RETURN = "cagr" { RETURN_P50 = "p50" };
    REAL_RETURN = "cagr.real" { REAL_RETURN_P50 = "p50" };
    REAL_IRR = "irr.real";
    DRAWDOWN = "drawdown.max" { DRAWDOWN_MEAN = "mean", DRAWDOWN_P50 = "p50", DRAWDOWN_P95 = "p95" };
    LONGEST_DRAWDOWN = "drawdown.longest" { LONGEST_DRAWDOWN_P50 = "p50" };
    INDEX_FUND = "benchmark.index_fund.terminal.real";
    SAVINGS = "benchmark.savings.terminal.real";
    ABOVE_INDEX_FUND = "benchmark.index_fund.beaten.probability";
    LOSS_PROBABILITY = "loss.probability";
    LOSS = "loss" { LOSS_SD = "sd" };
    VALUE_AT_RISK_95 = "value_at_risk.95";
    EXPECTED_SHORTFALL_95 = "expected_shortfall.95";
    CONTRIBUTION = "asset.<name>.contribution";
    OWNER_CONTRIBUTION = "owner.contribution";
    RUIN = "ruin.probability";
    RUIN_BY_CAUSE = "ruin.cause.<cause>.probability";
    CAUSE = "cause.<cause>" { CAUSE_MEAN = "mean", CAUSE_WORST5 = "worst5" };
    EVENT_PROBABILITY = "event.<event>.probability";
    EVENT_LOSS = "event.<event>.loss" { EVENT_LOSS_MEAN = "mean", EVENT_LOSS_P95 = "p95" };
    EVENTS_LOSS = "events.loss" { EVENTS_LOSS_P95 = "p95" };
    PAYOUTS = "cover.payouts" { PAYOUTS_MEAN = "mean" };
    MISSED = "cover.missed" { MISSED_MEAN = "mean" };
    BEYOND = "cover.beyond" { BEYOND_MEAN = "mean" };
    HOURS = "hours.week" { HOURS_MEAN = "mean" };
    FULL_CASCADE = "loop.full_cascade.probability";
    SELLING_MONTHS = "loop.selling_months.per_year";
    CRASH_MONTHS = "loop.crash_months.per_year";
}

/// Mean correlation of the markets in crash months; `stats` declares it, since no single path has it.
pub const CRASH_CORRELATION: &str = "correlation.realised.crash.mean";

/// Prefix of the ids of figures that show the effect of agent selling.
pub const ADDED: &str = "amplification.";

/// Returns the id of the figure that shows the effect of agent selling on the figure `id`.
pub fn added(id: &str) -> String {
    format!("{ADDED}{id}")
}

/// Returns the id of figure `id` in the paired run without agents.
pub fn without_feedback(id: &str) -> String {
    format!("{WITHOUT_FEEDBACK}{id}")
}

/// Returns `id` with its placeholder replaced by `name`, of an asset, event, cause, state or residence.
pub fn of(id: &str, name: &str) -> String {
    match (id.find('<'), id.find('>')) {
        (Some(from), Some(to)) => format!("{}{name}{}", &id[..from], &id[to + 1..]),
        _ => id.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::declared;

    #[test]
    fn every_family_is_declared_with_its_named_figures() {
        for (family, figures) in FAMILIES {
            let (_, own) = declared().find(|(_, one)| one.id == *family).expect(family);
            let has = |id: &str| own.run.iter().any(|one| id == format!("{family}.{}", one.suffix));
            assert!(figures.iter().all(|id| has(id)), "{family}");
        }
        assert_eq!(of(EVENT_LOSS_MEAN, "a <b>"), "event.a <b>.loss.mean");
        assert_eq!(added(RUIN), "amplification.ruin.probability");
    }
}
