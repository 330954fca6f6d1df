//! What an owner's keys mean, and what the catalog fills in.

use super::meaning::filled;
use super::support::{Text, faults, read_back, refused, valid, valid_files, with_asset, with_head};
use crate::asset::Removable;
use crate::catalog::{event_kinds, jurisdictions};
use crate::scenario::Scenario;

fn with_owner(keys: &str) -> String {
    with_asset(&format!("[owner]\n{keys}\n"))
}

#[test]
fn every_default_of_every_place_is_a_key_and_both_ends_of_its_range_are_values() {
    // hours and claims are filled in where there are any
    let claim = "[[event]]\nname = \"claim\"\nkind = \"infringement-claim\"\n\
                 [[event]]\nname = \"reform\"\nkind = \"tax-change\"";
    for place in jurisdictions() {
        let owner = |more: &str| {
            let keys = format!("residence = \"{}\"\nhour_value = 1\n{more}", place.id);
            with_owner(&format!("{keys}\n{claim}"))
        };
        let scenario = valid(&owner(""));
        // nobody moves to the only place
        let is_of_moves = |key: &str| key == "income_at_least";
        for entry in place.defaults.iter().filter(|entry| !is_of_moves(&entry.key)) {
            let path = format!("owner.{}", entry.key);
            let value = entry.value.as_toml();
            assert_eq!(filled(&scenario, &path), Some(value.as_str()), "{}: {path}", place.id);
            let Some([low, high]) = &entry.range else {
                panic!("{}: {path} is no choice", place.id);
            };
            for end in [low, high] {
                valid(&owner(&format!("{} = {}", entry.key, end.as_toml())));
            }
        }
    }
}

#[test]
fn what_the_catalog_fills_in_of_places_of_a_list_is_listed_and_can_be_assigned() {
    let keys = "residence = [{ in = \"estonia\" }, { in = \"uae\", from = \"2029-01\", tax_rate = 0 }]";
    let scenario = valid(&with_owner(keys));
    let of_places = |scenario: &Scenario| -> Vec<String> {
        let paths = scenario.filled_in.iter();
        paths.filter_map(|filled| filled.path.strip_prefix("owner.residence.").map(str::to_owned)).collect()
    };
    let expected =
        ["estonia.compliance_cost", "estonia.tax_rate", "uae.compliance_cost", "uae.income_at_least"];
    assert_eq!(of_places(&scenario), expected);
    let set = ["owner.residence.estonia.tax_rate=0.22"];
    let changed = valid_files(&[("mine.toml", &with_owner(keys))], &set);
    let rates = |scenario: &Scenario| -> Vec<f64> {
        let owner = scenario.owner.as_ref().expect("an owner");
        owner.residence.iter().map(|stay| stay.tax_rate.ends()[1]).collect()
    };
    assert_eq!((rates(&scenario), rates(&changed)), (vec![0.2, 0.0], vec![0.22, 0.0]));
    let [_, again] = read_back(&changed.canonical_document());
    assert_eq!(again.model_digest(), changed.model_digest());
    assert_eq!(of_places(&again), [""; 0]);
}

#[test]
fn a_class_to_beat_is_written_read_again_and_refused_by_its_nearest_name() {
    let goal = |id: &str| with_asset(&format!("[goal]\nbeat = \"{id}\"\n"));
    let [scenario, again] = read_back(&goal("index-fund"));
    assert_eq!(scenario.settings.goal.beaten(), Some("index-fund"));
    assert_eq!(again.settings.goal, scenario.settings.goal);
    let benchmark = scenario.settings.goal.benchmark().expect("a class");
    assert_eq!(benchmark.keys.volatility.get(), 0.165);
    // the median of a range from 6 to 12 %
    assert!((benchmark.kind.claimed() - ((1.06_f64 * 1.12).sqrt() - 1.0)).abs() < 1e-12);
    // also beside autonomy
    let both =
        with_owner("spending = \"900/month\"\n[goal]\nbeat = \"savings\"\nautonomy = { by = \"2030-01\" }");
    let goal = read_back(&both).map(|scenario| scenario.settings.goal);
    assert_eq!(goal[0], goal[1]);
    let by = goal[0].autonomy_by().map(|date| date.to_string());
    assert_eq!((goal[0].beaten(), by.as_deref()), (Some("savings"), Some("2030-01")));
}

/// A benchmark class keeps its decay, if it has one, and its volatility.
#[test]
fn every_class_with_a_return_can_be_beaten() {
    for class in crate::catalog::classes() {
        let text = with_asset(&format!("[goal]\nbeat = \"{}\"\n", class.id));
        if class.default("roi").is_some() {
            let benchmark = valid(&text).settings.goal.benchmark().expect("a class");
            let decays = benchmark.kind.without(Removable::Decay).is_some();
            let decay = class.default("decay").expect("every class has one");
            assert_eq!(decays, decay.value.to_string() != "0 %/year", "{}", class.id);
            assert!(!benchmark.process.is_rare() && benchmark.keys.volatility.get() > 0.0);
        } else {
            assert_eq!(faults(&text), ["goal 10:8"]);
        }
    }
}

