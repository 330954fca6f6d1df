//! Well-formed XML 1.0, indented.
//!
//! In: elements whose attributes and texts may hold anything. Out: one document. Not here: what the
//! elements mean (`junit`).

use crate::units::is_acting;

/// An element with others or a text in it, or nothing.
pub(super) struct Element {
    pub name: &'static str,
    attributes: String,
    text: Option<String>,
    pub inner: Vec<Element>,
}

impl Element {
    pub fn new(name: &'static str) -> Self {
        Self {
            name,
            attributes: String::new(),
            text: None,
            inner: Vec::new(),
        }
    }

    /// With one more attribute.
    pub fn with(mut self, key: &str, value: impl ToString) -> Self {
        let value = escaped(&value.to_string(), |c| match c {
            // a bare line break would be read as a space
            '\n' => Some("&#10;"),
            '\t' => Some("&#9;"),
            _ => None,
        });
        self.attributes.push_str(&format!(" {key}=\"{value}\""));
        self
    }

    /// Around a text.
    pub fn around(mut self, text: &str) -> Self {
        self.text = Some(escaped(text, |c| match c {
            '\n' => Some("\n"),
            '\t' => Some("\t"),
            _ => None,
        }));
        self
    }

    /// The document of which it is the root.
    pub fn to_document(&self) -> String {
        let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
        self.write(&mut text, "");
        text
    }

    fn write(&self, out: &mut String, indent: &str) {
        let Self {
            name, attributes, ..
        } = self;
        out.push_str(&format!("{indent}<{name}{attributes}"));
        match &self.text {
            Some(text) => out.push_str(&format!(">{text}</{name}>\n")),
            None if self.inner.is_empty() => out.push_str("/>\n"),
            None => {
                out.push_str(">\n");
                let deeper = format!("{indent}  ");
                self.inner
                    .iter()
                    .for_each(|inner| inner.write(out, &deeper));
                out.push_str(&format!("{indent}</{name}>\n"));
            }
        }
    }
}

/// Signs of the markup written out; control characters, which XML cannot hold, left away.
fn escaped(text: &str, white_space: impl Fn(char) -> Option<&'static str>) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            c if is_acting(c) => out.push_str(white_space(c).unwrap_or_default()),
            '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_can_end_it_or_break_the_document() {
        let nasty = "a<b>&\"'\u{0}\u{1b}[31m\u{7f}\u{85}\u{ffff}]]>\n\té";
        let text = Element::new("t").with("a", nasty).around(nasty);
        let shown = "a&lt;b&gt;&amp;&quot;&apos;[31m]]&gt;";
        assert!(
            text.to_document()
                .ends_with(&format!("<t a=\"{shown}&#10;&#9;é\">{shown}\n\té</t>\n"))
        );
    }

    #[test]
    fn elements_are_closed_in_the_order_in_which_they_were_opened() {
        let [mut a, mut b] = [Element::new("a").with("n", 1), Element::new("b")];
        b.inner.push(Element::new("c"));
        a.inner.push(b);
        let text = a.to_document();
        assert!(
            text.ends_with("<a n=\"1\">\n  <b>\n    <c/>\n  </b>\n</a>\n"),
            "{text}"
        );
    }
}
