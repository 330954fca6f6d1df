//! Scenarios in which titles about several markets and about agents may go wrong.
//!
//! In: nothing. Out: [`Case`]s, the same every time. Not here: those of one asset (`generate`).

use crate::generate::{Case, case};

/// All of them.
pub fn cases() -> Vec<Case> {
    let mut cases = beside_each_other();
    cases.extend(with_agents());
    cases
}

/// Head and assets of one class: name, value and keys of each.
fn assets(paths: u32, horizon: &str, assets: &[(&str, &str, &str)]) -> String {
    let mut text = format!(
        "title = \"t\"\nstart = \"2027-01\"\nhorizon = \"{horizon}\"\ncurrency = \"USD\"\nclass_events = false\nclass_ranges = false\n\
         [run]\nseed = 5\npaths = {paths}\n"
    );
    for (name, value, keys) in assets {
        text += &format!(
            "[[asset]]\nname = \"{name}\"\nclass = \"defi-yield-aggregator\"\nvalue = {value}\n\
             roi = \"9 %\"\n{keys}\n"
        );
    }
    text
}

const CALM: &str = "volatility = 0.15";
const WILD: &str = "volatility = 0.9";
const FIXED: &str = "[economy]\ninflation.fixed = \"2.5 %/year\"\n";
const STILL: &str = "volatility = 0\nroi_law = \"point\"\nincome_share = 0";

fn beside_each_other() -> Vec<Case> {
    let two = [("a", "100", CALM), ("b", "100", WILD)];
    let alike = [("a", "100", CALM), ("b", "900", CALM), ("c", "3", CALM)];
    let mixed = [
        ("a", "100", CALM),
        ("b", "100", WILD),
        ("c", "100", WILD),
        ("d", "7", STILL),
    ];
    let still = [("a", "100", STILL), ("b", "5", STILL)];
    let lost = [
        ("a", "100", "decay = \"99 %/year\""),
        ("b", "100", WILD),
        ("c", "0", CALM),
    ];
    let many: Vec<String> = (0..14).map(|k| format!("n{k}")).collect();
    let many: Vec<(&str, &str, &str)> = many
        .iter()
        .map(|name| (name.as_str(), "10", CALM))
        .collect();
    let mut cases = Vec::new();
    for paths in [1, 2, 10, 400] {
        for (name, set, rest) in [
            (
                "two markets apart",
                &two[..],
                "[correlation]\npairs = [[\"a\", \"b\", -0.6]]\n",
            ),
            (
                "three markets alike",
                &alike,
                "[correlation]\ndefault = 0.3\n",
            ),
            (
                "four markets",
                &mixed,
                "[correlation]\ndefault = 0\npairs = [[\"a\", \"b\", 0.4], [\"a\", \"c\", -0.204]]\n",
            ),
            ("still markets", &still, FIXED),
            (
                "a market lost",
                &lost,
                "[correlation]\ndefault = 0.1\npairs = [[\"a\", \"b\", 0.104]]\n",
            ),
        ] {
            let text = assets(paths, "3 years", set) + rest;
            cases.push(case(&format!("{name}, {paths} paths"), text, &[]));
        }
    }
    let pairs = |text: &str| assets(300, "1 month", &alike) + "[correlation]\n" + text;
    cases.extend([
        case(
            "identical markets",
            assets(300, "2 years", &two) + "[correlation]\ndefault = 1\n",
            &[],
        ),
        case("fourteen markets", assets(200, "2 years", &many), &[]),
        case(
            "pairs from low to high",
            pairs("default = 0.5\npairs = [[\"a\", \"c\", 0.2]]\n"),
            &[],
        ),
        case(
            "pairs near each other",
            pairs("default = 0.501\npairs = [[\"a\", \"c\", 0.504]]\n"),
            &[],
        ),
        case(
            "an owner who trades",
            assets(300, "50 years", &mixed)
                + "[owner]\ncash = 10\nsurplus = \"reinvest\"\nrebalance = \"1 month\"\n",
            &[],
        ),
    ]);
    cases
}

