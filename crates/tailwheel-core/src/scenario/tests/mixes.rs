//! A mix that is told by its parts.

use super::support::{study_files, with_head};
use crate::scenario::read_as_written;

/// Scenario file with a portfolio of 60 % shares and 40 % property, then `rest` from line 12.
fn mixed(rest: &str) -> String {
    with_head(&format!(
        "[[asset]]\nname = \"a\"\nclass = \"ai-managed-portfolio\"\nvalue = 1\nroi = 0.1\nmodel = \"mechanism\"\n\
         mix = {{ equity = 0.6, property = 0.4 }}\n{rest}"
    ))
}

#[test]
fn what_a_variant_sets_in_braces_is_all_of_it_and_a_dotted_key_one_value() {
    let variant = "[[variant]]\nname = \"v\"\nset = { \"asset.a.mix\" = { equity = 1 } }\n";
    let one_value = variant.replace(".mix\" = { equity = 1 }", ".mix.equity\" = 1");
    let of = |variant: &str| study_files(&[("mine.toml", &mixed(variant))], &[]);
    assert!(of(variant).is_ok() && of(&one_value).is_err());
    // of the value that the table takes away the variant says nothing
    let both = variant.replace("set = {", "set = { \"asset.a.mix.crypto\" = 0.3,");
    let Err(refusal) = of(&both) else {
        panic!("accepted: {both}");
    };
    assert!(refusal.to_string().contains("sets `asset.a.mix` twice"), "{refusal}");
}

#[test]
fn a_variant_that_an_assignment_makes_impossible_is_no_fault_of_the_file_as_written() {
    let text = mixed(
        "[[variant]]\nname = \"v\"\nset = { \"asset.a.mix.property\" = 0.4 }\n[[variant]]\nname = \"w\"\n",
    );
    let set = "asset.a.mix={equity=1}";
    assert!(study_files(&[("mine.toml", &text)], &[]).is_ok());
    assert!(study_files(&[("mine.toml", &text)], &[set]).is_err());
    let loader = |_: &str| Ok(text.clone().into_bytes());
    let study = read_as_written("mine.toml", &[set.to_owned()], &loader).expect("one case");
    assert_eq!((study.cases.len(), study.n_cases), (1, 2));
    // what is wrong with the file itself is one
    assert!(read_as_written("mine.toml", &["asset.a.mix.equity=1".to_owned()], &loader).is_err());
}
