//! A limit of many times what can be lost: which way it moves the result, as the warning of it says.

use crate::common::{Ran, asset, close, head};

const MEAN: &str = "wealth.terminal.real.mean";

/// A holding of 100,000 that is hacked at times, insured up to `limit` on these `terms`.
fn insured(limit: u32, terms: &str) -> String {
    head("10 years", 16_384)
        + &asset(
            "x",
            "defi-yield-aggregator",
            100_000.0,
            "roi = 0.1\nroi_law = \"point\"\nvolatility = 0\nincome_share = 1\n",
        )
        + &format!(
            "[[event]]\nname = \"hack\"\nkind = \"contract-exploit\"\nasset = \"x\"\nrate = \"0.05/year\"\n\
             [owner]\ncash = 2_000_000\nsurplus = \"keep\"\n[[owner.cover]]\nname = \"c\"\nasset = \"x\"\ncause = \"hack\"\n\
             limit = {limit}\n{terms}\n[economy]\ninflation.fixed = 0\ncash_rate = 0\n"
        )
}

/// Figures with a limit of what can be lost, and of twenty times that.
fn both(terms: &str) -> [Ran; 2] {
    [100_000, 2_000_000].map(|limit| Ran::of(&insured(limit, terms)))
}

const WHEN: &str = "pays_when = { yield_below = 0.05 }";

#[test]
fn where_losses_are_paid_it_costs_a_written_premium_and_changes_nothing_of_one_that_is_worked_out() {
    let [plain, beyond] = both("premium = \"3 %/year\"");
    assert!(beyond.measure(MEAN) < plain.measure(MEAN));
    let [plain, beyond] = both("");
    for id in [MEAN, "cover.payouts.mean", "cause.premium.mean"] {
        close(id, beyond.measure(id), plain.measure(id), 1e-9);
    }
}

#[test]
fn where_a_yield_decides_the_mean_rises_if_payouts_exceed_premiums() {
    for (premium, rises) in
        [("premium = \"0.5 %/year\"", true), ("premium = \"8 %/year\"", false), ("", false)]
    {
        let [plain, beyond] = both(&format!("{premium}\n{WHEN}"));
        let (paid, cost) = (beyond.measure("cover.payouts.mean"), -beyond.measure("cause.premium.mean"));
        assert_eq!(paid > cost, rises, "{premium}: {paid} {cost}");
        assert_eq!(beyond.measure(MEAN) > plain.measure(MEAN), rises, "{premium}");
        // whoever is paid is rich, all others have paid for it
        let moved = |id: &str| beyond.measure(id) - plain.measure(id);
        assert!(moved("wealth.terminal.real.p95") > 0.0, "{premium}");
        assert!(moved("wealth.terminal.real.p50") < 0.0, "{premium}");
    }
}
