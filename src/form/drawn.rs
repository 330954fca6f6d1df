//! A quantity that is a number, or a range of which every path draws one: `140`, `"30-300"`, `[30, 140, 300]`.
//!
//! In: [`Value`]. Out: [`Drawn`], with its law, or faults. Not here: ranges with laws of their own (`range`, of claims and
//! taxes), how a path draws (`stage`).

use super::field::{Field, Parameter, Shape, Unit};
use super::quantity::QuantityRange;
use super::toml::parse_value;
use super::write::written;
use super::{Data, Diagnostic, Faults, Value};
use crate::math::{Evenly, RangeLaw};
use crate::units::{
    CostShare, Count, DecayRate, Delay, Fraction, GrowthRate, HalfLife, Headroom, IncomeMonths,
    Inflow, Intensity, LogSpread, Money, MonthlyMoney, MonthlyProbability, Multiple, PositiveShare,
    Span, YieldRate,
};

/// A quantity of which a range can be drawn.
pub trait Ranged: Parameter + Copy + PartialEq {
    /// What it is called as a number or a range, with examples of both.
    const NAME: &'static str;
    const EXAMPLES: &'static [&'static str];
    /// The scale on which a range of it is even.
    const SCALE: Evenly;
    /// What it can be at all.
    const LIMITS: [f64; 2];
    /// Whether it is counted.
    const IS_WHOLE: bool;

    fn number(self) -> f64;
}

macro_rules! ranged {
    ($($type:ident, $name:literal, $examples:expr, $scale:ident, $limits:expr, $is_whole:literal, $number:expr;)*) => {$(
        impl Ranged for $type {
            const NAME: &'static str = $name;
            const EXAMPLES: &'static [&'static str] = $examples;
            const SCALE: Evenly = Evenly::$scale;
            const LIMITS: [f64; 2] = $limits;
            const IS_WHOLE: bool = $is_whole;

            fn number(self) -> f64 {
                $number(self)
            }
        }
    )*};
}

const fn limits_of(measure: &crate::units::Measure) -> [f64; 2] {
    [measure.low, measure.high]
}

const MOST_MONTHS: f64 = Span::MAX_MONTHS as f64;

ranged! {
    Count, "count, or a range", &["400", "\"30-300\""], Logarithm, [1.0, Count::HIGH as f64], true, |count: Count| f64::from(count.get());
    Money, "amount, or a range", &["400", "\"200-900\""], Logarithm, limits_of(&Money::MEASURE), false, Money::get;
    MonthlyMoney, "amount per month, or a range", &["\"1750/month\"", "\"50-900/month\""], Logarithm, limits_of(&MonthlyMoney::MEASURE), false, MonthlyMoney::get;
    Multiple, "multiple, or a range", &["1.5", "\"1-3\""], Logarithm, limits_of(&Multiple::MEASURE), false, Multiple::get;
    Headroom, "multiple, or a range", &["1.5", "\"1.2-3\""], Logarithm, limits_of(&Headroom::MEASURE), false, Headroom::get;
    IncomeMonths, "months of income, or a range", &["0.5", "\"0.2-2\""], Logarithm, limits_of(&IncomeMonths::MEASURE), false, IncomeMonths::get;
    Fraction, "share, or a range", &["\"3 %\"", "\"1-6 %\""], LogOdds, limits_of(&Fraction::MEASURE), false, Fraction::get;
    PositiveShare, "share, or a range", &["\"3 %\"", "\"1-6 %\""], LogOdds, limits_of(&PositiveShare::MEASURE), false, PositiveShare::get;
    CostShare, "share, or a range", &["\"10 %\"", "\"5-25 %\""], LogOdds, limits_of(&CostShare::MEASURE), false, CostShare::get;
    MonthlyProbability, "chance per month, or a range", &["\"3 %/month\"", "\"2-8 %/month\""], LogOdds, limits_of(&MonthlyProbability::MEASURE), false, MonthlyProbability::get;
    DecayRate, "rate per year, or a range", &["\"23 %/year\"", "\"10-40 %/year\""], Logarithm, limits_of(&DecayRate::MEASURE), false, DecayRate::get;
    GrowthRate, "rate per year, or a range", &["\"30 %/year\"", "\"10-60 %/year\""], Logarithm, limits_of(&GrowthRate::MEASURE), false, GrowthRate::get;
    YieldRate, "rate per year, or a range", &["\"5 %/year\"", "\"2-8 %/year\""], Logarithm, limits_of(&YieldRate::MEASURE), false, YieldRate::get;
    Intensity, "number of events per year, or a range", &["\"0.5/year\"", "\"0.2-1/year\""], Logarithm, limits_of(&Intensity::MEASURE), false, Intensity::get;
    Inflow, "number per month or year, or a range", &["\"12/month\"", "\"4-40/month\""], Logarithm, limits_of(&Inflow::MEASURE), false, Inflow::get;
    LogSpread, "spread of logarithms, or a range", &["0.15", "\"0.1-0.4\""], Logarithm, limits_of(&LogSpread::MEASURE), false, LogSpread::get;
    Delay, "waiting time, or a range", &["\"6 weeks\"", "\"6-24 months\""], Logarithm, [0.0, MOST_MONTHS], false, Delay::months;
    HalfLife, "half-life, or a range", &["\"12 months\"", "\"6-24 months\"", "\"never\""], Logarithm, [0.0, MOST_MONTHS], false, HalfLife::months;
    Span, "span of whole months, or a range", &["\"18 months\"", "\"6-24 months\""], Logarithm, [1.0, MOST_MONTHS], true, |span: Span| f64::from(span.months());
}

