//! Claims: lognormal growth, laws of the yearly return, PERT.

use crate::common::{column, outcome};
use crate::estimate::{Found, central_moment, holds, mean, quantile, share};
use tailwheel::record::WEALTH;

/// One asset that only appreciates.
fn terminal(roi: &str, volatility: f64, years: u32, paths: u32) -> Vec<f64> {
    let text = format!(
        include_str!("worlds/claim.toml"),
        years = years,
        paths = paths,
        roi = roi,
        volatility = volatility
    );
    column(&outcome(&text), WEALTH).to_vec()
}

/// A known return.
fn point(m: f64) -> String {
    format!("roi = {m:?}\nroi_law = \"point\"")
}

#[test]
fn b01_a_known_return_grows_as_geometric_brownian_motion() {
    const PATHS: u32 = 400_000;
    let sample = terminal(&point(0.284), 0.25, 10, PATHS);
    let faster = terminal(&point(0.284 * 1.05), 0.25, 10, PATHS);
    holds("B01a mean", 1_218.008_3, mean(&sample), mean(&faster));
    for (id, p, exact) in
        [("B01 P05", 0.05, 242.766_79), ("B01 P50", 0.50, 891.113_89), ("B01 P95", 0.95, 3_270.974_4)]
    {
        holds(id, exact, quantile(&sample, p), quantile(&faster, p));
    }
    let lost = |sample: &[f64]| share(sample, |wealth| wealth < 100.0);
    // rarer than 3 in 1,000: a volatility that is off by 5 % shows more clearly than the return
    let wider = terminal(&point(0.284), 0.25 * 1.05, 10, PATHS);
    holds("B01p", 0.002_830_972_3, lost(&sample), lost(&wider));
}

#[test]
fn b03_a_range_holds_nine_of_ten_returns_and_stays_for_the_whole_path() {
    const PATHS: u32 = 400_000;
    let range = r#"roi = "22-35 %""#;
    let sample = terminal(range, 0.25, 10, PATHS);
    let off = terminal(r#"roi = "23.1-36.75 %""#, 0.25, 10, PATHS);
    for (id, p, exact) in
        [("B03 P05", 0.05, 219.642_3), ("B03 P50", 0.50, 886.647_45), ("B03 P95", 0.95, 3_579.199_8)]
    {
        holds(id, exact, quantile(&sample, p), quantile(&off, p));
    }
    let year = |range: &str| -> Vec<f64> {
        terminal(range, 0.0, 1, PATHS).iter().map(|w| w / 100.0 - 1.0).collect()
    };
    let returns = year(range);
    let off_returns = year(r#"roi = "23.1-36.75 %""#);
    holds("B03m median return", 0.283_354_98, quantile(&returns, 0.5), quantile(&off_returns, 0.5));
    holds("B03 P05 of the return", 0.22, quantile(&returns, 0.05), quantile(&off_returns, 0.05));
    holds("B03 P95 of the return", 0.35, quantile(&returns, 0.95), quantile(&off_returns, 0.95));
}

#[test]
fn b03v_the_epistemic_share_of_the_variance_grows_with_the_square_of_time() {
    const PATHS: u32 = 1_000_000;
    let logs = |range: &str, volatility: f64| -> Vec<f64> {
        terminal(range, volatility, 10, PATHS).iter().map(|w| w.ln()).collect()
    };
    // the share is s²T²/(σ²T + s²T²): a run without volatility over one with it
    let share = |range: &str, volatility: f64| {
        let (unknown, all) = (logs(range, 0.0), logs(range, volatility));
        let variance = |sample: &[f64]| central_moment(sample, 2).value;
        let mut part = unknown.chunks_exact(PATHS as usize / 40);
        let parts: Vec<f64> = all
            .chunks_exact(PATHS as usize / 40)
            .map(|all| variance(part.next().expect("as many")) / variance(all))
            .collect();
        Found { value: variance(&unknown) / variance(&all), std_error: mean(&parts).std_error }
    };
    let range = r#"roi = "22-35 %""#;
    // both ends moved apart by 5 % of their distance in ln(1 + m)
    let (low, high) = (1.22_f64.ln(), 1.35_f64.ln());
    let further = 0.025 * (high - low);
    let wider = format!("roi = [{:?}, {:?}]", (low - further).exp() - 1.0, (high + further).exp() - 1.0);
    let sample = share(range, 0.25);
    let id = "B03v epistemic share of the variance";
    holds(id, 0.131_624_08, sample, share(&wider, 0.25));
    holds(id, 0.131_624_08, sample, share(range, 0.25 * 1.05));
}

#[test]
fn b05_a_uniform_return_compounds_over_the_horizon() {
    const PATHS: u32 = 200_000;
    let sample = terminal("roi = \"7-12 %\"\nroi_law = \"uniform\"", 0.0, 10, PATHS);
    let off = terminal("roi = \"7.35-12.6 %\"\nroi_law = \"uniform\"", 0.0, 10, PATHS);
    let growth = |sample: &[f64]| -> Vec<f64> { sample.iter().map(|w| w / 100.0).collect() };
    holds("B05", 2.497_632_8, mean(&growth(&sample)), mean(&growth(&off)));
    let (least, most) =
        sample.iter().fold((f64::MAX, f64::MIN), |(low, high), w| (low.min(*w), high.max(*w)));
    assert!(least >= 100.0 * 1.07_f64.powi(10) - 1e-9 && most <= 100.0 * 1.12_f64.powi(10) + 1e-9);
}

#[test]
fn b06_a_pert_return_has_the_mean_and_variance_of_its_beta_law() {
    const PATHS: u32 = 1_000_000;
    let returns = |low: f64, mode: f64, high: f64| -> Vec<f64> {
        let roi = format!("roi = [{low:?}, {high:?}]\nroi_law = \"pert\"\nroi_mode = {mode:?}");
        terminal(&roi, 0.0, 1, PATHS).iter().map(|w| w / 100.0 - 1.0).collect()
    };
    let sample = returns(0.18, 0.21, 0.28);
    let other_mode = returns(0.18, 0.21 * 1.05, 0.28);
    let wider = returns(0.18, 0.21, 0.28 * 1.05);
    holds("B06 mean", 0.216_666_67, mean(&sample), mean(&other_mode));
    holds("B06b variance", 0.000_331_746_03, central_moment(&sample, 2), central_moment(&wider, 2));
}

#[test]
fn without_noise_a_claim_compounds_to_its_closed_form() {
    let text = |decay: &str, share: f64| {
        format!(include_str!("worlds/claim-with-decay.toml"), share = share, decay = decay)
    };
    for (decay, share, delta) in [("0 %/year", 0.0, 0.0), ("0 %/year", 0.9, 0.0), ("23 %/year", 0.9, 0.23)] {
        let wealth = outcome(&text(decay, share));
        let growth = 1.229_f64.powf(1.0 / 12.0) - 1.0;
        let month = (1.0 + (1.0 - share) * growth) * (-delta / 12.0_f64).exp() + share * growth;
        let exact = 100_000.0 * month.powi(120);
        for found in column(&wealth, WEALTH) {
            assert!((found / exact - 1.0).abs() < 1e-9, "{decay} {share}: {found} {exact}");
        }
    }
}
