//! Scenarios side by side of every sort, and what their titles may claim.
//!
//! In: medians and their differences. Out: comparisons. Not here: runs (`cases`).

use super::{figures, rows};
use crate::chart::{ChartRow, RowMark, Shape, Spec};
use crate::math::normal::cdf;
use crate::random::Seeds;
use crate::report::Measure;
use crate::report::compare::{
    ALPHA, CasePart, ChangePart, ComesIn, Comparison, DifferencePart, HeadlinePart, SidePart,
};
use crate::stats::{Better, Error, Estimate, Note, Unit, Value, Verdict, holm};
use crate::study::Remark;

const MEDIAN: &str = "wealth.terminal.real.p50";

fn side(name: &str) -> SidePart {
    SidePart {
        letter: "A".to_owned(),
        id: name.to_owned(),
        name: name.to_owned(),
        title: name.to_owned(),
        model_digest: "3f9c1a7e".to_owned(),
        money_in: 344_000.0,
        inflation: 0.02,
        incomes: ComesIn::default(),
    }
}

/// Returns a measure in two runs, each with error `std_error`; `paired` is that of their difference, `None` if unknown.
fn part(unit: Unit, base: f64, new: f64, std_error: f64, paired: Option<f64>) -> DifferencePart {
    let run = |value| Measure::new(unit, &Estimate::normal(value, std_error, 1_000));
    let difference = new - base;
    let change = match paired {
        Some(error) => Estimate::normal(difference, error, 1_000),
        None => Estimate::bare(difference, 1_000, Some(Note::Atom { probability: 0.8 })),
    };
    let change = Value::new(unit, &change);
    DifferencePart {
        unit,
        base: Some(base),
        base_std_error: Some(std_error),
        new: Some(new),
        new_std_error: Some(std_error),
        runs: [run(base), run(new)],
        better: Better::Higher,
        can_differ: true,
        change: ChangePart {
            difference: Some(difference),
            std_error: paired,
            interval: change.interval,
            is_same: false,
            error: Some(change.error),
        },
        p_value: None,
        verdict: match paired {
            None => Verdict::NotJudged,
            Some(error) if difference.abs() < 2.0 * error => Verdict::NoneSeen,
            Some(_) if difference < 0.0 => Verdict::Worse,
            Some(_) => Verdict::Better,
        },
        sharpness: None,
        not_judged: None,
    }
}

/// Returns a case of median final wealth `new`, with 90 % of its paths within a factor of `width` of it, against a base
/// of 561,000. `error` is that of the difference.
pub fn case(name: &str, new: f64, width: f64, error: Option<f64>) -> CasePart {
    between([561_000.0, new], name, [3.2, width], error)
}

fn between(medians: [f64; 2], name: &str, widths: [f64; 2], error: Option<f64>) -> CasePart {
    let at = |median: f64, width: f64| {
        let near = 1.0 + 0.3 * (width - 1.0);
        let [low, high] = [median / width, median * width];
        [low, median / near, median, median * near, high]
    };
    let [base, new] = [at(medians[0], widths[0]), at(medians[1], widths[1])];
    let measures = ["p05", "p25", "p50", "p75", "p95"].into_iter().enumerate().map(|(k, level)| {
        let id = format!("wealth.terminal.real.{level}");
        let std_error = 0.003 * medians[0];
        (id, part(Unit::Money, base[k], new[k], std_error, error))
    });
    let case = CasePart {
        side: side(name),
        edits: Vec::new(),
        headline: [].into(),
        measures: measures.collect(),
        crossover: None,
        why: None,
        remarks: Vec::new(),
    };
    with_chance(case, "loss", [0.2, 0.1], None)
}

/// Sets the probability of loss or ruin (`of`) in both runs; `error` is that of their difference.
fn with_chance(mut case: CasePart, of: &str, chances: [f64; 2], error: Option<f64>) -> CasePart {
    let chance = part(Unit::Probability, chances[0], chances[1], 0.01, error);
    case.measures.insert(format!("{of}.probability"), chance);
    case
}

fn headline(measure: &str, label: &str, unit: Unit) -> HeadlinePart {
    HeadlinePart { measure: measure.to_owned(), label: label.to_owned(), unit }
}

