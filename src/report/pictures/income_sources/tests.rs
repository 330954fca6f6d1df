use super::*;

/// Layers that pay so much at the first and at the last date.
fn sources(paid: &[(f64, f64)]) -> IncomeSources {
    let named = ('a'..).zip(paid);
    IncomeSources {
        currency: "USD".to_owned(),
        basis: "in 2027 money".to_owned(),
        n_paths: 1000,
        path: 1_234,
        years: vec![0.5, 10.0],
        end: "Dec 2036".to_owned(),
        layers: named
            .map(|(name, (first, last))| Layer {
                name: name.to_string(),
                paid: vec![*first, *last],
            })
            .collect(),
    }
}

#[test]
fn the_title_names_what_pays_most_in_the_last_month() {
    for (paid, expected) in [
        (
            [(100.0, 300.0), (200.0, 298.0)],
            "a pays most in one month, Dec 2036: $300 of $598",
        ),
        (
            [(100.0, 300.0), (200.0, 300.0)],
            "no asset clearly pays most of $600 in the month of Dec 2036",
        ),
        (
            [(100.0, 0.0), (200.0, 0.0)],
            "nothing pays anything in Dec 2036",
        ),
    ] {
        let expected = format!("On one path of 1,000, number 1,234, {expected}");
        assert_eq!(sources(&paid).finding(), expected);
    }
}

#[test]
fn the_path_is_named_by_the_months_that_it_is_the_median_of() {
    let path = sources(&[(100.0, 300.0), (200.0, 298.0)]);
    let told = |years: f64| {
        let path = IncomeSources {
            years: vec![1.0 / 12.0, years],
            ..path.clone()
        };
        path.reading()
    };
    let whole = "on the path of median income over its last 12 months";
    assert!(told(10.0).contains(whole) && told(1.0).contains(whole));
    // a horizon of less than a year
    assert!(told(7.0 / 12.0).contains("over its last 7 months"));
    let alone = IncomeSources { n_paths: 1, ..path };
    assert!(alone.finding().starts_with("On the one path a pays"));
}

#[test]
fn many_layers_are_the_largest_and_the_others_together() {
    let paid: Vec<(f64, f64)> = (0..9).map(|n| (1.0, 90.0 - f64::from(n))).collect();
    let all = sources(&paid);
    let drawn = all.drawn();
    assert_eq!((drawn.len(), drawn[5].name.as_str()), (6, "4 others"));
    let same = [&all.layers, &drawn].map(|layers| sum(layers)[1]);
    assert_eq!(same[0], same[1]);
    assert!(all.reading().ends_with("four of them together"));
}
