//! Pages of what the catalog fills in: classes, places, their keys, correlations, general defaults, grades.

use super::claims::{from_the_claim, from_the_mechanism};
use super::page::Page;
use crate::catalog::claim::ClaimArithmetic;
use crate::catalog::{
    ByDefault, Class, Entry, EventKind, Grade, Jurisdiction, Schedule, class, classes,
    correlation_of_claims, correlation_of_same_class, event_kind, event_kinds, exchange, general,
    jurisdiction, jurisdictions, levels, pairs,
};
use crate::event::KINDS;

/// Every id that has a page: classes, then `class.key`, keys, correlations, general keys, grades.
pub(super) fn ids() -> Vec<String> {
    let mut ids: Vec<String> = classes().iter().map(|class| class.id.clone()).collect();
    let mut keys: Vec<String> = Vec::new();
    for kind in event_kinds() {
        ids.push(kind.id.clone());
        ids.extend(
            kind.defaults
                .iter()
                .map(|entry| format!("{}.{}", kind.id, entry.key)),
        );
    }
    for class in classes() {
        for entry in &class.defaults {
            ids.push(format!("{}.{}", class.id, entry.key));
            if !keys.contains(&entry.key) {
                keys.push(entry.key.clone());
            }
        }
    }
    ids.extend(keys);
    ids.extend(jurisdictions().iter().map(|place| place.id.clone()));
    let others = ["correlation", "correlation.roi", "grades", "jurisdictions"];
    ids.extend(others.map(str::to_owned));
    ids.extend(general().iter().map(|entry| entry.key.clone()));
    ids
}

pub(super) fn page(id: &str) -> Option<Page> {
    match id {
        "grades" => return Some(grades()),
        "jurisdictions" => return Some(places()),
        "correlation" => return Some(correlations()),
        "asset.hours" => {
            let title = "Hours of a unit and month, by level of autonomy";
            let page = Page::new(id, title, Vec::new(), &["autonomy", "grades"]);
            let entries = levels().iter().map(|entry| (entry.key.as_str(), entry));
            return Some(page.defaults("BY LEVEL", entries));
        }
        "fx.volatility" => {
            let title = "What is known of rates of exchange";
            let page = Page::new(id, title, Vec::new(), &["grades"]);
            let entries = exchange().iter().map(|entry| (entry.key.as_str(), entry));
            return Some(page.defaults("BY PAIR", entries));
        }
        "correlation.roi" => {
            let title = "How the claims hang together";
            return Some(of_entry(id, title, id, correlation_of_claims()));
        }
        _ => {}
    }
    if let Some(class) = class(id) {
        return Some(of_class(class));
    }
    if let Some(kind) = event_kind(id) {
        return Some(of_event_kind(kind));
    }
    if let Some(place) = jurisdiction(id) {
        return Some(of_place(id, place));
    }
    if let Some(key) = id
        .strip_prefix("owner.")
        .filter(|key| by_place(key).next().is_some())
    {
        let title = format!("{key}: what each place fills in");
        let page = Page::new(id, title, Vec::new(), &["jurisdictions", "grades"]);
        return Some(page.defaults("BY PLACE", by_place(key)));
    }
    if let Some(entry) = general().iter().find(|entry| entry.key == id) {
        return Some(of_general(entry));
    }
    if let Some((class_id, key)) = id.split_once('.')
        && let Some(class) = class(class_id)
    {
        return class.default(key).map(|entry| of_class_key(class, entry));
    }
    if let Some((kind_id, key)) = id.split_once('.')
        && let Some(kind) = event_kind(kind_id)
    {
        let title = format!("{key} of {}", kind.title.to_lowercase());
        return kind
            .default(key)
            .map(|entry| of_entry(id, &title, key, entry));
    }
    of_key(id)
}

fn of_event_kind(kind: &EventKind) -> Page {
    let effect = KINDS.iter().find(|effect| effect.id == kind.effect);
    let mut paragraphs = vec![kind.doc.clone()];
    paragraphs.extend(effect.map(|effect| effect.doc.to_owned()));
    let (whom, named) = match kind.strikes.as_str() {
        "owner" => ("the owner", String::new()),
        "asset" => ("what a scenario names", " and `asset`".to_owned()),
        key => ("what a scenario names", format!(" and `{key}`, or `asset`")),
    };
    let kind_of = format!("[[event]] with kind = \"{}\"", kind.id);
    paragraphs.push(format!("It strikes {whom}: {kind_of}{named}."));
    paragraphs.extend(kind.by_default.as_ref().map(|by_default| {
        format!(
            "Unless the scenario says otherwise (class_events = false, or an [[event]] of this kind) it also strikes {}.",
            struck_by_default(kind, by_default)
        )
    }));
    let defaults = kind.defaults.iter();
    Page::new(&kind.id, &kind.title, paragraphs, &["grades"]).defaults(
        "FILLED IN WHERE THE SCENARIO IS SILENT",
        defaults.map(|entry| (entry.key.as_str(), entry)),
    )
}

