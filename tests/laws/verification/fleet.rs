//! A fleet of units against closed forms and its own account of itself in the mean.

use crate::common::{Ran, asset, close, head};
use crate::estimate::{Found, central_moment, holds, mean};
use crate::verification::{INFLATED, in_the_mean};
use tailwheel::record::{ASSET_VALUE, INCOME_TERMINAL, WEALTH};

/// Opening value of the fleet.
const VALUE: f64 = 1200.0;
/// Its yield: a healthy fleet earns 10 a month.
/// So much that no buyer pays less than the multiple of the start.
const ROI: f64 = 4.8;

/// A fleet in which nothing happens but what `keys` say: no owner's decisions, no market, no luck.
#[derive(Clone, Copy)]
struct Fleet<'a> {
    months: u32,
    paths: u32,
    units: u32,
    /// Chance of a month that a healthy unit decays.
    decays: f64,
    /// What a decayed unit earns.
    decayed: f64,
    keys: &'a str,
}

impl Fleet<'_> {
    fn text(&self) -> String {
        let half_life = match self.decays > 0.0 {
            true => format!("{} months", -2.0_f64.ln() / (1.0 - self.decays).ln()),
            false => "never".to_owned(),
        };
        let written = |key: &str, default: &str| {
            if self.keys.contains(key) { String::new() } else { format!("{key} = {default}\n") }
        };
        let keys = [
            ("shutdown", "0"),
            ("audit", "0"),
            ("reseed_cost", "\"0 months\""),
            ("unit_income_log_sd", "0"),
            ("unit_size_log_sd", "0"),
            ("volatility", "0"),
        ]
        .map(|(key, default)| match key == "reseed_cost" && self.keys.contains("sunset") {
            true => String::new(),
            false => written(key, default),
        })
        .concat();
        let Self { units, decayed, .. } = self;
        let keys = format!(
            "model = \"mechanism\"\nroi = \"480 %\"\nroi_law = \"point\"\nunits = {units}\n\
             algorithm_half_life = \"{half_life}\"\ndecayed_income = {decayed}\n{keys}{}",
            self.keys
        );
        head(&format!("{} months", self.months), self.paths)
            + &asset("fleet", "micro-saas-fleet", VALUE, &keys)
            + INFLATED
    }

    fn run(&self) -> Ran {
        Ran::of(&self.text())
    }

    /// Share of what it earned over its last twelve months, of what it would have earned healthy; without a cost of
    /// seeding that is the mean share of healthy units, and `decayed` times that of decayed ones.
    fn earned(&self) -> Found {
        let run = self.run();
        let of_healthy = |income: &f64| income / (VALUE * ROI / 12.0);
        let shares: Vec<f64> = run.column(INCOME_TERMINAL).iter().map(of_healthy).collect();
        mean(&shares)
    }

    /// The same at the end, of every path.
    fn power_at_end(&self) -> Vec<f64> {
        let run = self.run();
        let value = run.column(ASSET_VALUE.of_object(0)).iter();
        value.map(|value| value / VALUE).collect()
    }

    fn with_decay(self, factor: f64) -> Self {
        Self { decays: self.decays * factor, ..self }
    }
}

#[test]
fn the_service_of_the_calibration_nets_six_of_its_twenty_nine_per_cent() {
    let text = |rate: f64| {
        let keys = format!(
            "model = \"mechanism\"\nroi = \"29.4 %\"\nroi_law = \"point\"\nvolatility = 0\n\
             algorithm_half_life = \"never\"\naudit = 0\nunit_income_log_sd = 0\nunit_size_log_sd = 0\nunits = 1\n\
             shutdown = {rate}"
        );
        head("1 year", 400_000) + &asset("one", "micro-saas-fleet", 1.0, &keys) + INFLATED
    };
    let left = (-0.23_f64).exp();
    let exact = 0.294 / 12.0 * (1.0 - left) / (1.0 - (-0.23_f64 / 12.0).exp()) + left - 1.0;
    close("the figure of the calibration", exact, 0.0597, 1e-3);
    let wealth = |rate: f64| {
        let net: Vec<f64> = Ran::of(&text(rate)).column(WEALTH).iter().map(|wealth| wealth - 1.0).collect();
        mean(&net)
    };
    holds("first year", exact, wealth(0.23), wealth(0.23 * 1.05));
    let (value, paid) = in_the_mean(&text(0.23), 12);
    close("in the mean", value + paid - 1.0, exact, 1e-12);
}

