//! `economy.inflation`: a process that reverts to its mean, or one fixed rate.
//!
//! In: a value of a document. Out: [`Inflation`]. Not here: simulating the price level (`price_level`).

use super::reversion::Reversion;
use crate::form::{
    Data, Faults, Field, Group, Parameter, Preset, Shape, Table, Unit, Value, fault, illustrated, rate_ends,
    read_inline,
};
use crate::parameters;
use crate::units::{AnnualRate, HalfLife, RateLink, Volatility, plain};

/// Number of standard deviations assumed to bound any draw of a rate; no run has enough months to exceed it.
const FARTHEST: f64 = 8.0;

parameters! {
    #[derive(Copy)]
    /// Inflation that moves: a Gaussian process that comes back to its mean. Each path has its own price
    /// level.
    pub struct MovingRate {
        /// Mean that inflation returns to: one rate, or its 5th percentile, its median and its 95th. One draw
        /// decides it per path.
        mean: MeanRate = Preset::Required => "\"2.5 %/year\"",
        /// Rate in the first month; the mean of the path if absent.
        starts: Option<AnnualRate> = Preset::Absent => "\"4.2 %/year\"",
        /// Standard deviation of the shocks that a year adds, in percentage points. Consumer prices of the
        /// United States from 1984 to 2026 had 1.3 points by monthly figures and 2.1 by yearly ones.
        volatility: Volatility = Preset::Is("\"1.65 %/year\""),
        /// Time after which half of a deviation from the mean is gone: between the 22 months of monthly
        /// figures and the 7 of yearly ones.
        half_life: HalfLife = Preset::Is("\"13.863 months\""),
        /// Percentage points per year by which prices of tokenized assets grow faster for a point of
        /// inflation above its median mean. That of houses in the United States from 1976 to 2023 is 0.62.
        property: RateLink = Preset::Is("0.62"),
    }
}

parameters! {
    #[derive(Copy)]
    /// Inflation of one rate, on every path and in every month.
    pub struct FixedRate {
        /// Rate per year, on every path and in every month.
        fixed: AnnualRate = Preset::Required => "\"2.5 %/year\"",
    }
}

/// Mean of inflation: its 5th percentile, median and 95th percentile, all equal if it is one rate.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct MeanRate([AnnualRate; 3]);

/// Law of inflation: one fixed rate, or a process that reverts to its mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Inflation {
    Fixed(FixedRate),
    Moving(MovingRate),
}

impl MeanRate {
    pub(super) fn numbers(self) -> [f64; 3] {
        self.0.map(AnnualRate::get)
    }

    fn of_list(value: &Value, items: &[Value; 3], field: &Field, faults: &mut Faults) -> Option<Self> {
        let read = items.each_ref().map(|item| AnnualRate::read(item, field, faults));
        let [Some(low), Some(median), Some(high)] = read else { return None };
        if low <= median && median <= high {
            return Some(Self([low, median, high]));
        }
        let written = [low, median, high].map(|one| plain(one.get())).join(", ");
        let fault = fault!("range", "the values of `{}` are not in order", field.key;
            value.place => "{written}");
        let fault = illustrated(fault, field);
        faults.push(fault.rule("the 5th percentile comes first, then the median, then the 95th"));
        None
    }

    /// Returns the uncertain mean with the 5th percentile `low` and the 95th percentile `high`. Its median is
    /// their geometric mean if both are positive.
    fn of_ends(low: f64, high: f64) -> Option<Self> {
        let median = if low > 0.0 { (low * high).sqrt() } else { f64::midpoint(low, high) };
        let [low, median, high] = [low, median, high].map(AnnualRate::new);
        Some(Self([low.ok()?, median.ok()?, high.ok()?]))
    }
}

impl Parameter for MeanRate {
    const UNIT: Unit = Unit {
        name: "rate per year, known or its 5th percentile, median and 95th",
        examples: &["\"2.5 %/year\"", "[\"1.5 %/year\", \"2.5 %/year\", \"4 %/year\"]"],
        shape: Shape::AnyOf(&[
            AnnualRate::UNIT.shape,
            Shape::Text(r"^.*[0-9].*%(\s*(/|per|a)\s*ye?a?rs?)?\s*$"),
            Shape::List(&AnnualRate::UNIT.shape, 2, 3),
        ]),
    };

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        if let Some([low, median, high]) = value.as_list() {
            let items = [low, median, high].map(Value::clone);
            return Self::of_list(value, &items, field, faults);
        }
        let (low, high) = rate_ends(value, field, faults)?;
        Self::of_ends(low, high)
    }

    fn write(&self) -> Option<Value> {
        let [low, _, high] = self.0;
        if low == high {
            return high.write();
        }
        Some(Value::list(self.0.iter().filter_map(Parameter::write).collect()))
    }
}