/// What `kind` strikes without an `[[event]]`.
fn struck_by_default(kind: &EventKind, by_default: &ByDefault) -> String {
    let says = by_default.says.as_ref();
    let only = says.map(|[key, value]| format!(" that say {key} = {value}"));
    let only = only.unwrap_or_default();
    let named = by_default
        .named
        .then(|| format!("assets with a `{}`", kind.strikes));
    let classes = by_default.classes.iter();
    let struck: Vec<String> = classes
        .map(|class| format!("assets of class {class}{only}"))
        .chain(named)
        .collect();
    struck.join(", ")
}

fn of_class(class: &Class) -> Page {
    let mut paragraphs = vec![class.doc.clone()];
    paragraphs.push(match &class.claimed {
        Some(claimed) => format!(
            "The documents claim {} a year, autonomy {}, risk {}. These are claims, not measurements.",
            claimed.roi, claimed.autonomy, claimed.risk
        ),
        None => match class.default("roi") {
            Some(entry) => format!(
                "The documents give no return for this class; that which is filled in has grade {}, {}.",
                entry.grade,
                entry.grade.meaning()
            ),
            None => format!(
                "The documents give no return for this class: a scenario has to write {}.",
                match class.default("multiple") {
                    Some(_) => "`roi`, or what it earns as `income`",
                    None => "`roi`",
                }
            ),
        },
    });
    let kinds = event_kinds().iter().filter(|kind| {
        let by_default = kind.by_default.as_ref();
        by_default.is_some_and(|by_default| by_default.strikes_class(&class.id))
    });
    let kinds: Vec<&str> = kinds.map(|kind| kind.id.as_str()).collect();
    if !kinds.is_empty() {
        paragraphs.push(format!(
            "Unless class_events = false it can be struck by {}: tailwheel explain {}.",
            kinds.join(", "),
            kinds[0]
        ));
    }
    let is_of_market = |entry: &&Entry| entry.key.starts_with("market");
    let defaults = || class.defaults.iter();
    let mut page = Page::new(
        &class.id,
        &class.title,
        paragraphs,
        &["correlation", "grades"],
    );
    if let Some(claim) = ClaimArithmetic::of(class) {
        page.tables.push(from_the_claim(class, &claim));
    }
    page.tables.extend(from_the_mechanism(class));
    page.defaults(
        "FILLED IN WHERE THE SCENARIO IS SILENT",
        defaults()
            .filter(|entry| !is_of_market(entry))
            .map(|entry| (entry.key.as_str(), entry)),
    )
    // it matters with `[crash]` only
    .defaults(
        "AND FOR ITS MARKET, WHERE AGENTS SELL",
        defaults()
            .filter(is_of_market)
            .map(|entry| (entry.key.as_str(), entry)),
    )
}

fn of_place(id: &str, place: &'static Jurisdiction) -> Page {
    let named = |entries: &'static [Entry]| entries.iter().map(|entry| (entry.key.as_str(), entry));
    let written = format!("To write it: [owner] residence = \"{}\"", place.id);
    let see = ["jurisdictions", "owner.tax_rate", "grades"];
    let of_law = place.schedule.iter().flat_map(Schedule::entries);
    let is_claimed = place.defaults.iter().any(|entry| entry.key == "tax_rate");
    let of_law_title = match is_claimed {
        true => "FILLED IN FOR tax_rate = \"schedule\"",
        false => "FILLED IN WHERE [owner] HAS NO tax_rate, AND FOR \"schedule\"",
    };
    let mut paragraphs = vec![place.doc.clone(), written];
    paragraphs.extend(place.schedule.as_ref().map(|law| {
        let (currency, said) = (&place.currency, law.said());
        format!("Its law takes of a year's income, in {currency}: {said}.")
    }));
    Page::new(id, &*place.title, paragraphs, &see)
        .defaults("FILLED IN WHERE [owner] IS SILENT", named(&place.defaults))
        .defaults(
            of_law_title,
            of_law.map(|entry| (entry.key.as_str(), entry)),
        )
}

/// What each place fills in for a key of the owner.
fn by_place(key: &str) -> impl Iterator<Item = (&'static str, &'static Entry)> {
    jurisdictions().iter().filter_map(move |place| {
        let mut entries = place.defaults.iter();
        Some((place.id.as_str(), entries.find(|entry| entry.key == key)?))
    })
}

