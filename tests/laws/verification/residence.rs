//! Where an owner lives: costs against the moments of their law, moves against the same rules by hand.

use crate::common::{Ran, asset, close, head, scenario};
use crate::verification::beside;
use tailwheel::record::WEALTH;

/// 100,000 that pay 1,000 a month, and 100,000 that grow by `growth` a month; nothing left to chance.
pub fn lives(months: u32, paths: u32, growth: f64, owner: &str) -> String {
    let year = |monthly: f64| ((1.0 + monthly).powi(12) - 1.0) * 100.0;
    let keys = |monthly: f64, income_share: u32| {
        format!(
            "roi = \"{} %\"\nroi_law = \"point\"\nincome_share = {income_share}\nvolatility = 0\ndecay = 0\n\
             exit_haircut = {}",
            year(monthly),
            income_share
        )
    };
    head(&format!("{months} months"), paths)
        + &asset("pays", "micro-saas-fleet", 100_000.0, &keys(0.01, 1))
        + &asset("rises", "micro-saas-fleet", 100_000.0, &keys(growth, 0))
        + &format!("[owner]\nsurplus = \"keep\"\n{owner}\n[economy]\ninflation.fixed = 0\ncash_rate = 0\n")
}

#[test]
fn the_cost_of_compliance_has_the_moments_of_its_pert_law_and_stays_within_its_ends() {
    let costs = |likeliest: &str| -> Vec<f64> {
        let cost = format!("compliance_cost = [\"650/year\", \"{likeliest}/year\", \"2000/year\"]");
        Ran::of(&lives(12, 20_000, 0.0, &cost)).column(WEALTH).iter().map(|left| 212_000.0 - left).collect()
    };
    let moments = |costs: &[f64]| {
        let n = costs.len() as f64;
        let mean = costs.iter().sum::<f64>() / n;
        let variance = costs.iter().map(|cost| (cost - mean).powi(2)).sum::<f64>() / (n - 1.0);
        let fourth = costs.iter().map(|cost| (cost - mean).powi(4)).sum::<f64>() / n;
        let errors = [(variance / n).sqrt(), ((fourth - variance * variance) / n).sqrt()];
        ([mean, variance], errors)
    };
    // (low + 4·likeliest + high)/6 and (mean − low)(high − mean)/7
    let (mean, variance) = (1_375.0, 725.0 * 625.0 / 7.0);
    let found = costs("1400");
    assert!(found.iter().all(|cost| (649.999..=2_000.001).contains(cost)));
    let (moment, error) = moments(&found);
    for (index, exact) in [mean, variance].into_iter().enumerate() {
        let away = (moment[index] - exact).abs() / error[index];
        assert!(away < 4.0, "moment {index}: {moment:?}, {away} errors");
    }
    // power: the likeliest a twentieth off is seen
    let (moment, error) = moments(&costs("1470"));
    assert!((moment[0] - mean).abs() > 4.0 * error[0]);
}

#[test]
fn a_place_is_what_the_catalog_says_and_what_is_typed_replaces_it() {
    let digest = |owner: &str| scenario(&lives(12, 256, 0.0, owner)).model_digest();
    let cost = "compliance_cost = [\"1000/year\", \"3500/year\", \"6000/year\"]";
    let typed = digest(&format!("tax_rate = \"7-10 %\"\n{cost}"));
    assert_eq!(digest("residence = \"singapore\""), typed);
    assert_eq!(digest("residence = [{ in = \"singapore\" }]"), typed);
    let other = digest(&format!("tax_rate = \"9 %\"\n{cost}"));
    assert_eq!(digest("residence = \"singapore\"\ntax_rate = \"9 %\""), other);
    assert_ne!(digest("residence = \"estonia\""), typed);
    let uae = digest("residence = \"united-arab-emirates\"");
    assert_eq!(digest("residence = \"uae\""), uae);
}

#[test]
fn places_are_compared_on_the_same_draws() {
    // whoever pays much of one range pays much of the other
    let left = |owner: &str| Ran::of(&lives(12, 512, 0.0, owner)).column(WEALTH).to_vec();
    let estonia = left("residence = \"estonia\"\ntax_rate = 0");
    let america = left("residence = \"usa\"\ntax_rate = 0");
    let mut order: Vec<usize> = (0..512).collect();
    order.sort_by(|a, b| estonia[*a].total_cmp(&estonia[*b]));
    assert!(order.windows(2).all(|pair| america[pair[0]] <= america[pair[1]] + 1e-6));
}

/// The first month elsewhere.
pub const MOVE: u32 = 8;

/// Wealth after `months` of somebody who moves, with what is put aside or owed, by the rules of docs/model.md.
fn moved(months: u32, growth: f64, puts_aside: bool) -> f64 {
    lived(months, growth, puts_aside, MOVE)
}

/// The same with another `first` month elsewhere, or none.
pub fn lived(months: u32, growth: f64, puts_aside: bool, first: u32) -> f64 {
    let (mut cash, mut value, mut paid) = (30_000.0, 100_000.0, 100_000.0);
    let (mut aside, mut owed, mut income, mut gains) = (0.0, 0.0, 0.0, 0.0);
    for month in 1..=months {
        value *= 1.0 + growth;
        let (rate, charge) = if month < first { (0.28, 100.0) } else { (0.05, 50.0) };
        let (tax, rest) = if puts_aside { (rate * 1_000.0, 0.0) } else { (0.0, rate * 1_000.0) };
        aside += tax;
        owed += rest;
        cash += 1_000.0 - tax - charge;
        income += 1_000.0 - charge;
        if month == 20 {
            cash -= 60_000.0;
        }
        if month % 12 == 0 || month == first - 1 || month == months {
            cash += aside - rate * (income + gains);
            (aside, owed, income, gains) = (0.0, 0.0, 0.0, 0.0);
        }
        if month == first {
            cash -= 8_500.0 + 0.10 * (value - paid);
            paid = value;
        }
        if cash < 0.0 {
            let part = -cash / value;
            gains += -cash - part * paid;
            (paid, value, cash) = (paid - part * paid, value + cash, 0.0);
        }
    }
    100_000.0 + value + cash - owed
}