/// Agents of two kinds that hold `share` of each market and sell from `first` on, over `band`.
fn agents(share: f64, first: f64, band: f64, rest: &str) -> String {
    let market = |name: &str| {
        format!(
            "[[market]]\nname = \"{name}\"\nagent_share = {share}\nimpact_of_10_percent = 0.1\n"
        )
    };
    let cluster = |name: &str, first: f64, signal: &str| {
        format!(
            "[[crash.cluster]]\nname = \"{name}\"\ncapital_share = 0.5\nfirst_trigger = {first}\n\
             dispersion = {band}\n{signal}"
        )
    };
    let signals = "hallucination = { rate = \"0.5/year\", reach = 0.4 }\n";
    market("a")
        + &market("b")
        + &cluster("one", first, signals)
        + &cluster("two", 1.2 * first, "")
        + rest
}

const CRISIS: &str = "[crisis]\nbegins = \"5 %/month\"\nlasts = \"4 months\"\ndepth = 0.3\n";

fn with_agents() -> Vec<Case> {
    let two = [("a", "100", CALM), ("b", "300", WILD)];
    let apart = "[correlation]\npairs = [[\"a\", \"b\", -0.7]]\n";
    let identical = "[correlation]\ndefault = 1\n";
    let still = [("a", "100", STILL), ("b", "300", STILL)];
    let shock = "[[shock]]\nat = \"2027-05\"\nmarket = \"b\"\nloss = \"60 %\"\n";
    let world = |name: &str, paths: u32, set: &[(&str, &str, &str)], rest: String| {
        case(name, assets(paths, "4 years", set) + &rest, &[])
    };
    let mut cases = vec![
        world("gain above one", 600, &two, agents(0.4, 0.05, 0.05, "")),
        world("gain below one", 600, &two, agents(0.1, 0.05, 0.9, "")),
        world(
            "gain below one, crises",
            600,
            &two,
            agents(0.05, 0.05, 0.9, CRISIS),
        ),
        world(
            "gain above one in crises",
            600,
            &two,
            agents(0.1, 0.05, 0.1, CRISIS),
        ),
        world(
            "gain above one sooner in crises",
            600,
            &two,
            agents(0.1, 0.05, 0.045, CRISIS),
        ),
        world(
            "gain of hundreds",
            300,
            &two,
            agents(1.0, 0.02, 0.002, CRISIS),
        ),
        world(
            "markets apart, agents",
            600,
            &two,
            agents(0.4, 0.05, 0.05, apart),
        ),
        world(
            "identical markets, agents",
            600,
            &two,
            agents(0.4, 0.05, 0.05, identical),
        ),
        world("agents of one market", 400, &two[1..], {
            agents(0.4, 0.05, 0.05, "").split_once("[[crash").map_or(String::new(), |(_, rest)| {
                format!("[[market]]\nname = \"b\"\nagent_share = 0.4\nimpact_of_10_percent = 0.1\n[[crash{rest}")
            })
        }),
        world(
            "still markets, agents",
            300,
            &still,
            agents(0.4, 0.05, 0.05, ""),
        ),
        world(
            "still markets, a fall",
            300,
            &still,
            agents(0.4, 0.05, 0.05, shock),
        ),
        world(
            "still markets, a fall, weak",
            300,
            &still,
            agents(0.01, 0.05, 0.9, shock),
        ),
        world(
            "a square root of sales",
            300,
            &two,
            agents(0.4, 0.05, 0.05, "[crash]\nimpact_exponent = 0.5\n"),
        ),
        world(
            "limits of everybody at zero",
            300,
            &two,
            agents(0.4, 0.001, 0.001, ""),
        ),
        world(
            "still markets, no signal",
            100,
            &still,
            agents(0.4, 0.05, 0.05, FIXED).replace("0.5/year", "0/year"),
        ),
    ];
    for paths in [1, 10] {
        let name = format!("gain above one, {paths} paths");
        cases.push(world(&name, paths, &two, agents(0.4, 0.05, 0.05, CRISIS)));
    }
    cases
}