#[test]
fn a_goal_at_the_end_is_one_by_the_last_month_and_reads_back() {
    let [open, dated] = ["", ", by = \"2036-12\""].map(|by| {
        read_back(&with_owner(&format!(
            "[goal]\nwealth = {{ amount = 500_000{by} }}\nincome = {{ amount = \"36_000/year\"{by} }}"
        )))
    });
    assert_eq!(open[0].settings.goal, dated[0].settings.goal);
    assert_eq!(open[0].model_digest(), dated[0].model_digest());
    assert_eq!(open[0].settings.goal, open[1].settings.goal);
}

#[test]
fn phases_of_one_amount_are_that_amount_and_others_read_back() {
    let of = |spending: &str| read_back(&with_owner(&format!("spending = {spending}")));
    let phases = |first: &str, second: &str| {
        of(&format!("[{{ amount = {first} }}, {{ amount = \"{second}/month\", from = \"2029-01\" }}]"))
    };
    let ([one, _], [alike, _]) = (of("\"100/month\""), phases("\"1200/year\", from = \"2020-01\"", "100"));
    assert_eq!(one.model_digest(), alike.model_digest());
    let [two, again] = phases("\"100/month\", from = \"2027-01\"", "0");
    assert_ne!(one.model_digest(), two.model_digest());
    assert_eq!(again.owner, two.owner);
    assert_eq!((two.spending()[23] > 0.0, two.spending()[24]), (true, 0.0));
}

#[test]
fn flows_and_covers_have_the_order_of_keys_and_no_name_of_a_cover_in_the_canonical_document() {
    let rest = "[[event]]\nname = \"hack\"\nkind = \"contract-exploit\"\nasset = \"a\"\n[owner]\n\
                flows = [{ name = \"gift\", amount = 5, at = \"2028-01\" }]\n\
                cover = [{ name = \"mine\", asset = \"a\", cause = \"hack\", limit = 40, premium = 0.04 }]\n";
    let flow = "{ name = \"gift\", amount = \"5/month\", grows = \"inflation\", from = \"2028-01\", until = ";
    let document = valid(&with_asset(rest)).canonical_document();
    document.has(flow).has("asset = \"a\", cause = \"hack\"").lacks("mine");
}

#[test]
fn a_cover_that_would_never_pay_is_valid_with_the_proposed_event() {
    let of_losses: Vec<_> = event_kinds().iter().filter(|kind| kind.effect == "value-loss").collect();
    assert!(of_losses.len() >= 5);
    for kind in of_losses {
        let asset = "class_events = false\n[[asset]]\nname = \"b\"\nclass = \"niche-content\"\nvalue = 9\n";
        let id = &kind.id;
        let cover = format!("[[owner.cover]]\nasset = \"b\"\ncause = \"{id}\"\nlimit = 4\npremium = 0.04\n");
        let event = ["[[event]]", "name = \"loss\"", &format!("kind = \"{id}\""), "asset = \"b\""];
        let text = with_head(&format!("{asset}[owner]\ncash = 5\n{cover}"));
        let message = refused(&text);
        let said: Vec<&str> = message.lines().map(str::trim).collect();
        assert!(
            said.windows(4).any(|lines| lines[0].ends_with(event[0]) && lines[1..] == event[1..]),
            "{message}"
        );
        valid(&format!("{text}{}\n", event.join("\n")));
        // an event of that name hits something else
        let other = "[[event]]\nname = \"loss\"\nkind = \"algorithm-update\"\nasset = \"b\"\n";
        let message = refused(&format!("{text}{other}"));
        assert!(message.contains("name = \"loss-2\""), "{message}");
    }
}

#[test]
fn owners_spend_alike_if_their_files_differ_in_the_horizon_alone_and_not_with_other_plans() {
    let later = |from: &str| {
        let later = format!("{{ amount = \"2500/month\", from = \"{from}\" }}");
        format!("[{{ amount = \"1750/month\", from = \"2027-01\" }}, {later}]")
    };
    let plans = ["\"1750/month\"".to_owned(), later("2029-06"), later("2029-07")];
    let texts = plans.map(|plan| with_owner(&format!("spending = {plan}")));
    for (place, text) in texts.iter().enumerate() {
        let shorter = valid(&text.replace("10 years", "5 years"));
        for (other_place, other) in texts.iter().enumerate() {
            assert_eq!(valid(other).pays_like(&shorter), place == other_place, "{other}");
            assert_eq!(shorter.pays_like(&valid(other)), place == other_place, "{other}");
        }
    }
}
