//! What an owner's keys refuse, and what to write instead.

use super::support::{faults, refused, with_asset};

fn with_owner(keys: &str) -> String {
    with_asset(&format!("[owner]\n{keys}\n"))
}

#[test]
fn a_rate_of_tax_is_spoken_of_as_one() {
    for (written, said) in [
        ("37-15 %", "tax_rate = [0.15, 0.37]"),
        ("20 %/year", "tax_rate = \"20 %\""),
        ("15-37 % a year", "tax_rate = \"15-37 %\""),
        ("15-37", "tax_rate = \"15-37 %\""),
        ("15-137 %", "a tax rate lies between 0 and 1 (0 % to 100 %)"),
    ] {
        let seen = refused(&with_owner(&format!("tax_rate = \"{written}\"")));
        assert!(seen.contains(said), "{seen}");
    }
    for keys in ["tax_rate = 20", "tax_rate = [0.1, 20]", "tax_rate = -0.1"] {
        let seen = refused(&with_owner(keys));
        assert!(seen.contains("tax rate") && !seen.contains("ROI"), "{seen}");
    }
}

#[test]
fn a_span_is_proposed_in_the_unit_that_the_key_is_usually_said_in() {
    let goal = "spending = \"900/month\"\n[goal]\nautonomy = { hold = 12 }";
    let seen = refused(&with_owner(goal));
    assert!(seen.contains("hold = \"12 months\""), "{seen}");
    let seen = refused(&with_owner("rebalance = 3"));
    assert!(seen.contains("rebalance = \"3 months\""), "{seen}");
}

#[test]
fn a_goal_without_spending_is_told_beside_other_faults_but_not_of_one_that_was_misread() {
    let goal = "\n[goal]\nautonomy = { hold = \"12 months\" }";
    let codes = |keys: &str| -> Vec<String> {
        let codes = faults(&with_owner(&format!("{keys}{goal}")));
        let code = |fault: String| fault.split(' ').next().unwrap_or_default().to_owned();
        codes.into_iter().map(code).collect()
    };
    assert_eq!(codes("cash = 1"), ["goal"]);
    assert_eq!(codes("cash = -1"), ["range", "goal"]);
    assert_eq!(codes("spending = 0"), ["goal"]);
    assert_eq!(codes("spending = 900"), ["unit"]);
    assert_eq!(codes("spendign = \"900/month\""), ["unknown-key"]);
}
