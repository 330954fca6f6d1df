//! Declaration of a parameter: key, type with its unit, default, documentation.
//!
//! In: declarations. Out: [`Field`], the common source of reading, reference page and JSON Schema. Not here: the
//! types themselves (`number`, `time`, `choice`), groups of parameters (`group`).

use super::text::one_line;
use super::{Faults, Value};
use crate::units::{
    Delay, HalfLife, Inflow, Intensity, MonthlyHours, MonthlyMoney, MonthlyProbability, Roi, RoiRange, Span,
    WeeklyHours, YearMonth,
};

/// Declaration of a key that a table may have: notation, default and documentation.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub key: &'static str,
    pub doc: &'static str,
    pub unit: Unit,
    pub preset: Preset,
    /// Example value of this key, as TOML; `None` to use the examples of the unit.
    pub example: Option<&'static str>,
    /// Faults of a value of this key; none if it is taken.
    pub faults: fn(&Value, &Self) -> Faults,
}

impl Field {
    /// Declares a field without documentation, to read one value outside a table's declared keys.
    pub const fn bare<T: Parameter>(key: &'static str) -> Self {
        let (unit, faults) = (T::UNIT, T::faults);
        Self { key, doc: "", unit, preset: Preset::Required, example: None, faults }
    }

    /// Returns the documentation of the field as one line.
    pub fn said(&self) -> String {
        one_line(self.doc)
    }

    /// Example values as TOML, at least one.
    pub fn examples(&self) -> &[&'static str] {
        match &self.example {
            Some(example) => std::slice::from_ref(example),
            None => self.unit.examples,
        }
    }

    /// Returns the key with its first example, as a line to write.
    pub fn example(&self) -> String {
        format!("{} = {}", self.key, self.examples()[0])
    }
}

/// Value that applies if a key is not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// The key must be written.
    Required,
    /// Default of the class. Without one, the key must be written unless the parameter is optional.
    Class,
    /// Default value of the key, as TOML.
    Is(&'static str),
    /// The key has no value; for optional parameters.
    Absent,
}

/// Notation of a parameter in a file: its name in words, examples and shape.
#[derive(Clone, Copy, Debug)]
pub struct Unit {
    /// Name of the unit in words: "rate per year".
    pub name: &'static str,
    /// Example values as TOML, at least one.
    pub examples: &'static [&'static str],
    pub shape: Shape,
}

/// Shape of a value, as far as a JSON Schema can express it.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// A text; the pattern is an ECMA 262 regular expression.
    Text(&'static str),
    Number {
        low: f64,
        high: f64,
    },
    Count {
        low: i64,
        high: i64,
    },
    Flag,
    /// Shape that accepts any TOML value.
    Any,
    Choice(&'static [&'static str]),
    /// One of the names that the function returns.
    OneOf(fn() -> Vec<&'static str>),
    AnyOf(&'static [Shape]),
    /// List of items, with their smallest and largest number.
    List(&'static Shape, usize, usize),
    /// List of a fixed length with one shape for each item.
    Row(&'static [Shape]),
    Table(&'static [Field]),
    /// A table whose keys are names and whose values all have this shape.
    Map(&'static Shape),
}

impl Shape {
    /// Returns the keys of the inline table, or list of tables, that this shape allows; empty if none.
    pub fn inner_fields(&self) -> &'static [Field] {
        match self {
            Self::Table(fields) => fields,
            Self::List(item, _, _) => item.inner_fields(),
            Self::AnyOf(shapes) => {
                shapes.iter().map(Self::inner_fields).find(|fields| !fields.is_empty()).unwrap_or(&[])
            }
            _ => &[],
        }
    }
}

/// Returns the key of a struct member. `r#where` becomes `where`, which is a keyword of Rust.
pub const fn key_name(member: &'static str) -> &'static str {
    match member.as_bytes() {
        [b'r', b'#', key @ ..] => match std::str::from_utf8(key) {
            Ok(key) => key,
            Err(_) => member,
        },
        _ => member,
    }
}

/// A type of values in a file. Its `Default` replaces values that are unreadable or switched off.
pub trait Parameter: Default {
    const UNIT: Unit;

    /// Value of an absent key; `None` if the key must not be absent.
    fn absent() -> Option<Self> {
        None
    }

    /// Converts the value of another key, from which this one takes its default, to the notation of this
    /// type.
    fn following(followed: &Value) -> Value {
        followed.clone()
    }

    /// Reads `value`; pushes at least one fault and returns `None` if that fails.
    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self>;

    /// Returns the faults of `value`; none if it is taken.
    fn faults(value: &Value, field: &Field) -> Faults {
        let mut faults = Faults::default();
        Self::read(value, field, &mut faults);
        faults
    }

    /// Canonical form as TOML; `None` for an absent option, and for types without a canonical form.
    fn write(&self) -> Option<Value> {
        None
    }

    /// Returns this value as the median of a catalog range with these ends; `None` if no path draws it or the
    /// ends allow no law.
    fn spread(self, _ends: &[Value; 2], _field: &Field) -> Option<Self> {
        None
    }

    /// True if the value is a single number and its type allows ranges.
    fn is_one_number(&self) -> bool {
        false
    }

    /// Ranges in the value, each with two ends, or three numbers with the median between the ends. The text
    /// is the path inside an inline table, empty for the value itself.
    fn ranges(&self) -> Vec<(String, Vec<Value>)> {
        Vec::new()
    }
}

impl<T: Parameter> Parameter for Option<T> {
    const UNIT: Unit = T::UNIT;

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        T::read(value, field, faults).map(Some)
    }

    fn write(&self) -> Option<Value> {
        self.as_ref().and_then(T::write)
    }

    fn spread(self, ends: &[Value; 2], field: &Field) -> Option<Self> {
        self?.spread(ends, field).map(Some)
    }

    fn is_one_number(&self) -> bool {
        self.as_ref().is_some_and(T::is_one_number)
    }

    fn ranges(&self) -> Vec<(String, Vec<Value>)> {
        self.as_ref().map_or_else(Vec::new, T::ranges)
    }
}

/// Implements `Default`, the placeholder for a value that could not be read, for these types.
macro_rules! placeholders {
    ($($type:ty = $value:expr;)*) => {$(
        impl Default for $type {
            fn default() -> Self {
                $value.expect("a placeholder is in range")
            }
        }
    )*};
}

placeholders! {
    YearMonth = Self::new(2000, 1);
    RoiRange = Self::new(Roi::default(), Roi::default());
    Span = Self::from_months(1);
    Delay = Self::from_months(0.0);
    HalfLife = Some(Self::NEVER);
    MonthlyProbability = Self::new(0.0);
    Intensity = Self::new(0.0);
    Inflow = Self::new(0.0);
    MonthlyMoney = Self::new(0.0);
    WeeklyHours = Self::new(0.0);
    MonthlyHours = Self::new(0.0);
}

/// Prefixes the paths of `ranges`, which lie inside the value of `key`, with `key`.
pub fn under_key(
    key: &'static str,
    ranges: Vec<(String, Vec<Value>)>,
) -> impl Iterator<Item = (String, Vec<Value>)> {
    ranges.into_iter().map(move |(inner, ends)| match inner.as_str() {
        "" => (key.to_owned(), ends),
        inner => (format!("{key}.{inner}"), ends),
    })
}
