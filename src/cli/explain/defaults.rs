//! Pages of the catalog: classes, kinds of events, places, their defaults, correlations, general defaults,
//! and grades.

use super::claims::{from_the_claim, from_the_mechanism};
use super::page::Explanation;
use crate::catalog::claim::ClaimArithmetic;
use crate::catalog::{
    ByDefault, Class, Entry, EventKind, Grade, Jurisdiction, Schedule, class, classes, correlation_of_claims,
    correlation_of_same_class, event_kind, event_kinds, exchange, general, jurisdiction, jurisdictions,
    levels, pairs,
};
use crate::event::KINDS;
use crate::form::capital;
use std::collections::HashSet;

const DEFAULTS: &str = "DEFAULTS";

/// Ids of all pages on the catalog of defaults: classes, kinds of events, `class.key`, keys, residences,
/// correlations, general defaults, grades.
pub(super) fn ids() -> Vec<String> {
    let mut ids: Vec<String> = classes().iter().map(|class| class.id.clone()).collect();
    for kind in event_kinds() {
        ids.push(kind.id.clone());
        ids.extend(kind.defaults.iter().map(|entry| format!("{}.{}", kind.id, entry.key)));
    }
    let entries =
        || classes().iter().flat_map(|class| class.defaults.iter().map(move |entry| (class, entry)));
    ids.extend(entries().map(|(class, entry)| format!("{}.{}", class.id, entry.key)));
    let mut seen = HashSet::new();
    ids.extend(entries().map(|(_, entry)| entry.key.clone()).filter(|key| seen.insert(key.clone())));
    ids.extend(jurisdictions().iter().map(|place| place.id.clone()));
    ids.extend(["correlation", "correlation.roi", "grades", "jurisdictions"].map(str::to_owned));
    ids.extend(general().iter().map(|entry| entry.key.clone()));
    ids
}

pub(super) fn page(id: &str) -> Option<Explanation> {
    of_whole_catalog(id)
        .or_else(|| class(id).map(of_class))
        .or_else(|| event_kind(id).map(of_event_kind))
        .or_else(|| jurisdiction(id).map(|place| of_place(id, place)))
        .or_else(|| of_owner_key(id))
        .or_else(|| general().iter().find(|entry| entry.key == id).map(of_general))
        .or_else(|| {
            let (above, key) = id.split_once('.')?;
            let of_class = class(above).and_then(|class| Some(of_class_key(class, class.default(key)?)));
            of_class.or_else(|| {
                let kind = event_kind(above)?;
                let title = format!("{key} of {}", kind.title.to_lowercase());
                Some(of_entry(id, &title, key, kind.default(key)?))
            })
        })
        .or_else(|| of_key(id))
        .or_else(|| of_grade(id))
}

/// Page of a catalog entry that belongs to no class, kind of event or place; `None` if `id` is no such entry.
fn of_whole_catalog(id: &str) -> Option<Explanation> {
    Some(match id {
        "grades" => grades(),
        "jurisdictions" => places(),
        "correlation" => correlations(),
        "correlation.roi" => of_entry(id, "Correlation of claimed returns", id, correlation_of_claims()),
        "asset.hours" => Explanation::new(
            id,
            "Hours a month for each unit, by level of autonomy",
            Vec::new(),
            &["autonomy", "grades"],
        )
        .defaults("BY LEVEL", by_key(levels())),
        "fx.volatility" => Explanation::new(id, "Volatility of exchange rates", Vec::new(), &["grades"])
            .defaults("BY PAIR", by_key(exchange())),
        _ => return None,
    })
}

/// Page of an `[owner]` key with its default in each place; `None` if no place has a default for it.
fn of_owner_key(id: &str) -> Option<Explanation> {
    let key = id.strip_prefix("owner.")?;
    by_place(key).next()?;
    let title = format!("Default of {key} by place");
    let page = Explanation::new(id, title, Vec::new(), &["jurisdictions", "grades"]);
    Some(page.defaults("BY PLACE", by_place(key)))
}

/// Pairs each catalog entry with its key.
fn by_key<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> impl Iterator<Item = (&'a str, &'a Entry)> {
    entries.into_iter().map(|entry| (entry.key.as_str(), entry))
}

fn of_event_kind(kind: &EventKind) -> Explanation {
    let effect = KINDS.iter().find(|effect| effect.id == kind.effect);
    let mut paragraphs = vec![kind.doc.clone()];
    paragraphs.extend(effect.map(|effect| effect.doc.to_owned()));
    let named = match kind.strikes.as_str() {
        "owner" => "It affects the owner.".to_owned(),
        "asset" => "Name the asset that it affects.".to_owned(),
        key => format!("Name the asset that it affects, or write `{key}` for all assets that depend on one."),
    };
    paragraphs.extend(kind.by_default.as_ref().map(|by_default| {
        format!(
            "Without an [[event]] of this kind it affects {}. `class_events = false` switches that off.",
            affected_by_default(kind, by_default)
        )
    }));
    paragraphs.push(format!("To add it, write these lines. {named}"));
    let mut page = Explanation::new(&kind.id, &kind.title, paragraphs, &["grades"]);
    page.list.push("[[event]]".to_owned());
    page.list.extend(["name", "kind"].map(|key| format!("{key} = \"{}\"", kind.id)));
    page.list.extend((kind.strikes != "owner").then(|| "asset = \"NAME\"".to_owned()));
    page.defaults(DEFAULTS, by_key(&kind.defaults))
}

