//! Insurance that pays by a yield: against the yield of a unit, by hand; and that nobody's purchases, sales and prices move it.

use crate::common::{Ran, asset, close, head};
use crate::verification::texts::hack;

/// Claimed return of a year.
const ROI: f64 = 0.12;
const LIMIT: f64 = 40_000.0;
const MEAN: &str = "cover.payouts.mean";

/// A holding of 100,000 that pays the claim at its word; `strikes` are months of 2027 and parts that are taken in them.
struct Case<'a> {
    keys: &'a str,
    strikes: &'a [(u32, f64)],
    threshold: f64,
    cover: &'a str,
    owner: &'a str,
}

const BASE: Case<'static> = Case {
    keys: "income_share = 0.9\nvolatility = 0\ndecay = 0",
    strikes: &[(6, 0.5)],
    threshold: 0.1,
    cover: "",
    owner: "cash = 50_000\nsurplus = \"keep\"",
};

impl Case<'_> {
    /// With more keys of the trigger.
    fn with_trigger(&self, trigger: &str) -> Ran {
        let keys = format!("roi = {ROI}\nroi_law = \"point\"\nincome_log_sd = 0\n{}", self.keys);
        let mut text = head("12 months", 256) + &asset("x", "defi-yield-aggregator", 100_000.0, &keys);
        for (index, (month, taken)) in self.strikes.iter().enumerate() {
            let strike = hack("x", &format!("at = \"2027-{month:02}\"\nseverity = {taken:?}\ntotal = 0"));
            text += &strike.replace("\"hack\"", &format!("\"hack-{index}\""));
        }
        text += &format!(
            "[owner]\n{}\n[[owner.cover]]\nasset = \"x\"\ncause = \"contract-exploit\"\nlimit = {LIMIT}\npremium = 0\n\
             insurer_default = 0\npays_when = {{ yield_below = {:?}{trigger} }}\n{}\n[economy]\ninflation.fixed = 0\ncash_rate = 0\n",
            self.owner, self.threshold, self.cover
        );
        Ran::of(&text)
    }

    fn run(&self) -> Ran {
        self.with_trigger("")
    }

    fn paid(&self) -> f64 {
        self.run().measure(MEAN)
    }
}

const DECAYING: &str = "income_share = 0.9\nvolatility = 0\ndecay = 0.3";

/// What a unit brings in a month.
fn month() -> f64 {
    (1.0 + ROI).powf(1.0 / 12.0) - 1.0
}

fn asked(yielded: f64, threshold: f64) -> f64 {
    LIMIT * (1.0 - yielded / threshold).max(0.0)
}

#[test]
fn the_threshold_is_a_severity() {
    for taken in [0.25, 0.5, 0.9, 1.0] {
        for threshold in [0.02, 0.1, 0.4] {
            let yielded = 12.0 * month() * (1.0 - taken);
            let case = Case { strikes: &[(6, taken)], threshold, ..BASE };
            close("paid", case.paid(), asked(yielded, threshold), 1e-9);
        }
    }
    // below the attachment of a fifth nothing opens
    let small = Case { strikes: &[(6, 0.19)], threshold: 0.9, ..BASE };
    assert_eq!(small.paid(), 0.0);
}

#[test]
fn decay_and_later_events_lower_the_yield_and_open_no_second_window() {
    let (left, struck) = ((-0.3_f64 / 12.0).exp(), 0.5 * 0.7);
    let yielded = 4.0 * month() * (0.5 * left + 0.5 * left * left + struck * left.powi(3));
    let case = Case { keys: DECAYING, strikes: &[(6, 0.5), (8, 0.3)], ..BASE };
    close("paid", case.paid(), asked(yielded, 0.1), 1e-9);
    // the window is over: one more, for what is left of the limit
    let twice = Case { strikes: &[(2, 0.5), (6, 0.5)], ..BASE };
    let once = asked(6.0 * month(), 0.1);
    close("twice", twice.paid(), (2.0 * once).min(LIMIT), 1e-9);
}

#[test]
fn the_window_is_as_long_as_it_says_and_ends_with_the_run() {
    let left = (-0.3_f64 / 12.0).exp();
    for (window, strike, n_months) in [
        ("\"1 month\"", 6, 1),
        ("\"40 days\"", 6, 2),
        ("\"5 months\"", 6, 5),
        ("\"3 months\"", 11, 1),
        ("\"3 months\"", 10, 2),
        ("\"3 months\"", 12, 0),
    ] {
        let sum: f64 = (1..=n_months).map(|month: i32| left.powi(month)).sum();
        let yielded = 12.0 / f64::from(n_months.max(1)) * month() * 0.5 * sum;
        let expected = if n_months > 0 { asked(yielded, 0.2) } else { 0.0 };
        let case = Case { keys: DECAYING, strikes: &[(strike, 0.5)], threshold: 0.2, ..BASE };
        let found = case.with_trigger(&format!(", window = {window}")).measure(MEAN);
        close(window, found, expected, 1e-9);
    }
}