/// Returns a case with another investment than the base, whose median return differs by `change` from 5 % a year.
fn staked(name: &str, change: f64, error: Option<f64>) -> CasePart {
    let mut case = case(name, 561_000.0, 3.0, None);
    case.side.money_in = 100_000.0;
    case.remarks.push(Remark::OtherInvestment);
    let rate = part(Unit::FractionPerYear, 0.05, 0.05 + change, 0.002, error);
    case.measures.insert("cagr.real.p50".to_owned(), rate);
    case
}

pub fn comparison(cases: Vec<CasePart>) -> Comparison {
    Comparison {
        schema: String::new(),
        value_version: 1,
        title: "a portfolio".to_owned(),
        edits: Vec::new(),
        currency: "USD".to_owned(),
        start: "2027-01".to_owned(),
        months: 120,
        paths: 1_000,
        seeds: Seeds::one(42),
        alpha: ALPHA,
        n_in_headline: 8,
        n_in_all: 90,
        base: side("as written"),
        headline: vec![headline(MEDIAN, "Median final wealth", Unit::Money)],
        cases,
    }
}

pub fn ordinary() -> Comparison {
    comparison(vec![
        case("lockstep=0.1", 584_000.0, 3.3, Some(900.0)),
        case("lockstep=1", 563_900.0, 3.2, Some(1_500.0)),
        case("no-defi", 437_000.0, 1.9, Some(3_100.0)),
    ])
}

fn spec(cases: Vec<CasePart>) -> Spec {
    comparison(cases).spec_of_differences().expect("measures")
}

fn title(cases: Vec<CasePart>) -> String {
    spec(cases).finding
}

/// Returns charts of differences for one and many cases, long names, zero medians, other investments, huge amounts.
pub fn all() -> Vec<Spec> {
    let long = "a/case,of=many,axes=with,names=that,go=on,and=on,until=nobody,reads=them";
    let many = (0..40).map(|k| {
        let median = 561_000.0 * (1.0 + 0.01 * f64::from(k));
        case(&format!("{k} {long}"), median, 3.0, Some(900.0))
    });
    let mut ruined = case("ruined", 0.0, 1.0, Some(2_000.0));
    let highest = part(Unit::Money, 1_700_000.0, 30_000.0, 90.0, None);
    ruined.measures.insert("wealth.terminal.real.p95".to_owned(), highest);
    let huge = |name, new| between([561e18, new], name, [3.2, 3.2], Some(9e17));
    let mut francs = comparison(vec![huge("more", 584e18), huge("less", 437e18)]);
    francs.currency = "CHF".to_owned();
    vec![
        spec(vec![case("uae", 601_000.0, 3.0, Some(800.0))]),
        spec(ordinary().cases),
        spec(many.collect()),
        spec(vec![ruined]),
        spec(vec![staked("small", 0.01, Some(0.002)), ordinary().cases.remove(0)]),
        spec(vec![between([561_000.0, 600_000.0], "certain", [1.0; 2], Some(0.0))]),
        francs.spec_of_differences().expect("measures"),
        spec(vec![case("atom", 0.0, 1.0, None)]),
    ]
}

/// Returns charts of final wealth with all scenarios side by side, for three sample comparisons.
pub fn side_by_side() -> Vec<Spec> {
    let long = "a case that has a name of more than forty letters, and then some";
    let many = (0..30).map(|k| case(&format!("{long} {k}"), 4e5 + 1e4 * f64::from(k), 3.0, Some(900.0)));
    let all = [ordinary().cases, many.collect(), vec![case("atom", 0.0, 1.0, None)]];
    all.map(|cases| comparison(cases).spec_of_cases().expect("wealth")).into_iter().collect()
}

