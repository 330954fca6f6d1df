//! Scenarios in which a sentence may go wrong: atoms, certainty, a single path, gains, nothing seen,
//! very short and very long, very large and very small.
//!
//! In: nothing. Out: [`Case`]s, the same every time. Not here: what is said of them.

/// A scenario as text, or a shipped one, with assignments.
#[derive(Clone)]
pub struct Case {
    pub name: String,
    pub text: String,
    pub set: Vec<String>,
}

/// All of them.
pub fn cases() -> Vec<Case> {
    let mut cases = plain();
    cases.extend(crossed());
    cases.extend(shipped());
    cases.extend(with_agents());
    cases.extend(crate::worlds::cases());
    cases
}

pub fn case(name: &str, text: String, set: &[&str]) -> Case {
    Case {
        name: name.to_owned(),
        text,
        set: set.iter().map(|text| (*text).to_owned()).collect(),
    }
}

/// A shipped scenario with other settings.
fn file(name: &str, of: &str, set: &[&str]) -> Case {
    case(
        name,
        format!("extends = \"{of}\"\ntitle = \"{name}\"\n"),
        set,
    )
}

/// One asset alone.
fn one(paths: u32, horizon: &str, currency: &str, value: &str, keys: &str) -> String {
    format!(
        "title = \"t\"\nstart = \"2027-01\"\nhorizon = \"{horizon}\"\ncurrency = \"{currency}\"\nclass_events = false\nclass_ranges = false\n\
         [run]\nseed = 17\npaths = {paths}\n\
         [[asset]]\nname = \"a\"\nclass = \"defi-yield-aggregator\"\nvalue = {value}\n{keys}\n"
    )
}

const CLAIM: &str = "roi = \"18-28 %\"";
const CERTAIN: &str = "roi = \"4 %\"\nroi_law = \"point\"\nroi_basis = \"net\"\nvolatility = 0\n\
     income_share = 0\ndecay = \"0 %/year\"\n[economy]\ninflation.fixed = \"2.5 %/year\"\n";

/// One asset, each with something of its own.
fn plain() -> Vec<Case> {
    let ten = "10 years";
    let mut cases = vec![
        case("plain", one(2_000, ten, "USD", "50_000", CLAIM), &[]),
        case("one path", one(1, ten, "USD", "50_000", CLAIM), &[]),
        case("two paths", one(2, ten, "USD", "50_000", CLAIM), &[]),
        case("ten paths", one(10, ten, "USD", "50_000", CLAIM), &[]),
        case("99 paths", one(99, ten, "USD", "50_000", CLAIM), &[]),
        case("100 paths", one(100, ten, "USD", "50_000", CLAIM), &[]),
        case(
            "one month",
            one(1_000, "1 month", "USD", "50_000", CLAIM),
            &[],
        ),
        case(
            "five months",
            one(400, "5 months", "USD", "50_000", CLAIM),
            &[],
        ),
        case(
            "fifty years",
            one(500, "50 years", "EUR", "50_000", CLAIM),
            &[],
        ),
        case("certain", one(300, ten, "USD", "50_000", CERTAIN), &[]),
        case(
            "certain, one path",
            one(1, ten, "USD", "50_000", CERTAIN),
            &[],
        ),
        case("half a bitcoin", one(1_000, ten, "BTC", "0.5", CLAIM), &[]),
        case("a millionth", one(1_000, ten, "BTC", "1e-6", CLAIM), &[]),
        case("yen", one(1_000, ten, "JPY", "5_000_000", CLAIM), &[]),
        case("trillions", one(1_000, ten, "CHF", "1e13", CLAIM), &[]),
        case("nothing", one(100, ten, "USD", "0", CLAIM), &[]),
    ];
    let laws = [
        (
            "a sure gain",
            "roi = \"40 %\"\nroi_law = \"point\"\nroi_basis = \"net\"\nvolatility = 0.01",
        ),
        (
            "a sure loss",
            "roi = \"-40 %\"\nroi_law = \"point\"\nroi_basis = \"net\"\nvolatility = 0.01",
        ),
        (
            "a gain of 500 %",
            "roi = \"500 %\"\nroi_basis = \"net\"\nvolatility = 0.2",
        ),
        (
            "a loss of 90 %",
            "roi = \"-90 %\"\nroi_basis = \"net\"\nvolatility = 0.2",
        ),
        ("wild", "roi = \"0-100 %\"\nvolatility = \"300 %\""),
        (
            "a rare loss",
            "roi = \"20 %\"\nroi_basis = \"net\"\nvolatility = 0.06",
        ),
        (
            "hardly but jumps",
            "roi = \"5 %\"\nroi_law = \"point\"\nvolatility = 0.112\njumps = { rate = \"0.05/year\", mean = -0.5, sd = 0 }",
        ),
    ];
    for (name, keys) in laws {
        for paths in [10, 1_500] {
            let text = one(paths, "3 years", "USD", "50_000", keys);
            cases.push(case(&format!("{name}, {paths} paths"), text, &[]));
        }
    }
    let cash = format!(
        "{}[owner]\ncash = 10_000\n",
        one(300, ten, "USD", "0", CLAIM)
    );
    cases.push(case("all cash", cash, &[]));
    cases
}

