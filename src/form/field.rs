//! One declaration per parameter: key, type with its unit, default, documentation.
//!
//! In: `parameters!` of kinds and sections. Out: [`Field`], from which reading, reference page and JSON
//! Schema all follow. Not here: the types themselves (`number`, `time`, `choice`).

use super::{Faults, Table, Value};
use crate::units::{
    Delay, HalfLife, Inflow, Intensity, MonthlyHours, MonthlyMoney, MonthlyProbability, Roi,
    RoiRange, Span, WeeklyHours, YearMonth,
};

/// A key that may stand in a table.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub key: &'static str,
    pub doc: &'static str,
    pub unit: Unit,
    pub preset: Preset,
    /// A telling value of this very key, as TOML; without one the unit's examples serve.
    pub example: Option<&'static str>,
}

impl Field {
    /// Of a value that is read by itself, without a declaration.
    pub const fn bare(key: &'static str, unit: Unit) -> Self {
        Self { key, doc: "", unit, preset: Preset::Required, example: None }
    }

    /// The documentation as one line.
    pub fn said(&self) -> String {
        self.doc.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Values that may stand there, as TOML; at least one.
    pub fn examples(&self) -> &[&'static str] {
        match &self.example {
            Some(example) => std::slice::from_ref(example),
            None => self.unit.examples,
        }
    }

    /// The key with its first example, as a line to write.
    pub fn example(&self) -> String {
        format!("{} = {}", self.key, self.examples()[0])
    }
}

/// What holds when a key is not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// It must be written.
    Required,
    /// The class's default; without one it must be written, unless the parameter is optional.
    Class,
    /// This value, as TOML.
    Is(&'static str),
    /// Nothing; for optional parameters.
    Absent,
}

/// How a parameter is written.
#[derive(Clone, Copy, Debug)]
pub struct Unit {
    /// In words: "rate per year".
    pub name: &'static str,
    /// At least one, as TOML values.
    pub examples: &'static [&'static str],
    pub shape: Shape,
}

