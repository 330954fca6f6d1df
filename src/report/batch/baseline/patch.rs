//! What one document sets beyond another, so that two hundred variants fit a reviewable diff.
//!
//! In: documents as JSON. Out: a patch, and the document it makes. Not here: lines (`lines`).
//!
//! A patch is an object: a key with an object goes deeper, null removes, anything else replaces. A
//! list whose items all have names is gone into by name. That is a JSON Merge Patch (RFC 7396) with
//! named lists; what it cannot say is for the caller to find out by applying it.

use serde_json::{Map, Value};

/// Keys that may name an item of a list.
const NAMES: [&str; 2] = ["name", "id"];

/// The patch that makes `new` of `base`, if there is one.
pub(super) fn between(base: &Value, new: &Value) -> Option<Value> {
    let (Value::Object(from), Value::Object(to)) = (base, new) else {
        return None;
    };
    let patch = Value::Object(of_objects(from, to));
    (apply(base, &patch).as_ref() == Some(new)).then_some(patch)
}

fn of_objects(base: &Map<String, Value>, new: &Map<String, Value>) -> Map<String, Value> {
    let gone = base.keys().filter(|key| !new.contains_key(*key));
    let gone = gone.map(|key| (key.clone(), Value::Null));
    let set = new.iter().filter_map(|(key, to)| {
        let patch = match base.get(key) {
            Some(from) if from == to => return None,
            Some(from) => of_values(from, to),
            None => to.clone(),
        };
        Some((key.clone(), patch))
    });
    gone.chain(set).collect()
}

fn of_values(base: &Value, new: &Value) -> Value {
    match (base, new) {
        (Value::Object(from), Value::Object(to)) => Value::Object(of_objects(from, to)),
        (Value::Array(from), Value::Array(to)) => of_lists(from, to).unwrap_or_else(|| new.clone()),
        _ => new.clone(),
    }
}

/// None unless both lists name the same items in the same order.
fn of_lists(base: &[Value], new: &[Value]) -> Option<Value> {
    let (from, to) = (by_name(base)?, by_name(new)?);
    let is_same = from.len() == to.len() && from.iter().zip(&to).all(|(a, b)| a.0 == b.0);
    let changed = from.iter().zip(&to).filter(|(a, b)| a.1 != b.1);
    let patch = changed.map(|((name, a), (_, b))| {
        let patch = Value::Object(of_objects(a, b));
        ((*name).to_owned(), patch)
    });
    is_same.then(|| Value::Object(patch.collect()))
}

type Named<'v> = Vec<(&'v str, &'v Map<String, Value>)>;

/// Items by their names; none unless every item is an object with a name of its own.
fn by_name(items: &[Value]) -> Option<Named<'_>> {
    let mut named: Named = Vec::with_capacity(items.len());
    for item in items {
        let item = item.as_object()?;
        let name = NAMES.iter().find_map(|key| item.get(*key)?.as_str())?;
        if named.iter().any(|(known, _)| *known == name) {
            return None;
        }
        named.push((name, item));
    }
    (!named.is_empty()).then_some(named)
}

/// `base` with `patch`; none if the patch names items that are not there.
pub(super) fn apply(base: &Value, patch: &Value) -> Option<Value> {
    let Value::Object(changes) = patch else {
        return Some(patch.clone());
    };
    match base {
        Value::Array(items) => {
            let names: Vec<String> = by_name(items)?
                .iter()
                .map(|(name, _)| (*name).to_owned())
                .collect();
            let mut items = items.clone();
            for (name, change) in changes {
                let at = names.iter().position(|known| known == name)?;
                items[at] = apply(&items[at], change)?;
            }
            Some(Value::Array(items))
        }
        Value::Object(entries) => {
            let mut entries = entries.clone();
            for (key, change) in changes {
                let set = match (change, entries.get(key)) {
                    (Value::Null, _) => None,
                    (change, Some(base)) => Some(apply(base, change)?),
                    (change, None) => Some(change.clone()),
                };
                match set {
                    Some(value) => entries.insert(key.clone(), value),
                    None => entries.remove(key),
                };
            }
            Some(Value::Object(entries))
        }
        _ => Some(patch.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn base() -> Value {
        json!({
            "start": "2027-01",
            "owner": { "cash": 1000, "surplus": "keep" },
            "asset": [{ "name": "saas", "value": 1 }, { "name": "defi", "value": 2, "roi": "5 %" }],
            "correlation": { "pairs": [["saas", "defi", 0.2]] },
        })
    }

    #[test]
    fn a_patch_holds_only_what_differs_and_makes_the_document_again() {
        let mut new = base();
        new["owner"]["residence"] = json!("estonia");
        new["asset"][1]["value"] = json!(0);
        new["asset"][1]
            .as_object_mut()
            .expect("a table")
            .remove("roi");
        new["correlation"]["pairs"][0][2] = json!(0.9);
        let patch = between(&base(), &new).expect("it can be said");
        let expected = json!({
            "owner": { "residence": "estonia" },
            "asset": { "defi": { "value": 0, "roi": null } },
            "correlation": { "pairs": [["saas", "defi", 0.9]] },
        });
        assert_eq!(patch, expected);
        assert_eq!(apply(&base(), &patch), Some(new));
        assert_eq!(between(&base(), &base()), Some(json!({})));
    }

    #[test]
    fn a_list_with_other_items_is_replaced() {
        let mut new = base();
        new["asset"].as_array_mut().expect("a list").remove(0);
        let patch = between(&base(), &new).expect("it can be said");
        assert_eq!(patch["asset"], new["asset"]);
        assert_eq!(apply(&base(), &patch), Some(new));
    }

    #[test]
    fn what_a_patch_cannot_say_is_not_said() {
        // a list of names that becomes a table of them would be taken for changes of its items
        let new = json!({ "asset": { "saas": { "value": 5 } } });
        assert_eq!(
            between(&json!({ "asset": [{ "name": "saas" }] }), &new),
            None
        );
        assert_eq!(between(&json!(1), &json!(2)), None);
    }

    #[test]
    fn an_integer_is_not_the_float_of_its_value() {
        let patch = between(&json!({ "value": 1 }), &json!({ "value": 1.0 }));
        assert_eq!(patch, Some(json!({ "value": 1.0 })));
    }
}
