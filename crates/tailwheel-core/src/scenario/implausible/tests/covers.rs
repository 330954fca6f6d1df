//! Covers whose keys cannot be meant together.

use super::*;

/// Warnings about the cover of [`BASE`] with another `horizon`, and `keys` in place of limit, premium and terms.
fn of_cover(horizon: &str, keys: &str) -> Vec<String> {
    const SHOCK: &str = "[[shock]]\nat = \"2028-07\"\nmarket = \"defi\"\nloss = \"30 %\"\n";
    let horizon = format!("horizon = \"{horizon}\"");
    let mut text = BASE.replace("horizon = \"10 years\"", &horizon).replace(SHOCK, "");
    for (key, written) in
        [("flows", ""), ("launch", ""), ("premium", ""), ("waiting", ""), ("cover", ""), ("limit", keys)]
    {
        let line = text.lines().find(|line| line.starts_with(&format!("{key} = ")));
        let line = line.expect("it is there").to_owned();
        text = text.replace(&line, written);
    }
    let found = study(&text, &[]).as_written.scenario.implausible;
    let of_cover = |value: &Implausible| value.key.starts_with("owner.cover");
    found.into_iter().filter(of_cover).map(|value| value.text).collect()
}

#[test]
fn a_cover_that_pays_nothing_within_the_run_is_warned_of_with_the_key_that_is_too_long() {
    const LIMIT: &str = "limit = 40_000\n";
    let of = |horizon: &str, keys: &str| of_cover(horizon, &format!("{LIMIT}{keys}\n"));
    let when = |keys: &str| format!("pays_when = {{ yield_below = 0.05{keys} }}");
    // a claim of the first month at the earliest, a window after it, and the waiting time
    for (horizon, keys) in [
        ("2 months", String::new()),
        ("5 months", when("")),
        ("9 months", when(", window = \"4 months\"") + "\nwaiting = \"4 months\""),
    ] {
        assert_eq!(of(horizon, &keys), [""; 0], "{keys}");
    }
    let cases = [
        ("1 month", String::new(), "`owner.cover.vault.waiting` is \"14 days\" (default)"),
        ("4 months", when(""), "`owner.cover.vault.pays_when.window` is \"3 months\" (default)"),
        ("10 years", when(", window = \"11 years\""), "`owner.cover.vault.pays_when.window` is \"11 years\""),
        (
            "10 years",
            when("") + "\nwaiting = \"119 months\"",
            "`owner.cover.vault.waiting` is \"119 months\"",
        ),
        (
            "9 months",
            when(", window = \"5 months\"") + "\nwaiting = \"4 months\"",
            "`owner.cover.vault.pays_when.window` is \"5 months\"",
        ),
    ];
    for (horizon, keys, is) in cases {
        let found = of(horizon, &keys);
        assert_eq!(found.len(), 1, "{keys}: {found:?}");
        assert!(found[0].starts_with(is), "{}", found[0]);
        assert!(found[0].contains("no payout reaches cash within the run"), "{}", found[0]);
        assert!(!found[0].contains("premiums are lost"), "{}", found[0]);
    }
    let never = of("1 month", &when(""));
    assert_eq!(never.len(), 1);
    assert!(never[0].contains("all premiums are lost"), "{}", never[0]);
}

#[test]
fn a_limit_far_above_the_value_is_warned_of_with_what_it_does() {
    let of = |keys: &str| {
        let found = of_cover("10 years", &format!("limit = 2_000_000\n{keys}\n"));
        assert_eq!(found.len(), 1, "{found:?}");
        found[0].clone()
    };
    let (priced, when) = ("premium = \"1 %/year\"", "pays_when = { yield_below = 0.05 }");
    assert!(of(priced).contains("the result is too pessimistic"));
    assert!(of("").contains("changes neither payouts nor the computed premium"));
    assert!(
        of(&format!("{priced}\n{when}")).contains("The mean is too optimistic if payouts exceed premiums")
    );
    assert!(of(when).contains("All others, and the mean, are too pessimistic"));
}