/// Text on the assets that an event of this `kind` affects even without an `[[event]]` table.
fn affected_by_default(kind: &EventKind, by_default: &ByDefault) -> String {
    let only =
        by_default.says.as_ref().map_or(String::new(), |[key, value]| format!(" with {key} = {value}"));
    let classes = by_default.classes.iter().map(|class| format!("assets of class {class}{only}"));
    let named = by_default.named.then(|| format!("assets with a `{}`", kind.strikes));
    classes.chain(named).collect::<Vec<_>>().join(", ")
}

fn of_class(class: &Class) -> Explanation {
    let mut paragraphs = vec![class.doc.clone()];
    paragraphs.push(match &class.claimed {
        Some(claimed) => format!(
            "Claimed in the sources, not measured: return {} a year, autonomy {}, risk {}.",
            claimed.roi, claimed.autonomy, claimed.risk
        ),
        None => match class.default("roi") {
            Some(entry) => format!(
                "The sources claim no return for this class. The default has grade {}: {}.",
                entry.grade,
                entry.grade.meaning()
            ),
            None => format!(
                "The sources claim no return for this class. A scenario must state {}.",
                match class.default("multiple") {
                    Some(_) => "`roi` or `income`",
                    None => "`roi`",
                }
            ),
        },
    });
    let strikes = |by_default: &ByDefault| by_default.strikes_class(&class.id);
    let is_own = |kind: &&EventKind| kind.by_default.as_ref().is_some_and(strikes);
    let kinds: Vec<&str> = event_kinds().iter().filter(is_own).map(|kind| kind.id.as_str()).collect();
    if !kinds.is_empty() {
        paragraphs.push(format!(
            "Loss events of this class: {}. `class_events = false` switches them off.",
            kinds.join(", ")
        ));
    }
    let mut page = Explanation::new(&class.id, &class.title, paragraphs, &["correlation", "grades"]);
    page.tables.extend(ClaimArithmetic::of(class).map(|claim| from_the_claim(class, &claim)));
    page.tables.extend(from_the_mechanism(class));
    let (of_market, own): (Vec<&Entry>, Vec<&Entry>) =
        class.defaults.iter().partition(|entry| entry.key.starts_with("market"));
    // those of the market have an effect with `[crash]` only
    page.defaults(DEFAULTS, by_key(own))
        .defaults("DEFAULTS OF ITS MARKET, FOR AGENT SELLING", by_key(of_market))
}

fn of_place(id: &str, place: &'static Jurisdiction) -> Explanation {
    let mut paragraphs = vec![place.doc.clone(), format!("To use it: [owner] residence = \"{}\"", place.id)];
    paragraphs.extend(place.schedule.as_ref().map(|law| {
        let (currency, said) = (&place.currency, law.said());
        format!("Tax on a year's income, in {currency}: {said}.")
    }));
    let is_claimed = place.defaults.iter().any(|entry| entry.key == "tax_rate");
    let of_law = if is_claimed {
        "TAX LAW, USED WITH tax_rate = \"schedule\""
    } else {
        "TAX LAW, USED WITHOUT tax_rate AND WITH \"schedule\""
    };
    Explanation::new(id, &*place.title, paragraphs, &["jurisdictions", "owner.tax_rate", "grades"])
        .defaults("DEFAULTS OF [owner]", by_key(&place.defaults))
        .defaults(of_law, by_key(place.schedule.iter().flat_map(Schedule::entries)))
}

/// Default of each place of residence for an `[owner]` key, with the id of the place.
fn by_place(key: &str) -> impl Iterator<Item = (&'static str, &'static Entry)> {
    jurisdictions().iter().filter_map(move |place| {
        Some((place.id.as_str(), place.defaults.iter().find(|entry| entry.key == key)?))
    })
}

fn places() -> Explanation {
    let paragraphs = [
        "The place in `residence` supplies tax rate, cost and hours of compliance, and its legal advantages. Keys of [owner] \
         replace them. Tax rates are those that the sources claim. Portugal and the United States have the brackets of their \
         law, which the page of the place lists.",
        "Each path draws one rate from a range of rates, all equally likely. Each path also draws one cost: the value \
         is the most likely one and the range has its ends.",
    ];
    let ids: Vec<&str> = jurisdictions().iter().map(|place| place.id.as_str()).collect();
    Explanation::new("jurisdictions", "Places of residence", paragraphs.map(str::to_owned).into(), &ids)
        .defaults("tax_rate", by_place("tax_rate"))
        .defaults("compliance_cost", by_place("compliance_cost"))
}

