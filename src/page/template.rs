//! Screens, Markdown and XML by templates: facts in, text out.
//!
//! In: templates, facts, a [`Form`]. Out: [`Rendered`]. Not here: sentences (the templates), digits
//! (`figure`), HTML.
//!
//! A template that names a missing fact panics, so a test renders every template. Facts are escaped, so that
//! none acts as a terminal command or as markup.

use super::text::one_line;
use super::{escape, filters, measures};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value, ValueKind};
use minijinja::{AutoEscape, Environment, Error, Output, State, UndefinedBehavior};
use serde::Serialize;

const XML: &str = "xml";

/// Text rendered from a template. It can be written, but not searched or cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered(String);

impl Rendered {
    /// Returns the text as bytes, to write it to a file.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }

    /// Returns the text as a `String`, for texts that are also written to JSON.
    pub fn into_text(self) -> String {
        self.0
    }

    /// Number of lines, counted by their line breaks.
    pub fn n_lines(&self) -> usize {
        self.0.bytes().filter(|byte| *byte == b'\n').count()
    }

    /// Returns this text followed by `other`.
    #[must_use]
    pub fn then(mut self, other: &Self) -> Self {
        self.0.push_str(&other.0);
        self
    }
}

/// Layout of a text: width, colors, block characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Form {
    /// Width in columns, 80 to 100.
    pub width: usize,
    /// True if escape codes may set colors.
    pub color: bool,
    /// True if bars use Unicode block elements, false for `#` and `.`.
    pub unicode: bool,
}

impl Form {
    /// Least and greatest supported width, in columns.
    pub const WIDTHS: (usize, usize) = (80, 100);

    /// Creates a layout with `width` columns, limited to [`Form::WIDTHS`], with block elements and without
    /// colors.
    pub fn of_width(width: usize) -> Self {
        Self { width: width.clamp(Self::WIDTHS.0, Self::WIDTHS.1), color: false, unicode: true }
    }
}

impl Default for Form {
    fn default() -> Self {
        Self::of_width(Self::WIDTHS.1)
    }
}

/// Named templates that may include each other. Names ending with `.md.j2` are Markdown, those ending with
/// `.xml.j2` XML.
pub struct Templates(Environment<'static>);

impl Templates {
    /// Creates templates of which `source` returns the text of each by its name. A template is compiled when it is
    /// needed first, as a command renders few of them.
    pub fn new(source: impl Fn(&str) -> Option<&'static str> + Send + Sync + 'static) -> Self {
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
            // Markdown, which `write_value` escapes
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
        all.set_loader(move |name| Ok(source(name)));
        Self(all)
    }

    /// Renders the template `name`. Its variables are the members of `facts` and of `form`, by name.
    ///
    /// # Panics
    ///
    /// If the template has a syntax error or names a missing fact, which are faults of the program.
    pub fn render(&self, name: &str, facts: &impl Serialize, form: Form) -> Rendered {
        let context = minijinja::context! {
            width => form.width,
            color => form.color,
            unicode => form.unicode,
            ..Value::from(Serde(facts))
        };
        let rendered = self.0.get_template(name).and_then(|template| template.render(context));
        let text = rendered.unwrap_or_else(|error| panic!("{error:?}"));
        Rendered(filters::colored(&text, form.color))
    }

    /// Renders one macro (`called`) of the template `name`. The macro takes `facts` as its only argument.
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

/// Writes a value with the escaping of its template, so that no text acts as markup or as a terminal command.
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
        let text = Templates::new(move |_| Some(source)).render(name, facts, Form::default());
        String::from_utf8(text.into_bytes()).expect("text")
    }

    #[test]
    fn nothing_that_somebody_wrote_commands_a_terminal_or_is_markup() {
        let nasty = json!({ "title": "\u{1b}[2Ja\nb | *c* <d>" });
        assert_eq!(rendered("x.txt.j2", "{{ title }}", &nasty), " [2Ja b | *c* <d>");
        assert_eq!(rendered("x.md.j2", "**{{ title }}**", &nasty), "** \\[2Ja b \\| \\*c\\* &lt;d&gt;**");
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
