//! The most important messages, whole: wording, excerpt, remedy. Each test has its texts here and what is said of them in one
//! snapshot.

use super::support::{Text, refused, refused_files, with_asset, with_assets, with_head};

/// Compares messages with the stored snapshot `name`; each of `cases` is a title and a message.
#[track_caller]
fn are_worded(name: &str, cases: &[(&str, String)]) {
    let said: Vec<String> = cases.iter().map(|(title, seen)| format!("## {title}\n\n{seen}\n")).collect();
    insta::assert_snapshot!(name, said.join("\n"));
}

#[test]
fn values_and_keys() {
    let two_units =
        with_asset("jumps = { rate = 0.5, mean = -0.1, sd = 0.1 }\n").replace("\"10 years\"", "10");
    let class = with_head("[[asset]]\nname = \"a\"\nclass = \"micro-sass-fleet\"\nvalue = 1\n");
    let twice = "[[asset]]\nname = \"a\"\nclass = \"niche-content\"\nvalue = 1\n";
    let base = with_asset("roi = 22\n");
    let mine = "extends = \"base.toml\"\n[[asset]]\nname = \"a\"\nvalue = -1\n";
    let files = [("dir/mine.toml", mine), ("dir/base.toml", &base)];
    let asset = |keys: &str| refused(&with_asset(keys));
    let jumps = "jumps = { rate = \"2/year\", mean = -0.3, sd = 0.15 }\n";
    are_worded(
        "values",
        &[
            ("percent written as a number", asset("roi   = [22, 35]\n")),
            (
                "a rate of one or more must say percent",
                asset("roi = [0.5, 1.2]\n[economy]\ninflation = 2.5\n"),
            ),
            ("an upside-down range", asset("roi = \"35-22 %\" # claimed\n")),
            ("an unknown key", asset("volatilty = 0.3\nrevinue = 5\n")),
            ("an unknown class", refused(&class)),
            ("jumps that vary more than the whole", asset(jumps)),
            ("a span and a flow without their units", refused(&two_units)),
            ("what is missing", refused("title = \"x\"\n")),
            (
                "syntax faults arrive together",
                refused("start = 2027-01\nhorizon = \nunknown = 1\nx = \"\\q\"\n[run\nseed = 1\n"),
            ),
            ("a fault of a base", refused_files(&files, &["asset.a.decay=x", "run.seed=-1"])),
            ("a name used twice", asset(twice)),
        ],
    );
}

#[test]
fn correlations() {
    let pairs = "pairs = [\n  [\"a\", \"b\", 0.90],\n  [\"b\", \"c\", 0.90],\n  [\"a\", \"c\", 0.20]]\n";
    let fourth = "[[asset]]\nname = \"d\"\nclass = \"niche-content\"\nvalue = 1\n[correlation]\n";
    let of_four = "default = 0\npairs = [[\"a\", \"b\", -0.9], [\"c\", \"b\", 0.9], [\"a\", \"c\", 0.9]]\n";
    let matrix = "order = [\"a\", \"b\", \"c\"]\nmatrix = [\n  [1, 0.9, 0.2],\n  [0.9, 1, 0.3],\n  [0.4, 0.3, 1],\n]\n";
    let crisis = "[crisis]\npairs = [[\"a\", \"b\", 0.9], [\"b\", \"c\", 0.9]]\n";
    let shared = with_assets("[correlation]\npairs = [[\"a\", \"b\", 0.3]]\n").replacen(
        "value = 1000\n",
        "value = 1000\nmarket = \"fleets\"\n",
        1,
    );
    let of = |table: &str, keys: &str| refused(&with_assets(&format!("{table}{keys}")));
    are_worded(
        "correlations",
        &[
            ("three that cannot hold together", of("[correlation]\n", pairs)),
            ("three of four", of(fourth, of_four)),
            ("the entry that changes most where no three contradict", of(fourth, "default = -0.4\n")),
            ("an asymmetric matrix", of("[correlation]\n", matrix)),
            ("an impossible crisis", refused(&with_assets(crisis))),
            ("a pair that names an asset of a shared market", refused(&shared)),
        ],
    );
}

