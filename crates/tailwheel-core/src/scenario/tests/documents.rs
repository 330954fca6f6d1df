//! Documents: kept as JSON, read without a file, compared key by key.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::json;

use super::support::{Text, extended, studied, with_asset, with_assets};
use crate::form::Colour;
use crate::scenario::{Document, Edit};

const FLAGSHIP: &str = include_str!("../../../../../scenarios/_table-2027.toml");

fn document(text: &str) -> Document {
    studied(text).as_written.document
}

fn said(edits: &[Edit]) -> Vec<String> {
    let or_none = |value: &Option<String>| value.clone().unwrap_or_else(|| "none".to_owned());
    edits
        .iter()
        .map(|edit| format!("{}: {} -> {}", edit.key, or_none(&edit.from), or_none(&edit.to)))
        .collect()
}

/// Edits from `base` to `new`; checks that they make of each the other.
#[track_caller]
fn edits(base: &str, new: &str) -> Vec<String> {
    let (base, new) = (document(base), document(new));
    check_edits(&base, &new);
    check_edits(&new, &base);
    said(&base.edits_to(&new))
}

#[track_caller]
fn canonical(document: &Document) -> String {
    document.read("again").expect("a scenario").canonical_document()
}

/// Checks that applying all edits to `base` gives the scenario `new` and leaves no edit.
#[track_caller]
fn check_edits(base: &Document, new: &Document) {
    let edits = base.edits_to(new);
    let edited = edits.iter().fold(base.clone(), |document, edit| document.with(edit));
    assert_eq!(canonical(&edited), canonical(new), "{:?}", said(&edits));
    assert_eq!(said(&edited.edits_to(new)), [] as [&str; 0]);
}

#[test]
fn a_key_of_the_correlations_is_assigned_as_a_key_and_two_markets_as_a_pair() {
    let base = document(&with_assets("[correlation]\ncopula = { kind = \"t\", dof = 4 }\n"));
    let of_copula = base.assigned(&["correlation.copula.dof"], "6").expect("a key");
    assert_eq!(said(&base.edits_to(&of_copula)), ["correlation.copula.dof: 4 -> 6"]);
    let of_pair = base.assigned(&["correlation.b.c"], "0.3").expect("a pair");
    assert_eq!(said(&base.edits_to(&of_pair)), ["correlation.b.c: none -> 0.3"]);
}

#[test]
fn a_document_has_what_was_written_and_no_more() {
    let study = studied(
        "start = \"2027-01\"\nhorizon = \"10 years\"\ncurrency = \"USD\"\nrun.seed = 1\n\
         asset = [{ name = \"a\", class = \"niche-content\", value = 1_000, roi = 0.2 }]\n\
         variant = [{ name = \"v\", set = { \"market.a.size\" = 3, \"owner.cash\" = 2.50 } }]\n\
         expect = [{ id = \"e\", measure = \"m\", below = 1 }]\n",
    );
    let expected = json!({
        "start": "2027-01", "horizon": "10 years", "currency": "USD", "run": { "seed": 1 },
        "asset": [{ "name": "a", "class": "niche-content", "value": 1000, "roi": 0.2 }],
    });
    assert_eq!(study.as_written.document.to_json(), expected);
    let mut expected = expected;
    expected["market"] = json!([{ "name": "a", "size": 3 }]);
    expected["owner"] = json!({ "cash": 2.5 });
    assert_eq!(study.cases[0].document.to_json(), expected);
}

#[test]
fn what_is_no_document_is_refused_as_json() {
    let deep = (0..100).fold(json!(1), |inner, _| json!([inner]));
    for (json, why) in [
        (json!(3), "a document is an object"),
        (json!({ "run": { "seed": null } }), "run: seed: a scenario has no null values"),
        (json!({ "run": { "seed": u64::MAX } }), "run: seed: 18446744073709551615 is too large"),
        (json!({ "axis": [] }), "a single case has no key `axis`"),
        (json!({ "a": deep }), "a: nested too deep"),
    ] {
        assert_eq!(Document::from_json(&json).unwrap_err().message, why);
    }
}

#[test]
fn a_document_that_is_no_scenario_is_refused_in_its_own_words() {
    let json = json!({ "start": "2027-01", "horizon": "1 year", "currency": "USD", "run": { "seed": -1 } });
    let seen = Document::from_json(&json).unwrap().read("kept").unwrap_err().render(Colour::Plain);
    seen.has("--> kept:6:8").has("seed = -1").has("there is no asset to simulate");
}

