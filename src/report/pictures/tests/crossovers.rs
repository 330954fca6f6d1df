//! Incomes of scenarios that pass the base, and the dates that their title may claim.
//!
//! In: incomes by month. Out: comparisons. Not here: differences (`comparisons`).

use super::comparisons::{case, comparison};
use crate::chart::{Shape, Spec};
use crate::report::compare::{ComesIn, Comparison, CrossoverPart};
use crate::stats::{MeanIncome, Unit, Value};

/// Returns a comparison of `n` scenarios whose mean incomes pass that of the base in the same month.
pub fn crossover(n: usize) -> Comparison {
    let incomes = |k: usize| ComesIn {
        means: (1..=20)
            .map(|date| MeanIncome {
                month: 6 * date,
                mean: 300.0 + (k as f64) * 20.0 * (f64::from(date) - 8.0),
                std_error: 1.0,
            })
            .collect(),
        ..ComesIn::default()
    };
    let passing = |k: usize| {
        let name = format!("wheel={k},with=a-name,that=is,far=too,long=for=it");
        let mut case = case(&name, 561_000.0, 3.0, None);
        case.side.incomes = incomes(k);
        case.crossover = Some(CrossoverPart {
            new_passes: true,
            after: "2030-06".to_owned(),
            by: "2031-06".to_owned(),
            months: [42, 54],
            paths_above_at_end: 0.9,
            above_at_end: Value::certain(Unit::Probability, 0.9),
            is_net: false,
            less_hours: true,
            with_flows: false,
        });
        case
    };
    let mut found = comparison((1..=n).map(passing).collect());
    found.base.incomes = incomes(0);
    found
}

#[test]
fn a_crossover_is_drawn_at_the_date_of_its_title() {
    let spec = crossover(3).spec_of_incomes().expect("they cross");
    assert_eq!(
        spec.finding,
        "“wheel=1,with=a-name,that=is,far=too,long=for=it” is $240 a month ahead of “as written” by 2037"
    );
    // a single case leaves no other
    let mut ahead = crossover(1);
    ahead.cases[0].side.incomes.means.last_mut().expect("months").mean = 9_000.0;
    let spec_of_one = ahead.spec_of_incomes().expect("they cross");
    assert!(spec_of_one.finding.ends_with("” is $8,700 a month ahead by 2037"), "{}", spec_of_one.finding);
    // one that falls back was ahead at a date
    ahead.cases[0].side.incomes.means.last_mut().expect("months").mean = 300.2;
    let finding = ahead.spec_of_incomes().expect("they cross").finding;
    assert!(finding.ends_with("” is ahead in Jun 2031"), "{finding}");
    // a base that leads all others, and one that does not cross it
    let mut passed = crossover(2);
    passed.base.incomes.means.last_mut().expect("months").mean = 9_000.0;
    passed.cases.iter_mut().for_each(|case| case.crossover.as_mut().expect("it crosses").new_passes = false);
    let finding = passed.spec_of_incomes().expect("they cross").finding;
    assert_eq!(finding, "“as written” is $8,220 a month ahead by 2037");
    let mut third = case("third", 561_000.0, 3.0, None);
    third.side.incomes = passed.base.incomes.clone();
    passed.cases.push(third);
    let finding = passed.spec_of_incomes().expect("they cross").finding;
    assert_eq!(finding, "“as written” is $8,220 a month ahead of two others by 2037");
    let head = "Mean monthly income from assets less the price of hours, in 2027 dollars";
    assert!(spec.reading.starts_with(head), "{}", spec.reading);
    let marks = |spec: &Spec| {
        let Shape::Plot(plot) = &spec.shape else { panic!("lines") };
        plot.marks.iter().map(|line| (line.x, line.name.clone())).collect::<Vec<_>>()
    };
    assert_eq!(marks(&spec), [(53.5 / 12.0, "Jun 2031: clearly ahead".to_owned())]);
    // a case of other dates or without a crossover is no line, and without a crossover there is no picture
    let mut other = crossover(2);
    other.cases[1].crossover = None;
    let reading = other.spec_of_incomes().expect("one crosses").reading;
    assert!(reading.ends_with("; one more not drawn"), "{reading}");
    // what is not drawn may be further ahead
    other.cases[0].side.incomes.means.last_mut().expect("months").mean = 9_000.0;
    let finding = other.spec_of_incomes().expect("one crosses").finding;
    assert!(finding.ends_with("” is $8,700 a month ahead of “as written” by 2037"), "{finding}");
    other.cases[1].side.incomes.means.pop();
    let spec = other.spec_of_incomes().expect("one crosses");
    let Shape::Plot(plot) = &spec.shape else { panic!("lines") };
    assert_eq!(plot.layers.len(), 2);
    other.cases[0].crossover = None;
    assert_eq!(other.spec_of_incomes(), None);
}