#[test]
fn an_event_in_the_month_of_settlement_lowers_no_yield_and_opens_the_next_window() {
    /// Window, strikes, what is paid.
    type Settled<'a> = (&'a str, &'a [(u32, f64)], f64);
    let full = 12.0 * month();
    let cases: [Settled<'_>; 6] = [
        // settled in June by what was left in May; the total loss of June has a window of its own, and the rest of the limit
        ("3 months", &[(3, 0.5), (6, 1.0)], LIMIT),
        ("3 months", &[(3, 0.5), (6, 0.4)], asked(0.5 * full, 0.1) + asked(0.6 * full, 0.1)),
        // a month before it lowers the yield of the last month, and opens nothing
        ("3 months", &[(3, 0.5), (5, 1.0)], asked(full / 3.0, 0.1)),
        // too small for a window of its own
        ("3 months", &[(3, 0.5), (6, 0.19)], asked(0.5 * full, 0.1)),
        ("1 month", &[(3, 0.3), (4, 0.3), (5, 0.3)], 3.0 * asked(0.7 * full, 0.1)),
        // cut short by the horizon, where the total loss opens a window that has no month
        ("3 months", &[(10, 0.5), (12, 1.0)], asked(0.5 * full, 0.1)),
    ];
    for (window, strikes, exact) in cases {
        let case = Case { keys: "income_share = 1\nvolatility = 0\ndecay = 0", strikes, ..BASE };
        let run = case.with_trigger(&format!(", window = \"{window}\""));
        let what = format!("{window}, {strikes:?}");
        close(&what, run.measure(MEAN), exact, 1e-9);
        let left = strikes.iter().fold(100_000.0, |left, (_, share)| left * (1.0 - share));
        let missed = run.measure("cover.missed.mean") - run.measure("cover.beyond.mean");
        close(&what, missed, 100_000.0 - left - exact, 1e-9);
    }
}

#[test]
fn what_is_owed_at_the_horizon_counts_in_full() {
    let wealth = |cover: &str, window: &str| {
        let run = Case { cover, ..BASE }.with_trigger(&format!(", window = \"{window}\""));
        (run.measure("wealth.terminal.mean"), run.measure(MEAN))
    };
    let paid = wealth("", "3 months");
    assert!(paid.1 > 0.0);
    // a window that the horizon cuts short is settled on the months there are, and its payout is owed
    for owed in [wealth("waiting = \"5 years\"", "3 months"), wealth("", "5 years")] {
        close("final wealth", owed.0, paid.0, 1e-12);
        close("payouts", owed.1, paid.1, 1e-12);
    }
}

#[test]
fn neither_prices_nor_the_owner_move_what_is_paid() {
    let exact = asked(6.0 * month(), 0.1);
    for keys in [
        "income_share = 0\nvolatility = 0\ndecay = 0",
        "income_share = 1\nvolatility = 0\ndecay = 0",
        "income_share = 0.5\nvolatility = 0.9\ndecay = 0",
        "income_share = 1\nvolatility = 0.5\njumps = { rate = \"4/year\", mean = -0.1, sd = 0.1 }\ndecay = 0",
    ] {
        for owner in [
            "cash = 50_000\nsurplus = \"keep\"",
            "cash = 1_000\nsurplus = \"reinvest\"",
            // most of it, and all of it, has to be sold within the window
            "cash = 100\nflows = [{ name = \"car\", amount = -20_000, at = \"2027-07\" }]",
            "cash = 100\nflows = [{ name = \"house\", amount = 30_000, at = \"2027-06\" }]",
        ] {
            let case = Case { keys, owner, cover: "attachment = 0", ..BASE };
            let run = case.run();
            if run.has("ruin.probability") && run.measure("ruin.probability") > 0.0 {
                continue;
            }
            for figure in ["mean", "p95", "p99"] {
                let id = format!("cover.payouts.{figure}");
                close(&format!("{id}: {keys}, {owner}"), run.measure(&id), exact, 1e-9);
            }
        }
    }
}

#[test]
fn what_is_paid_may_miss_the_loss_or_exceed_it() {
    // half of 100,000 is lost (and what it grew by); 40,000 are the most
    let run = BASE.run();
    let grown = 1.0 + 0.1 * month();
    let lost = 50_000.0 * grown.powi(6);
    let paid = asked(6.0 * month(), 0.1);
    close("missed", run.measure("cover.missed.mean"), lost - paid, 1e-9);
    assert_eq!(run.measure("cover.beyond.mean"), 0.0);
    let run = Case { strikes: &[(6, 0.21)], threshold: 0.9, ..BASE }.run();
    let lost = 21_000.0 * grown.powi(6);
    let paid = asked(12.0 * month() * 0.79, 0.9);
    close("beyond", run.measure("cover.beyond.mean"), paid - lost, 1e-9);
    assert_eq!(run.measure("cover.missed.mean"), 0.0);
}

#[test]
fn a_pool_below_the_threshold_that_is_never_hacked_is_paid_nothing() {
    let text = head("5 years", 2_048)
        + &asset("x", "defi-yield-aggregator", 100_000.0, "roi = 0.04\nroi_law = \"point\"\n")
        + "[[event]]\nname = \"hack\"\nkind = \"contract-exploit\"\nasset = \"x\"\nrate = 0\n\
           [[event]]\nname = \"key\"\nkind = \"custody-loss\"\nasset = \"x\"\nrate = \"0.2/year\"\n\
           [owner]\ncash = 50_000\n[[owner.cover]]\nasset = \"x\"\ncause = \"hack\"\nlimit = 40_000\npremium = 0.04\n\
           pays_when = { yield_below = 0.5 }\n";
    let run = Ran::of(&text);
    assert_eq!(run.measure(MEAN), 0.0);
    assert!(run.measure("event.key.probability") > 0.5);
}