#[test]
fn a_line_without_zero_belongs_to_a_clear_difference() {
    let scores =
        [[5.0, 2.2, 2.1, -0.3], [5.0, -3.0, 2.3, 2.0], [2.45, 2.4, 2.3, 2.25], [2.6, 2.5, 2.45, 2.3]];
    for scores in scores {
        let p_values = scores.map(|score: f64| Some(2.0 * cdf(-score.abs())));
        let is_clear = holm(&p_values, ALPHA);
        let cases = scores.into_iter().zip(&is_clear).map(|(score, is_clear)| {
            let mut case = case(&format!("{score}"), 561_000.0 + 900.0 * score, 3.0, Some(900.0));
            let clear = if score > 0.0 { Verdict::Better } else { Verdict::Worse };
            case.headline.insert(MEDIAN.to_owned(), if *is_clear { clear } else { Verdict::NoneSeen });
            case
        });
        let mut all = comparison(cases.collect());
        all.n_in_headline = scores.len();
        let spec = all.spec_of_differences().expect("measures");
        for row in rows(&spec).rows.iter().filter(|row| row.marks.len() == 2) {
            let Some(RowMark::Span([low, high], _)) = row.marks.last() else { panic!("{row:?}") };
            let place = scores.iter().position(|score| format!("{score}") == row.name).expect("a case");
            assert_eq!(low * high > 0.0, is_clear[place], "{scores:?} {}", row.name);
        }
    }
}

#[test]
fn a_difference_is_claimed_only_where_there_is_a_verdict() {
    let of_change = |change: f64, error| title(vec![case("new", 561_000.0 + change, 3.0, error)]);
    assert_eq!(
        of_change(23_000.0, Some(1_000.0)),
        "“new”: median final wealth rises from $561.0k to $584.0k"
    );
    assert_eq!(
        of_change(-23_000.0, Some(1_000.0)),
        "“new”: median final wealth falls from $561.0k to $538.0k"
    );
    let none = "“new”: no measure clearly differs";
    assert_eq!(of_change(2_000.0, Some(1_100.0)), none);
    assert_eq!(of_change(-561_000.0, None), none);
    let mut same = case("new", 561_000.0, 3.0, Some(0.0));
    for part in same.measures.values_mut() {
        (part.verdict, part.change.is_same) = (Verdict::Same, true);
        part.change.error = Some(Error::Noted(Note::NoneDiffers));
    }
    assert_eq!(title(vec![same]), "“new”: every measure the same on every path");
    let mut several = ordinary().cases;
    let only = "“lockstep=0.1”: $23k more median wealth than the base";
    assert_eq!(title(several.clone()), only);
    several[1] = case("second", 570_000.0, 3.2, Some(1_500.0));
    assert_eq!(title(several.clone()), "“lockstep=0.1”: $23k more median wealth than the base");
    several[0].side.title =
        "a name of more than sixty characters in all, which no title has room for".to_owned();
    let cut = "“a name of more than sixty characters in all, which no title…”: $23k more median wealth than the base";
    assert_eq!(title(several.clone()), cut);
    several[1] = ordinary().cases[1].clone();
    let mut worse = several.clone();
    worse[0] = case("worse", 551_000.0, 3.0, Some(1_000.0));
    assert_eq!(title(worse.clone()), "No case clearly beats the base's $561k median wealth");
    let all_worse = [0, 2].map(|place| worse[place].clone()).to_vec();
    assert_eq!(title(all_worse), "No case beats the base's $561k median wealth");
    // other spending is neither: without a bar, and not in the title while another case differs
    let other = |place: usize, worse: &[CasePart]| {
        let mut worse = worse.to_vec();
        worse[place].headline.insert(MEDIAN.to_owned(), Verdict::Changed);
        comparison(worse).spec_of_differences().expect("measures")
    };
    assert_eq!(other(2, &worse).finding, "No comparable case clearly beats the base's $561k median wealth");
    assert_eq!(other(1, &worse).finding, "No comparable case beats the base's $561k median wealth");
    let is_empty = |row: &ChartRow| row.marks.is_empty();
    assert_eq!(rows(&other(1, &worse)).rows.iter().filter(|row| is_empty(row)).count(), 1);
    assert!(other(1, &worse).reading.ends_with("; no bar: other sums paid in or out"));
    for case in &mut worse {
        case.headline.insert(MEDIAN.to_owned(), Verdict::Changed);
    }
    let all_other = comparison(worse.clone()).spec_of_differences().expect("measures");
    assert!(all_other.reading.ends_with("; gray: other sums paid in or out"), "{}", all_other.reading);
    assert_eq!(rows(&all_other).rows.iter().filter(|row| is_empty(row)).count(), 0);
    assert_eq!(title(worse.clone())[..], *"“no-defi”: $124k less median wealth than the base");
    worse.iter_mut().for_each(|case| case.headline.clear());
    worse[1] = case("gray", 0.0, 3.0, None);
    assert_eq!(title(worse), "No case clearly beats the base's $561k median wealth");
    several[2].measures.clear();
    several[0].side.title = "lockstep=0.1".to_owned();
    // the digits of the only clear difference
    assert_eq!(title(several.clone()), only.replace("$23k", "$23.0k"));
    several.remove(0);
    assert_eq!(title(several), "No case clearly differs in median wealth");
}

