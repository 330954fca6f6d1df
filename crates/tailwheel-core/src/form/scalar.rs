//! Texts as parameters, and faults that every parameter may have.
//!
//! In: [`Value`]. Out: texts, currencies; faults about kind and spelling. Not here: numbers (`number`).

use super::field::{Field, Parameter, Shape, Unit};
use super::remedy::{Meant, illustrated};
use super::text::shortened;
use super::{Data, Diagnostic, Faults, Value, fault};
use crate::units::{Refused, is_acting};

/// Returns the fault that a value is of the wrong kind, such as a list instead of a number.
pub(super) fn wrong_sort(value: &Value, field: &Field) -> Diagnostic {
    let unit = field.unit.name;
    let article = if unit.starts_with(['a', 'e', 'i', 'o', 'R']) { "an" } else { "a" };
    Diagnostic::of_sort(format!("`{}` is {article} {unit}", field.key), value)
}

/// Returns the fault that the `text` of a value contains no quantity as `field` requires.
pub(super) fn unreadable(value: &Value, text: &str, field: &Field) -> Box<Diagnostic> {
    Box::new(fault!("unit", "`{}` cannot be read from \"{}\"", field.key, shortened(text);
        value.place => "no {}", field.unit.name))
}

/// Converts a refused quantity to a fault at the place of `value`.
pub fn keep<T>(number: Result<T, Refused>, value: &Value) -> Result<T, Box<Diagnostic>> {
    number.map_err(|refused| {
        Box::new(fault!("range", "{}", refused.reason).at(value.place, "out of range").rule(refused.rule))
    })
}

/// Returns the text of `value`.
///
/// # Errors
///
/// The fault that it is no text, without a proposal.
pub fn text_of<'v>(value: &'v Value, field: &Field) -> Result<&'v str, Box<Diagnostic>> {
    value.as_text().ok_or_else(|| Box::new(wrong_sort(value, field)))
}

/// Returns the text of `value`; pushes a fault with an example if it is no text.
pub fn read_text<'v>(value: &'v Value, field: &Field, faults: &mut Faults) -> Option<&'v str> {
    faults.accept(text_of(value, field).map_err(|fault| illustrated(*fault, field)))
}

/// Longest text in characters; a title must fit above every chart.
pub const MAX_TEXT: usize = 200;

impl Parameter for String {
    const UNIT: Unit = Unit { name: "text", examples: &["\"The 2027 table\""], shape: Shape::Text("") };

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        let text = read_text(value, field, faults)?;
        let sign = text.chars().find(|sign| is_acting(*sign));
        let (what, label) = match (text.chars().count() > MAX_TEXT, sign) {
            (true, _) => (format!("is longer than {MAX_TEXT} letters"), "too long"),
            (_, Some('\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')) => {
                ("is longer than one line".to_owned(), "has a line break")
            }
            (_, Some(sign)) => {
                let code = u32::from(sign);
                let what = format!("has the character U+{code:04X}");
                (what, "has a character that cannot be shown")
            }
            (false, None) => return Some(text.to_owned()),
        };
        fault!(faults, "text", "`{}` {what}", field.key; value.place => "{label}";
            rule: "a text is one line of at most {MAX_TEXT} letters, without control characters, invisible characters or characters that turn the reading direction");
        None
    }
}

impl Meant for bool {
    const SPELLED: Unit =
        Unit { name: "choice of true or false", examples: &["true", "false"], shape: Shape::Flag };

    fn canonical(&self) -> Option<Value> {
        Some(Value::bare(Data::Boolean(*self)))
    }

    fn exact(value: &Value, field: &Field) -> Result<Self, Box<Diagnostic>> {
        match value.data {
            Data::Boolean(truth) => Ok(truth),
            _ => Err(Box::new(wrong_sort(value, field))),
        }
    }
}

/// Currency or token symbol, such as `USD`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Currency(String);

impl Currency {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// True for three to five capital letters.
    pub fn is_symbol(text: &str) -> bool {
        (3..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_uppercase())
    }
}

impl Meant for Currency {
    const SPELLED: Unit =
        Unit { name: "currency symbol", examples: &["\"USD\""], shape: Shape::Text("^[A-Z]{3,5}$") };

    fn exact(value: &Value, field: &Field) -> Result<Self, Box<Diagnostic>> {
        let text = text_of(value, field)?;
        if Self::is_symbol(text) {
            return Ok(Self(text.to_owned()));
        }
        Err(Box::new(fault!("currency", "\"{}\" is no currency code", shortened(text);
            value.place => "three to five capital letters are expected")))
    }

    fn readings(value: &Value) -> Vec<String> {
        let code = value.as_text().map(|text| match text.trim().to_lowercase().as_str() {
            "$" | "dollar" | "dollars" => "USD".to_owned(),
            "€" | "euro" | "euros" => "EUR".to_owned(),
            "£" | "pound" | "pounds" => "GBP".to_owned(),
            other => other.to_uppercase(),
        });
        code.filter(|code| Self::is_symbol(code)).map(|code| format!("\"{code}\"")).into_iter().collect()
    }
}
