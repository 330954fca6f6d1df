//! A parameter with the place where it stands, so that a rule checked later can point at it.
//!
//! In: a parameter type. Out: the same parameter with its place. Not here: the place of a table (`reader`).

use super::{Faults, Field, Parameter, Place, Unit, Value};
use std::fmt;
use std::ops::{Deref, DerefMut};

/// A value with its source position in the file (`None` for a default), which equality and printing ignore.
#[derive(Clone, Copy, Default)]
pub struct At<T> {
    pub value: T,
    pub place: Option<Place>,
}

impl<T> At<T> {
    /// Returns a value without a source position, because it is not written in the file.
    pub const fn bare(value: T) -> Self {
        Self { value, place: None }
    }
}

impl<T: fmt::Debug> fmt::Debug for At<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

impl<T: PartialEq> PartialEq for At<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T> Deref for At<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for At<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

impl<T: Parameter> Parameter for At<T> {
    const UNIT: Unit = T::UNIT;

    fn absent() -> Option<Self> {
        T::absent().map(Self::bare)
    }

    fn following(followed: &Value) -> Value {
        T::following(followed)
    }

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        T::read(value, field, faults).map(|read| Self { value: read, place: value.place })
    }

    fn write(&self) -> Option<Value> {
        self.value.write()
    }

    fn spread(self, ends: &[Value; 2], field: &Field) -> Option<Self> {
        let place = self.place;
        self.value.spread(ends, field).map(|value| Self { value, place })
    }

    fn is_one_number(&self) -> bool {
        self.value.is_one_number()
    }

    fn ranges(&self) -> Vec<(String, Vec<Value>)> {
        self.value.ranges()
    }
}