#[test]
fn the_verdict_of_the_screen_goes_before_that_among_all_measures() {
    let mut judged = case("new", 584_000.0, 3.0, Some(1_000.0));
    judged.headline.insert(MEDIAN.to_owned(), Verdict::NoneSeen);
    assert_eq!(title(vec![judged]), "“new”: no measure clearly differs");
}

#[test]
fn a_difference_without_an_error_stands_as_it_is_and_uneven_intervals_by_their_ends() {
    let atom = spec(vec![case("atom", 0.0, 1.0, None)]);
    assert_eq!(figures(rows(&atom), 0), ["$561k", "$0", "−$561k", "error unknown"]);
    let mut uneven = case("new", 584_000.0, 3.0, Some(1_000.0));
    uneven.measures.get_mut(MEDIAN).expect("a median").change.interval = Some([19_000.0, 74_000.0]);
    assert_eq!(figures(rows(&spec(vec![uneven])), 0)[2], "+$23k");
}

#[test]
fn rows_are_sorted_and_money_and_percentages_have_an_axis_each() {
    let case = |name, median| case(name, median, 2.0, Some(900.0));
    let several = spec(vec![case("less", 437_000.0), case("much", 2e6)]);
    let said = "Median wealth after ten years: difference from the base (first row), in 2027 dollars; line";
    assert!(several.reading.starts_with(said), "{}", several.reading);
    let rows = rows(&several);
    let names: Vec<&str> = rows.rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["as written", "much", "less"]);
    assert_eq!(figures(rows, 0), ["$560k", "base", ""]);
    // a small difference of few thousands beside a large one
    let small = spec(vec![self::case("small", 563_000.0, 3.2, Some(90.0)), case("less", 437_000.0)]);
    assert_eq!(figures(self::rows(&small), 1)[..2], ["$563k", "+$2k"]);
    let alone = with_chance(case("alone", 437_000.0), "loss", [0.3, 0.2], Some(0.01));
    let mut alone = comparison(vec![alone]);
    alone.headline.insert(0, headline("loss.probability", "Probability of loss", Unit::Probability));
    let Shape::Rows(blocks) = alone.spec_of_differences().expect("measures").shape else { panic!("blocks") };
    let [money, chances] = blocks.as_slice() else { panic!("two axes") };
    assert_eq!([figures(money, 0)[2], figures(chances, 0)[2]], ["−$124k", "−10.0 pp"]);
    assert!(chances.x.ticks.iter().any(|(_, label)| label == "−10 pp"), "{:?}", chances.x.ticks);
}

#[test]
fn where_stakes_differ_returns_are_compared_and_not_amounts() {
    let new = |change| staked("new", change, Some(0.002));
    let spec = spec(vec![new(-0.08), new(0.02), new(0.0)]);
    assert_eq!(spec.finding, "“new”: 2.0 pp more median return than the base");
    assert!(spec.reading.starts_with("Median return: difference from the base (first row)"));
}

