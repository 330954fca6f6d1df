//! A fleet of units against closed forms and its own account of itself in the mean.

use crate::common::{Ran, asset, close, head};
use crate::estimate::{Found, holds, mean};
use crate::verification::keys::with_keys;
use crate::verification::{INFLATED, in_the_mean, measured};
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

const STILL: &str = "shutdown = 0\naudit = 0\nunit_income_log_sd = 0\nunit_size_log_sd = 0\nvolatility = 0";

impl Fleet<'_> {
    fn text(&self) -> String {
        let half_life = match self.decays > 0.0 {
            true => format!("{} months", -2.0_f64.ln() / (1.0 - self.decays).ln()),
            false => "never".to_owned(),
        };
        // who closes what is found has no key of seeding
        let seeding = if self.keys.contains("sunset") { "" } else { "\nreseed_cost = \"0 months\"" };
        let keys = format!(
            "model = \"mechanism\"\nroi = \"480 %\"\nroi_law = \"point\"\nunits = {}\n\
             algorithm_half_life = \"{half_life}\"\ndecayed_income = {}\n{}",
            self.units,
            self.decayed,
            with_keys(&format!("{STILL}{seeding}"), self.keys)
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
        let of_healthy = |income: &f64| income / (VALUE * ROI / 12.0);
        mean(&self.run().column(INCOME_TERMINAL).iter().map(of_healthy).collect::<Vec<_>>())
    }

    fn with_decay(self, factor: f64) -> Self {
        Self { decays: self.decays * factor, ..self }
    }
}

/// What a fleet earns at the end, of what it earned at first.
fn power_of(run: &Ran) -> Found {
    let value = run.column(ASSET_VALUE.of_object(0)).iter();
    mean(&value.map(|value| value / VALUE).collect::<Vec<_>>())
}

#[test]
fn the_service_of_the_calibration_nets_six_of_its_twenty_nine_per_cent() {
    let text = |rate: f64| {
        let keys = format!("shutdown = {rate}");
        let one = Fleet { months: 12, paths: 400_000, units: 1, decays: 0.0, decayed: 0.4, keys: &keys };
        one.text().replace("480 %", "29.4 %")
    };
    let left = (-0.23_f64).exp();
    let exact = 0.294 / 12.0 * (1.0 - left) / (1.0 - (-0.23_f64 / 12.0).exp()) + left - 1.0;
    close("the figure of the calibration", exact, 0.0597, 1e-3);
    let wealth = |rate: f64| {
        let run = Ran::of(&text(rate));
        mean(&run.column(WEALTH).iter().map(|wealth| wealth / VALUE - 1.0).collect::<Vec<_>>())
    };
    holds("first year", exact, wealth(0.23), wealth(0.23 * 1.05));
    let (value, paid) = in_the_mean(&text(0.23), 12);
    close("in the mean", value + paid - 1.0, exact, 1e-12);
}

/// Hours for every unit, of which an audit finds three in ten that have decayed.
const AUDITED: &str = "audit = \"100 h/week\"\nhours_per_audit = 1\ndetection = 0.3\n";

/// C01: `(1/h)/(1/h + 1/π + w)`: everybody is looked at every month and seen with probability π.
#[test]
fn units_that_are_inspected_independently_split_as_their_times_do() {
    let (h, pi) = (0.05, 0.3);
    let keys = format!("{AUDITED}reseed_time = \"2 months\"");
    let fleet = |decayed| Fleet { months: 132, paths: 20_000, units: 50, decays: h, decayed, keys: &keys };
    let all = 1.0 / h + 1.0 / pi + 2.0;
    let exact = [1.0 / h, 1.0 / pi, 2.0].map(|time| time / all);
    for (exact, published) in exact.into_iter().zip([0.789_473_68, 0.131_578_95, 0.078_947_368]) {
        close("C01", exact, published, 1e-7);
    }
    // those that run, of which the decayed ones earn all, half or nothing
    for decayed in [0.0, 0.5, 1.0] {
        let (found, off) = (fleet(decayed).earned(), fleet(decayed).with_decay(1.05).earned());
        holds("earned", exact[0] + decayed * exact[1], found, off);
    }
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

#[test]
fn sunset_closes_what_is_found() {
    let keys = format!("{AUDITED}found = \"sunset\"");
    let fleet = Fleet { months: 12, paths: 100_000, units: 50, decays: 0.06, decayed: 1.0, keys: &keys };
    // every unit by itself: healthy until month k, then found with probability 0.3 a month
    let (mut healthy, mut decayed) = (1.0, 0.0);
    for _ in 0..12 {
        (healthy, decayed) = (healthy * 0.94, decayed * 0.7 + healthy * 0.06);
    }
    holds("units left", healthy + decayed, power_of(&fleet.run()), power_of(&fleet.with_decay(1.05).run()));
}

#[test]
fn tests_raise_what_units_earn_as_far_as_audits_look_and_up_to_a_limit() {
    let fleet = |audits: f64, rate: f64, months: u32| {
        let keys = &format!("audit = \"{audits} h/week\"\nhours_per_audit = 1\nuplift = {rate:?}");
        Fleet { months, paths: 64, units: 50, decays: 0.0, decayed: 0.4, keys }.run()
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
        (power_of(&fleet.run()), fleet.text())
    };
    let (mut earned, mut healthy, mut decayed, mut down) = (1.0, 1.0, 0.0, 0.0);
    let rise = (0.48_f64 / 12.0).exp();
    for _ in 0..24 {
        (earned, healthy, decayed, down) =
            (earned * 0.95 * rise + down, healthy * 0.95 + down, healthy * 0.05, decayed);
    }
    let exact = earned + 0.4 * decayed;
    let ((found, told), (other, _)) = (fleet(0.48), fleet(0.504));
    holds("power", exact, found, other);
    close("in the mean", in_the_mean(&told, 24).0, exact, 1e-9);
    // half of the units fall in the sixth month; the others begin anew at what they earned at first
    let keys = "uplift = 0.12\naudit = \"100 h/week\"\nhours_per_audit = 1\ndetection = 0.001\nreseed_time = \"12 months\"\n\
                agent_model = \"frontier-a\"";
    let fleet = Fleet { months: 12, paths: 20_000, units: 50, decays: 0.0, decayed: 0.0, keys };
    let collapse = "[[event]]\nname = \"collapse\"\nkind = \"model-collapse\"\nagent_model = \"frontier-a\"\n\
                    severity = \"50 %\"\nat = \"2027-06\"\n";
    let run = Ran::of(&(fleet.text() + collapse));
    let rise = |months: f64| (0.12 * months / 12.0).exp();
    // of the decayed ones hardly any are found in a year
    let found = power_of(&run);
    assert!((found.value - 0.5 * rise(6.0)).abs() < 0.01, "{found:?}");
    let loss = measured(&run, "event.collapse.loss.mean");
    let exact = VALUE * (rise(5.0) - 0.5) * 1.025_f64.powf(-0.5);
    assert!(loss.agrees_with(exact), "{loss:?} {exact}");
}
