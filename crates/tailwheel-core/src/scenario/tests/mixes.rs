//! A mix that is told by its parts.

use super::support::{Text, faults, refused_files, study_files, valid, with_head};
use crate::scenario::read_as_written;

/// A portfolio of 60 % shares and 40 % property; `rest` from line 12.
fn mixed(rest: &str) -> String {
    with_head(&format!(
        "[[asset]]\nname = \"a\"\nclass = \"ai-managed-portfolio\"\nvalue = 1\nroi = 0.1\nmodel = \"mechanism\"\n\
         mix = {{ equity = 0.6, property = 0.4 }}\n{rest}"
    ))
}

#[test]
fn a_table_in_braces_is_all_of_it_and_a_dotted_key_one_value() {
    let of = |set: &str| study_files(&[("mine.toml", &mixed(""))], &[set]).map(drop);
    for set in [
        "asset.a.mix={equity=1}",
        "asset.a={mix={equity=1}}",
        "asset={a={value=2, mix={equity=1}}}",
        "asset.a={value=2}",
        "run={seed=2}",
    ] {
        assert!(of(set).is_ok(), "{set}");
    }
    refused_files(&[("mine.toml", &mixed(""))], &["asset.a.mix.equity=1"]).has("these parts add up to 1.4");
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

#[test]
fn a_slip_in_an_assignment_is_told_the_key_that_it_would_change() {
    let refused = |set: &str| refused_files(&[("mine.toml", &mixed(""))], &[set]);
    for (set, said) in [
        ("asset.a.valeu=5", "write: asset.a.value=5"),
        ("asset.a.mix.equty=1", "write: asset.a.mix.equity=1"),
        ("asset.a.mix.tokens=0.1", "write: asset.a.mix.crypto=0.1"),
        ("asset.a.mix={equity=0.9,community_token=0.1}", "did you mean `community_tokens`?"),
        ("run.sed=3", "write: run.seed=3"),
    ] {
        let found = refused(set);
        assert!(found.contains(said) && !found.contains("is already set"), "{set}: {found}");
    }
    // beside the key in one text it is another thing
    refused("asset.a.mix={equity=0.9,equty=0.1}").has("`equity` is already set");
}

#[test]
fn a_mix_is_told_as_a_whole_or_by_parts_that_are_all_of_it() {
    let text = |lines: &str| {
        let head = "[[asset]]\nname = \"a\"\nclass = \"ai-managed-portfolio\"\nvalue = 1\nroi = 0.1\n";
        with_head(&format!("{head}model = \"mechanism\"\n{lines}\n"))
    };
    let mix = "mix = { equity = 0.6, property = 0.4 }";
    let with_tokens = "mix = { equity = 0.6, property = 0.3, community_tokens = 0.1 }";
    for lines in [
        mix.to_owned(),
        "mix = { equity = \"60 %\", property = \"40 %\" }".to_owned(),
        with_tokens.to_owned(),
    ] {
        valid(&text(&lines));
    }
    for (lines, expected) in [
        (format!("{mix}\nvolatility = 0.1"), vec!["duplicate 11:7"]),
        (format!("{mix}\nmix_return = 0.1"), vec!["duplicate 11:7"]),
        ("mix = { equity = 0.6, property = 0.5 }".to_owned(), vec!["shares 11:7"]),
        ("mix = { equity = 0.6, shares = 0.4 }".to_owned(), vec!["unknown-key 11:23"]),
    ] {
        assert_eq!(faults(&text(&lines)), expected, "{lines}");
    }
}
