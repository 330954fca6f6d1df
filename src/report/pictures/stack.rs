//! Parts of a whole over time, stacked.
//!
//! In: the values of each part at each date. Out: surfaces, labels at their right ends. Not here: the parts'
//! meaning (`holdings`, `units`).

use crate::chart::{End, Ink, Layer, Line, Paint, dated};

/// One part of a stacked whole, with its value at each date.
#[derive(Clone, Debug, PartialEq)]
pub struct StackPart {
    pub name: String,
    pub paint: Paint,
    pub values: Vec<f64>,
}

/// Stacked surfaces of a chart with their labels and their outer edges.
#[derive(Default)]
pub struct Stack {
    pub layers: Vec<Layer>,
    pub ends: Vec<End>,
    /// Lower edge (sum of the negative values) and upper edge of the stack, at each date.
    pub edges: [Vec<f64>; 2],
}

impl StackPart {
    /// Returns the value of the part at the last date; 0 without dates.
    pub fn last(&self) -> f64 {
        self.values.last().copied().unwrap_or_default()
    }
}

impl Stack {
    /// Stacks the parts, the first lowest; negative values go below zero. `figure` formats the last values as labels.
    pub fn of(years: &[f64], parts: &[StackPart], figure: impl Fn(f64) -> String) -> Self {
        let mut stack = Self { edges: [vec![0.0; years.len()], vec![0.0; years.len()]], ..Self::default() };
        for StackPart { name, paint, values } in parts {
            let is_last_above = values.last().is_some_and(|last| *last >= 0.0);
            for (edge, is_above) in stack.edges.iter_mut().zip([false, true]) {
                let here = values.iter().map(|value| if is_above { value.max(0.0) } else { value.min(0.0) });
                let outer: Vec<f64> = edge.iter().zip(here).map(|(edge, value)| edge + value).collect();
                if outer != *edge {
                    stack.layers.push(Layer::between(years, edge, &outer, *paint));
                    stack.layers.push(Layer::Line(dated(years, &outer), Line::new(Ink::Ground, 1.0)));
                }
                let ends = edge.last().zip(outer.last()).zip(values.last());
                if let Some(((from, to), last)) = ends.filter(|_| is_above == is_last_above) {
                    stack.ends.push(End::named((from + to) / 2.0, name, &figure(*last), paint.ink));
                }
                *edge = outer;
            }
        }
        stack
    }
}
