//! The pages themselves.
//!
//! In: an id. Out: its [`Explanation`], if there is one. Not here: guessing what was meant.

use super::super::claim::ClaimArithmetic;
use super::super::correlation::{correlation_of_claims, correlation_of_same_class, pairs};
use super::super::{Class, Entry, Grade, class, classes, general};
use super::{Explanation, Figures, Row, Section};

pub(super) fn page(id: &str) -> Option<Explanation> {
    match id {
        "grades" => return Some(grades()),
        "correlation" => return Some(correlations()),
        "correlation.roi" => {
            return Some(of_entry(
                id,
                "How the claims hang together",
                id,
                correlation_of_claims(),
            ));
        }
        _ => {}
    }
    if let Some(class) = class(id) {
        return Some(of_class(class));
    }
    if let Some(entry) = general().iter().find(|entry| entry.key == id) {
        return Some(of_general(entry));
    }
    if let Some((class_id, key)) = id.split_once('.')
        && let Some(class) = class(class_id)
    {
        return class.default(key).map(|entry| of_class_key(class, entry));
    }
    of_key(id)
}

fn of_class(class: &Class) -> Explanation {
    let mut paragraphs = vec![class.doc.clone()];
    paragraphs.push(match &class.claimed {
        Some(claimed) => format!(
            "The documents claim {} a year, autonomy {}, risk {}. These are claims, not measurements.",
            claimed.roi, claimed.autonomy, claimed.risk
        ),
        None if class.default("roi").is_some() => {
            "The documents give no return for this class; the one filled in is a guess.".to_owned()
        }
        None => "The documents give no return for this class: a scenario has to write `roi`.".to_owned(),
    });
    Explanation {
        id: class.id.clone(),
        title: class.title.clone(),
        paragraphs,
        figures: ClaimArithmetic::of(class).map(|claim| figures(class, &claim)),
        sections: vec![
            filled_in(class, "FILLED IN WHERE THE SCENARIO IS SILENT", false),
            filled_in(class, "AND FOR ITS MARKET, WHERE AGENTS SELL", true),
        ],
        see: vec!["correlation".to_owned(), "grades".to_owned()],
    }
}

/// Defaults of the class's assets, or of their markets, which matter with `[crash]` only.
fn filled_in(class: &Class, heading: &str, of_market: bool) -> Section {
    let is_wanted = |entry: &&Entry| entry.key.starts_with("market") == of_market;
    let rows = class.defaults.iter().filter(is_wanted);
    Section {
        heading: heading.to_owned(),
        rows: rows.map(|entry| Row::new(&entry.key, entry)).collect(),
    }
}

fn figures(class: &Class, claim: &ClaimArithmetic) -> Figures {
    let written = |key: &str| {
        class
            .default(key)
            .map(|entry| entry.value.to_string())
            .unwrap_or_default()
    };
    let mut steps = vec![
        (format!("claim {}, mean", written("roi")), claim.mean),
        ("claim, middle".to_owned(), claim.middle),
        (
            format!("volatility {}", written("volatility")),
            claim.after_volatility,
        ),
    ];
    if claim.after_decay < claim.after_volatility {
        steps.push((format!("decay {}", written("decay")), claim.after_decay));
    }
    Figures {
        heading: "FROM THE CLAIM TO THE MIDDLE PATH".to_owned(),
        steps,
        note: "Growth of the value on the middle path, by formula and not simulated: all return stays in \
               the price, nothing is withdrawn; before loss events, crashes, costs and tax."
            .to_owned(),
    }
}

fn of_class_key(class: &Class, entry: &Entry) -> Explanation {
    let id = format!("{}.{}", class.id, entry.key);
    let mut page = of_entry(
        &id,
        &format!("{} of: {}", entry.key, class.title),
        &entry.key,
        entry,
    );
    let (whose, key) = match entry.key.strip_prefix("market.") {
        Some(key) => ("the [[market]] of an asset", key),
        None => ("an [[asset]]", entry.key.as_str()),
    };
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

fn of_general(entry: &Entry) -> Explanation {
    let mut page = of_entry(
        &entry.key,
        &format!("The default of {}", entry.key),
        &entry.key,
        entry,
    );
    if let Some(leader) = &entry.follows {
        page.paragraphs.push(format!(
            "A scenario that writes `{leader}` changes this with it."
        ));
        page.see.insert(0, leader.clone());
    }
    page
}

fn of_entry(id: &str, title: &str, key: &str, entry: &Entry) -> Explanation {
    Explanation {
        id: id.to_owned(),
        title: title.to_owned(),
        paragraphs: vec![format!("Grade {}: {}.", entry.grade, entry.grade.meaning())],
        figures: None,
        sections: vec![Section {
            heading: "THE DEFAULT".to_owned(),
            rows: vec![Row::new(key, entry)],
        }],
        see: vec!["grades".to_owned()],
    }
}

/// A key across all classes that fill it in.
fn of_key(key: &str) -> Option<Explanation> {
    let rows: Vec<Row> = classes()
        .iter()
        .filter_map(|class| class.default(key).map(|entry| Row::new(&class.id, entry)))
        .collect();
    let silent: Vec<&str> = classes()
        .iter()
        .filter(|class| class.default(key).is_none())
        .map(|class| class.id.as_str())
        .collect();
    let paragraphs = match silent.as_slice() {
        [] => Vec::new(),
        silent => vec![format!("Nothing is filled in for {}.", silent.join(", "))],
    };
    (!rows.is_empty()).then(|| Explanation {
        id: key.to_owned(),
        title: format!("{key}: what each class fills in"),
        paragraphs,
        figures: None,
        sections: vec![Section {
            heading: "BY CLASS".to_owned(),
            rows,
        }],
        see: vec!["grades".to_owned()],
    })
}

fn correlations() -> Explanation {
    let mut sections: Vec<Section> = classes()
        .iter()
        .map(|class| Section {
            heading: format!("{} with", class.id),
            rows: pairs()
                .filter(|(pair, _)| pair[0] == class.id)
                .map(|(pair, entry)| Row::new(&pair[1], entry))
                .collect(),
        })
        .filter(|section| !section.rows.is_empty())
        .collect();
    sections.push(Section {
        heading: "any class with".to_owned(),
        rows: vec![Row::new("itself", correlation_of_same_class())],
    });
    Explanation {
        id: "correlation".to_owned(),
        title: "How the shocks of two classes move together".to_owned(),
        paragraphs: vec![
            "Filled in for pairs of assets that a scenario does not list. The figures are for calm \
             months and belong to the copula, so the correlation seen in simulated returns is a little \
             lower. The upper end of a range is about what a crisis makes of the pair."
                .to_owned(),
            "All are guesses, held against measured prices where there are some. They can hold together: \
             the matrix filled from them is a correlation matrix for any number of assets."
                .to_owned(),
        ],
        figures: None,
        sections,
        see: vec!["correlation.roi".to_owned(), "correlation.copula".to_owned(), "grades".to_owned()],
    }
}

fn grades() -> Explanation {
    let mut paragraphs = vec![
        "Every default says where it lies between a measurement and a guess. A \
         result that hangs on guesses is a guess, however many paths it was computed from."
            .to_owned(),
    ];
    paragraphs.extend(Grade::ALL.map(|grade| format!("{grade}  {}", grade.meaning())));
    Explanation {
        id: "grades".to_owned(),
        title: "How well a default is known".to_owned(),
        paragraphs,
        figures: None,
        sections: Vec::new(),
        see: classes().iter().map(|class| class.id.clone()).collect(),
    }
}
