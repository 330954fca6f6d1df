//! Titles are true: they claim what the numbers support and nothing else.

use super::super::holdings;
use super::super::income::SPENDING;
use super::super::loop_fan::{self, Medians};
use super::super::stack::StackPart;
use super::super::wealth_fan::Guide;
use super::agents::{agents, drawn};
use super::samples::{crash_correlation, fan, setting};
use super::{crashes, figures, rows};
use crate::chart::{HUES, Ink, Paint, Quantiles, Shape};
use crate::figure::Quantity;

fn wobbly(value: f64, std_error: f64) -> Quantity {
    Quantity { value, std_error }
}

#[test]
fn the_title_of_holdings_says_where_wealth_goes_and_what_is_most_of_it() {
    let part = |name: &str, values: [f64; 2]| StackPart {
        name: name.to_owned(),
        paint: Paint::of(HUES[0], 75),
        values: values.to_vec(),
    };
    let parts = [part("A", [150e3, 120e3]), part("B", [60e3, 180e3]), part("C", [40e3, 100e3])];
    let of = |parts: &[StackPart], wealth: [f64; 2], at_end| {
        holdings::spec(
            &setting(1000),
            &[0.0, 10.0],
            parts.to_vec(),
            &wealth,
            [at_end, Quantity::exact(90e3)],
            Vec::new(),
        )
    };
    let title = |end, value, error| of(&parts, [250e3, end], wobbly(value, error)).expect("assets").finding;
    assert_eq!(title(400e3, 400e3, 1.0), "Mean wealth rises to $400k by 2037; 45 % is B");
    assert_eq!(title(200e3, 200e3, 10.0), "Mean wealth falls to $200k by 2037; 90 % is B");
    assert_eq!(title(400e3, 200e3, 10.0), "Mean wealth peaks at $400k, ends at $200k");
    assert_eq!(title(400e3, 400e3, f64::INFINITY), "Mean wealth $400k, error unknown; median $90k");
    assert_eq!(title(250e3, 200e3, 50e3), "Mean wealth $200k, not clearly unlike $250k; 72 % is B");
    let many: Vec<StackPart> = (0..14).map(|k| parts[k % 3].clone()).collect();
    let spec = of(&many, [250e3, 400e3], wobbly(400e3, 1.0)).expect("assets");
    assert!(
        spec.reading.ends_with("below zero: debts that exceed the cash; the three smallest are one layer")
    );
    let Shape::Plot(plot) = spec.shape else { panic!("a panel") };
    let named = |name: &str| plot.ends.iter().any(|end| end.text.starts_with(name));
    // the assets are more than there is, so much is owed
    assert!(named("other assets $") && named("cash less debts −$"));
    assert_eq!(of(&parts[..1], [250e3, 400e3], wobbly(400e3, 1.0)), None);
}

#[test]
fn an_axis_without_zero_is_announced() {
    assert!(!fan().of_wealth().reading.contains("start at zero"));
    let mut narrow = fan();
    narrow.quantiles = super::samples::quantiles([0.98, 0.99, 1.0, 1.01, 1.02]);
    narrow.guides.clear();
    assert!(narrow.of_wealth().reading.contains("does not start at zero"));
}

#[test]
fn the_title_of_the_fan_speaks_of_ruin_when_quantiles_are_zero() {
    let mut chart = fan();
    assert_eq!(chart.title_of_wealth(None), "Median $300k after ten years, 30 % of the $1.00M claimed");
    chart.guides.truncate(1);
    assert_eq!(chart.title_of_wealth(None), "Median rises from $250k to $300k after ten years");
    chart.guides.push(Guide::new("index fund", vec![(0.0, 250e3), (10.0, 350e3)], Ink::Purple, 9));
    let fund = |error| Some(wobbly(350e3, error));
    assert_eq!(chart.title_of_wealth(fund(1e3)), "Median rises from $250k to $300k; index fund $350k");
    assert_eq!(chart.title_of_wealth(fund(1e5)), chart.title_of_wealth(None));
    chart.guides.clear();
    // and prints no digit that the error does not support
    chart.at_end[0] = wobbly(212_345.0, 30_000.0);
    chart.at_end[2] = wobbly(632_345.0, 300.0);
    assert_eq!(chart.title_of_wealth(None), "Median $632k after ten years");
    (chart.at_end[0], chart.with_nothing) = (Quantity::exact(0.0), Quantity::within(0.1, 0.005));
    assert_eq!(chart.title_of_wealth(None), "Median $632k; 10.0 % end with nothing");
    (chart.at_end[2], chart.with_nothing) = (Quantity::exact(0.0), Quantity::within(0.97, 0.005));
    assert_eq!(chart.title_of_wealth(None), "97.0 % of paths have nothing after ten years");
    // a claim that runs out as well is no whole of which a part could be left
    chart.guides = vec![Guide::new("as claimed", vec![(0.0, 1e6), (10.0, 0.0)], Ink::Green, 3)];
    assert_eq!(chart.title_of_wealth(None), "$0 claimed; 97.0 % of paths end with nothing");
}