/// What a JSON Schema can say about a value.
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
    /// Whatever TOML can say.
    Any,
    Choice(&'static [&'static str]),
    /// One of the names that a table in the program knows.
    OneOf(fn() -> Vec<&'static str>),
    AnyOf(&'static [Shape]),
    /// Items, their least and greatest number.
    List(&'static Shape, usize, usize),
    /// A fixed row of values.
    Row(&'static [Shape]),
    Table(&'static [Field]),
    /// A table whose keys are names and whose values all have this shape.
    Map(&'static Shape),
}

impl Shape {
    /// The keys of an inline table, if that, or a list of them, is one way to write the value.
    pub fn inner_fields(&self) -> &'static [Field] {
        match self {
            Self::Table(fields) => fields,
            Self::List(item, _, _) => item.inner_fields(),
            Self::AnyOf(shapes) => shapes
                .iter()
                .map(Self::inner_fields)
                .find(|fields| !fields.is_empty())
                .unwrap_or(&[]),
            _ => &[],
        }
    }
}

/// The key that a member of a struct is: `where` is a word of Rust and its member `r#where`.
pub const fn key_name(member: &'static str) -> &'static str {
    match member.as_bytes() {
        [b'r', b'#', key @ ..] => match std::str::from_utf8(key) {
            Ok(key) => key,
            Err(_) => member,
        },
        _ => member,
    }
}

/// A type that can stand right of an equals sign. Its `Default` is what reading goes on with after a fault,
/// and what is put in place of something that is switched off.
pub trait Parameter: Default {
    const UNIT: Unit;

    /// What an absent key means, if it may be absent at all.
    fn absent() -> Option<Self> {
        None
    }

    /// What follows a key of another type makes of the value there.
    fn following(followed: &Value) -> Value {
        followed.clone()
    }

    /// The value, or at least one fault.
    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self>;

    /// The one canonical form; nothing for an absent option, and for what no canonical document has.
    fn write(&self) -> Option<Value> {
        None
    }

    /// The same as the median of a range of the catalog with these ends; `None` if no path draws it, or the
    /// ends allow no law.
    fn spread(self, _ends: &[Value; 2], _field: &Field) -> Option<Self> {
        None
    }

    /// True for one number of a key that could be a range.
    fn is_one_number(&self) -> bool {
        false
    }

    /// The ranges in it of which every path draws one: two ends, or three numbers with the median between
    /// them, with the keys inside an inline table under which they stand, which are empty for the value
    /// itself.
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

/// What stands for a value that could not be read.
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

/// A struct whose members are parameters; made by `parameters!`.
pub trait Group: Sized {
    const FIELDS: &'static [Field];

    fn take(reader: &mut super::Reader<'_>) -> Self;

    /// Every member in its canonical form.
    fn written(&self) -> Table;

    /// The ranges of all members, each with its key.
    fn ranges(&self) -> Vec<(String, Vec<Value>)>;
}

/// Ranges with `key` before their own.
pub fn under_key(
    key: &'static str,
    ranges: Vec<(String, Vec<Value>)>,
) -> impl Iterator<Item = (String, Vec<Value>)> {
    ranges.into_iter().map(move |(inner, ends)| match inner.as_str() {
        "" => (key.to_owned(), ends),
        inner => (format!("{key}.{inner}"), ends),
    })
}

/// The keys of a [`Group`], behind a pointer too.
pub trait Keys {
    /// In canonical form.
    fn keys(&self) -> Table;
}

impl<G: Group> Keys for G {
    fn keys(&self) -> Table {
        self.written()
    }
}

/// Declares a struct once: members, reading, canonical form, reference and schema. With what it is called and
/// a whole one behind its name it may stand right of an equals sign, as an inline table.
///
/// ```
/// tailwheel::parameters! {
///     /// Where interest comes from.
///     pub struct Account {
///         /// Paid on cash, per year.
///         rate: tailwheel::units::AnnualRate = tailwheel::form::Preset::Is("0.02"),
///     }
/// }
/// use tailwheel::form::Group;
/// assert_eq!(Account::FIELDS[0].key, "rate");
/// ```
#[macro_export]
macro_rules! parameters {
    ($(#[$meta:meta])* pub struct $name:ident $(: $unit:literal = $whole:literal)? {
        $($(#[doc = $doc:literal])+ $field:ident: $type:ty = $preset:expr $(=> $example:literal)?),* $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $name { $($(#[doc = $doc])+ pub $field: $type,)* }

        impl $crate::form::Group for $name {
            const FIELDS: &'static [$crate::form::Field] = &[$($crate::form::Field {
                key: $crate::form::key_name(stringify!($field)),
                doc: concat!($($doc, "\n"),+),
                unit: <$type as $crate::form::Parameter>::UNIT,
                preset: $preset,
                example: $crate::parameters!(@example $($example)?),
            }),*];

            fn take(reader: &mut $crate::form::Reader<'_>) -> Self {
                let mut fields = Self::FIELDS.iter();
                Self { $($field: reader.take::<$type>(
                    fields.next().expect("one field for each member")
                ),)* }
            }

            fn written(&self) -> $crate::form::Table {
                let mut table = $crate::form::Table::default();
                $(if let Some(value) = $crate::form::Parameter::write(&self.$field) {
                    table.push($crate::form::key_name(stringify!($field)), value);
                })*
                table
            }

            fn ranges(&self) -> Vec<(String, Vec<$crate::form::Value>)> {
                let mut all = Vec::new();
                $(all.extend($crate::form::under_key(
                    $crate::form::key_name(stringify!($field)),
                    $crate::form::Parameter::ranges(&self.$field),
                ));)*
                all
            }
        }

        $($crate::parameters!(@inline $name, $unit, $whole);)?
    };
    (@inline $name:ident, $unit:literal, $whole:literal) => {
        impl $crate::form::Parameter for $name {
            const UNIT: $crate::form::Unit = $crate::form::Unit {
                name: $unit,
                examples: &[$whole],
                shape: $crate::form::Shape::Table(<$name as $crate::form::Group>::FIELDS),
            };

            fn read(
                value: &$crate::form::Value,
                field: &$crate::form::Field,
                faults: &mut $crate::form::Faults,
            ) -> Option<Self> {
                $crate::form::read_inline(value, field, faults)
            }

            fn write(&self) -> Option<$crate::form::Value> {
                Some($crate::form::Value::table($crate::form::Group::written(self)))
            }

            fn ranges(&self) -> Vec<(String, Vec<$crate::form::Value>)> {
                $crate::form::Group::ranges(self)
            }
        }
    };
    (@example $example:literal) => { Some($example) };
    (@example) => { None };
}