#[test]
fn agents_and_markets() {
    let shares = "models = { frontier-a = 0.45, frontier-b = 0.30, open-c = 0.20 }\n";
    let clusters = "models = { a = 1 }\n[[crash.cluster]]\nname = \"a\"\ncapital_share = 1\nfirst_trigger = 0.18\ndispersion = 0.06\n";
    let market = with_assets("[[market]]\nname = \"warehose\"\nsize = 3\n").replace("\"b\"", "\"warehouse\"");
    let shock = "[crisis]\nbegins = 0.03\n[[shock]]\nat = \"2047-07\"\nmarket = \"a\"\nloss = 30\n";
    let managed =
        "movable = true\nmanaged_by = \"fronter-a\"\n[crash]\nmodels = { frontier-a = 0.6, open-b = 0.4 }\n";
    let classes = with_assets("").replace("value = 1000\n", "value = 1000\nmarket = \"one\"\n");
    let crash = |keys: &str| refused(&with_asset(&format!("[crash]\n{keys}")));
    are_worded(
        "agents",
        &[
            ("shares that do not add up", crash(shares)),
            (
                "a band that begins below zero",
                crash("models = { frontier-a = 0.1, open-b = 0.9 }\ntrigger = 0.16\n"),
            ),
            ("models and clusters at once", crash(clusters)),
            ("an unknown market", refused(&market)),
            ("a chance without its time, and a shock out of time", refused(&with_assets(shock))),
            ("agents without models", crash("lockstep = 0.5\n")),
            ("an agent of an unknown cluster", refused(&with_asset(managed))),
            ("classes that differ in one market", refused(&classes)),
        ],
    );
}

#[test]
fn cases_and_gates() {
    let said = |rest: &str| refused(&with_assets(rest));
    let axis = |name: &str, key: &str, values: &str| {
        format!("[[axis]]\nname = \"{name}\"\nkey = \"{key}\"\nvalues = {values}\n")
    };
    let missing = with_assets("[[variant]]\nname = \"bare\"\nset = { \"asset.saas.value\" = 0 }\n")
        .replace("name = \"b\"", "name = \"sass\"");
    let change = "[[variant]]\nname = \"v\"\nset = { \"expect.e.below\" = 1 }\n";
    let poor = "[[variant]]\nname = \"poor\"\nset = { \"owner.cash\" = 0 }\n".to_owned();
    let gates = "[[expect]]\nid = \"e\"\nmeasure = \"m\"\nwhere = { lokstep = 1, variant = \"bare\" }\n\
                 [[expect]]\nid = \"f\"\nmeasure = \"m\"\nabove = 0.3\nbelow = 0.2\nwhere = { lockstep = [300, \"2000\"] }\n";
    let two = axis("p", "owner.cash", "[1, 2]") + &axis("q", "run.seed", "[1, 2]");
    are_worded(
        "cases",
        &[
            ("a variant that names a missing asset", refused(&missing)),
            ("an axis without values", said(&axis("cash", "owner.cash", "[]"))),
            ("lists as values", said(&axis("claim", "asset.a.roi", "[[0.1, 0.2], \"22-35 %\"]"))),
            ("two values with one label", said(&axis("claim", "asset.a.roi", "[\"22-35 %\", \"22-35-%\"]"))),
            ("an axis over a variant", said(&(poor + &axis("cash", "owner.cash", "[1, 2]")))),
            (
                "no such axis, no such value, no limit",
                said(&(axis("lockstep", "owner.cash", "[1, 200]") + gates)),
            ),
            ("exclusions that leave nothing", said(&format!("{two}[[exclude]]\np = [1, 2]\n"))),
            ("a case that changes what is expected of it", said(change)),
        ],
    );
}

#[test]
fn two_faults_of_one_line_propose_one_line() {
    let pairs = with_assets("[correlation]\npairs = [[\"a\", \"b\", 45], [\"b\", \"c\", 30]]\n");
    let jumps = with_asset("jumps = { rte = \"0.5/year\", mean = \"-0,1\", sd = 0.1 } # falls\n");
    for (text, line) in [
        (pairs, "= write: pairs = [[\"a\", \"b\", 0.45], [\"b\", \"c\", 0.3]]"),
        (jumps, "= write: jumps = { rate = \"0.5/year\", mean = -0.1, sd = 0.1 }"),
    ] {
        let seen = refused(&text);
        assert_eq!(seen.matches(line).count(), 2, "{seen}");
    }
}

#[test]
fn items_without_names_are_not_told_by_their_names() {
    let text = with_asset("[[expect]]\nmeasure = \"loss.probability\"\nbelow = 1\n");
    refused_files(&[("mine.toml", &text)], &["expect.x.below=0"])
        .has("must be assigned whole")
        .lacks("known:");
}
