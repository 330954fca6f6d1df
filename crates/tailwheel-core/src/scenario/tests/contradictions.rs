//! What can never be, and what is said twice: refused with all of its faults and nothing that follows from them.

use super::support::*;

const BUILT: &str =
    "[[asset]]\nname = \"a\"\nclass = \"micro-saas-fleet\"\nmodel = \"mechanism\"\nincome = \"300/month\"\n";

/// Scenario file with a business, its further `keys` from line 10 on, then the lines `owner`.
fn built(keys: &str, owner: &str) -> String {
    with_head(&format!("{BUILT}{keys}\n{owner}\n"))
}

/// Returns `text` with the line `old` replaced by the `cash = …` that the message `told` proposes.
fn proposed(told: &str, text: &str, old: &str) -> String {
    let (_, cash) = told.split_once("cash = ").expect(told);
    let cash: String = cash.chars().take_while(|c| c.is_ascii_digit() || *c == '_').collect();
    text.replace(old, &format!("cash = {cash}"))
}

#[test]
fn a_launch_that_nobody_can_ever_pay_is_refused_with_what_would_pay_it() {
    let launch = "launch = { cost = 50_000, after = \"2 months\", time = \"2 months\" }";
    let text = built(launch, "");
    assert_eq!(faults(&text), ["launch 10:10"]);
    let told = refused(&text);
    valid(&(text.clone() + "[owner]\n" + &proposed(&told, "cash = 0", "cash = 0")));
    // what is saved until then, with a job, is 3·100 and a few percent at prices that rise faster than any path's
    let owner = "[owner]\ncash = 100\nflows = [{ name = \"job\", amount = \"100/month\" }]";
    let text = built(launch, owner);
    let told = refused(&text).has("the owner can never pay for this launch").has("at most 41");
    valid(&proposed(&told, &text, "cash = 100"));
    // of what is held nobody knows what it will bring
    let held = BUILT.replace("\"a\"", "\"b\"");
    valid(&(text + &held));
    // a job that pays enough in time
    valid(&built(launch, &owner.replace("100/month", "17_000/month")));
}

#[test]
fn what_is_launched_stands_before_the_end_and_may_succeed() {
    let owner = "[owner]\ncash = 100";
    let with = |launch: &str| built(&format!("launch = {launch}"), owner);
    valid(&with("{ time = \"60 months\", after = \"60 months\" }"));
    let late = with("{ time = \"60 months\", after = \"61 months\" }");
    assert_eq!(faults(&late), ["launch 10:10"]);
    valid(&with("{ fails = \"99 %\" }"));
    assert_eq!(faults(&with("{ fails = \"100 %\" }")), ["launch 10:10"]);
    // of no business its value is not what is missing
    let claim =
        built("launch = { cost = 5 }", owner).replace("model = \"mechanism\"\nincome = \"300/month\"\n", "");
    assert_eq!(faults(&claim), ["launch 8:10"]);
}

#[test]
fn a_price_in_another_currency_needs_its_rate_and_keeps_it() {
    let rate = "[[fx]]\npair = \"USD/EUR\"\nvolatility = \"8 %/year\"\n";
    let scenario = valid(&with_asset(&format!("currency = \"EUR\"\n{rate}")));
    let exchange = scenario.assets[0].exchange.as_ref().unwrap();
    assert_eq!((exchange.currency(), exchange.volatility.get()), ("EUR", 0.08));
    assert!(valid(&with_asset("currency = \"USD\"\n")).assets[0].exchange.is_none());
    scenario.canonical_document().has("currency = \"EUR\"").has("pair = \"EUR/USD\"");
}

#[test]
fn a_rate_of_exchange_that_could_not_be_read_is_not_missing() {
    let house = "[[asset]]\nname = \"a\"\nclass = \"tokenized-real-estate\"\nvalue = 1\ncurrency = \"EUR\"\n";
    let euro = with_head(house);
    assert_eq!(faults(&euro), ["currency 9:12"]);
    let told = refused(&euro);
    // the proposal is a table
    let table: Vec<&str> =
        told.lines().skip_while(|line| !line.contains("such as: [[fx]]")).take(3).collect();
    let scenario = valid(&(euro.clone() + &table.join("\n").replace("= such as:", "")));
    assert_eq!(scenario.assets[0].exchange.as_ref().unwrap().volatility.get(), 0.08);
}

#[test]
fn all_keys_of_a_site_that_do_nothing_are_named_at_once_and_nothing_follows_from_visits() {
    let site = "[[asset]]\nname = \"blog\"\nclass = \"niche-content\"\nmodel = \"mechanism\"\nvisits = 0.5\nlaunch = { cost = \"x\" }\n";
    let other =
        "[[asset]]\nname = \"second\"\nclass = \"niche-content\"\nmodel = \"mechanism\"\nvisits = 9_000\n";
    let course = "[[asset]]\nname = \"course\"\nclass = \"digital-product-flywheel\"\nmodel = \"mechanism\"\naudience = [\"blog\", \"blgo\"]\nrpm = 3\norders = 0.1\nincome = \"50/month\"\nprice = 10\n";
    let text = with_head(&format!("{site}{other}{course}"));
    let expected =
        ["type 9:10", "type 10:19", "unknown-asset 20:21", "traffic 21:7", "traffic 22:10", "traffic 24:9"];
    assert_eq!(faults(&text), expected);
    // the one that is named already would be there twice
    assert!(refused(&text).contains("known: second"), "{}", refused(&text));
}

#[test]
fn a_variant_of_another_model_drops_what_that_does_not_know() {
    let file = |drop: &str| {
        format!(
            "{}units = 5\n[[variant]]\nname = \"as-it-is\"\n[[variant]]\nname = \"claimed\"\n{drop}set = {{ \"asset.a.model\" = \"claim\", \"asset.a.value\" = 9_000 }}\n",
            with_head(BUILT)
        )
    };
    let told = refused(&file("drop = [\"asset.a.income\"]\n"));
    let (_, proposed) = told.split_once("a variant says drop = [").expect("a remedy");
    let (proposed, _) = proposed.split_once(']').expect("a list");
    assert!(told.contains("= where: where the case sets it"), "{told}");
    let study = studied(&file(&format!("drop = [\"asset.a.income\", {proposed}]\n")));
    let kinds: Vec<&str> = study.cases.iter().map(|case| case.scenario.assets[0].kind.kind()).collect();
    assert_eq!(kinds, ["unit-fleet", "claim"]);
    // a document of the case alone says the same
    let alone = study.cases[1].document.to_toml();
    assert_eq!(valid(&alone).model_digest(), study.cases[1].scenario.model_digest());
    refused(&file("drop = [\"asset.a.income\", \"asset.a.unitz\"]\n")).has("did you mean \"asset.a.units\"?");
}

#[test]
fn an_assignment_drops_what_it_names_or_is_refused() {
    let text = built("launch = { cost = 5 }", "");
    let files = [("mine.toml", text.as_str())];
    assert!(valid_files(&files, &["drop=[\"asset.a.launch\"]"]).assets[0].keys.launch.is_none());
    refused_files(&files, &["drop=[\"asset.b\"]"]).has("there is no `asset.b` to drop");
    refused_files(&files, &["extends=\"b.toml\""]).has("has no effect here");
}

#[test]
fn an_unknown_model_is_one_fault() {
    assert_eq!(faults(&built("subscribers = 90", "").replace("mechanism", "subscribe")).len(), 1);
}