/// C01: `(1/h)/(1/h + 1/π + w)`: everybody is looked at every month and seen with probability π.
#[test]
fn units_that_are_inspected_independently_split_as_their_times_do() {
    let (h, pi) = (0.05, 0.3);
    let fleet = |decayed| Fleet {
        months: 132,
        paths: 20_000,
        units: 50,
        decays: h,
        decayed,
        keys: "audit = \"100 h/week\"\nhours_per_audit = 1\ndetection = 0.3\nreseed_time = \"2 months\"",
    };
    let all = 1.0 / h + 1.0 / pi + 2.0;
    let exact = [1.0 / h, 1.0 / pi, 2.0].map(|time| time / all);
    close("C01a", exact[0], 0.789_473_68, 1e-8);
    close("C01b", exact[1], 0.131_578_95, 1e-7);
    close("C01c", exact[2], 0.078_947_368, 1e-8);
    let (healthy, off) = (fleet(0.0).earned(), fleet(0.0).with_decay(1.05).earned());
    holds("healthy", exact[0], healthy, off);
    let down = |found: Found| Found { value: 1.0 - found.value, ..found };
    let (running, off) = (fleet(1.0).earned(), fleet(1.0).with_decay(1.05).earned());
    holds("down", exact[2], down(running), down(off));
    // half of what decayed units earn
    let (half, off) = (fleet(0.5).earned(), fleet(0.5).with_decay(1.05).earned());
    holds("decayed", exact[0] + 0.5 * exact[1], half, off);
}

/// C03: share of healthy units under a budget of audits, in the mean field.
fn under_a_budget(h: f64, audits: f64, units: f64, detection: f64, w: f64) -> f64 {
    let k = h * units / (audits * detection);
    let b = 1.0 + w * h - k;
    let u = (-b + (b * b + 4.0 * k).sqrt()) / (2.0 * k);
    u / (1.0 + k * u)
}

#[test]
fn a_budget_of_audits_keeps_the_share_of_the_mean_field() {
    // 750 hours a week of 2 hours each are as many audits as 150 of 0.4
    for (id, units, (hours, each), audits, published, paths) in [
        ("C03", 50, (7.5, 2.0), 16.0, 0.779_169_42, 10_000),
        ("C03L", 5_000, (150.0, 0.4), 1630.0, 0.781_695_15, 500),
    ] {
        let keys = format!(
            "audit = \"{hours} h/week\"\nhours_per_audit = {each:?}\ndetection = 0.8\nreseed_time = \"1 month\""
        );
        let fleet = Fleet { months: 132, paths, units, decays: 0.06, decayed: 0.0, keys: &keys };
        let exact = under_a_budget(0.06, audits, f64::from(units), 0.8, 1.0);
        close(id, exact, published, 1e-8);
        holds(id, exact, fleet.earned(), fleet.with_decay(1.05).earned());
        // the same fixed point in its own account of the mean, where a month's income is that of a share of all
        close(id, in_the_mean(&fleet.text(), 600).0, exact, 1e-9);
    }
}

/// The fleet of C05: half of its healthy units decay in a month that has a chance of 2 %.
fn on_one_model(decays: f64, chance: f64, when: &str) -> String {
    let fleet = Fleet {
        months: 12,
        paths: 400_000,
        units: 50,
        decays,
        decayed: 0.0,
        keys: "agent_model = \"frontier-a\"",
    };
    let when = match when {
        "" => format!("rate = \"{}/year\"", -12.0 * (1.0 - chance).ln()),
        month => format!("at = \"{month}\""),
    };
    let event = format!(
        "[[event]]\nname = \"collapse\"\nkind = \"model-collapse\"\nagent_model = \"frontier-a\"\n\
         severity = \"50 %\"\n{when}\n"
    );
    fleet.text() + &event
}