fn of_class_key(class: &Class, entry: &Entry) -> Explanation {
    let id = format!("{}.{}", class.id, entry.key);
    let title = format!("{} of: {}", entry.key, class.title);
    let (whose, key) = match entry.key.split_once('.') {
        Some(("stable", key)) => ("an [[asset]] with denomination = \"stable\"", key),
        Some(("unverified", key)) => ("an [[asset]] with verified = false", key),
        Some(("mechanism", key)) => ("an [[asset]] with an earnings model", key),
        Some((_, key)) => ("the [[market]] of an asset", key),
        None => ("an [[asset]]", entry.key.as_str()),
    };
    let mut page = of_entry(&id, &title, &entry.key, entry);
    page.paragraphs.insert(
        0,
        format!(
            "Default for {whose} of class \"{}\". To state it in the file: {key} = {}",
            class.id,
            entry.value.as_toml()
        ),
    );
    if let Some(companion) = &entry.with {
        page.paragraphs.push(format!(
            "It belongs to the default of `{companion}`. A scenario that states `{companion}` does not get it."
        ));
    }
    page.see = vec![class.id.clone(), entry.key.clone(), "grades".to_owned()];
    page
}

fn of_general(entry: &Entry) -> Explanation {
    let title = format!("Default of {}", entry.key);
    let mut page = of_entry(&entry.key, &title, &entry.key, entry);
    if let Some(leader) = &entry.follows {
        page.paragraphs.push(format!("A scenario that states `{leader}` changes this default with it."));
        page.see.insert(0, leader.clone());
    }
    page
}

fn of_entry(id: &str, title: &str, key: &str, entry: &Entry) -> Explanation {
    let grade = format!("Grade {}: {}.", entry.grade, entry.grade.meaning());
    let page = Explanation::new(id, title, vec![grade], &["grades"]);
    page.defaults("DEFAULT", [(key, entry)])
}

/// Page of a key with its default in each class; `None` if no class has a default for it.
fn of_key(key: &str) -> Option<Explanation> {
    let (filled, silent): (Vec<&Class>, Vec<&Class>) =
        classes().iter().partition(|class| class.default(key).is_some());
    if filled.is_empty() {
        return None;
    }
    let silent: Vec<&str> = silent.iter().map(|class| class.id.as_str()).collect();
    let paragraphs = match silent.as_slice() {
        [] => Vec::new(),
        silent => vec![format!("No default for {}.", silent.join(", "))],
    };
    let rows = filled.iter().filter_map(|class| Some((class.id.as_str(), class.default(key)?)));
    let page = Explanation::new(key, format!("Default of {key} by class"), paragraphs, &["grades"]);
    Some(page.defaults("BY CLASS", rows))
}

fn correlations() -> Explanation {
    let paragraphs = [
        "These are the defaults for pairs of assets that a scenario does not list. They hold in the normal regime and belong to \
         the copula, so simulated returns correlate a little less. The upper end of a range is about the value in a crisis \
         regime.",
        "All are guesses, checked against measured prices where there are any. Together they form a valid correlation matrix \
         for any number of assets.",
    ];
    let mut page = Explanation::new(
        "correlation",
        "Correlation of the shocks of two classes",
        paragraphs.map(str::to_owned).into(),
        &["correlation.roi", "correlation.copula", "grades"],
    );
    for class in classes() {
        let own = pairs().filter(|(pair, _)| pair[0] == class.id);
        let others = own.map(|(pair, entry)| (pair[1].as_str(), entry));
        page = page.defaults(&format!("{} with", class.id), others);
    }
    page.defaults("any other class with", [("itself", correlation_of_same_class())])
}

/// Page of one grade, such as `G` or `grade G`; `None` if there is no such grade.
fn of_grade(id: &str) -> Option<Explanation> {
    let letter = id.strip_prefix("grade ").unwrap_or(id);
    let grade = Grade::ALL.into_iter().find(|grade| grade.to_string() == letter)?;
    let meaning = format!("{}.", capital(grade.meaning()));
    Some(Explanation::new(id, format!("Grade {grade}"), vec![meaning], &["grades", "assumption"]))
}

fn grades() -> Explanation {
    let mut paragraphs = vec![
        "Each default has a grade from measured to guessed. A result that depends on guesses is a guess, however \
         many paths it has."
            .to_owned(),
    ];
    paragraphs.extend(Grade::ALL.map(|grade| format!("{grade}  {}", grade.meaning())));
    let classes: Vec<&str> = classes().iter().map(|class| class.id.as_str()).collect();
    Explanation::new("grades", "Grades of evidence", paragraphs, &classes)
}