impl Inflation {
    /// Inflation per year: the fixed rate, or the median of the uncertain mean.
    pub fn mean(&self) -> AnnualRate {
        match self {
            Self::Fixed(rate) => rate.fixed,
            Self::Moving(moving) => moving.mean.0[1],
        }
    }

    /// Inflation per year at the low end: the fixed rate, or the 5th percentile of the uncertain mean.
    pub fn low(&self) -> AnnualRate {
        match self {
            Self::Fixed(rate) => rate.fixed,
            Self::Moving(moving) => moving.mean.0[0],
        }
    }

    /// Highest yearly inflation that the keys name: the fixed rate, or the higher of the mean's 95th
    /// percentile and the rate in the first month.
    pub fn high(&self) -> f64 {
        match self {
            Self::Fixed(rate) => rate.fixed.get(),
            Self::Moving(moving) => {
                moving.starts.map_or(f64::NEG_INFINITY, AnnualRate::get).max(moving.mean.0[2].get())
            }
        }
    }

    /// Upper bound for the average inflation per year of any path over `months`.
    pub fn most(&self, months: u32) -> f64 {
        match self {
            Self::Fixed(rate) => rate.fixed.get(),
            Self::Moving(moving) => {
                let [_, median, high] = moving.mean.numbers();
                let first = moving.starts.map_or(median, AnnualRate::get);
                // No draw of the mean lies eight times as far above the median as its 95th percentile does.
                let mean = median + FARTHEST * (high - median);
                mean.max(first) + FARTHEST * moving.reversion().spread(f64::from(months))
            }
        }
    }

    /// True if every path has the same price level.
    pub fn is_fixed(&self) -> bool {
        matches!(self, Self::Fixed(_))
    }

    /// Returns the constant rate of a `cash_rate` that follows the inflation `value`: its mean.
    pub fn followed(value: &Value) -> Value {
        match &value.data {
            Data::Table(table) => {
                let mean = table.get("mean").or(table.get("fixed"));
                mean.map_or_else(|| value.clone(), |entry| Self::followed(&entry.value))
            }
            _ => Self::median_of(value).unwrap_or_else(|| value.clone()),
        }
    }

    /// Returns the median of an inflation range, at the same place in the file; `None` if `value` is one rate
    /// or cannot be read.
    fn median_of(value: &Value) -> Option<Value> {
        let field = &MovingRate::FIELDS[0];
        let MeanRate([low, median, high]) = MeanRate::read(value, field, &mut Faults::default())?;
        let median = median.write().filter(|_| low < high)?;
        Some(Value { place: value.place, ..median })
    }

    /// Returns inflation that moves around `mean`, with the catalog's other parameters.
    fn around(mean: MeanRate, field: &Field, faults: &mut Faults) -> Option<Self> {
        let mut table = Table::default();
        table.push("mean", mean.write()?);
        read_inline(&Value::table(table), field, faults).map(Self::Moving)
    }
}

impl MovingRate {
    /// Speed and volatility of the return to the mean.
    pub(super) fn reversion(&self) -> Reversion {
        Reversion { volatility: self.volatility.get(), half_life_months: self.half_life.months() }
    }

    /// True if no path of `months` can have a rate of −100 % or less.
    pub fn is_above_all(&self, months: u32) -> bool {
        let [low, ..] = self.mean.numbers();
        let lowest = self.starts.map_or(low, |starts| low.min(starts.get()));
        lowest - FARTHEST * self.reversion().spread(f64::from(months)) > -1.0
    }
}

impl Default for Inflation {
    fn default() -> Self {
        Self::Fixed(FixedRate::default())
    }
}

impl Parameter for Inflation {
    const UNIT: Unit = Unit {
        name: "inflation",
        examples: &[
            "\"2.5 %/year\"",
            "[\"1.5 %/year\", \"2.5 %/year\", \"4 %/year\"]",
            "{ mean = \"2.5 %/year\", starts = \"4.2 %/year\" }",
            "{ fixed = \"2.5 %/year\" }",
        ],
        shape: Shape::AnyOf(&[
            MeanRate::UNIT.shape,
            Shape::Table(MovingRate::FIELDS),
            Shape::Table(FixedRate::FIELDS),
        ]),
    };

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        match value.as_table() {
            Some(table) if table.get("fixed").is_some() => read_inline(value, field, faults).map(Self::Fixed),
            Some(_) => read_inline(value, field, faults).map(Self::Moving),
            None => {
                let mean = MeanRate::read(value, field, faults)?;
                Self::around(mean, field, faults)
            }
        }
    }

    fn write(&self) -> Option<Value> {
        Some(Value::table(match self {
            Self::Fixed(fixed) => fixed.written(),
            Self::Moving(moving) => moving.written(),
        }))
    }
}