#[test]
fn units_on_one_model_decay_together() {
    let (n, h, q, p) = (50.0, 0.03, 0.02, 0.5);
    let healthy = |h: f64, q: f64| -> Vec<f64> {
        let run = Ran::of(&on_one_model(h, q, ""));
        let value = run.column(ASSET_VALUE.of_object(0)).iter();
        value.map(|value| n * value / VALUE).collect()
    };
    let one: f64 = (1.0 - h) * (1.0 - q * p);
    let two: f64 = (1.0_f64 - h).powi(2) * (1.0 - q + q * (1.0_f64 - p).powi(2));
    let (one, two) = (one.powi(12), two.powi(12));
    let (expected, variance) = (n * one, n * (n - 1.0) * two + n * one - (n * one).powi(2));
    close("C05a", expected, 30.750_569, 1e-7);
    close("C05b", variance, 68.988_561, 1e-7);
    close("C05c", variance / (expected * (1.0 - one)), 5.827_416_2, 1e-7);
    let (found, faster, oftener) = (healthy(h, q), healthy(h * 1.05, q), healthy(h, q * 1.05));
    let of_second = |sample: &[f64]| central_moment(sample, 2);
    holds("mean", expected, mean(&found), mean(&faster));
    holds("variance", variance, of_second(&found), of_second(&oftener));
}

#[test]
fn what_a_collapse_takes_is_what_its_units_could_have_earned() {
    let run = |severity: &str| {
        let text = on_one_model(0.0, 0.0, "2027-01").replace("\"50 %\"", severity);
        Ran::of(&text.replace("decayed_income = 0\n", "decayed_income = 0.4\n"))
    };
    let loss = |severity: &str| crate::verification::measured(&run(severity), "event.collapse.loss.mean");
    // the month is told in money of the start
    let exact = VALUE * 0.5 * 0.6 / 1.025_f64.powf(1.0 / 12.0);
    holds("loss", exact, loss("\"50 %\""), loss("\"52.5 %\""));
    let all = run("\"100 %\"");
    all.is_on_every_path(ASSET_VALUE.of_object(0), VALUE * 0.4, 1e-12);
    close("every path is struck", all.measure("event.collapse.probability"), 1.0, 0.0);
}

#[test]
fn sunset_closes_what_is_found() {
    let fleet = |factor: f64| {
        let fleet = Fleet {
            months: 12,
            paths: 100_000,
            units: 50,
            decays: 0.06,
            decayed: 1.0,
            keys: "audit = \"100 h/week\"\nhours_per_audit = 1\ndetection = 0.3\nfound = \"sunset\"",
        };
        fleet.with_decay(factor)
    };
    // every unit by itself: healthy until month k, then found with probability 0.3 a month
    let exact: f64 = {
        let (mut healthy, mut decayed) = (1.0, 0.0);
        for _ in 0..12 {
            (healthy, decayed) = (healthy * 0.94, decayed * 0.7 + healthy * 0.06);
        }
        healthy + decayed
    };
    let left = |factor| mean(&fleet(factor).power_at_end());
    holds("units left", exact, left(1.0), left(1.05));
}

#[test]
fn the_mean_of_many_paths_is_the_fleet_s_own_account() {
    let keys = "shutdown = 0.23\naudit = \"100 h/week\"\nhours_per_audit = 1\ndetection = 0.5\n\
                reseed_cost = \"1.5 months\"\nreseed_time = \"3 months\"\nunit_income_log_sd = 0.8";
    let fleet = |decays| Fleet { months: 24, paths: 40_000, units: 20, decays, decayed: 0.4, keys };
    let (value, paid) = in_the_mean(&fleet(0.06).text(), 24);
    let total = |decays| {
        let run = fleet(decays).run();
        let relative: Vec<f64> = run.column(WEALTH).iter().map(|wealth| wealth / VALUE).collect();
        mean(&relative)
    };
    holds("value and income", value + paid, total(0.06), total(0.063));
}