#[test]
fn an_edit_says_key_values_and_place() {
    let study = studied(&format!(
        "{FLAGSHIP}\n[[variant]]\nname = \"v\"\nset = {{ \"crash.lockstep\" = 1.0, \"owner.cash\" = 0, \"asset.defi.value\" = 90_000 }}\n"
    ));
    let (base, new) = (&study.as_written.document, &study.cases[0].document);
    let edits = base.edits_to(new);
    assert_eq!(
        said(&edits),
        ["crash.lockstep: 0.7 -> 1.0", "owner.cash: 24000 -> 0", "asset.defi.value: 60000 -> 90000"]
    );
    for (edit, key) in edits.iter().zip(["lockstep", "cash", "value"]) {
        assert_eq!(study.sources.excerpt(edit.place.unwrap()), key);
    }
    assert_eq!(said(&new.edits_to(new)), [] as [&str; 0]);
}

#[test]
fn a_whole_asset_or_section_is_one_edit_and_what_is_gone_comes_last() {
    let base = with_assets("[owner]\ncash = 5\nrebalance = \"3 months\"\n");
    let new = with_asset(
        "roi = 0.3\n[[asset]]\nname = \"d\"\nclass = \"niche-content\"\nvalue = 7\n[crisis]\ndepth = 0.5\n[owner]\nrebalance = \"3 months\"\n",
    );
    assert_eq!(
        edits(&base, &new),
        [
            "asset.a.roi: none -> 0.3",
            "asset.d: none -> { name = \"d\", class = \"niche-content\", value = 7 }",
            "crisis: none -> { depth = 0.5 }",
            "asset.b: { name = \"b\", class = \"tokenized-real-estate\", value = 1000 } -> none",
            "asset.c: { name = \"c\", class = \"niche-content\", value = 1000 } -> none",
            "owner.cash: 5 -> none",
        ]
    );
}

#[test]
fn pairs_are_edited_pair_by_pair_in_whatever_order_they_name_the_two() {
    let with = |pairs: &str| with_assets(&format!("[correlation]\npairs = [{pairs}]\n"));
    let base = with("[\"a\", \"b\", 0.1], [\"b\", \"c\", 0.2]");
    let new = with("[\"c\", \"a\", 0.3], [\"b\", \"a\", 0.10], [\"b\", \"c\", 0.25]");
    assert_eq!(edits(&base, &new), ["correlation.c.a: none -> 0.3", "correlation.b.c: 0.2 -> 0.25"]);
    let none = with_assets("[correlation]\nroi = 0.5\n");
    assert_eq!((edits(&new, &none).len(), edits(&base, &none).len()), (4, 3));
}

#[test]
fn of_an_inline_table_the_one_entry_that_differs_is_edited_else_the_whole() {
    let with = |jumps: &str| with_asset(&format!("volatility = 0.6\njumps = {{ {jumps} }}\n"));
    let base = with("rate = \"0.5/year\", mean = -0.1, sd = 0.15");
    let one = with("rate = \"1/year\", mean = -0.1, sd = 0.15");
    let two = with("rate = \"1/year\", mean = -0.2, sd = 0.15");
    assert_eq!(edits(&base, &one), ["asset.a.jumps.rate: \"0.5/year\" -> \"1/year\""]);
    let whole = "asset.a.jumps: { rate = \"0.5/year\", mean = -0.1, sd = 0.15 } -> { rate = \"1/year\", mean = -0.2, sd = 0.15 }";
    assert_eq!(edits(&base, &two), [whole]);
}

#[test]
fn lists_without_names_are_whole_values_and_long_ones_are_cut_short() {
    let shock =
        |month: u32| format!("[[shock]]\nat = \"2028-{month:02}\"\nclass = \"niche-content\"\nloss = 0.3\n");
    let base = with_assets("");
    let new = with_assets(&(1..=5).map(shock).collect::<String>());
    assert_eq!(
        edits(&base, &new),
        ["shock: none -> [{ at = \"2028-01\", class = \"niche-content\", loss = 0.3 }, …]"]
    );
}

#[test]
fn a_file_and_what_it_extends_differ_in_what_it_says() {
    let mine = "title = \"Another\"\ndrop = [\"crash\", \"asset.defi\", \"correlation.pairs\"]\n\
                [correlation]\npairs = [[\"saas\", \"royalties\", 0.5]]\n\
                [[crash.cluster]]\nname = \"x\"\ncapital_share = 1\nfirst_trigger = 0.1\ndispersion = 0.3\n\
                [[market]]\nname = \"saas\"\nsize = 3\n";
    let (base, new) = (document(FLAGSHIP), extended(FLAGSHIP, mine).as_written.document);
    check_edits(&base, &new);
    check_edits(&new, &base);
    let mut keys: Vec<String> = base.edits_to(&new).into_iter().map(|edit| edit.key).collect();
    keys.sort();
    let expected = [
        "asset.defi", "correlation.saas.royalties", "correlation.warehouse.defi", "crash.cluster.x",
        "crash.hallucination", "crash.lockstep", "crash.models", "crash.trigger", "market.saas",
    ];
    assert_eq!(keys, expected);
}

