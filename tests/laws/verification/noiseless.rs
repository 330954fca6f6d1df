//! Every kind of asset against its own account of what it does when nothing is random.

use crate::common::{Ran, asset, close, head, scenario};
use crate::estimate::{holds, quantile};
use tailwheel::asset::KINDS;
use tailwheel::record::WEALTH;

/// One unit of `keys`, left to itself without volatility.
fn unit(months: u32, paths: u32, model: &str, keys: &str) -> String {
    let keys = format!("model = \"{model}\"\nvolatility = 0\n{keys}");
    head(&format!("{months} months"), paths) + &asset("one", "micro-saas-fleet", 1.0, &keys)
}

/// What the kind says one unit becomes.
fn noiseless(text: &str) -> f64 {
    let scenario = scenario(text);
    scenario.assets[0].kind.noiseless(scenario.months)
}

#[test]
#[ignore = "slow: part of .ci/run"]
fn the_middle_path_of_every_kind_s_example_is_the_one_without_noise() {
    for kind in KINDS {
        // of counts the middle is the mean where they are large
        let example = kind.example.replace("units = 50", "units = 1_000_000");
        let example =
            example.replace("7.5 h/week\"\nhours_per_audit = 2\n", "150 h/week\"\nhours_per_audit = 0.002\n");
        let example = example.replace("products = 1_000\n", "products = 1_000_000\n");
        let example = example.replace("saturation = 50_000\n", "saturation = 50_000_000\n");
        // property follows inflation, whose mean is no point
        let still = "[economy]\ninflation.fixed = \"2.5 %\"\n";
        let text = |months, paths| unit(months, paths, kind.id, &example) + still;
        let sample = |months| Ran::of(&text(months, 200_000)).column(WEALTH).to_vec();
        let exact = noiseless(&text(120, 1));
        let found = quantile(&sample(120), 0.5);
        if found.std_error == 0.0 {
            close(kind.id, found.value, exact, 1e-10);
        } else {
            // a horizon that is 5 % longer shows
            holds(kind.id, exact, found, quantile(&sample(126), 0.5));
        }
    }
}

#[test]
fn a_known_claim_follows_its_noiseless_form_on_every_path() {
    for roi in ["-35 %", "0 %", "7 %", "31 %", "400 %"] {
        for (basis, decay) in [("gross", "decay = \"41 %/year\""), ("gross", ""), ("net", "")] {
            for share in ["0", "0.35", "1"] {
                let keys = format!(
                    "roi = \"{roi}\"\nroi_law = \"point\"\nroi_basis = \"{basis}\"\n{decay}\n\
                     income_share = {share}"
                );
                for months in [1, 12, 37] {
                    let text = unit(months, 256, "claim", &keys);
                    Ran::of(&text).is_on_every_path(WEALTH, noiseless(&text), 1e-12);
                }
            }
        }
    }
}

#[test]
fn the_middle_of_a_claim_of_every_law_is_its_noiseless_form() {
    for law in ["roi_law = \"p05-p95\"", "roi_law = \"uniform\"", "roi_law = \"pert\"\nroi_mode = \"20 %\""] {
        let keys = |range: &str| format!("roi = \"{range}\"\n{law}\nroi_basis = \"net\"");
        let text = |range: &str| unit(36, 400_000, "claim", &keys(range));
        let middle = |range: &str| quantile(Ran::of(&text(range)).column(WEALTH), 0.5);
        let exact = noiseless(&text("15-50 %"));
        holds(law, exact, middle("15-50 %"), middle("15.75-52.5 %"));
    }
}
