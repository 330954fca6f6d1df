use super::*;

/// IRR per year of `money_in` with monthly withdrawals `flows` and final `wealth`.
fn rate(money_in: f64, flows: &[f64], wealth: f64) -> f64 {
    let flows: Vec<Wide> = flows.iter().map(|flow| [*flow / money_in; PATHS]).collect();
    let found = rates(&flows, &[wealth / money_in; PATHS]);
    assert!(found.iter().all(|one| *one == found[0]));
    found[0]
}

/// Yearly rate that compounds the monthly `rate` r: (1 + r)^12 − 1.
fn yearly(rate: f64) -> f64 {
    let quarter = (1.0 + rate) * (1.0 + rate) * (1.0 + rate);
    let half = quarter * quarter;
    half * half - 1.0
}

#[test]
fn flows_that_can_be_solved_by_hand_are() {
    // −100, 230, −132: 1.1 and 1.2 solve it, at neither is the money always his own
    assert_eq!(rate(100.0, &[230.0, -132.0], 0.0), NO_RATE);
    // nothing came back, or nothing but what was put in
    assert_eq!(rate(100.0, &[0.0, -5.0, 0.0], 0.0), -1.0);
    assert_eq!(rate(100.0, &[0.0, -50.0], 150.0), 0.0);
    for (flows, wealth, exact) in [
        (vec![0.0, 0.0], 121.0, 0.1),
        (vec![10.0, 10.0, 10.0], 100.0, 0.1),
        (vec![-100.0, 0.0], 231.0, 0.1),
        (vec![50.0, 0.0, 0.0], 0.0, -0.5),
        // the first month alone: a hundredth of it came back
        (vec![1.0], 0.0, -0.99),
        // what is paid out at once and grows by nothing later
        (vec![1_000.0], 5_000.0, 59.0),
    ] {
        let found = rate(100.0, &flows, wealth);
        let off = (found - yearly(exact)).abs();
        assert!(off <= 1e-10 * (1.0 + yearly(exact)), "{flows:?}: {found}");
    }
}

#[test]
fn neither_a_slope_beyond_the_range_nor_the_last_digits_of_a_high_rate_hide_it() {
    let found = rates(&[[0.0; PATHS]; 400], &[1e250; PATHS])[0];
    let exact = crate::math::elementary::exp(7.5 * std::f64::consts::LN_10) - 1.0;
    assert!((found / exact - 1.0).abs() < 1e-9, "{found} for {exact}");
    let found = rates(&[[0.08; PATHS]; 480], &[15.0; PATHS])[0];
    assert!((found - yearly(0.08)).abs() < 1e-9, "{found}");
}

#[test]
fn paths_do_not_see_each_other() {
    let mut flows = vec![[0.0; PATHS]; 24];
    let mut wealth = [0.0; PATHS];
    for path in 0..PATHS {
        let x = 1.0 + path as f64;
        for (month, flow) in flows.iter_mut().enumerate() {
            let is_paid = (path + month) % 7 == 0;
            flow[path] = if is_paid { 0.1 * x } else { -0.01 * x };
        }
        wealth[path] = if path % 5 == 0 { 0.0 } else { 0.3 * x };
    }
    let all = rates(&flows, &wealth);
    for path in 0..PATHS {
        let alone: Vec<Wide> = flows.iter().map(|row| [row[path]; PATHS]).collect();
        let one = rates(&alone, &[wealth[path]; PATHS]);
        assert_eq!(one[0].to_bits(), all[path].to_bits(), "{path}");
    }
}
