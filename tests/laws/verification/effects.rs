//! Every effect of events against its law told anew: what it takes and what is left, mean and variance, as `moments` does for
//! assets. An effect that has no law here fails.

use crate::common::{asset, column, head, outcome};
use crate::verification::SAVER;
use crate::verification::laws::Noise;
use crate::verification::moments::{PATHS, VALUE, faults};
use std::collections::BTreeSet;
use tailwheel::event::KINDS;
use tailwheel::record::{EVENT_LOSS, WEALTH};

/// What an effect does, told anew.
struct Law {
    effect: &'static str,
    months: u32,
    /// Of an asset that has no chance of its own.
    asset: &'static str,
    event: &'static str,
    /// What the event takes of a path and what it leaves, per unit of opening value.
    path: fn(&mut Noise) -> [f64; 2],
    moved: &'static [[&'static str; 2]],
}

/// It pays two per cent a month.
const PAYS: &str =
    "roi = 0.26824179456254527\nroi_law = \"point\"\nvolatility = 0\ndecay = 0\nincome_share = 1\n";
const LAWS: [Law; 5] = [
    Law {
        effect: "value-loss",
        months: 3,
        asset: "roi = 0\nroi_law = \"point\"\nvolatility = 0\ndecay = 0\nincome_share = 0\n",
        event: "asset = \"x\"\nkind = \"contract-exploit\"\nrate = \"4/year\"\nseverity = \"20-60 %\"\ntotal = 0.1\nreturn_chance = 0.3\n\
                returned = \"80-100 %\"",
        path: value_loss,
        moved: &[
            ["4/year", "4.2/year"],
            ["20-60 %", "20-63 %"],
            ["total = 0.1", "total = 0.12"],
            ["return_chance = 0.3", "return_chance = 0.33"],
            ["80-100 %", "64-100 %"],
        ],
    },
    Law {
        effect: "income-cut",
        months: 3,
        asset: PAYS,
        event: "asset = \"x\"\nkind = \"algorithm-update\"\nrate = \"4/year\"\nseverity = \"20-60 %\"\nrecovery = \"3 months\"",
        path: income_cut,
        moved: &[["4/year", "4.2/year"], ["20-60 %", "20-63 %"], ["3 months", "3.6 months"]],
    },
    Law {
        effect: "units-decay",
        months: 3,
        asset: "model = \"unit-fleet\"\nroi = \"480 %\"\nroi_law = \"point\"\nvolatility = 0\nunits = 20\n\
                algorithm_half_life = \"never\"\ndecayed_income = 0.4\nshutdown = 0\naudit = 0\n\
                unit_income_log_sd = 0\nunit_size_log_sd = 0\n",
        event: "asset = \"x\"\nkind = \"model-collapse\"\nrate = \"4/year\"\nseverity = \"20-60 %\"",
        path: units_decay,
        moved: &[["4/year", "4.2/year"], ["20-60 %", "20-63 %"]],
    },
    Law {
        effect: "liability",
        months: 3,
        asset: PAYS,
        event: "asset = \"x\"\nkind = \"infringement-claim\"\nrate = \"4/year\"\namount = 5\nspread = 0.5\nat_most = 8",
        path: liability,
        moved: &[
            ["4/year", "4.2/year"],
            ["amount = 5", "amount = 5.25"],
            ["spread = 0.5", "spread = 0.6"],
            ["at_most = 8", "at_most = 8.8"],
        ],
    },
    Law {
        effect: "tax-rise",
        months: 24,
        asset: PAYS,
        event: "kind = \"tax-change\"\nrate = \"1/year\"\npoints = \"5 %\"\nspread = 0.8",
        path: tax_rise,
        moved: &[["1/year", "1.05/year"], ["5 %", "5.25 %"], ["spread = 0.8", "spread = 0.84"]],
    },
];

/// Whether a month is struck at `rate` a year.
fn strikes(noise: &mut Noise, rate: f64) -> bool {
    noise.happens(1.0 - (-rate / 12.0).exp())
}

/// Two to six tenths, all as likely.
fn part(noise: &mut Noise) -> f64 {
    0.2 + 0.4 * noise.uniform()
}

fn value_loss(noise: &mut Noise) -> [f64; 2] {
    let mut value = 1.0;
    for _ in 0..3 {
        if strikes(noise, 4.0) {
            let share = if noise.happens(0.1) { 1.0 } else { part(noise) };
            let back = if noise.happens(0.3) { 0.8 + 0.2 * noise.uniform() } else { 0.0 };
            value *= 1.0 - share * (1.0 - back);
        }
    }
    [1.0 - value, 10.0 + value]
}

fn income_cut(noise: &mut Noise) -> [f64; 2] {
    let (mut cut, mut lost) = (0.0, 0.0);
    for _ in 0..3 {
        cut *= 0.5_f64.powf(1.0 / 3.0);
        if strikes(noise, 4.0) {
            cut = 1.0 - (1.0 - cut) * (1.0 - part(noise));
        }
        lost += 0.02 * cut;
    }
    [lost, 11.0 + 0.06 - lost]
}

/// One unit after the other.
fn units_decay(noise: &mut Noise) -> [f64; 2] {
    let (mut healthy, mut paid) = (20_u32, 0.0);
    for _ in 0..3 {
        paid += 4.8 / 12.0 * (f64::from(healthy) + 0.4 * f64::from(20 - healthy)) / 20.0;
        if strikes(noise, 4.0) {
            let chance = part(noise);
            healthy -= noise.binomial(healthy, chance);
        }
    }
    let lost = 0.6 * f64::from(20 - healthy) / 20.0;
    [lost, 11.0 + paid - lost]
}

fn liability(noise: &mut Noise) -> [f64; 2] {
    let mut owed = 0.0;
    for _ in 0..3 {
        if strikes(noise, 4.0) {
            owed += (0.05 * (0.5 * noise.normal()).exp()).min(0.08);
        }
    }
    [owed, 11.06 - owed]
}

/// Struck in the first year, it costs the second one; what the second one announces comes later.
fn tax_rise(noise: &mut Noise) -> [f64; 2] {
    let mut points: f64 = 0.0;
    for _ in 0..12 {
        if strikes(noise, 1.0) {
            points = (points + 0.05 * (0.8 * noise.normal()).exp()).min(1.0);
        }
    }
    let lost = points * 0.24;
    [lost, 11.48 - lost]
}

#[test]
fn every_effect_has_the_mean_and_variance_of_its_law_told_anew() {
    let told: BTreeSet<&str> = LAWS.iter().map(|law| law.effect).collect();
    let registered: BTreeSet<&str> = KINDS.iter().map(|kind| kind.id).collect();
    assert_eq!(told, registered);
    let mut all = Vec::new();
    for law in &LAWS {
        let simulated = |event: &str| {
            let text = head(&format!("{} months", law.months), PATHS)
                + &asset("x", "micro-saas-fleet", VALUE, law.asset)
                + &format!("[[event]]\nname = \"it\"\n{event}\n{SAVER}");
            let run = outcome(&text);
            let lost = column(&run, EVENT_LOSS.of_object(1)).iter();
            let left = column(&run, WEALTH).iter();
            lost.zip(left).map(|(lost, left)| [lost / VALUE, left / VALUE]).collect()
        };
        all.extend(faults(law.effect, law.path, law.event, law.moved, simulated));
    }
    assert!(all.is_empty(), "{all:#?}");
}
