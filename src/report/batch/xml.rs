//! Well-formed XML 1.0, indented.
//!
//! In: names, attributes, texts that may hold anything. Out: one document. Not here: what the
//! elements mean (`junit`).

use crate::units::is_acting;

/// A document being written.
pub(super) struct Xml {
    text: String,
    open: Vec<&'static str>,
}

impl Xml {
    pub fn new() -> Self {
        Self {
            text: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned(),
            open: Vec::new(),
        }
    }

    /// Begins an element that holds others.
    pub fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.text.push_str(">\n");
        self.open.push(name);
    }

    /// Ends the element that was begun last.
    pub fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.indent();
            self.text.push_str(&format!("</{name}>\n"));
        }
    }

    /// An element without anything in it.
    pub fn empty(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.text.push_str("/>\n");
    }

    /// An element that holds a text.
    pub fn holding(&mut self, name: &'static str, attributes: &[(&str, &str)], text: &str) {
        self.tag(name, attributes);
        self.text
            .push_str(&format!(">{}</{name}>\n", content(text)));
    }

    pub fn into_text(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.text
    }

    fn tag(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.indent();
        self.text.push_str(&format!("<{name}"));
        for (key, value) in attributes {
            self.text
                .push_str(&format!(" {key}=\"{}\"", attribute(value)));
        }
    }

    fn indent(&mut self) {
        self.text.push_str(&"  ".repeat(self.open.len()));
    }
}

/// `text` between tags.
fn content(text: &str) -> String {
    escaped(text, |c| matches!(c, '\n' | '\t').then(|| c.to_string()))
}

/// `text` between double quotes; a bare line break would be read as a space.
fn attribute(text: &str) -> String {
    escaped(text, |c| match c {
        '\n' => Some("&#10;".to_owned()),
        '\t' => Some("&#9;".to_owned()),
        _ => None,
    })
}

/// Signs of the markup written out; control characters, which XML cannot hold, left away.
fn escaped(text: &str, white_space: impl Fn(char) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            c if is_acting(c) => out.push_str(&white_space(c).unwrap_or_default()),
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
        assert_eq!(content(nasty), "a&lt;b&gt;&amp;&quot;&apos;[31m]]&gt;\n\té");
        assert_eq!(
            attribute(nasty),
            "a&lt;b&gt;&amp;&quot;&apos;[31m]]&gt;&#10;&#9;é"
        );
    }

    #[test]
    fn elements_are_closed_in_the_order_in_which_they_were_opened() {
        let mut xml = Xml::new();
        xml.open("a", &[("n", "1")]);
        xml.open("b", &[]);
        xml.empty("c", &[]);
        let text = xml.into_text();
        assert!(
            text.ends_with("<a n=\"1\">\n  <b>\n    <c/>\n  </b>\n</a>\n"),
            "{text}"
        );
    }
}
