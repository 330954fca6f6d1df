//! Parts of a whole over time, stacked.
//!
//! In: the values of each part at each date. Out: surfaces, labels at their right ends. Not here: the parts'
//! meaning (`holdings`, `states`).

use crate::chart::{End, Ink, Layer, Line, Paint, dated};

/// Thickness, as a fraction of the whole, below which a part at the end is too thin for its color to be seen, and
/// above which it holds a name.
const THIN: f64 = 0.06;
const THICK: f64 = 0.07;

/// Thickness, as a fraction of the whole, below which a part at the end has no label.
const HIDDEN: f64 = 0.005;

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
        let mut surfaces = Vec::new();
        for part in parts {
            let is_last_above = part.last() >= 0.0;
            for (edge, is_above) in stack.edges.iter_mut().zip([false, true]) {
                let here =
                    part.values.iter().map(|value| if is_above { value.max(0.0) } else { value.min(0.0) });
                let outer: Vec<f64> = edge.iter().zip(here).map(|(edge, value)| edge + value).collect();
                if outer != *edge {
                    stack.layers.push(Layer::between(years, edge, &outer, part.paint));
                    stack.layers.push(Layer::Line(dated(years, &outer), Line::new(Ink::Ground, 1.0)));
                }
                let inner = std::mem::replace(edge, outer.clone());
                if is_above == is_last_above {
                    surfaces.push((part, inner, outer));
                }
            }
        }
        let whole = stack.edges[1].iter().copied().fold(0.0, f64::max);
        for (part, from, to) in surfaces {
            // a part that is thin at the end is named where it can be seen, without its last value
            match inner_name(years, &part.name, [&from, &to], whole) {
                Some(name) => stack.layers.push(name),
                None if part.last().abs() < HIDDEN * whole => {}
                None => stack.ends.extend(from.last().zip(to.last()).map(|(from, to)| {
                    End::named((from + to) / 2.0, &part.name, &figure(part.last()), part.paint.ink)
                })),
            }
        }
        stack
    }
}

/// Returns the name of a part inside its surface, where it is thickest, if the part is too thin at the end for a
/// reader to find its color there. `whole` is the highest sum of all parts.
fn inner_name(years: &[f64], name: &str, [from, to]: [&[f64]; 2], whole: f64) -> Option<Layer> {
    let thick = |date: &usize| to[*date] - from[*date];
    let last = years.len().checked_sub(1)?;
    // a text at either end of the axis would leave the panel
    let has_room = |date: &usize| (0.1..0.9).contains(&(years[*date] / years[last]));
    let widest = (0..=last).filter(has_room).max_by(|a, b| thick(a).total_cmp(&thick(b)))?;
    let is_lost = thick(&last) < THIN * whole && thick(&widest) > THICK * whole;
    let middle = (years[widest], (from[widest] + to[widest]) / 2.0);
    is_lost.then(|| Layer::Label(middle, name.to_owned(), Ink::Text, [0.0, 0.0]))
}
