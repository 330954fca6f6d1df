//! Units of a fleet: whole numbers of them, none twice, none lost.

use crate::common::{asset, head, scenario};
use crate::config;
use proptest::prelude::*;
use tailwheel::engine::Block;
use tailwheel::plan::{Plan, SeriesOf};
use tailwheel::stage::{Level, Row};

/// Healthy, decayed, down and closed units of every path.
fn counts(block: &Block, units: f64, rows: &[Row]) -> Vec<[f64; 4]> {
    let count = |row: usize, lane: usize| units * block.worlds[0].rows.get(rows[row])[lane];
    let of_path = |lane| [0, 1, 2, 3].map(|row| count(row, lane));
    (0..256).map(of_path).collect()
}

/// The whole number that `count` is but for rounding.
fn whole(count: f64) -> Option<f64> {
    let whole = count.round();
    ((count - whole).abs() < 1e-6 && whole >= 0.0).then_some(whole)
}

proptest! {
    #![proptest_config(config(60))]

    #[test]
    fn every_unit_is_healthy_decayed_down_or_closed_for_good(
        units in prop_oneof![Just(1_u32), 2..60_u32, 1000..6000_u32],
        half_life in prop_oneof![Just("never".to_owned()), (1..40_u32).prop_map(|m| format!("{m} months"))],
        shutdown in prop_oneof![Just(0.0), 0.0..0.99_f64],
        hours in prop_oneof![Just(0.0), 0.1..20.0_f64, 100.0..168.0_f64],
        detection in prop_oneof![Just(1.0), Just(0.0), 0.0..1.0_f64],
        fate in prop_oneof![
            Just("found = \"sunset\"".to_owned()),
            (1..7_u32).prop_map(|m| format!("found = \"re-seed\"\nreseed_time = \"{m} months\"")),
        ],
    ) {
        let keys = format!(
            "model = \"mechanism\"\nroi = 0.3\nroi_law = \"point\"\nunits = {units}\nshutdown = {shutdown}\n\
             algorithm_half_life = \"{half_life}\"\naudit = \"{hours} h/week\"\ndetection = {detection}\n{fate}"
        );
        let text = head("2 years", 256) + &asset("fleet", "micro-saas-fleet", 1000.0, &keys);
        let plan = Plan::compile(&scenario(&text));
        let row = |of| if let SeriesOf::State(row) = of { Some(row) } else { None };
        let rows: Vec<Row> = plan.record.series.iter().filter_map(|series| row(series.of)).collect();
        let all = f64::from(units);
        let mut block = Block::new(&plan);
        block.open(&plan, Level::detect(), 0);
        let mut before = counts(&block, all, &rows);
        prop_assert!(before.iter().all(|now| *now == [all, 0.0, 0.0, 0.0]));
        for month in 1..=24 {
            block.advance(&plan, Level::detect());
            let now = counts(&block, all, &rows);
            for (now, before) in now.iter().zip(&before) {
                let whole: Option<Vec<f64>> = now.iter().copied().map(whole).collect();
                let whole = whole.map_or(f64::NAN, |counts| counts.iter().sum());
                prop_assert!(whole == all, "month {month}: {now:?}");
                // what is closed stays closed, and nothing else is
                let closes = shutdown > 0.0 || fate.contains("sunset");
                prop_assert!(now[3] >= before[3] - 1e-6 && (closes || now[3] == 0.0), "month {month}: {now:?}");
            }
            before = now;
        }
    }
}
