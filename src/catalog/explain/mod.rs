//! What the catalog knows, in words: classes, their keys, correlations, general defaults, grades.
//!
//! In: an id as typed after `tailwheel explain`. Out: [`Explanation`], or the ids that come near.
//! Not here: how it looks (`cli`), the kinds' own keys and units (`form`).

mod content;

#[cfg(test)]
mod tests;

use super::{Entry, Source, classes, general, source};

/// One page of `explain`.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// As typed; another page may refer to it.
    pub id: String,
    pub title: String,
    pub paragraphs: Vec<String>,
    pub figures: Option<Figures>,
    pub sections: Vec<Section>,
    /// Other ids worth asking for.
    pub see: Vec<String>,
}

/// Computed figures in the order of the steps that lead from the first to the last.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures {
    pub heading: String,
    /// What each step is called and the yearly growth after it, a fraction.
    pub steps: Vec<(String, f64)>,
    /// How the figures were obtained and what they leave out.
    pub note: String,
}

/// Entries under a heading.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    pub heading: String,
    pub rows: Vec<Row>,
}

/// One entry, ready to be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub key: String,
    pub value: String,
    pub range: String,
    pub grade: String,
    pub source: String,
    /// What the sentence speaks of.
    pub from: Vec<&'static Source>,
}

impl Row {
    fn new(key: &str, entry: &Entry) -> Self {
        let ids = match entry.from.as_slice() {
            [] => String::new(),
            ids => format!(" [{}]", ids.join(", ")),
        };
        Self {
            key: key.to_owned(),
            value: entry.value.to_string(),
            range: entry.bounds.to_string(),
            grade: entry.grade.to_string(),
            source: format!("{}: {}{ids}", entry.kind, entry.source),
            from: entry.from.iter().filter_map(|id| source(id)).collect(),
        }
    }
}

impl Explanation {
    /// Every source that a row speaks of, once, in the order of the rows.
    pub fn sources(&self) -> Vec<&'static Source> {
        let mut found: Vec<&'static Source> = Vec::new();
        for row in self.sections.iter().flat_map(|section| &section.rows) {
            for source in &row.from {
                if !found.contains(source) {
                    found.push(source);
                }
            }
        }
        found
    }
}

/// There is no page of this name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    pub id: String,
    /// Ids that come near, best first; may be empty.
    pub near: Vec<String>,
}

/// The page that explains `id`.
pub fn explain(id: &str) -> Result<Explanation, Unknown> {
    content::page(id).ok_or_else(|| Unknown {
        id: id.to_owned(),
        near: nearest(id, ids()),
    })
}

/// Every id that has a page: classes, then `class.key`, keys, correlations, general keys, grades.
#[must_use]
pub fn ids() -> Vec<String> {
    let mut ids: Vec<String> = classes().iter().map(|class| class.id.clone()).collect();
    let mut keys: Vec<String> = Vec::new();
    for class in classes() {
        for entry in &class.defaults {
            ids.push(format!("{}.{}", class.id, entry.key));
            if !keys.contains(&entry.key) {
                keys.push(entry.key.clone());
            }
        }
    }
    ids.extend(keys);
    ids.extend(["correlation", "correlation.roi", "grades"].map(str::to_owned));
    ids.extend(general().iter().map(|entry| entry.key.clone()));
    ids
}

/// At most five of `ids` that contain the word or are a few typing errors away, best first.
pub fn nearest(id: &str, ids: impl IntoIterator<Item = String>) -> Vec<String> {
    let wanted = id.to_lowercase();
    let tolerated = 1 + wanted.len() / 4;
    let mut ranked: Vec<(usize, String)> = ids
        .into_iter()
        .filter_map(|known| {
            let contained = wanted.len() > 2 && known.contains(&wanted);
            let distance = if contained {
                0
            } else {
                strsim::damerau_levenshtein(&wanted, &known)
            };
            (distance <= tolerated).then_some((distance, known))
        })
        .collect();
    // stable: among equals the order of `ids` stays, classes before their keys
    ranked.sort_by_key(|(distance, _)| *distance);
    let mut seen: Vec<String> = Vec::new();
    ranked.retain(|(_, known)| {
        let is_new = !seen.contains(known);
        seen.push(known.clone());
        is_new
    });
    ranked.into_iter().take(5).map(|(_, known)| known).collect()
}
