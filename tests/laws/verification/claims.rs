//! Claims: what is unknown of their return, PERT, growth without noise. `tailwheel verify` has the other laws.

use crate::common::{Ran, asset, column, head, outcome};
use crate::estimate::{Found, central_moment, holds, mean};
use tailwheel::record::{ASSET_VALUE, WEALTH};

const PATHS: u32 = 1_000_000;

/// One asset that only appreciates.
fn terminal(roi: &str, volatility: f64, years: u32) -> Vec<f64> {
    let keys = format!("{roi}\nroi_basis = \"net\"\nincome_share = 0\nvolatility = {volatility:?}");
    let text = head(&format!("{years} years"), PATHS) + &asset("one", "micro-saas-fleet", 100.0, &keys);
    column(&outcome(&text), WEALTH).to_vec()
}

#[test]
#[ignore = "slow: part of .ci/run"]
fn b03v_the_epistemic_share_of_the_variance_grows_with_the_square_of_time() {
    let logs = |range: &str, volatility: f64| -> Vec<f64> {
        terminal(range, volatility, 10).iter().map(|w| w.ln()).collect()
    };
    // the share is s²T²/(σ²T + s²T²): a run without volatility over one with it
    let share = |range: &str, volatility: f64| {
        let (unknown, all) = (logs(range, 0.0), logs(range, volatility));
        let variance = |sample: &[f64]| central_moment(sample, 2).value;
        let parts = unknown.chunks_exact(PATHS as usize / 40).zip(all.chunks_exact(PATHS as usize / 40));
        let parts: Vec<f64> = parts.map(|(unknown, all)| variance(unknown) / variance(all)).collect();
        Found { value: variance(&unknown) / variance(&all), std_error: mean(&parts).std_error }
    };
    let range = r#"roi = "22-35 %""#;
    // both ends moved apart by 5 % of their distance in ln(1 + m)
    let (low, high) = (1.22_f64.ln(), 1.35_f64.ln());
    let further = 0.025 * (high - low);
    let wider = format!("roi = [{:?}, {:?}]", (low - further).exp() - 1.0, (high + further).exp() - 1.0);
    let sample = share(range, 0.25);
    for off in [share(&wider, 0.25), share(range, 0.25 * 1.05)] {
        holds("B03v", 0.131_624_08, sample, off);
    }
}

#[test]
fn b06_a_pert_return_has_the_mean_and_variance_of_its_beta_law() {
    let returns = |low: f64, mode: f64, high: f64| -> Vec<f64> {
        let roi = format!("roi = [{low:?}, {high:?}]\nroi_law = \"pert\"\nroi_mode = {mode:?}");
        terminal(&roi, 0.0, 1).iter().map(|w| w / 100.0 - 1.0).collect()
    };
    let sample = returns(0.18, 0.21, 0.28);
    holds("B06 mean", 0.216_666_67, mean(&sample), mean(&returns(0.18, 0.21 * 1.05, 0.28)));
    let variance = |sample: &[f64]| central_moment(sample, 2);
    holds("B06b variance", 0.000_331_746_03, variance(&sample), variance(&returns(0.18, 0.21, 0.28 * 1.05)));
}

#[test]
fn without_noise_a_claim_compounds_and_decays_to_its_closed_form() {
    for (months, share, decay) in
        [(120, 0.0, 0.0), (120, 0.9, 0.0), (120, 0.9, 0.23), (1, 0.0, 0.03), (12, 0.0, 1.0), (84, 0.0, 5.0)]
    {
        let keys = format!(
            "roi = 0.229\nroi_law = \"point\"\nvolatility = 0\nincome_share = {share:?}\ndecay = \"{} %/year\"",
            100.0 * decay
        );
        let text =
            head(&format!("{months} months"), 256) + &asset("one", "micro-saas-fleet", 100_000.0, &keys);
        let growth = 1.229_f64.powf(1.0 / 12.0) - 1.0;
        let month = (1.0 + (1.0 - share) * growth) * (-decay / 12.0_f64).exp() + share * growth;
        let run = Ran::of(&text);
        run.is_on_every_path(WEALTH, 100_000.0 * month.powi(months), 1e-9);
        run.is_on_every_path(ASSET_VALUE.of_object(0), 100_000.0 * month.powi(months), 1e-9);
    }
}
