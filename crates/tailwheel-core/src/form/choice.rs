//! Parameters with a fixed set of words, or with a word in place of a number.
//!
//! In: an enum declared by `choices!`, or a word. Out: a `Parameter`, with proposals for typing errors. Not here:
//! the words.

use super::field::Field;
use super::scalar::wrong_sort;
use super::text::shortened;
use super::{Diagnostic, Faults, Value, fault, nearest, one_of};

/// Declares an enum whose variants are words of the file. Its default is the first variant.
#[macro_export]
macro_rules! choices {
    ($(#[$meta:meta])* pub enum $name:ident: $unit:literal {
        $($(#[$variant_meta:meta])* $variant:ident = $word:literal),* $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($(#[$variant_meta])* $variant,)* }

        impl $name {
            const WORDS: &'static [&'static str] = &[$($word),*];
            const QUOTED: &'static [&'static str] = &[$(concat!("\"", $word, "\"")),*];
            const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Returns the word for this variant in a file.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }

        impl ::std::default::Default for $name {
            fn default() -> Self {
                Self::ALL[0]
            }
        }

        impl $crate::form::Parameter for $name {
            const UNIT: $crate::form::Unit = $crate::form::Unit {
                name: $unit,
                examples: Self::QUOTED,
                shape: $crate::form::Shape::Choice(Self::WORDS),
            };

            fn read(
                value: &$crate::form::Value,
                field: &$crate::form::Field,
                faults: &mut $crate::form::Faults,
            ) -> Option<Self> {
                let index = $crate::form::word_index(value, field, Self::WORDS, faults)?;
                Some(Self::ALL[index])
            }

            fn write(&self) -> Option<$crate::form::Value> {
                Some($crate::form::Value::text(self.word()))
            }
        }
    };
}

/// Returns the index of `value` among `words`; pushes a fault and returns `None` if it is none of them.
pub fn word_index(
    value: &Value,
    field: &Field,
    words: &[&'static str],
    faults: &mut Faults,
) -> Option<usize> {
    let Some(word) = value.as_text() else {
        return faults.refuse(wrong_sort(value, field).rule(one_word_of(field, words)));
    };
    let index = words.iter().position(|known| *known == word);
    if index.is_none() {
        faults.push(unknown_word(
            fault!("choice", "`{}` has no value \"{}\"", field.key, shortened(word)),
            value,
            words.iter().copied(),
            one_word_of(field, words),
        ));
    }
    index
}

fn one_word_of(field: &Field, words: &[&str]) -> String {
    format!("`{}` is one of {}", field.key, one_of(words.iter().copied()))
}

/// Reads `value` as one of `words`, else by `number`. A text without digits is refused with `message` and `rule`.
pub fn word_or_number<T: Clone>(
    value: &Value,
    words: &[(&str, T)],
    message: &str,
    rule: &str,
    faults: &mut Faults,
    number: impl FnOnce(&mut Faults) -> Option<T>,
) -> Option<T> {
    let Some(text) = value.as_text() else { return number(faults) };
    if let Some((_, read)) = words.iter().find(|(word, _)| *word == text) {
        return Some(read.clone());
    }
    if text.contains(|c: char| c.is_ascii_digit()) {
        return number(faults);
    }
    let known = words.iter().map(|(word, _)| *word);
    faults.refuse(unknown_word(fault!("choice", "{message}"), value, known, rule.to_owned()))
}

/// Adds the rule and the most similar of the `known` words, if any, to `fault`, which is about an unknown `value`.
pub fn unknown_word<'k>(
    fault: Diagnostic,
    value: &Value,
    known: impl IntoIterator<Item = &'k str>,
    rule: String,
) -> Diagnostic {
    let word = value.as_text().unwrap_or_default();
    match nearest(word, known) {
        Some(near) => fault
            .at(value.place, format!("did you mean \"{near}\"?"))
            .replace(value.place, format!("\"{near}\""))
            .rule(rule),
        None => fault.at(value.place, "unknown").rule(rule),
    }
}
