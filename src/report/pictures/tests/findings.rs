//! Titles are true: they claim what the numbers support and nothing else.

use super::super::holdings;
use super::super::loop_fan::{self, Medians};
use super::super::stack::Part;
use super::super::wealth_fan::{Fan, Guide};
use super::agents::{agents, drawn};
use super::crashes;
use super::portfolio::Portfolio;
use super::samples::{crash_correlation, setting};
use crate::chart::Quantiles;
use crate::figure::{Quantity, share_of};

fn wobbly(value: f64, std_error: f64) -> Quantity {
    Quantity { value, std_error }
}

#[test]
fn the_title_of_holdings_says_where_wealth_goes_and_what_is_most_of_it() {
    let run = Portfolio::of(3).run(1);
    let (parts, wealth, _) = run.parts();
    let end = wealth[wealth.len() - 1];
    let of = |parts: &[Part], wealth: &[f64], at_end| {
        let spec = holdings::spec(&run.setting(), &run.years(), parts.to_vec(), (wealth, at_end));
        spec.expect("several assets")
    };
    let drawn = |parts: &[Part], at_end| of(parts, &wealth, at_end);
    let low: Vec<f64> = wealth.iter().map(|amount| amount.min(wealth[0])).collect();
    let fallen = |value, error| of(&parts, &low, wobbly(value, error)).finding;
    let title = |value, error| drawn(&parts, wobbly(value, error)).finding;
    let most = parts.iter().map(Part::last).fold(0.0, f64::max) / end;
    let told = title(end, 1.0);
    assert!(told.starts_with("Mean wealth rises from $250k to $"), "{told}");
    assert!(told.contains(&format!(", {:.0} % in ", 100.0 * most)), "{told}");
    assert!(title(200_000.0, 10.0).ends_with(", ends at $200k"));
    assert!(fallen(200_000.0, 10.0).starts_with("Mean wealth falls from $250k to $200k"));
    let told = fallen(200_000.0, 50_000.0);
    assert!(told.starts_with("Mean wealth ends near its start, $250k"), "{told}");
    let many: Vec<Part> = (0..14).map(|k| parts[k % 3].clone()).collect();
    let spec = drawn(&many, wobbly(end, 1.0));
    assert!(spec.reading.ends_with("; the three smallest are one layer"));
    let crate::chart::Shape::Plots(plots) = spec.shape else { panic!("a panel") };
    let named = |name: &str| plots[0].ends.iter().any(|end| end.text.starts_with(name));
    // the assets are more than there is, so much is owed
    assert!(named("other assets $") && named("cash less debts −$"));
    assert_eq!(Portfolio::of(1).run(1).holdings(), None);
}

#[test]
fn an_axis_without_zero_is_announced() {
    let short = Portfolio::of(3).lasting(3).run(1);
    assert!(short.wealth_fan().of_wealth().reading.contains("does not start at zero"));
    assert!(!Portfolio::of(3).run(1).wealth_fan().of_wealth().reading.contains("start at zero"));
}

#[test]
fn the_title_of_the_fan_speaks_of_ruin_when_quantiles_are_zero() {
    let run = Portfolio::of(3).run(1);
    let mut chart = run.wealth_fan();
    assert!(chart.wealth_told().contains(" claimed, median $"));
    chart.guides.clear();
    let title = chart.wealth_told();
    assert!(
        title.starts_with("Median $") && title.contains(" after ten years; worst 5 % below $"),
        "{title}"
    );
    let mut ruined = |share: f64| {
        let mut wealth = run.final_wealth();
        wealth.sort_by(f64::total_cmp);
        let n = (share * wealth.len() as f64) as usize;
        wealth[..n].fill(0.0);
        let rank = |p: f64| (p * wealth.len() as f64).ceil() as usize - 1;
        chart.with_nothing = share_of(n as u64, wealth.len() as u64);
        chart.at_end = [0.05, 0.25, 0.5, 0.75, 0.95].map(|p| Quantity::exact(wealth[rank(p)]));
        chart.wealth_told()
    };
    let title = ruined(0.1);
    assert!(title.ends_with("; 10.0 % end with nothing"), "{title}");
    let title = ruined(0.97);
    assert_eq!(title, "97.0 % of paths end with nothing");
}

#[test]
fn the_title_of_income_says_how_much_it_is_at_the_end_and_whether_it_covers_spending() {
    let mut income = Portfolio::of(3).run(1).wealth_fan();
    let told = |income: &Fan| income.income_told("Dec 2030");
    let mut end = |median, spent: [f64; 2]| {
        income.at_end = [60.0, 90.0, median, 150.0, 200.0].map(|end| Quantity::within(end, 4.0));
        income.years = vec![1.0, 2.0];
        income.quantiles.levels[2] = vec![100.0, median];
        income.guides = vec![Guide::of_spending([(1.0, spent[0]), (2.0, spent[1])].to_vec())];
        told(&income)
    };
    let cases = [
        (80.0, [90.0, 90.0], "Median income ends at $80; below spending from 2028"),
        (80.0, [120.0, 120.0], "Median income never covers spending; at the end $80"),
        (120.0, [90.0, 90.0], "Median income always covers spending; at the end $120"),
        (120.0, [110.0, 90.0], "Median income ends at $120, above spending again"),
        (120.0, [90.0, 121.0], "Median net income $120 in Dec 2030; spending $121"),
    ];
    for (median, spent, title) in cases {
        assert_eq!(end(median, spent), title);
    }
    income.guides.clear();
    assert_eq!(told(&income), "Median net income $120 in Dec 2030");
    income.at_end[0] = Quantity::exact(0.0);
    income.with_nothing = Quantity::within(0.143, 0.005);
    assert!(told(&income).ends_with("; 14.3 % have none"));
}