/// A number, or a range of which every path draws one.
///
/// Of a range `ln x` (of a share `ln(x/(1 − x))`) is normal; the ends are its 5th and 95th percentiles, and the median lies
/// between them: in the middle of that scale, unless it is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Drawn<T> {
    ends: [T; 2],
    /// The median of a range, if it is written.
    middle: Option<T>,
    median: f64,
}

impl<T: Ranged + Default> Default for Drawn<T> {
    fn default() -> Self {
        Self::point(T::default())
    }
}

impl<T: Ranged> Drawn<T> {
    /// One number, the same on all paths.
    pub fn point(point: T) -> Self {
        Self {
            ends: [point; 2],
            middle: None,
            median: point.number(),
        }
    }

    /// The number, of a range its median: what half of all paths exceed.
    pub fn get(&self) -> f64 {
        self.median
    }

    /// Whether it is one number.
    pub fn is_point(&self) -> bool {
        self.ends[0] == self.ends[1]
    }

    /// 5th and 95th percentile, the same twice of one number.
    pub fn ends(&self) -> [f64; 2] {
        self.ends.map(T::number)
    }

    /// The law of a range; `None` of one number.
    pub fn law(&self) -> Option<RangeLaw> {
        let [low, high] = self.ends();
        let law = || RangeLaw::new(T::SCALE, [low, self.median, high]);
        (!self.is_point()).then(|| law().within(T::LIMITS).rounded(T::IS_WHOLE))
    }

    const ONE: &'static Shape = &T::UNIT.shape;
    const SHAPES: &'static [Shape] = &[
        T::UNIT.shape,
        Shape::Text(PATTERN),
        Shape::List(Self::ONE, 2, 3),
    ];
}

const PATTERN: &str = r"^\s*[0-9].*[0-9].*$";

impl<T: Ranged + Default> Parameter for Drawn<T> {
    const UNIT: Unit = Unit {
        name: T::NAME,
        examples: T::EXAMPLES,
        shape: Shape::AnyOf(Self::SHAPES),
    };

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        let range = value.as_text().and_then(QuantityRange::parse);
        let ends: Vec<Value> = match (&value.data, range) {
            (Data::List(items), _) if matches!(items.len(), 2 | 3) => items.clone(),
            (_, Some(range)) => {
                let unit = range.high.unit.as_str();
                let ends = [&range.low, &range.high].map(|end| alone(&end.digits(), unit));
                let ends = ends.map(|end| Value {
                    place: value.place,
                    ..end
                });
                ends.into_iter().collect()
            }
            _ => return T::read(value, field, faults).map(Self::point),
        };
        let mut found = Faults::default();
        let read: Vec<Option<T>> = ends
            .iter()
            .map(|end| T::read(end, field, &mut found))
            .collect();
        if let Some(fault) = found.iter().next() {
            faults.push(of_range::<T>(fault, value));
            return None;
        }
        let read: Vec<T> = read.into_iter().flatten().collect();
        match Self::between(&read) {
            Ok(range) => Some(range),
            Err(why) => {
                faults.push(refused::<T>(why, &read, value, field));
                None
            }
        }
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
        let ends = [Some(low.write()?), middle, Some(high.write()?)];
        Some(Value::list(ends.into_iter().flatten().collect()))
    }

    fn ranges(&self) -> Vec<(String, [Value; 2])> {
        let [low, high] = self.ends.map(|end| end.write());
        let ends = low.zip(high).filter(|_| !self.is_point());
        let ends = ends.map(|(low, high)| (String::new(), [low, high]));
        ends.into_iter().collect()
    }
}