#[test]
fn tests_raise_what_units_earn_as_far_as_audits_look_and_up_to_a_limit() {
    let fleet = |audits: f64, rate: f64, months: u32| {
        Fleet {
            months,
            paths: 64,
            units: 50,
            decays: 0.0,
            decayed: 0.4,
            keys: &format!("audit = \"{audits} h/week\"\nhours_per_audit = 1\nuplift = {rate:?}"),
        }
        .run()
    };
    // 5.75 h a week are 25 audits of an hour in a month: half of the units
    for (audits, part) in [(100.0, 1.0), (5.75, 0.5), (0.0, 0.0)] {
        let month: f64 = 1.0 + ((0.12_f64 / 12.0).exp() - 1.0) * part;
        for months in [1, 12, 36] {
            let exact = month.powi(months as i32).min(1.25);
            let run = fleet(audits, 0.12, months);
            run.is_on_every_path(ASSET_VALUE.of_object(0), VALUE * exact, 1e-11);
            let paid: f64 = (0..months as i32).map(|t| month.powi(t).min(1.25)).sum();
            let wealth = VALUE * exact + VALUE * ROI / 12.0 * paid;
            run.is_on_every_path(WEALTH, wealth, 1e-11);
        }
    }
    fleet(100.0, 0.0, 12).is_on_every_path(ASSET_VALUE.of_object(0), VALUE, 0.0);
}

#[test]
fn what_tests_have_raised_goes_with_the_edge_and_with_the_model() {
    // every unit by itself: its rise so far, lost with its edge; found in the month after it decays or later, and as new then
    let fleet = |rate: f64| {
        let keys = format!(
            "audit = \"100 h/week\"\nhours_per_audit = 1\ndetection = 1\nreseed_time = \"1 month\"\nuplift = {rate:?}\n\
             uplift_limit = 5"
        );
        let fleet = Fleet { months: 24, paths: 40_000, units: 20, decays: 0.05, decayed: 0.4, keys: &keys };
        (mean(&fleet.power_at_end()), fleet.text())
    };
    let exact = {
        let (mut earned, mut healthy, mut decayed, mut down) = (1.0, 1.0, 0.0, 0.0);
        let rise = (0.48_f64 / 12.0).exp();
        for _ in 0..24 {
            (earned, healthy, decayed, down) =
                (earned * 0.95 * rise + down, healthy * 0.95 + down, healthy * 0.05, decayed);
        }
        earned + 0.4 * decayed
    };
    let ((found, told), (other, _)) = (fleet(0.48), fleet(0.504));
    holds("power", exact, found, other);
    close("in the mean", in_the_mean(&told, 24).0, exact, 1e-9);
    // half of the units fall in the sixth month; the others begin anew at what they earned at first
    let event = on_one_model(0.0, 0.0, "2027-06");
    let keys = "uplift = 0.12\naudit = \"100 h/week\"\nhours_per_audit = 1\ndetection = 0.001\nreseed_time = \"12 months\"\n";
    let event = event.replacen("audit = 0\n", keys, 1).replace("paths = 400000", "paths = 20000");
    let run = Ran::of(&event);
    let after = (0.12_f64 * 6.0 / 12.0).exp();
    let power: Vec<f64> = run.column(ASSET_VALUE.of_object(0)).iter().map(|value| value / VALUE).collect();
    let found = mean(&power);
    // of the decayed ones hardly any are found in a year
    assert!((found.value - 0.5 * after).abs() < 0.01, "{found:?}, {after}");
    let rise = (0.12_f64 * 5.0 / 12.0).exp();
    let deflated = 1.025_f64.powf(-0.5);
    let (loss, std_error) = run.with_error("event.collapse.loss.mean");
    let exact = VALUE * (rise - 0.5) * deflated;
    assert!((loss - exact).abs() < 4.0 * std_error, "{loss} {std_error} {exact}");
}
