//! Groups of parameters: structs whose members are keys of one table.
//!
//! In: `parameters!` of kinds and sections. Out: [`Group`]: reading, canonical form, declarations. Not here: a
//! single parameter (`field`).

use super::scalar::wrong_sort;
use super::{Faults, Field, Reader, Table, Value, illustrated};

/// A struct whose members are parameters; declared by `parameters!`.
pub trait Group: Sized {
    /// Documentation of the struct, which also describes its table of a file.
    const DOC: &'static str;
    const FIELDS: &'static [Field];

    fn take(reader: &mut Reader<'_>) -> Self;

    /// Returns all members in canonical form.
    fn written(&self) -> Table;

    /// Ranges of all members: each with the path of its key, and two ends with an optional median between.
    fn ranges(&self) -> Vec<(String, Vec<Value>)>;
}

/// Object-safe access to the keys of a [`Group`].
pub trait Keys {
    /// Returns all keys with their values, in canonical form.
    fn keys(&self) -> Table;
}

impl<G: Group> Keys for G {
    fn keys(&self) -> Table {
        self.written()
    }
}

/// Declares a struct of parameters once: members, reading, canonical form, reference and schema. With a name
/// of its unit and an example of the whole, it is also a parameter, written as an inline table. Members behind
/// `and` are no keys of the file: reading sets them to their default, and they are not written.
///
/// ```
/// tailwheel_core::parameters! {
///     /// Where interest comes from.
///     pub struct Account {
///         /// Paid on cash, per year.
///         rate: tailwheel_core::units::AnnualRate = tailwheel_core::form::Preset::Is("0.02"),
///     }
/// }
/// use tailwheel_core::form::Group;
/// assert_eq!(Account::FIELDS[0].key, "rate");
/// ```
#[macro_export]
macro_rules! parameters {
    ($(#[derive($derive:ident)])? $(#[doc = $about:literal])+ $(#[allow($lint:ident)])?
        pub struct $name:ident $(: $unit:literal = $whole:literal)? {
        $($(#[doc = $doc:literal])+ $field:ident: $type:ty = $preset:expr $(=> $example:literal)?),* $(,)?
    } $(and { $($(#[doc = $said:literal])+ $member:ident: $kind:ty),* $(,)? })?) => {
        $(#[doc = $about])+
        $(#[derive($derive)])?
        $(#[allow($lint)])?
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $name {
            $($(#[doc = $doc])+ pub $field: $type,)*
            $($($(#[doc = $said])+ pub $member: $kind,)*)?
        }

        impl $crate::form::Group for $name {
            const DOC: &'static str = concat!($($about, "\n"),+);

            const FIELDS: &'static [$crate::form::Field] = &[$($crate::form::Field {
                key: $crate::form::key_name(stringify!($field)),
                doc: concat!($($doc, "\n"),+),
                unit: <$type as $crate::form::Parameter>::UNIT,
                preset: $preset,
                example: $crate::parameters!(@example $($example)?),
                faults: <$type as $crate::form::Parameter>::faults,
            }),*];

            fn take(reader: &mut $crate::form::Reader<'_>) -> Self {
                let mut fields = Self::FIELDS.iter();
                Self {
                    $($field: reader.take::<$type>(fields.next().expect("one field for each member")),)*
                    $($($member: Default::default(),)*)?
                }
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

/// Reads a group from an inline table, as in `{ rate = "0.5/year", mean = -0.10 }`; `None` after a fault.
pub fn read_inline<G: Group>(value: &Value, field: &Field, faults: &mut Faults) -> Option<G> {
    let Some(table) = value.as_table() else {
        return faults.refuse(illustrated(wrong_sort(value, field), field));
    };
    let before = faults.len();
    let mut reader = Reader::inline(table, value.place, field.key, faults);
    let group = G::take(&mut reader);
    reader.finish();
    (faults.len() == before).then_some(group)
}
