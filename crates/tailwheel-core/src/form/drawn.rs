//! Quantities that are a number, or a range from which every path draws: `140`, `"30-300"`, `[30, 140, 300]`.
//!
//! In: [`Value`]. Out: [`Drawn`], with its law, or faults. Not here: ranges with other laws, of claimed
//! returns and taxes (`range`), drawing (`stage`).

mod faults;
mod ranged;

pub(super) use faults::explain_range;
pub use ranged::Ranged;

use super::defaults::Default;
use super::field::{Field, Parameter, Shape, Unit};
use super::quantity::QuantityRange;
use super::toml::parse_value;
use super::write::written;
use super::{Diagnostic, Faults, Table, Value, fault};
use crate::math::RangeLaw;
use faults::{NoRange, of_range, refused};

/// A number, or a range from which every path draws one value.
///
/// `ln x` of a range (`ln(x/(1 − x))` of a share) is normal on each side of its median. The ends are its 5th
/// and 95th percentiles. The median is the middle on that scale unless it is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Drawn<T> {
    ends: [T; 2],
    /// Median of a range if it is written, else `None`.
    middle: Option<T>,
    median: f64,
    is_of_class: bool,
}

impl<T: Ranged> std::default::Default for Drawn<T> {
    fn default() -> Self {
        Self::point(T::default())
    }
}

impl<T: Ranged> Drawn<T> {
    /// Returns a single number, equal on all paths.
    pub fn point(point: T) -> Self {
        Self { ends: [point; 2], middle: None, median: point.number(), is_of_class: false }
    }

    /// Returns the number, or the median of a range.
    pub fn get(&self) -> f64 {
        self.median
    }

    /// True if this is a single number.
    pub fn is_point(&self) -> bool {
        self.ends[0] == self.ends[1]
    }

    /// Returns the 5th and 95th percentile of a range; a single number twice.
    pub fn ends(&self) -> [f64; 2] {
        self.ends.map(T::number)
    }

    /// Returns the written median as a single number; unchanged if no median is written.
    pub fn without_spread(self) -> Self {
        self.middle.map_or(self, Self::point)
    }

    /// True if all assets of a class share this draw, because they use the same range of one catalog entry.
    pub fn is_of_class(&self) -> bool {
        self.is_of_class
    }

    /// 5th and 95th percentile of a range in the file, to be checked; the median twice for a range from the catalog,
    /// which needs no check.
    pub fn said_ends(&self) -> [f64; 2] {
        if self.is_of_class { [self.median; 2] } else { self.ends() }
    }

    /// Probability law of a range; `None` for a single number.
    pub fn law(&self) -> Option<RangeLaw> {
        let [low, high] = self.ends();
        let law = || RangeLaw::new(T::SCALE, [low, self.median, high]);
        (!self.is_point()).then(|| law().within(T::LIMITS).rounded(T::IS_WHOLE))
    }

    const ONE: &'static Shape = &T::UNIT.shape;
    const SHAPES: &'static [Shape] = &[T::UNIT.shape, Shape::Text(PATTERN), Shape::List(Self::ONE, 2, 3)];
}

/// Fourth entry of a range as a list, if all assets of a class share the draw. Only canonical documents contain it.
const OF_CLASS: &str = "class";

const PATTERN: &str = r"^\s*[0-9].*[0-9].*$";

impl<T: Ranged> Parameter for Drawn<T> {
    const UNIT: Unit = Unit { name: T::NAME, examples: T::EXAMPLES, shape: Shape::AnyOf(Self::SHAPES) };

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        let Some(ends) = ends_of(value) else { return T::read(value, field, faults).map(Self::point) };
        let is_read = |text: &str| {
            let value = parse_value(text);
            let ends = value.as_ref().and_then(ends_of);
            value.zip(ends).is_some_and(|(value, ends)| Self::of_ends(&ends, &value, field).is_ok())
        };
        let range = Self::of_ends(&ends, value, field);
        faults.accept(range.map_err(|fault| of_range::<T>(*fault, value, field, &is_read)))
    }

    fn write(&self) -> Option<Value> {
        let [low, high] = self.ends;
        if self.is_point() {
            return low.write();
        }
        let middle = match &self.middle {
            Some(middle) => Some(middle.write()?),
            None => None,
        };
        let of_class = self.is_of_class.then(|| Value::text(OF_CLASS));
        let ends = [Some(low.write()?), middle, Some(high.write()?), of_class];
        Some(Value::list(ends.into_iter().flatten().collect()))
    }

    fn spread(self, ends: &[Value; 2], field: &Field) -> Option<Self> {
        let [low, high] = ends.each_ref().map(|end| Self::read(end, field, &mut Faults::default()));
        let (low, high) = (low?.ends[0], high?.ends[0]);
        let middle = self.ends[0];
        let on_scale = [low, middle, high].map(|one| T::SCALE.of(one.number()));
        let [bottom, place, top] = on_scale;
        let is_inside = PLACES.contains(&((place - bottom) / (top - bottom)));
        let range = Self::between(&[low, middle, high]).ok()?;
        (self.is_point() && is_inside && !range.is_point()).then_some(Self { is_of_class: true, ..range })
    }

    fn is_one_number(&self) -> bool {
        self.is_point()
    }

    fn ranges(&self) -> Vec<(String, Vec<Value>)> {
        // A range of the catalog is listed with the filled-in values.
        if self.is_point() || self.is_of_class {
            return Vec::new();
        }
        let [low, high] = self.ends;
        let numbers = [Some(low), self.middle, Some(high)].into_iter().flatten();
        let written: Option<Vec<Value>> = numbers.map(|number| number.write()).collect();
        written.map(|written| (String::new(), written)).into_iter().collect()
    }
}