/// A range that a table says, of which every path draws one.
#[derive(Clone, Debug, PartialEq)]
pub struct Range {
    /// `asset.textures.downloads`
    pub path: String,
    /// 5th and 95th percentile, as they could be written in the file.
    pub ends: [String; 2],
}

impl Range {
    pub(super) fn of(table: &str, (key, ends): (String, [Value; 2])) -> Self {
        Self {
            path: format!("{table}.{key}"),
            ends: ends.map(|end| written(&end)),
        }
    }
}

/// Adds to the `faults` of a key that takes no range why the range that stands there is refused.
pub(super) fn explain_range<'f>(
    value: &Value,
    field: &Field,
    faults: impl IntoIterator<Item = &'f mut Diagnostic>,
) {
    let is_range = value.as_text().and_then(QuantityRange::parse).is_some();
    if !is_range || field.unit.name.contains("range") || !is_number(&field.unit) {
        return;
    }
    for fault in faults {
        let why = format!("`{}` is one number, the same on all paths", field.key);
        *fault = fault.clone().rule(why);
    }
}

/// Whether a key of this unit takes a number, with or without a unit behind it.
fn is_number(unit: &Unit) -> bool {
    match unit.shape {
        Shape::Number { .. } | Shape::Count { .. } | Shape::AnyOf(_) => true,
        Shape::Text(_) => unit.name.contains("time") || unit.name.contains("span"),
        _ => false,
    }
}

/// Why two or three numbers are no range.
enum NoRange {
    UpsideDown,
    /// The scale has no place for this end.
    NoPlace(f64),
}

/// The middle of a range on its scale.
fn middle_of<T: Ranged>([low, high]: [f64; 2]) -> f64 {
    T::SCALE.number(0.5 * (T::SCALE.of(low) + T::SCALE.of(high)))
}

impl<T: Ranged> Drawn<T> {
    /// The range of two ends, or of a low end, a median and a high end.
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
        Ok(Self {
            ends,
            middle,
            median,
        })
    }
}

/// One end of a range as it would be written by itself.
fn alone(digits: &str, unit: &str) -> Value {
    let number = || parse_value(digits);
    let text = || Value::text(format!("{digits} {unit}"));
    match unit.is_empty() {
        true => number().unwrap_or_else(text),
        false => text(),
    }
}

/// What is wrong with an end is wrong with the range; what to write in place of the end is not.
fn of_range<T: Ranged>(fault: &Diagnostic, value: &Value) -> Diagnostic {
    let mut fault = fault.clone();
    let is_rule = |name: &str| name == "rule";
    fault.notes.retain(|note| is_rule(note.name));
    let patch = fault.patch.take();
    let typed = value.as_text().map(QuantityRange::parse);
    let sign = patch.filter(|patch| patch.replacement.contains('%'));
    // a range without its per cent sign is the slip that is made most
    match typed.flatten().filter(|typed| typed.high.unit.is_empty()) {
        Some(range) if sign.is_some() => {
            let (low, high) = (range.low.digits(), range.high.digits());
            fault.replace(value.place, format!("\"{low}-{high} %\""))
        }
        _ => fault.note("such as", T::EXAMPLES.join("   or   ")),
    }
}

fn refused<T: Ranged>(why: NoRange, read: &[T], value: &Value, field: &Field) -> Diagnostic {
    let examples = || T::EXAMPLES.join("   or   ");
    let key = field.key;
    match why {
        NoRange::UpsideDown => {
            let fault = Diagnostic::new("range", format!("the range of `{key}` is upside down"))
                .at(value.place, "the low end comes first")
                .rule("a range is a low and a high end, with the median between them if it is written");
            let ends: Option<Vec<Value>> = read.iter().rev().map(T::write).collect();
            match ends {
                Some(ends) if read.len() == 2 => {
                    fault.replace(value.place, written(&Value::list(ends)))
                }
                _ => fault.note("such as", examples()),
            }
        }
        NoRange::NoPlace(end) => {
            let end = crate::units::plain(end);
            let rule = match T::SCALE {
                Evenly::Logarithm => "the ends of a range are above 0, for its logarithm is drawn",
                Evenly::LogOdds => {
                    "the ends of a range of shares lie between 0 and 1, and are neither, for its log-odds are drawn"
                }
            };
            Diagnostic::new("range", format!("the range of `{key}` cannot reach {end}"))
                .at(value.place, format!("{end} is no percentile of it"))
                .note("such as", examples())
                .rule(rule)
        }
    }
}