fn spending(points: Vec<(f64, f64)>) -> Guide {
    Guide::new(SPENDING, points, Ink::Text, 3)
}

#[test]
fn the_title_of_income_says_how_much_it_is_at_the_end_and_whether_it_covers_spending() {
    let mut income = fan();
    let mut end = |median, spent: [f64; 2]| {
        income.at_end = [60.0, 90.0, median, 150.0, 200.0].map(|end| Quantity::within(end, 4.0));
        income.years = vec![1.0, 2.0];
        income.quantiles.levels[2] = vec![100.0, median];
        income.guides = vec![spending([(1.0, spent[0]), (2.0, spent[1])].to_vec())];
        income.title_of_income("Dec 2030")
    };
    let cases = [
        (80.0, [90.0, 90.0], "Median income falls below $90 spending around Jun 2028"),
        (80.0, [120.0, 120.0], "Median income is below $120 spending from Dec 2027 on"),
        (120.0, [90.0, 90.0], "Median income covers $90 spending from Dec 2027 on"),
        (120.0, [110.0, 90.0], "Median income covers $90 spending from Dec 2028 on"),
        (80.0, [60.0, 90.0], "Median income is below $90 spending by Dec 2028"),
        (120.0, [90.0, 121.0], "Median income ends at $120; spending is $121"),
    ];
    for (median, spent, title) in cases {
        assert_eq!(end(median, spent), title);
    }
    // within its error, neither title nor label says on which side it is
    assert!(income.crossing().is_none());
    // the last of two crossings counts
    income.quantiles.levels[2] = vec![100.0, 80.0, 120.0];
    income.years.push(3.0);
    income.guides = vec![spending([1.0, 2.0, 3.0].map(|year| (year, 90.0)).to_vec())];
    let again = "Median income covers $90 spending from around Mar 2029 on";
    assert_eq!(income.title_of_income("Dec 2030"), again);
    // a quarter of the way from 80 to 120
    assert_eq!(income.crossing(), Some(((2.25, 90.0), "covers", "around Mar 2029".to_owned())));
    income.guides.clear();
    assert_eq!(income.title_of_income("Dec 2030"), "Median net income $120 in Dec 2030");
    income.at_end[0] = Quantity::exact(0.0);
    income.with_nothing = Quantity::within(0.143, 0.005);
    assert!(income.title_of_income("Dec 2030").ends_with("; 14.3 % have none"));
}

#[test]
fn what_the_loop_does_in_crashes_is_told_from_the_choice_of_the_months() {
    let mut chart = crash_correlation(4);
    let said = "no more than error";
    let title = chart.spec().finding;
    assert!(title.starts_with("AI agents' sales raise average correlation from "), "{title}");
    // the error of the paired difference decides, not those of the two maps
    chart.means[1].std_error = 0.5;
    assert!(!chart.spec().finding.contains(said));
    chart.added = chart.added.map(|added| Quantity { std_error: 0.5, ..added });
    assert!(chart.spec().finding.contains(said));
}

#[test]
fn what_agents_make_of_a_fall_is_said_and_from_where_selling_feeds_itself() {
    let chart_of = |depth, gain| drawn(&agents(2, depth, gain));
    // all stop-losses, from a log-loss of 0.06 to 0.36, are reached: half of 0.3 comes on top of 0.223
    let half = chart_of(None, 0.5);
    assert_eq!(half.finding, "AI agents turn a 20 % fall into 31.1 %");
    assert_eq!(
        half.reading,
        "Fall of assets that AI agents hold; gray: before they sell, orange: added by their sales"
    );
    let rows = rows(&half);
    assert_eq!((rows.rows[0].name.as_str(), figures(rows, 0)), ("Fall of 5 %", vec!["no sales"]));
    // 1 − e^−0.06
    let fed = chart_of(Some(0.5), 0.9);
    assert!(fed.finding.starts_with("In crises, AI agents turn a 10 % fall into "), "{}", fed.finding);
    assert!(fed.reading.starts_with("Fall of assets that AI agents hold in a crisis; "), "{}", fed.reading);
}

