//! What a file with variants and axes means: its cases, their names, what is expected of them.

use super::flagship::FLAGSHIP;
use super::support::{extended, faults, places, studied, studied_files, valid_files, with_asset};
use crate::form::Place;
use crate::scenario::{Expectation, Study};

/// Ids of the cases, without that of the file `mine` before the choices.
fn ids(study: &Study) -> Vec<&str> {
    study.cases.iter().map(|case| case.id.strip_prefix("mine/").unwrap_or(&case.id)).collect()
}

fn expected<'s>(study: &'s Study, id: &str) -> Vec<&'s str> {
    let case = study.cases.iter().find(|case| case.id == id).unwrap();
    case.expectations.iter().map(|expectation| expectation.id.as_str()).collect()
}

fn values(study: &Study) -> Vec<f64> {
    study.cases.iter().map(|case| case.scenario.assets[0].keys.value.get()).collect()
}

const VARIANT: &str = "[[variant]]\nname = \"v\"\n";

fn of_asset(rest: &str) -> Study {
    studied(&with_asset(rest))
}

#[test]
fn a_file_without_variants_is_one_case_that_bears_its_name() {
    let study = studied_files(&[("some/where/mine.toml", &with_asset(""))], &[]);
    assert_eq!(ids(&study), ["mine"]);
    assert!(!study.is_matrix && study.cases[0].choices.is_empty());
    assert_eq!(study.as_written.id, "mine");
    assert_eq!(study.title, "mine");
}

#[test]
fn variants_are_named_and_one_without_a_set_is_the_file_as_written() {
    let study = of_asset(
        "[[variant]]\nname = \"as-now\"\n\
         [[variant]]\nname = \"rich\"\nset = { \"asset.a.value\" = 5000, \"owner.cash\" = 7 }\n\
         [[variant]]\nname = \"by-tables\"\nset = { asset.a.value = 6000, owner = { cash = 7 } }\n",
    );
    assert_eq!(ids(&study), ["as-now", "rich", "by-tables"]);
    assert!(study.is_matrix);
    assert_eq!(study.cases[1].choices, [("variant".to_owned(), "rich".to_owned())]);
    assert_eq!(values(&study), [1000.0, 5000.0, 6000.0]);
    let canonical = |case: &crate::scenario::Case| case.scenario.canonical_document();
    assert_eq!(canonical(&study.cases[0]), canonical(&study.as_written));
    for case in &study.cases[1..] {
        assert_eq!(case.scenario.owner.as_ref().unwrap().cash.get(), 7.0);
    }
}

#[test]
fn axes_make_every_combination_and_the_last_one_runs_fastest() {
    let study = of_asset(
        "[[axis]]\nname = \"value\"\nkey = \"asset.a.value\"\nvalues = [1, 2_000]\n\
         [[axis]]\nname = \"roi\"\nkey = \"asset.a.roi\"\nvalues = [\"22-35 %\", [0.1, 0.2]]\nlabels = [\"claim\", \"half\"]\n",
    );
    let expected = ["value=1,roi=claim", "value=1,roi=half", "value=2000,roi=claim", "value=2000,roi=half"];
    assert_eq!(ids(&study), expected);
    assert_eq!(values(&study), [1.0, 1.0, 2000.0, 2000.0]);
}

#[test]
fn variants_stand_before_axes_and_axes_are_laid_over_them() {
    let study = of_asset(
        "[[axis]]\nname = \"value\"\nkey = \"asset.a.value\"\nvalues = [1, 2]\n\
         [[variant]]\nname = \"poor\"\nset = { asset = { a = { decay = 0.5 } } }\n\
         [[variant]]\nname = \"rich\"\n",
    );
    assert_eq!(ids(&study), ["poor,value=1", "poor,value=2", "rich,value=1", "rich,value=2"]);
    let kind = format!("{:?}", study.cases[1].scenario.assets[0].kind);
    assert!(kind.contains("0.5"), "{kind}");
    assert_eq!(values(&study)[1], 2.0);
}

