//! Names of assets as a value of a key.
//!
//! In: [`Value`]. Out: [`AssetNames`], or faults. Not here: the assets that have these names (`scenario`).

use crate::form::{Data, Diagnostic, Faults, Field, Parameter, Shape, Spelled, Unit, Value, illustrated};

/// Names of one or several assets, written as a text or a list.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct AssetNames(pub Vec<Spelled>);

impl Parameter for AssetNames {
    const UNIT: Unit = Unit {
        name: "name of an asset, or a list of them",
        examples: &["\"defi\"", "[\"defi\", \"vault\"]"],
        shape: Shape::AnyOf(&[Shape::Text(""), Shape::List(&Shape::Text(""), 1, 500)]),
    };

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        let names: Option<Vec<Spelled>> = match &value.data {
            Data::List(items) if !items.is_empty() => items.iter().map(Spelled::of).collect(),
            _ => Spelled::of(value).map(|one| vec![one]),
        };
        if names.is_none() {
            let message = format!("`{}` is the name of an asset, or a list of them", field.key);
            faults.push(illustrated(Diagnostic::of_sort(message, value), field));
        }
        names.map(Self)
    }

    fn write(&self) -> Option<Value> {
        Some(Value::list(self.0.iter().map(|name| Value::text(name.text.as_str())).collect()))
    }
}
