//! What holds for any text and for any valid scenario.

use proptest::prelude::*;

use super::documents::any_text;
use super::flagship::FLAGSHIP;
use super::support::{read_back, read_files, valid, without_words};
use crate::form::Colour;
use crate::scenario::Scenario;

/// Text of the scenario to compare: all but the defaults used and the number of paths.
fn meaning(scenario: &Scenario) -> String {
    let Scenario { start, months, currency, markets, correlation, owner, crisis, crash, shocks, .. } =
        scenario;
    let head = (start, months, currency, scenario.seeds.world, &scenario.settings.economy);
    let assets = without_words(&scenario.assets);
    // what only a loop looks at is not written without one
    let markets = crash.as_ref().map(|_| markets);
    format!("{head:?} {:?}", (assets, markets, correlation, owner, crisis, crash, shocks))
}

/// Reads any bytes as a scenario and as an assignment, and checks that a refusal can be rendered.
fn survive(bytes: &[u8]) {
    let loader = |path: &str| match path {
        "mine.toml" => Ok(bytes.to_vec()),
        "base.toml" => Ok(FLAGSHIP.as_bytes().to_vec()),
        _ => Err("no such file".into()),
    };
    for set in [vec![], vec![String::from_utf8_lossy(bytes).into_owned()]] {
        if let Err(refusal) = crate::scenario::read("mine.toml", &set, &loader) {
            assert!(!refusal.faults.is_empty());
            assert!(refusal.render(Colour::Plain).contains("nothing was simulated"));
            assert!(refusal.render(Colour::Styled).contains("nothing was simulated"));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_valid_scenario_survives_its_canonical_form(text in any_text()) {
        let [scenario, again] = read_back(&text);
        prop_assert_eq!(meaning(&again), meaning(&scenario));
    }

    #[test]
    fn neither_bytes_nor_text_make_the_reader_panic(
        bytes in prop::collection::vec(any::<u8>(), 0..300), text in "\\PC{0,300}"
    ) {
        survive(&bytes);
        survive(text.as_bytes());
    }
}

#[test]
fn keys_nested_absurdly_deep_are_refused_and_not_followed() {
    let dots = format!("a{} = 1", ".a".repeat(200_000));
    let tables = format!("[a{}]\n", ".a".repeat(200_000));
    let brackets = format!("a = {}", "[".repeat(200_000));
    let braces = format!("a = {}", "{a=".repeat(200_000));
    let inline = format!("a = {{ b{} = 1 }}", ".a".repeat(200_000));
    let alternating = format!("a = {}", "{a.b.c.d.e.f.g.h.i.j.k=[".repeat(10_000));
    // every key is as deep as a key may be
    let deepest = format!("a{}={{", ".a".repeat(64)).repeat(200);
    let spaced = format!("a{} = 1", " . \"a\"".repeat(200_000));
    let over_lines = format!("a = {{\n{deepest}\n");
    for text in [dots, tables, brackets, braces, inline, alternating, deepest, spaced, over_lines] {
        let refusal = read_files(&[("mine.toml", &text)], &[]).unwrap_err();
        assert!(refusal.render(Colour::Plain).contains("error["));
    }
}

#[test]
fn dots_that_are_no_key_are_no_depth() {
    let dots = ".".repeat(100);
    let comment = format!("# see {{notes}} {dots}\n");
    let title = format!("title = \"{{}} {dots}\" # {{ {dots}\n");
    let one =
        "start = \"2027-01\"\nhorizon = \"1 year\"\ncurrency = \"USD\"\nrun = { seed = 1, paths = 256 }\n";
    let names: Vec<String> = (0..128).map(|n| format!("\"a{n}\"")).collect();
    let asset = |name| format!("[[asset]]\nname = {name}\nclass = \"niche-content\"\nvalue = 1\n");
    let assets: String = names.iter().map(asset).collect();
    let row = |row: usize| {
        let cells = (0..128).map(|column| if row == column { "1.0" } else { "0.1" });
        format!("[{}],\n", cells.collect::<Vec<_>>().join(", "))
    };
    let rows: String = (0..128).map(row).collect();
    let matrix = format!("[correlation]\norder = [{}]\nmatrix = [\n{rows}]\n", names.join(", "));
    valid(&format!("{title}{one}{assets}{comment}"));
    valid(&format!("{one}{assets}{matrix}"));
}

#[test]
fn files_that_are_too_much_are_refused_before_they_are_taken_apart() {
    let values = format!("a = [{}]", "0,".repeat(1_000_001));
    let lines = "a\n".repeat(1_000_001);
    let comments = "#\n".repeat(1_000_001);
    let keys: String = (0..10_001).map(|n| format!("k{n} = 0\n")).collect();
    let tables = "[[asset]]\n".repeat(10_001);
    let large = format!("# {}", "a".repeat(8 << 20));
    for text in [values, lines, comments, keys, tables, large] {
        let refusal = read_files(&[("mine.toml", &text)], &[]).unwrap_err();
        assert_eq!(refusal.faults[0].code, "size", "{}", &text[..40]);
    }
}