#[test]
fn no_title_prints_digits_that_its_error_does_not_support() {
    let mut chart = Portfolio::of(3).run(1).wealth_fan();
    chart.guides.clear();
    chart.at_end[0] = wobbly(212_345.0, 30_000.0);
    chart.at_end[2] = wobbly(632_345.0, 300.0);
    let title = chart.wealth_told();
    assert_eq!(title, "Median $632k after ten years; worst 5 % below $210k");
}

#[test]
fn what_the_loop_does_in_crashes_is_told_from_the_choice_of_the_months() {
    let mut chart = crash_correlation(4);
    let said = "no more than error";
    let title = chart.spec().finding;
    assert!(title.starts_with("Agent selling raises correlation in crashes: "), "{title}");
    // the error of the paired difference decides, not those of the two maps
    chart.means[1].std_error = 0.5;
    assert!(!chart.spec().finding.contains(said));
    chart.added = chart.added.map(|added| Quantity { std_error: 0.5, ..added });
    assert!(chart.spec().finding.contains(said));
}

#[test]
fn what_agents_make_of_a_fall_is_said_and_from_where_selling_feeds_itself() {
    let told = |depth, gain| drawn(&agents(2, depth, gain));
    // all stop-losses, from a log-loss of 0.06 to 0.36, are reached: half of 0.3 comes on top of 0.223
    let half = told(None, 0.5);
    assert_eq!(half.finding, "Agents turn a 20 % fall into 31.1 %");
    assert_eq!(half.reading, "Fall of all that agents hold before and after they sell");
    let crate::chart::Shape::Rows(rows) = half.shape else { panic!("rows") };
    let rows = &rows[0];
    assert!(rows.rows[0].name == "Markets fall by 5 %" && rows.rows[0].figures[1].0 == "5.0 %");
    // 1 − e^−0.06
    let fed = told(Some(0.5), 0.9);
    assert!(fed.finding.starts_with("In a crisis agents turn a 10 % fall into "), "{}", fed.finding);
    let said = "; in a crisis selling feeds on itself above 5.8 %";
    assert!(fed.reading.ends_with(said), "{}", fed.reading);
}

#[test]
fn what_the_loop_takes_is_claimed_only_beyond_its_error() {
    let title = |value, std_error| {
        let medians = Medians {
            with: Quantity::exact(95_000.0),
            without: Quantity::exact(100_000.0),
            change: Some(wobbly(value, std_error)),
        };
        loop_fan::finding(&setting(1000), medians, false)
    };
    assert!(title(-0.05, 0.03).ends_with(" unchanged within sampling error"));
    assert_eq!(title(-0.05, 0.001), "Agent selling costs 5.0 % of median wealth by Dec 2036");
    assert_eq!(title(0.05, 0.001), "Agent selling raises median wealth by 5.0 % by Dec 2036");
}

#[test]
fn the_title_of_a_crash_says_what_the_month_is_without_the_sales_and_with_them() {
    let crash = crashes::ordinary();
    let drawn = crashes::spec(&crash);
    assert_eq!(drawn.finding, "Costliest month: wealth −44.3 % with agent selling, −15.5 % without");
    // 2.11 / (1 − 0.341)
    let said = "Change of value within Mar 2031, the costliest month in 1,000 paths: wealth of $3.79M becomes $2.11M, not $3.2M";
    assert_eq!(drawn.reading, said);
    let crate::chart::Shape::Rows(rows) = drawn.shape else { panic!("rows") };
    let rows = &rows[0];
    let names: Vec<&str> = rows.rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["Wealth", "DeFi", "Royalties", "SaaS", "Warehouse", "All that agents hold"]);
    let figures =
        |row: usize| -> Vec<&str> { rows.rows[row].figures.iter().map(|(text, _)| text.as_str()).collect() };
    // 2.11 / (1 − 0.341) and 2.11 over 3.79; e^−0.35, e^−0.65 and e^−0.3
    assert_eq!(figures(0), ["−15.5 %", "−44.3 %", "−28.8"]);
    assert_eq!(figures(1), ["−29.5 %", "−47.8 %", "−18.3"]);
}

#[test]
fn a_percentile_that_reaches_nothing_is_lost_and_then_says_so() {
    let line = |values: [f64; 3]| vec![1e5, values[0], values[1], values[2]];
    let of = |lowest| Quantiles {
        levels: [lowest, line([8e4; 3]), line([9e4; 3]), line([1e5; 3]), line([2e5; 3])],
        of_first: None,
    };
    let medians = Medians { with: Quantity::exact(9e4), without: Quantity::exact(9e4), change: None };
    let (with, without) = (of(line([5e4, 0.0, 0.0])), of(line([6e4, 4e4, 0.0])));
    let spec = loop_fan::spec(&setting(1000), &[0.0, 1.0, 2.0, 3.0], [&with, &without], medians);
    let crate::chart::Shape::Rows(rows) = spec.shape else { panic!("rows") };
    let rows = &rows[0];
    let figures =
        |column: usize| -> Vec<&str> { rows.rows.iter().map(|row| row.figures[column].0.as_str()).collect() };
    assert_eq!(rows.rows[0].name, "Dec 2027");
    assert_eq!(figures(2), ["0 %"; 3]);
    assert_eq!(figures(3), ["−16.7 %", "−100 %", "from $0"]);
}