#[test]
fn the_best_of_all_is_named_only_where_it_is_clear() {
    let title = |cases| comparison(cases).spec_of_cases().expect("wealth").finding;
    let better = || case("better", 584_000.0, 3.0, Some(900.0));
    assert_eq!(title(vec![better()]), "“better”: median $584k instead of $561k");
    let worse = || case("worse", 437_000.0, 2.0, Some(900.0));
    let like = || case("like it", 561_100.0, 3.0, Some(900.0));
    assert_eq!(title(vec![worse()]), "“worse”: median $437k instead of $561k");
    assert_eq!(title(vec![better(), worse()]), "“better” has the highest median, $584k");
    let near = title(vec![better(), case("as good", 583_000.0, 3.0, Some(900.0))]);
    assert_eq!(near, "Median wealth differs little: $561k to $584k");
    assert_eq!(title(vec![like(), worse()]), "Median wealth of three scenarios: $437k to $561k");
    let ruined = vec![with_chance(like(), "ruin", [0.0; 2], Some(0.01)), ending_in_ruin(0.9)];
    assert_eq!(title(ruined), "Median wealth of three scenarios: $0 to $561k");
    let same = with_chance(case("same", 561_000.0, 3.2, Some(900.0)), "ruin", [0.2, 0.15], Some(0.01));
    assert_eq!(title(vec![same]), "Median wealth: about $561k in all scenarios");
}

/// A case whose median is zero because so many of its paths end in ruin.
fn ending_in_ruin(chance: f64) -> CasePart {
    with_chance(case("ruined", 0.0, 1.0, None), "ruin", [0.0, chance], Some(0.01))
}

#[test]
fn a_median_of_nothing_is_worse_if_most_paths_are_ruined() {
    let cases = [ending_in_ruin(0.9), ending_in_ruin(0.51), case("atom", 0.0, 1.0, None)];
    let verdicts = cases.map(|case| case.verdict_by_eye(MEDIAN));
    assert_eq!(verdicts, [Verdict::Worse, Verdict::NotJudged, Verdict::NotJudged]);
}

#[test]
fn a_difference_reads_as_on_the_screen_beside_the_values_that_give_it() {
    for (medians, error, shown) in [
        ([216_100.0, 150_600.0], 900.0, ["$216.1k", "$150.6k", "−$65.5k"]),
        ([216_000.0, 150_000.0], 900.0, ["$216.0k", "$150.0k", "−$66.0k"]),
        ([290_412.0, 199_588.0], 2_000.0, ["$290.4k", "$199.6k", "−$91k"]),
    ] {
        let case = between(medians, "new", [3.0; 2], Some(error));
        let of_screen = case.measures[MEDIAN].change.value(Unit::Money).expect("a difference");
        assert_eq!(crate::figure::rule::change(&of_screen, "USD").value(), shown[2]);
        assert_eq!(figures(rows(&spec(vec![case])), 0)[..3], shown);
    }
    // a small but certain difference is never printed as none, and hours are no money
    let change = |unit, base: f64, new: f64, error: f64| {
        let change = part(unit, base, new, 900.0, Some(error)).change.value(unit).expect("an error");
        let decimal = crate::figure::rule::last_decimal_of(&change, base, new);
        let texts = crate::figure::rule::subtracted(base, new, &change, (decimal, false), "USD");
        [texts.base, texts.new, texts.change, texts.size]
    };
    assert_eq!(change(Unit::Money, 561_000.0, 561_040.0, 5.0), ["$561.000k", "$561.040k", "+$40", "$40"]);
    assert_eq!(change(Unit::HoursPerWeek, 12.0, 10.0, 0.1), ["12.0", "10.0", "−2.0", "2.0"]);
    // percentages have the digits of the screen, also where rounding makes them differ by another tenth
    let shares = change(Unit::Probability, 0.357_5, 0.688_2, 0.01);
    assert_eq!(shares, ["35.8 %", "68.8 %", "+33.1 pp", "33.1 pp"]);
}

#[test]
fn a_title_of_one_case_counts_what_moves_the_other_way() {
    let new = with_chance(case("new", 584_000.0, 3.0, Some(1_000.0)), "loss", [0.2, 0.3], Some(0.01));
    let mut mixed = comparison(vec![new]);
    let risk = mixed.cases[0].measures.get_mut("loss.probability").expect("it is set");
    risk.verdict = Verdict::Worse;
    mixed.headline.push(headline("loss.probability", "Probability of loss", Unit::Probability));
    let title = mixed.spec_of_differences().expect("measures").finding;
    assert_eq!(title, "“new”: median final wealth $584.0k, one measure worse");
}
