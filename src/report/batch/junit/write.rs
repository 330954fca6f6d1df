//! Test cases as XML.
//!
//! In: [`Test`]s. Out: their elements. Not here: what a test case says (`super`).

use super::{Ended, Said, Test, Xml};

impl Test {
    pub(super) fn write(&self, xml: &mut Xml) {
        let line = self.line.map(|line| line.to_string());
        let mut attributes = vec![("name", self.name.as_str()), ("classname", &self.class)];
        if !self.file.is_empty() {
            attributes.push(("file", &self.file));
        }
        attributes.extend(line.as_deref().map(|line| ("line", line)));
        if self.properties.is_empty() && matches!(self.ended, Ended::Passed) {
            return xml.empty("testcase", &attributes);
        }
        xml.open("testcase", &attributes);
        if !self.properties.is_empty() {
            xml.open("properties", &[]);
            for (name, value) in &self.properties {
                xml.empty("property", &[("name", name), ("value", value)]);
            }
            xml.close();
        }
        match &self.ended {
            Ended::Passed => {}
            Ended::Noted(text) => xml.holding("system-out", &[], text),
            Ended::Failure(said) => said.write("failure", xml),
            Ended::Error(said) => said.write("error", xml),
            Ended::Skipped(why) => xml.empty("skipped", &[("message", why)]),
        }
        xml.close();
    }
}

impl Said {
    fn write(&self, element: &'static str, xml: &mut Xml) {
        let attributes = [
            ("message", self.message.as_str()),
            ("type", self.kind.as_str()),
        ];
        let body = match self.body.as_str() {
            // viewers show the body and not always the message
            "" => &self.message,
            body => body,
        };
        xml.holding(element, &attributes, body);
    }
}