/// Strategy of valid scenario files that differ in assets, correlations, agents and markets.
pub fn any_text() -> impl Strategy<Value = String> {
    let asset = |name: &'static str, class: &'static str| {
        let keys = select(vec![
            "",
            "decay = 0.1\n",
            "roi_basis = \"net\"\nincome_share = 0.123456789\n",
            "roi = \"10-20 %\"\nroi_law = \"uniform\"\n",
            "volatility = 0.6\njumps = { rate = \"0.2/year\", mean = -0.1, sd = 0.1 }\n",
            "volatility = 0.6\njumps = { rate = \"0.3/year\", mean = 0.1, sd = 0.1 }\n",
        ]);
        (prop_oneof![Just(1.0), 0.0..1e7f64], keys).prop_map(move |(value, keys)| {
            format!("[[asset]]\nname = \"{name}\"\nclass = \"{class}\"\nvalue = {value:?}\n{keys}")
        })
    };
    let (a, b) = (asset("a", "niche-content"), asset("b", "micro-saas-fleet"));
    let (c, d) = (asset("c", "tokenized-real-estate"), asset("d", "defi-yield-aggregator"));
    let optional = prop::option::of((c, d)).prop_map(|both| both.map_or(String::new(), |(c, d)| c + &d));
    let assets = (a, b, optional, any::<bool>()).prop_map(|(a, b, rest, is_turned)| {
        if is_turned { format!("{rest}{b}{a}") } else { format!("{a}{b}{rest}") }
    });
    let correlation = select(vec![
        "",
        "[correlation]\npairs = [[\"a\", \"b\", 0.1]]\n",
        "[correlation]\npairs = [[\"b\", \"a\", 0.3]]\nroi = 0.2\n",
        "[correlation]\npairs = []\ndefault = 0.1\ncopula = { kind = \"t\", dof = 5 }\n",
        "[correlation]\ndefault = 0.3\ncopula = \"gaussian\"\n",
    ]);
    let crash = select(vec![
        "",
        "[crash]\nmodels = { x = 0.4, y = 0.6 }\nlockstep = 0.5\n",
        "[crash]\nmodels = { x = 0.5, z = 0.5 }\nlockstep = 0\nhallucination = { rate = \"0.1/year\", reach = 0.3 }\n",
        "[crash]\nmodels = { z = 0.5, x = 0.5 }\nhallucination.rate = \"0.2/year\"\nhallucination.reach = 0.3\n",
        "[[crash.cluster]]\nname = \"p\"\ncapital_share = 0.4\nfirst_trigger = 0.1\ndispersion = 0.3\n[[crash.cluster]]\nname = \"q\"\ncapital_share = 0.6\nfirst_trigger = 0.2\ndispersion = 0.3\n",
        "[[crash.cluster]]\nname = \"q\"\ncapital_share = 1\nfirst_trigger = 0.1\ndispersion = 0.2\n",
    ]);
    let market = select(vec![
        "",
        "[[market]]\nname = \"a\"\nsize = 2\n",
        "[[market]]\nname = \"b\"\nsize = 2\nrecovery_half_life = [{ weight = 0.5, half_life = \"10 days\" }, { weight = 0.5, half_life = \"9 months\" }]\n[[market]]\nname = \"a\"\nagent_share = 0.1\n",
    ]);
    let rest = select(vec![
        "",
        "[owner]\ncash = 10\n",
        "[owner]\nsurplus = \"reinvest\"\nrebalance = \"3 months\"\n[crisis]\ndepth = 0.5\n",
        "[crisis]\npairs = [[\"a\", \"b\", 0.2]]\n[[shock]]\nat = \"2027-03\"\nmarket = \"a\"\nloss = 0.1\n",
        "[economy]\ninflation = \"1 %\"\n[[shock]]\nat = \"2027-03\"\nmarket = \"b\"\nloss = 0.1\n",
    ]);
    let head = (1..4u32, 0..3i64).prop_map(|(years, seed)| {
        format!("start = \"2027-01\"\nhorizon = \"{years} years\"\ncurrency = \"USD\"\nrun.seed = {seed}\n")
    });
    (head, assets, correlation, crash, market, rest).prop_map(
        |(head, assets, of_pairs, crash, market, rest)| {
            [&head, &assets, of_pairs, crash, market, rest].concat()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn all_edits_in_order_make_the_new_scenario(base in any_text(), new in any_text()) {
        check_edits(&document(&base), &document(&new));
    }

    #[test]
    fn a_document_survives_json_and_means_the_same(text in any_text()) {
        let study = studied(&text);
        let document = &study.as_written.document;
        let text = document.to_json().to_string();
        let again = Document::from_json(&serde_json::from_str(&text).unwrap()).unwrap();
        prop_assert_eq!(again.to_json(), document.to_json());
        prop_assert_eq!(canonical(&again), study.as_written.scenario.canonical_document());
        prop_assert_eq!(said(&again.edits_to(document)), [] as [&str; 0]);
    }
}
