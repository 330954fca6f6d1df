//! Screens and Markdown by templates: facts in, text out.
//!
//! In: templates, facts, a [`Form`]. Out: [`Rendered`]. Not here: sentences (the templates), digits (`figure`), HTML.
//!
//! A template that names a fact which is not there fails, so every template is rendered by a test. What facts say is
//! written so that nothing in it commands a terminal or is taken for markup.

use super::text::one_line;
use super::{escape, filters, measures};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value, ValueKind};
use minijinja::{AutoEscape, Environment, Error, Output, State, UndefinedBehavior};
use serde::Serialize;
use std::io::{self, Write};

/// Name of the escaping of XML.
const XML: &str = "xml";

/// Text that can be written and neither searched nor cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered(String);

impl Rendered {
    /// Writes the text as it is.
    pub fn write_to(&self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(self.0.as_bytes())
    }

    /// The bytes of a file.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }

    /// The text of a fact: of a warning, which JSON has too.
    pub fn into_text(self) -> String {
        self.0
    }

    /// Lines of a screen.
    pub fn n_lines(&self) -> usize {
        self.0.bytes().filter(|byte| *byte == b'\n').count()
    }

    /// Both texts, one after the other.
    #[must_use]
    pub fn then(mut self, other: &Self) -> Self {
        self.0.push_str(&other.0);
        self
    }
}

/// How a text is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Form {
    /// Columns, 80 to 100.
    pub width: usize,
    /// True if escape codes may set colors.
    pub color: bool,
    /// True if bars are drawn with block elements, else with `#` and `.`.
    pub unicode: bool,
}

impl Form {
    /// Fewest and most columns that a screen is laid out for.
    pub const WIDTHS: (usize, usize) = (80, 100);

    /// Of a screen with so many columns.
    pub fn of_width(width: usize) -> Self {
        Self { width: width.clamp(Self::WIDTHS.0, Self::WIDTHS.1), color: false, unicode: true }
    }
}

impl Default for Form {
    fn default() -> Self {
        Self::of_width(Self::WIDTHS.1)
    }
}

/// Templates that may include each other, by name. A name that ends with `.md.j2` is of Markdown, one
/// that ends with `.xml.j2` of XML.
pub struct Templates(Environment<'static>);

impl Templates {
    /// # Panics
    ///
    /// If a template is no template, which is a fault of the program: all are compiled in.
    pub fn new(sources: &[(&'static str, &'static str)]) -> Self {
        let mut all = Environment::new();
        all.set_undefined_behavior(UndefinedBehavior::Strict);
        let syntax = SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .keep_trailing_newline(true)
            .build()
            .expect("the default delimiters are valid");
        all.set_syntax(syntax);
        all.set_auto_escape_callback(|name| {
            // of Markdown, which the formatter below escapes
            if name.ends_with(".md.j2") {
                AutoEscape::Html
            } else if name.ends_with(".xml.j2") {
                AutoEscape::Custom(XML.into())
            } else {
                AutoEscape::None
            }
        });
        all.set_formatter(write_value);
        filters::add(&mut all);
        measures::add(&mut all);
        for (name, source) in sources {
            all.add_template(name, source)
                .unwrap_or_else(|error| panic!("template {name}: {error:#}"));
        }
        Self(all)
    }

    /// The text of a template with `facts`, which may have any members; `form` is there under its members' names.
    ///
    /// # Panics
    ///
    /// If the template names a fact that is not there, which is a fault of the program.
    pub fn render(&self, name: &str, facts: &impl Serialize, form: Form) -> Rendered {
        let context = minijinja::context! {
            width => form.width,
            color => form.color,
            unicode => form.unicode,
            ..Value::from(Serde(facts))
        };
        let text = self.0.get_template(name).and_then(|template| template.render(context));
        let text = text.unwrap_or_else(|error| panic!("{error:?}"));
        Rendered(filters::colored(&text, form.color))
    }
}

impl Templates {
    /// The text of a macro of a template, which takes `facts` alone.
    ///
    /// # Panics
    ///
    /// As [`Templates::render`].
    pub fn call(&self, name: &str, called: &str, facts: &impl Serialize) -> String {
        let form = Value::from(Serde(Form::default()));
        let module = self.0.get_template(name);
        let text = module.and_then(|module| {
            let mut module = module.render_captured(form)?;
            module.with_state_mut(|state| state.call_macro(called, &[Value::from(Serde(facts))]))
        });
        text.unwrap_or_else(|error| panic!("{error:?}"))
    }
}

/// Writes a value so that nothing in it acts on the reader.
fn write_value(out: &mut Output, state: &mut State, value: &Value) -> Result<(), Error> {
    if value.is_undefined() {
        return minijinja::escape_formatter(out, state, value);
    }
    let text = match value.as_str() {
        Some(text) if value.is_safe() => text.to_owned(),
        Some(text) if *state.auto_escape() == AutoEscape::Html => escape::markdown(text),
        Some(text) if *state.auto_escape() == AutoEscape::Custom(XML.into()) => escape::xml(text),
        Some(text) => one_line(text),
        None if value.kind() == ValueKind::None => String::new(),
        None => value.to_string(),
    };
    out.write_str(&text).map_err(Error::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn rendered(name: &'static str, source: &'static str, facts: &serde_json::Value) -> String {
        let text = Templates::new(&[(name, source)]).render(name, facts, Form::default());
        String::from_utf8(text.into_bytes()).expect("text")
    }

    #[test]
    fn nothing_that_somebody_wrote_commands_a_terminal_or_is_markup() {
        let nasty = json!({ "title": "\u{1b}[2Ja\nb | *c* <d>" });
        assert_eq!(rendered("x.txt.j2", "{{ title }}", &nasty), " [2Ja b | *c* <d>");
        assert_eq!(
            rendered("x.md.j2", "**{{ title }}**", &nasty),
            "** \\[2Ja b \\| \\*c\\* &lt;d&gt;**"
        );
        assert_eq!(
            rendered("x.xml.j2", "<a b=\"{{ title }}\"/>", &nasty),
            "<a b=\"[2Ja&#10;b | *c* &lt;d&gt;\"/>"
        );
    }

    #[test]
    #[should_panic(expected = "UndefinedError")]
    fn a_fact_that_is_not_there_is_a_fault() {
        rendered("x.txt.j2", "{{ nowhere }}", &json!({}));
    }
}