#[test]
fn a_label_is_the_value_in_letters_that_a_name_of_a_file_can_have() {
    let study = of_asset(
        "[[axis]]\nname = \"x\"\nkey = \"title\"\nvalues = [\"22-35 %\", \"ä/b, c=d\", \"A_b.+\"]\n\
         [[axis]]\nname = \"y\"\nkey = \"asset.a.movable\"\nvalues = [true, false]\n\
         [[axis]]\nname = \"z\"\nkey = \"asset.a.value\"\nvalues = [0.70, 1e3, 1_000_000]\n",
    );
    let of = |axis: usize, step: usize| -> Vec<&str> {
        study.cases.iter().step_by(step).map(|case| case.choices[axis].1.as_str()).collect()
    };
    assert_eq!(of(0, 6), ["22-35-%", "--b--c-d", "A_b.+"]);
    assert_eq!(of(1, 3)[..2], ["true", "false"]);
    assert_eq!(of(2, 1)[..3], ["0.7", "1000", "1000000"]);
}

const SQUARE: &str = "[[axis]]\nname = \"p\"\nkey = \"asset.a.value\"\nvalues = [1, 2, 3]\n\
                      [[axis]]\nname = \"q\"\nkey = \"asset.a.roi\"\nvalues = [0.1, 0.2]\nlabels = [\"low\", \"high\"]\n";

#[test]
fn exclusions_cut_what_all_their_keys_name_by_label_or_by_value() {
    let study = of_asset(&format!(
        "{SQUARE}[[exclude]]\np = [1, \"2\"]\nq = \"low\"\n[[exclude]]\np = 3.0\nq = 0.2\n"
    ));
    assert_eq!(ids(&study), ["p=1,q=high", "p=2,q=high", "p=3,q=low"]);
}

#[test]
fn an_expectation_is_about_the_cases_that_it_names() {
    let study = of_asset(&format!(
        "{SQUARE}[[variant]]\nname = \"v\"\n[[variant]]\nname = \"w\"\nset = {{ \"run.seed\" = 7 }}\n\
         [[expect]]\nid = \"all\"\nmeasure = \"loss.probability\"\nbelow = \"15 %\"\n\
         [[expect]]\nid = \"some\"\nmeasure = \"m\"\nabove = -3\nbelow = 250_000\nconfidence = \"95 %\"\ntolerance = 0.02\n\
         where = {{ variant = \"v\", p = [1, 3], q = \"low\" }}\n"
    ));
    assert_eq!(study.cases.len(), 12);
    assert_eq!(study.n_expectations, 2);
    assert_eq!(expected(&study, "mine/v,p=1,q=low"), ["all", "some"]);
    for id in ["mine/w,p=1,q=low", "mine/v,p=2,q=low", "mine/v,p=1,q=high"] {
        assert_eq!(expected(&study, id), ["all"]);
    }
    assert_eq!(study.as_written.expectations.len(), 1, "those about all");
    let all = &study.as_written.expectations[0];
    let of = |gate: &Expectation| (gate.above, gate.below, gate.confidence, gate.tolerance);
    assert_eq!(of(all), (None, Some(0.15), 0.99, 0.01));
    let some = &study.cases[0].expectations[1];
    assert_eq!(of(some), (Some(-3.0), Some(250_000.0), 0.95, 0.02));
    let excerpt = |place: Option<Place>| study.sources.excerpt(place.unwrap());
    assert_eq!(excerpt(all.place), "below = \"15 %\"");
    assert_eq!(excerpt(all.measure_place), "\"loss.probability\"");
    assert_eq!(excerpt(some.place), "[[expect]]");
}