/// A range in a table, from which every path draws one value.
#[derive(Clone, Debug, PartialEq)]
pub struct Range {
    /// Full path of the key, such as `asset.textures.downloads`.
    pub path: String,
    /// 5th and 95th percentile, as TOML.
    pub ends: [String; 2],
    /// The range as TOML: two ends, with the median between them if it is written.
    pub value: String,
}

impl Range {
    /// Converts the range of a key of `table`: two ends, or three numbers with the median between the ends.
    pub(super) fn of(table: &str, key: &str, range: Vec<Value>) -> Self {
        let end = |end: Option<&Value>| end.map_or_else(String::new, written);
        Self {
            path: format!("{table}.{key}"),
            ends: [end(range.first()), end(range.last())],
            value: written(&Value::list(range)),
        }
    }
}

/// Positions between the ends of a range, from 0 to 1 on the scale of the law, at which the value of a
/// catalog entry may lie. Closer to an end it cannot be the median.
const PLACES: std::ops::RangeInclusive<f64> = 0.1..=0.9;

/// Refuses ranges in `table` whose draw all assets of a class share. Only a canonical document, in which no value is
/// filled in, has them.
pub fn refuse_draws_of_class(table: &Table, faults: &mut Faults) {
    for entry in &table.entries {
        if let Some(inner) = entry.value.as_table() {
            refuse_draws_of_class(inner, faults);
        }
        let items = entry.value.as_list().unwrap_or_default();
        items.iter().filter_map(Value::as_table).for_each(|item| refuse_draws_of_class(item, faults));
        if is_of_class(&entry.value) {
            let typed = written(&items[3]);
            let fault = fault!("range", "the range of `{}` has a fourth entry", entry.key;
                entry.value.place => "{typed} is not one of its three numbers")
                .replace(entry.value.place, written(&Value::list(items[..3].to_vec())))
                .rule("a range is a low end, a median and a high end. Leave the key out to share the range of the catalog among all assets of the class");
            faults.push(fault);
        }
    }
}

/// True if `value` is a range as a list whose fourth entry says that all assets of a class share the draw.
fn is_of_class(value: &Value) -> bool {
    let items = value.as_list().unwrap_or_default();
    items.len() == 4 && items[3].as_text() == Some(OF_CLASS)
}

/// True if `read` is a single number although the range of the key's `default` would be drawn.
pub(super) fn is_fixed<T: Parameter>(read: &T, default: &Default, field: &Field) -> bool {
    let Some(range) = default.range.as_ref().filter(|_| read.is_one_number()) else { return false };
    let filled = T::read(&default.value, field, &mut Faults::default());
    filled.and_then(|filled| filled.spread(range, field)).is_some()
}

/// Returns the midpoint of two ends on the scale of the quantity (logarithm or log-odds).
fn middle_of<T: Ranged>([low, high]: [f64; 2]) -> f64 {
    T::SCALE.number(0.5 * (T::SCALE.of(low) + T::SCALE.of(high)))
}

/// Returns both ends of a range, with its median if it has one; `None` if `value` is no range.
fn ends_of(value: &Value) -> Option<Vec<Value>> {
    if let Some(items) = value.as_list() {
        let n_numbers = if is_of_class(value) { 3 } else { items.len() };
        return [2, 3].contains(&n_numbers).then(|| items[..n_numbers].to_vec());
    }
    let range = QuantityRange::parse(value.as_text()?)?;
    let end = |digits: String| Value { place: value.place, ..alone(&digits, &range.high.unit) };
    Some([&range.low, &range.high].map(|one| end(one.digits())).into())
}

impl<T: Ranged> Drawn<T> {
    /// Returns the range with these ends, which were taken from `value`.
    ///
    /// # Errors
    ///
    /// The fault of the first end, or of the range.
    fn of_ends(ends: &[Value], value: &Value, field: &Field) -> Result<Self, Box<Diagnostic>> {
        let read: Vec<T> = ends.iter().map(|end| T::exact(end, field)).collect::<Result<_, _>>()?;
        let range = Self::between(&read).map_err(|why| Box::new(refused::<T>(why, &read, value, field)))?;
        Ok(Self { is_of_class: is_of_class(value), ..range })
    }

    /// Returns the range of two ends, or of a low end, a median and a high end.
    ///
    /// # Errors
    ///
    /// The reason why these numbers are no range.
    fn between(read: &[T]) -> Result<Self, NoRange> {
        let numbers: Vec<f64> = read.iter().map(|end| end.number()).collect();
        let (low, high) = (read[0], read[read.len() - 1]);
        let is_in_order = numbers.windows(2).all(|pair| pair[0] <= pair[1]);
        if !is_in_order {
            return Err(NoRange::UpsideDown);
        }
        let ends = [low, high];
        if low == high {
            return Ok(Self::point(low));
        }
        let no_place = |number: &&f64| !T::SCALE.has(**number) || !number.is_finite();
        if let Some(number) = numbers.iter().find(no_place) {
            return Err(NoRange::NoPlace(*number));
        }
        let (middle, median) = match read {
            [_, middle, _] => (Some(*middle), middle.number()),
            _ => (None, middle_of::<T>([low.number(), high.number()])),
        };
        Ok(Self { ends, middle, median, is_of_class: false })
    }
}

/// Returns one end of a range, a number with `digits` and the `unit` of the range, as a value of its own.
fn alone(digits: &str, unit: &str) -> Value {
    let number = || parse_value(digits);
    let text = || Value::text(format!("{digits} {unit}"));
    if unit.is_empty() { number().unwrap_or_else(text) } else { text() }
}
