//! A table of parts of which some are missing: what it looks like may be written as it stands.
//!
//! In: tables with keys left out. Out: what is shown, in its place. Not here: wrong values (`meaning`).

use super::apply::{Fault, faults};

const HEAD: &str = "start = \"2027-01\"\nhorizon = \"2 years\"\ncurrency = \"USD\"\nrun.seed = 1\n\
                    [[asset]]\nname = \"a\"\nclass = \"ai-managed-portfolio\"\nmodel = \"mechanism\"\nroi = 0.1\nvalue = 1\n";
const MIX: &str = "mix = { equity = 0.6, property = 0.4 }\n";

/// Tables with all keys that they need.
const TABLES: [(&str, &[(&str, &str)]); 3] = [
    (
        "part_volatility",
        &[
            ("equity", "0.2"),
            ("property", "0.1"),
            ("defi", "0.5"),
            ("crypto", "0.7"),
            ("collectibles", "1.0"),
        ],
    ),
    (
        "part_return",
        &[
            ("equity", "0.07"),
            ("property", "0.05"),
            ("defi", "0.04"),
            ("crypto", "0"),
            ("collectibles", "0"),
        ],
    ),
    (
        "part_correlation",
        &[
            ("equity_property", "0.3"),
            ("equity_defi", "0.2"),
            ("equity_crypto", "0.3"),
            ("equity_collectibles", "0.1"),
            ("property_defi", "0.1"),
            ("property_crypto", "0.1"),
            ("property_collectibles", "0.1"),
            ("defi_crypto", "0.7"),
            ("defi_collectibles", "0.4"),
            ("crypto_collectibles", "0.5"),
        ],
    ),
];

fn table(name: &str, keys: &[String]) -> String {
    format!("{HEAD}{MIX}{name} = {{ {} }}\n", keys.join(", "))
}

/// The line that a fault shows.
fn shown(fault: &Fault) -> String {
    let such_as = fault.notes.iter().find(|(name, _)| *name == "such as");
    such_as.expect("what it looks like").1.clone()
}

#[test]
fn what_is_missing_of_parts_is_shown_as_it_can_be_written() {
    for (name, keys) in TABLES {
        let written: Vec<String> =
            keys.iter().map(|(key, value)| format!("{key} = {value}")).collect();
        assert!(faults(&table(name, &written)).is_empty(), "{name}");
        let mut all_shown = Vec::new();
        // one left out, and all but one
        for left in 0..keys.len() {
            let others: Vec<String> =
                (0..keys.len()).filter(|at| *at != left).map(|at| written[at].clone()).collect();
            for mut kept in [others, vec![written[left].clone()]] {
                let found = faults(&table(name, &kept));
                assert_eq!(found.len(), keys.len() - kept.len(), "{name}: {kept:?}");
                let lines: Vec<String> = found.iter().map(shown).collect();
                kept.extend(lines.iter().cloned());
                let after = faults(&table(name, &kept));
                assert!(after.is_empty(), "{name}: {kept:?}: {}", after[0].message);
                all_shown.extend(lines);
            }
        }
        let values: std::collections::BTreeSet<&str> =
            all_shown.iter().filter_map(|line| Some(line.split_once(" = ")?.1)).collect();
        assert!(values.len() > 2, "one value for every part: {values:?}");
    }
}

#[test]
fn parts_of_which_there_is_no_mix_are_proposed_one_only_where_nothing_says_the_whole() {
    let swings = "part_volatility = { equity = 0.2, property = 0.1, defi = 0.5, crypto = 0.7, collectibles = 1 }\n";
    for (whole, n) in [("", 1), ("volatility = 0.1\n", 0), ("mix_return = 0.05\n", 0)] {
        let found = faults(&format!("{HEAD}{whole}{swings}"));
        assert_eq!(found.len(), 1, "{whole}");
        assert_eq!(found[0].proposals.len(), n, "{whole}");
        for (proposal, patched) in &found[0].proposals {
            assert!(faults(patched).is_empty(), "{proposal}");
        }
        if n == 0 {
            // the way out is told
            let told = found[0]
                .notes
                .iter()
                .any(|(name, text)| *name == "help" && text.contains("no `part_volatility`"));
            assert!(told && faults(&format!("{HEAD}{whole}")).is_empty(), "{whole}");
        }
    }
}