#[test]
fn assignments_come_before_variants_and_can_change_them() {
    let text = with_asset(
        "[[variant]]\nname = \"v\"\nset = { \"owner.cash\" = 7 }\n\
         [[axis]]\nname = \"p\"\nkey = \"asset.a.value\"\nvalues = [1, 2]\n\
         [[expect]]\nid = \"e\"\nmeasure = \"m\"\nbelow = 1\n",
    );
    let study = studied_files(
        &[("mine.toml", &text)],
        &["owner.cash=3", "owner.surplus=\"reinvest\"", "axis.p.values=[5]", "expect.e.below=2"],
    );
    assert_eq!(ids(&study), ["v,p=5"]);
    let case = &study.cases[0];
    let cash = |case: &crate::scenario::Case| case.scenario.owner.as_ref().unwrap().cash.get();
    assert_eq!((cash(case), cash(&study.as_written), values(&study)), (7.0, 3.0, vec![5.0]));
    assert_eq!(case.expectations[0].below, Some(2.0));
}

#[test]
fn what_a_file_extends_gives_it_variants_by_name_and_drop_takes_them_out() {
    let base = with_asset(&format!(
        "{SQUARE}[[variant]]\nname = \"v\"\n[[variant]]\nname = \"w\"\n\
         [[expect]]\nid = \"e\"\nmeasure = \"m\"\nbelow = 1\n"
    ));
    let mine = "drop = [\"axis.q\", \"variant.w\"]\n\
                [[axis]]\nname = \"p\"\nvalues = [9]\n[[variant]]\nname = \"u\"\nset = { \"run.seed\" = 7 }\n\
                [[expect]]\nid = \"e\"\nbelow = 2\n";
    let study = extended(&base, mine);
    assert_eq!(ids(&study), ["v,p=9", "u,p=9"]);
    assert_eq!(study.cases[0].expectations[0].below, Some(2.0));
}

#[test]
fn a_case_may_name_a_market_that_the_file_does_not_write() {
    let study = studied(&format!("{FLAGSHIP}\n{}", axis("s", "market.defi.size", 3)));
    let expected = valid_files(&[("mine.toml", FLAGSHIP)], &["market.defi.size=3"]);
    assert_eq!(study.cases[2].scenario.canonical_document(), expected.canonical_document());
}

#[test]
fn a_case_is_what_the_same_assignments_make_of_the_file() {
    let text = with_asset(SQUARE);
    let study = studied(&text);
    for (case, roi) in study.cases.iter().zip(["asset.a.roi=0.1", "asset.a.roi=0.2"]) {
        let assigned = valid_files(&[("mine.toml", &text)], &["asset.a.value=1", roi]);
        assert_eq!(case.scenario.canonical_document(), assigned.canonical_document());
        assert_eq!(case.document.to_json()["asset"][0]["value"], 1);
    }
}

#[test]
fn ten_thousand_cases_are_read_and_one_more_is_not() {
    let two = |n_seeds: usize| axis("p", "asset.a.value", 100) + &axis("q", "run.seed", n_seeds);
    assert_eq!(of_asset(&two(100)).cases.len(), 10_000);
    assert_eq!(faults(&with_asset(&two(101))), ["range 9:3"]);
}

/// Axis over the values 1 to `n` of a key.
fn axis(name: &str, key: &str, n: usize) -> String {
    let values: Vec<usize> = (1..=n).collect();
    format!("[[axis]]\nname = \"{name}\"\nkey = \"{key}\"\nvalues = {values:?}\n")
}

#[test]
fn twins_are_found_in_a_file_that_extends_another_too() {
    let base = with_asset("");
    let asset = "[[asset]]\nname = \"n\"\nclass = \"niche-content\"\nvalue = 1\n";
    for (one, expected) in [(VARIANT, "duplicate mine.toml:5:8"), (asset, "duplicate mine.toml:7:8")] {
        let mine = format!("extends = \"base.toml\"\n{one}{one}");
        assert_eq!(places(&[("mine.toml", &mine), ("base.toml", &base)], &[]), [expected]);
    }
}