/// Every number of paths with every horizon.
fn crossed() -> Vec<Case> {
    let mut cases = Vec::new();
    for paths in [1, 10, 39, 500] {
        for horizon in ["1 month", "11 months", "2 years", "50 years"] {
            for (currency, value) in [("BTC", "0.02"), ("GBP", "73_129")] {
                let name = format!("{paths} paths, {horizon}, {currency}");
                let keys = "roi = \"5-9 %\"\nvolatility = 0.2";
                cases.push(case(&name, one(paths, horizon, currency, value, keys), &[]));
            }
        }
    }
    cases
}

/// The recipes have atoms.
fn shipped() -> Vec<Case> {
    let recipes = [
        "luna-2022",
        "may-2010-emini",
        "oct-2025-altcoins",
        "oct-2025-bitcoin",
    ];
    let mut cases: Vec<Case> = recipes
        .iter()
        .map(|name| file(name, &format!("recipe-{name}.toml"), &[]))
        .collect();
    let altcoins = "recipe-oct-2025-altcoins.toml";
    cases.extend([
        file("altcoins, one path", altcoins, &["run.paths=1"]),
        file("altcoins, ten paths", altcoins, &["run.paths=10"]),
        file(
            "altcoins, spread",
            altcoins,
            &["asset.altcoins.volatility=0.6"],
        ),
    ]);
    cases
}

/// The loop, from nobody who sells to everybody.
fn with_agents() -> Vec<Case> {
    let flagship = "_table-2027.toml";
    let few = "run.paths=512";
    vec![
        file("flagship", flagship, &["run.paths=2048"]),
        file("flagship, one path", flagship, &["run.paths=1"]),
        file("flagship, ten paths", flagship, &["run.paths=10"]),
        file(
            "flagship, one month",
            flagship,
            &[few, "horizon=\"1 month\""],
        ),
        file(
            "flagship, fifty years",
            flagship,
            &["run.paths=128", "horizon=\"50 years\""],
        ),
        file(
            "flagship, sells more",
            flagship,
            &[few, "crash.sell_fraction=0.9"],
        ),
        file(
            "flagship, square root",
            flagship,
            &[few, "crash.impact_exponent=0.5"],
        ),
        file("flash crash", "flash-crash.toml", &[few]),
        file("monoculture", "monoculture.toml", &[few]),
        case("far limits", weak(0.88), &[]),
        case("farthest limits", weak(1.4), &[]),
        case("no feedback", no_feedback(), &[]),
        // agents sell, and no sale is a crash; then hardly any is
        case("small sales", weak(0.2), &["crash.sell_fraction=0.005"]),
        case("rare crashes", weak(0.6), &[]),
        case("starter", starter(), &["run.paths=1000"]),
        case("starter, one path", starter(), &["run.paths=1"]),
    ]
}

/// Agents whose limits are hardly ever reached.
fn weak(trigger: f64) -> String {
    format!(
        "title = \"t\"\nstart = \"2027-01\"\nhorizon = \"3 years\"\ncurrency = \"USD\"\nclass_events = false\nclass_ranges = false\n\
         [run]\nseed = 1\npaths = 2000\n\
         [[asset]]\nname = \"saas\"\nclass = \"micro-saas-fleet\"\nvalue = 80_000\nroi = \"22-35 %\"\n\
         [[asset]]\nname = \"defi\"\nclass = \"defi-yield-aggregator\"\nvalue = 60_000\nroi = \"18-28 %\"\n\
         [correlation]\ncopula = {{ kind = \"t\", dof = 4 }}\n\
         [crash]\nmodels = {{ one = 1.0 }}\ntrigger = {trigger}\nspread = 0.3\nband = 0.06\n\
         lockstep = 0.7\nhallucination = {{ rate = \"0/year\", reach = 0.3 }}\n\
         [owner]\ncash = 10_000\nsurplus = \"reinvest\"\n"
    )
}

/// Agents whose sales move no price.
fn no_feedback() -> String {
    weak(0.21)
        + "[[market]]\nname = \"saas\"\nagent_share = 0\n[[market]]\nname = \"defi\"\nagent_share = 0\n"
}

/// The starter with its commented tables on, but for the goal of somebody who spends.
fn starter() -> String {
    let text = include_str!("../../src/scenario/starter.toml");
    let mut is_on = false;
    let line = |line: &str| {
        let key = line
            .strip_prefix("# ")
            .filter(|rest| (rest.starts_with('[') || is_on) && !rest.starts_with("[goal]"));
        is_on = key.is_some();
        key.unwrap_or(line).to_owned()
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}