fn places() -> Page {
    let paragraphs = [
        "An owner with `residence` has the rate of tax, the cost and the hours of compliance and the advantages of that \
         place where the scenario is silent. Rates are those that the documents claim. Portugal, of which they claim none, and the United States, of which they claim the \
         ends of a schedule, have the brackets of their law; the page of a place says what these are.",
        "Of a rate with two ends each path has one, all equally likely. The cost is an estimate, of which each path \
         has one amount: the value is the likeliest, the range are its ends.",
    ];
    let ids: Vec<&str> = jurisdictions()
        .iter()
        .map(|place| place.id.as_str())
        .collect();
    let title = "Places that an owner may live in";
    let page = Page::new(
        "jurisdictions",
        title,
        paragraphs.map(str::to_owned).into(),
        &ids,
    );
    page.defaults("tax_rate", by_place("tax_rate"))
        .defaults("compliance_cost", by_place("compliance_cost"))
}

fn of_class_key(class: &Class, entry: &Entry) -> Page {
    let id = format!("{}.{}", class.id, entry.key);
    let title = format!("{} of: {}", entry.key, class.title);
    let (whose, key) = match entry.key.split_once('.') {
        Some(("stable", key)) => ("an [[asset]] with denomination = \"stable\"", key),
        Some(("unverified", key)) => ("an [[asset]] with verified = false", key),
        Some(("mechanism", key)) => ("an [[asset]] with a mechanism as its model", key),
        Some((_, key)) => ("the [[market]] of an asset", key),
        None => ("an [[asset]]", entry.key.as_str()),
    };
    let mut page = of_entry(&id, &title, &entry.key, entry);
    page.paragraphs.insert(
        0,
        format!(
            "Filled in for {whose} of class \"{}\" that does not write it. To write it: {key} = {}",
            class.id,
            entry.value.as_toml()
        ),
    );
    if let Some(companion) = &entry.with {
        page.paragraphs.push(format!(
            "It belongs to the default of `{companion}`: a scenario that writes `{companion}` does not get it."
        ));
    }
    page.see = vec![class.id.clone(), entry.key.clone(), "grades".to_owned()];
    page
}

fn of_general(entry: &Entry) -> Page {
    let title = format!("The default of {}", entry.key);
    let mut page = of_entry(&entry.key, &title, &entry.key, entry);
    if let Some(leader) = &entry.follows {
        page.paragraphs.push(format!(
            "A scenario that writes `{leader}` changes this with it."
        ));
        page.see.insert(0, leader.clone());
    }
    page
}

fn of_entry(id: &str, title: &str, key: &str, entry: &Entry) -> Page {
    let grade = format!("Grade {}: {}.", entry.grade, entry.grade.meaning());
    let page = Page::new(id, title, vec![grade], &["grades"]);
    page.defaults("THE DEFAULT", std::iter::once((key, entry)))
}

/// A key across all classes that fill it in.
fn of_key(key: &str) -> Option<Page> {
    let (filled, silent): (Vec<&Class>, Vec<&Class>) = classes()
        .iter()
        .partition(|class| class.default(key).is_some());
    let silent: Vec<&str> = silent.iter().map(|class| class.id.as_str()).collect();
    let paragraphs = match silent.as_slice() {
        [] => Vec::new(),
        silent => vec![format!("Nothing is filled in for {}.", silent.join(", "))],
    };
    let title = format!("{key}: what each class fills in");
    let rows = filled
        .iter()
        .filter_map(|class| Some((class.id.as_str(), class.default(key)?)));
    let page = Page::new(key, title, paragraphs, &["grades"]).defaults("BY CLASS", rows);
    (!filled.is_empty()).then_some(page)
}

fn correlations() -> Page {
    let paragraphs = [
        "Filled in for pairs of assets that a scenario does not list. The figures are for calm \
         months and belong to the copula, so the correlation seen in simulated returns is a little \
         lower. The upper end of a range is about what a crisis makes of the pair.",
        "All are guesses, held against measured prices where there are some. They can hold together: \
         the matrix filled from them is a correlation matrix for any number of assets.",
    ];
    let mut page = Page::new(
        "correlation",
        "How the shocks of two classes move together",
        paragraphs.map(str::to_owned).into(),
        &["correlation.roi", "correlation.copula", "grades"],
    );
    for class in classes() {
        let with = pairs().filter(|(pair, _)| pair[0] == class.id);
        let with = with.map(|(pair, entry)| (pair[1].as_str(), entry));
        page = page.defaults(&format!("{} with", class.id), with);
    }
    let itself = ("itself", correlation_of_same_class());
    page.defaults("any other class with", std::iter::once(itself))
}

fn grades() -> Page {
    let mut paragraphs = vec![
        "Every default says where it lies between a measurement and a guess. A \
         result that hangs on guesses is a guess, however many paths it was computed from."
            .to_owned(),
    ];
    paragraphs.extend(Grade::ALL.map(|grade| format!("{grade}  {}", grade.meaning())));
    let classes: Vec<&str> = classes().iter().map(|class| class.id.as_str()).collect();
    Page::new(
        "grades",
        "How well a default is known",
        paragraphs,
        &classes,
    )
}