#[test]
fn a_move_changes_rate_and_cost_and_takes_a_sum_and_a_part_of_the_gains() {
    for tax in ["annual", "real-time"] {
        let owner = |exit: &str| {
            format!(
                "cash = 30_000\ntax = \"{tax}\"\nflows = [{{ name = \"house\", amount = -60_000, at = \"2028-08\", \
                 grows = \"0 %\" }}]\nresidence = [{{ in = \"portugal\", tax_rate = \"28 %\", \
                 compliance_cost = \"1200/year\" }}, {{ in = \"uae\", from = \"2027-08\", tax_rate = \"5 %\", \
                 compliance_cost = \"600/year\", cost = 8_500, exit_tax = \"{exit} %\", income_at_least = 0 }}]"
            )
        };
        for months in [20, 21, 24, 30] {
            let run = Ran::of(&lives(months, 1, 0.02, &owner("10")));
            run.is_on_every_path(WEALTH, moved(months, 0.02, tax == "real-time"), 1e-9);
            // without gains there is nothing to take a part of
            let run = Ran::of(&lives(months, 1, 0.0, &owner("10")));
            run.is_on_every_path(WEALTH, moved(months, 0.0, tax == "real-time"), 1e-9);
        }
        // power: a part more of the gains is seen
        let run = Ran::of(&lives(20, 1, 0.02, &owner("10.1")));
        assert!((run.column(WEALTH)[0] - moved(20, 0.02, tax == "real-time")).abs() > 1.0);
    }
}

#[test]
fn a_move_is_over_before_the_next_month_and_no_part_of_income() {
    let owner = "cash = 30_000\nresidence = [{ in = \"portugal\", tax_rate = \"28 %\", compliance_cost = 0 }, \
                 { in = \"uae\", from = \"2027-08\", tax_rate = 0, compliance_cost = 0, cost = 8_500, \
                 income_at_least = 0 }]";
    let run = Ran::of(&lives(12, 256, 0.02, owner));
    // seven months at 28 %, five at nothing
    let net = (7.0 * 720.0 + 5.0 * 1_000.0) / 12.0;
    close("net income", run.measure("income.terminal.mean"), net, 1e-12);
    // a unit loses what was paid for the move, which nobody lived on
    let rises = 100_000.0 * 1.02_f64.powi(12);
    run.is_on_every_path(WEALTH, 100_000.0 + rises + 42_000.0 - 8_500.0 - 0.28 * 7_000.0, 1e-9);
}

#[test]
fn an_independent_program_finds_the_same_of_a_range_and_a_pert_cost() {
    // numpy, 600,000 paths, written from the order of operations of docs/model.md: value and standard error
    /// A measure, its value and standard error.
    type Figure = (&'static str, f64, f64);
    const FOUND: [(&str, [Figure; 4]); 2] = [
        (
            "annual",
            [
                ("ruin.probability", 0.539_128, 0.000_64),
                ("loss.probability", 0.723_942, 0.000_58),
                ("wealth.terminal.mean", 74_370.2, 243.4),
                ("income.terminal.mean", -63.30, 0.54),
            ],
        ),
        (
            "real-time",
            [
                ("ruin.probability", 0.540_703, 0.000_64),
                ("loss.probability", 0.725_502, 0.000_58),
                ("wealth.terminal.mean", 73_711.4, 238.6),
                ("income.terminal.mean", -64.19, 0.53),
            ],
        ),
    ];
    let run = |tax: &str, more: &str| {
        let claimed =
            ["tax_rate = \"15-37 %\"", "compliance_cost = [\"2000/year\", \"5000/year\", \"12000/year\"]"];
        let is_free = |key: &&&str| more.split(' ').next() != key.split(' ').next();
        let claimed: Vec<&str> = claimed.iter().filter(is_free).copied().collect();
        let claimed = claimed.join("\n");
        let keys = "roi = \"10 %\"\nroi_law = \"point\"\nvolatility = 0.3\nincome_share = 0.4\ndecay = 0\n\
                    exit_haircut = 0.035\ntrade_cost = 0.02";
        let owner = format!(
            "[owner]\ncash = 5_000\nspending = \"500/month\"\nsurplus = 0.5\nresidence = \"united-states\"\n\
             tax = \"{tax}\"\n{claimed}\n{more}\n[economy]\ninflation.fixed = \"2.5 %/year\"\ncash_rate = \"1 %/year\"\n"
        );
        Ran::of(&(head("10 years", 40_000) + &asset("x", "tokenized-real-estate", 100_000.0, keys) + &owner))
    };
    for (tax, figures) in FOUND {
        let ran = run(tax, "");
        // power: a dearer bookkeeper or a lower rate is seen in each
        let others =
            ["compliance_cost = [\"2000/year\", \"7000/year\", \"12000/year\"]", "tax_rate = \"5-15 %\""];
        let others = others.map(|more| run(tax, more));
        for (id, exact, error) in figures {
            let found_here = beside(&ran, id, error);
            assert!(found_here.agrees_with(exact), "{tax} {id}: {found_here:?}, expected {exact}");
            let is_seen = others.iter().any(|other| !beside(other, id, error).agrees_with(exact));
            assert!(is_seen, "{tax} {id}");
        }
    }
}