#[test]
fn what_the_loop_takes_is_claimed_only_beyond_its_error() {
    let title = |value, std_error| {
        let medians = Medians {
            with: Quantity::exact(95_000.0),
            without: Quantity::exact(100_000.0),
            change: Some(wobbly(value, std_error)),
        };
        loop_fan::finding(&setting(1000), medians)
    };
    assert!(title(-0.05, 0.03).ends_with(" unchanged within sampling error"));
    assert_eq!(title(-0.05, 0.001), "Sales by AI agents cut 2036 median wealth by 5.0 %");
    assert_eq!(title(0.05, 0.001), "Sales by AI agents raise 2036 median wealth by 5.0 %");
}

#[test]
fn the_title_of_a_crash_says_what_the_sales_do_to_wealth() {
    let drawn = crashes::spec(&crashes::ordinary());
    // 2.11 / (1 − 0.341) = 3.20, less 2.11
    assert_eq!(drawn.finding, "Worst case: sales by AI agents take 34.1 % of $3.2M");
    let said = "Loss by the sales in Mar 2031 on the worst path, in 2027 dollars; gray: what is left";
    assert_eq!(drawn.reading, said);
    let names: Vec<&str> = rows(&drawn).rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["Your wealth (of $3.2M)", "DeFi", "Royalties", "SaaS", "Warehouse"]);
    // 12/25 of it
    assert_eq!(figures(rows(&drawn), 0), ["$1.09M"]);
    assert_eq!(figures(rows(&drawn), 1), ["$523k"]);
}

#[test]
fn small_losses_of_a_crash_are_one_row() {
    let mut crash = crashes::ordinary();
    (crash.crash.assets[2].lost, crash.crash.assets[3].lost) = (2e3, 3e3);
    let drawn = crashes::spec(&crash);
    let names: Vec<&str> = rows(&drawn).rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names[1..], ["DeFi", "Royalties", "Other assets"]);
    assert_eq!(figures(rows(&drawn), 3), ["$5k"]);
}

#[test]
fn a_median_that_reaches_nothing_is_lost_and_then_says_so() {
    let of = |median: [f64; 4]| Quantiles {
        levels: [[0.0; 4].to_vec(), [0.0; 4].to_vec(), median.to_vec(), [1e5; 4].to_vec(), [2e5; 4].to_vec()],
    };
    let medians = Medians { with: Quantity::exact(0.0), without: Quantity::exact(0.0), change: None };
    let (with, without) = (of([1e5, 5e4, 0.0, 0.0]), of([1e5, 6e4, 4e4, 0.0]));
    let spec = loop_fan::spec(&setting(1000), &[0.0, 1.0, 2.0, 3.0], [&with, &without], medians);
    let rows = rows(&spec);
    assert_eq!(rows.rows[0].name, "Dec 2027");
    assert_eq!([0, 1, 2].map(|row| figures(rows, row)[2]), ["−16.7 %", "−100 %", "already $0"]);
}

#[test]
fn the_labels_of_a_fan_have_equal_decimals_and_name_lines_beyond_the_axis() {
    let mut chart = fan();
    chart.guides[1].points.last_mut().expect("an end").1 = 9e6;
    chart.guides.push(Guide::new("savings", vec![(0.0, 250e3), (10.0, 1e3)], crate::chart::Ink::Gold, 9));
    chart.quantiles = super::samples::quantiles([0.98, 0.99, 1.0, 1.01, 1.02]);
    chart.at_end = [84_123.0, 90e3, 98e3, 1.12e6, 1.25e6].map(Quantity::exact);
    chart.at_end[0].std_error = 500.0;
    let labels = |chart: &super::super::wealth_fan::Fan| {
        let Shape::Plot(plot) = chart.of_wealth().shape else { panic!("a panel") };
        plot.ends.iter().map(|end| end.text.clone()).collect::<Vec<String>>()
    };
    let above = "as claimed $9.00M (above)";
    assert_eq!(
        labels(&chart),
        [
            "5 % of paths above $1.25M", "median $98k", "5 % of paths below $84k", "invested $250k", above,
            "savings $1,000"
        ]
    );
    chart.guides[1].points.last_mut().expect("an end").1 = 260e3;
    assert_eq!(labels(&chart)[4..], ["as claimed $260k", "savings $1,000 (below)"]);
    // bands without width are not explained
    assert!(chart.of_wealth().reading.contains("dark band: half of paths, light: 90 %"));
    chart.quantiles = super::samples::quantiles([1.0; 5]);
    assert!(chart.of_wealth().reading.contains("; no bands: at least 90 % of paths are alike"));
}
